//! What the matcher promises for every pair, and its figures on the labelled pairs.

use std::time::Duration;

use music::{Level, Piece, Reason, Record, SAME, Track, Verdict, score, score_records};
use proptest::prelude::*;

fn track(title: &str, artist: &str, seconds: u64) -> Track {
    Track {
        title: title.into(),
        artists: vec![artist.into()],
        duration: Some(Duration::from_secs(seconds)),
        ..Track::default()
    }
}

fn verdict(left: &Track, right: &Track) -> Verdict {
    score(&Piece::Track(left.clone()), &Piece::Track(right.clone()))
}

fn titles(left: &str, right: &str) -> Verdict {
    verdict(&track(left, "Zedd", 200), &track(right, "Zedd", 200))
}

#[test]
fn remarks_on_the_release_leave_the_recording_the_same() {
    for (left, right) in [
        ("Vienna", "Vienna - 2008 Remastered Version"),
        ("Vienna", "Vienna (Album Version)"),
        ("Vienna", "Vienna (Official Video)"),
        ("Vienna", "Vienna - From \"The Film\"/Soundtrack Version"),
        ("Vienna", "Vienna (feat. Foxes) [Original Mix]"),
        ("Vienna", "Zedd - Vienna"),
        ("Vienna", "Vienna (A City)"),
        (
            "(I Can't Get No) Satisfaction",
            "I Can\u{2019}t Get No Satisfaction",
        ),
        ("Vienna - Live at Wembley", "Vienna (Live)"),
    ] {
        assert_eq!(titles(left, right).level, Level::High, "{left} | {right}");
    }
}

#[test]
fn another_version_is_never_taken_for_the_same() {
    for tag in [
        "Live",
        "Live at Wembley",
        "Unplugged",
        "Acoustic Version",
        "Kungs Remix",
        "Kungs Edit",
        "Club Mix",
        "VIP",
        "Instrumental",
        "Karaoke Version",
        "Cover",
        "Tribute",
        "Demo",
        "Extended",
        "Sped Up",
        "Slowed + Reverb",
        "Nightcore",
        "8D Audio",
        "A Cappella",
        "Orchestral",
        "Piano Version",
        "Re-Recorded",
        "Taylor's Version",
        "Spanish Version",
        "Dub",
        "Mixed",
        "Version 2017",
        "Rework",
        "En Vivo",
        "Ao Vivo",
        "ремикс",
        "караоке",
    ] {
        for right in [
            format!("Vienna ({tag})"),
            format!("Vienna - {tag}"),
            format!("Vienna [{tag}]"),
        ] {
            let verdict = titles("Vienna", &right);
            assert_eq!(verdict.level, Level::Different, "{right}");
            assert!(verdict.confidence < SAME);
            assert_eq!(verdict.reasons[0], Reason::OtherVersion);
        }
    }
}

#[test]
fn remixes_by_different_hands_and_parts_are_different() {
    assert_eq!(
        titles("Vienna - Flume Remix", "Vienna - Rivo Remix").level,
        Level::Different
    );
    assert_eq!(
        titles("Vienna (Tiësto Remix)", "Vienna - Tiesto's Club Life Remix").level,
        Level::High
    );
    assert_eq!(
        titles("Vienna, Pt. 2", "Vienna, Pt. 3").level,
        Level::Different
    );
    assert_eq!(
        titles("Vienna, Pt. II", "Vienna (Part 2)").level,
        Level::High
    );
    assert_eq!(titles("Vienna", "Vienna, Pt. 1").level, Level::High);
}

#[test]
fn a_shortened_version_is_likely_and_the_duration_decides() {
    assert_eq!(titles("Vienna", "Vienna - Radio Edit").level, Level::Likely);
    let long = verdict(
        &track("Vienna", "Zedd", 420),
        &track("Vienna - Radio Edit", "Zedd", 200),
    );
    assert!(long.level <= Level::Unverified);
}

#[test]
fn durations_are_telling() {
    let level = |seconds| {
        verdict(
            &track("Vienna", "Zedd", 200),
            &track("Vienna", "Zedd", seconds),
        )
        .level
    };
    assert_eq!(level(203), Level::High);
    assert_eq!(level(210), Level::Likely);
    assert!(level(216) <= Level::Unverified);
}

