// Stands in for an upstream of OAuth 2 without OpenID Connect: its code is worth a token, and its token a look at a profile.
// It is as strict as the real ones are about its own app, and knows one way back. `&person=` in the address that a browser is
// sent to says who agrees there, and `nobody` says no.
//
// Usage: node plain.mjs ISSUER CLIENT_ID CLIENT_SECRET. Prints its port as the first line, and a line for each code that it is
// shown.
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const [issuer, clientId, clientSecret] = process.argv.slice(2);
const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;

/** What each upstream has of its own. */
const upstreams = {
  'https://accounts.spotify.com': {
    back: '/auth/callback/spotify',
    token: '/api/token',
    profile: '/v1/me',
    scheme: 'Bearer',
    isAsked: ({ scope, device_id }) => scope === undefined && device_id === undefined,
    grant: { token_type: 'Bearer', scope: '', expires_in: 3600, refresh_token: 'AQ.canary' },
    about: (person) => ({
      account_id: `acc_${person}`,
      // Its owner chose it: what a stranger took as a name must not pass for an account.
      id: 'acc_ada',
      display_name: null,
      email: `${person}@gmail.com`,
      images: [],
      type: 'user',
    }),
  },
  'https://oauth.yandex.com': {
    back: '/auth/callback/yandex',
    token: '/token',
    profile: '/info',
    scheme: 'OAuth',
    isAsked: ({ scope, device_id }) => scope === 'login:email' && /^[ -~]{6,50}$/.test(device_id),
    grant: { token_type: 'bearer', expires_in: 31_536_000, refresh_token: '1:canary' },
    about: (person) => ({
      id: String(Buffer.from(person).readUIntBE(0, 3)),
      login: person,
      client_id: clientId,
      default_email: `${person}@gmail.com`,
      emails: [`${person}@gmail.com`],
      sex: null,
    }),
  },
};
const upstream = upstreams[issuer];
const codes = new Map();
const tokens = new Map();

function authorize(query) {
  const { person = 'ada', state, redirect_uri: back, code_challenge: challenge } = query;
  const isOurs = query.client_id === clientId && query.response_type === 'code' && back.endsWith(upstream.back);
  const isBound = query.code_challenge_method === 'S256' && /^[\w-]{43}$/.test(challenge) && state;
  if (!isOurs || !isBound || !upstream.isAsked(query)) return [400, { error: 'invalid_request' }];
  const to = new URL(back);
  to.searchParams.set('state', state);
  if (person === 'nobody') {
    to.searchParams.set('error', 'access_denied');
    return [302, {}, { location: to.href }];
  }
  const code = randomUUID();
  codes.set(code, { person, back, challenge });
  to.searchParams.set('code', code);
  return [302, {}, { location: to.href }];
}

function exchange({ authorization }, { grant_type: kind, code, code_verifier: verifier = '', redirect_uri: back }) {
  console.log(JSON.stringify({ exchanged: codes.get(code)?.person ?? 'unknown' }));
  if (authorization !== basic) return [401, { error: 'invalid_client' }];
  const trip = codes.get(code);
  codes.delete(code);
  const isProved = trip?.challenge === createHash('sha256').update(verifier).digest('base64url');
  if (kind !== 'authorization_code' || !isProved || trip.back !== back) {
    return [400, { error: 'invalid_grant', error_description: 'canary' }];
  }
  const token = randomUUID();
  tokens.set(`${upstream.scheme} ${token}`, trip.person);
  return [200, { access_token: token, ...upstream.grant }];
}

function answer({ method, url, headers }, body) {
  const { pathname, searchParams } = new URL(url, 'http://here');
  const door = `${method} ${pathname}`;
  if (door === 'GET /authorize') return authorize(Object.fromEntries(searchParams));
  if (door === `POST ${upstream.token}`) return exchange(headers, Object.fromEntries(new URLSearchParams(body)));
  const person = tokens.get(headers.authorization);
  if (door !== `GET ${upstream.profile}`) return [404, {}];
  return person ? [200, upstream.about(person)] : [401, {}];
}

const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const [status, content, headers] = answer(request, body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(content));
});
server.listen(0, '127.0.0.1', () => console.log(String(server.address().port)));
