/** How a cast and a listening go from start to end: two tables, and what is not in them cannot happen. */

export type CasterState =
  /** No source was picked yet. */
  | 'idle'
  /** There is sound; the room is being opened. */
  | 'creating'
  /** The room is open and nobody listens. */
  | 'waiting'
  | 'live'
  /** The source ended; the listeners stay. */
  | 'paused'
  | 'ended'
  | 'failed';

export type CasterEvent = 'source' | 'created' | 'heard' | 'alone' | 'silent' | 'end' | 'fail';

const CASTER: Record<CasterState, Partial<Record<CasterEvent, CasterState>>> = {
  idle: { source: 'creating' },
  creating: { created: 'waiting', end: 'ended', fail: 'failed', silent: 'idle' },
  waiting: { heard: 'live', silent: 'paused', end: 'ended', fail: 'failed' },
  live: { alone: 'waiting', silent: 'paused', end: 'ended', fail: 'failed' },
  paused: { source: 'waiting', end: 'ended', fail: 'failed' },
  ended: { source: 'creating' },
  failed: { source: 'creating' },
};

export function nextCasterState(state: CasterState, event: CasterEvent): CasterState {
  return CASTER[state][event] ?? state;
}

export type ListenerState =
  /** Asks to come in. */
  | 'hello'
  | 'waiting-approval'
  /** In, but nobody casts. */
  | 'waiting-host'
  /** In; the caster's offer is on its way. */
  | 'authorised'
  | 'ice'
  | 'dtls'
  /** Everything is there but the tap. */
  | 'ready'
  | 'playing'
  | 'reconnecting'
  /** The room is over, or this device left it or was sent away. */
  | 'left'
  /** Not let in, or the other side is not who it should be. */
  | 'refused';

export type ListenerEvent =
  | 'ask'
  | 'wait'
  | 'alone'
  | 'admitted'
  | 'ice'
  | 'dtls'
  | 'connected'
  | 'tapped'
  | 'silenced'
  | 'lost'
  | 'leave'
  | 'refuse';

const OVER: Partial<Record<ListenerEvent, ListenerState>> = { leave: 'left', refuse: 'refused' };

const LISTENER: Record<ListenerState, Partial<Record<ListenerEvent, ListenerState>>> = {
  hello: { wait: 'waiting-approval', alone: 'waiting-host', admitted: 'authorised', ...OVER },
  'waiting-approval': { ask: 'hello', alone: 'waiting-host', admitted: 'authorised', ...OVER },
  'waiting-host': { ask: 'hello', admitted: 'authorised', ice: 'ice', ...OVER },
  authorised: { ask: 'hello', alone: 'waiting-host', ice: 'ice', dtls: 'dtls', connected: 'ready', ...OVER },
  ice: { ask: 'hello', alone: 'waiting-host', dtls: 'dtls', connected: 'ready', ...OVER },
  dtls: { ask: 'hello', alone: 'waiting-host', ice: 'ice', connected: 'ready', ...OVER },
  ready: { ask: 'hello', alone: 'waiting-host', tapped: 'playing', lost: 'reconnecting', ...OVER },
  playing: { ask: 'hello', alone: 'waiting-host', silenced: 'ready', lost: 'reconnecting', ...OVER },
  reconnecting: { ask: 'hello', alone: 'waiting-host', connected: 'ready', ...OVER },
  left: { ask: 'hello' },
  refused: { ask: 'hello' },
};

export function nextListenerState(state: ListenerState, event: ListenerEvent): ListenerState {
  return LISTENER[state][event] ?? state;
}
