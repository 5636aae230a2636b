/** Runs in `/embed/spotify`. Nobody else is asked before the person has pressed Connect. */
import { onCommand, say } from './page-link';
import { SpotifyAccount } from './spotify-account';
import { backChannel } from './spotify-channel';
import { SpotifyDesk } from './spotify-desk';
import { loadSpotify } from './spotify-sdk';

const POPUP = 'popup,width=480,height=720';

const ask: typeof fetch = (address, init) => fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer', ...init });
const account = new SpotifyAccount({
  client: document.body.dataset['client'] ?? '',
  back: `${location.origin}/embed/spotify/back`,
  ask,
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  digest: (bytes) => crypto.subtle.digest('SHA-256', bytes),
  now: () => performance.now(),
});
let channel: BroadcastChannel | null = null;

/** The window opens in the press itself; where it goes is known a moment later. */
async function signIn(): Promise<void> {
  const popup = window.open('', '_blank', POPUP);
  if (!popup) {
    say({ say: 'fault', fault: 'needs-tap' });
    return say({ say: 'account', account: 'none' });
  }
  const { address, state } = await account.begin();
  channel?.close();
  channel = new BroadcastChannel(backChannel(state));
  channel.onmessage = ({ data }) => {
    if (typeof data === 'string') void desk.answered(data);
  };
  popup.location.replace(address);
}

const desk = new SpotifyDesk({
  account,
  load: loadSpotify,
  ask,
  say,
  signIn,
  every: (ms, run) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
  unix_ms: () => performance.timeOrigin + performance.now(),
});
onCommand((command) => void desk.obey(command));
