/** Runs in `/embed/spotify/back`: hands Spotify's answer to the frame that asked, and closes. Nothing is kept. */
import { backChannel } from './spotify-channel';

const { search } = location;
const state = new URLSearchParams(search).get('state');
// The code is in nobody's history.
history.replaceState(null, '', location.pathname);
if (state !== null) {
  const channel = new BroadcastChannel(backChannel(state));
  channel.postMessage(search);
  channel.close();
}
window.close();
