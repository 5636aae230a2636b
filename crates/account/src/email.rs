//! Addresses of electronic mail: read once, and told apart by one rule.

use std::fmt;

use base::Personal;
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

/// Text that is not an address that mail can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an address of electronic mail")]
pub struct BadEmail;

/// An address of electronic mail. It never prints; two are equal when they fold to the same.
#[derive(Clone)]
pub struct EmailAddress {
    typed: Personal<String>,
    /// Lower-cased and in ASCII (RFC 5891).
    domain: String,
}

impl EmailAddress {
    /// RFC 5321, section 4.5.3.1.3: a path of 256 octets with its two brackets.
    pub const BYTES_MAX: usize = 254;
    /// RFC 5321, section 4.5.3.1.1.
    const LOCAL_BYTES_MAX: usize = 64;

    /// Reads what a person typed. Space around it is dropped.
    pub fn parse(text: &str) -> Result<Self, BadEmail> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(BadEmail)?;
        if text.len() > Self::BYTES_MAX || !is_local_part(local) {
            return Err(BadEmail);
        }
        let domain = ascii_domain(domain)?;
        if local.len() + 1 + domain.len() > Self::BYTES_MAX {
            return Err(BadEmail);
        }
        Ok(Self {
            typed: Personal::new(text.to_owned()),
            domain,
        })
    }

    /// As its owner wrote it: for the owner's eyes.
    #[must_use]
    pub fn as_typed(&self) -> &str {
        self.typed.expose()
    }

    /// As a mail server wants it: the part before the @ as its owner wrote it, the domain in ASCII.
    #[must_use]
    pub fn for_mail(&self) -> String {
        format!("{}@{}", self.local(), self.domain)
    }

    /// What tells two addresses apart. Capital letters do not: phones write the first letter as one.
    ///
    /// Mail goes to the address that its owner proved, never to what somebody else typed that folds to the same.
    #[must_use]
    pub fn folded(&self) -> String {
        self.for_mail().to_ascii_lowercase()
    }

    /// The part before the @ and the names of the domain: what a password must not be made of.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        let labels = self.domain.split('.');
        std::iter::once(self.local()).chain(labels).collect()
    }

    fn local(&self) -> &str {
        let typed = self.as_typed();
        typed.rsplit_once('@').map_or(typed, |(local, _)| local)
    }
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.folded() == other.folded()
    }
}

impl Eq for EmailAddress {}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

/// A dot-atom of RFC 5322, section 3.2.3. Quoted ones are refused: hardly any exist, and most are mischief.
fn is_local_part(local: &str) -> bool {
    let is_atom = |atom: &str| !atom.is_empty() && atom.bytes().all(is_atom_byte);
    local.len() <= EmailAddress::LOCAL_BYTES_MAX && local.split('.').all(is_atom)
}

const fn is_atom_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'/' | b'=' | b'?' | b'^'..=b'`' | b'{'..=b'~')
}

/// A name with at least two labels, the last of which is no number: mail is not sent to bare hosts or addresses.
fn ascii_domain(domain: &str) -> Result<String, BadEmail> {
    let ascii = Uts46::new()
        .to_ascii(
            domain.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .map_err(|_| BadEmail)?;
    let (_, last) = ascii.rsplit_once('.').ok_or(BadEmail)?;
    if last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(BadEmail);
    }
    Ok(ascii.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> Result<String, BadEmail> {
        EmailAddress::parse(text).map(|address| address.folded())
    }

    #[test]
    fn an_address_is_kept_as_typed_and_told_apart_by_its_fold() {
        let address = EmailAddress::parse("  Ada.L+Music@BÜCHER.example ").unwrap();
        assert_eq!(address.as_typed(), "Ada.L+Music@BÜCHER.example");
        assert_eq!(address.for_mail(), "Ada.L+Music@xn--bcher-kva.example");
        assert_eq!(address.folded(), "ada.l+music@xn--bcher-kva.example");
        assert_eq!(folded("ada@почта.рф").unwrap(), "ada@xn--80a1acny.xn--p1ai");
        assert_eq!(address.words(), ["Ada.L+Music", "xn--bcher-kva", "example"]);
    }

    #[test]
    fn what_mail_cannot_be_sent_to_is_refused() {
        for text in [
            "",
            "@",
            "ada",
            "ada@",
            "@example.com",
            "ada@localhost",
            "ada@127.0.0.1",
            "ada@[127.0.0.1]",
            "ada@@example.com",
            "a da@example.com",
            "ada@exa mple.com",
            "ada@example..com",
            "ada@.example.com",
            "ada@example.com.",
            "ada@-a.example",
            "ada@a_b.example",
            ".ada@example.com",
            "ada.@example.com",
            "a..da@example.com",
            "\"ada\"@example.com",
            "ada(b)@example.com",
            "ada@example.com\r\nBcc: eve@example.com",
            "ada\n@example.com",
            "ada@example.com,eve@example.com",
            "Ada <ada@example.com>",
            "ada\u{202e}@example.com",
            "ada@exa\u{0}mple.com",
        ] {
            assert_eq!(folded(text), Err(BadEmail), "{text:?}");
        }
    }

    #[test]
    fn lengths_have_their_limits() {
        let domain = format!("{0}.{0}.{0}.example", "d".repeat(56));
        assert!(folded(&format!("{}@{domain}", "a".repeat(64))).is_ok());
        assert!(folded(&format!("{}@{domain}", "a".repeat(65))).is_err());
        let long = format!("{0}.{0}.{0}.example", "d".repeat(61));
        assert!(folded(&format!("{}@{long}", "a".repeat(64))).is_err());
        assert!(folded(&format!("a@{}.example", "d".repeat(64))).is_err());
    }

    #[test]
    fn an_address_never_prints() {
        let address = EmailAddress::parse("canary@example.com").unwrap();
        assert_eq!(format!("{address:?}"), "[personal]");
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_one_line_of_ascii_for_mail(text in "\\PC{0,20}@\\PC{0,20}") {
            if let Ok(address) = EmailAddress::parse(&text) {
                let for_mail = address.for_mail();
                prop_assert!(for_mail.bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert_eq!(for_mail.bytes().filter(|&byte| byte == b'@').count(), 1);
                prop_assert_eq!(folded(&address.folded()).unwrap(), address.folded());
            }
        }
    }
}
