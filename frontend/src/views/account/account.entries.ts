// The states of the pages of accounts.
import { Agree } from '../../account/agree.svelte';
import type { Ask, Refusal } from '../../account/api';
import { UNANSWERED } from '../../account/api';
import { Member } from '../../account/member.svelte';
import type { Passkeys as BrowserPasskeys } from '../../account/passkeys';
import { Register } from '../../account/register.svelte';
import { Robots } from '../../account/robots.svelte';
import { Reset } from '../../account/reset.svelte';
import { Setup } from '../../account/setup.svelte';
import { SavedRooms as SavedRoomsState } from '../../account/saved-rooms.svelte';
import { SignIn } from '../../account/sign-in.svelte';
import type { Account, KeptOfGuest, SavedRoom } from '../../account/wire';
import type { Entry } from '../../gallery/entries';
import type { Route } from '../../router/route';
import AccountPage from './AccountPage.svelte';
import Bring from './Bring.svelte';
import Events from './Events.svelte';
import Follows from './Follows.svelte';
import HistoryKept from './HistoryKept.svelte';
import Notices from './Notices.svelte';
import Profile from './Profile.svelte';
import ProveDialog from './ProveDialog.svelte';
import RegisterPage from './RegisterPage.svelte';
import ResetPage from './ResetPage.svelte';
import RobotCheck from './RobotCheck.svelte';
import SavedRooms from './SavedRooms.svelte';
import Sessions from './Sessions.svelte';
import SetupPage from './SetupPage.svelte';
import SignInPage from './SignInPage.svelte';
import WaysInSection from './WaysInSection.svelte';

const DAY = Date.UTC(2026, 10, 22);
const EMAIL = 'ana@example.org';
const LONG = 'a.very.long.name.that.needs.more.than.one.line.on.a.phone@mail.department.university.example.org';
const route: Route = { name: 'account', page: 'account', address: '/account' };

const never: Ask = () => new Promise(() => undefined);
const browser: BrowserPasskeys = { isSupported: true, canFill: async () => false, create: async () => null, get: async () => null };
const world = { ask: never, passkeys: browser, solve: () => new Promise<null>(() => undefined) };

const said = (kind: string, title: string, next: string, more: Partial<Refusal> = {}): Refusal => ({ kind, title, next, why: null, reference: 'UNI-7F3K-92QD-MX0A-V5RT', ...more });
const WRONG_CODE = said('wrong-code', 'This code does not fit.', 'Look at the newest mail, or at your app, and type the code again.');
const OVER = said('ticket-over', 'This step has ended.', 'It took too long, was tried too often, or was finished already. Begin it again.');
const FAILED = said('failed', 'Something failed on our side.', 'Try again. If it happens again, tell whoever runs this server the reference.');

/** `state` after `change`. */
function as<T>(state: T, change: (state: T) => void): T {
  change(state);
  return state;
}

const signIn = (change: (state: SignIn) => void): SignIn =>
  as(new SignIn(world), (state) => {
    state.email = EMAIL;
    change(state);
  });

const register = (change: (state: Register) => void, invitation: string | null = null): Register =>
  as(new Register(world, () => 'en', invitation), (state) => {
    state.terms = { policy_version: '2026-11-22 7c21cb9', age_min: 16, registration: 'open' };
    change(state);
  });

const joining = (change: (state: Agree) => void): Agree =>
  as(new Agree(never), (state) => {
    state.step = { is: 'form', asked: { title: 'Google', email: LONG, policy_version: '1' } };
    change(state);
  });

const account: Account = {
  id: 'a_1',
  email: EMAIL,
  user_name: 'Ana',
  rank: 'member',
  history_days: 90,
  created_at: DAY,
  ways_in: { has_password: true, passkeys: 2, has_totp: true, recovery_codes_left: 8, identities: 1 },
};
const fresh: Account = {
  ...account,
  email: LONG,
  user_name: null,
  history_days: 0,
  ways_in: { has_password: false, passkeys: 0, has_totp: false, recovery_codes_left: 0, identities: 0 },
};

