//! What people write, made fit to be shown beside what others write: names, titles, lines of the chat.
//!
//! Markup is not touched: it is text, and pages show it as text.

use unicode_normalization::char::is_combining_mark;

/// Combining marks on one letter. Vietnamese, Thai and pointed Hebrew stay below; a tower of marks does not.
const MARKS_MAX: usize = 4;

/// `text` on one line, without what is invisible or turns the direction of what stands beside it, at most `chars_max`
/// characters long. It may be empty. Cleaned again it stays as it is.
#[must_use]
pub fn clean(text: &str, chars_max: usize) -> String {
    let mut line = Line::new(text.len(), chars_max);
    for character in text.chars() {
        if character.is_ascii_graphic() {
            line.base(character);
        } else if is_blank(character) {
            line.blank();
        } else if is_joiner(character) {
            line.join(character);
        } else if is_combining_mark(character) && !is_invisible(character) {
            line.mark(character);
        } else if !is_invisible(character) {
            line.base(character);
        }
        if line.is_full {
            break;
        }
    }
    line.written
}

/// A line as it is written: blanks and joiners wait for what follows, so none is left at the end.
struct Line {
    written: String,
    chars_left: usize,
    is_full: bool,
    has_blank: bool,
    joiner: Option<char>,
    marks: usize,
}

impl Line {
    /// A line for `length` bytes, of which some may be left out.
    fn new(length: usize, chars_max: usize) -> Self {
        Self {
            written: String::with_capacity(length.min(chars_max * 4)),
            chars_left: chars_max,
            is_full: false,
            has_blank: false,
            joiner: None,
            marks: 0,
        }
    }

    fn blank(&mut self) {
        self.has_blank = !self.written.is_empty();
        self.joiner = None;
    }

    fn join(&mut self, joiner: char) {
        let has_left_side = self.written.chars().next_back().is_some_and(joins);
        if has_left_side && !self.has_blank && self.joiner.is_none() {
            self.joiner = Some(joiner);
        }
    }

    /// A mark belongs to a letter before it; one without is left out, as are too many on one.
    fn mark(&mut self, mark: char) {
        if self.written.is_empty() || self.has_blank || self.marks == MARKS_MAX {
            return;
        }
        let joiner = self.joiner.take();
        self.write(joiner, mark);
        self.marks += 1;
    }

    fn base(&mut self, base: char) {
        let joiner = self.joiner.take().filter(|_| joins(base));
        let blank = self.has_blank.then_some(' ');
        self.write(blank.or(joiner), base);
        self.has_blank = false;
        self.marks = 0;
    }

    /// Both or, where they do not fit, neither.
    fn write(&mut self, before: Option<char>, character: char) {
        let needed = 1 + usize::from(before.is_some());
        if self.chars_left < needed {
            self.is_full = true;
            return;
        }
        self.chars_left -= needed;
        self.written.extend(before);
        self.written.push(character);
    }
}

/// White space, and the characters that look like it without being it: braille blank and the Hangul fillers.
fn is_blank(character: char) -> bool {
    let looks_blank = matches!(
        character,
        '\u{2800}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'
    );
    looks_blank || character.is_whitespace()
}

/// The zero-width non-joiner and joiner: they shape words in Persian and Indic scripts, and compose emoji.
const fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

/// Whether a joiner beside `character` has something to shape.
fn joins(character: char) -> bool {
    character.is_alphabetic() || is_combining_mark(character) || is_pictograph(character)
}

