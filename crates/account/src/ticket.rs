//! Steps that were begun and must be finished in time, and the secrets that finish them.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use base::{Entropy, Secret, TicketId};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::digits;

/// Text that names no kind of ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of ticket")]
pub struct BadTicketKind;

/// What a ticket finishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TicketKind {
    /// An account comes to be, by the code in a mail.
    Register,
    /// Signing in by the code in a mail.
    SignInCode,
    /// Signing in: the first proof was good, the second is asked for.
    SecondFactor,
    /// A new password, by the link in a mail.
    Reset,
    /// Another address, by the code in a mail to it.
    NewEmail,
    /// Proving again who one is, by the code in a mail.
    Confirm,
    /// A new passkey answers its challenge.
    PasskeyNew,
    /// A passkey answers the challenge of signing in or of proving again.
    PasskeySignIn,
    /// Somebody was sent to an upstream and is to come back.
    Upstream,
    /// Mails about a host, by the link in a mail.
    Follow,
    /// Erasing the account.
    Erase,
    /// A new authenticator app shows its first code.
    Totp,
    /// A request about personal data by somebody without an account, by the code in a mail.
    Request,
    /// The first operator, by the link that the start prints.
    Setup,
}

impl TicketKind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Register,
        Self::SignInCode,
        Self::SecondFactor,
        Self::Reset,
        Self::NewEmail,
        Self::Confirm,
        Self::PasskeyNew,
        Self::PasskeySignIn,
        Self::Upstream,
        Self::Follow,
        Self::Erase,
        Self::Totp,
        Self::Request,
        Self::Setup,
    ];

    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::SignInCode => "sign-in-code",
            Self::SecondFactor => "second-factor",
            Self::Reset => "reset",
            Self::NewEmail => "new-email",
            Self::Confirm => "confirm",
            Self::PasskeyNew => "passkey-new",
            Self::PasskeySignIn => "passkey-sign-in",
            Self::Upstream => "upstream",
            Self::Follow => "follow",
            Self::Erase => "erase",
            Self::Totp => "totp",
            Self::Request => "request",
            Self::Setup => "setup",
        }
    }

    /// How long there is to finish.
    #[must_use]
    pub const fn life(self) -> Duration {
        match self {
            Self::Reset | Self::Setup => HOUR,
            // Nothing is at stake but a mail, and people read theirs the next morning.
            Self::Follow => Duration::from_secs(24 * HOUR.as_secs()),
            _ => Duration::from_secs(10 * 60),
        }
    }

    /// How often it may be tried to finish; after the last wrong try the ticket is gone.
    #[must_use]
    pub const fn tries_max(self) -> u32 {
        match self {
            Self::Register
            | Self::SignInCode
            | Self::SecondFactor
            | Self::NewEmail
            | Self::Confirm
            | Self::Erase
            | Self::Request
            | Self::Totp => 5,
            // An answer to a challenge or a link's secret is right or was never ours.
            Self::Reset
            | Self::PasskeyNew
            | Self::PasskeySignIn
            | Self::Upstream
            | Self::Follow
            | Self::Setup => 1,
        }
    }
}

const HOUR: Duration = Duration::from_secs(60 * 60);

impl fmt::Display for TicketKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for TicketKind {
    type Err = BadTicketKind;

    fn from_str(text: &str) -> Result<Self, BadTicketKind> {
        let mut kinds = Self::ALL.into_iter();
        kinds
            .find(|kind| kind.as_str() == text)
            .ok_or(BadTicketKind)
    }
}

/// A code that is mailed and typed in.
#[derive(Clone, Copy, Debug)]
pub struct Code;

impl Code {
    /// Eight digits are 26 bits, more than the 20 that are asked for with five tries (OWASP ASVS 5.0, 6.6.2 and 6.6.3).
    pub const DIGITS: usize = 8;

    /// A new code.
    #[must_use]
    pub fn draw(entropy: &dyn Entropy) -> Secret<String> {
        // 128 bits over 10^8 codes: the bias of the remainder is below 2^-100.
        let drawn = u128::from_be_bytes(entropy.bytes16()) % 100_000_000;
        Secret::new(format!("{drawn:08}"))
    }

    /// What is kept of a code: it fits this ticket and no other.
    #[must_use]
    pub fn hash(ticket: &TicketId, code: &str) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(ticket.to_string().as_bytes())
            .expect("HMAC takes a key of any length");
        mac.update(code.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// The code that was typed, without what people put between digits and in ASCII; none when it is no code.
    #[must_use]
    pub fn tidy(typed: &str) -> Option<String> {
        digits::read(typed, Self::DIGITS)
    }
}

/// The secret of a mailed link: 256 random bits, in letters that need no escaping.
#[must_use]
pub fn link_secret(entropy: &dyn Entropy) -> Secret<String> {
    Secret::new(URL_SAFE_NO_PAD.encode(entropy.bytes32()))
}

/// What is kept of a link's secret.
#[must_use]
pub fn link_secret_hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use base::OsEntropy;

    #[test]
    fn each_kind_has_a_name_of_its_own() {
        for kind in TicketKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert_eq!("".parse::<TicketKind>(), Err(BadTicketKind));
    }

    #[test]
    fn codes_live_ten_minutes_and_reset_links_an_hour() {
        assert_eq!(TicketKind::Reset.life(), Duration::from_secs(3600));
        for kind in [TicketKind::Register, TicketKind::SignInCode] {
            assert_eq!((kind.life().as_secs(), kind.tries_max()), (600, 5));
        }
    }

    #[test]
    fn codes_are_eight_digits_spread_evenly() {
        const DRAWN: u32 = 20_000;
        let mut counts = [[0_u32; 10]; Code::DIGITS];
        for _ in 0..DRAWN {
            let code = Code::draw(&OsEntropy);
            assert_eq!(Code::tidy(code.expose()).as_ref(), Some(code.expose()));
            for (place, digit) in code.expose().bytes().enumerate() {
                counts[place][usize::from(digit - b'0')] += 1;
            }
        }
        for (place, counts) in counts.iter().enumerate() {
            let expected = f64::from(DRAWN / 10);
            let squares = counts.map(|count| (f64::from(count) - expected).powi(2) / expected);
            let chi_squared: f64 = squares.iter().sum();
            // 9 degrees of freedom: a fair draw is beyond 60 once in a billion.
            assert!(chi_squared < 60.0, "place {place}: {chi_squared}");
        }
    }

    #[test]
    fn a_code_fits_its_own_ticket_only() {
        let (one, other) = (TicketId::new(&OsEntropy), TicketId::new(&OsEntropy));
        assert_eq!(Code::hash(&one, "12345678"), Code::hash(&one, "12345678"));
        assert_ne!(Code::hash(&one, "12345678"), Code::hash(&other, "12345678"));
        assert_ne!(Code::hash(&one, "12345678"), Code::hash(&one, "12345679"));
    }

    #[test]
    fn a_link_s_secret_is_new_each_time_and_needs_no_escaping() {
        let secrets: HashSet<String> = (0..100)
            .map(|_| link_secret(&OsEntropy).expose().clone())
            .collect();
        assert_eq!(secrets.len(), 100);
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        assert!(
            secrets
                .iter()
                .all(|secret| secret.len() == 43 && secret.bytes().all(is_plain))
        );
        // The empty text's SHA-256 (FIPS 180-4 example).
        assert_eq!(link_secret_hash("")[..4], [0xe3, 0xb0, 0xc4, 0x42]);
    }
}
