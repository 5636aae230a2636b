//! A letter as it goes over the wire (RFC 5322, RFC 2045).

use std::time::{Duration, UNIX_EPOCH};

use account::EmailAddress;
use base::Timestamp;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder, MultiPart, SinglePart};
use lettre::{Address, Message};
use texts::Language;
use url::Url;

use super::letter::Letter;
use super::mailer::NotSent;

/// What a message is made of.
pub(super) struct Parts<'a> {
    pub(super) from: &'a Mailbox,
    pub(super) site: &'a str,
    pub(super) to: &'a EmailAddress,
    pub(super) letter: &'a Letter,
    pub(super) language: Language,
    pub(super) at: Timestamp,
    /// Makes the name of the message: random, and of nobody.
    pub(super) unique: [u8; 16],
}

impl Parts<'_> {
    pub(super) fn message(&self) -> Result<Message, NotSent> {
        let drawn = self.letter.draw(self.language, self.site);
        let to: Address = self
            .to
            .for_mail()
            .parse()
            .map_err(|_| NotSent::Unwritable)?;
        let unique = u128::from_be_bytes(self.unique);
        let ms = u64::try_from(self.at.unix_ms()).unwrap_or(0);
        let builder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(one_line(&drawn.subject)?)
            .date(UNIX_EPOCH + Duration::from_millis(ms))
            .message_id(Some(format!(
                "<{unique:032x}@{}>",
                self.from.email.domain()
            )));
        let builder = with(builder, "Auto-Submitted", "auto-generated")?;
        let builder = with(builder, "Content-Language", self.language.tag())?;
        let builder = self.stoppable(builder)?;
        let html = SinglePart::builder()
            .header(ContentType::TEXT_HTML)
            .body(drawn.html);
        let both = MultiPart::alternative()
            .singlepart(SinglePart::plain(drawn.text))
            .singlepart(html);
        builder.multipart(both).map_err(|_| NotSent::Unwritable)
    }

    /// Mails that were asked for are stopped by one click in the reader itself (RFC 8058).
    fn stoppable(&self, builder: MessageBuilder) -> Result<MessageBuilder, NotSent> {
        let values = self.letter.values();
        let Some(stop) = values.get("stop") else {
            return Ok(builder);
        };
        let stop = Url::parse(stop).map_err(|_| NotSent::Unwritable)?;
        let builder = with(builder, "List-Unsubscribe", &format!("<{stop}>"))?;
        with(
            builder,
            "List-Unsubscribe-Post",
            "List-Unsubscribe=One-Click",
        )
    }
}

fn with(
    builder: MessageBuilder,
    name: &'static str,
    value: &str,
) -> Result<MessageBuilder, NotSent> {
    let name = HeaderName::new_from_ascii_str(name);
    let value = HeaderValue::new(name, one_line(value)?.to_owned());
    Ok(builder.raw_header(value))
}

/// Nothing that a person wrote may begin another header.
fn one_line(value: &str) -> Result<&str, NotSent> {
    match value.contains(['\r', '\n', '\0']) {
        true => Err(NotSent::Unwritable),
        false => Ok(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::letter::tests::every_letter;

    fn written(letter: &Letter, language: Language) -> String {
        let parts = Parts {
            from: &"Unisono <noreply@listen.example>".parse().unwrap(),
            site: "listen.example",
            to: &EmailAddress::parse("Some.One@Bücher.example").unwrap(),
            letter,
            language,
            at: Timestamp::from_unix_ms(1_790_000_000_000),
            unique: [7; 16],
        };
        String::from_utf8(parts.message().unwrap().formatted()).unwrap()
    }

    #[test]
    fn every_letter_has_the_headers_of_one() {
        for letter in every_letter() {
            for language in Language::ALL {
                let text = written(&letter, language);
                let (head, _) = text.split_once("\r\n\r\n").unwrap();
                for line in [
                    "From: Unisono <noreply@listen.example>",
                    "To: Some.One@xn--bcher-kva.example",
                    "Date: Mon, 21 Sep 2026 14:13:20 +0000",
                    "Message-ID: <07070707070707070707070707070707@listen.example>",
                    "MIME-Version: 1.0",
                    "Auto-Submitted: auto-generated",
                    &format!("Content-Language: {}", language.tag()),
                ] {
                    assert!(head.lines().any(|has| has == line), "{line} in {head}");
                }
                assert!(text.contains("text/plain") && text.contains("text/html"));
            }
        }
    }

    #[test]
    fn only_mails_that_were_asked_for_can_be_stopped() {
        for letter in every_letter() {
            let text = written(&letter, Language::English);
            let can_stop = letter.kind().is_opt_in();
            assert_eq!(text.contains("\r\nList-Unsubscribe: <https://"), can_stop);
            let one_click = "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
            assert_eq!(text.contains(one_click), can_stop);
        }
    }

    #[test]
    fn a_line_break_in_a_header_is_refused() {
        for value in ["a\r\nBcc: b", "a\nb", "a\rb", "a\0b"] {
            assert_eq!(one_line(value), Err(NotSent::Unwritable));
        }
        let letter = Letter::RoomOpened {
            host: "Nadia".to_owned(),
            address: base::Secret::new("https://listen.example/r".to_owned()),
            stop: base::Secret::new("https://listen.example/u\r\nBcc: x@y.example".to_owned()),
        };
        let text = written(&letter, Language::English);
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(!head.contains("\r\nBcc:"), "{head}");
    }
}