const kept: KeptOfGuest = { keys: ['one', 'two'], pages: [{ id: '7k2m9x4qtd', at: DAY }], name: 'Ana' };

/** Somebody who has everything that there is. */
function member(change: (state: Member) => void = () => undefined, who = account): Member {
  return as(new Member(never, browser), (state) => {
    state.presence = { is: 'here', account: who };
    state.sessions.state = {
      is: 'here',
      list: [
        { id: 's_1', device: 'Firefox on Linux', is_this: true, created_at: DAY, last_used_day: DAY },
        { id: 's_2', device: 'Safari on iPhone', is_this: false, created_at: DAY, last_used_day: DAY },
      ],
    };
    state.events.state = {
      is: 'here',
      list: [
        { id: 'e_3', kind: 'signed-in-on-new-device', device: 'Safari on iPhone', at: DAY },
        { id: 'e_2', kind: 'passkey-added', device: 'Firefox on Linux', at: DAY },
        { id: 'e_1', kind: 'signed-in', device: 'Firefox on Linux', at: DAY },
      ],
    };
    state.history.state = {
      is: 'here',
      list: [
        { id: '7k2m9x4qtd', title: 'One More Time', by: 'Daft Punk', at: DAY },
        { id: '0h5n8w3rzc', title: 'أنت عمري', by: 'أم كلثوم', at: DAY },
      ],
    };
    state.following.hosting = { is_followable: true, followers: 3 };
    state.following.follows.state = {
      is: 'here',
      list: [
        { id: 'e_1', name: 'Nadia', has_mails: true, followed_at: DAY },
        { id: 'e_2', name: 'Somebody with a name as long as a name may be', has_mails: false, followed_at: DAY },
      ],
    };
    state.following.notices.state = {
      is: 'here',
      list: [
        { id: 'e_3', kind: 'room-opened', host: 'Nadia', code: 'K7M4QX', made_at: DAY, is_seen: false },
        { id: 'e_4', kind: 'room-opened', host: null, code: null, made_at: DAY, is_seen: true },
      ],
    };
    state.waysIn.passkeys.state = {
      is: 'here',
      list: [
        { id: 'p_1', name: 'Laptop', created_at: DAY, last_used_day: DAY },
        { id: 'p_2', name: 'A passkey whose name is so long that it needs more than one line on a phone', created_at: DAY },
      ],
    };
    state.waysIn.identities.state = { is: 'here', list: [{ id: 'i_1', upstream: 'google', title: 'Google', connected_at: DAY }] };
    state.waysIn.upstreams = [
      { name: 'google', title: 'Google' },
      { name: 'telegram', title: 'Telegram' },
    ];
    change(state);
  });
}

/** Somebody who has nothing but an address. */
const newcomer = (change: (state: Member) => void = () => undefined): Member =>
  member((state) => {
    state.events.state = state.history.state = { is: 'here', list: [] };
    state.waysIn.passkeys.state = state.waysIn.identities.state = { is: 'here', list: [] };
    change(state);
  }, fresh);

const waysOf = (state: Member, who = account) => ({ ways: state.waysIn, account: who });
const codes = Array.from({ length: 10 }, (_, place) => `7k3m-9qx2-vr4${place}`);

const ROOM: SavedRoom = { id: 'e_1', name: 'Friday in the kitchen', code: 'FR1DAY', hue: 3, has_password: true, has_queue: false, ask_first: false, saved_at: DAY, is_awake: true, is_open: true };

function saved(change: (state: SavedRoomsState) => void = () => undefined): { rooms: SavedRoomsState } {
  const rooms = as(new SavedRoomsState(never, () => undefined), (state) => {
    const queue = { ...ROOM, id: 'e_2', name: 'A room with a name that needs more than one line on a phone', code: '7K3M9QX2', has_queue: true, is_open: false };
    state.state = { is: 'here', kept: { rooms: [ROOM, queue], rooms_max: 20, has_custom_code: true, sells_more: false } };
  });
  change(rooms);
  return { rooms };
}

