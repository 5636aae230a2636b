// YouTube's loader and player as pages of ours: nobody real is asked. It refuses what the real one refuses.

const LOADER = 'https://www.youtube.com/iframe_api';
const PLAYER_HOST = 'https://www.youtube-nocookie.com';
export const YOUTUBE_HOSTS = ['www.youtube.com', 'www.youtube-nocookie.com'];

/** A video that its owner keeps to YouTube itself has one of these ids. */
export class Youtube {
  /** Ids that may be played on YouTube's own pages only. */
  kept = new Set();

  /** Answers in place of YouTube for the pages of `device`. */
  static async standsInFor(device) {
    const youtube = new Youtube();
    for (const host of YOUTUBE_HOSTS) device.allowHost(host);
    await device.context.route(LOADER, (route) => route.fulfill({ contentType: 'text/javascript', body: `(${loader})(${JSON.stringify(PLAYER_HOST)});` }));
    await device.context.route(`${PLAYER_HOST}/**`, (route) => {
      const referrer = route.request().headers()['referer'] ?? '';
      const kept = JSON.stringify([...youtube.kept]);
      void route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Player</title><button>Pause here</button><script>(${player})(${JSON.stringify(referrer)}, ${kept})</script>` });
    });
    return youtube;
  }
}

/** The address of everything that `device` asked YouTube for, frames as well. */
export function askedOf(device) {
  return device.requests.map(({ url }) => url).filter((url) => YOUTUBE_HOSTS.includes(new URL(url).host));
}

/** Everything that `device` asked of any host but `server`. */
export function askedElsewhere(device, server) {
  return device.requests.map(({ url }) => url).filter((url) => /^(https?|wss?):/.test(url) && new URL(url).host !== new URL(server.origin).host);
}

/** In the frame of ours, as YouTube's own loader would be. */
function loader(host) {
  class Player {
    constructor(element, { events }) {
      const frame = document.createElement('iframe');
      frame.allow = 'autoplay; encrypted-media';
      frame.src = `${host}/embed/?enablejsapi=1&origin=${encodeURIComponent(location.origin)}`;
      document.getElementById(element).replaceWith(frame);
      this.frame = frame;
      this.info = { state: -1, time: 0, duration: 0 };
      addEventListener('message', ({ source, origin, data }) => {
        if (source !== frame.contentWindow || origin !== host) return;
        if (data.info) this.info = data.info;
        events[data.event]?.({ data: data.data });
      });
    }
    say(words) {
      this.frame.contentWindow.postMessage(words, host);
    }
    cueVideoById({ videoId, startSeconds }) {
      this.say({ do: 'cue', id: videoId, at: startSeconds });
    }
    loadVideoById({ videoId, startSeconds }) {
      this.say({ do: 'load', id: videoId, at: startSeconds });
    }
    playVideo() {
      this.say({ do: 'play' });
    }
    pauseVideo() {
      this.say({ do: 'pause' });
    }
    seekTo(at) {
      this.say({ do: 'seek', at });
    }
    setVolume() {}
    unMute() {}
    getCurrentTime() {
      return this.info.time;
    }
    getDuration() {
      return this.info.duration;
    }
    getPlayerState() {
      return this.info.state;
    }
  }
  window.YT = { Player };
  queueMicrotask(() => window.onYouTubeIframeAPIReady());
}

/** In YouTube's frame. It takes a while to begin, and tells its time four times a second. */
function player(referrer, kept) {
  const START_MS = 400;
  const LENGTH_S = 200;
  const info = { state: -1, time: 0, duration: 0 };
  let id = '';
  let since = null;
  const tell = (event, data) => parent.postMessage({ event, data, info }, '*');
  const now = () => performance.now() / 1000;
  const become = (state) => {
    info.state = state;
    if (state === 1) info.duration = LENGTH_S;
    tell('onStateChange', state);
  };
  const place = () => (since === null ? info.time : now() - since);
  const stop = (state) => {
    info.time = place();
    since = null;
    become(state);
  };
  const fault = () => (referrer === '' ? 153 : kept.includes(id) ? 150 : null);
  let begun = 0;
  const play = () => {
    if (fault() !== null) return tell('onError', fault());
    become(3);
    begun += 1;
    const mine = begun;
    setTimeout(() => {
      if (mine !== begun) return;
      since = now() - info.time;
      become(1);
    }, START_MS);
  };
  const load = (next, at) => {
    begun += 1;
    since = null;
    id = next;
    info.time = at;
  };
  const deeds = {
    cue({ id: next, at }) {
      load(next, at);
      become(5);
    },
    load({ id: next, at }) {
      load(next, at);
      play();
    },
    play,
    pause() {
      begun += 1;
      if (since !== null || info.state === 3) stop(2);
    },
    seek({ at }) {
      const isMoving = since !== null;
      info.time = at;
      if (isMoving) since = now() - at;
    },
  };
  addEventListener('message', ({ source, data }) => {
    if (source === parent) deeds[data.do](data);
  });
  document.querySelector('button').onclick = () => (since === null ? play() : stop(2));
  setInterval(() => {
    if (since === null) return;
    info.time = place();
    tell('infoDelivery');
  }, 250);
  setTimeout(() => tell('onReady'));
}
