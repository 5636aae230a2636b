/** What the person has allowed on this device: services' players, and hosts to play from. Kept here, told to nobody. */
import { browserKeep, type Keep, STORED, type StoredKey } from '../../state/storage';

/** Services that have a player of their own. */
export const SERVICES = ['youtube', 'spotify'] as const;
export type EmbedService = (typeof SERVICES)[number];
/** Hosts that are remembered; the one that was allowed first is forgotten for the next. */
export const HOSTS_MAX = 100;

interface Kind<Name extends string> {
  key: StoredKey;
  max: number;
  isName(name: string): name is Name;
}

class Given<Name extends string> {
  /** When each was allowed, as ISO 8601; the first one first. */
  private given = $state.raw<ReadonlyMap<Name, string>>(new Map());

  constructor(
    private readonly kind: Kind<Name>,
    private readonly keep: Keep,
    private readonly now: () => Date,
  ) {
    this.given = readGiven(keep.read(kind.key), kind);
  }

  has(name: Name): boolean {
    return this.given.has(name);
  }

  /** When it was allowed. */
  since(name: Name): Date | null {
    const since = this.given.get(name);
    return since === undefined ? null : new Date(since);
  }

  allow(name: Name): void {
    if (!this.has(name)) this.write([...this.given, [name, this.now().toISOString()]]);
  }

  withdraw(name: Name): void {
    this.write([...this.given].filter(([other]) => other !== name));
  }

  private write(given: readonly (readonly [Name, string])[]): void {
    const kept = given.slice(-this.kind.max);
    this.given = new Map(kept);
    this.keep.write(this.kind.key, kept.length === 0 ? null : JSON.stringify(Object.fromEntries(kept)));
  }
}

/** Services whose players may be loaded. */
export class Consent extends Given<EmbedService> {
  constructor(keep: Keep = browserKeep, now: () => Date = () => new Date()) {
    const isName = (name: string): name is EmbedService => SERVICES.some((service) => service === name);
    super({ key: STORED.embeds, max: SERVICES.length, isName }, keep, now);
  }
}

/** Hosts whose sound may be played, as `sound.example` or `sound.example:8443`. */
export class HostConsent extends Given<string> {
  constructor(keep: Keep = browserKeep, now: () => Date = () => new Date()) {
    super({ key: STORED.hosts, max: HOSTS_MAX, isName: isHost }, keep, now);
  }
}

/** A name with a dot or a colon, so that it is no number: those change their place in an object. */
function isHost(name: string): name is string {
  return name.length <= 262 && /^[^/?#@\s]+$/.test(name) && /[^\d]/.test(name);
}

/** What is not certainly a word that was given is none. */
function readGiven<Name extends string>(text: string | null, { isName, max }: Kind<Name>): Map<Name, string> {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? '{}');
  } catch {
    return new Map();
  }
  if (typeof kept !== 'object' || kept === null) return new Map();
  const given = Object.entries(kept as Record<string, unknown>).flatMap(([name, since]): [Name, string][] =>
    isName(name) && typeof since === 'string' && !Number.isNaN(Date.parse(since)) ? [[name, since]] : [],
  );
  return new Map(given.slice(-max));
}