function proving(way: 'passkey' | 'password' | 'mail', change: (state: Member) => void = () => undefined): Record<string, unknown> {
  const { proving: state } = member((page) => {
    page.proving.isOpen = true;
    page.proving.ways = ['passkey', 'password', 'totp', 'mail'];
    page.proving.way = way;
    change(page);
  });
  return { proving: state, email: EMAIL };
}

const signInEntries: Entry[] = [
  { id: 'sign-in', component: SignInPage, props: { route, given: signIn((state) => (state.upstreams = [{ name: 'google', title: 'Google' }, { name: 'spotify', title: 'Spotify' }])), secure: true } },
  { id: 'sign-in-https', component: SignInPage, props: { route, given: signIn(() => undefined), secure: false } },
  { id: 'sign-in-choice', component: SignInPage, props: { route, given: signIn((state) => ((state.wish.doing = 'sum'), (state.robots.step = { is: 'choice' }))), secure: true } },
  { id: 'sign-in-no-passkey', component: SignInPage, props: { route, given: signIn((state) => (state.noPasskey = true)), secure: true } },
  { id: 'sign-in-sum', component: SignInPage, props: { route, given: signIn((state) => (state.wish.doing = 'sum')), secure: true } },
  {
    id: 'sign-in-refused',
    component: SignInPage,
    props: { route, given: signIn((state) => (state.wish.refusal = said('wrong-credentials', 'Address and password do not fit together.', 'Try again, or have a code sent to your address.'))), secure: true },
  },
  { id: 'sign-in-unanswered', component: SignInPage, props: { route, given: signIn((state) => (state.wish.refusal = UNANSWERED)), secure: true } },
  { id: 'sign-in-failed', component: SignInPage, props: { route: { ...route, address: '/sign-in?problem=upstream-refused' }, given: signIn((state) => (state.wish.refusal = FAILED)), secure: true } },
  { id: 'sign-in-first', component: SignInPage, props: { route: { ...route, address: '/sign-in?problem=sign-in-first' }, given: signIn(() => undefined), secure: true } },
  { id: 'sign-in-code', component: SignInPage, props: { route, given: signIn((state) => ((state.email = LONG), (state.step = { is: 'code', ticket: 't' }))), secure: true } },
  {
    id: 'sign-in-factor',
    component: SignInPage,
    props: { route, given: signIn((state) => ((state.step = { is: 'factor', ticket: 't', kinds: ['totp', 'recovery'] }), (state.code = '000000'), (state.wish.refusal = WRONG_CODE))), secure: true },
  },
];

