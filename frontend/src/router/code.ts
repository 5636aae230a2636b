// Room codes: Crockford's base32, written as a person reads it.

export const CODE_LENGTH_MIN = 6;
export const CODE_LENGTH_MAX = 12;
const GROUP_LENGTH = 3;
const READ_AS: Record<string, string> = { O: '0', I: '1', L: '1' };
/** No `U`, so that no code spells a rude word by accident. */
const ALPHABET = /^[0-9A-HJKMNP-TV-Z]+$/;

/** The code in `text`, or nothing. Case, spaces and hyphens do not matter; `O` is `0`, `I` and `L` are `1`. */
export function readCode(text: string): string | null {
  const letters = codeLetters(text);
  const rightLength = letters.length >= CODE_LENGTH_MIN && letters.length <= CODE_LENGTH_MAX;
  return rightLength && ALPHABET.test(letters) ? letters : null;
}

/** `text` in capitals, without separators and with look-alikes resolved. */
export function codeLetters(text: string): string {
  return text.toUpperCase().replace(/[\s\u2010-\u2015-]/g, '').replace(/[OIL]/g, (letter) => READ_AS[letter] ?? letter);
}

/** The code in groups of three, for the eye: `K7M 4QX`. */
export function groupCode(code: string): string {
  const groups = [];
  for (let start = 0; start < code.length; start += GROUP_LENGTH) groups.push(code.slice(start, start + GROUP_LENGTH));
  return groups.join(' ');
}