#[test]
fn a_code_is_believed_unless_name_version_or_duration_contradict_it() {
    let coded = |title: &str, artist: &str, seconds| Track {
        isrc: "GBAAA0500123".parse().ok(),
        ..track(title, artist, seconds)
    };
    let one = coded("Vienna", "Ultravox", 200);
    assert_eq!(
        verdict(
            &one,
            &coded("Vienna (2008 Digital Remaster)", "Ultravox", 210)
        )
        .level,
        Level::Exact
    );
    assert_eq!(
        verdict(&one, &coded("Вена", "Ультравокс", 200)).level,
        Level::Exact
    );
    for wrong in [
        coded("Hymn", "Somebody Else", 200),
        coded("Vienna (Live)", "Ultravox", 200),
        coded("Vienna", "Ultravox", 290),
    ] {
        assert_eq!(verdict(&one, &wrong).level, Level::Unverified, "{wrong:?}");
    }
    let other_code = Track {
        isrc: "GBAAA0500999".parse().ok(),
        ..one.clone()
    };
    assert_eq!(verdict(&one, &other_code).level, Level::Likely);
}

#[test]
fn a_code_that_a_name_contradicts_is_never_exact() {
    let coded = |title: &str, artist: &str, seconds: Option<u64>| Track {
        title: title.into(),
        artists: vec![artist.into()],
        duration: seconds.map(Duration::from_secs),
        isrc: "GBBKS1500214".parse().ok(),
        ..Track::default()
    };
    let level = |title, artist, seconds| {
        let hello = coded("Hello", "Adele", seconds);
        verdict(&hello, &coded(title, artist, seconds)).level
    };
    for (title, artist, bare, with_duration) in [
        ("Hello", "Adele", Level::Exact, Level::Exact),
        ("你好", "Adele", Level::Likely, Level::Exact),
        (
            "Rolling in the Deep",
            "Adele",
            Level::Unverified,
            Level::Likely,
        ),
        ("Hello", "Karaoke Kings", Level::Unverified, Level::Likely),
        (
            "你好",
            "Karaoke Kings",
            Level::Unverified,
            Level::Unverified,
        ),
        (
            "Rolling in the Deep",
            "Karaoke Kings",
            Level::Unverified,
            Level::Unverified,
        ),
    ] {
        let name = format!("{title} by {artist}");
        assert_eq!(level(title, artist, None), bare, "{name}");
        assert_eq!(level(title, artist, Some(295)), with_duration, "{name}");
    }
}

#[test]
fn what_is_missing_or_cannot_be_read_is_not_called_sure() {
    let bare = |title: &str, artists: &[&str]| Track {
        title: title.into(),
        artists: artists.iter().map(|artist| (*artist).into()).collect(),
        ..Track::default()
    };
    assert_eq!(
        verdict(
            &bare("Vienna", &["Ultravox"]),
            &bare("Vienna", &["Ultravox"])
        )
        .level,
        Level::Likely
    );
    assert!(
        verdict(&bare("Vienna", &[]), &bare("Vienna", &["Ultravox"])).level <= Level::Unverified
    );
    let other_script = verdict(
        &track("Хочешь", "Земфира", 200),
        &track("Do You Want", "Zemfira", 200),
    );
    assert_eq!(other_script.level, Level::Unverified);
    assert_eq!(other_script.reasons[0], Reason::OtherScript);
    assert!(
        verdict(
            &track("Группа крови", "Кино", 285),
            &track("Gruppa Krovi", "Kino", 285)
        )
        .level
            >= Level::Likely
    );
    let playlist = Piece::Playlist(music::Playlist::default());
    assert_eq!(score(&playlist, &playlist).level, Level::Different);
}

#[test]
fn explicit_and_clean_are_not_sure_to_be_the_same() {
    let marked = |is_explicit| Track {
        is_explicit: Some(is_explicit),
        ..track("Gone", "The Weeknd", 487)
    };
    assert_eq!(verdict(&marked(true), &marked(true)).level, Level::High);
    assert_eq!(verdict(&marked(true), &marked(false)).level, Level::Likely);
}

