//! A mail as a file, of which only its sender and its date are read.

use account::EmailAddress;
use base::Timestamp;
use chrono::DateTime;

/// Who wrote a mail, and when it says that was.
pub(super) struct Sender {
    pub(super) address: EmailAddress,
    pub(super) sent_at: Option<Timestamp>,
}

/// Reads the headers of a mail (RFC 5322). Whoever can forge them gains nothing: the address is asked again by a letter.
pub(super) fn sender(mail: &str) -> Option<Sender> {
    let address = header(mail, "from").and_then(|from| address(&from))?;
    let sent_at = header(mail, "date").and_then(|date| moment(&date));
    Some(Sender { address, sent_at })
}

/// The value of the first header of this name, with its folded lines joined.
fn header(mail: &str, name: &str) -> Option<String> {
    let mut lines = mail.lines().take_while(|line| !line.trim().is_empty());
    let first = lines.find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.to_owned())
    })?;
    let folded = lines.take_while(|line| line.starts_with([' ', '\t']));
    Some(folded.fold(first, |value, line| value + line))
}

/// `Ada <ada@example.org>` or `ada@example.org`.
fn address(from: &str) -> Option<EmailAddress> {
    let inner = from
        .rsplit_once('<')
        .and_then(|(_, rest)| rest.split('>').next())
        .unwrap_or(from);
    EmailAddress::parse(inner.trim()).ok()
}

/// A date of a mail; the comment with the zone's name is not needed.
fn moment(date: &str) -> Option<Timestamp> {
    let plain = date.split('(').next().unwrap_or(date).trim();
    let read = DateTime::parse_from_rfc2822(plain).ok()?;
    Some(Timestamp::from_unix_ms(read.timestamp_millis()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sender_and_the_date_of_a_mail_are_read() {
        let mail = "Received: from x by y; Sat, 21 Nov 2026 00:00:00 +0000\r\nFROM: \"Ada L\"\r\n <ada@example.org>\r\n\
                    Date: Sun, 22 Nov 2026 03:00:00 +0300 (MSK)\r\nSubject: delete me\r\n\r\nFrom: nobody@example.org\r\n";
        let sender = sender(mail).unwrap();
        assert_eq!(sender.address.as_typed(), "ada@example.org");
        let midnight = Timestamp::from_unix_ms(1_795_305_600_000);
        assert_eq!(sender.sent_at, Some(midnight));
    }

    #[test]
    fn a_text_without_a_sender_is_no_mail() {
        for text in [
            "",
            "\n\nFrom: ada@example.org",
            "From: Ada",
            "Subject: x\n\nhello",
        ] {
            assert!(sender(text).is_none(), "{text}");
        }
    }
}
