/** What is said on the socket (`docs/signalling.md`): types, and the reading of what the server sends. */
import type { components } from '../api/schema.gen';

export const VERSION = 1;
export const NAME_CHARS_MAX = 40;
export const PASSWORD_BYTES_MAX = 72;

type Schemas = components['schemas'];
export type Form = Schemas['Form'];
export type Role = Schemas['Role'];
export type Goodbye = Schemas['Goodbye'];
export type ErrorCode = Schemas['ErrorCode'];
export type RoomView = Schemas['RoomView'];
export type IceServer = Schemas['IceServer'];
export type Member = Schemas['Member'];
export type FreeSession = Schemas['FreeSession'];
export type Welcome = Schemas['Welcome'];
export type Failure = Schemas['Failure'];
export type ClientMessage = Schemas['ClientMessage'];
export type ServerMessage = Schemas['ServerMessage'];

const ERROR_CODES: Record<ErrorCode, true> = {
  invalid: true,
  version: true,
  'no-such-room': true,
  ended: true,
  full: true,
  'caster-present': true,
  forbidden: true,
  locked: true,
  banned: true,
  follow: true,
  gone: true,
  'too-many-tries': true,
  busy: true,
  'device-limit': true,
  resting: true,
  asleep: true,
  resume: true,
  server: true,
};

const ROLES: Record<Role, true> = { caster: true, listener: true, peer: true };

type Fields = Record<string, unknown>;

/** Reads one text frame. `null` when it is no message of this vocabulary: such a frame is ignored. */
export function parseServerMessage(text: string): ServerMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isFields(value) && isServerMessage(value) ? (value as unknown as ServerMessage) : null;
}

function isServerMessage(m: Fields): boolean {
  switch (m['kind']) {
    case 'created':
      return isWelcome(m['welcome']);
    case 'join':
      return isMember(m['member']);
    case 'joined':
      return isMember(m['member']) && (m['welcome'] == null || isWelcome(m['welcome']));
    case 'offer':
    case 'answer':
      return isText(m['from']) && isText(m['sdp']);
    case 'candidate':
      return isText(m['from']) && isText(m['candidate']) && (m['mid'] == null || isText(m['mid']));
    case 'end-of-candidates':
      return isText(m['from']);
    case 'restart':
      return isText(m['from']) && isListOf(m['ice_servers'], isIceServer);
    case 'leave':
      return isText(m['member']) && isText(m['reason']);
    case 'snapshot':
      return isPosition(m['position']) && isFields(m['state']);
    case 'events':
      return typeof m['epoch'] === 'number' && isListOf(m['events'], isEvent);
    case 'reaction':
      return isText(m['by']) && isText(m['reaction']);
    case 'mine':
      return isText(m['person']) && Array.isArray(m['grants']) && Array.isArray(m['votes']);
    case 'answered':
      return isText(m['cmd_id']) && (m['answer'] === 'ok' || m['answer'] === 'reject');
    case 'doors':
      return typeof m['has_password'] === 'boolean';
    case 'session':
      return m['session'] == null || isSession(m['session']);
    case 'error':
      return isText(m['code']) && Object.hasOwn(ERROR_CODES, m['code']);
    default:
      return false;
  }
}

function isWelcome(value: unknown): boolean {
  return (
    isFields(value) &&
    isRoom(value['room']) &&
    isMember(value['you']) &&
    isText(value['resume']) &&
    isListOf(value['members'], isMember) &&
    isListOf(value['ice_servers'], isIceServer) &&
    (value['session'] == null || isSession(value['session']))
  );
}

function isSession(value: unknown): boolean {
  return isFields(value) && typeof value['ends_at'] === 'number' && typeof value['free_again_at'] === 'number';
}

function isRoom(value: unknown): boolean {
  return isFields(value) && isText(value['code']) && isText(value['link']) && typeof value['hue'] === 'number';
}

function isMember(value: unknown): boolean {
  return isFields(value) && isText(value['id']) && isText(value['role']) && Object.hasOwn(ROLES, value['role']);
}

function isPosition(value: unknown): boolean {
  return isFields(value) && typeof value['epoch'] === 'number' && typeof value['seq'] === 'number';
}

function isEvent(value: unknown): boolean {
  return isFields(value) && typeof value['seq'] === 'number' && isText(value['event']);
}

function isIceServer(value: unknown): boolean {
  return isFields(value) && isListOf(value['urls'], isText);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isListOf(value: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}
