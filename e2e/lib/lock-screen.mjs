// A phone whose screen is locked: its page is hidden, an element plays, and the lock screen shows and steers it.

/** Longer than from one click to the next. */
const LOUD_FOR_MS = 2500;

/** Lets the pages of `device` be locked, and their lock screens be looked at and pressed. */
export async function hasALockScreen(device) {
  await device.context.addInitScript(lockScreen);
}

/** Locks the screen or unlocks it, as far as `page` can know. */
export async function locks(page, isLocked) {
  await page.evaluate((is) => window.lockScreen.lock(is), isLocked);
}

/** What the lock screen shows. */
export function onLockScreen(page) {
  return page.evaluate(() => {
    const { metadata, playbackState } = navigator.mediaSession;
    return { title: metadata?.title, artist: metadata?.artist, state: playbackState };
  });
}

/** Presses `play` or `pause` there. */
export async function pressesOnLockScreen(page, action) {
  await page.evaluate((name) => window.lockScreen.handlers.get(name)(), action);
}

/** Where the one element that can be heard is, in ms of what it plays, at which Unix ms. `null` while none or two can. */
export function elementNow(page) {
  return page.evaluate(() => window.lockScreen.now());
}

/** How loud the loudest sample is that the element plays within some clicks. */
export function loudestOfElement(page) {
  return page.evaluate((ms) => window.lockScreen.loudest(ms), LOUD_FOR_MS);
}

/** In every page, before its own scripts. `Device` keeps the elements that ever played. */
function lockScreen() {
  const HAVE_FUTURE_DATA = 3;
  const origin = performance.timeOrigin;
  const handlers = new Map();
  let isLocked = false;
  Object.defineProperty(document, 'hidden', { get: () => isLocked });
  Object.defineProperty(document, 'visibilityState', { get: () => (isLocked ? 'hidden' : 'visible') });
  const { setActionHandler } = MediaSession.prototype;
  MediaSession.prototype.setActionHandler = function (action, handler) {
    handlers.set(action, handler);
    return setActionHandler.call(this, action, handler);
  };
  const isHeard = (one) => !one.paused && !one.ended && !one.muted && one.volume > 0 && one.readyState >= HAVE_FUTURE_DATA;
  const heard = () => {
    const all = [...window.playedElements].filter(isHeard);
    return all.length === 1 ? all[0] : null;
  };
  window.lockScreen = {
    handlers,
    lock(is) {
      isLocked = is;
      document.dispatchEvent(new Event('visibilitychange'));
    },
    now() {
      const element = heard();
      return element && { place_ms: element.currentTime * 1000, at: origin + performance.now() };
    },
    async loudest(for_ms) {
      const context = new AudioContext();
      const analyser = new AnalyserNode(context);
      context.createMediaStreamSource(heard().captureStream()).connect(analyser);
      const wave = new Float32Array(analyser.fftSize);
      let most = 0;
      const end = performance.now() + for_ms;
      while (performance.now() < end) {
        analyser.getFloatTimeDomainData(wave);
        most = Math.max(most, ...wave.map(Math.abs));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await context.close();
      return most;
    },
  };
}
