import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { Download, type DownloadState, type WantedFile } from './download';
import { hashOf } from './hash';
import { CHUNK_BYTES, FILE_BYTES_MAX, type FileChannel, parseFileMessage } from './protocol';
import { Uploads, UPLOADS_MAX } from './uploads';

/** One end of a channel in memory. What is sent waits until the wire carries it. */
class FakeChannel implements FileChannel {
  readyState = 'connecting';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onbufferedamountlow: (() => void) | null = null;
  onclose: (() => void) | null = null;
  other: FakeChannel | null = null;
  sent: (string | ArrayBuffer)[] = [];

  send(data: string | ArrayBuffer): void {
    if (this.readyState !== 'open') throw new Error('the channel is closed');
    this.sent.push(data);
    if (data instanceof ArrayBuffer) this.bufferedAmount += data.byteLength;
  }

  close(): void {
    for (const end of [this, this.other]) {
      if (!end || end.readyState === 'closed') continue;
      end.readyState = 'closed';
      end.onclose?.();
    }
  }

  /** Carries the next message to the other end. */
  carry(): boolean {
    const data = this.sent.shift();
    if (data === undefined) return false;
    const before = this.bufferedAmount;
    if (data instanceof ArrayBuffer) this.bufferedAmount -= data.byteLength;
    const low = this.bufferedAmountLowThreshold;
    if (before > low && this.bufferedAmount <= low) this.onbufferedamountlow?.();
    if (this.other?.readyState === 'open') this.other.onmessage?.({ data });
    return true;
  }
}

function pair(): [FakeChannel, FakeChannel] {
  const [one, two] = [new FakeChannel(), new FakeChannel()];
  one.other = two;
  two.other = one;
  return [one, two];
}

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

function content(bytes: number, seed = 7): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: bytes }, (_, i) => (i * 31 + seed + (i >> 8)) & 255);
}

const hex = (bytes: Uint8Array) => bytesToHex(sha256(bytes));

/** Members that serve files, one that wants one, and the wires between them. */
class Place {
  readonly uploads = new Map<string, Uploads>();
  readonly wires: [FakeChannel, FakeChannel][] = [];
  readonly states: DownloadState[] = [];
  readonly silent: string[] = [];
  readonly timers: { run: () => void; ms: number }[] = [];
  download!: Download;

  serve(seat: string, files: Record<string, Uint8Array<ArrayBuffer>>): void {
    this.uploads.set(seat, new Uploads((name) => (files[name] ? new Blob([files[name]]) : null)));
  }

  want(file: WantedFile): void {
    this.download = new Download(file, {
      seats: () => [...this.uploads.keys()],
      open: (seat) => this.open(seat),
      silent: (seat) => this.silent.push(seat),
      changed: (state) => this.states.push(state),
      later: (run, ms) => {
        const timer = { run, ms };
        this.timers.push(timer);
        return () => void this.timers.splice(this.timers.indexOf(timer), this.timers.includes(timer) ? 1 : 0);
      },
    });
  }

  private open(seat: string): FakeChannel {
    const [here, there] = pair();
    this.wires.push([here, there]);
    this.uploads.get(seat)?.serve(there);
    queueMicrotask(() => {
      here.readyState = there.readyState = 'open';
      here.onopen?.();
    });
    return here;
  }

  /** Lets messages pass until nothing moves, or until `enough` does. */
  async run(enough: () => boolean = () => false): Promise<void> {
    for (let idle = 0; idle < 5; ) {
      await settle();
      const moved = this.wires.flat().map((end) => end.carry());
      if (enough()) return;
      idle = moved.some(Boolean) ? 0 : idle + 1;
    }
  }

  /** Lets the shortest wait be over. */
  async elapse(): Promise<void> {
    const timer = [...this.timers].sort((a, b) => a.ms - b.ms)[0];
    if (!timer) return;
    this.timers.splice(this.timers.indexOf(timer), 1);
    timer.run();
    await settle();
  }

  get state(): DownloadState | undefined {
    return this.states.at(-1);
  }
}

async function bytesOf(state: DownloadState | undefined): Promise<Uint8Array> {
  if (state?.is !== 'here') throw new Error(`not here: ${state?.is}`);
  return new Uint8Array(await state.blob.arrayBuffer());
}

const FILE = content(CHUNK_BYTES * 70 + 123);
const WANTED: WantedFile = { sha256: hex(FILE), bytes: FILE.length, media_type: 'audio/flac' };

