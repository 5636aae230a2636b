//! The providers that can be asked.

use serde::{Deserialize, Serialize};

/// A source of answers about music. One platform may have several, with and without a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderId {
    /// Deezer's public API: no key.
    Deezer,
    /// Apple's iTunes Search API: no key.
    Itunes,
    /// The Apple Music API: a developer token.
    AppleMusic,
    /// MusicBrainz: no key.
    Musicbrainz,
    /// ListenBrainz Labs: no key.
    Listenbrainz,
    /// Spotify's oEmbed: no key; title and picture only.
    SpotifyOembed,
    /// Spotify's Web API: client id and secret.
    SpotifyWeb,
    /// YouTube's oEmbed: no key.
    YoutubeOembed,
    /// The YouTube Data API: a key.
    YoutubeData,
    /// YouTube Music's own search: unofficial, off unless switched on.
    YoutubeMusicWeb,
    /// Yandex Music's app API: unofficial, off unless switched on.
    YandexMusic,
    /// Tidal's API: client id and secret.
    Tidal,
    /// SoundCloud's oEmbed: no key.
    SoundcloudOembed,
}

impl ProviderId {
    /// Every provider.
    pub const ALL: [Self; 13] = [
        Self::Deezer,
        Self::Itunes,
        Self::AppleMusic,
        Self::Musicbrainz,
        Self::Listenbrainz,
        Self::SpotifyOembed,
        Self::SpotifyWeb,
        Self::YoutubeOembed,
        Self::YoutubeData,
        Self::YoutubeMusicWeb,
        Self::YandexMusic,
        Self::Tidal,
        Self::SoundcloudOembed,
    ];

    /// The name in settings and metrics: `spotify_web`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deezer => "deezer",
            Self::Itunes => "itunes",
            Self::AppleMusic => "apple_music",
            Self::Musicbrainz => "musicbrainz",
            Self::Listenbrainz => "listenbrainz",
            Self::SpotifyOembed => "spotify_oembed",
            Self::SpotifyWeb => "spotify_web",
            Self::YoutubeOembed => "youtube_oembed",
            Self::YoutubeData => "youtube_data",
            Self::YoutubeMusicWeb => "youtube_music_web",
            Self::YandexMusic => "yandex_music",
            Self::Tidal => "tidal",
            Self::SoundcloudOembed => "soundcloud_oembed",
        }
    }

    /// Whether its vendor documents what we call. The others may change without notice and are off by default.
    #[must_use]
    pub const fn is_documented(self) -> bool {
        !matches!(self, Self::YoutubeMusicWeb | Self::YandexMusic)
    }

    /// Whether it answers only whoever shows a key that the operator has from it.
    #[must_use]
    pub const fn needs_key(self) -> bool {
        matches!(
            self,
            Self::AppleMusic | Self::SpotifyWeb | Self::YoutubeData | Self::Tidal
        )
    }
}
