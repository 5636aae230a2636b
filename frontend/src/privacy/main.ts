// What script adds to the privacy centre, which the server draws and which works without: what only the browser knows.
import { offerGuest } from './guest';
import { offerKept } from './kept';

const news = document.getElementById('news');
const stored = document.getElementById('stored');
const rooms = document.getElementById('rooms');

if (stored) {
  offerKept(stored, (text) => {
    if (news) news.textContent = text;
  });
}
if (rooms) offerGuest(rooms, localStorage);