/// The blocks of arrows, technical and other symbols, dingbats and pictographs, from which emoji are composed.
const fn is_pictograph(character: char) -> bool {
    matches!(character,
        '\u{2190}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Controls, the format characters of Unicode (marks, embeddings, overrides and isolates of direction, zero-width
/// blanks, annotations, tags) and what is no character.
fn is_invisible(character: char) -> bool {
    let is_format = matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffc}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}');
    let is_no_character =
        matches!(character, '\u{fdd0}'..='\u{fdef}') || u32::from(character) & 0xfffe == 0xfffe;
    character.is_control() || is_format || is_no_character
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_text_of_any_script_stays_as_it_is() {
        for text in [
            "Ana",
            "Sigur Rós – Hoppípolla",
            "Дмитрий Шостакович",
            "مرحبا بالعالم",
            "שָׁלוֹם",
            "Tiếng Việt",
            "ประเทศไทย",
            "日本語のうた",
            "한국어",
            "C++ & <b>bold</b> \"quoted\"",
            "1/2 + 1/3 = 5/6",
        ] {
            assert_eq!(clean(text, 100), text);
        }
    }

    #[test]
    fn blanks_and_new_lines_collapse_and_the_ends_are_trimmed() {
        assert_eq!(
            clean("  a \t\r\n\u{a0}\u{3000} b\u{2028}c \n", 100),
            "a b c"
        );
        assert_eq!(clean(" \u{3164}\u{2800}\u{115f} ", 100), "");
    }

    #[test]
    fn nothing_turns_the_direction_of_what_stands_beside_it() {
        let turned = "a\u{202e}b\u{2066}c\u{2069}d\u{200f}e\u{61c}f\u{202a}g\u{202c}";
        assert_eq!(clean(turned, 100), "abcdefg");
    }

    #[test]
    fn controls_zero_width_floods_and_hidden_tags_are_left_out() {
        let flood = format!(
            "a{}b\0\u{7}\u{1b}[31mc\u{ad}\u{feff}\u{e0041}\u{ffff}",
            "\u{200b}".repeat(500)
        );
        assert_eq!(clean(&flood, 10), "ab[31mc");
    }

    #[test]
    fn joiners_stay_inside_words_and_emoji_and_nowhere_else() {
        for text in [
            "می\u{200c}خواهم",
            "👩\u{200d}👩\u{200d}👧",
            "❤\u{fe0f}\u{200d}🔥",
            "র\u{200d}\u{9cd}য",
            "🏳\u{fe0f}\u{200d}🌈",
        ] {
            assert_eq!(clean(text, 100), text);
        }
        assert_eq!(
            clean(
                "\u{200d}a\u{200d}\u{200d}\u{200c}b\u{200d} \u{200d}c\u{200c}",
                100
            ),
            "a\u{200d}b c"
        );
        assert_eq!(clean("1\u{200d}2\u{200c}!", 100), "12!");
    }

    #[test]
    fn a_tower_of_marks_is_cut_down_and_a_mark_without_a_letter_is_left_out() {
        let tower = format!("e{}x", "\u{301}".repeat(50));
        assert_eq!(
            clean(&tower, 100),
            format!("e{}x", "\u{301}".repeat(MARKS_MAX))
        );
        assert_eq!(clean("\u{301}\u{301}a \u{301}b", 100), "a b");
    }

    #[test]
    fn the_bound_counts_characters_and_leaves_no_blank_or_joiner_at_the_end() {
        assert_eq!(clean("ééééé", 3), "ééé");
        assert_eq!(clean("abc def", 4), "abc");
        assert_eq!(clean("👩\u{200d}👧", 2), "👩");
        assert_eq!(clean("abc", 0), "");
    }

    /// Mostly what the rules are about.
    fn any_text() -> impl Strategy<Value = String> {
        let special = prop_oneof![
            Just('\u{200d}'),
            Just('\u{200c}'),
            Just('\u{202e}'),
            Just('\u{2066}'),
            Just('\u{301}'),
            Just('\u{fe0f}'),
            Just('\u{9cd}'),
            Just(' '),
            Just('\n'),
            Just('\u{3164}'),
            Just('a'),
            Just('ي'),
            Just('👩'),
            Just('\u{1f3fd}'),
        ];
        let character = prop_oneof![3 => special, 1 => any::<char>()];
        proptest::collection::vec(character, 0..60).prop_map(|all| all.into_iter().collect())
    }

    proptest! {
        #[test]
        fn cleaning_is_bounded_and_done_after_once(text in any_text(), chars_max in 0_usize..40) {
            let once = clean(&text, chars_max);
            prop_assert!(once.chars().count() <= chars_max);
            prop_assert_eq!(clean(&once, chars_max), once.clone());
            prop_assert_eq!(once.trim(), once.as_str());
            prop_assert!(!once.chars().any(|it| it.is_control() || is_invisible(it) && !is_joiner(it)));
        }
    }
}
