//! Where to look for a piece by hand, when nothing matches well enough. No request is made for it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{Kind, Piece, Platform, parse, query};

/// Everything but the characters that never need an encoding (RFC 3986, section 2.3).
pub(crate) const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Apple's storefront where a link names none.
const STOREFRONT: &str = "us";

/// The platform's own search page for a piece. None where it has no page for this kind, or there is nothing to look for.
#[must_use]
pub fn search_url(platform: Platform, piece: &Piece, storefront: Option<&str>) -> Option<String> {
    let words = query(piece);
    if words.trim().is_empty() {
        return None;
    }
    let q = utf8_percent_encode(words.trim(), UNRESERVED);
    Some(match platform {
        Platform::Spotify => format!("https://open.spotify.com/search/{q}"),
        Platform::AppleMusic => {
            let place = storefront
                .filter(|code| parse::is_storefront(code))
                .unwrap_or(STOREFRONT);
            format!("https://music.apple.com/{place}/search?term={q}")
        }
        Platform::Youtube => format!("https://www.youtube.com/results?search_query={q}"),
        Platform::YoutubeMusic => format!("https://music.youtube.com/search?q={q}"),
        Platform::YandexMusic => format!("https://music.yandex.ru/search?text={q}"),
        Platform::Deezer => format!("https://www.deezer.com/search/{q}"),
        Platform::Tidal => format!("https://tidal.com/search?q={q}"),
        Platform::Soundcloud => format!("https://soundcloud.com/search?q={q}"),
        Platform::Bandcamp => format!("https://bandcamp.com/search?q={q}"),
        Platform::AmazonMusic => format!("https://music.amazon.com/search/{q}"),
        Platform::Qobuz => format!("https://play.qobuz.com/search/{q}"),
        Platform::Musicbrainz => {
            let section = match piece.kind() {
                Kind::Track => "recording",
                Kind::Album => "release_group",
                Kind::Artist => "artist",
                Kind::Playlist | Kind::Short => return None,
            };
            format!("https://musicbrainz.org/search?query={q}&type={section}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Track;

    fn track(title: &str, artist: &str) -> Piece {
        Piece::Track(Track {
            title: title.to_owned(),
            artists: vec![artist.to_owned()],
            ..Track::default()
        })
    }

    #[test]
    fn a_search_asks_for_artist_and_title_with_every_delimiter_encoded() {
        let piece = track("Q&A/100%", "Ada Example");
        let url = search_url(Platform::Spotify, &piece, None).unwrap();
        let words = url
            .strip_prefix("https://open.spotify.com/search/")
            .unwrap();
        assert!(words.starts_with("Ada%20Example%20"), "{words}");
        assert!(!words.contains(['&', '/', '+', ' ']), "{words}");
    }

    #[test]
    fn apple_is_searched_in_the_storefront_of_the_link_and_else_in_the_american_one() {
        let piece = track("Night Ferry", "Ada Example");
        for (given, taken) in [(Some("de"), "de"), (None, "us"), (Some("../x"), "us")] {
            let url = search_url(Platform::AppleMusic, &piece, given).unwrap();
            let start = format!("https://music.apple.com/{taken}/search?term=Ada%20Example%20");
            assert!(url.starts_with(&start), "{url}");
        }
    }

    #[test]
    fn every_platform_can_be_searched_for_a_track_and_none_for_nothing() {
        for platform in Platform::ALL {
            let found = search_url(platform, &track("Night Ferry", "Ada Example"), None);
            assert!(
                found.is_some_and(|url| url.starts_with("https://")),
                "{platform:?}"
            );
            assert_eq!(search_url(platform, &track(" ", ""), None), None);
        }
    }
}
