//! The least that is asked of each upstream, and the refusal of more.

use super::Upstream;

/// How Google writes in its answers what was asked for by a short name.
const GOOGLE_NAMES: &[(&str, &str)] = &[
    ("https://www.googleapis.com/auth/userinfo.email", "email"),
    (
        "https://www.googleapis.com/auth/userinfo.profile",
        "profile",
    ),
];

/// An upstream granted what it was not asked for. Nothing of it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the upstream granted more than it was asked for")]
pub struct MoreThanAsked;

impl Upstream {
    /// What is asked for. No playlists, no history, no names, no pictures.
    #[must_use]
    pub const fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Google => &["openid", "email"],
            // The stable id comes without any scope.
            Self::Spotify => &[],
            // Some scope must be asked for; this one tells least about the person. The address is not used.
            Self::Yandex => &["login:email"],
            Self::Telegram => &["openid"],
            Self::TelegramWidget => &[],
        }
    }

    /// Refuses a grant of more than was asked for. Without a list the grant is what was asked for (RFC 6749, 5.1).
    pub fn check_grant<'a>(
        self,
        granted: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), MoreThanAsked> {
        let is_asked = |scope: &str| self.scopes().contains(&self.short_name(scope));
        // An empty list reads as one scope without a name.
        let mut granted = granted.into_iter().filter(|scope| !scope.is_empty());
        match granted.all(is_asked) {
            true => Ok(()),
            false => Err(MoreThanAsked),
        }
    }

    fn short_name(self, scope: &str) -> &str {
        let written = GOOGLE_NAMES.iter().find(|(long, _)| *long == scope);
        match written {
            Some((_, short)) if self == Self::Google => short,
            _ => scope,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(upstream: Upstream, granted: &str) -> Result<(), MoreThanAsked> {
        upstream.check_grant(granted.split_ascii_whitespace())
    }

    // Promise Y6
    #[test]
    fn nothing_about_music_names_or_pictures_is_asked_for() {
        let asked: Vec<&str> = Upstream::ALL
            .iter()
            .flat_map(|upstream| upstream.scopes())
            .copied()
            .collect();
        assert_eq!(asked, ["openid", "email", "login:email", "openid"]);
    }

    // Promise Y6
    #[test]
    fn a_grant_of_more_than_asked_is_refused() {
        for (upstream, granted) in [
            (Upstream::Spotify, "playlist-read-private"),
            (Upstream::Spotify, "user-library-read user-read-email"),
            (Upstream::Yandex, "login:email login:birthday"),
            (Upstream::Telegram, "openid phone"),
            (Upstream::Google, "openid email profile"),
            (
                Upstream::Google,
                "openid https://www.googleapis.com/auth/userinfo.profile",
            ),
            (
                Upstream::Google,
                "openid https://www.googleapis.com/auth/youtube",
            ),
            (
                Upstream::Telegram,
                "https://www.googleapis.com/auth/userinfo.email",
            ),
        ] {
            assert_eq!(check(upstream, granted), Err(MoreThanAsked), "{granted}");
        }
    }

    #[test]
    fn a_grant_of_what_was_asked_or_less_is_taken_however_google_writes_it() {
        let google = "openid https://www.googleapis.com/auth/userinfo.email";
        assert_eq!(check(Upstream::Google, google), Ok(()));
        assert_eq!(check(Upstream::Google, "email openid"), Ok(()));
        assert_eq!(check(Upstream::Google, "openid"), Ok(()));
        assert_eq!(check(Upstream::Spotify, ""), Ok(()));
    }
}
