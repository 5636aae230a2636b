/** The caster's end of one connection: offers, sends the sound, and answers for its own identity. */
import { randomBytes, toBase64Url } from './bytes';
import { CHANNEL_LABEL, parsePeerMessage, type PeerMessage, say } from './channel';
import type { Identity } from './certificate';
import { browserServers } from './ice';
import { BITRATE_MAX } from './quality';
import { sessionId, withOpusParameters } from './sdp';
import { readSnapshot, type Snapshot } from './stats';
import { type Badge, CasterVerification } from './verification';
import { NONCE_BYTES, readFingerprint } from './verify';
import type { ClientMessage, IceServer, ServerMessage } from './wire';

export type PeerState = 'connecting' | 'connected' | 'reconnecting' | 'failed';

export interface PeerCasterEvents {
  send(message: ClientMessage): void;
  state(state: PeerState): void;
  badge(badge: Badge): void;
  message(message: PeerMessage): void;
  /** The data channel is open. */
  open(): void;
  /** The listener came with another peer connection (a reloaded page): this one is of no use any more. */
  replaced(): void;
}

export interface PeerCasterOptions {
  listener: string;
  identity: Identity;
  secret: Uint8Array;
  ice_servers: IceServer[];
  relay_only: boolean;
  track: MediaStreamTrack | null;
  bitrate: number;
  ptime_ms: 10 | 20;
}

/** An answer that does not come within this time no longer holds back the next offer. */
const ANSWER_WAIT_MS = 5000;

