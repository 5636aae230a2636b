//! Passkeys: what they are called, and for which site they count.

use std::net::IpAddr;

use base::{Entropy, Personal};

/// Characters of a passkey's name.
pub const PASSKEY_NAME_MAX: usize = 40;
/// The longest answer of a browser that is read. One with an RSA key and a certificate has about 6 KiB.
pub const PASSKEY_ANSWER_MAX: usize = 16 * 1024;

/// What authenticators know an account by: random, and neither its id nor anything of the person
/// (WebAuthn Level 3, 14.6.1).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct UserHandle([u8; 64]);

impl UserHandle {
    /// A new one.
    pub fn draw(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0; 64];
        entropy.fill(&mut bytes);
        Self(bytes)
    }

    /// One that was kept.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 64] {
        &self.0
    }
}

/// What its owner calls a passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyName(Personal<String>);

/// Text that is no name for a passkey: empty, too long, or with characters that do not print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a name for a passkey")]
pub struct BadPasskeyName;

impl PasskeyName {
    /// Reads a name.
    pub fn parse(text: &str) -> Result<Self, BadPasskeyName> {
        let text = text.trim();
        let length = text.chars().count();
        let prints = |c: char| !c.is_control() && !is_hidden(c);
        if !(1..=PASSKEY_NAME_MAX).contains(&length) || !text.chars().all(prints) {
            return Err(BadPasskeyName);
        }
        Ok(Self(Personal::new(text.to_owned())))
    }

    /// The text, for its owner and the database.
    #[must_use]
    pub const fn as_personal(&self) -> &Personal<String> {
        &self.0
    }
}

/// Characters that turn the direction of what follows, or take no room: two names that look alike would differ.
const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The site that passkeys are made for. They count nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its origin, exactly as browsers write it.
    pub origin: String,
    /// Its host: the id of the relying party.
    pub host: String,
}

impl Site {
    /// The site at `origin`. None where browsers make no passkeys: at a bare address, or without https but at home.
    #[must_use]
    pub fn of(origin: &str) -> Option<Self> {
        let (scheme, rest) = origin.split_once("://")?;
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (rest, None),
        };
        let is_domain = !host.is_empty()
            && host.parse::<IpAddr>().is_err()
            && host
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.'));
        let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
        let is_home = host == "localhost" || host.ends_with(".localhost");
        let is_secure = scheme == "https" || (scheme == "http" && is_home);
        (is_domain && is_port && is_secure).then(|| Self {
            origin: origin.to_owned(),
            host: host.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::OsEntropy;

    #[test]
    fn passkeys_are_made_for_named_hosts_with_https_and_at_home() {
        let host = |origin| Site::of(origin).map(|site| site.host);
        assert_eq!(host("https://u.example"), Some("u.example".to_owned()));
        assert_eq!(host("https://u.example:8443"), Some("u.example".to_owned()));
        assert_eq!(host("http://localhost:4040"), Some("localhost".to_owned()));
        for none in [
            "http://u.example",
            "https://127.0.0.1",
            "https://192.168.1.7:4040",
            "https://[::1]:4040",
            "https://",
            "https://u.example/path",
            "https://a@u.example",
            "https://U.example",
            "ftp://localhost",
            "u.example",
        ] {
            assert_eq!(host(none), None, "{none}");
        }
    }

    #[test]
    fn names_are_short_and_show_what_they_hold() {
        let text = |name: &str| PasskeyName::parse(name).map(|n| n.as_personal().expose().clone());
        assert_eq!(text("  Ada's phone 📱 "), Ok("Ada's phone 📱".to_owned()));
        assert!(text(&"n".repeat(PASSKEY_NAME_MAX)).is_ok());
        assert!(text(&"n".repeat(PASSKEY_NAME_MAX + 1)).is_err());
        for bad in ["", "  ", "a\nb", "a\u{202e}b", "a\u{200b}b"] {
            assert_eq!(text(bad), Err(BadPasskeyName), "{bad:?}");
        }
    }

    #[test]
    fn a_user_handle_is_drawn_anew_for_each_account() {
        let (one, other) = (UserHandle::draw(&OsEntropy), UserHandle::draw(&OsEntropy));
        assert!(one != other);
        assert!(UserHandle::from_bytes(*one.bytes()) == one);
    }
}
