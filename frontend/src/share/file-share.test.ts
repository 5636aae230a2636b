import { expect, it } from 'vitest';
import { FileShare, type ShareWorld } from './file-share';
import { hashOf } from './hash';
import type { FileChannel } from './protocol';

const nobodyAsks = (): never => {
  throw new Error('nothing is wanted here');
};
const OFFER = { kind: 'offer', from: 'm_stranger', sdp: 'v=0' } as const;

function share(open: () => FileChannel = nobodyAsks) {
  const answered: string[] = [];
  const world: ShareWorld = {
    link: () => ({ open, heard: () => answered.push(OFFER.from) > 0, close: () => undefined, isIdle: true, isDead: false }),
    later: () => () => undefined,
  };
  const wire = { send: () => undefined, own: () => 'm_own', ice_servers: () => [], relay_only: () => false };
  return { answered, files: new FileShare(wire, { changed: () => undefined }, world) };
}

it('names a file that the browser has no type for by its ending, and takes nothing that is no sound', async () => {
  const { files } = share();
  const offered = async (name: string, type: string) => {
    const answer = await files.offer(new File(['sound'], name, { type }));
    return typeof answer === 'string' ? answer : answer.media_type;
  };
  expect(await offered('clip.mp4', 'video/mp4')).toBe('video/mp4');
  expect(await offered('talk.webm', 'audio/webm;codecs=opus')).toBe('audio/webm');
  expect(await offered('From the cellar.FLAC', '')).toBe('audio/flac');
  expect(await offered('song.ogg', 'application/ogg')).toBe('audio/ogg');
  expect(await offered('song.mp3', `audio/${'x'.repeat(60)}`), 'longer than the server takes').toBe('audio/mpeg');
  for (const [name, type] of [['cover.jpg', 'image/jpeg'], ['notes', ''], ['x.constructor', '']] as const) {
    expect(await offered(name, type), name).toBe('no-sound');
  }
});

it('tells nobody where this device is while it has no file and wants none', async () => {
  const { answered, files } = share();
  files.heard(OFFER);
  expect(answered).toEqual([]);
  await files.offer(new Blob(['sound'], { type: 'audio/flac' }));
  files.heard(OFFER);
  expect(answered).toEqual([OFFER.from]);
});

it('has its own file again when that comes back into the queue, and gives it to nobody in between', async () => {
  const { answered, files } = share();
  const offered = await files.offer(new Blob(['sound'], { type: 'audio/flac' }));
  if (typeof offered === 'string') throw new Error(offered);
  files.keepOnly(new Set([offered.sha256]));
  files.keepOnly(new Set());
  expect(files.have(offered.sha256)).not.toBeNull();
  files.heard(OFFER);
  expect(answered).toEqual([]);
  files.keepOnly(new Set([offered.sha256]));
  files.heard(OFFER);
  expect(answered).toEqual([OFFER.from]);
});

it('frees what came from somebody else as soon as the queue does not name it', async () => {
  const channel = { readyState: 'open', send: () => undefined, close: () => undefined, onmessage: null } as unknown as FileChannel;
  const { files } = share(() => channel);
  const sound = new TextEncoder().encode('sound');
  const sha256 = await hashOf(new Blob([sound]));
  files.keepOnly(new Set([sha256]));
  files.want({ sha256, bytes: sound.length, media_type: 'audio/flac' }, () => ['m_other']);
  channel.onmessage?.({ data: JSON.stringify({ t: 'file', bytes: sound.length, from: 0 }) });
  channel.onmessage?.({ data: sound.buffer });
  channel.onmessage?.({ data: JSON.stringify({ t: 'done' }) });
  expect(files.have(sha256)).not.toBeNull();
  files.keepOnly(new Set());
  expect(files.have(sha256)).toBeNull();
});
