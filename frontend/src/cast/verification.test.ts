import { expect, test } from 'vitest';
import { toBase64Url } from './bytes';
import type { PeerMessage } from './channel';
import { CasterVerification, type Fingerprints, ListenerVerification } from './verification';

const SECRET = new Uint8Array(16).fill(7);
const HONEST: Fingerprints = { caster: new Uint8Array(32).fill(1), listener: new Uint8Array(32).fill(2) };
const MIDDLE = new Uint8Array(32).fill(3);

const casterOf = (fingerprints = HONEST) => new CasterVerification(fingerprints, new Uint8Array(16).fill(4), SECRET);
const listenerOf = (secret: Uint8Array | null, fingerprints = HONEST) =>
  new ListenerVerification(fingerprints, new Uint8Array(16).fill(5), secret);

/** Carries messages to and fro until both are silent. */
function talk(caster: CasterVerification, listener: ListenerVerification): void {
  const way: { to: CasterVerification | ListenerVerification; message: PeerMessage }[] = [
    ...listener.begin().map((message) => ({ to: caster, message })),
    ...caster.begin().map((message) => ({ to: listener, message })),
  ];
  for (let next = way.shift(); next; next = way.shift()) {
    const back = next.to === caster ? listener : caster;
    for (const message of next.to.receive(next.message)) way.push({ to: back, message });
  }
}

test('who came by the link is verified on both sides', () => {
  const [caster, listener] = [casterOf(), listenerOf(SECRET)];
  talk(caster, listener);
  expect([caster.badge.tier, listener.badge.tier]).toEqual(['link', 'link']);
});

test('who typed the code sees the same four words as the caster', () => {
  const [caster, listener] = [casterOf(), listenerOf(null)];
  talk(caster, listener);
  expect(caster.badge).toEqual(listener.badge);
  expect(caster.badge.tier).toBe('words');
});

test('somebody in between makes the words differ', () => {
  const caster = casterOf({ ...HONEST, listener: MIDDLE });
  const listener = listenerOf(null, { ...HONEST, caster: MIDDLE });
  talk(caster, listener);
  if (caster.badge.tier !== 'words' || listener.badge.tier !== 'words') throw new Error('words');
  expect(caster.badge.words).not.toEqual(listener.badge.words);
});

test('somebody in between cannot pass on the proof', () => {
  const caster = casterOf({ ...HONEST, listener: MIDDLE });
  talk(caster, listenerOf(SECRET, { ...HONEST, caster: MIDDLE }));
  expect(caster.badge.tier).toBe('words');
});

test('an old link falls back to words', () => {
  const [caster, listener] = [casterOf(), listenerOf(new Uint8Array(16))];
  talk(caster, listener);
  expect([caster.badge.tier, listener.badge.tier]).toEqual(['words', 'words']);
});

test('a caster that changes its nonce after the commitment is caught', () => {
  const listener = listenerOf(null);
  const [commit] = casterOf().begin();
  if (commit) listener.receive(commit);
  listener.receive({ t: 'nonce', nonce: toBase64Url(new Uint8Array(16).fill(9)) });
  expect(listener.badge).toEqual({ tier: 'differ', why: 'commitment' });
});

test('the caster shows its nonce once, and only after the listener did', () => {
  const caster = casterOf();
  const nonce: PeerMessage = { t: 'nonce', nonce: toBase64Url(new Uint8Array(16)) };
  expect(caster.begin().some((message) => message.t === 'nonce')).toBe(false);
  expect(caster.receive(nonce)).toHaveLength(1);
  expect(caster.receive(nonce)).toHaveLength(0);
});

test('a wrong proof by the caster stops everything', () => {
  const listener = listenerOf(SECRET);
  listener.receive({ t: 'proof', mac: toBase64Url(new Uint8Array(32)) });
  expect(listener.badge).toEqual({ tier: 'differ', why: 'proof' });
  listener.receive({ t: 'matched', same: true });
  expect(listener.badge.tier).toBe('differ');
});

test('"they match" counts on the screen where it was pressed, "they differ" on both', () => {
  const [caster, listener] = [casterOf(), listenerOf(null)];
  talk(caster, listener);
  for (const message of caster.judge(true)) listener.receive(message);
  expect(caster.badge.tier).toBe('matched');
  expect(listener.badge).toMatchObject({ tier: 'words', they_matched: true });
  for (const message of listener.judge(false)) caster.receive(message);
  expect([caster.badge.tier, listener.badge.tier]).toEqual(['differ', 'differ']);
});
