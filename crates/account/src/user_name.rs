//! The name that others see, for whoever wants one.

use std::fmt;

use base::Personal;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory as _};

/// Text that cannot be a user name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadUserName {
    /// Nothing is left of it.
    #[error("the name is empty")]
    Empty,
    /// More than forty letters.
    #[error("the name has more than 40 letters")]
    TooLong,
    /// It holds what cannot be seen, or changes how other text is shown.
    #[error("the name holds a character that cannot be seen")]
    Hidden,
}

/// The name that others see. Not unique as written, but as folded.
#[derive(Clone, PartialEq, Eq)]
pub struct UserName(Personal<String>);

impl UserName {
    /// Letters, counted as Unicode does after composing them.
    pub const CHARS_MAX: usize = 40;
    /// More marks on one letter write over the lines around it.
    const MARKS_MAX: usize = 4;

    /// Reads what a person typed: composed (NFC), with single spaces and none around.
    pub fn parse(text: &str) -> Result<Self, BadUserName> {
        let words: Vec<&str> = text
            .split(is_space)
            .filter(|word| !word.is_empty())
            .collect();
        let name: String = words.join(" ").nfc().collect();
        if name.is_empty() {
            return Err(BadUserName::Empty);
        }
        if name.chars().count() > Self::CHARS_MAX {
            return Err(BadUserName::TooLong);
        }
        if name.chars().any(is_hidden) || has_towering_marks(&name) || !name.chars().any(is_shown) {
            return Err(BadUserName::Hidden);
        }
        Ok(Self(Personal::new(name)))
    }

    /// As shown to others.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.expose()
    }

    /// What tells two names apart: neither capitals, spaces nor the variants of a letter do.
    #[must_use]
    pub fn folded(&self) -> String {
        let compatible = self.as_str().nfkc().flat_map(char::to_lowercase).nfkc();
        compatible
            .filter(|&character| character != ' ' && character != EMOJI_STYLE)
            .collect()
    }
}

impl fmt::Debug for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

/// Asks for the coloured form of a sign; keyboards put it behind hearts.
const EMOJI_STYLE: char = '\u{fe0f}';

/// Spaces of any width; not the controls that Rust counts among them.
fn is_space(character: char) -> bool {
    character.general_category() == GeneralCategory::SpaceSeparator
}

/// Controls, signs of direction, joiners, selectors, private use, and letters that show as nothing
/// (Unicode, `Default_Ignorable_Code_Point`, and the blank of Braille).
fn is_hidden(character: char) -> bool {
    let category = character.general_category();
    let is_other = character.general_category_group() == GeneralCategoryGroup::Other;
    let is_break = matches!(
        category,
        GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator
    );
    let is_blank = matches!(
        character,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0e}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    );
    is_other || is_break || is_blank
}

fn is_shown(character: char) -> bool {
    !is_combining_mark(character) && character != ' '
}

fn has_towering_marks(name: &str) -> bool {
    let mut marks = 0;
    name.chars().any(|character| {
        marks = if is_combining_mark(character) {
            marks + 1
        } else {
            0
        };
        marks > UserName::MARKS_MAX
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(text: &str) -> Result<String, BadUserName> {
        UserName::parse(text).map(|name| name.as_str().to_owned())
    }

    fn folded(text: &str) -> String {
        UserName::parse(text).unwrap().folded()
    }

    #[test]
    fn a_name_is_whatever_people_are_called() {
        for name in [
            "Ada",
            "Ада Лавлейс",
            "عائشة",
            "李小龍",
            "Zoë",
            "नमिता",
            "O'Neill-Øst",
            "🎧 Ada",
            "x",
            "I ❤\u{fe0f} noise",
        ] {
            assert_eq!(parsed(name).as_deref(), Ok(name));
        }
    }

    #[test]
    fn space_is_made_single_and_letters_are_composed() {
        assert_eq!(parsed("  Ada \u{3000}\u{a0} L  ").unwrap(), "Ada L");
        assert_eq!(parsed("Zoe\u{308}").unwrap(), "Zoë");
    }

    #[test]
    fn a_name_has_one_to_forty_letters() {
        assert_eq!(parsed(" \u{3000} "), Err(BadUserName::Empty));
        assert!(parsed(&"ё".repeat(40)).is_ok());
        assert_eq!(parsed(&"ё".repeat(41)), Err(BadUserName::TooLong));
    }

    #[test]
    fn what_cannot_be_seen_is_refused() {
        for hidden in [
            '\0',
            '\n',
            '\t',
            '\u{7f}',
            '\u{85}',
            '\u{ad}',
            '\u{61c}',
            '\u{34f}',
            '\u{115f}',
            '\u{180e}',
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{200e}',
            '\u{200f}',
            '\u{2028}',
            '\u{2029}',
            '\u{202a}',
            '\u{202b}',
            '\u{202c}',
            '\u{202d}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{2067}',
            '\u{2068}',
            '\u{2069}',
            '\u{2800}',
            '\u{3164}',
            '\u{e000}',
            '\u{fe00}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fff9}',
            '\u{e0061}',
            '\u{e0100}',
            '\u{10ffff}',
        ] {
            let name = format!("Ada{hidden}L");
            assert_eq!(parsed(&name), Err(BadUserName::Hidden), "{hidden:?}");
        }
        assert_eq!(
            parsed("\u{301}\u{302}"),
            Err(BadUserName::Hidden),
            "marks on nothing"
        );
        let towering = format!("Ada{}", "\u{302}\u{331}".repeat(5));
        assert_eq!(parsed(&towering), Err(BadUserName::Hidden));
    }

    #[test]
    fn names_that_look_alike_by_case_space_or_variant_fold_to_the_same() {
        for alike in ["ada l", "ADA L", "AdaL", "Ａｄａ　Ｌ", "𝓐𝓭𝓪 𝓛"] {
            assert_eq!(folded(alike), "adal", "{alike}");
        }
        assert_eq!(folded("❤\u{fe0f}"), folded("❤"));
        assert_ne!(folded("Ada"), folded("Adá"));
    }

    #[test]
    fn a_name_never_prints() {
        assert_eq!(
            format!("{:?}", UserName::parse("canary").unwrap()),
            "[personal]"
        );
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_read_again_as_itself(text in "\\PC{0,50}") {
            if let Ok(name) = UserName::parse(&text) {
                prop_assert_eq!(parsed(name.as_str()).unwrap(), name.as_str());
                prop_assert!(!name.folded().is_empty());
            }
        }
    }
}
