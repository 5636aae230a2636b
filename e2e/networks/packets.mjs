// The protocols that share a relay's port, told apart by their first byte (RFC 7983), and the parts that could say who
// somebody is or what is heard.
import { dotted } from './capture.mjs';

const MAGIC_COOKIE = 0x2112a442;
const STUN_HEADER = 20;
const CHANNEL_HEADER = 4;
const RTP_HEADER = 12;

/** RFC 8489, section 18.3, and RFC 8656, section 18. */
const USERNAME = 0x0006;
const DATA = 0x0013;
const REALM = 0x0014;
const ADDRESSES = { 0x0001: false, 0x0012: true, 0x0016: true, 0x0020: true, 0x8023: false };

/** `stun`, `dtls`, `channel`, `rtp` (both it and RTCP, always as SRTP here), or `unknown`. */
export function kindOf(payload) {
  const [first] = payload;
  if (first === undefined) return 'unknown';
  if (first <= 3) return isStun(payload) ? 'stun' : 'unknown';
  if (first >= 20 && first <= 63) return 'dtls';
  if (first >= 64 && first <= 79) return 'channel';
  return first >= 128 && first <= 191 ? 'rtp' : 'unknown';
}

/** What a client and the relay said to each other, with what is inside: the messages between the peers. */
export function unwrap(payload) {
  const kind = kindOf(payload);
  if (kind === 'channel') return [{ kind, payload }, ...unwrap(inChannel(payload))];
  if (kind !== 'stun') return [{ kind, payload }];
  const attributes = attributesOf(payload);
  const carried = attributes.filter(({ type }) => type === DATA).flatMap(({ value }) => unwrap(value));
  return [{ kind, payload, attributes }, ...carried];
}

/** The addresses in a STUN message, plain and behind its exclusive or. IPv4 only. */
export function addressesIn({ attributes = [] }) {
  return attributes
    .filter(({ type, value }) => type in ADDRESSES && value[1] === 1)
    .map(({ type, value }) => {
      const address = Buffer.from(value.subarray(4, 8));
      if (ADDRESSES[type]) address.writeUInt32BE((address.readUInt32BE() ^ MAGIC_COOKIE) >>> 0);
      return dotted(address);
    });
}

/** Whose credentials a message to the relay names; `null` for one that needs none, and for peers' own checks. */
export function relayUserOf({ attributes = [] }) {
  if (!attributes.some(({ type }) => type === REALM)) return null;
  const user = attributes.find(({ type }) => type === USERNAME);
  return user ? user.value.toString('utf8') : null;
}

/** The payload of an RTP packet behind its header and extensions, `null` for RTCP (RFC 5761, section 4). */
export function rtpPayload(packet) {
  const type = packet[1];
  if (packet.length < RTP_HEADER || (type >= 192 && type <= 223)) return null;
  const sources = RTP_HEADER + (packet[0] & 15) * 4;
  const hasExtension = (packet[0] & 16) !== 0;
  const begin = hasExtension ? sources + 4 + packet.readUInt16BE(sources + 2) * 4 : sources;
  return packet.subarray(begin);
}

function isStun(payload) {
  return payload.length >= STUN_HEADER && payload.readUInt32BE(4) === MAGIC_COOKIE;
}

function inChannel(payload) {
  return payload.subarray(CHANNEL_HEADER, CHANNEL_HEADER + payload.readUInt16BE(2));
}

function attributesOf(message) {
  const attributes = [];
  const end = Math.min(message.length, STUN_HEADER + message.readUInt16BE(2));
  for (let at = STUN_HEADER; at + 4 <= end; ) {
    const [type, length] = [message.readUInt16BE(at), message.readUInt16BE(at + 2)];
    attributes.push({ type, value: message.subarray(at + 4, at + 4 + length) });
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return attributes;
}
