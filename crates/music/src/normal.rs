//! Normal forms of text, so that spelling habits of providers do not count as differences.

use unicode_normalization::UnicodeNormalization;

/// Longest text that is looked at, in characters; what follows is dropped. Titles of a few hundred characters exist.
const CHARACTERS_MAX: usize = 1_000;

/// Folds compatibility forms, case, accents, quotes, dashes and spaces. Punctuation stays, since it carries structure.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        for byte in text.bytes().take(CHARACTERS_MAX) {
            push(&mut folded, char::from(byte.to_ascii_lowercase()));
        }
    } else {
        // Case is folded between the two, since a folded letter can fall apart once more: the Turkish dotted capital.
        let letters = text
            .chars()
            .take(CHARACTERS_MAX)
            .nfkc()
            .flat_map(char::to_lowercase)
            .nfkd()
            .filter(|letter| !is_accent(*letter))
            .nfc();
        for letter in letters {
            match plain(letter) {
                Some(several) => several.chars().for_each(|one| push(&mut folded, one)),
                None => push(&mut folded, letter),
            }
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn push(folded: &mut String, letter: char) {
    match letter {
        '!'..='_' | 'a'..='~' => folded.push(letter),
        '`' => folded.push('\''),
        _ if letter.is_whitespace() || letter.is_control() => {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        }
        _ => folded.push(letter),
    }
}

/// Marks on Latin, Greek and Cyrillic letters, and the vowel points of Hebrew and Arabic.
/// Elsewhere a mark is a sound of its own: the voicing of kana, the vowels of Devanagari.
fn is_accent(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
    )
}

/// What people type for a letter or sign that has no decomposition.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{b4}' | '\u{2032}' => "'",
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' | '\u{2033}' => "\"",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        '\u{3010}' | '\u{300c}' => "[",
        '\u{3011}' | '\u{300d}' => "]",
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' => "",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'þ' => "th",
        '×' => "x",
        _ => return None,
    })
}

/// The words of folded text, without punctuation: `don't stop!` gives `dont`, `stop`.
/// Text that is nothing but signs (`???`) is one word as it stands.
pub(crate) fn words(folded: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut letters = folded.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let after = letters.peek().copied().unwrap_or(' ');
        match letter {
            '\'' => {}
            '&' => {
                take(&mut word, &mut words);
                words.push("and".into());
            }
            // Signs that stand for letters: Ke$ha, A$AP, P!nk.
            '$' if after.is_alphanumeric() || before.is_alphanumeric() => word.push('s'),
            '!' if after.is_alphanumeric() && before.is_alphanumeric() => word.push('i'),
            _ if is_letter(letter) => word.push(letter),
            _ => take(&mut word, &mut words),
        }
        before = letter;
    }
    take(&mut word, &mut words);
    if words.is_empty() && !folded.trim().is_empty() {
        words.push(folded.replace(' ', ""));
    }
    words
}

fn take(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// Marks that folding keeps belong to their letter.
fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || unicode_normalization::char::is_combining_mark(letter)
}

/// Words of a name, one string, without a leading article: `The Beatles` and `beatles` agree.
pub(crate) fn name(words: &[String]) -> String {
    let words = match words {
        [article, rest @ ..] if article == "the" && !rest.is_empty() => rest,
        all => all,
    };
    words.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain_words(text: &str) -> String {
        words(&fold(text)).join(" ")
    }

    #[test]
    fn spelling_habits_leave_no_difference() {
        for (left, right) in [
            ("Don\u{2019}t  Stop", "dont stop"),
            ("ＦＵＬＬ\u{3000}ｗｉｄｔｈ", "full width"),
            ("Beyoncé", "Beyonce"),
            ("Straße", "STRASSE"),
            ("İstanbul", "istanbul"),
            ("Ещё", "еще"),
            ("Ke$ha", "Kesha"),
            ("A$AP Rocky", "asap rocky"),
            ("P!nk", "PINK"),
            ("Rock\u{a0}&\u{a0}Roll", "rock and roll"),
            ("AC/DC", "ac dc"),
            ("Mo\u{308}torhead", "Motörhead"),
            ("ﾊﾞｲﾊﾞｲ", "バイバイ"),
        ] {
            assert_eq!(plain_words(left), plain_words(right));
        }
    }

    #[test]
    fn marks_that_are_sounds_stay() {
        assert_ne!(plain_words("が"), plain_words("か"));
        assert_ne!(plain_words("दिल"), plain_words("दल"));
    }

    #[test]
    fn a_name_of_signs_stays_a_name() {
        assert_eq!(plain_words("!!!"), "!!!");
        assert_eq!(plain_words("? ?"), "??");
        assert_eq!(plain_words(""), "");
    }
}