#[test]
fn namesakes_are_different() {
    let level = |left: &str, right: &str| {
        verdict(&track("Hero", left, 200), &track("Hero", right, 200)).level
    };
    assert!(level("AFROJACK", "Enrique Iglesias") <= Level::Unverified);
    assert_eq!(
        level("Luis Fonsi ft. Daddy Yankee", "Luis Fonsi, Daddy Yankee"),
        Level::High
    );
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        "[a-zA-Z ]{1,12}( \\((Live|feat\\. [A-Z][a-z]+|Remix|Remastered 2011)\\))?( - [A-Za-z ]{1,9}( Mix| Version|))?",
        "[а-яё ]{1,12}",
    ]
}

fn any_track() -> impl Strategy<Value = Track> {
    let text = proptest::option::of(any_text());
    (
        any_text(),
        proptest::collection::vec(any_text(), 0..3),
        text,
        proptest::option::of(0u64..700),
        any::<Option<bool>>(),
    )
        .prop_map(|(title, artists, album, seconds, is_explicit)| Track {
            title,
            artists,
            album,
            duration: seconds.map(Duration::from_secs),
            is_explicit,
            ..Track::default()
        })
}

fn any_record() -> impl Strategy<Value = Record> {
    let joined = "[A-Za-z ]{1,20}(\\$ 1\\.29|[0-9]:[0-9]{2}|\\( C \\) 2014|March 3 , 2011|Dance & Pop| - |002-){0,3}[A-Za-z ]{0,9}";
    let columns =
        proptest::collection::btree_map("(genre|price|length|number|copyright)", any_text(), 0..4);
    (
        prop_oneof![any_text(), joined],
        any_text(),
        any_text(),
        columns,
    )
        .prop_map(|(title, artist, album, extra)| Record {
            title,
            artist,
            album,
            extra,
            ..Record::default()
        })
}

proptest! {
    #[test]
    fn the_order_of_two_tracks_does_not_matter(left in any_track(), right in any_track()) {
        let (one, other) = (verdict(&left, &right), verdict(&right, &left));
        prop_assert_eq!(one.level, other.level);
        prop_assert!((one.confidence - other.confidence).abs() < 1e-9);
        prop_assert_eq!(one.reasons, other.reasons);
    }

    #[test]
    fn a_track_is_the_same_as_itself(track in any_track()) {
        let verdict = verdict(&track, &track);
        let is_named = track.title.chars().any(char::is_alphanumeric)
            && track.artists.first().is_some_and(|artist| artist.chars().any(char::is_alphanumeric));
        prop_assert!(!is_named || verdict.level >= Level::Unverified, "{:?}", verdict);
        let coded = Track { isrc: "GBAAA0500123".parse().ok(), ..track };
        let same = self::verdict(&coded, &coded);
        let names_agree = same.reasons.contains(&Reason::SameTitle) && same.reasons.contains(&Reason::SameArtist);
        prop_assert!(!names_agree || same.level == Level::Exact, "{:?}", same);
    }

    #[test]
    fn any_two_records_have_a_verdict(left in any_record(), right in any_record()) {
        let verdict = score_records(&left, &right);
        prop_assert!((0.0..=1.0).contains(&verdict.confidence));
        prop_assert!(!verdict.reasons.is_empty());
    }

    #[test]
    fn case_width_and_accents_change_nothing(title in "[a-z]{2,12}( [a-z]{2,9})?", artist in "[a-z]{3,12}") {
        let plain = track(&title, &artist, 200);
        let wide = |text: &str| -> String {
            text.chars().map(|letter| if letter == ' ' { '\u{3000}' } else { char::from_u32(letter as u32 + 0xfee0).unwrap() }).collect()
        };
        let accented: String = title.chars().flat_map(|letter| [letter, '\u{301}']).collect();
        let expected = verdict(&plain, &plain);
        for other in [
            track(&title.to_uppercase(), &artist.to_uppercase(), 200),
            track(&wide(&title), &wide(&artist), 200),
            track(&accented, &artist, 200),
        ] {
            prop_assert_eq!(&verdict(&plain, &other), &expected);
        }
    }
}
