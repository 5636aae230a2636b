//! Keys that the keyed providers take here, and no others.

/// Client id and secret at Spotify and Tidal.
pub const CLIENT: (&str, &str) = ("fixture-client", "fixture-secret");
/// The token that client id and secret lead to.
pub const ACCESS_TOKEN: &str = "fixture-access-token";
/// Apple's developer token.
pub const APPLE: &str = "fixture-header.fixture-claims.fixture-signature";
/// The key of the YouTube Data API.
pub const YOUTUBE: &str = "fixture-youtube-key";
/// The operator's token at Yandex Music.
pub const YANDEX: &str = "fixture-yandex-token";

/// All documented keyed providers, as a part of `unisono.toml`.
pub(super) fn settings_text() -> String {
    let (id, secret) = CLIENT;
    format!(
        "[outbound.providers]\n\
         spotify_web = {{ client_id = \"{id}\", client_secret = \"{secret}\" }}\n\
         tidal = {{ client_id = \"{id}\", client_secret = \"{secret}\" }}\n\
         youtube_data = {{ key = \"{YOUTUBE}\" }}\n\
         apple_music = {{ developer_token = \"{APPLE}\" }}\n"
    )
}
