/** The states of the view Listen, with fixed data. */
import type { Refusal } from '../../cast/refusal';
import type { ListenerState } from '../../cast/session';
import type { Badge } from '../../cast/verification';
import type { Goodbye, RoomView } from '../../cast/wire';
import type { Entry } from '../../gallery/entries';
import ListenView from './ListenView.svelte';
import type { Moment } from './texts';

const nothing = (): void => {};

const ROOM: RoomView = {
  code: 'K7M4QX',
  hue: 6,
  has_password: false,
  ask_first: false,
  has_queue: false,
  expires_at: 0,
  listeners_max: 16,
  link: 'http://192.168.1.20:8080/r/K7M4QX',
};

const moment: Moment = {
  state: 'ready',
  is_wanted: false,
  since_s: 0,
  lost_s: 0,
  is_paused_by_host: false,
  is_host_away: false,
  is_alone: false,
  is_room_gone: false,
};
const settings = {
  volume: 0.8,
  is_muted: false,
  can_set_volume: true,
  nudge_ms: 40,
  name: '',
  hides_address: false,
  report: 'Unisono',
  can_keep_screen_on: true,
  keeps_screen_on: false,
  outputs: [
    { id: 'a', label: 'Headphones' },
    { id: 'b', label: 'Loudspeaker' },
  ],
  output: 'a',
  onvolume: nothing,
  onmute: nothing,
  onnudge: nothing,
  onname: nothing,
  onhide: nothing,
  onscreen: nothing,
  onoutput: nothing,
};
const view = {
  code: ROOM.code,
  room: ROOM as RoomView | null,
  moment,
  now: null,
  report: null,
  badge: { tier: 'checking' } as Badge,
  refusal: null,
  goodbye: null,
  level: 0,
  wait_s: 0,
  protectedPage: true,
  settings,
  onpress: nothing,
  onjudge: nothing,
  onagain: nothing,
  oncode: nothing,
};
const link: Badge = { tier: 'link' };
/** One word may come twice: each is drawn from the list by itself. */
const words: Badge = { tier: 'words', words: ['maple', 'comet', 'otter', 'comet'], they_matched: false };
const direct = { delay_ms: 46, loss: 0, jitter_ms: 2, kbps: 128, path: 'direct', playing: true };
const playing = {
  ...view,
  moment: { ...moment, state: 'playing', is_wanted: true },
  now: { title: 'Allemande', paused: false, kind: 'file' },
  report: direct,
  badge: link,
  level: 0.62,
};

function at(state: ListenerState, rest: Partial<Moment> = {}, props: Record<string, unknown> = {}): Entry {
  const id = `listen-${state}${rest.since_s ? '-relay' : ''}`;
  return { id, component: ListenView, props: { ...view, moment: { ...moment, state, ...rest }, ...props } };
}

function refused(refusal: Refusal, wait_s = 0): Entry {
  const props = { ...view, room: null, refusal, wait_s, moment: { ...moment, state: 'refused' } };
  return { id: `listen-refused-${refusal.why}`, component: ListenView, props };
}

function left(goodbye: Goodbye): Entry {
  return { id: `listen-left-${goodbye}`, component: ListenView, props: { ...view, goodbye, moment: { ...moment, state: 'left' } } };
}

const error = (why: 'device-limit' | 'resting' | 'no-such-room' | 'full' | 'too-many-tries' | 'busy' | 'version' | 'server' | 'replaced'): Refusal => ({
  why,
  retry_at: null,
  reference: why === 'server' ? 'UNI-7F3K-92QD' : null,
});

const entries: Entry[] = [
  at('hello', {}, { room: null }),
  at('waiting-approval', {}, { room: null }),
  at('waiting-host', { is_wanted: true }),
  at('ice', { is_wanted: true }),
  at('ice', { is_wanted: true, since_s: 5 }),
  at('ready', {}, { report: direct, badge: link }),
  { id: 'listen-playing', component: ListenView, props: playing },
  { id: 'listen-playing-words', component: ListenView, props: { ...playing, badge: words, protectedPage: false } },
  { id: 'listen-playing-relayed', component: ListenView, props: { ...playing, report: { ...direct, path: 'relayed', delay_ms: 110 } } },
  {
    id: 'listen-playing-no-volume',
    component: ListenView,
    props: { ...playing, now: null, settings: { ...settings, can_set_volume: false, outputs: [] } },
  },
  {
    id: 'listen-paused',
    component: ListenView,
    props: { ...playing, moment: { ...playing.moment, is_paused_by_host: true }, now: { title: '', paused: true, kind: null }, level: 0 },
  },
  at('reconnecting', { is_wanted: true, lost_s: 7 }, { badge: link }),
  left('ended'),
  left('removed'),
  left('expired'),
  { id: 'listen-left-session-over', component: ListenView, props: { ...view, goodbye: 'session-over', again_at: Date.UTC(2026, 10, 22, 15, 40), moment: { ...moment, state: 'left' } } },
  { id: 'listen-session-ends', component: ListenView, props: { ...playing, session: { ends_at: Date.now() + 290_000, free_again_at: 0 } } },
  refused(error('device-limit')),
  refused(error('resting')),
  refused(error('no-such-room')),
  refused(error('full')),
  refused(error('too-many-tries'), 42),
  refused(error('busy'), 42),
  refused(error('version')),
  refused(error('replaced')),
  refused(error('server')),
  refused({ why: 'fingerprint', fault: 'differs' }),
  refused({ why: 'changed' }),
  refused({ why: 'cut-link' }),
  refused({ why: 'differ', how: 'words' }),
];

export default entries;
