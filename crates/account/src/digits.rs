//! Codes as people type them: with spaces, dashes, and the digits of their own script.

/// The digit zero of each script whose digits people type; one to nine follow it (Unicode, general category Nd).
const ZEROS: [char; 16] = [
    '0', '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}',
    '\u{be6}', '\u{c66}', '\u{ce6}', '\u{d66}', '\u{e50}', '\u{1040}', '\u{ff10}',
];

/// The digits of `typed` as ASCII, if there are exactly `count` and nothing else but what separates them.
pub(crate) fn read(typed: &str, count: usize) -> Option<String> {
    let mut digits = String::with_capacity(count);
    for character in typed.chars().filter(|&character| !separates(character)) {
        if digits.len() == count {
            return None;
        }
        digits.push(digit(character)?);
    }
    (digits.len() == count).then_some(digits)
}

/// Whether a character only sets groups apart, or the direction of writing.
pub(crate) fn separates(character: char) -> bool {
    let is_dash = matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    let is_mark = matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    character.is_whitespace() || is_dash || is_mark
}

fn digit(character: char) -> Option<char> {
    ZEROS.iter().find_map(|&zero| {
        let value = u32::from(character).checked_sub(u32::from(zero))?;
        char::from_digit(value, 10)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_was_written() {
        for typed in [
            "12345678",
            " 1234-5678 ",
            "1234\u{2013}5678",
            "١٢٣٤٥٦٧٨",
            "۱۲۳۴ ۵۶۷۸",
            "１２３４５６７８",
            "\u{2066}12 34 56 78\u{2069}",
        ] {
            assert_eq!(read(typed, 8).as_deref(), Some("12345678"), "{typed}");
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        for typed in [
            "",
            "1234567",
            "123456789",
            "1234567a",
            "1234.5678",
            "½2345678",
        ] {
            assert_eq!(read(typed, 8), None, "{typed}");
        }
    }
}
