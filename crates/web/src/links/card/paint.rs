//! Paper, the picture of the piece, and its names.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{ImageEncoder, ImageFormat, Rgb, RgbImage};

use super::text::Line;
use super::{Content, HEIGHT, WIDTH};

/// `--bg`, `--ink`, `--ink-2` and `--line` of the light theme, in sRGB.
const PAPER: Rgb<u8> = Rgb([251, 249, 245]);
const INK: Rgb<u8> = Rgb([29, 29, 43]);
const QUIET: Rgb<u8> = Rgb([85, 84, 98]);
const LINE: Rgb<u8> = Rgb([222, 220, 215]);

const MARGIN: i32 = 72;
const ART: u32 = 486;
const GAP: i32 = 56;
const TITLE_SIZES: [f32; 3] = [84.0, 68.0, 54.0];
const TITLE_LINES_MAX: usize = 3;
const ARTISTS_SIZE: f32 = 38.0;
const SERVICES_SIZE: f32 = 26.0;
const NAME_SIZE: f32 = 32.0;
const QUALITY: u8 = 84;

/// The card as a JPEG file. `art` is a JPEG file that was made here.
pub(super) fn card(content: &Content, art: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut paper = RgbImage::from_pixel(WIDTH, HEIGHT, PAPER);
    let art = art.and_then(|art| image::load_from_memory_with_format(art, ImageFormat::Jpeg).ok());
    let mut left = MARGIN;
    if let Some(art) = art {
        let art = art
            .resize_to_fill(ART, ART, FilterType::Triangle)
            .into_rgb8();
        imageops::replace(&mut paper, &art, i64::from(MARGIN), i64::from(MARGIN));
        left += i32::try_from(ART).unwrap_or(0) + GAP;
    }
    names(&mut paper, content, left);
    frame(&mut paper);
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    let color = image::ExtendedColorType::Rgb8;
    encoder
        .write_image(paper.as_raw(), WIDTH, HEIGHT, color)
        .ok()?;
    Some(jpeg)
}

/// Title and artists from the top, services and our name from the bottom. What no face can write is left out.
fn names(paper: &mut RgbImage, content: &Content, left: i32) {
    let width = (i32::try_from(WIDTH).unwrap_or(0) - left - MARGIN) as f32;
    let mut top = MARGIN as f32;
    let (title, size) = title(&content.title, width);
    for line in title {
        top += size * 1.12;
        line.paint(paper, left as f32, width, top - size * 0.22, INK);
    }
    top += ARTISTS_SIZE * 0.6;
    for line in Line::wrapped(&content.artists, ARTISTS_SIZE, width, 2) {
        top += ARTISTS_SIZE * 1.25;
        line.paint(paper, left as f32, width, top - ARTISTS_SIZE * 0.3, QUIET);
    }
    let mut bottom = HEIGHT as f32 - MARGIN as f32;
    for line in Line::wrapped("Unisono", NAME_SIZE, width, 1) {
        line.paint(paper, left as f32, width, bottom - NAME_SIZE * 0.2, INK);
        bottom -= NAME_SIZE * 1.5;
    }
    for line in Line::wrapped(&content.services, SERVICES_SIZE, width, 2)
        .into_iter()
        .rev()
    {
        line.paint(
            paper,
            left as f32,
            width,
            bottom - SERVICES_SIZE * 0.2,
            QUIET,
        );
        bottom -= SERVICES_SIZE * 1.4;
    }
}

/// The title in the largest size in which it fits.
fn title(title: &str, width: f32) -> (Vec<Line>, f32) {
    let [.., smallest] = TITLE_SIZES;
    let fitting = TITLE_SIZES.into_iter().find_map(|size| {
        let lines = Line::wrapped(title, size, width, TITLE_LINES_MAX + 1);
        (lines.len() <= TITLE_LINES_MAX).then_some((lines, size))
    });
    fitting.unwrap_or_else(|| {
        let lines = Line::wrapped(title, smallest, width, TITLE_LINES_MAX);
        (lines, smallest)
    })
}

/// A hairline around the card, which would have no edge on a page of the same colour.
fn frame(paper: &mut RgbImage) {
    for x in 0..WIDTH {
        paper.put_pixel(x, 0, LINE);
        paper.put_pixel(x, HEIGHT - 1, LINE);
    }
    for y in 0..HEIGHT {
        paper.put_pixel(0, y, LINE);
        paper.put_pixel(WIDTH - 1, y, LINE);
    }
}
