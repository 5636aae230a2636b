//! Lines of text: directions told apart (UAX 9), letters shaped, outlines filled.

use std::ops::Range;
use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, GlyphId, point};
use image::{Rgb, RgbImage};
use rustybuzz::{Direction, Face, UnicodeBuffer};
use unicode_bidi::BidiInfo;

/// One face for each script, the first that has a letter writes it.
struct Typeface {
    shapes: Face<'static>,
    outlines: FontRef<'static>,
}

/// From the packages of the front end (`@fontsource-variable`, SIL Open Font License): `fonttools varLib.instancer`
/// with wght=640, then `pyftsubset` with --unicodes='*', --no-hinting and the features that join and place letters.
const FILES: [&[u8]; 4] = [
    include_bytes!("../../../fonts/bricolage-grotesque-latin.ttf"),
    include_bytes!("../../../fonts/bricolage-grotesque-latin-ext.ttf"),
    include_bytes!("../../../fonts/onest-cyrillic.ttf"),
    include_bytes!("../../../fonts/vazirmatn-arabic.ttf"),
];

static FACES: LazyLock<[Typeface; 4]> = LazyLock::new(|| {
    FILES.map(|file| Typeface {
        shapes: Face::from_slice(file, 0).expect("the embedded faces are whole"),
        outlines: FontRef::try_from_slice(file).expect("the embedded faces are whole"),
    })
});

/// A line that is ready to be painted, glyphs from left to right.
pub(super) struct Line {
    glyphs: Vec<Placed>,
    width: f32,
    is_right_to_left: bool,
}

struct Placed {
    face: usize,
    glyph: GlyphId,
    size: f32,
    x: f32,
    y: f32,
}

impl Line {
    /// `text` in lines of at most `width` pixels; what does not fit into `lines_max` ends in an ellipsis. No line at
    /// all when no face has all of its letters: boxes in place of letters say nothing.
    pub(super) fn wrapped(text: &str, size: f32, width: f32, lines_max: usize) -> Vec<Self> {
        let can_write = text
            .chars()
            .all(|letter| letter == ' ' || face_of(letter).is_some());
        if !can_write || text.trim().is_empty() {
            return Vec::new();
        }
        let mut lines = Vec::new();
        let mut rest: Vec<&str> = text.split_whitespace().collect();
        while !rest.is_empty() && lines.len() < lines_max {
            let is_last = lines.len() + 1 == lines_max;
            let taken = fitting(&rest, size, width);
            let mut words = rest[..taken].join(" ");
            rest.drain(..taken);
            if (is_last && !rest.is_empty()) || Self::new(&words, size).width > width {
                words = shortened(&words, size, width);
            }
            lines.push(Self::new(&words, size));
        }
        lines
    }

    fn new(text: &str, size: f32) -> Self {
        let bidi = BidiInfo::new(text, None);
        let mut line = Self {
            glyphs: Vec::new(),
            width: 0.0,
            is_right_to_left: bidi
                .paragraphs
                .first()
                .is_some_and(|one| one.level.is_rtl()),
        };
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let is_rtl = levels[run.start].is_rtl();
                let mut parts = by_face(text, run);
                if is_rtl {
                    parts.reverse();
                }
                for (face, range) in parts {
                    line.add(face, &text[range], is_rtl, size);
                }
            }
        }
        line
    }

    fn add(&mut self, face: usize, text: &str, is_rtl: bool, size: f32) {
        let shapes = &FACES[face].shapes;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(match is_rtl {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        });
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(shapes, &[], buffer);
        let pixels = |units: i32| units as f32 * size / shapes.units_per_em() as f32;
        for (info, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            self.glyphs.push(Placed {
                face,
                glyph: GlyphId(u16::try_from(info.glyph_id).unwrap_or(0)),
                size,
                x: self.width + pixels(place.x_offset),
                y: -pixels(place.y_offset),
            });
            self.width += pixels(place.x_advance);
        }
    }

    /// Paints the line on `baseline`, between `left` and `width` further; a line in Arabic begins on the right.
    pub(super) fn paint(
        &self,
        paper: &mut RgbImage,
        left: f32,
        width: f32,
        baseline: f32,
        ink: Rgb<u8>,
    ) {
        let start = match self.is_right_to_left {
            true => left + (width - self.width).max(0.0),
            false => left,
        };
        for placed in &self.glyphs {
            let outlines = &FACES[placed.face].outlines;
            // The scale of this library is the height from descender to ascender, not the em.
            let em = outlines.units_per_em().unwrap_or(1000.0);
            let scale = placed.size * outlines.height_unscaled() / em;
            let position = point(start + placed.x, baseline + placed.y);
            let glyph = placed.glyph.with_scale_and_position(scale, position);
            let Some(outline) = outlines.outline_glyph(glyph) else {
                continue;
            };
            let corner = outline.px_bounds().min;
            outline.draw(|x, y, coverage| {
                let (x, y) = (corner.x + x as f32, corner.y + y as f32);
                if x >= 0.0 && y >= 0.0 && x < paper.width() as f32 && y < paper.height() as f32 {
                    blend(paper.get_pixel_mut(x as u32, y as u32), ink, coverage);
                }
            });
        }
    }
}

fn blend(pixel: &mut Rgb<u8>, ink: Rgb<u8>, coverage: f32) {
    for (under, over) in pixel.0.iter_mut().zip(ink.0) {
        let (below, above) = (f32::from(*under), f32::from(over));
        *under = (below + (above - below) * coverage.clamp(0.0, 1.0)) as u8;
    }
}

fn face_of(letter: char) -> Option<usize> {
    FACES
        .iter()
        .position(|face| face.outlines.glyph_id(letter).0 != 0)
}

/// A run in parts that one face can write. Spaces and marks stay with what they follow.
fn by_face(text: &str, run: Range<usize>) -> Vec<(usize, Range<usize>)> {
    let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
    for (index, letter) in text[run.clone()].char_indices() {
        let start = run.start + index;
        let end = start + letter.len_utf8();
        let last = parts.last_mut();
        match last {
            Some((face, range))
                if letter == ' ' || FACES[*face].outlines.glyph_id(letter).0 != 0 =>
            {
                range.end = end;
            }
            _ => parts.push((face_of(letter).unwrap_or(0), start..end)),
        }
    }
    parts
}

/// How many words fit into a line; at least one.
fn fitting(words: &[&str], size: f32, width: f32) -> usize {
    let fits = |count: &usize| Line::new(&words[..*count].join(" "), size).width <= width;
    (1..=words.len()).take_while(fits).last().unwrap_or(1)
}

/// `text` cut where it fits, with an ellipsis.
fn shortened(text: &str, size: f32, width: f32) -> String {
    let letters: Vec<char> = text.chars().collect();
    let cut = |count: usize| {
        letters[..count]
            .iter()
            .collect::<String>()
            .trim_end()
            .to_owned()
            + "…"
    };
    let fits = |count: &usize| Line::new(&cut(*count), size).width <= width;
    let count = (0..=letters.len()).rev().find(fits).unwrap_or(0);
    cut(count)
}
