//! What the page of a piece says, and what it never does.

use std::time::Duration;

use app::{LinkView, MatchView, Outcome, SearchReason};
use music::{Level, Piece, Platform, Playlist, PlaylistTrack, Reason, Track};

use super::draw::{self, Manner};
use crate::texts::Language;

fn found(platform: Platform, url: &str, level: Level, reasons: &[Reason]) -> MatchView {
    let app = "spotify:track:3n3Ppam7vgaVa1iaRUc9Lp".to_owned();
    MatchView {
        platform,
        outcome: Outcome::Found {
            url: url.to_owned(),
            app: (platform == Platform::Spotify).then_some(app),
            level,
            confidence: 0.99,
            reasons: reasons.to_vec(),
        },
        is_corrected: platform == Platform::Tidal,
    }
}

fn search(platform: Platform, why: SearchReason) -> MatchView {
    let url = "https://music.example/search?q=a%20b&c".to_owned();
    MatchView {
        platform,
        outcome: Outcome::Search { url, why },
        is_corrected: false,
    }
}

fn matches() -> Vec<MatchView> {
    use Reason::{DurationDiffers, SameArtist, SameDuration, SameIsrc, SameTitle};

    let spotify = "https://open.spotify.com/track/3n3Ppam7vgaVa1iaRUc9Lp";
    let deezer = "https://www.deezer.com/track/3135556";
    let tidal = "https://tidal.com/browse/track/77646168";
    let likely = [SameTitle, SameArtist, DurationDiffers];
    vec![
        found(Platform::Spotify, spotify, Level::Exact, &[SameIsrc]),
        search(Platform::AppleMusic, SearchReason::NoAnswer),
        MatchView {
            platform: Platform::Youtube,
            outcome: Outcome::Pending,
            is_corrected: false,
        },
        found(Platform::Deezer, deezer, Level::Likely, &likely),
        found(
            Platform::Tidal,
            tidal,
            Level::Unverified,
            &[SameTitle, SameDuration],
        ),
        search(Platform::YandexMusic, SearchReason::NotAsked),
    ]
}

fn view(piece: Piece) -> LinkView {
    LinkView {
        id: "7k3m9qx2vr".to_owned(),
        piece,
        has_art: true,
        matches: matches(),
        views: 1234,
        version: 1,
    }
}

fn track(title: &str) -> Piece {
    Piece::Track(Track {
        title: title.to_owned(),
        artists: vec!["Nora Vale".to_owned(), "The Tidewater".to_owned()],
        album: Some("Harbour Lights".to_owned()),
        duration: Some(Duration::from_millis(222_400)),
        isrc: Some("GBAAA0500123".parse().unwrap()),
        released: Some("2005-03-01".to_owned()),
        ..Track::default()
    })
}

fn manner(language: Language) -> Manner {
    Manner {
        language,
        is_asked: false,
        first: None,
        origin: "https://listen.example".to_owned(),
        may_correct: true,
    }
}

fn english(piece: Piece) -> String {
    draw::page(&view(piece), None, &manner(Language::English))
}

/// The values of an attribute, wherever it stands.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    let found = html.split(&start).skip(1);
    found.filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_page_leads_into_a_new_room_with_what_it_is_about() {
    for language in Language::OFFERED {
        let html = draw::page(&view(track("Low Tide")), None, &manner(language));
        assert!(values(&html, "href").contains(&"/room?link=7k3m9qx2vr"));
        assert!(html.contains(&language.say("link-room")));
    }
    let asked = Manner {
        is_asked: true,
        ..manner(Language::Russian)
    };
    let html = draw::page(&view(track("Low Tide")), None, &asked);
    assert!(values(&html, "href").contains(&"/room?link=7k3m9qx2vr&#38;lang=ru"));
    let artist = english(Piece::Artist(music::Artist {
        name: "Nora Vale".to_owned(),
        ..music::Artist::default()
    }));
    assert!(!artist.contains("/room?link="), "a queue takes recordings");
}

#[test]
fn a_page_says_how_sure_each_link_is_and_why() {
    let html = english(track("Low Tide"));
    for text in [
        "Same recording",
        "Both carry the same recording code (ISRC).",
        "Likely, check the version",
        "The titles agree. The main artist is the same. One lasts a few seconds longer.",
        "Search instead",
        "It did not answer in time.",
        "Set by hand",
        "Undo the correction",
        "Opened 1,234 times",
        "GBAAA0500123",
        "3:42",
    ] {
        let html = crate::texts::plain(&html);
        assert!(html.contains(text), "{text} is not in {html}");
    }
}

#[test]
fn what_a_person_set_is_not_doubted() {
    let html = crate::texts::plain(&english(track("Low Tide")));
    assert!(html.contains("Set by hand here"), "{html}");
    assert!(!html.contains("Not sure, listen first"), "{html}");
    let all = "Tidal: https://tidal.com/browse/track/77646168";
    assert!(html.contains(all), "{all} is not among the links to copy");
}

