/** The states of the view Cast, with fixed data. */
import type { Badge } from '../../cast/verification';
import type { Member, RoomView } from '../../cast/wire';
import type { Entry } from '../../gallery/entries';
import LiveView from './LiveView.svelte';
import type { Line } from './ListenerList.svelte';
import type { Playable } from './PlaylistControls.svelte';
import SourceStep from './SourceStep.svelte';

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
const LINK = `${ROOM.link}#${'A1b2C3d4'.repeat(8)}`;

const laptop = { is_secure: true, is_handheld: false, has_display_capture: true, has_tab_audio: true, has_microphone: true };
const cards = { can: laptop, page: new URL('https://unisono.example/cast'), onchoose: nothing };
const host = { code: ROOM.code, key: 'key', secret: 'secret', until: 0 };

function source(id: string, more: Record<string, unknown> = {}, step: Record<string, unknown> = {}): Entry {
  const options = { password: '', ask_first: false, hide_address: false };
  return { id, component: SourceStep, props: { cards: { ...cards, ...more }, options, rooms: [], room: null, ...step } };
}

function line(id: string, form: Member['form'], name: string | null, badge: Badge, rest: Partial<Line> = {}): Line {
  return {
    member: { id, role: 'listener', form, name, hide_address: false },
    state: 'connected',
    report: { delay_ms: 38, loss: 0, jitter_ms: 2, kbps: 128, path: 'direct', playing: true },
    badge,
    gain: 1,
    ...rest,
  };
}

const FOUR = ['maple', 'comet', 'otter', 'comet'] as const;
const words: Badge = { tier: 'words', words: FOUR, they_matched: false };
const relayed: Line['report'] = { delay_ms: 110, loss: 0.03, jitter_ms: 9, kbps: 126, path: 'relayed', playing: true };
const lines: Line[] = [
  line('a', 'phone', 'Ana', { tier: 'link' }),
  line('b', 'tablet', null, words, { report: relayed, gain: 0.6 }),
  line('c', 'computer', null, { tier: 'matched', words: FOUR }, { state: 'reconnecting' }),
];

const playlist: Playable = {
  kind: 'file',
  pieces: ['Prelude', 'Allemande', 'Courante'].map((name, at) => ({ name, url: '', is_broken: at === 2 })),
  place: 1,
  is_paused: false,
  position: 83,
  duration: 245,
  is_looped: false,
  is_heard_here: true,
  toggle: nothing,
  next: nothing,
  previous: nothing,
  choose: nothing,
  seek: nothing,
  loop: nothing,
  hearHere: nothing,
};

const sound = {
  source: { kind: 'tab' as const, title: '' },
  level: { level: 0.62, peak: 0.78, is_silent: false },
  quality: 'music' as const,
  onquality: nothing,
  onswitch: nothing,
};
const people = { lines: [] as Line[], knocking: [] as Member[], ongain: nothing, onjudge: nothing, onremove: nothing, onapprove: nothing };
const live = { room: ROOM, link: LINK, alone: false, sound, people, report: 'Unisono', onshare: nothing, onstop: nothing };
const knocking: Member[] = [{ id: 'd', role: 'listener', form: 'phone', name: 'Boris', hide_address: false }];

const entries: Entry[] = [
  source('cast-source'),
  source('cast-source-go-on', {}, { rooms: [host], room: host }),
  source('cast-source-phone', { can: { ...laptop, is_handheld: true } }),
  source('cast-source-insecure', { can: { ...laptop, is_secure: false, has_microphone: false } }),
  source('cast-source-browser', { can: { ...laptop, has_tab_audio: false } }),
  source('cast-source-no-audio', { fault: { kind: 'tab', fault: 'no-audio' } }),
  source('cast-source-opening', { opening: 'tab' }),
  source('cast-ended', {}, { ending: 'stopped' }),
  source('cast-ended-session', {}, { ending: 'session-over', rests_until: Date.UTC(2026, 10, 22, 15, 40) }),
  source('cast-ended-session-theirs', {}, { ending: 'session-over', rests_until: Date.UTC(2026, 10, 22, 15, 40), theirs: true, back: '/r/K7M4QX' }),
  { id: 'cast-session-ends', component: LiveView, props: { ...live, session: { ends_at: Date.now() + 290_000, free_again_at: 0 } } },
  { id: 'cast-waiting', component: LiveView, props: live },
  { id: 'cast-live', component: LiveView, props: { ...live, people: { ...people, lines } } },
  { id: 'cast-knock', component: LiveView, props: { ...live, room: { ...ROOM, hue: 1, has_password: true }, people: { ...people, knocking } } },
  {
    id: 'cast-silent',
    component: LiveView,
    props: { ...live, sound: { ...sound, level: { level: 0, peak: 0, is_silent: true } } },
  },
  {
    id: 'cast-file',
    component: LiveView,
    props: { ...live, sound: { ...sound, source: { kind: 'file', title: 'Allemande' }, playlist }, people: { ...people, lines: lines.slice(0, 1) } },
  },
  {
    id: 'cast-paused',
    component: LiveView,
    props: { ...live, alone: true, sound: { ...sound, source: null }, people: { ...people, lines: lines.slice(0, 1) } },
  },
  { id: 'cast-room-gone', component: LiveView, props: { ...live, gone: true, people: { ...people, lines: lines.slice(0, 1) } } },
  {
    id: 'cast-differ',
    component: LiveView,
    props: { ...live, differed: ['Ana'], people: { ...people, lines: [line('e', 'phone', null, { tier: 'differ', why: 'words' })] } },
  },
  {
    id: 'cast-many',
    component: LiveView,
    props: {
      ...live,
      people: { ...people, lines: Array.from({ length: 12 }, (_, at) => line(String(at), 'phone', null, { tier: 'link' })) },
    },
  },
];

export default entries;
