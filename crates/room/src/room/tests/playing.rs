//! Playing: the law, natural advances, going on and back, and an empty room.

use super::*;

fn playing_three() -> (Stage, [ItemId; 3]) {
    let mut stage = Stage::of(2);
    let items = ["a", "b", "c"].map(|name| stage.add(1, name, 60_000));
    stage.say(1, RoomCommand::Play);
    (stage, items)
}

/// Case 1.
#[test]
fn two_who_skip_the_same_item_skip_once() {
    let (mut stage, [a, b, _]) = playing_three();
    let skip = |number: u8| {
        let mut said = said(&format!("s{number}"), RoomCommand::Skip);
        said.if_item = Some(a);
        let seat = seat(number);
        Command::Said { seat, said }
    };
    stage.say(
        1,
        RoomCommand::Grant {
            person: stage.room.person_of(seat(2)).expect("is here"),
            rank: Some(Rank::Dj),
            extra: None,
        },
    );
    stage.tell(skip(1)).expect("the first skips");
    stage.now += 5;
    let second = stage.tell(skip(2)).expect_err("the second comes late");
    assert_eq!(second.code, RejectCode::Stale);
    assert_eq!(second.seq, stage.seq());
    assert_eq!(stage.on(), Some(b));
}

/// Case 3.
#[test]
fn a_command_that_is_said_again_has_one_effect_and_the_same_answer() {
    let (mut stage, [_, b, _]) = playing_three();
    let again = Command::Said {
        seat: seat(1),
        said: said("again", RoomCommand::Skip),
    };
    let first = stage.tell(again.clone()).expect("skips");
    let second = stage.tell(again.clone()).expect("is answered");
    assert!(second.is_repeat && !first.is_repeat);
    assert_eq!(first.answer, second.answer);
    assert!(second.events.is_empty());
    assert_eq!(stage.on(), Some(b));
    // It is another person's own name for something else.
    let of_another = Command::Said {
        seat: seat(2),
        said: said(
            "again",
            RoomCommand::Chat {
                text: base::Personal::new("hello".into()),
            },
        ),
    };
    assert!(!stage.tell(of_another).expect("is said").is_repeat);
}

#[test]
fn only_the_latest_answers_to_each_person_are_remembered() {
    let mut stage = Stage::of(5);
    let first = Command::Said {
        seat: seat(1),
        said: said("first", RoomCommand::Play),
    };
    stage.tell(first.clone()).expect("plays");
    for number in 0..240 {
        stage.now += 100;
        let name = base::Personal::new(format!("Flood {number}"));
        stage.say(number % 4 + 2, RoomCommand::Rename { name });
    }
    let again = stage.tell(first.clone()).expect("is said");
    assert!(again.is_repeat, "others do not push it out");
    for _ in 0..crate::room::ANSWERS_MAX {
        stage.say(1, RoomCommand::Play);
    }
    assert!(!stage.tell(first).expect("plays").is_repeat);
}

#[test]
fn who_floods_the_others_with_events_waits_and_nobody_else_does() {
    let mut stage = Stage::of(2);
    let name = |number: u32| {
        let name = base::Personal::new(format!("Flood {number}"));
        RoomCommand::Rename { name }
    };
    for number in 0..40 {
        stage.say(2, name(number));
    }
    let refused = stage.try_say(2, name(40)).expect_err("it is too much");
    assert_eq!(refused.code, RejectCode::Limit);
    let wait = Some(std::time::Duration::from_millis(250));
    assert_eq!(refused.retry_after, wait);
    stage.say(1, name(0));
    stage.now += 250;
    stage.say(2, name(41));
    assert!(stage.try_say(2, name(42)).is_err());
    let text = base::Personal::new("hello".to_owned());
    stage.say(2, RoomCommand::Chat { text });
    stage.say(2, RoomCommand::Leave);
}

#[test]
fn what_was_said_is_forgotten_with_its_person_and_when_they_rest() {
    let mut stage = Stage::of(3);
    for from in 1..=3 {
        stage.add(from, &format!("of {from}"), 60_000);
    }
    assert_eq!(stage.room.said.persons(), 3);
    stage.say(3, RoomCommand::Leave);
    assert_eq!(stage.room.said.persons(), 2);
    stage.now += 3 * 60_000;
    stage.enter(4, 4);
    stage.add(4, "of 4", 60_000);
    assert_eq!(stage.room.said.persons(), 1);
}

