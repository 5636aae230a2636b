/** The connection to one other member: channels for files, both ways, over one peer connection. */
import { browserServers } from '../cast/ice';
import type { ClientMessage, IceServer, ServerMessage } from '../cast/wire';
import { FILE_CHANNEL, type FileChannel } from './protocol';

export type PeerMessage = Extract<ServerMessage, { kind: 'offer' | 'answer' | 'candidate' | 'end-of-candidates' | 'restart' }>;

export interface LinkOptions {
  /** The seat on the other side, and ours: of two offers that cross, that of the lower one counts. */
  other: string;
  own: string;
  ice_servers: readonly IceServer[];
  relay_only: boolean;
  send(message: ClientMessage): void;
  /** The other side opened a channel. */
  asked(channel: FileChannel): void;
  closed(): void;
}

/** Candidates that came before the description they belong to. */
const EARLY_MAX = 64;
/** A way that is disturbed for longer is given up; downloads go on over a new one. */
const DISTURBED_MS_MAX = 6000;
/** A first way takes no longer, also through a relay. */
const CONNECT_MS_MAX = 20_000;

export class Link {
  private readonly peer: RTCPeerConnection;
  private readonly channels = new Set<RTCDataChannel>();
  private early: RTCIceCandidateInit[] = [];
  private work: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private hasOffered = false;
  private isClosed = false;

  constructor(private readonly options: LinkOptions) {
    const { other, ice_servers, relay_only, send } = options;
    const peer = new RTCPeerConnection({
      iceServers: browserServers(ice_servers),
      iceTransportPolicy: relay_only ? 'relay' : 'all',
    });
    this.peer = peer;
    peer.onicecandidate = ({ candidate }) => {
      if (!candidate?.candidate) return send({ kind: 'end-of-candidates', to: other });
      send({ kind: 'candidate', to: other, candidate: candidate.candidate, mid: candidate.sdpMid });
    };
    peer.ondatachannel = ({ channel }) => {
      if (channel.label !== FILE_CHANNEL) return channel.close();
      this.adopt(channel);
      options.asked(channel as FileChannel);
    };
    peer.onconnectionstatechange = () => this.stateChanged(peer.connectionState);
    this.giveUpIn(CONNECT_MS_MAX);
  }

  get isIdle(): boolean {
    return this.channels.size === 0;
  }

  /** The other side has closed the connection. The browser says so of its parts long before it does of the whole. */
  get isDead(): boolean {
    const { sctp } = this.peer;
    return this.isClosed || sctp?.state === 'closed' || sctp?.transport.state === 'closed' || sctp?.transport.state === 'failed';
  }

  /** A new channel to the other side. It opens when there is a way. */
  open(): FileChannel {
    const channel = this.peer.createDataChannel(FILE_CHANNEL, { ordered: true });
    this.adopt(channel);
    if (!this.hasOffered && this.peer.remoteDescription === null) {
      this.hasOffered = true;
      this.enqueue(() => this.offer());
    }
    return channel as FileChannel;
  }

  /** What the other side says of the connection. False when it is about another one: this one is to be closed. */
  heard(message: PeerMessage): boolean {
    switch (message.kind) {
      case 'offer':
        if (this.peer.remoteDescription !== null) return false;
        // Both offered at once: the lower seat's offer counts, the other side gives its own up.
        if (this.hasOffered) return this.options.own < this.options.other;
        this.enqueue(() => this.answer(message.sdp));
        return true;
      case 'answer':
        this.enqueue(() => this.accept({ type: 'answer', sdp: message.sdp }));
        return true;
      case 'candidate':
        this.enqueue(() => this.addCandidate({ candidate: message.candidate.replace(/^a=/, ''), sdpMid: message.mid ?? '0' }));
        return true;
      default:
        return true;
    }
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    const { peer } = this;
    peer.onconnectionstatechange = null;
    peer.onicecandidate = null;
    peer.ondatachannel = null;
    peer.close();
    this.options.closed();
    // Closing the connection tells the other side's channels only.
    const channels = [...this.channels];
    this.channels.clear();
    for (const channel of channels) channel.dispatchEvent(new Event('close'));
  }

  private adopt(channel: RTCDataChannel): void {
    channel.binaryType = 'arraybuffer';
    this.channels.add(channel);
    channel.addEventListener('close', () => this.channels.delete(channel));
  }

  private stateChanged(state: RTCPeerConnectionState): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (state === 'disconnected') this.giveUpIn(DISTURBED_MS_MAX);
    if (state === 'connecting' || state === 'new') this.giveUpIn(CONNECT_MS_MAX);
    if (state === 'failed' || state === 'closed') this.close();
  }

  private giveUpIn(ms: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.close(), ms);
  }

  private async offer(): Promise<void> {
    await this.peer.setLocalDescription(await this.peer.createOffer());
    this.options.send({ kind: 'offer', to: this.options.other, sdp: this.peer.localDescription?.sdp ?? '' });
  }

  private async answer(sdp: string): Promise<void> {
    await this.accept({ type: 'offer', sdp });
    await this.peer.setLocalDescription(await this.peer.createAnswer());
    this.options.send({ kind: 'answer', to: this.options.other, sdp: this.peer.localDescription?.sdp ?? '' });
  }

  private async accept(description: RTCSessionDescriptionInit): Promise<void> {
    await this.peer.setRemoteDescription(description);
    for (const candidate of this.early.splice(0)) await this.peer.addIceCandidate(candidate).catch(() => undefined);
  }

  private async addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (this.peer.remoteDescription) await this.peer.addIceCandidate(candidate);
    else if (this.early.length < EARLY_MAX) this.early.push(candidate);
  }

  /** One step at a time: descriptions and candidates must not overtake each other. */
  private enqueue(step: () => Promise<void>): void {
    this.work = this.work.then(step).catch(() => {
      // A description or candidate that does not fit is as good as none: the link is given up in time.
    });
  }
}
