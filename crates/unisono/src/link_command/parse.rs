//! `unisono link parse`: what a text points at, in JSON.

use music::{Context, Kind, Platform, Reject, TEXT_MAX};
use serde::Serialize;

use super::lines::Line;

/// The bytes of the longest text in UTF-8, and one more.
pub(super) const LINE_BYTES_MAX: usize = TEXT_MAX * 4 + 1;

#[derive(Serialize)]
#[serde(untagged)]
enum Answer<'a> {
    Link {
        input: &'a str,
        platform: Platform,
        kind: Kind,
        id: &'a str,
        context: &'a Context,
    },
    Refused {
        input: &'a str,
        reject: Reject,
    },
}

/// The answer to one line. Bytes that are not UTF-8 are read as U+FFFD, which is no part of any link.
pub(super) fn answer(line: &Line<'_>) -> String {
    let (Line::Whole(bytes) | Line::Start(bytes)) = line;
    let input = &*String::from_utf8_lossy(bytes);
    let parsed = match line {
        Line::Whole(_) => music::parse(input),
        Line::Start(_) => Err(Reject::TooLong),
    };
    let answer = match &parsed {
        Ok(link) => Answer::Link {
            input,
            platform: link.platform(),
            kind: link.kind(),
            id: link.id(),
            context: link.context(),
        },
        Err(reject) => Answer::Refused {
            input,
            reject: *reject,
        },
    };
    serde_json::to_string(&answer).expect("an answer is text and names only")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &[u8]) -> String {
        answer(&Line::Whole(text))
    }

    #[test]
    fn a_link_is_answered_with_its_parts_in_order() {
        let text = "https://music.apple.com/us/album/night-ferry/200000001?i=200000002";
        let parts = r#""platform":"apple_music","kind":"track","id":"200000002""#;
        let context = r#""context":{"storefront":"us","album":"200000001"}"#;
        assert_eq!(
            said(text.as_bytes()),
            format!(r#"{{"input":"{text}",{parts},{context}}}"#)
        );
        let plain = r#"{"input":"youtu.be/dQw4w9WgXcQ","platform":"youtube","kind":"track","id":"dQw4w9WgXcQ","context":{}}"#;
        assert_eq!(said(b"youtu.be/dQw4w9WgXcQ"), plain);
    }

    #[test]
    fn anything_else_is_answered_with_the_reason() {
        assert_eq!(
            said(b"hello \"you\""),
            r#"{"input":"hello \"you\"","reject":"no_link"}"#
        );
        assert_eq!(said(b""), r#"{"input":"","reject":"no_link"}"#);
        let broken = said(b"https://open.spotify.com/track/\xff\xfe");
        assert!(broken.ends_with(r#""reject":"bad_id"}"#), "{broken}");
        let long = answer(&Line::Start(b"https://www.deezer.com/track/1"));
        assert!(long.ends_with(r#""reject":"too_long"}"#), "{long}");
    }

    #[test]
    fn no_text_that_may_be_parsed_is_longer_than_a_line() {
        let text = format!(
            "https://www.deezer.com/track/1 {}",
            "🎧".repeat(TEXT_MAX - 31)
        );
        assert!(text.len() < LINE_BYTES_MAX);
        assert!(said(text.as_bytes()).contains(r#""id":"1""#));
    }
}
