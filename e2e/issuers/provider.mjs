// A certified OpenID provider in the place of an upstream, with people who say yes to everything that is asked.
//
// Usage: node provider.mjs ISSUER CLIENT_ID CLIENT_SECRET ALGORITHM REDIRECT_URI. Prints its port as the first line.
// `GET /walk?url=...` goes through it as a browser does, and answers with the address that it was sent back to.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [issuer, clientId, clientSecret, algorithm, redirectUri] = process.argv.slice(2);
const pair = algorithm === 'ES256' ? ['ec', { namedCurve: 'P-256' }] : ['rsa', { modulusLength: 2048 }];
const key = generateKeyPairSync(...pair).privateKey.export({ format: 'jwk' });

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [redirectUri],
      id_token_signed_response_alg: algorithm,
    },
  ],
  jwks: { keys: [{ ...key, alg: algorithm, use: 'sig' }] },
  cookies: { keys: ['only for tests'] },
  claims: { email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: 'ada@gmail.com', email_verified: true }),
  }),
  routes: {
    authorization: '/o/oauth2/v2/auth',
    token: '/token',
    jwks: issuer.includes('telegram') ? '/.well-known/jwks.json' : '/oauth2/v3/certs',
    revocation: '/revoke',
  },
});

/** Signs in and agrees at once. */
async function sayYes(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    return provider.interactionFinished(request, response, { login: { accountId: 'ada' } });
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
}

/** Follows redirects with a jar of cookies until one leads away from here. */
async function walk(start, origin) {
  const jar = new Map();
  let address = new URL(start);
  for (let hop = 0; hop < 10; hop += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(address, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      jar.set(name, value);
    }
    const location = answer.headers.get('location');
    if (!location) return `nowhere: ${answer.status}`;
    address = new URL(location, address);
    if (address.origin !== origin) return address.href;
  }
  return 'nowhere: in circles';
}

const callback = provider.callback();
const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://here');
  if (pathname.startsWith('/interaction/')) return sayYes(request, response);
  if (pathname !== '/walk') return callback(request, response);
  const origin = `http://127.0.0.1:${server.address().port}`;
  return response.end(await walk(searchParams.get('url'), origin));
});
server.listen(0, '127.0.0.1', () => console.log(String(server.address().port)));
