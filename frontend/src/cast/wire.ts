/** What is said on the socket (`docs/signalling.md`): types, and the reading of what the server sends. */

export const VERSION = 1;
export const NAME_CHARS_MAX = 40;
export const PASSWORD_BYTES_MAX = 72;

export type Form = 'phone' | 'tablet' | 'computer' | 'speaker' | 'unknown';
export type Role = 'caster' | 'listener';

export interface Device {
  form: Form;
  name?: string | null;
}

export interface Member {
  id: string;
  role: Role;
  form: Form;
  name: string | null;
  hide_address: boolean;
}

export interface RoomView {
  code: string;
  /** 0 to 11. */
  hue: number;
  has_password: boolean;
  ask_first: boolean;
  /** Unix ms. */
  expires_at: number;
  listeners_max: number;
  /** Without the fragment. */
  link: string;
}

export interface IceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

export interface Welcome {
  version: number;
  room: RoomView;
  you: Member;
  resume: string;
  members: Member[];
  ice_servers: IceServer[];
  /** Unix ms. */
  now: number;
}

export interface Create {
  kind: 'create';
  version: number;
  device_key: string;
  device: Device;
  password: string | null;
  ask_first: boolean;
  hide_address: boolean;
}

export interface Join {
  kind: 'join';
  version: number;
  code: string;
  password: string | null;
  device: Device;
  device_key: string | null;
  resume: string | null;
  hide_address: boolean;
}

export type ClientMessage =
  | Create
  | Join
  | { kind: 'approve'; member: string; allow: boolean }
  | { kind: 'offer'; to: string; sdp: string }
  | { kind: 'answer'; to: string; sdp: string }
  | { kind: 'candidate'; to: string; candidate: string; mid: string | null }
  | { kind: 'end-of-candidates'; to: string }
  | { kind: 'restart'; to: string }
  | { kind: 'leave'; member?: string };

export type Goodbye = 'left' | 'away' | 'removed' | 'refused' | 'ended' | 'expired';

const ERROR_CODES = [
  'invalid',
  'version',
  'no-such-room',
  'ended',
  'full',
  'caster-present',
  'forbidden',
  'gone',
  'too-many-tries',
  'busy',
  'resume',
  'server',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export interface Failure {
  code: ErrorCode;
  message: string;
  retry_after_s: number | null;
  reference: string | null;
}

export type ServerMessage =
  | { kind: 'created'; welcome: Welcome }
  | { kind: 'join'; member: Member }
  | { kind: 'joined'; member: Member; welcome?: Welcome }
  | { kind: 'offer'; from: string; sdp: string }
  | { kind: 'answer'; from: string; sdp: string }
  | { kind: 'candidate'; from: string; candidate: string; mid: string | null }
  | { kind: 'end-of-candidates'; from: string }
  | { kind: 'restart'; from: string; ice_servers: IceServer[] }
  | { kind: 'leave'; member: string; reason: Goodbye; until: number | null }
  | ({ kind: 'error' } & Failure);

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
    case 'error':
      return (ERROR_CODES as readonly unknown[]).includes(m['code']);
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
    isListOf(value['ice_servers'], isIceServer)
  );
}

function isRoom(value: unknown): boolean {
  return isFields(value) && isText(value['code']) && isText(value['link']) && typeof value['hue'] === 'number';
}

function isMember(value: unknown): boolean {
  return isFields(value) && isText(value['id']) && (value['role'] === 'caster' || value['role'] === 'listener');
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
