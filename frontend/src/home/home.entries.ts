// The states of Home, of the page that leads nowhere, and of the page without a server.
import type { Entry } from '../gallery/entries';
import Home from '../views/Home.svelte';
import NotFound from '../views/NotFound.svelte';
import Offline from '../views/Offline.svelte';
import { Join } from './join.svelte';
import JoinForm from './JoinForm.svelte';

function joined(text: string): { join: Join } {
  const join = new Join('https://unisono.example', () => undefined, text);
  join.submit();
  return { join };
}

const entries: Entry[] = [
  { id: 'home-empty', component: Home, props: { route: { name: 'home', code: null } } },
  { id: 'home-code', component: Home, props: { route: { name: 'home', code: 'K7M 4QX' } } },
  { id: 'home-unclear-empty', component: JoinForm, part: true, props: joined('') },
  { id: 'home-unclear-short', component: JoinForm, part: true, props: joined('K7M4') },
  { id: 'home-unclear-letter', component: JoinForm, part: true, props: joined('K7M 4QU') },
  { id: 'home-unclear-words', component: JoinForm, part: true, props: joined('that one song from the summer') },
  { id: 'home-link-later', component: JoinForm, part: true, props: joined('https://music.example/track/1') },
  { id: 'home-elsewhere', component: JoinForm, part: true, props: joined('https://other.example/r/K7M4QX') },
  { id: 'not-found', component: NotFound, props: { route: { name: 'not-found', path: '/r/K7M4' } } },
  { id: 'offline', component: Offline, props: { route: { name: 'home', code: null } } },
];

export default entries;
