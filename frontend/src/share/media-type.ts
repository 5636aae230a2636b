/** What kind of sound a file is: as the browser says, or as its name says where the browser does not know. */

/** The server's bounds (`crates/protocol/src/room/check.rs`). */
const TYPE_CHARS_MAX = 64;
const SOUND = /^(?:audio|video)\/[a-z0-9!#$&^_.+-]+$/;

/** Endings that some browsers, or the systems below them, have no type for. Of a film the sound is heard. */
const BY_ENDING: Readonly<Record<string, string>> = {
  aac: 'audio/aac',
  aif: 'audio/aiff',
  aiff: 'audio/aiff',
  caf: 'audio/x-caf',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
  m4b: 'audio/mp4',
  mka: 'audio/x-matroska',
  mp3: 'audio/mpeg',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  weba: 'audio/webm',
  m4v: 'video/mp4',
  mkv: 'video/x-matroska',
  mov: 'video/quicktime',
  mp4: 'video/mp4',
  webm: 'video/webm',
};

/** The type that a room takes a file under; `null` when neither says that it is sound. */
export function mediaTypeOf({ type, name = '' }: { type: string; name?: string }): string | null {
  const told = (type.split(';')[0] ?? '').trim().toLowerCase();
  if (told.length <= TYPE_CHARS_MAX && SOUND.test(told)) return told;
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(BY_ENDING, ending) ? (BY_ENDING[ending] ?? null) : null;
}