/// Case 14.
#[test]
fn going_on_and_back_is_defined_with_nothing_or_one_item_however_it_repeats() {
    for repeat in [Repeat::None, Repeat::One, Repeat::All] {
        for count in [0, 1] {
            for is_playing in [false, true] {
                let mut stage = Stage::of(1);
                stage.repeat(repeat);
                let item = (count == 1).then(|| stage.add(1, "only", 60_000));
                if is_playing {
                    stage.say(1, RoomCommand::Play);
                }
                stage.say(1, RoomCommand::Previous);
                assert_eq!(stage.on(), item.filter(|_| is_playing));
                stage.say(1, RoomCommand::Skip);
                let stays = item.filter(|_| !is_playing || repeat != Repeat::None);
                assert_eq!(stage.on(), stays, "{repeat:?} {count} {is_playing}");
                stage.say(1, RoomCommand::Previous);
                assert_eq!(stage.on(), item, "{repeat:?} {count} {is_playing}");
                assert!(stage.queue().is_empty());
            }
        }
    }
}

#[test]
fn going_back_leads_to_the_start_and_in_the_first_seconds_to_the_item_before() {
    let (mut stage, [a, b, c]) = playing_three();
    stage.say(1, RoomCommand::Skip);
    stage.now += 10_000;
    stage.say(1, RoomCommand::Previous);
    assert_eq!(stage.on(), Some(b));
    stage.say(1, RoomCommand::Previous);
    assert_eq!(stage.on(), Some(a));
    assert_eq!(stage.queue(), [b, c]);
    assert!(stage.room.snapshot().state.history.is_empty());
}

/// Case 16.
#[test]
fn a_room_that_nobody_hears_stands_still_where_they_left() {
    let (mut stage, [a, ..]) = playing_three();
    stage.wait(stage.start_at() + 10_000);
    for number in [1, 2] {
        stage
            .tell(Command::SeatsGone {
                seats: vec![seat(number)],
            })
            .expect("goes");
    }
    stage.wait(24 * 3_600_000);
    let paused = stage.playback();
    assert!(
        matches!(paused, Playback::Paused { item, position_ms: 10_000, .. } if item == a),
        "{paused:?}"
    );
    let json = serde_json::to_string(&stage.room).expect("is kept");
    stage.room = serde_json::from_str(&json).expect("is loaded");
    stage.enter(2, 9);
    assert!(matches!(
        stage.playback(),
        Playback::Playing {
            position_ms: 10_000,
            ..
        }
    ));
}

/// Case 16.
#[test]
fn a_room_that_plays_on_is_where_the_law_says_after_it_was_loaded_again() {
    let (mut stage, [.., c]) = playing_three();
    stage.configure(SettingsChange {
        when_empty: Some(WhenEmpty::Run),
        ..SettingsChange::default()
    });
    let start = stage.start_at();
    for number in [1, 2] {
        stage
            .tell(Command::SeatsGone {
                seats: vec![seat(number)],
            })
            .expect("goes");
    }
    let json = serde_json::to_string(&stage.room).expect("is kept");
    stage.room = serde_json::from_str(&json).expect("is loaded");
    stage.now = start + 130_000;
    stage.enter(2, 9);
    assert_eq!(stage.on(), Some(c));
    assert_eq!(stage.start_at(), start + 120_000);
}

#[test]
fn a_restart_in_the_middle_of_an_item_keeps_the_law() {
    let (mut stage, [a, ..]) = playing_three();
    let start = stage.start_at();
    stage.now = start + 20_000;
    stage.tell(Command::Restarted).expect("starts again");
    stage.now += 3_000;
    stage.enter(1, 7);
    assert_eq!((stage.on(), stage.start_at()), (Some(a), start));
}

#[test]
fn a_room_that_was_down_for_long_goes_on_where_nobody_heard_it() {
    let (mut stage, [_, b, _]) = playing_three();
    stage.now += 3_600_000;
    stage.tell(Command::Restarted).expect("starts again");
    stage.enter(1, 7);
    stage.wait(5_000);
    assert_eq!(stage.on(), Some(b));
}

