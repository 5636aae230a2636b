//! Pictures that came from elsewhere: decoded within bounds and made anew, so that nothing of their files is passed on.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use outbound::PictureType;

/// Pixels along one side of a picture that is read: covers have at most 3,000.
pub(crate) const SIDE_MAX: u32 = 4_096;
/// Memory that decoding may take: a picture of the largest size in four bytes a pixel.
const DECODE_BYTES_MAX: u64 = 4 * (SIDE_MAX as u64) * (SIDE_MAX as u64);
/// JPEG quality, 1 to 100.
const QUALITY: u8 = 82;

/// The pixels of a file, upright as its camera meant them; none when it is no picture, or unfolds to too much.
pub(crate) fn decode(kind: PictureType, bytes: &[u8]) -> Option<DynamicImage> {
    let format = match kind {
        PictureType::Jpeg => ImageFormat::Jpeg,
        PictureType::Png => ImageFormat::Png,
        PictureType::Webp => ImageFormat::WebP,
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(DECODE_BYTES_MAX);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    Some(picture)
}

/// `whole` as a JPEG of at most `width` pixels a side. A smaller picture is not blown up.
pub(crate) fn encode(whole: &DynamicImage, width: u32) -> Option<Vec<u8>> {
    let small = match whole.width() > width || whole.height() > width {
        true => whole.resize(width, width, FilterType::CatmullRom),
        false => whole.clone(),
    };
    to_jpeg(small)
}

/// The middle of a picture as a square JPEG of `side` pixels.
pub(crate) fn square(bytes: &[u8], side: u32) -> Option<Vec<u8>> {
    let picture = decode(PictureType::of(bytes)?, bytes)?;
    to_jpeg(picture.resize_to_fill(side, side, FilterType::CatmullRom))
}

fn to_jpeg(picture: DynamicImage) -> Option<Vec<u8>> {
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    picture.into_rgb8().write_with_encoder(encoder).ok()?;
    Some(jpeg)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let image = DynamicImage::new_rgb8(width, height);
        image.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    // Promise T26
    #[test]
    fn a_square_is_cut_and_keeps_nothing_of_its_file() {
        let mut file = png(600, 300);
        file.extend_from_slice(b"GPS canary");
        let jpeg = square(&file, 256).unwrap();
        let image = image::load_from_memory_with_format(&jpeg, ImageFormat::Jpeg).unwrap();
        assert_eq!((image.width(), image.height()), (256, 256));
        assert!(!jpeg.windows(6).any(|bytes| bytes == b"canary"));
    }

    // Promise T26
    #[test]
    fn what_a_camera_wrote_into_the_file_turns_the_picture_and_is_gone() {
        // A JPEG of 32 by 16 whose Exif says: turn right (orientation 6), with a canary for the place.
        let mut plain = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut plain, QUALITY);
        DynamicImage::new_rgb8(32, 16)
            .into_rgb8()
            .write_with_encoder(encoder)
            .unwrap();
        let tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS-canary";
        let mut exif = vec![0xff, 0xe1];
        exif.extend_from_slice(&u16::try_from(2 + 6 + tiff.len()).unwrap().to_be_bytes());
        exif.extend_from_slice(b"Exif\0\0");
        exif.extend_from_slice(tiff);
        let file = [&plain[..2], &exif, &plain[2..]].concat();
        let turned = decode(PictureType::Jpeg, &file).unwrap();
        assert_eq!((turned.width(), turned.height()), (16, 32));
        let jpeg = square(&file, 16).unwrap();
        assert!(!jpeg.windows(6).any(|bytes| bytes == b"canary"));
    }

    #[test]
    fn a_picture_that_unfolds_to_too_much_is_none() {
        assert_eq!(square(&png(SIDE_MAX + 1, 1), 16), None);
        assert_eq!(square(b"\xff\xd8\xff and no picture", 16), None);
        assert_eq!(square(b"", 16), None);
    }
}