const otherEntries: Entry[] = [
  { id: 'register', component: RegisterPage, props: { route, given: register(() => undefined), secure: true } },
  { id: 'register-closed', component: RegisterPage, props: { route, given: register((state) => (state.terms = { policy_version: '1', age_min: 16, registration: 'closed' })), secure: true } },
  { id: 'register-invited-only', component: RegisterPage, props: { route, given: register((state) => (state.terms = { policy_version: '1', age_min: 16, registration: 'invited' })), secure: true } },
  { id: 'register-invited', component: RegisterPage, props: { route, given: register((state) => (state.terms = { policy_version: '1', age_min: 16, registration: 'invited' }), 'invitation'), secure: true } },
  { id: 'register-missing', component: RegisterPage, props: { route, given: register((state) => (state.missing = ['email', 'age', 'policy'])), secure: true } },
  {
    id: 'register-weak',
    component: RegisterPage,
    props: { route, given: register((state) => ((state.email = EMAIL), (state.password = 'password'), (state.wish.refusal = said('weak-password', '', '', { why: 'common' })))), secure: true },
  },
  { id: 'register-sum', component: RegisterPage, props: { route, given: register((state) => ((state.email = EMAIL), (state.wish.doing = 'sum'))), secure: true } },
  { id: 'register-check', component: RobotCheck, part: true, props: { robots: as(new Robots(world), (state) => (state.step = { is: 'check', purpose: 'register' })), works: true, bare: true } },
  { id: 'register-unanswered', component: RegisterPage, props: { route, given: register((state) => ((state.terms = null), (state.wish.refusal = UNANSWERED))), secure: true } },
  { id: 'register-code', component: RegisterPage, props: { route, given: register((state) => ((state.email = EMAIL), (state.step = { is: 'code', ticket: 't' }))), secure: true } },
  { id: 'register-join', component: RegisterPage, props: { route, given: register(() => undefined), joining: joining((state) => (state.missing = ['age', 'policy'])), secure: true } },
  {
    id: 'register-join-over',
    component: RegisterPage,
    props: { route, given: register(() => undefined), joining: joining((state) => ((state.step = { is: 'waiting' }), (state.wish.refusal = OVER))), secure: true },
  },
  { id: 'reset', component: ResetPage, props: { route, given: new Reset(world, null), secure: true } },
  { id: 'reset-sent', component: ResetPage, props: { route, given: as(new Reset(world, null), (state) => (state.step = { is: 'sent' })), secure: true } },
  {
    id: 'reset-over',
    component: ResetPage,
    props: { route, given: as(new Reset(world, 't'), (state) => (state.wish.refusal = OVER)), secure: true },
  },
  { id: 'reset-done', component: ResetPage, props: { route, given: as(new Reset(world, 't'), (state) => (state.step = { is: 'done' })), secure: true } },
  { id: 'setup', component: SetupPage, props: { route, given: new Setup(never, 't'), secure: true } },
  { id: 'setup-no-link', component: SetupPage, props: { route, given: new Setup(never, null), secure: true } },
];

