//! The parts of the service that are looked at.

use music::Platform;

use crate::links::home_of;
use outbound::ProviderId;

/// A part of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Pages, and the database behind them.
    Web,
    /// Rooms: what happens in them can be kept.
    Rooms,
    /// The relay.
    Relay,
    /// Mail.
    Mail,
    /// Looking up links of a music service.
    Links(Platform),
}

/// Stands before the name of the music service.
const LINKS: &str = "links.";

impl Part {
    /// Every part, in the order people see them.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let is_asked = |platform: &Platform| {
            let mut providers = ProviderId::ALL.into_iter();
            providers.any(|provider| home_of(provider) == *platform)
        };
        let platforms = Platform::ALL.into_iter().filter(is_asked);
        [Self::Web, Self::Rooms, Self::Relay, Self::Mail]
            .into_iter()
            .chain(platforms.map(Self::Links))
    }

    /// The kind of part: `links` for each music service.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Rooms => "rooms",
            Self::Relay => "relay",
            Self::Mail => "mail",
            Self::Links(_) => "links",
        }
    }

    /// The music service.
    #[must_use]
    pub const fn platform(self) -> Option<Platform> {
        match self {
            Self::Links(platform) => Some(platform),
            _ => None,
        }
    }

    /// As stored: `links.deezer`.
    pub(crate) fn word(self) -> String {
        match self {
            Self::Links(platform) => format!("{LINKS}{}", platform.name()),
            _ => self.kind().to_owned(),
        }
    }

    /// The part of this word; none where an older program knew more.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::all().find(|part| part.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_known_again_by_its_word() {
        let parts: Vec<Part> = Part::all().collect();
        assert_eq!(parts.len(), 13);
        for part in parts {
            assert_eq!(Part::of_word(&part.word()), Some(part));
        }
        assert_eq!(Part::of_word("links"), None);
        assert_eq!(Part::of_word("links.qobuz"), None, "nobody can be asked");
    }
}
