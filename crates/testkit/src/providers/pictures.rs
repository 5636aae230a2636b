//! Picture hosts: real small pictures, each with a secret in its metadata that must not reach a listener.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

use super::catalogue::Catalogue;
use super::catalogue::ids::Lots;
use super::exchange::{Ask, Reply};

/// Stands in the metadata of every picture.
pub const PICTURE_SECRET: &str = "taken-at-52.5200N-13.4050E";

/// Edge of a picture in pixels.
const EDGE: u32 = 64;
/// Length of the marker that begins a JPEG.
const JPEG_START: usize = 2;
/// Length of a PNG's signature and its first chunk, IHDR (PNG 1.2, section 3.2).
const PNG_START: usize = 33;

/// Any path has a picture; its colours come from the path. `coverartarchive.org` redirects first, as the real one.
pub(super) fn answer(ask: &Ask, _: &Catalogue) -> Reply {
    if ask.host == "coverartarchive.org" {
        let mut reply = Reply::redirect(&format!("https://archive.org/download{}", ask.path));
        reply.status = 307;
        return reply;
    }
    if ask.path.ends_with(".png") || Lots::of(&["png", &ask.path]).chance(25) {
        return Reply::bytes("image/png", png(&ask.path));
    }
    Reply::bytes("image/jpeg", jpeg(&ask.path))
}

fn pixels(name: &str) -> RgbImage {
    let lots = Lots::of(&["colours", name]);
    let [red, green, blue] = [lots.number(), lots.number() >> 8, lots.number() >> 16]
        .map(|lot| u32::try_from(lot % 256).unwrap_or(0));
    RgbImage::from_fn(EDGE, EDGE, |x, y| {
        let shade = |colour: u32, slope: u32| u8::try_from((colour + slope) % 256).unwrap_or(0);
        Rgb([shade(red, x), shade(green, y), shade(blue, x + y)])
    })
}

fn encoded(name: &str, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    pixels(name)
        .write_to(&mut bytes, format)
        .expect("a small picture can be encoded");
    bytes.into_inner()
}

/// With an EXIF segment (APP1) right at the start.
fn jpeg(name: &str) -> Vec<u8> {
    let mut bytes = encoded(name, ImageFormat::Jpeg);
    let exif = exif();
    let length = u16::try_from(exif.len() + 2)
        .expect("a short segment")
        .to_be_bytes();
    let segment = [&[0xff, 0xe1][..], &length, &exif].concat();
    bytes.splice(JPEG_START..JPEG_START, segment);
    bytes
}

/// One entry of a TIFF directory, the image's description (Exif 2.3, section 4.6).
fn exif() -> Vec<u8> {
    let text = PICTURE_SECRET.as_bytes();
    let count = u32::try_from(text.len())
        .expect("a short text")
        .to_be_bytes();
    let mut bytes = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x0e\0\x02".to_vec();
    bytes.extend(count);
    // The text lies after this directory: 8 bytes of head, 2 of count, 12 of entry, 4 of the next directory.
    bytes.extend(26_u32.to_be_bytes());
    bytes.extend(0_u32.to_be_bytes());
    bytes.extend(text);
    bytes
}

/// With a text chunk after the head.
fn png(name: &str) -> Vec<u8> {
    let mut bytes = encoded(name, ImageFormat::Png);
    let body = [b"tEXtComment\0", PICTURE_SECRET.as_bytes()].concat();
    let length = u32::try_from(body.len() - 4)
        .expect("a short chunk")
        .to_be_bytes();
    let chunk = [&length[..], &body, &checksum(&body).to_be_bytes()].concat();
    bytes.splice(PNG_START..PNG_START, chunk);
    bytes
}

/// CRC-32 as PNG wants it (PNG 1.2, annex D).
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pictures_are_whole_and_hold_the_secret() {
        for bytes in [jpeg("one"), png("one")] {
            let picture = image::load_from_memory(&bytes).unwrap();
            assert_eq!((picture.width(), picture.height()), (EDGE, EDGE));
            let secret = PICTURE_SECRET.as_bytes();
            assert!(bytes.windows(secret.len()).any(|window| window == secret));
        }
    }
}