const accountEntries: Entry[] = [
  { id: 'account', component: AccountPage, props: { route, given: member(), secure: true } },
  { id: 'account-waiting', component: AccountPage, props: { route, given: new Member(never, browser), secure: true } },
  { id: 'account-failed', component: AccountPage, props: { route, given: as(new Member(never, browser), (state) => (state.presence = { is: 'failed', refusal: FAILED })), secure: true } },
  { id: 'account-ended', component: AccountPage, props: { route, given: as(new Member(never, browser), (state) => (state.presence = { is: 'signed-out', wasHere: true })), secure: true } },
  { id: 'account-signed-out', component: AccountPage, props: { route, given: as(new Member(never, browser), (state) => (state.presence = { is: 'signed-out', wasHere: false })), secure: true } },
  {
    id: 'account-profile-refused',
    component: Profile,
    part: true,
    props: { member: member((state) => ((state.isPictureTooLarge = true), (state.profile.refusal = said('name-taken', 'Somebody else has this name.', 'Choose another one.')))), account },
  },
  { id: 'account-ways-few', component: WaysInSection, part: true, props: waysOf(newcomer(), fresh) },
  { id: 'account-passkeys-none', component: WaysInSection, part: true, props: waysOf(newcomer((state) => (state.waysIn.noPasskey = true)), fresh) },
  { id: 'account-passkeys-failed', component: WaysInSection, part: true, props: waysOf(member((state) => (state.waysIn.passkeys.state = { is: 'failed', refusal: FAILED }))) },
  {
    id: 'account-password-last',
    component: WaysInSection,
    part: true,
    props: waysOf(member((state) => ((state.waysIn.about = 'password'), (state.waysIn.wish.refusal = said('last-way-in', 'This is your last way in.', 'Add a passkey, a password or another service first. Then this one can go.'))))),
  },
  {
    id: 'account-factor-scan',
    component: WaysInSection,
    part: true,
    props: waysOf(
      member((state) => {
        const uri = `otpauth://totp/Unisono:${EMAIL}?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Unisono`;
        state.waysIn.factor = { is: 'scan', ticket: { ticket: 't', secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', uri } };
      }),
      fresh,
    ),
  },
  { id: 'account-recovery-codes', component: WaysInSection, part: true, props: waysOf(member((state) => (state.waysIn.factor = { is: 'codes', codes }))) },
  { id: 'account-identities-none', component: WaysInSection, part: true, props: waysOf(newcomer(), fresh) },
  { id: 'account-email-code', component: WaysInSection, part: true, props: waysOf(member((state) => ((state.waysIn.emailTicket = 't'), (state.waysIn.newEmail = LONG)))) },
  { id: 'account-rooms', component: SavedRooms, part: true, props: saved() },
  { id: 'account-rooms-renaming', component: SavedRooms, part: true, props: saved((state) => (state.renaming = 'e_1')) },
  { id: 'account-rooms-none', component: SavedRooms, part: true, props: saved((state) => (state.state = { is: 'here', kept: { rooms: [], rooms_max: 20, has_custom_code: true, sells_more: false } })) },
  { id: 'account-rooms-not-in-plan', component: SavedRooms, part: true, props: saved((state) => (state.state = { is: 'here', kept: { rooms: [{ ...ROOM, is_awake: false }], rooms_max: 0, has_custom_code: false, sells_more: true } })) },
  { id: 'account-rooms-waiting', component: SavedRooms, part: true, props: saved((state) => (state.state = { is: 'waiting' })) },
  { id: 'account-rooms-failed', component: SavedRooms, part: true, props: saved((state) => (state.state = { is: 'failed', refusal: FAILED })) },
  {
    id: 'account-rooms-taken',
    component: SavedRooms,
    part: true,
    props: saved((state) => ((state.code = 'FR1DAY'), (state.wish.refusal = said('room-code-taken', 'Somebody has this code.', 'Choose another, or leave it out and one is drawn.')))),
  },
  { id: 'account-sessions-waiting', component: Sessions, part: true, props: { member: member((state) => (state.sessions.state = { is: 'waiting' })) } },
  { id: 'account-events-none', component: Events, part: true, props: { member: newcomer() } },
  { id: 'account-history-none', component: HistoryKept, part: true, props: { member: newcomer(), account: { ...fresh, history_days: -1 } } },
  { id: 'account-follows-none', component: Follows, part: true, props: { following: newcomer((state) => ((state.following.hosting = { is_followable: false, followers: 0 }), (state.following.follows.state = { is: 'here', list: [] }))).following } },
  { id: 'account-follows-asked', component: Follows, part: true, props: { following: member((state) => (state.following.asked = 'e_2')).following } },
  { id: 'account-follows-failed', component: Follows, part: true, props: { following: member((state) => (state.following.follows.state = { is: 'failed', refusal: FAILED })).following } },
  { id: 'account-notices-none', component: Notices, part: true, props: { following: newcomer((state) => (state.following.notices.state = { is: 'here', list: [] })).following } },
  { id: 'account-notices-waiting', component: Notices, part: true, props: { following: member((state) => (state.following.notices.state = { is: 'waiting' })).following } },
  { id: 'account-bring', component: Bring, part: true, props: { member: member(), account: { ...account, user_name: null }, kept } },
  { id: 'account-bring-rooms', component: Bring, part: true, props: { member: newcomer(), account: fresh, kept: { ...kept, name: null } } },
  { id: 'account-brought', component: Bring, part: true, props: { member: member((state) => (state.brought = { kept, rooms: 2, pages: 1, has_name: true })), account, kept } },
  { id: 'account-brought-name-left', component: Bring, part: true, props: { member: member((state) => (state.brought = { kept, rooms: 0, pages: 0, has_name: false })), account, kept } },
  { id: 'account-prove-passkey', component: ProveDialog, part: true, alone: true, props: proving('passkey') },
  { id: 'account-prove-password', component: ProveDialog, part: true, alone: true, props: proving('password', (page) => (page.proving.wish.refusal = said('wrong-credentials', 'Address and password do not fit together.', 'Try again, or have a code sent to your address.'))) },
  { id: 'account-prove-mail', component: ProveDialog, part: true, alone: true, props: proving('mail', (page) => ((page.proving.ticket = 't'), (page.proving.wish.refusal = WRONG_CODE))) },
];

export default [...signInEntries, ...otherEntries, ...accountEntries];
