/** The few lines of a session description (RFC 8866) that we read or set ourselves. */

export interface OpusParameters {
  /** Bits a second that the other side may send at most. */
  bitrate_max: number;
  /** Milliseconds of sound in one packet. */
  ptime_ms: 10 | 20;
}

const OPUS = /^a=rtpmap:(\d+) opus\/48000/i;

/**
 * The description with our wishes for Opus (RFC 7587): stereo both ways, no discontinuous transmission.
 * Chrome sends mono unless the answer says `stereo=1`, and plays mono unless its own description does.
 */
export function withOpusParameters(sdp: string, wanted: OpusParameters): string {
  const lines = sdp.split(/\r?\n/).filter((line) => line !== '');
  const types = lines.flatMap((line) => OPUS.exec(line)?.[1] ?? []);
  const isOldFmtp = (line: string) => types.some((type) => line.startsWith(`a=fmtp:${type} `));
  const out = lines.flatMap((line) => {
    if (isOldFmtp(line)) return [];
    if (types.length > 0 && line.startsWith('a=ptime:')) return [];
    const type = OPUS.exec(line)?.[1];
    if (type === undefined) return [line];
    const given = parameters(lines.find((other) => other.startsWith(`a=fmtp:${type} `)));
    const fmtp = `a=fmtp:${type} ${formatParameters({ ...given, ...wishedParameters(wanted) })}`;
    return [line, fmtp, `a=ptime:${wanted.ptime_ms}`];
  });
  return `${out.join('\r\n')}\r\n`;
}

/** The milliseconds in one packet that a description asks for. */
export function wishedPtime(sdp: string): OpusParameters['ptime_ms'] {
  return /^a=ptime:10\s*$/m.test(sdp) ? 10 : 20;
}

/** The session id of the `o=` line: it stays the same as long as the peer connection does (RFC 8829, section 5.2.2). */
export function sessionId(sdp: string): string | null {
  return /^o=\S+ (\S+) /m.exec(sdp)?.[1] ?? null;
}

function parameters(line: string | undefined): Record<string, string> {
  const text = line?.slice(line.indexOf(' ') + 1) ?? '';
  const pairs = text.split(';').map((pair) => pair.trim().split('='));
  return Object.fromEntries(pairs.flatMap(([key, value]) => (key ? [[key, value ?? '']] : [])));
}

function wishedParameters(wanted: OpusParameters): Record<string, string> {
  return {
    minptime: '10',
    useinbandfec: '1',
    stereo: '1',
    'sprop-stereo': '1',
    maxaveragebitrate: String(wanted.bitrate_max),
    usedtx: '0',
  };
}

function formatParameters(all: Record<string, string>): string {
  return Object.entries(all)
    .map(([key, value]) => (value === '' ? key : `${key}=${value}`))
    .join(';');
}