describe('a file from member to member', () => {
  it('arrives whole, checked and with its type', async () => {
    const place = new Place();
    place.serve('m_1', { [WANTED.sha256]: FILE });
    place.want(WANTED);
    await place.run();
    expect(hex(await bytesOf(place.state))).toBe(WANTED.sha256);
    expect(place.state).toMatchObject({ blob: { type: 'audio/flac' } });
  });

  it('goes on where it was cut', async () => {
    const place = new Place();
    place.serve('m_1', { [WANTED.sha256]: FILE });
    place.want(WANTED);
    await place.run(() => place.state?.is === 'coming' && place.state.got > FILE.length / 2);
    place.wires.at(-1)?.[0].close();
    const got = place.states.flatMap((state) => (state.is === 'coming' ? [state.got] : [])).at(-1);
    expect(place.state).toEqual({ is: 'nobody' });
    await place.elapse();
    const again = place.wires.at(-1)?.[0];
    expect(again?.sent.map((said) => JSON.parse(String(said)))).toEqual([{ t: 'want', sha256: WANTED.sha256, from: got }]);
    await place.run();
    expect(hex(await bytesOf(place.state))).toBe(WANTED.sha256);
  });

  it('goes on from somebody else who has it', async () => {
    const place = new Place();
    place.serve('m_1', { [WANTED.sha256]: FILE });
    place.serve('m_2', { [WANTED.sha256]: FILE });
    place.want(WANTED);
    await place.run(() => place.state?.is === 'coming' && place.state.got > 0);
    place.wires[0]?.[0].close();
    await place.run();
    expect([place.wires.length, hex(await bytesOf(place.state))]).toEqual([2, WANTED.sha256]);
  });

  it('is not taken from who sends something else, and asked of the next', async () => {
    const place = new Place();
    place.serve('m_1', { [WANTED.sha256]: content(FILE.length, 8) });
    place.serve('m_2', { [WANTED.sha256]: FILE });
    place.want(WANTED);
    await place.run();
    expect(hex(await bytesOf(place.state))).toBe(WANTED.sha256);
    place.download.retry();
    expect(place.wires.length).toBe(2);
  });

  it('says so when all who have it send something else', async () => {
    const place = new Place();
    place.serve('m_1', { [WANTED.sha256]: content(FILE.length, 8) });
    place.want(WANTED);
    await place.run();
    expect(place.state).toEqual({ is: 'wrong' });
  });

  it('is refused by its length before a byte of it came', async () => {
    const place = new Place();
    place.serve('m_1', { [WANTED.sha256]: content(FILE.length + 1) });
    place.want(WANTED);
    await place.run();
    expect([place.state, place.states.some((state) => state.is === 'coming')]).toEqual([{ is: 'wrong' }, false]);
  });

  it('is asked for again later when nobody has it', async () => {
    const place = new Place();
    place.serve('m_1', {});
    place.want(WANTED);
    await place.run();
    expect(place.state).toEqual({ is: 'nobody' });
    place.serve('m_1', { [WANTED.sha256]: FILE });
    await place.elapse();
    await place.run();
    expect(place.state?.is).toBe('here');
  });

  it('is asked of somebody else after a silence', async () => {
    const place = new Place();
    place.uploads.set('m_1', { serve: () => undefined } as unknown as Uploads);
    place.serve('m_2', { [WANTED.sha256]: FILE });
    place.want(WANTED);
    await place.run();
    expect(place.state).toEqual({ is: 'asking' });
    await place.elapse();
    await place.run();
    expect([place.state?.is, place.silent]).toEqual(['here', ['m_1']]);
  });

  /** A member that says what it likes once it is asked. */
  const saying = (...all: object[]) =>
    ({
      serve: (channel: FakeChannel) => {
        channel.onmessage = () => all.forEach((said) => channel.send(said instanceof ArrayBuffer ? said : JSON.stringify(said)));
      },
    }) as unknown as Uploads;

  it('is asked of somebody else after a minute of waiting, over a way that stays', async () => {
    const place = new Place();
    place.uploads.set('m_1', saying({ t: 'wait' }));
    place.serve('m_2', { [WANTED.sha256]: FILE });
    place.want(WANTED);
    await place.run();
    expect([place.state, place.timers.map(({ ms }) => ms)]).toEqual([{ is: 'waiting' }, [60_000]]);
    await place.elapse();
    await place.run();
    expect([place.state?.is, place.silent]).toEqual(['here', []]);
  });

  it.each([
    ['wait', [{ t: 'wait' }, { t: 'wait' }]],
    ['file', [{ t: 'file', bytes: FILE.length, from: 0 }, { t: 'file', bytes: FILE.length, from: 0 }]],
  ])('is not waited for longer because somebody says "%s" again', async (_, said) => {
    const place = new Place();
    place.uploads.set('m_1', saying(...said));
    place.serve('m_2', { [WANTED.sha256]: FILE });
    place.want(WANTED);
    await place.run();
    expect(place.state?.is).toBe('here');
  });

  it('is asked of somebody else when it comes in drops', async () => {
    const place = new Place();
    const drop = (at: number) => FILE.slice(at, at + 1).buffer;
    place.uploads.set('m_1', saying({ t: 'file', bytes: FILE.length, from: 0 }, drop(0)));
    place.serve('m_2', { [WANTED.sha256]: FILE });
    place.want(WANTED);
    await place.run();
    const [timer] = place.timers;
    place.wires[0]?.[1].send(drop(1));
    await place.run();
    expect([place.state, place.timers[0] === timer]).toEqual([{ is: 'coming', got: 2, of: FILE.length }, true]);
    await place.elapse();
    await place.run();
    expect([place.state?.is, place.silent]).toEqual(['here', []]);
  });
});

