//! The music services that a link can belong to.

use serde::{Deserialize, Serialize};

/// A music service, as links name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// Spotify.
    Spotify,
    /// Apple Music, and the older iTunes addresses.
    AppleMusic,
    /// YouTube: videos.
    Youtube,
    /// YouTube Music: the same ids, another player.
    YoutubeMusic,
    /// Yandex Music.
    YandexMusic,
    /// Deezer.
    Deezer,
    /// Tidal.
    Tidal,
    /// SoundCloud.
    Soundcloud,
    /// Bandcamp.
    Bandcamp,
    /// Amazon Music.
    AmazonMusic,
    /// Qobuz.
    Qobuz,
    /// MusicBrainz: an encyclopedia, nothing plays there.
    Musicbrainz,
}

impl Platform {
    /// Every platform, in the order people see them.
    pub const ALL: [Self; 12] = [
        Self::Spotify,
        Self::AppleMusic,
        Self::Youtube,
        Self::YoutubeMusic,
        Self::YandexMusic,
        Self::Deezer,
        Self::Tidal,
        Self::Soundcloud,
        Self::Bandcamp,
        Self::AmazonMusic,
        Self::Qobuz,
        Self::Musicbrainz,
    ];

    /// The platforms that a link is converted to.
    pub const TARGETS: [Self; 8] = [
        Self::Spotify,
        Self::AppleMusic,
        Self::Youtube,
        Self::YoutubeMusic,
        Self::YandexMusic,
        Self::Deezer,
        Self::Tidal,
        Self::Soundcloud,
    ];

    /// The name in data: `apple_music`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spotify => "spotify",
            Self::AppleMusic => "apple_music",
            Self::Youtube => "youtube",
            Self::YoutubeMusic => "youtube_music",
            Self::YandexMusic => "yandex_music",
            Self::Deezer => "deezer",
            Self::Tidal => "tidal",
            Self::Soundcloud => "soundcloud",
            Self::Bandcamp => "bandcamp",
            Self::AmazonMusic => "amazon_music",
            Self::Qobuz => "qobuz",
            Self::Musicbrainz => "musicbrainz",
        }
    }

    /// The name that the service gives itself: `Apple Music`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Spotify => "Spotify",
            Self::AppleMusic => "Apple Music",
            Self::Youtube => "YouTube",
            Self::YoutubeMusic => "YouTube Music",
            Self::YandexMusic => "Yandex Music",
            Self::Deezer => "Deezer",
            Self::Tidal => "Tidal",
            Self::Soundcloud => "SoundCloud",
            Self::Bandcamp => "Bandcamp",
            Self::AmazonMusic => "Amazon Music",
            Self::Qobuz => "Qobuz",
            Self::Musicbrainz => "MusicBrainz",
        }
    }
}

impl std::str::FromStr for Platform {
    type Err = UnknownPlatform;

    fn from_str(name: &str) -> Result<Self, UnknownPlatform> {
        let found = Self::ALL.into_iter().find(|one| one.name() == name);
        found.ok_or(UnknownPlatform)
    }
}

/// A name that no platform has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a music platform")]
pub struct UnknownPlatform;
