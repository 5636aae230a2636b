// How much came to a page from other browsers, by data channels.

/** Lets the pages of `device` count what their data channels bring. */
export async function countChannelsOf(device) {
  await device.context.addInitScript(countChannels);
}

/** Bytes so far, over all connections that there were. */
export function received(page) {
  return page.evaluate(() => window.channelBytes.received);
}

/** In every page, before its own scripts. */
function countChannels() {
  const counted = { received: 0 };
  Object.defineProperty(window, 'channelBytes', { value: counted });
  const count = (channel) => {
    channel.addEventListener('message', ({ data }) => {
      counted.received += data.byteLength ?? data.size ?? data.length;
    });
    return channel;
  };
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(...words) {
      super(...words);
      this.addEventListener('datachannel', ({ channel }) => count(channel));
    }

    createDataChannel(...words) {
      return count(super.createDataChannel(...words));
    }
  };
}
