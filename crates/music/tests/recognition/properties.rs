//! Properties of every link and every text.

use music::{Context, Kind, Link, Platform, parse};
use proptest::prelude::*;

use crate::assert_same;
use crate::table::own_cases;

/// Ids of every platform and kind, as regular expressions of their own, not those of the code.
const IDS: [(Platform, Kind, &str); 34] = [
    (Platform::Spotify, Kind::Track, "[0-9A-Za-z]{22}"),
    (Platform::Spotify, Kind::Album, "[0-9A-Za-z]{22}"),
    (Platform::Spotify, Kind::Artist, "[0-9A-Za-z]{22}"),
    (Platform::Spotify, Kind::Playlist, "[0-9A-Za-z]{22}"),
    (Platform::AppleMusic, Kind::Track, "[1-9][0-9]{0,9}"),
    (Platform::AppleMusic, Kind::Album, "[1-9][0-9]{0,9}"),
    (Platform::AppleMusic, Kind::Artist, "[1-9][0-9]{0,9}"),
    (
        Platform::AppleMusic,
        Kind::Playlist,
        "pl\\.[0-9a-f]{32}|pl\\.u-[0-9A-Za-z]{8,16}",
    ),
    (Platform::Youtube, Kind::Track, "[0-9A-Za-z_-]{11}"),
    (Platform::Youtube, Kind::Playlist, "PL[0-9A-Za-z_-]{32}"),
    (
        Platform::Youtube,
        Kind::Artist,
        "UC[0-9A-Za-z_-]{22}|@[a-z][a-z.]{1,20}[a-zäб中]",
    ),
    (Platform::YoutubeMusic, Kind::Track, "[0-9A-Za-z_-]{11}"),
    (
        Platform::YoutubeMusic,
        Kind::Album,
        "OLAK5uy_[0-9A-Za-z_-]{33}|MPREb_[0-9A-Za-z_-]{11}",
    ),
    (
        Platform::YoutubeMusic,
        Kind::Playlist,
        "PL[0-9A-Za-z_-]{32}|RDCLAK5uy_[0-9A-Za-z_-]{33}",
    ),
    (Platform::YoutubeMusic, Kind::Artist, "UC[0-9A-Za-z_-]{22}"),
    (Platform::YandexMusic, Kind::Track, "[1-9][0-9]{0,9}"),
    (Platform::YandexMusic, Kind::Album, "[1-9][0-9]{0,9}"),
    (Platform::YandexMusic, Kind::Artist, "[1-9][0-9]{0,9}"),
    (
        Platform::YandexMusic,
        Kind::Playlist,
        "[a-z][a-z.-]{0,20}:[1-9][0-9]{0,4}",
    ),
    (Platform::Deezer, Kind::Track, "[1-9][0-9]{0,9}"),
    (Platform::Deezer, Kind::Album, "[1-9][0-9]{0,9}"),
    (Platform::Deezer, Kind::Artist, "[1-9][0-9]{0,9}"),
    (Platform::Deezer, Kind::Playlist, "[1-9][0-9]{0,9}"),
    (Platform::Tidal, Kind::Track, "[1-9][0-9]{0,9}"),
    (
        Platform::Tidal,
        Kind::Playlist,
        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}",
    ),
    (
        Platform::Soundcloud,
        Kind::Track,
        "[a-z0-9]{3}-x/[a-z0-9_-]{1,20}x",
    ),
    (
        Platform::Soundcloud,
        Kind::Playlist,
        "[a-z0-9]{3}-x/sets/[a-z0-9_-]{1,20}",
    ),
    (Platform::Soundcloud, Kind::Artist, "[a-z0-9]{3}-x"),
    (
        Platform::Bandcamp,
        Kind::Track,
        "[a-z][a-z0-9]{3,20}x/[a-z0-9-]{1,20}",
    ),
    (
        Platform::Bandcamp,
        Kind::Album,
        "[a-z][a-z0-9]{3,20}x/[a-z0-9-]{1,20}",
    ),
    (Platform::AmazonMusic, Kind::Track, "B0[0-9A-Z]{8}"),
    (Platform::Qobuz, Kind::Album, "[0-9a-z]{13}"),
    (
        Platform::Musicbrainz,
        Kind::Track,
        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}",
    ),
    (
        Platform::Musicbrainz,
        Kind::Artist,
        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}",
    ),
];

fn ids() -> impl Strategy<Value = (Platform, Kind, String)> {
    prop::sample::select(&IDS[..]).prop_flat_map(|(platform, kind, shape)| {
        let id = prop::string::string_regex(shape).expect("the shape is a pattern");
        id.prop_map(move |id| (platform, kind, id))
    })
}

fn contexts() -> impl Strategy<Value = Context> {
    let storefront = prop::option::of(
        prop::sample::select(vec!["us", "de", "jp", "xk"]).prop_map(str::to_owned),
    );
    storefront.prop_map(|storefront| Context {
        storefront,
        album: None,
    })
}

/// Text made of what addresses are made of, so that chance comes close to them.
fn almost_links() -> impl Strategy<Value = String> {
    let inputs: Vec<String> = own_cases().into_iter().map(|case| case.input).collect();
    let edit = (any::<prop::sample::Index>(), any::<char>(), 0..3_u8);
    (
        prop::sample::select(inputs),
        prop::collection::vec(edit, 1..4),
    )
        .prop_map(|(text, edits)| {
            let mut letters: Vec<char> = text.chars().collect();
            for (place, letter, how) in edits {
                if letters.is_empty() {
                    break;
                }
                let at = place.index(letters.len());
                match how {
                    0 => letters[at] = letter,
                    1 => letters.insert(at, letter),
                    _ => {
                        letters.remove(at);
                    }
                }
            }
            letters.into_iter().collect()
        })
}

proptest! {
    #[test]
    fn no_text_breaks_the_parser(text in any::<String>()) {
        if let Ok(link) = parse(&text) {
            assert_same(&link);
        }
    }

    #[test]
    fn a_link_with_a_few_characters_changed_is_refused_or_a_whole_link(text in almost_links()) {
        if let Ok(link) = parse(&text) {
            assert_same(&link);
        }
    }

    #[test]
    fn every_link_made_of_parts_is_found_again_inside_a_sentence((platform, kind, id) in ids(), context in contexts()) {
        let link = Link::new(platform, kind, &id, context).unwrap();
        assert_same(&link);
        let text = format!("Hear this: {}, now!", link.canonical());
        prop_assert_eq!(parse(&text), Ok(link));
    }
}
