//! What is a link, and what it points at: a table of cases, and properties of all of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use music::{Context, Kind, Link, Platform, Reject, TEXT_MAX, parse};
use proptest::prelude::*;

/// One line of a table: what is pasted, and what comes of it in words.
struct Case {
    input: String,
    expected: String,
}

/// Lines of `input, platform, kind, id, context, note`. A refused input has the platform `reject` and, in place of the
/// kind, the reason if the table gives it.
fn cases(table: &str) -> Vec<Case> {
    let lines = table.lines().skip(1).filter(|line| !line.starts_with("# "));
    let case = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [input, platform, kind, id, context, _note] = cells[..] else {
            panic!("six columns: {line}");
        };
        let expected = match (platform, kind) {
            ("reject", "-") => "reject".to_owned(),
            ("reject", reason) => format!("reject {reason}"),
            _ => format!("{platform} {kind} {id} {context}"),
        };
        Case {
            input: unescaped(input),
            expected,
        }
    };
    lines.map(case).collect()
}

fn own_cases() -> Vec<Case> {
    cases(include_str!("data/links.tsv"))
}

/// Tables cannot hold tabs, line ends and invisible characters as they are.
fn unescaped(cell: &str) -> String {
    let mut text = String::new();
    let mut rest = cell;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let mut letters = after.chars();
        match letters.next() {
            Some('t') => text.push('\t'),
            Some('n') => text.push('\n'),
            Some('u') => {
                let (code, left) = after[2..].split_once('}').expect("a brace ends the code");
                let code = u32::from_str_radix(code, 16).expect("the code is hexadecimal");
                text.push(char::from_u32(code).expect("the code is a character's"));
                rest = left;
                continue;
            }
            Some('\\') => text.push('\\'),
            other => panic!("no escape of the table: {other:?} in {cell}"),
        }
        rest = letters.as_str();
    }
    text + rest
}

fn said<T: serde::Serialize>(value: T) -> String {
    let word = serde_json::to_value(value).expect("a name is JSON");
    word.as_str().expect("a name is text").to_owned()
}

fn in_words(parsed: &Result<Link, Reject>) -> String {
    match parsed {
        Ok(link) => {
            let context = link.context();
            let entries = [
                ("storefront", &context.storefront),
                ("album", &context.album),
            ];
            let entries: Vec<String> = entries
                .iter()
                .filter_map(|(key, value)| Some(format!("{key}={}", value.as_ref()?)))
                .collect();
            let (platform, kind) = (link.platform().name(), said(link.kind()));
            format!("{platform} {kind} {} {}", link.id(), entries.join(";"))
        }
        Err(reject) => format!("reject {}", said(reject)),
    }
}

fn wrong(cases: &[Case]) -> Vec<String> {
    let judged = cases.iter().map(|case| {
        let found = in_words(&parse(&case.input));
        let is_right =
            found == case.expected || (case.expected == "reject" && found.starts_with("reject "));
        (!is_right).then(|| {
            format!(
                "{}\n   expected {}\n   found    {found}",
                case.input, case.expected
            )
        })
    });
    judged.flatten().collect()
}

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
