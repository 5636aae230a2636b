/** What is said about the time on the wire: binary frames of 25 bytes. `docs/time-frames.md` is for other clients. */
import { isRoomMoment, moment } from './time';

export const FRAME_BYTES = 25;

/** A client asks what time it is: `t0`, when it sent this by its own clock. */
export interface TimeRequest {
  sent: number;
}

/** The server's answer. */
export interface TimeAnswer {
  /** `t0`, as it came. */
  sent: number;
  /** `t1`: when the server had the request. */
  got: number;
  /** `t2`: when the server let go of the answer. */
  answered: number;
  /** Differs after the room's clock began anew. Moments of two epochs are not compared. */
  clock_epoch: number;
}

/** The frame to send. */
export function requestBytes(request: TimeRequest): Uint8Array<ArrayBuffer> {
  return bytesOf({ sent: request.sent, got: 0, answered: 0, clock_epoch: 0 });
}

/** The frame that a server sends. */
export function answerBytes(answer: TimeAnswer): Uint8Array<ArrayBuffer> {
  return bytesOf(answer);
}

/** Reads a request: 25 bytes, of which those after `t0` are zero. Nothing else is one. */
export function readRequest(bytes: Uint8Array): TimeRequest | null {
  const fields = fieldsOf(bytes);
  if (!fields || fields.got !== 0 || fields.answered !== 0 || fields.clock_epoch !== 0) return null;
  return isLocal(fields.sent) ? { sent: fields.sent } : null;
}

/** Reads an answer: 25 bytes, two moments of the room, of which the second is not before the first. */
export function readAnswer(bytes: Uint8Array): TimeAnswer | null {
  const fields = fieldsOf(bytes);
  if (!fields || !isRoomMoment(fields.got) || !isRoomMoment(fields.answered)) return null;
  return fields.answered >= fields.got && isLocal(fields.sent) ? fields : null;
}

const isLocal = (us: number): boolean => moment(us) === us;

function fieldsOf(bytes: Uint8Array): TimeAnswer | null {
  if (bytes.length !== FRAME_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, FRAME_BYTES);
  const number = (at: number): number => Number(view.getBigInt64(at));
  return { sent: number(0), got: number(8), answered: number(16), clock_epoch: view.getUint8(24) };
}

function bytesOf(fields: TimeAnswer): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(FRAME_BYTES));
  view.setBigInt64(0, BigInt(fields.sent));
  view.setBigInt64(8, BigInt(fields.got));
  view.setBigInt64(16, BigInt(fields.answered));
  view.setUint8(24, fields.clock_epoch);
  return new Uint8Array(view.buffer);
}
