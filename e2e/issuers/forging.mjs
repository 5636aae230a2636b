// Stands in for an OpenID issuer, and errs or lies when it is told to: `&scenario=` in the address that a browser is sent
// to decides what its code will be worth. `&now=` says what time it is for this issuer, in Unix seconds.
//
// Usage: node forging.mjs ISSUER CLIENT_ID CLIENT_SECRET. Prints its port as the first line, and a line for each thing seen.
import { createHmac } from 'node:crypto';
import { OAuth2Server } from 'oauth2-mock-server';

const [issuer, clientId, clientSecret] = process.argv.slice(2);
const endpoints = {
  authorize: '/o/oauth2/v2/auth',
  token: '/token',
  jwks: '/oauth2/v3/certs',
  revoke: '/revoke',
};
const server = new OAuth2Server(undefined, undefined, { endpoints });
await server.issuer.keys.generate('RS256');
const trips = new Map();
/** How often this issuer is still away when it is to take a token back: twice after the scenario `away-at-first`. */
let away = 0;

/** What each scenario does to the claims of an ID token. */
const claims = {
  'wrong-aud': (payload) => (payload.aud = 'another-app'),
  'two-auds': (payload) => (payload.aud = [clientId, 'another-app']),
  'wrong-azp': (payload) => (payload.azp = 'another-app'),
  'wrong-iss': (payload) => (payload.iss = 'https://evil.example'),
  'older-iss': (payload) => (payload.iss = issuer.replace('https://', '')),
  'no-nonce': (payload) => delete payload.nonce,
  'wrong-nonce': (payload) => (payload.nonce = 'n-1'),
  expired: (payload, now) => (payload.exp = now - 61),
  'just-expired': (payload, now) => (payload.exp = now - 58),
  'from-the-future': (payload, now) => (payload.iat = now + 62),
  'a-little-ahead': (payload, now) => (payload.iat = now + 58),
  'no-subject': (payload) => delete payload.sub,
  'empty-subject': (payload) => (payload.sub = ''),
  'unproved-address': (payload) => (payload.email_verified = false),
  'foreign-address': (payload) => (payload.email = 'ada@school.example'),
  'organisation': (payload) => Object.assign(payload, { email: 'ada@school.example', hd: 'school.example' }),
  'other-person': (payload) => (payload.sub = 'someone-else'),
};

/** What each scenario does to the answer with the tokens. */
const answers = {
  'more-scopes': (body) => (body.scope = 'openid email https://www.googleapis.com/auth/youtube'),
  'no-id-token': (body) => delete body.id_token,
  'no-signature': (body) => (body.id_token = body.id_token.replace(/[^.]*$/, '')),
  forged: (body) => (body.id_token = body.id_token.replace(/.{8}$/, 'AAAAAAAA')),
  'alg-none': (body) => (body.id_token = unsigned(body.id_token, 'none', () => '')),
  'alg-hs256': (body) => {
    const sign = (text) => createHmac('sha256', clientSecret).update(text).digest('base64url');
    body.id_token = unsigned(body.id_token, 'HS256', sign);
  },
  'huge-answer': (body) => (body.padding = 'x'.repeat(70_000)),
};

/** The same claims under another algorithm. */
function unsigned(token, alg, sign) {
  const head = Buffer.from(JSON.stringify({ alg, typ: 'JWT' })).toString('base64url');
  const text = `${head}.${token.split('.')[1]}`;
  return `${text}.${sign(text)}`;
}

server.service.on('beforeAuthorizeRedirect', ({ url }, { query }) => {
  const trip = { scenario: query.scenario ?? 'good', now: Number(query.now ?? Date.now() / 1000) };
  trips.set(url.searchParams.get('code'), trip);
  url.searchParams.set('iss', trip.scenario === 'answered-by-another' ? 'https://evil.example' : issuer);
  console.log(JSON.stringify({ asked: query }));
});

server.service.on('beforeTokenSigning', ({ payload }, { body }) => {
  const { scenario, now } = trips.get(body.code) ?? { scenario: 'good', now: Date.now() / 1000 };
  const seconds = Math.floor(now);
  Object.assign(payload, { iat: seconds, nbf: seconds - 10, exp: seconds + 3600 });
  Object.assign(payload, { sub: '110000000000000000001', email: 'ada@gmail.com', email_verified: true, name: 'Canary' });
  claims[scenario]?.(payload, seconds);
});

server.service.on('beforeResponse', (answer, { body }) => {
  const { scenario } = trips.get(body.code) ?? { scenario: 'used-code' };
  trips.delete(body.code);
  if (['used-code', 'refused'].includes(scenario)) {
    Object.assign(answer, { statusCode: 400, body: { error: 'invalid_grant', error_description: 'canary' } });
    return;
  }
  answer.body.scope = 'openid https://www.googleapis.com/auth/userinfo.email';
  answers[scenario]?.(answer.body);
  if (scenario === 'away-at-first') away = 2;
});

server.service.on('beforeRevoke', (answer) => {
  if (away > 0) {
    away -= 1;
    answer.statusCode = 503;
  }
  console.log(JSON.stringify({ revoked: answer.statusCode }));
});

await server.start(0, '127.0.0.1');
server.issuer.url = issuer;
console.log(String(server.address().port));
