// The pseudo-locale: every text 40 % longer and visibly not English, so that a text missing from the catalogues shows.

const ACCENTED: Record<string, string> = {
  a: 'á', b: 'ƀ', c: 'ç', d: 'ð', e: 'é', g: 'ğ', i: 'í', l: 'ł', n: 'ñ', o: 'ö', r: 'ŕ', s: 'š', t: 'ţ', u: 'ü', w: 'ŵ', y: 'ý', z: 'ž',
  A: 'Á', C: 'Ç', D: 'Ð', E: 'É', G: 'Ğ', I: 'Í', L: 'Ł', N: 'Ñ', O: 'Ö', R: 'Ŕ', S: 'Š', T: 'Ţ', U: 'Ü', W: 'Ŵ', Y: 'Ý', Z: 'Ž',
};
const GROWTH = 0.4;
const VOWELS = 'aeiouyAEIOUY';

/** Accents `text` and repeats vowels until it is 40 % longer. */
export function pseudo(text: string): string {
  let owed = 0;
  let result = '';
  for (const letter of text) {
    const accented = ACCENTED[letter] ?? letter;
    result += accented;
    owed += GROWTH;
    while (owed >= 1 && VOWELS.includes(letter)) {
      result += accented;
      owed -= 1;
    }
  }
  return result;
}
