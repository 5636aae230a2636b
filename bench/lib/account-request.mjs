// One page, read by a guest and by a member: what reading the session's row for each request costs.
import { Client, IS_SMALL, operator } from './account-client.mjs';
import { LinkStage, addressOf } from './link-stage.mjs';
import { quantile } from './machine.mjs';
import { row } from './table.mjs';

const ROUNDS = IS_SMALL ? 4 : 40;
/** In one round, by each. */
const REQUESTS = IS_SMALL ? 20 : 250;
const RATIO_MAX = 1.15;
/** A page counts for a member's history only where a browser opens it. */
const AS_A_BROWSER = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };

export async function figures() {
  const stage = await LinkStage.open({ isFree: true, logs: true });
  try {
    const song = stage.songs.find(({ ids }) => ids.deezer);
    const { id } = await stage.convert(addressOf(song, 'deezer'));
    const cookie = await operator(stage.server);
    const guest = new Client(stage.server);
    const member = new Client(stage.server, { cookie });
    // A page that is kept for a history is written down as well, which is another cost.
    await member.ask('PATCH', '/api/v1/account', { history_days: 0 });
    const times = { guest: [], member: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.guest.push(...(await asks(guest, `/l/${id}`)));
      times.member.push(...(await asks(member, `/l/${id}`)));
    }
    const ended = await isEndedAtOnce(stage.server, member);
    guest.close();
    member.close();
    const [anonymous, signedIn] = [quantile(times.guest, 0.5), quantile(times.member, 0.5)];
    return [
      row('a page, signed in, p50', signedIn, 'ms', {
        baseline: anonymous,
        of: 'a guest',
        is_ratio: true,
        goal_max: RATIO_MAX,
        note: `one after the other, ${times.member.length} each in ${ROUNDS} rounds; p99 ${quantile(times.member, 0.99).toFixed(2)} and ${quantile(times.guest, 0.99).toFixed(2)} ms`,
      }),
      row('requests that an ended session was still good for', ended, '', { goal_max: 0 }),
    ];
  } finally {
    await stage.close();
  }
}

async function asks(client, path) {
  const times = [];
  for (let count = 0; count < REQUESTS; count += 1) {
    const { status, took_ms } = await client.ask('GET', path, null, AS_A_BROWSER);
    if (status !== 200) throw new Error(`${path}: ${status}`);
    times.push(took_ms);
  }
  return times;
}

/** The very next request after signing out is a guest's. */
async function isEndedAtOnce(server, member) {
  const out = await member.ask('POST', '/api/v1/account/sign-out', {});
  if (out.status !== 204) throw new Error(`not signed out: ${out.status}`);
  const after = await member.ask('GET', '/api/v1/account');
  return after.status === 401 ? 0 : 1;
}
