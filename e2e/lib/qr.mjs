// QR codes as pictures: read from a screenshot, or filmed for a fake camera.
import jsQR from 'jsqr';
import { PNG } from 'pngjs';

const FILM = { width: 640, height: 480, frames: 2 };
const LIGHT = 235;
const CHROMA_NEUTRAL = 128;

/** Reads the code from a picture (PNG), as a camera would. */
export function readQr(picture) {
  const { data, width, height } = PNG.sync.read(picture);
  return jsQR(new Uint8ClampedArray(data), width, height)?.data ?? null;
}

/** A film (YUV4MPEG2, 4:2:0) that shows the picture (PNG) in its middle. */
export function qrFilm(picture) {
  const { data, width, height } = PNG.sync.read(picture);
  const luma = Buffer.alloc(FILM.width * FILM.height, LIGHT);
  const left = Math.floor((FILM.width - width) / 2);
  const top = Math.floor((FILM.height - height) / 2);
  if (left < 0 || top < 0) throw new Error(`a picture of ${width} by ${height} does not fit`);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) luma[(y + top) * FILM.width + x + left] = data[(y * width + x) * 4 + 1];
  }
  const chroma = Buffer.alloc((FILM.width * FILM.height) / 2, CHROMA_NEUTRAL);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  const head = Buffer.from(`YUV4MPEG2 W${FILM.width} H${FILM.height} F10:1 Ip A1:1 C420\n`);
  return Buffer.concat([head, ...Array.from({ length: FILM.frames }, () => frame)]);
}
