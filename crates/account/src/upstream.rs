//! Signing in at an upstream: who they are, what they are asked, and what of their answer is believed.
//!
//! Who somebody is there is (issuer, subject) and nothing else: no address, no name (OpenID Connect Core, 5.7).

mod attempt;
mod scopes;
mod widget;

use std::fmt;
use std::str::FromStr;

use base::Personal;

pub use attempt::{Attempt, Denied, Returned};
pub use scopes::MoreThanAsked;
pub use widget::{BadWidget, WIDGET_LIFE, WidgetAnswer, check_widget};

/// An outside service that says who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Upstream {
    /// Google, by OpenID Connect.
    Google,
    /// Spotify, by OAuth 2.
    Spotify,
    /// Yandex, by OAuth 2.
    Yandex,
    /// Telegram, by OpenID Connect.
    Telegram,
    /// Telegram's older widget, which signs fields with the key of a bot.
    TelegramWidget,
}

/// Text that names no upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such upstream")]
pub struct NoUpstream;

impl Upstream {
    /// Every upstream there is, in the order in which pages show them.
    pub const ALL: [Self; 5] = [
        Self::Google,
        Self::Spotify,
        Self::Yandex,
        Self::Telegram,
        Self::TelegramWidget,
    ];

    /// Its name in addresses, settings and the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Spotify => "spotify",
            Self::Yandex => "yandex",
            Self::Telegram => "telegram",
            Self::TelegramWidget => "telegram-widget",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Google => "Google",
            Self::Spotify => "Spotify",
            Self::Yandex => "Yandex",
            Self::Telegram | Self::TelegramWidget => "Telegram",
        }
    }

    /// Who issues its subjects. The two ways of Telegram are two issuers: nothing promises that they count alike.
    #[must_use]
    pub const fn issuer(self) -> &'static str {
        match self {
            Self::Google => "https://accounts.google.com",
            Self::Spotify => "https://accounts.spotify.com",
            Self::Yandex => "https://oauth.yandex.com",
            Self::Telegram => "https://oauth.telegram.org",
            Self::TelegramWidget => "https://telegram.org",
        }
    }

    /// Whether it takes back a token when it is told to.
    #[must_use]
    pub const fn revokes(self) -> bool {
        matches!(self, Self::Google | Self::Yandex)
    }
}

impl fmt::Display for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Upstream {
    type Err = NoUpstream;

    fn from_str(text: &str) -> Result<Self, NoUpstream> {
        let named = Self::ALL.into_iter().find(|one| one.name() == text);
        named.ok_or(NoUpstream)
    }
}

/// What an upstream says of an address: its owner proved it there, in a way that can be relied on, or it is not used.
///
/// Google vouches for its own addresses and for those of organisations that it runs (`hd`); any other address was proved
/// to it once and may have changed hands since. No other upstream promises that its addresses are proved at all.
#[must_use]
pub fn trusted_email(
    upstream: Upstream,
    email: Personal<String>,
    is_verified: bool,
    has_organisation: bool,
) -> Option<Personal<String>> {
    let domain = email.expose().rsplit_once('@').map(|(_, domain)| domain);
    let is_googles = domain.is_some_and(|domain| {
        let is = |own| domain.eq_ignore_ascii_case(own);
        is("gmail.com") || is("googlemail.com")
    });
    let is_trusted =
        upstream == Upstream::Google && is_verified && (is_googles || has_organisation);
    is_trusted.then_some(email)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_trusted(upstream: Upstream, email: &str, is_verified: bool, has_hd: bool) -> bool {
        let email = Personal::new(email.to_owned());
        trusted_email(upstream, email, is_verified, has_hd).is_some()
    }

    #[test]
    fn names_read_back_and_issuers_differ() {
        for upstream in Upstream::ALL {
            assert_eq!(upstream.to_string().parse(), Ok(upstream));
            let same = |other: &&Upstream| other.issuer() == upstream.issuer();
            assert_eq!(Upstream::ALL.iter().filter(same).count(), 1);
        }
        assert_eq!("Google".parse::<Upstream>(), Err(NoUpstream));
        assert_eq!("".parse::<Upstream>(), Err(NoUpstream));
    }

    #[test]
    fn an_address_counts_only_where_google_runs_it() {
        use Upstream::{Google, Spotify, Telegram, Yandex};
        assert!(is_trusted(Google, "ada@gmail.com", true, false));
        assert!(is_trusted(Google, "ada@GMAIL.com", true, false));
        assert!(is_trusted(Google, "ada@school.example", true, true));
        assert!(!is_trusted(Google, "ada@gmail.com", false, false));
        assert!(!is_trusted(Google, "ada@school.example", true, false));
        assert!(!is_trusted(
            Google,
            "ada@gmail.com.evil.example",
            true,
            false
        ));
        assert!(!is_trusted(Google, "ada@notgmail.com", true, false));
        for other in [Spotify, Yandex, Telegram] {
            assert!(!is_trusted(other, "ada@gmail.com", true, true), "{other}");
        }
    }
}
