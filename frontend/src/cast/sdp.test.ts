import { expect, test } from 'vitest';
import { sessionId, wishedPtime, withOpusParameters } from './sdp';

const OFFER = [
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9',
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:63 red/48000/2',
  'a=fmtp:63 111/111',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'a=sctp-port:5000',
  '',
].join('\r\n');

const fmtp = (sdp: string) => sdp.split('\r\n').filter((line) => line.startsWith('a=fmtp:111'));

test('Opus is asked for in stereo, without pauses, at the bitrate given', () => {
  expect(fmtp(withOpusParameters(OFFER, { bitrate_max: 256_000, ptime_ms: 20 }))).toEqual([
    'a=fmtp:111 minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1;maxaveragebitrate=256000;usedtx=0',
  ]);
});

test('nothing else changes', () => {
  const rest = (sdp: string) => sdp.split('\r\n').filter((line) => !/^a=(fmtp:111|ptime)/.test(line));
  expect(rest(withOpusParameters(OFFER, { bitrate_max: 1, ptime_ms: 20 }))).toEqual(rest(OFFER));
});

test('wishing twice is wishing once', () => {
  const once = withOpusParameters(OFFER, { bitrate_max: 256_000, ptime_ms: 10 });
  expect(withOpusParameters(once, { bitrate_max: 256_000, ptime_ms: 10 })).toBe(once);
  expect(once.match(/a=ptime:10/g)).toHaveLength(1);
});

test('an fmtp line is made where there is none, and other parameters stay', () => {
  const bare = OFFER.replace('a=fmtp:111 minptime=10;useinbandfec=1\r\n', '');
  expect(fmtp(withOpusParameters(bare, { bitrate_max: 1, ptime_ms: 20 }))[0]).toContain('stereo=1');
  const cbr = OFFER.replace('useinbandfec=1', 'cbr=1; stereo=0');
  expect(fmtp(withOpusParameters(cbr, { bitrate_max: 1, ptime_ms: 20 }))[0]).toMatch(/cbr=1;stereo=1/);
});

test('a description without Opus is left alone', () => {
  const plain = OFFER.replaceAll('opus', 'PCMU');
  expect(withOpusParameters(plain, { bitrate_max: 1, ptime_ms: 10 })).toBe(plain);
});

test('the packet length that one side wishes is read by the other', () => {
  expect(wishedPtime(withOpusParameters(OFFER, { bitrate_max: 1, ptime_ms: 10 }))).toBe(10);
  expect(wishedPtime(withOpusParameters(OFFER, { bitrate_max: 1, ptime_ms: 20 }))).toBe(20);
  expect(wishedPtime(OFFER)).toBe(20);
});

test('the session id is the second field of the origin line', () => {
  expect(sessionId(OFFER)).toBe('4611731400430051336');
  expect(sessionId('v=0')).toBeNull();
});