describe('who has a file', () => {
  const open = (uploads: Uploads, from = 0) => {
    const [here, there] = pair();
    here.readyState = there.readyState = 'open';
    uploads.serve(there);
    there.onmessage?.({ data: JSON.stringify({ t: 'want', sha256: WANTED.sha256, from }) });
    return there;
  };
  const first = (channel: FakeChannel) => JSON.parse(String(channel.sent[0])) as { t: string };

  it(`serves ${UPLOADS_MAX} at once and the rest in turn`, async () => {
    const uploads = new Uploads(() => new Blob([FILE]));
    const channels = Array.from({ length: UPLOADS_MAX + 2 }, () => open(uploads));
    expect(channels.map((channel) => first(channel).t)).toEqual(['file', 'file', 'file', 'file', 'wait', 'wait']);
    channels[1]?.close();
    expect(channels[4]?.sent.map((said) => JSON.parse(String(said)).t)).toEqual(['wait', 'file']);
    channels[5]?.close();
    for (const channel of channels) channel.close();
    expect(uploads.isIdle).toBe(true);
  });

  it('hands the browser no more than it can send soon', async () => {
    const channel = open(new Uploads(() => new Blob([content(CHUNK_BYTES * 200)])));
    for (let i = 0; i < 20; i += 1) await settle();
    expect(channel.bufferedAmount).toBeGreaterThanOrEqual(1024 * 1024);
    expect(channel.bufferedAmount).toBeLessThan(1024 * 1024 + CHUNK_BYTES);
  });

  it('says that a file is not here, or ends before what was asked for', () => {
    expect(first(open(new Uploads(() => null)))).toEqual({ t: 'none' });
    expect(first(open(new Uploads(() => new Blob([FILE])), FILE.length + 1))).toEqual({ t: 'none' });
  });

  it('closes on who says anything else', () => {
    const [here, there] = pair();
    here.readyState = there.readyState = 'open';
    new Uploads(() => null).serve(there);
    there.onmessage?.({ data: '{"t":"done"}' });
    expect(here.readyState).toBe('closed');
  });
});

describe('what is said about files', () => {
  it('is read only within its bounds', () => {
    const good = { t: 'want', sha256: WANTED.sha256, from: 0 };
    expect(parseFileMessage(JSON.stringify(good))).toEqual(good);
    const bad = [
      { ...good, from: -1 },
      { ...good, from: 0.5 },
      { ...good, from: FILE_BYTES_MAX + 1 },
      { ...good, sha256: WANTED.sha256.toUpperCase() },
      { t: 'file', bytes: '1', from: 0 },
      { t: 'other' },
      [],
      null,
    ];
    expect(bad.map((one) => parseFileMessage(JSON.stringify(one)))).toEqual(bad.map(() => null));
    expect([parseFileMessage('{'), parseFileMessage(7), parseFileMessage('"'.padEnd(300))]).toEqual([null, null, null]);
  });

  it('begins with a hash of every byte', async () => {
    const progress: number[] = [];
    const big = content(5 * 1024 * 1024);
    expect(await hashOf(new Blob([big]), (bytes) => progress.push(bytes))).toBe(hex(big));
    expect(progress).toEqual([4 * 1024 * 1024, 5 * 1024 * 1024]);
  });
});
