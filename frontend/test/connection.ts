// A peer connection that describes itself and whose media never begins.

const hex = (byte: string): string => Array.from({ length: 32 }, () => byte).join(':');

/** A description with the session id `session`, of a certificate whose fingerprint is `byte` all over. */
export function description(session: number, byte: string): string {
  return `v=0\r\no=- ${session} 2 IN IP4 127.0.0.1\r\ns=-\r\na=fingerprint:sha-256 ${hex(byte)}\r\n`;
}

export class FakeChannel {
  readyState = 'open';
  label = 'unisono/1';
  said: { t: string; nonce?: string; hash?: string }[] = [];
  onmessage: ((event: { data: string }) => void) | null = null;
  onopen: (() => void) | null = null;
  send(text: string): void {
    this.said.push(JSON.parse(text) as { t: string });
  }
}

/** A connection whose own certificate is all `0A`, and whose media never begins. */
export class FakeConnection {
  /** All of this test, the newest last. */
  static made: FakeConnection[] = [];
  connectionState = 'connecting';
  signalingState = 'stable';
  remoteDescription: object | null = null;
  channel = new FakeChannel();
  offers: boolean[] = [];
  ondatachannel: ((event: { channel: FakeChannel }) => void) | null = null;

  constructor() {
    FakeConnection.made.push(this);
  }

  addTransceiver() {
    return { sender: {} };
  }
  createDataChannel() {
    return this.channel;
  }
  getConfiguration() {
    return {};
  }
  setConfiguration(): void {}
  async createOffer({ iceRestart = false }: { iceRestart?: boolean } = {}) {
    this.offers.push(iceRestart);
    return { sdp: description(7, '0A') };
  }
  async createAnswer() {
    return { sdp: description(8, '0A') };
  }
  async setLocalDescription(): Promise<void> {}
  async setRemoteDescription(given: object): Promise<void> {
    this.remoteDescription = given;
  }
  close(): void {
    this.connectionState = 'closed';
    this.signalingState = 'closed';
  }
}
