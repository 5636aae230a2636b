//! What is a link, and what it points at: a table of cases, and properties of all of them.

mod properties;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use music::{Context, Kind, Link, Platform, Reject, TEXT_MAX, parse};
use table::{cases, own_cases, wrong};

/// The data beside the project, which a clone alone does not have.
fn shared(file: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(file);
    path.is_file().then_some(path)
}

#[expect(clippy::print_stderr, reason = "a test that is left out says so")]
fn left_out(test: &str) {
    eprintln!("skipped {test}: the folder of shared data is not beside this clone");
}

#[test]
fn every_shape_of_the_grammar_is_recognised_and_every_other_one_refused_for_its_reason() {
    let cases = own_cases();
    assert!(cases.len() > 500, "the table is whole");
    let wrong = wrong(&cases);
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_shared_cases_are_recognised() {
    let Some(file) = shared("links/urls.tsv") else {
        return left_out("the_shared_cases_are_recognised");
    };
    let cases = cases(&fs::read_to_string(file).unwrap());
    let wrong = wrong(&cases);
    assert_eq!(cases.len(), 30);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_id_of_the_shared_sets_makes_a_link_that_its_canonical_address_leads_back_to() {
    let name = "every_id_of_the_shared_sets_makes_a_link_that_its_canonical_address_leads_back_to";
    let Some(file) = shared("matching/crossplatform/linksets-dev.tsv") else {
        return left_out(name);
    };
    let table = fs::read_to_string(file).unwrap();
    let columns: Vec<&str> = table.lines().next().unwrap().split('\t').collect();
    let mut counts = BTreeMap::new();
    for line in table.lines().skip(1) {
        for (column, id) in columns.iter().zip(line.split('\t')) {
            let (Ok(platform), false) = (column.parse::<Platform>(), id.is_empty()) else {
                continue;
            };
            let link = Link::new(platform, Kind::Track, id, Context::default());
            let link = link.unwrap_or_else(|reject| panic!("{column} {id}: {reject}"));
            assert_eq!(parse(&link.canonical()), Ok(link), "{column} {id}");
            *counts.entry(platform).or_insert(0) += 1;
        }
    }
    assert_eq!(counts.len(), 5, "{counts:?}");
    assert!(counts.values().all(|count| *count > 100), "{counts:?}");
}

#[test]
fn the_canonical_address_of_every_recognised_link_is_a_fixed_point() {
    for case in own_cases() {
        let Ok(link) = parse(&case.input) else {
            continue;
        };
        assert_same(&link);
    }
}

/// Spotify's, Tidal's and Amazon's canonical addresses do not say in which album a track was.
fn assert_same(link: &Link) {
    let canonical = link.canonical();
    assert!(canonical.starts_with("https://"), "{canonical}");
    let again = parse(&canonical).unwrap_or_else(|reject| panic!("{canonical}: {reject}"));
    assert_eq!(again.canonical(), canonical);
    assert_eq!(
        again.context().storefront,
        link.context().storefront,
        "{canonical}"
    );
    assert_eq!(
        (again.platform(), again.kind(), again.id()),
        (link.platform(), link.kind(), link.id())
    );
    let forgets_albums =
        [Platform::Spotify, Platform::Tidal, Platform::AmazonMusic].contains(&link.platform());
    if !forgets_albums {
        assert_eq!(&again, link);
    }
    if let Some(uri) = link.app_uri() {
        assert_eq!(
            parse(&uri).map(|again| again.canonical()),
            Ok(canonical),
            "{uri}"
        );
    }
}

#[test]
fn tracking_parameters_and_fragments_change_nothing() {
    const TRACKING: [&str; 20] = [
        "si=4f2b9c1d7e6a4b30",
        "utm_source=a&utm_medium=b",
        "feature=share",
        "uo=4",
        "at=1000l",
        "ct=x",
        "app=music",
        "mt=1",
        "ls=1",
        "pp=8AUB",
        "host=0",
        "deferredFl=1",
        "nd=1",
        "dl_branch=1",
        "context=spotify%3Aalbum%3Ax",
        "fbclid=x%2Fy",
        "&&=&",
        "t=43",
        "k",
        "%zz=%",
    ];
    for case in own_cases() {
        let Ok(link) = parse(&case.input) else {
            continue;
        };
        let canonical = link.canonical();
        let joint = if canonical.contains('?') { '&' } else { '?' };
        for tracking in TRACKING {
            let tracked = format!("{canonical}{joint}{tracking}#x");
            assert_eq!(parse(&tracked), parse(&canonical), "{tracked}");
        }
    }
}

#[test]
fn a_text_of_2048_characters_is_read_and_one_more_is_too_long() {
    let link = "https://www.deezer.com/track/3135556 ";
    let text = |length: usize| format!("{link}{}", "é".repeat(length - link.len()));
    assert!(parse(&text(TEXT_MAX)).is_ok());
    assert_eq!(parse(&text(TEXT_MAX + 1)), Err(Reject::TooLong));
    assert_eq!(parse(&"x".repeat(1_000_000)), Err(Reject::TooLong));
}

#[test]
fn a_short_link_and_a_release_group_keep_the_address_they_came_by() {
    let group = "https://musicbrainz.org/release-group/11111111-2222-4333-8444-555555555555";
    let addresses = [
        "https://spotify.link/kQxN7vUzLFb",
        "https://spotify.app.link/kQxN7vUzLFb",
        "https://spoti.fi/kQxN7vUzLFb",
        "https://deezer.page.link/abc",
        "https://dzr.page.link/abc",
        "https://link.deezer.com/s/abc",
        "https://on.soundcloud.com/abc",
        "https://soundcloud.app.goo.gl/abc",
        group,
    ];
    for address in addresses {
        let link = parse(address).unwrap();
        assert_eq!(link.canonical(), address);
        assert_eq!(link.app_uri(), None);
    }
    assert_ne!(parse(group), parse(&group.replace("-group", "")));
}

#[test]
fn an_app_opens_by_its_own_scheme_where_it_has_one() {
    let uri = |text: &str| parse(text).unwrap().app_uri();
    let spotify = uri("https://open.spotify.com/intl-de/track/0aTiUssEOy0Mt69bsavj6K");
    assert_eq!(
        spotify.as_deref(),
        Some("spotify:track:0aTiUssEOy0Mt69bsavj6K")
    );
    assert_eq!(
        uri("https://deezer.com/track/1").as_deref(),
        Some("deezer://www.deezer.com/track/1")
    );
    let yandex = uri("https://music.yandex.by/album/6275545/track/46519502");
    assert_eq!(
        yandex.as_deref(),
        Some("yandexmusic://album/6275545/track/46519502")
    );
    assert_eq!(uri("https://youtu.be/dQw4w9WgXcQ"), None);
}

#[test]
fn a_link_made_of_parts_keeps_what_its_address_can_say_and_refuses_what_breaks_a_shape() {
    let context = |storefront: &str, album: &str| Context {
        storefront: Some(storefront.to_owned()),
        album: Some(album.to_owned()),
    };
    let apple = Link::new(Platform::AppleMusic, Kind::Track, "2", context("de", "1")).unwrap();
    assert_eq!(apple.canonical(), "https://music.apple.com/de/album/1?i=2");
    let deezer = Link::new(Platform::Deezer, Kind::Track, "2", context("de", "1")).unwrap();
    assert_eq!(deezer.context(), &Context::default());
    let refused = [
        (Platform::AppleMusic, Kind::Track, "2", context("DE", "1")),
        (Platform::AppleMusic, Kind::Track, "2", context("de", "x")),
        (Platform::Deezer, Kind::Track, "-2", Context::default()),
        (Platform::Bandcamp, Kind::Artist, "ada", Context::default()),
        (
            Platform::Spotify,
            Kind::Short,
            "kQxN7vUzLFb",
            Context::default(),
        ),
    ];
    for (platform, kind, id, context) in refused {
        assert_eq!(
            Link::new(platform, kind, id, context),
            Err(Reject::BadId),
            "{platform:?} {kind:?} {id}"
        );
    }
}
