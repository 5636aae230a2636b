// What is in a ZIP file that the server packed: one deflated file after the other, each with its size before it.
import { inflateRawSync } from 'node:zlib';

/** PKWARE's APPNOTE 6.3.10, section 4.3.7. */
const SIGNATURE = 0x04034b50;
const HEADER_BYTES = 30;

/** The texts of `zip` by their names. */
export function unzipped(zip) {
  const texts = new Map();
  let at = 0;
  while (zip.readUInt32LE(at) === SIGNATURE) {
    const nameEnd = at + HEADER_BYTES + zip.readUInt16LE(at + 26);
    const begin = nameEnd + zip.readUInt16LE(at + 28);
    const end = begin + zip.readUInt32LE(at + 18);
    const name = zip.toString('utf8', at + HEADER_BYTES, nameEnd);
    texts.set(name, inflateRawSync(zip.subarray(begin, end)).toString());
    at = end;
  }
  return texts;
}