/// Case 17.
#[test]
fn ten_short_items_follow_each_other_to_the_millisecond() {
    let mut stage = Stage::of(1);
    let items: Vec<ItemId> = (0..10)
        .map(|n| stage.add(1, &format!("i{n}"), 3_000))
        .collect();
    stage.say(1, RoomCommand::Play);
    let start = stage.start_at();
    let mut heard = vec![(items[0], start)];
    for event in stage.wait(60_000) {
        if let Event::Playback {
            playback: Playback::Playing { item, start_at, .. },
            current: Some(_),
        } = event
        {
            heard.push((item, start_at.unix_ms() - START));
        }
    }
    let expected: Vec<(ItemId, i64)> = items
        .into_iter()
        .zip((0..).map(|n| start + n * 3_000))
        .collect();
    assert_eq!(heard, expected);
    assert_eq!(stage.playback(), Playback::Idle);
}

#[test]
fn what_follows_is_announced_ahead_and_then_fixed_unless_it_is_removed() {
    let (mut stage, [_, b, c]) = playing_three();
    let announced = |stage: &Stage| match stage.playback() {
        Playback::Playing { next, .. } => next,
        _ => None,
    };
    stage.wait(stage.start_at() + 39_999);
    assert_eq!(announced(&stage), None);
    stage.wait(1);
    assert_eq!(announced(&stage), Some(b));
    let elsewhere = RoomCommand::Move {
        item: b,
        before: None,
    };
    assert_eq!(stage.refused(1, elsewhere), RejectCode::Stale);
    let before = RoomCommand::Move {
        item: c,
        before: Some(b),
    };
    stage.say(1, before);
    assert_eq!(stage.queue(), [b, c]);
    stage.say(1, RoomCommand::Remove { items: vec![b] });
    assert_eq!(announced(&stage), Some(c));
    stage.say(1, RoomCommand::Clear);
    assert_eq!(announced(&stage), None);
    let late = stage.add(1, "late", 60_000);
    assert_eq!(announced(&stage), Some(late));
}

#[test]
fn an_item_without_a_length_ends_when_it_was_measured_and_is_over() {
    let mut stage = Stage::of(2);
    let mut item = demo("long", 1);
    item.duration_ms = None;
    let items = vec![item, demo("next", 60_000)];
    stage.say(1, RoomCommand::Add { items, next: false });
    stage.say(1, RoomCommand::Play);
    stage.wait(600_000);
    let long = stage.on().expect("it plays on");
    let measured = |duration_ms| RoomCommand::Measured {
        item: long,
        duration_ms,
    };
    assert_eq!(stage.refused(2, measured(5_000)), RejectCode::Forbidden);
    assert_eq!(stage.refused(1, measured(1)), RejectCode::Invalid);
    stage.say(1, measured(5_000));
    assert_ne!(stage.on(), Some(long));
    assert!(stage.start_at() > stage.now);
}

#[test]
fn a_queue_that_ran_out_while_it_played_starts_with_what_comes() {
    let mut stage = Stage::of(2);
    stage.add(1, "a", 3_000);
    stage.say(1, RoomCommand::Play);
    stage.wait(60_000);
    assert_eq!(stage.playback(), Playback::Idle);
    let next = stage.add(2, "b", 3_000);
    assert_eq!(stage.on(), Some(next));
    stage.say(1, RoomCommand::Pause);
    stage.say(1, RoomCommand::Remove { items: vec![next] });
    stage.add(2, "c", 3_000);
    assert_eq!(stage.playback(), Playback::Idle);
}

#[test]
fn who_may_fill_a_silent_room_may_start_it_but_not_what_stands_still() {
    let mut stage = Stage::of(2);
    stage.add(2, "a", 3_000);
    stage.say(2, RoomCommand::Play);
    assert!(stage.on().is_some());
    stage.say(1, RoomCommand::Pause);
    assert_eq!(stage.refused(2, RoomCommand::Play), RejectCode::Forbidden);
}

