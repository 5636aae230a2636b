import { expect, it } from 'vitest';
import { FileShare, type ShareWorld } from './file-share';

const nobodyAsks = (): never => {
  throw new Error('nothing is wanted here');
};
const OFFER = { kind: 'offer', from: 'm_stranger', sdp: 'v=0' } as const;

function share() {
  const answered: string[] = [];
  const world: ShareWorld = {
    link: () => ({ open: nobodyAsks, heard: () => answered.push(OFFER.from) > 0, close: () => undefined, isIdle: true, isDead: false }),
    later: () => () => undefined,
  };
  const wire = { send: () => undefined, own: () => 'm_own', ice_servers: () => [], relay_only: () => false };
  return { answered, files: new FileShare(wire, { changed: () => undefined }, world) };
}

it('tells nobody where this device is while it has no file and wants none', async () => {
  const { answered, files } = share();
  files.heard(OFFER);
  expect(answered).toEqual([]);
  await files.offer(new Blob(['sound'], { type: 'audio/flac' }));
  files.heard(OFFER);
  expect(answered).toEqual([OFFER.from]);
});
