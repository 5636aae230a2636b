// Bursts of sound that are timed where they are made and where they are heard. The functions run in pages.

/** Runs before the caster's scripts: the microphone is a worklet that makes a burst now and then. */
export function microphoneOfBursts(everyS) {
  window.bursts = { made: [], zeros: [] };
  navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext({ sampleRate: 48_000, latencyHint: 'interactive' });
    const worklet = `
      const BURST_FRAMES = 288; // 6 ms
      registerProcessor('bursts', class extends AudioWorkletProcessor {
        next = currentFrame + sampleRate;
        process(_, [[left, right]]) {
          for (let at = 0; at < left.length; at += 1) {
            const since = currentFrame + at - this.next;
            left[at] = right[at] = since >= 0 && since < BURST_FRAMES ? 0.8 * Math.sin((2 * Math.PI * 2000 * since) / sampleRate) : 0;
            if (since === 0) this.port.postMessage({ made: this.next });
            if (since === BURST_FRAMES) this.next += ${everyS} * sampleRate;
          }
          this.port.postMessage({ frame: currentFrame });
          return true;
        }
      });`;
    await context.audioWorklet.addModule(URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' })));
    await context.resume();
    const node = new AudioWorkletNode(context, 'bursts', { numberOfInputs: 0, outputChannelCount: [2] });
    const out = new MediaStreamAudioDestinationNode(context, { channelCount: 2 });
    node.port.onmessage = ({ data }) => {
      if (data.made !== undefined) window.bursts.made.push(data.made / 48);
      else window.bursts.zeros.push(Date.now() - data.frame / 48);
    };
    node.connect(out);
    return out.stream;
  };
}

/** Runs in the listener's page while it plays: an ear behind the playing element. */
export async function hearBursts() {
  window.bursts = { heard: [], zeros: [] };
  const context = new AudioContext({ sampleRate: 48_000, latencyHint: 'interactive' });
  const worklet = `
    const LOUD = 0.2;
    const DEAF_FRAMES = 14400; // one burst counts once: 0.3 s
    registerProcessor('ear', class extends AudioWorkletProcessor {
      deafUntil = 0;
      process([[left]]) {
        for (let at = 0; left && at < left.length; at += 1) {
          const frame = currentFrame + at;
          if (frame < this.deafUntil || Math.abs(left[at]) < LOUD) continue;
          this.deafUntil = frame + DEAF_FRAMES;
          this.port.postMessage({ heard: frame });
        }
        this.port.postMessage({ frame: currentFrame });
        return true;
      }
    });`;
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' })));
  await context.resume();
  const ear = new AudioWorkletNode(context, 'ear', { numberOfOutputs: 0 });
  ear.port.onmessage = ({ data }) => {
    if (data.heard !== undefined) window.bursts.heard.push(data.heard / 48);
    else window.bursts.zeros.push(Date.now() - data.frame / 48);
  };
  context.createMediaStreamSource(document.querySelector('audio').srcObject).connect(ear);
}

/** Forgets what was before the window. */
export function beginWindow() {
  for (const list of Object.values(window.bursts)) list.length = 0;
}

/**
 * The window's bursts in wall-clock milliseconds. Messages from a worklet come late, never early, so the smallest
 * difference between the wall clock and the frame count is the one that holds.
 */
export function burstTimes() {
  const { made, heard, zeros } = window.bursts;
  const zero = zeros.reduce((least, one) => Math.min(least, one), Infinity);
  return (made ?? heard).map((at) => zero + at);
}
