/** The listener's end of the connection: checks who offers, answers, and hands the track to the playout. */
import { equal, randomBytes } from './bytes';
import { CHANNEL_LABEL, parsePeerMessage, type PeerMessage, say } from './channel';
import { ClockOffset } from './clock';
import { browserServers } from './ice';
import { BITRATE_MAX } from './quality';
import type { PathState } from './retry';
import { sessionId, wishedPtime, withOpusParameters } from './sdp';
import { readSnapshot, type Snapshot } from './stats';
import { type Badge, ListenerVerification } from './verification';
import { type FingerprintFault, type Fragment, NONCE_BYTES, readFingerprint } from './verify';
import type { ClientMessage, IceServer } from './wire';

/** How far a connection has come. */
export type Stage = 'ice' | 'dtls' | 'ready';

export interface PeerListenerEvents {
  send(message: ClientMessage): void;
  stage(stage: Stage): void;
  path(state: PathState): void;
  track(track: MediaStreamTrack, receiver: RTCRtpReceiver): void;
  badge(badge: Badge): void;
  message(message: PeerMessage): void;
  /** The person compared the words of the caster with this certificate. */
  matched(fingerprint: Uint8Array): void;
  /** The offer is not from the device that made the link: nothing was accepted. */
  refused(fault: FingerprintFault): void;
}

export interface PeerListenerOptions {
  caster: string;
  fragment: Fragment | null;
  /** The fingerprint that the person compared by words earlier. */
  matched: Uint8Array | null;
  ice_servers: IceServer[];
  relay_only: boolean;
}

/** Candidates that came before the offer they belong to. */
const EARLY_MAX = 64;

export class PeerListener {
  private peer: RTCPeerConnection | null = null;
  private channel: RTCDataChannel | null = null;
  private offeredBy: string | null = null;
  private accepted: Uint8Array | null = null;
  private verification: ListenerVerification | null = null;
  private early: RTCIceCandidateInit[] = [];
  private work: Promise<void> = Promise.resolve();
  private pings = 0;
  readonly clock = new ClockOffset();

  constructor(
    private readonly options: PeerListenerOptions,
    private readonly events: PeerListenerEvents,
  ) {}

  offered(sdp: string): void {
    this.enqueue(() => this.answer(sdp));
  }

  candidate(candidate: string, mid: string | null): void {
    this.enqueue(() => this.addCandidate({ candidate: candidate.replace(/^a=/, ''), sdpMid: mid ?? '0' }));
  }

  renewServers(ice_servers: IceServer[]): void {
    this.options.ice_servers = ice_servers;
    this.peer?.setConfiguration({ ...this.peer.getConfiguration(), iceServers: browserServers(ice_servers) });
  }

  say(message: PeerMessage): void {
    say(this.channel, message);
  }

  ping(): void {
    this.pings += 1;
    this.say({ t: 'ping', id: this.pings, at: performance.now() });
  }

  judge(same: boolean): void {
    if (!this.verification) return;
    for (const message of this.verification.judge(same)) this.say(message);
    if (this.verification.badge.tier === 'matched' && this.accepted) {
      this.options.matched = this.accepted;
      this.events.matched(this.accepted);
    }
    this.events.badge(this.verification.badge);
  }

  get isConnected(): boolean {
    return this.peer?.connectionState === 'connected';
  }

  get isWorking(): boolean {
    return this.peer?.connectionState === 'connected' || this.peer?.connectionState === 'connecting';
  }

  async snapshot(now_ms: number): Promise<Snapshot | null> {
    return this.peer ? readSnapshot((await this.peer.getStats()).values(), 'inbound', now_ms) : null;
  }

  /** Forgets the connection, so that the next offer meets a new one. */
  close(): void {
    const peer = this.peer;
    this.peer = null;
    this.channel = null;
    this.verification = null;
    this.offeredBy = null;
    this.accepted = null;
    if (!peer) return;
    peer.onconnectionstatechange = null;
    peer.oniceconnectionstatechange = null;
    peer.ontrack = null;
    peer.close();
  }

