// The state that every view of this page shares.
import { PolicyNews } from '../privacy/notice.svelte';
import { Announcer } from './announcer.svelte';
import { Server } from './server.svelte';
import { Shortcuts } from './shortcuts.svelte';
import { browserKeep } from './storage';
import { Theme } from './theme.svelte';
import { Update } from './update.svelte';

export const theme = new Theme(browserKeep);
export const shortcuts = new Shortcuts(browserKeep);
export const announcer = new Announcer((run, delayMs) => setTimeout(run, delayMs));

/** Says `text` in the page's status region. */
export const announce = announcer.announce;
export const update = new Update();
export const policyNews = new PolicyNews();
export const server = new Server();
