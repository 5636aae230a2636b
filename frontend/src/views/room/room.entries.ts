/** The states of the view Room, with fixed data. */
import type { Refusal } from '../../cast/refusal';
import type { RoomView } from '../../cast/wire';
import type { Entry } from '../../gallery/entries';
import type { Outcome } from '../../room/commands';
import type { AddState } from '../../room/adding.svelte';
import type { Farewell } from '../../room/room.svelte';
import type { Grant, Item, Mine, Person, Playback, Rank, RoomSettings, Shared } from '../../room/wire';
import AddPanel from './AddPanel.svelte';
import { UNANSWERED } from '../../account/api';
import { type Host, RoomHost } from '../../account/room-host.svelte';
import Entrance from './Entrance.svelte';
import HostFollow from './HostFollow.svelte';
import HostMenu from './HostMenu.svelte';
import Opening from './Opening.svelte';
import type { Hearing } from './model';
import Played from './Played.svelte';
import RoomPage from './RoomPage.svelte';

const nothing = (): void => {};
const act = (): Promise<Outcome> => Promise.resolve({ answer: 'ok', seq: 1 });

const ROOM: RoomView = {
  code: 'K7M4QX',
  hue: 6,
  has_password: false,
  ask_first: false,
  has_queue: true,
  expires_at: 0,
  listeners_max: 16,
  link: 'http://192.168.1.20:8080/r/K7M4QX',
};
const GUEST: Grant[] = ['add', 'suggest', 'vote', 'vote-skip', 'chat', 'react'];
const OWNER: Grant[] = [...GUEST, 'control', 'skip', 'approve', 'arrange', 'moderate', 'kick', 'invite', 'promote', 'configure', 'cast'];
const settings: RoomSettings = {
  title: 'Friday in the kitchen',
  mode: 'fifo',
  repeat: 'none',
  wait_for: 'soft',
  when_empty: 'freeze',
  skip_percent: 50,
  allow_duplicates: false,
  items_per_person_max: 100,
  item_minutes_max: 240,
  slow_mode_s: 0,
  is_locked: false,
  is_listed: false,
  grants: { guest: GUEST, listener: GUEST, dj: GUEST, moderator: GUEST },
};

function person(id: string, name: string | null, rank: Rank, rest: Partial<Person> = {}): Person {
  return { id, name, rank, extra: [], form: 'phone', seats: ['m_1'], is_soft: false, player: null, ...rest };
}
const people = [
  person('p_1', 'Ana', 'owner', { form: 'computer', player: { class: 'own-audio', service: null, error_ms: 12 } }),
  person('p_2', null, 'guest', { player: { class: 'youtube', service: 'youtube', error_ms: 280 } }),
  person('p_3', 'Somebody with a name as long as a name may be', 'dj', { form: 'tablet' }),
  person('p_4', 'Ben', 'listener', { seats: [] }),
];
const loop = (id: string, title: string, votes = 0): Item => ({
  source: 'demo',
  name: 'tide',
  id,
  title,
  artist: null,
  duration_ms: 32_000,
  added_by: 'p_1',
  votes,
});
const song = (id: string, title: string, artist: string, votes = 0): Item => ({
  source: 'recording',
  page: '0123456789',
  links: ['spotify', 'apple_music', 'youtube', 'deezer', 'tidal'].map((platform) => ({ platform, url: 'https://music.example/' })),
  id,
  title,
  artist,
  duration_ms: 241_000,
  added_by: 'p_2',
  votes,
});
const queue = [
  song('i_2', 'Concerto for Violoncello and Orchestra in B minor, Opus 104: Finale. Allegro moderato', 'Somebody, Somebody Else and an Orchestra', 3),
  loop('i_3', 'Lantern', 1),
  { ...loop('i_4', 'From the cellar'), source: 'file', sha256: '0', bytes: 9_000_000, media_type: 'audio/flac' } as Item,
];
const playing: Playback = { phase: 'playing', item: 'i_1', generation: 3, position_ms: 0, start_at: 0, next: 'i_2' };
const shared: Shared = {
  settings,
  playback: playing,
  current: song('i_1', 'Allemande', 'Ana and the others'),
  queue,
  suggestions: [],
  history: [],
  skip: { votes: 0, needed: 2 },
  people,
  chat: [
    { seq: 1, at: Date.UTC(2026, 0, 1, 20, 1), by: 'p_1', name: 'Ana', text: 'Louder?' },
    { seq: 2, at: Date.UTC(2026, 0, 1, 20, 2), by: 'p_2', name: null, text: 'Yes. And an address that is long: https://music.example/a/very/long/path/without/any/break' },
  ],
  cast: null,
  banned: 0,
};
const owner: Mine = { person: 'p_1', grants: OWNER, votes: ['i_3'], has_voted_skip: false, invites: [] };
const guest: Mine = { person: 'p_2', grants: GUEST, votes: [], has_voted_skip: false, invites: [] };
const inTime: Hearing = {
  is_wanted: true,
  state: { is: 'playing' },
  player: 'own-audio',
  shown: { is: 'within', figure_ms: 15, bound_ms: 21 },
  volume: 0.8,
  is_muted: false,
  can_set_volume: true,
  nudge_ms: 0,
  file: null,
};
const sound = { listen: nothing, silence: nothing, setVolume: nothing, mute: nothing, nudge: nothing };
const demos = [
  { name: 'tide', title: 'Tide', duration_ms: 32_000 },
  { name: 'metronome', title: 'Metronome', duration_ms: 40_000 },
];
const adding = { step: { kind: 'rest' } as AddState, demos, onsubmit: nothing, onchoose: nothing, onaddress: nothing, onfiles: nothing, ondemo: nothing, onrest: nothing };