export class PeerCaster {
  private readonly peer: RTCPeerConnection;
  private readonly channel: RTCDataChannel;
  private readonly sender: RTCRtpSender;
  private verification: CasterVerification | null = null;
  private answeredBy: string | null = null;
  private offeredAt = -Infinity;
  private wantsRestart = false;
  private hasBegun = false;
  private early: RTCIceCandidateInit[] = [];
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: PeerCasterOptions,
    private readonly events: PeerCasterEvents,
  ) {
    this.peer = new RTCPeerConnection({
      iceServers: browserServers(options.ice_servers),
      certificates: [options.identity.certificate],
      bundlePolicy: 'max-bundle',
      iceTransportPolicy: options.relay_only ? 'relay' : 'all',
    });
    const transceiver = this.peer.addTransceiver(options.track ?? 'audio', {
      direction: 'sendonly',
      sendEncodings: [{ maxBitrate: options.bitrate }],
    });
    this.sender = transceiver.sender;
    this.channel = this.peer.createDataChannel(CHANNEL_LABEL);
    this.listen();
  }

  /** Makes the first offer. */
  begin(): void {
    this.enqueue(() => this.offer(false));
  }

  receive(message: ServerMessage): void {
    if (message.kind === 'answer') this.enqueue(() => this.accept(message.sdp));
    if (message.kind === 'candidate') {
      this.enqueue(() => this.addCandidate({ candidate: message.candidate.replace(/^a=/, ''), sdpMid: message.mid ?? '0' }));
    }
    if (message.kind === 'restart') this.restart(message.ice_servers);
  }

  /** Offers new ways to reach each other; the sound goes on over the old one meanwhile. */
  restart(ice_servers: IceServer[]): void {
    this.peer.setConfiguration({ ...this.peer.getConfiguration(), iceServers: browserServers(ice_servers) });
    this.enqueue(() => this.offer(true));
  }

  setTrack(track: MediaStreamTrack | null): void {
    this.enqueue(() => this.sender.replaceTrack(track));
  }

  setBitrate(bitrate: number): void {
    this.enqueue(async () => {
      const parameters = this.sender.getParameters();
      const [encoding] = parameters.encodings;
      if (!encoding) return;
      encoding.maxBitrate = bitrate;
      await this.sender.setParameters(parameters);
    });
  }

  say(message: PeerMessage): void {
    say(this.channel, message);
  }

  judge(same: boolean): void {
    if (!this.verification) return;
    this.sayAll(this.verification.judge(same));
    this.events.badge(this.verification.badge);
  }

  /** False once only a new connection helps. A disturbed one is the listener's to restart. */
  get isWorking(): boolean {
    return this.peer.connectionState !== 'failed' && this.peer.connectionState !== 'closed';
  }

  async snapshot(now_ms: number): Promise<Snapshot> {
    return readSnapshot((await this.peer.getStats()).values(), 'outbound', now_ms);
  }

  close(): void {
    this.peer.onconnectionstatechange = null;
    this.channel.onmessage = null;
    this.peer.close();
  }

  private listen(): void {
    const { peer, channel, options, events } = this;
    peer.onicecandidate = ({ candidate }) => {
      if (!candidate?.candidate) return events.send({ kind: 'end-of-candidates', to: options.listener });
      events.send({ kind: 'candidate', to: options.listener, candidate: candidate.candidate, mid: candidate.sdpMid });
    };
    peer.onconnectionstatechange = () => {
      const state = STATES[peer.connectionState];
      if (state) events.state(state);
    };
    channel.onopen = () => this.beginVerification();
    channel.onmessage = ({ data }) => this.heard(data);
  }

  private async offer(iceRestart: boolean): Promise<void> {
    const isBusy = this.peer.signalingState === 'have-local-offer' && performance.now() - this.offeredAt < ANSWER_WAIT_MS;
    if (isBusy) {
      this.wantsRestart = true;
      return;
    }
    const offer = await this.peer.createOffer({ iceRestart });
    const sdp = withOpusParameters(offer.sdp ?? '', { bitrate_max: BITRATE_MAX, ptime_ms: this.options.ptime_ms });
    this.offeredAt = performance.now();
    this.early = [];
    await this.peer.setLocalDescription({ type: 'offer', sdp });
    this.events.send({ kind: 'offer', to: this.options.listener, sdp });
  }

  private async accept(sdp: string): Promise<void> {
    const reading = readFingerprint(sdp, null);
    if (!reading.is_good || this.peer.signalingState !== 'have-local-offer') return;
    const by = `${sessionId(sdp)} ${toBase64Url(reading.fingerprint)}`;
    if (this.answeredBy !== null && by !== this.answeredBy) return this.events.replaced();
    this.answeredBy = by;
    this.verification ??= new CasterVerification(
      { caster: this.options.identity.fingerprint, listener: reading.fingerprint },
      randomBytes(NONCE_BYTES),
      this.options.secret,
    );
    await this.peer.setRemoteDescription({ type: 'answer', sdp });
    for (const candidate of this.early.splice(0)) await this.peer.addIceCandidate(candidate);
    this.beginVerification();
    if (this.wantsRestart) {
      this.wantsRestart = false;
      await this.offer(true);
    }
  }

  /** Candidates may overtake the answer. */
  private async addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (this.peer.signalingState === 'have-local-offer') this.early.push(candidate);
    else await this.peer.addIceCandidate(candidate);
  }

  private beginVerification(): void {
    if (this.hasBegun || !this.verification || this.channel.readyState !== 'open') return;
    this.hasBegun = true;
    this.events.open();
    this.sayAll(this.verification.begin());
    this.events.badge(this.verification.badge);
  }

  private heard(data: unknown): void {
    const message = parsePeerMessage(data);
    if (message === null) return;
    if (message.t === 'ping') {
      const got = performance.now();
      this.say({ t: 'pong', id: message.id, at: message.at, got, sent: performance.now() });
      return;
    }
    if (this.verification) {
      this.sayAll(this.verification.receive(message));
      this.events.badge(this.verification.badge);
    }
    this.events.message(message);
  }

  private sayAll(messages: readonly PeerMessage[]): void {
    for (const message of messages) this.say(message);
  }

  /** One step at a time: descriptions and candidates must not overtake each other. */
  private enqueue(step: () => void | Promise<void>): void {
    this.work = this.work.then(async () => {
      if (this.peer.signalingState !== 'closed') await step();
    }).catch(() => {
      // What the other side sent did not fit. The path keeper of the listener asks again if there is no sound.
    });
  }
}

const STATES: Partial<Record<RTCPeerConnectionState, PeerState>> = {
  new: 'connecting',
  connecting: 'connecting',
  connected: 'connected',
  disconnected: 'reconnecting',
  failed: 'failed',
};
