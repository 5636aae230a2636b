// The states of Home, of the page that leads nowhere, and of the page without a server.
import type { Entry } from '../gallery/entries';
import type { Found } from '../links/find';
import { History } from '../links/history.svelte';
import { LINKS_MAX, writeLookedAt, type Looked } from '../links/looked-at';
import Home from '../views/Home.svelte';
import NotFound from '../views/NotFound.svelte';
import Offline from '../views/Offline.svelte';
import { Join } from './join.svelte';
import JoinForm from './JoinForm.svelte';
import LookedAt from './LookedAt.svelte';
import Resting from './Resting.svelte';
import ShareHow from './ShareHow.svelte';

const LINK = 'https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC';
const never = new Promise<Found>(() => undefined);
const nothing = (): void => undefined;

function joined(text: string, found: Promise<Found> = never): { join: Join } {
  const join = new Join({ origin: 'https://unisono.example', go: nothing, leave: nothing, find: () => found, pageOf: (id) => `/l/${id}` }, text);
  join.submit();
  return { join };
}

/** What the server said to the link. */
function answered(answer: Exclude<Found, { kind: 'page' }>): { join: Join } {
  const { join } = joined(LINK);
  join.answer = answer;
  return { join };
}

function lookedAt(...links: Looked[]): { history: History } {
  const kept = writeLookedAt({ kind: 'on', links });
  const history = new History({ read: () => kept, write: nothing });
  history.refresh();
  return { history };
}

const SONGS: Looked[] = [
  { id: '7k2m9x4qtd', title: 'One More Time', by: 'Daft Punk' },
  { id: '0h5n8w3rzc', title: 'أنت عمري', by: 'أم كلثوم' },
  { id: '4b6v1y9jpe', title: 'A title that is so long that it surely needs more than one line on the screen of a phone', by: '' },
];
const REFUSED: Found = {
  kind: 'refused',
  title: 'That is a podcast.',
  next: 'Podcasts have no twin elsewhere that we could name. Paste a link to music instead.',
  reference: 'UNI-7F3K-92QD-MX0A-V5RT',
};

const entries: Entry[] = [
  { id: 'home-empty', component: Home, props: { route: { name: 'home', text: null } } },
  { id: 'home-code', component: JoinForm, part: true, props: { ...joined('K7M 4QX'), pastes: true } },
  { id: 'home-unclear-empty', component: JoinForm, part: true, props: joined('') },
  { id: 'home-unclear-short', component: JoinForm, part: true, props: joined('K7M4') },
  { id: 'home-unclear-letter', component: JoinForm, part: true, props: joined('K7M 4QU') },
  { id: 'home-unclear-words', component: JoinForm, part: true, props: joined('that one song from the summer') },
  { id: 'home-looking', component: JoinForm, part: true, props: joined(LINK) },
  { id: 'home-refused', component: JoinForm, part: true, props: answered(REFUSED) },
  { id: 'home-unanswered', component: JoinForm, part: true, props: answered({ kind: 'unanswered' }) },
  { id: 'home-elsewhere', component: JoinForm, part: true, props: joined('https://other.example/r/K7M4QX') },
  { id: 'home-links', component: LookedAt, part: true, props: lookedAt(...SONGS) },
  {
    id: 'home-links-many',
    component: LookedAt,
    part: true,
    props: lookedAt(...Array.from({ length: LINKS_MAX }, (_, at) => ({ id: `${at}`, title: `Track ${at + 1}`, by: 'Various' }))),
  },
  { id: 'home-resting', component: Resting, part: true, props: { until: Date.UTC(2099, 10, 22, 15, 40) } },
  { id: 'home-share', component: ShareHow, part: true, props: { shown: true } },
  { id: 'not-found', component: NotFound, props: { route: { name: 'not-found', path: '/r/K7M4' } } },
  { id: 'offline', component: Offline, props: { route: { name: 'home', text: null } } },
];

export default entries;