#[test]
fn what_repeats_goes_to_the_end_or_plays_again() {
    let (mut stage, [a, b, c]) = playing_three();
    stage.repeat(Repeat::All);
    stage.wait(stage.start_at() + 60_000);
    assert_eq!((stage.on(), stage.queue()), (Some(b), vec![c, a]));
    stage.say(1, RoomCommand::Previous);
    assert_eq!((stage.on(), stage.queue()), (Some(a), vec![b, c]));
    stage.repeat(Repeat::One);
    stage.wait(120_000);
    assert_eq!(stage.on(), Some(a));
}

/// Case 28.
#[test]
fn a_seek_to_nowhere_is_refused_or_clamped() {
    let (mut stage, _) = playing_three();
    for nowhere in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let seek = RoomCommand::Seek {
            position_ms: nowhere,
        };
        assert_eq!(stage.refused(1, seek), RejectCode::Invalid);
    }
    stage.say(1, RoomCommand::Pause);
    for (wished, reached) in [(-1.0, 0), (1e12, 60_000), (60_001.0, 60_000), (7.4, 7)] {
        stage.say(
            1,
            RoomCommand::Seek {
                position_ms: wished,
            },
        );
        let there = stage.playback();
        assert!(
            matches!(there, Playback::Paused { position_ms, .. } if position_ms == reached),
            "{wished}: {there:?}"
        );
    }
}

#[test]
fn a_cast_takes_the_stage_and_leaves_the_queue_to_be_played_again() {
    let (mut stage, [a, ..]) = playing_three();
    stage.now = stage.start_at() + 5_000;
    stage
        .tell(Command::CastStarted { seat: seat(1) })
        .expect("casts");
    assert!(stage.room.snapshot().state.cast.is_some());
    stage.tell(Command::CastStopped).expect("stops");
    assert!(stage.room.snapshot().state.cast.is_none());
    stage.say(1, RoomCommand::Play);
    assert!(
        matches!(stage.playback(), Playback::Playing { item, position_ms: 5_000, .. } if item == a)
    );
    let refused = stage.tell(Command::CastStarted { seat: seat(2) });
    assert_eq!(refused.expect_err("a guest").code, RejectCode::Forbidden);
}

#[test]
fn what_is_added_while_somebody_casts_waits_until_it_is_played() {
    let mut stage = Stage::of(2);
    stage.add(1, "a", 3_000);
    stage.say(1, RoomCommand::Play);
    stage.wait(60_000);
    let cast = Command::CastStarted { seat: seat(1) };
    stage.tell(cast).expect("casts");
    let b = stage.add(2, "b", 3_000);
    assert_eq!(stage.playback(), Playback::Idle);
    stage.tell(Command::CastStopped).expect("stops");
    stage.add(2, "c", 3_000);
    assert_eq!(stage.playback(), Playback::Idle);
    stage.say(1, RoomCommand::Play);
    assert_eq!(stage.on(), Some(b));
}

#[test]
fn what_waits_for_somebody_does_not_start_while_somebody_casts() {
    for is_empty in [false, true] {
        let (mut stage, [item, ..]) = playing_three();
        stage.configure(SettingsChange {
            wait_for: Some(WaitFor::Strict),
            ..SettingsChange::default()
        });
        stage.now = stage.start_at() + 5_000;
        if is_empty {
            for number in [1, 2] {
                let seat = seat(number);
                stage
                    .tell(Command::SeatsGone { seats: vec![seat] })
                    .expect("goes");
            }
            stage.wait(60_000);
        } else {
            stage.say(2, RoomCommand::Buffering { item });
        }
        // From a page of its own, whose seat the room does not know.
        let cast = Command::CastStarted { seat: seat(9) };
        stage.tell(cast).expect("casts");
        stage.enter(1, 3);
        stage.wait(60_000);
        let there = stage.playback();
        assert!(
            matches!(
                there,
                Playback::Paused {
                    position_ms: 5_000,
                    ..
                }
            ),
            "{there:?}"
        );
    }
}

#[test]
fn an_archived_room_hears_nothing_more() {
    let (mut stage, _) = playing_three();
    assert_eq!(
        stage.refused(2, RoomCommand::Archive),
        RejectCode::Forbidden
    );
    stage.say(1, RoomCommand::Archive);
    assert!(stage.room.is_over());
    assert_eq!(stage.room.next_deadline(), None);
    assert_eq!(stage.refused(1, RoomCommand::Play), RejectCode::Ended);
}
