/** The browser's own dialog for passkeys (WebAuthn level 3), with what older browsers lack of it. */

/** Bytes as JSON has them: base64url without padding. */
type Json = Record<string, unknown>;

/** What a page needs of passkeys; a stand-in in tests. */
export interface Passkeys {
  isSupported: boolean;
  /** Whether the browser offers them in the list under a field. */
  canFill(): Promise<boolean>;
  /** `null`: the person closed the dialog, or there is none to choose. */
  create(options: unknown): Promise<unknown>;
  get(options: unknown, filling?: AbortSignal): Promise<unknown>;
}

export const browserPasskeys: Passkeys = {
  isSupported: typeof PublicKeyCredential === 'function',

  async canFill() {
    return (await globalThis.PublicKeyCredential?.isConditionalMediationAvailable?.()) ?? false;
  },

  async create(options) {
    const publicKey = creationOptions(inner(options));
    return asJson(await given(() => navigator.credentials.create({ publicKey })));
  },

  async get(options, filling) {
    const publicKey = requestOptions(inner(options));
    const mediation = filling ? ({ mediation: 'conditional', signal: filling } as const) : {};
    return asJson(await given(() => navigator.credentials.get({ publicKey, ...mediation })));
  },
};

/** Some servers wrap them as the browser's call wants them. */
function inner(options: unknown): Json {
  const { publicKey } = options as { publicKey?: Json };
  return publicKey ?? (options as Json);
}

/** A dialog that is closed is no failure. */
async function given(open: () => Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  try {
    return (await open()) as PublicKeyCredential | null;
  } catch {
    return null;
  }
}

function creationOptions(options: Json): PublicKeyCredentialCreationOptions {
  if (PublicKeyCredential.parseCreationOptionsFromJSON) {
    return PublicKeyCredential.parseCreationOptionsFromJSON(options as unknown as PublicKeyCredentialCreationOptionsJSON);
  }
  const user = options.user as Json;
  return {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: described(options.excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions;
}

function requestOptions(options: Json): PublicKeyCredentialRequestOptions {
  if (PublicKeyCredential.parseRequestOptionsFromJSON) {
    return PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON);
  }
  return {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: described(options.allowCredentials),
  } as unknown as PublicKeyCredentialRequestOptions;
}

function described(list: unknown): unknown[] {
  return ((list ?? []) as Json[]).map((one) => ({ ...one, id: bytes(one.id) }));
}

function asJson(credential: PublicKeyCredential | null): unknown {
  if (!credential) return null;
  return typeof credential.toJSON === 'function' ? credential.toJSON() : written(credential);
}

/** As `toJSON` writes it, for browsers and password managers without it. */
function written(credential: PublicKeyCredential): Json {
  const { id, rawId, type, response, authenticatorAttachment } = credential;
  return {
    id,
    rawId: text(rawId),
    type,
    authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: writtenResponse(response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse),
  };
}

function writtenResponse(response: AuthenticatorAttestationResponse & AuthenticatorAssertionResponse): Json {
  const clientDataJSON = text(response.clientDataJSON);
  if (response.attestationObject) {
    const transports = response.getTransports?.() ?? [];
    return { clientDataJSON, attestationObject: text(response.attestationObject), transports };
  }
  const userHandle = response.userHandle ? { userHandle: text(response.userHandle) } : {};
  return { clientDataJSON, authenticatorData: text(response.authenticatorData), signature: text(response.signature), ...userHandle };
}

function bytes(value: unknown): Uint8Array<ArrayBuffer> {
  const binary = atob(String(value).replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
