//! Records of careless catalogues: what stands in wrong places or has slips of the pen is still read as what it is.

use music::{Reason, Record, SAME, score_records};

fn record(title: &str, artist: &str, album: &str) -> Record {
    Record {
        title: title.to_owned(),
        artist: artist.to_owned(),
        album: album.to_owned(),
        ..Record::default()
    }
}

#[track_caller]
fn assert_same(left: &Record, right: &Record) {
    for (one, other) in [(left, right), (right, left)] {
        let verdict = score_records(one, other);
        assert!(
            verdict.confidence >= SAME,
            "{one:?}\n{other:?}\n{verdict:?}"
        );
    }
}

#[track_caller]
fn assert_different(left: &Record, right: &Record) {
    for (one, other) in [(left, right), (right, left)] {
        let verdict = score_records(one, other);
        assert!(verdict.confidence < SAME, "{one:?}\n{other:?}\n{verdict:?}");
    }
}

#[test]
fn a_remark_with_a_slip_is_the_remark_that_the_other_record_has() {
    let plain = record("Morning Train - Radio Edit", "Ann Bell", "");
    assert_same(&plain, &record("Morning Train - Rado Edit", "Ann Bell", ""));
    assert_same(
        &plain,
        &record("Morning Train (RadioE dit)", "Ann Bell", ""),
    );
    let remix = record("Morning Train - Corvo Remix", "Ann Bell", "");
    assert_same(
        &remix,
        &record("Morning Train - Corvo Reimx", "Ann Bell", ""),
    );
    let other = record("Morning Train - Kestrel Remix", "Ann Bell", "");
    assert_different(&remix, &other);
}

#[test]
fn remarks_that_differ_by_a_number_are_two() {
    assert_different(
        &record("Morning Train - Corvo Remix 1", "Ann Bell", ""),
        &record("Morning Train - Corvo Remix 2", "Ann Bell", ""),
    );
}

#[test]
fn title_and_artist_in_each_others_columns_are_put_back() {
    let plain = record("Morning Train", "Ann Bell", "Night Bus");
    assert_same(&plain, &record("Ann Bell", "Morning Train", "Night Bus"));
    assert_same(&plain, &record("Ann Bell", "Morning Trian - Night Bus", ""));
    let echo = record("Morning Train", "Ann Bell", "Morning Train");
    assert_same(&echo, &record("A. Bell", "Morning Train", "Mornnig Train"));
}

#[test]
fn an_artist_before_a_dash_is_no_title_that_stands_wrongly() {
    let joined = record("Ann Bell - Morning Train", "", "Night Bus");
    assert_same(&joined, &record("Morning Train", "Ann Bell", "Night Bus"));
    assert_same(&joined, &record("Morning Train", "A. Bell", ""));
    assert_different(&joined, &record("Grey Harbour", "Ann Bell", "Night Bus"));
    let other = record("Ann Bell - Grey Harbour", "unknown", "Night Bus");
    assert_different(&joined, &other);
}

#[test]
fn a_song_that_gave_the_album_its_name_stays_the_song() {
    let joined = record("Ann Bell - Night Bus", "n/a", "Night Bus");
    assert_same(&joined, &record("Night Bus", "", "Night Bus"));
    assert_different(
        &joined,
        &record("Ann Bell - Morning Train", "", "Night Bus"),
    );
    let plain = record("Night Bus", "Ann Bell", "Night Bus");
    let live = record("Night Bus (live) - Night Bus", "Ann Bell", "");
    assert!(
        score_records(&plain, &live)
            .reasons
            .contains(&Reason::OtherVersion)
    );
}

#[test]
fn another_song_of_the_album_is_not_the_one_that_gave_it_its_name() {
    assert_different(
        &record("Morning Train", "Ann Bell", "Night Bus"),
        &record("Night Bus", "Ann Bell", ""),
    );
}

#[test]
fn digits_that_changed_places_are_the_same_number() {
    let left = record("Summer of 1984", "Ann Bell", "Night Bus");
    assert_same(&left, &record("Summer of 1948", "Ann Bell", "Night Bus"));
    assert_different(&left, &record("Summer of 1985", "Ann Bell", ""));
}
