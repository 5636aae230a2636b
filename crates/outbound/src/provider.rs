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
