/** What the server tells of an account, and what it asks. */

export type HistoryDays = 0 | 30 | 90 | 365 | -1;

/** How somebody can sign in. */
export interface WaysIn {
  has_password: boolean;
  passkeys: number;
  has_totp: boolean;
  recovery_codes_left: number;
  identities: number;
}

export interface Account {
  id: string;
  email?: string | null;
  user_name?: string | null;
  /** The name of the picture under `/avatars/`. */
  avatar?: string | null;
  language?: string | null;
  country?: string | null;
  theme?: string | null;
  rank: 'member' | 'operator';
  history_days: number;
  created_at: number;
  /** When it will be erased, if its owner has said so. */
  erase_at?: number | null;
  /** Whether there are plans here, and a page about the one that it has. */
  has_plans?: boolean;
  ways_in: WaysIn;
}

/** A step that was begun; its code or key finishes it. */
export interface Ticket {
  ticket: string;
}

export type FactorKind = 'totp' | 'recovery';

/** Where a first proof leads. */
export type SignedIn = { signed_in: Account } | { second_factor: Ticket & { kinds: FactorKind[] } };

/** What is handed to the browser's own dialog for passkeys, and the step that its answer finishes. */
export interface PasskeyTicket extends Ticket {
  options: unknown;
}

export interface TotpTicket extends Ticket {
  secret: string;
  uri: string;
}

export interface Upstream {
  name: string;
  title: string;
}

export interface Passkey {
  id: string;
  name: string;
  created_at: number;
  last_used_day?: number | null;
}

export interface Identity {
  id: string;
  upstream: string;
  title: string;
  connected_at: number;
}

export interface Session {
  id: string;
  device: string;
  is_this: boolean;
  created_at: number;
  last_used_day: number;
}

export interface SecurityEvent {
  id: string;
  kind: string;
  device: string;
  at: number;
}

/** A page of a link that was looked at. */
export interface LookedAtPage {
  id: string;
  title: string;
  by: string;
  at: number;
}

/** What a browser keeps of a guest. */
export interface KeptOfGuest {
  /** The keys by which rooms know it. */
  keys: readonly string[];
  /** The links that were looked at, and when. */
  pages: readonly { id: string; at: number }[];
  /** What the guest is called in rooms. */
  name: string | null;
}

/** What of it became the member's, and was not before. */
export interface BroughtAlong {
  rooms: number;
  pages: number;
  has_name: boolean;
}

/** That the member follows a host. */
export interface Follow {
  id: string;
  /** What the host calls themselves. */
  name?: string | null;
  has_mails: boolean;
  followed_at: number;
}

/** Who has the room that this page sits in, where they may be followed. */
export interface HostHere {
  host?: { name?: string | null; follow?: Follow | null } | null;
}

export interface Hosting {
  is_followable: boolean;
  followers: number;
}

/** A host whom the member follows opened a room. */
export interface RoomNotice {
  id: string;
  kind: string;
  host?: string | null;
  /** The room's code, while it is open. */
  code?: string | null;
  made_at: number;
  is_seen: boolean;
}

/** A room whose name and code stay the member's. */
export interface SavedRoom {
  id: string;
  name: string;
  code: string;
  /** Its colour, 0 to 11. */
  hue: number;
  has_password: boolean;
  has_queue: boolean;
  ask_first: boolean;
  saved_at: number;
  /** The plan opens it; else it is kept as it is. */
  is_awake: boolean;
  is_open: boolean;
}

export interface SavedRooms {
  rooms: SavedRoom[];
  /** How many the plan allows. */
  rooms_max: number;
  has_custom_code: boolean;
  /** There is a plan that would allow more. */
  sells_more: boolean;
}
