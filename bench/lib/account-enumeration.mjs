// Whoever times an answer must not learn whether an address has an account: each door that takes one is asked for known and
// for unknown addresses, in an order that is drawn.
import { spawnSync } from 'node:child_process';
import { pbkdf2Sync, randomInt } from 'node:crypto';
import { Client, IS_SMALL, operator } from './account-client.mjs';
import { median } from './machine.mjs';
import { areaUnderCurve } from './rank-test.mjs';
import { startUnisono, targetProgram } from './servers.mjs';
import { row } from './table.mjs';

/** Of known addresses, and as many of unknown ones. */
const TRIALS = IS_SMALL ? 20 : 200;
/** Before them, untimed. */
const WARMING = IS_SMALL ? 2 : 20;
const [AREA_MIN, AREA_MAX] = [0.4, 0.6];
const BASE = '/api/v1/account';
/** The example beside the store that makes up those who have an account. */
const PEOPLE = targetProgram('examples/account_load');

/** A low cost, for what differs shows better beside a short check. Work for the asker costs next to nothing. */
const SETTINGS = {
  UNISONO_ACCOUNTS__PASSWORD_COST: '10',
  UNISONO_ACCOUNTS__PROOF_OF_WORK_COST: '1',
  UNISONO_TRUSTED_PROXIES: '["127.0.0.1/32"]',
};

const mailed = ({ email }) => ({ email });
const registering = ({ email, version, work }) => ({
  email,
  password: 'six brand new quiet words',
  agreed_version: version,
  is_of_age: true,
  proof_of_work: work,
});

/** What each is asked, and what it answers whoever has the address. */
const DOORS = [
  { name: 'sign-in by password', path: '/sign-in', body: ({ email }) => ({ email, password: 'not the right one' }), says: 'wrong-credentials' },
  { name: 'sign-in by a mailed code', path: '/sign-in/code', body: mailed, says: 202 },
  { name: 'a new password', path: '/reset', body: mailed, says: 202 },
  { name: 'registering', path: '/register', body: registering, needsWork: true, says: 202 },
  {
    name: 'registering, uninvited',
    path: '/register',
    body: registering,
    settings: { UNISONO_ACCOUNTS__REGISTRATION: 'invited' },
    says: 'invited-only',
  },
  { name: 'another address', path: '/email', body: mailed, isForMembers: true, says: 202 },
];

export async function figures() {
  const rows = [];
  for (const door of DOORS) rows.push(...(await figuresOf(door)));
  return rows;
}

/** Of a server of its own, so that no door uses up what the next one is allowed. */
async function figuresOf(door) {
  const server = await startUnisono({ settings: { ...SETTINGS, ...door.settings }, isFree: true, logs: true });
  try {
    const cookie = await operator(server);
    await server.kill();
    makeUpPeople(server.folder);
    await server.startAgain();
    const { known, unknown } = await trials(server, door, door.isForMembers ? cookie : null);
    return [
      row(`${door.name}, known address, p50`, median(known), 'ms', { baseline: median(unknown), of: 'unknown' }),
      row(`${door.name}, AUC of known against unknown`, areaUnderCurve(known, unknown), '', {
        goal_min: AREA_MIN,
        goal_max: AREA_MAX,
        note: `${known.length} known and ${unknown.length} unknown addresses in random order`,
      }),
    ];
  } finally {
    await server.stop();
  }
}

function makeUpPeople(folder) {
  const { status } = spawnSync(PEOPLE, [folder, String(TRIALS + WARMING)], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`the people could not be made up: ${status}`);
}

/** Milliseconds of each answer. Each address is asked for once, from a client of its own, so that nothing holds it back. */
async function trials(server, door, cookie) {
  const asker = new Client(server, { cookie });
  const terms = await asker.ask('GET', `${BASE}/terms`);
  const version = JSON.parse(terms.text).policy_version;
  const times = { known: [], unknown: [] };
  for (const [place, number] of order().entries()) {
    const email = `person-${String(number).padStart(4, '0')}@example.org`;
    const work = door.needsWork ? await solved(asker) : null;
    const from = { 'x-forwarded-for': `198.18.${place >> 8}.${place & 255}` };
    const answer = await asker.ask('POST', `${BASE}${door.path}`, door.body({ email, version, work }), from);
    const said = answer.status < 400 ? answer.status : JSON.parse(answer.text).type.split('/').at(-1);
    if (said !== door.says) throw new Error(`${door.name}: ${answer.status} ${answer.text}`);
    if (place >= 2 * WARMING) times[isKnown(number) ? 'known' : 'unknown'].push(answer.took_ms);
  }
  asker.close();
  return times;
}

/** Those who have an account have even numbers. */
const isKnown = (number) => number % 2 === 0;

/** The numbers of all addresses: first those to warm up with, then the others, each in an order that is drawn. */
function order() {
  const all = Array.from({ length: 2 * (TRIALS + WARMING) }, (_, number) => number);
  return [...shuffled(all.slice(0, 2 * WARMING)), ...shuffled(all.slice(2 * WARMING))];
}

function shuffled(numbers) {
  for (let place = numbers.length - 1; place > 0; place -= 1) {
    const other = randomInt(place + 1);
    [numbers[place], numbers[other]] = [numbers[other], numbers[place]];
  }
  return numbers;
}

/** A proof of work (ALTCHA, version 2): the counter whose key begins as asked. */
async function solved(asker) {
  const { text } = await asker.ask('GET', `${BASE}/proof-of-work?for=register`);
  const challenge = JSON.parse(text);
  const { cost, keyLength, keyPrefix, nonce, salt } = challenge.parameters;
  const salted = Buffer.from(salt, 'hex');
  for (let counter = 0; ; counter += 1) {
    const counted = Buffer.alloc(4);
    counted.writeUInt32BE(counter);
    const password = Buffer.concat([Buffer.from(nonce, 'hex'), counted]);
    const derivedKey = pbkdf2Sync(password, salted, cost, keyLength, 'sha256').toString('hex');
    if (!derivedKey.startsWith(keyPrefix)) continue;
    return Buffer.from(JSON.stringify({ challenge, solution: { counter, derivedKey } })).toString('base64');
  }
}