  private async answer(sdp: string): Promise<void> {
    const reading = readFingerprint(sdp, this.options.fragment?.fingerprint ?? this.options.matched);
    if (!reading.is_good) {
      this.close();
      return this.events.refused(reading.fault);
    }
    // Another session id or certificate: it is a new connection, and gets a new badge.
    const isSame = this.accepted !== null && equal(this.accepted, reading.fingerprint);
    if (this.offeredBy !== sessionId(sdp) || !isSame) this.close();
    const peer = (this.peer ??= this.open());
    this.offeredBy = sessionId(sdp);
    this.accepted = reading.fingerprint;
    await peer.setRemoteDescription({ type: 'offer', sdp });
    for (const candidate of this.early.splice(0)) await peer.addIceCandidate(candidate).catch(() => undefined);
    const answer = await peer.createAnswer();
    const answered = withOpusParameters(answer.sdp ?? '', { bitrate_max: BITRATE_MAX, ptime_ms: wishedPtime(sdp) });
    const mine = readFingerprint(answered, null);
    if (!mine.is_good) return this.events.refused(mine.fault);
    this.verification ??= new ListenerVerification(
      { caster: reading.fingerprint, listener: mine.fingerprint },
      randomBytes(NONCE_BYTES),
      this.options.fragment?.secret ?? null,
    );
    await peer.setLocalDescription({ type: 'answer', sdp: answered });
    this.events.send({ kind: 'answer', to: this.options.caster, sdp: answered });
  }

  private open(): RTCPeerConnection {
    const { options, events } = this;
    const peer = new RTCPeerConnection({
      iceServers: browserServers(options.ice_servers),
      bundlePolicy: 'max-bundle',
      iceTransportPolicy: options.relay_only ? 'relay' : 'all',
    });
    peer.onicecandidate = ({ candidate }) => {
      if (!candidate?.candidate) return events.send({ kind: 'end-of-candidates', to: options.caster });
      events.send({ kind: 'candidate', to: options.caster, candidate: candidate.candidate, mid: candidate.sdpMid });
    };
    peer.ontrack = ({ track, receiver }) => events.track(track, receiver);
    peer.oniceconnectionstatechange = () => {
      if (peer.connectionState === 'connected') return;
      if (peer.iceConnectionState === 'checking') events.stage('ice');
      if (peer.iceConnectionState === 'connected') events.stage('dtls');
    };
    peer.onconnectionstatechange = () => this.connectionChanged(peer.connectionState);
    peer.ondatachannel = ({ channel }) => {
      if (channel.label === CHANNEL_LABEL) this.adopt(channel);
    };
    return peer;
  }

  private connectionChanged(state: RTCPeerConnectionState): void {
    if (state === 'connected') this.events.stage('ready');
    const path = PATHS[state];
    if (path) this.events.path(path);
  }

  private adopt(channel: RTCDataChannel): void {
    this.channel = channel;
    channel.onmessage = ({ data }) => this.heard(channel, data);
    const begin = () => {
      for (const message of this.verification?.begin() ?? []) this.say(message);
    };
    if (channel.readyState === 'open') begin();
    else channel.onopen = begin;
  }

  private heard(channel: RTCDataChannel, data: unknown): void {
    const message = channel === this.channel ? parsePeerMessage(data) : null;
    if (message === null) return;
    if (message.t === 'pong') {
      this.clock.add(message.at, message.got, message.sent, performance.now());
      return;
    }
    if (this.verification) {
      for (const reply of this.verification.receive(message)) this.say(reply);
      this.events.badge(this.verification.badge);
    }
    this.events.message(message);
  }

  private async addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (this.peer?.remoteDescription) await this.peer.addIceCandidate(candidate);
    else if (this.early.length < EARLY_MAX) this.early.push(candidate);
  }

  /** One step at a time: descriptions and candidates must not overtake each other. */
  private enqueue(step: () => Promise<void>): void {
    this.work = this.work.then(step).catch(() => {
      // A description or candidate that does not fit is as good as none: the path keeper asks for another.
    });
  }
}

const PATHS: Partial<Record<RTCPeerConnectionState, PathState>> = {
  connected: 'good',
  disconnected: 'disturbed',
  failed: 'broken',
};