/// Promise S20: a link out says nothing about where it was pressed.
#[test]
fn every_link_out_keeps_silent_about_this_page() {
    let html = english(track("Low Tide"));
    let links = html.split("<a ").skip(1);
    let mut out = 0;
    for link in links.filter_map(|link| link.split('>').next()) {
        let address = values(&format!(" {link}"), "href")[0].to_owned();
        if address.starts_with('/') || address.starts_with('#') {
            continue;
        }
        out += 1;
        assert!(link.contains("rel=\"noopener noreferrer\""), "{link}");
        assert!(link.contains("referrerpolicy=\"no-referrer\""), "{link}");
    }
    // Five platforms, and the app of one of them.
    assert_eq!(out, 6);
}

#[test]
fn a_page_loads_nothing_from_elsewhere_and_has_nothing_inline() {
    let html = english(track("Low Tide"));
    for source in values(&html, "src") {
        assert!(
            source.starts_with('/') && !source.starts_with("//"),
            "{source}"
        );
    }
    for inline in ["<style", " style=", " onclick=", "<iframe", "javascript:"] {
        assert!(!html.contains(inline), "{inline}");
    }
    let scripts = html.matches("<script").count();
    assert_eq!(
        scripts,
        html.matches("<script src=\"/").count()
            + html.matches("<script type=\"module\" src=\"/").count()
    );
}

#[test]
fn hostile_names_are_shown_as_text_and_turn_nothing_around() {
    let title = "\"><script>alert(1)</script>\u{202e}gnos\u{2066}\u{7}";
    let html = english(track(title));
    assert!(!html.contains("<script>"), "{html}");
    assert!(
        html.contains("&#60;script&#62;alert(1)&#60;/script&#62;gnos"),
        "{html}"
    );
    assert!(!html.contains('\u{202e}') && !html.contains('\u{2066}') && !html.contains('\u{7}'));
}

#[test]
fn marks_of_templates_in_names_are_text() {
    let html = english(track(
        "{{ 7 * 7 }}{% include 'shell.html' %}${7 * 7}{# gone #}",
    ));
    let text = "{{ 7 * 7 }}{% include &#39;shell.html&#39; %}${7 * 7}{# gone #}";
    assert!(html.contains(text), "{html}");
}

#[test]
fn the_chosen_platform_comes_first_and_searches_last() {
    let order = |first| {
        let manner = Manner {
            first,
            ..manner(Language::English)
        };
        let html = draw::page(&view(track("Low Tide")), None, &manner);
        let rows = values(&html, "id").into_iter();
        let rows = rows
            .filter_map(|id| id.strip_prefix("on-"))
            .map(str::to_owned);
        rows.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        order(None),
        "spotify youtube deezer tidal apple_music yandex_music"
    );
    assert_eq!(
        order(Some(Platform::AppleMusic)),
        "apple_music spotify youtube deezer tidal yandex_music"
    );
}

#[test]
fn a_page_in_arabic_reads_from_right_to_left_and_keeps_its_language() {
    let manner = Manner {
        is_asked: true,
        ..manner(Language::Arabic)
    };
    let html = draw::page(&view(track("Low Tide")), None, &manner);
    assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(html.contains("التسجيل نفسه"));
    assert!(html.contains("action=\"/l?lang=ar\""));
    assert!(html.contains("data-events=\"/l/7k3m9qx2vr/events?lang=ar\""));
}

#[test]
fn other_programs_are_told_what_the_page_is() {
    let html = english(track("Low Tide"));
    for tag in [
        "<link rel=\"canonical\" href=\"https://listen.example/l/7k3m9qx2vr\">",
        "href=\"https://listen.example/oembed?url=https%3A%2F%2Flisten.example%2Fl%2F7k3m9qx2vr\"",
        "<meta property=\"og:title\" content=\"Low Tide · Nora Vale, The Tidewater\">",
        "<meta property=\"og:description\" content=\"Listen to it on Spotify, Deezer, Tidal.\">",
        "<meta property=\"og:image\" content=\"https://listen.example/l/7k3m9qx2vr/card.jpg\">",
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        "<meta name=\"robots\" content=\"noindex\">",
    ] {
        assert!(html.contains(tag), "{tag} is not in {html}");
    }
}

#[test]
fn a_playlist_lists_its_tracks_and_says_how_many_more_there_are() {
    let line = |number| PlaylistTrack {
        id: None,
        track: Track {
            title: format!("Track {number}"),
            ..Track::default()
        },
    };
    let list = Playlist {
        title: "Evening".to_owned(),
        tracks: (1..=120).map(line).collect(),
        total: 250,
    };
    let html = crate::texts::plain(&english(Piece::Playlist(list)));
    assert!(html.contains("Track 100<") && !html.contains("Track 101<"));
    assert!(html.contains("And 150 more tracks."), "{html}");
}

#[test]
fn a_row_alone_is_the_row_of_the_page() {
    let view = view(track("Low Tide"));
    let page = draw::page(&view, None, &manner(Language::Russian));
    for found in &view.matches {
        let row = draw::row_alone(found, &view, Language::Russian, false);
        assert!(page.contains(row.trim()), "{row}");
    }
}