interface Change {
  shared?: Partial<Shared>;
  mine?: Mine;
  hearing?: Partial<Hearing>;
  page?: Record<string, unknown>;
}

function page(state: string, change: Change = {}): Entry {
  const model = { shared: { ...shared, ...change.shared }, mine: change.mine ?? owner, position_ms: 83_000, now_ms: Date.UTC(2026, 0, 1, 20, 3) };
  const props = {
    room: ROOM,
    model,
    hearing: { ...inTime, ...change.hearing },
    sound,
    act,
    note: null,
    alone: false,
    reactions: [],
    adding,
    text: '',
    name: 'Ana',
    onsave: nothing,
    onpassword: () => Promise.resolve('set'),
    level: () => 0,
    plays: () => 'youtube',
    onname: nothing,
    onundo: nothing,
    onclose: nothing,
    onleave: nothing,
    onend: nothing,
    ...change.page,
  };
  return { id: `room-${state}`, component: RoomPage, props };
}

function entrance(state: string, props: Record<string, unknown>): Entry {
  const all = { wait: 'entering', refusal: null, farewell: null, code: 'K7M4QX', wait_s: 0, onagain: nothing, oncode: nothing, ...props };
  return { id: `room-${state}`, component: Entrance, props: all };
}

const refused = (why: 'no-such-room' | 'full' | 'locked' | 'banned' | 'replaced', retry_at: number | null = null): Refusal => ({ why, retry_at, reference: null });
const left = (farewell: Farewell): Entry => entrance(`left-${farewell}`, { farewell });
const add = (step: AddState): Entry => ({
  id: `room-add-${step.kind}`,
  component: AddPanel,
  part: true,
  props: { ...adding, text: 'https://music.example/track/1', suggests: false, step },
});
function following(state: string, host: Host, change: (host: RoomHost) => void = nothing): Entry {
  const seat = (): string => '';
  const given = new RoomHost(() => new Promise(() => undefined), seat);
  given.host = host;
  change(given);
  return { id: `room-follow-${state}`, component: HostFollow, part: true, props: { seat, given } };
}
const follow = { id: 'e_1', name: 'Ana', has_mails: false, followed_at: 0 };
const track = (title: string, artist: string) => ({ platform: 'deezer', url: `https://music.example/${title}`, title, artist, duration_ms: 187_000 });

function played(state: string, { mine = owner, words = '' }: { mine?: Mine; words?: string }): Entry {
  const history = [...queue, ...['Sarabande', 'Gigue', 'Courante'].map((title) => song(`i_${title}`, title, 'Ben'))];
  return { id: `room-played-${state}`, component: Played, part: true, props: { model: { shared: { ...shared, history }, mine, position_ms: 0, now_ms: 0 }, act, words } };
}

