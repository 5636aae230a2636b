/** The exchange on the data channel that gives a connection its badge. Pure: messages in, messages out. */
import { equal, fromBase64Url, toBase64Url } from './bytes';
import type { PeerMessage } from './channel';
import { commitment, isProof, NONCE_BYTES, proof, type Words, wordsOf } from './verify';

/**
 * How sure this device's person can be. `link`: the link's secret is proven. `words`: four words wait to be compared.
 * `matched`: this person compared them. `differ`: somebody sits in between, so no sound.
 */
export type Badge =
  | { tier: 'checking' }
  | { tier: 'link' }
  | { tier: 'words'; words: Words; they_matched: boolean }
  | { tier: 'matched'; words: Words }
  | { tier: 'differ'; why: 'proof' | 'commitment' | 'words' };

export interface Fingerprints {
  caster: Uint8Array;
  listener: Uint8Array;
}

abstract class Verification {
  badge: Badge = { tier: 'checking' };
  protected theyMatched = false;

  constructor(
    protected readonly fingerprints: Fingerprints,
    protected readonly nonce: Uint8Array,
  ) {}

  abstract receive(message: PeerMessage): PeerMessage[];

  /** This device's person compared the words. */
  judge(same: boolean): PeerMessage[] {
    if (this.badge.tier === 'words') {
      this.badge = same ? { tier: 'matched', words: this.badge.words } : { tier: 'differ', why: 'words' };
    }
    return [{ t: 'matched', same }];
  }

  /** Their "they differ" stops the sound here too; their "they match" is only told, since it could be forged. */
  protected theyJudge(same: boolean): PeerMessage[] {
    this.theyMatched = same;
    if (!same) this.badge = { tier: 'differ', why: 'words' };
    if (this.badge.tier === 'words') this.badge = { ...this.badge, they_matched: same };
    return [];
  }

  protected showWords(casterNonce: Uint8Array, listenerNonce: Uint8Array): void {
    if (this.badge.tier !== 'checking') return;
    const words = wordsOf({ ...this.fingerprints, casterNonce, listenerNonce });
    this.badge = { tier: 'words', words, they_matched: this.theyMatched };
  }
}

export class CasterVerification extends Verification {
  private isRevealed = false;

  constructor(
    fingerprints: Fingerprints,
    nonce: Uint8Array,
    private readonly secret: Uint8Array,
  ) {
    super(fingerprints, nonce);
  }

  /** Said as soon as the channel is open. */
  begin(): PeerMessage[] {
    return [{ t: 'commit', hash: commitment(this.nonce) }];
  }

  receive(message: PeerMessage): PeerMessage[] {
    if (message.t === 'proof') return this.checkProof(message.mac);
    if (message.t === 'nonce') return this.reveal(message.nonce);
    if (message.t === 'matched') return this.theyJudge(message.same);
    return [];
  }

  /** A wrong proof is an old or cut link, not yet an attack: the words remain. */
  private checkProof(mac: string): PeerMessage[] {
    const { caster, listener } = this.fingerprints;
    if (this.badge.tier === 'differ' || !isProof(mac, this.secret, 'listener', caster, listener)) return [];
    this.badge = { tier: 'link' };
    return [{ t: 'proof', mac: proof(this.secret, 'caster', caster, listener) }];
  }

  /** Once only: a second nonce would let the other side try again. */
  private reveal(text: string): PeerMessage[] {
    const theirs = fromBase64Url(text, NONCE_BYTES);
    if (theirs === null || this.isRevealed) return [];
    this.isRevealed = true;
    this.showWords(this.nonce, theirs);
    return [{ t: 'nonce', nonce: toBase64Url(this.nonce) }];
  }
}

export class ListenerVerification extends Verification {
  private commitment: string | null = null;
  private isDone = false;

  constructor(
    fingerprints: Fingerprints,
    nonce: Uint8Array,
    private readonly secret: Uint8Array | null,
  ) {
    super(fingerprints, nonce);
  }

  begin(): PeerMessage[] {
    const { caster, listener } = this.fingerprints;
    return this.secret === null ? [] : [{ t: 'proof', mac: proof(this.secret, 'listener', caster, listener) }];
  }

  receive(message: PeerMessage): PeerMessage[] {
    if (message.t === 'proof') this.checkProof(message.mac);
    if (message.t === 'commit') return this.answer(message.hash);
    if (message.t === 'nonce') this.checkNonce(message.nonce);
    if (message.t === 'matched') return this.theyJudge(message.same);
    return [];
  }

  private checkProof(mac: string): void {
    const { caster, listener } = this.fingerprints;
    if (this.secret === null || this.badge.tier === 'differ') return;
    this.badge = isProof(mac, this.secret, 'caster', caster, listener)
      ? { tier: 'link' }
      : { tier: 'differ', why: 'proof' };
  }

  private answer(hash: string): PeerMessage[] {
    if (this.commitment !== null) return [];
    this.commitment = hash;
    return [{ t: 'nonce', nonce: toBase64Url(this.nonce) }];
  }

  private checkNonce(text: string): void {
    if (this.isDone || this.commitment === null) return;
    this.isDone = true;
    const theirs = fromBase64Url(text, NONCE_BYTES);
    if (theirs === null || !isCommitment(this.commitment, theirs)) {
      this.badge = { tier: 'differ', why: 'commitment' };
      return;
    }
    this.showWords(theirs, this.nonce);
  }
}

function isCommitment(text: string, nonce: Uint8Array): boolean {
  const given = fromBase64Url(text, 32);
  const right = fromBase64Url(commitment(nonce), 32);
  return given !== null && right !== null && equal(given, right);
}