const entries: Entry[] = [
  page('playing'),
  page('guest', { mine: guest, hearing: { is_wanted: false, state: { is: 'silent' } } }),
  page('empty', { shared: { playback: { phase: 'idle' }, current: null, queue: [], chat: [], people: people.slice(0, 1) }, hearing: { state: { is: 'idle' } } }),
  page('preparing', { shared: { playback: { phase: 'preparing', item: 'i_1', generation: 4, position_ms: 0, deadline: 0 } }, hearing: { state: { is: 'loading' } } }),
  page('paused', { shared: { playback: { phase: 'paused', item: 'i_1', generation: 4, position_ms: 83_000, because: 'asked' } }, hearing: { state: { is: 'waiting' } } }),
  page('measuring', { hearing: { shown: { is: 'measuring' } } }),
  page('elsewhere', { hearing: { player: 'youtube', shown: { is: 'within', figure_ms: 300, bound_ms: 320 } } }),
  page('no-source', { hearing: { state: { is: 'no-source' } }, mine: guest, page: { plays: () => null } }),
  page('file-coming', { hearing: { state: { is: 'loading' }, file: { is: 'coming', got: 3_600_000, of: 9_000_000 } } }),
  page('file-wrong', { hearing: { state: { is: 'loading' }, file: { is: 'wrong' } } }),
  page('file-nobody', { hearing: { state: { is: 'loading' }, file: { is: 'nobody' } } }),
  page('fault', { hearing: { state: { is: 'failed', reason: 'not-allowed' } } }),
  page('stalled', { hearing: { state: { is: 'stalled' }, can_set_volume: false } }),
  page('alone', { page: { alone: true } }),
  page('session-ends', { page: { session: { ends_at: Date.now() + 290_000, free_again_at: 0 } } }),
  entrance('left-session-over', { farewell: 'session-over', again_at: Date.UTC(2026, 10, 22, 15, 40), mine: true }),
  entrance('refused-resting', { refusal: { why: 'resting', retry_at: Date.UTC(2026, 10, 22, 15, 40), reference: null }, mine: true, wait_s: 42 }),
  page('undo', { page: { note: { tone: 'plain', text: 'Removed: Lantern.', undo: 7 } } }),
  page('refusal', { page: { note: { tone: 'bad', text: 'Somebody was faster: the room has moved on. Look again.', undo: null } } }),
  page('curated', {
    shared: { settings: { ...settings, mode: 'curated' }, suggestions: [song('i_8', 'Sarabande', 'Ben'), song('i_9', 'Gigue', 'Ben')] },
    page: { adding: { ...adding, step: { kind: 'added', count: 1, title: 'Sarabande', left_out: [], kept_out: 0, unfound: 0 } } },
  }),
  page('files-added', { page: { adding: { ...adding, step: { kind: 'added', count: 101, title: null, left_out: [], kept_out: 2, unfound: 7 } } } }),
  page('chat', { page: { tab: 'chat', reactions: [{ id: 1, by: 'p_2', reaction: 'fire' }] } }),
  page('chat-empty', { shared: { chat: [], settings: { ...settings, slow_mode_s: 15 } }, mine: guest, page: { tab: 'chat' } }),
  page('people', { page: { tab: 'people' } }),
  page('vibe', { page: { tab: 'vibe' } }),
  {
    id: 'room-menu',
    component: HostMenu,
    part: true,
    props: {
      model: { shared: { ...shared, banned: 2 }, mine: { ...owner, invites: [{ id: 'v_1', rank: 'dj', uses_left: 3, expires_at: Date.UTC(2026, 0, 2) }] }, position_ms: 0, now_ms: 0 },
      act,
      link: ROOM.link,
      hasPassword: false,
      onsave: nothing,
      onpassword: () => Promise.resolve('set'),
      onend: nothing,
    },
  },
  played('found', {}),
  played('none-found', { words: 'Gavotte' }),
  played('suggested-again', { mine: guest }),
  add({ kind: 'looking' }),
  add({ kind: 'reading', title: 'Friday', done: 12, total: 40 }),
  add({ kind: 'choice', tracks: [track('Allemande', 'Ana'), track('Courante in a version that is rather long, live and remastered', 'Ana, Ben and many others')] }),
  add({ kind: 'address', url: 'https://sound.example/a', host: 'sound.example' }),
  add({ kind: 'unclear', message: { id: 'room-add-words', args: [] } }),
  add({ kind: 'left-out', left_out: [{ title: 'Cover', why: { id: 'room-add-file-no-sound', args: [] } }, { title: 'Silence', why: { id: 'room-add-file-empty', args: [] } }] }),
  add({ kind: 'refused', title: 'That is a podcast.', next: 'Paste a link to music instead.', reference: 'UNI-7F3K-92QD-MX0A-V5RT' }),
  add({ kind: 'unanswered' }),
  following('offered', { is: 'here', name: 'Somebody with a name as long as a name may be', follow: null }),
  following('begun', { is: 'here', name: 'Ana', follow }),
  following('mailed', { is: 'here', name: 'Ana', follow }, (host) => (host.isMailed = true)),
  following('failed', { is: 'here', name: null, follow: null }, (host) => (host.wish.refusal = UNANSWERED)),
  { id: 'room-asking', component: Opening, props: { onopen: nothing } },
  entrance('entering', {}),
  entrance('refused-code', { refusal: refused('no-such-room') }),
  entrance('refused-full', { refusal: refused('full') }),
  entrance('refused-locked', { refusal: refused('locked') }),
  entrance('refused-kicked', { refusal: refused('banned', Date.UTC(2026, 0, 1, 20, 13)), wait_s: 540 }),
  entrance('refused-banned', { refusal: refused('banned') }),
  entrance('refused-replaced', { refusal: refused('replaced') }),
  left('left'),
  left('kicked'),
  left('banned'),
  left('ended'),
  left('expired'),
];

export default entries;
