//! Starting together: who is waited for, for how long, and who is not.

use super::*;

fn waiting(people: u8, wait_for: WaitFor) -> (Stage, ItemId) {
    let mut stage = Stage::of(people);
    stage.configure(SettingsChange {
        wait_for: Some(wait_for),
        ..SettingsChange::default()
    });
    let item = stage.add(1, "a", 600_000);
    stage.add(1, "b", 60_000);
    (stage, item)
}

fn ready(stage: &mut Stage, from: u8, rtt_ms: u32) -> Done {
    let (item, generation) = match stage.playback() {
        Playback::Preparing {
            item, generation, ..
        }
        | Playback::Paused {
            item, generation, ..
        }
        | Playback::Playing {
            item, generation, ..
        } => (item, generation),
        Playback::Idle => panic!("something is on"),
    };
    let rtt_ms = Some(rtt_ms);
    stage.say(
        from,
        RoomCommand::Ready {
            item,
            generation,
            rtt_ms,
        },
    )
}

fn is_soft(stage: &Stage, number: u8) -> bool {
    let person = stage.room.person_of(seat(number));
    let people = stage.room.snapshot().state.people;
    let found = people.into_iter().find(|view| Some(view.id) == person);
    found.expect("is here").is_soft
}

#[test]
fn a_start_waits_until_everybody_is_ready_and_lies_ahead_of_the_slowest() {
    for (rtt_ms, lead) in [(10, 400), (400, 800), (5_000, 3_000)] {
        let (mut stage, item) = waiting(2, WaitFor::Soft);
        stage.say(1, RoomCommand::Play);
        assert!(matches!(stage.playback(), Playback::Preparing { .. }));
        stage.wait(1_000);
        ready(&mut stage, 1, 20);
        assert!(matches!(stage.playback(), Playback::Preparing { .. }));
        ready(&mut stage, 2, rtt_ms);
        assert_eq!((stage.on(), stage.start_at()), (Some(item), 1_000 + lead));
    }
}

/// Case 19.
#[test]
fn who_never_is_ready_delays_a_start_by_three_seconds_and_twice_at_most() {
    let (mut stage, item) = waiting(2, WaitFor::Soft);
    for round in 0..2 {
        stage.say(1, RoomCommand::Play);
        ready(&mut stage, 1, 20);
        let asked_at = stage.now;
        stage.wait(2_999);
        assert!(matches!(stage.playback(), Playback::Preparing { .. }));
        stage.wait(1);
        assert_eq!(
            (stage.on(), stage.start_at()),
            (Some(item), asked_at + 3_400)
        );
        assert_eq!(is_soft(&stage, 2), round == 1);
        stage.say(1, RoomCommand::Pause);
    }
    stage.say(1, RoomCommand::Play);
    ready(&mut stage, 1, 20);
    assert_eq!(stage.start_at(), stage.now + 400);
    ready(&mut stage, 2, 20);
    assert!(!is_soft(&stage, 2));
}

#[test]
fn who_goes_is_not_waited_for() {
    let (mut stage, item) = waiting(2, WaitFor::Soft);
    stage.say(1, RoomCommand::Play);
    ready(&mut stage, 1, 20);
    stage
        .tell(Command::SeatsGone {
            seats: vec![seat(2)],
        })
        .expect("goes");
    assert_eq!(
        (stage.on(), stage.start_at()),
        (Some(item), stage.now + 400)
    );
}

#[test]
fn being_ready_for_an_earlier_start_counts_for_nothing() {
    let (mut stage, item) = waiting(1, WaitFor::Soft);
    stage.say(1, RoomCommand::Play);
    let early = RoomCommand::Ready {
        item,
        generation: 0,
        rtt_ms: None,
    };
    assert!(stage.say(1, early).events.is_empty());
    assert!(matches!(stage.playback(), Playback::Preparing { .. }));
}

/// Case 21.
#[test]
fn who_comes_late_stops_nobody_unless_everybody_is_waited_for() {
    for wait_for in [WaitFor::Never, WaitFor::Soft, WaitFor::Strict] {
        let (mut stage, _) = waiting(1, wait_for);
        stage.say(1, RoomCommand::Play);
        if wait_for != WaitFor::Never {
            ready(&mut stage, 1, 20);
        }
        let before = stage.playback();
        stage.wait(30_000);
        stage.enter(2, 2);
        if wait_for == WaitFor::Strict {
            assert!(matches!(
                stage.playback(),
                Playback::Paused {
                    position_ms: 29_600,
                    ..
                }
            ));
            ready(&mut stage, 2, 20);
            assert_eq!(stage.start_at(), stage.now + 400);
        } else {
            assert_eq!(stage.playback(), before);
        }
    }
}

#[test]
fn who_runs_dry_is_waited_for_where_everybody_is_but_not_for_ever() {
    let (mut stage, item) = waiting(2, WaitFor::Strict);
    stage.say(1, RoomCommand::Play);
    ready(&mut stage, 1, 20);
    ready(&mut stage, 2, 20);
    stage.wait(10_400);
    stage.say(2, RoomCommand::Buffering { item });
    assert!(matches!(
        stage.playback(),
        Playback::Paused {
            position_ms: 10_000,
            ..
        }
    ));
    stage.wait(30_000);
    assert_eq!(stage.start_at(), stage.now + 400);
    let (mut stage, item) = waiting(2, WaitFor::Soft);
    stage.say(1, RoomCommand::Play);
    stage.wait(5_000);
    assert!(
        stage
            .say(2, RoomCommand::Buffering { item })
            .events
            .is_empty()
    );
}

#[test]
fn who_says_again_and_again_that_their_sound_ran_dry_stops_the_others_three_times_and_once_a_minute()
 {
    let (mut stage, item) = waiting(2, WaitFor::Strict);
    stage.say(1, RoomCommand::Play);
    let mut stops = || {
        ready(&mut stage, 1, 20);
        ready(&mut stage, 2, 20);
        stage.wait(500);
        stage.say(2, RoomCommand::Buffering { item });
        !matches!(stage.playback(), Playback::Playing { .. })
    };
    assert_eq!([(); 5].map(|()| stops()), [true, true, true, false, false]);
    stage.wait(60_000);
    stage.say(2, RoomCommand::Buffering { item });
    assert!(matches!(stage.playback(), Playback::Paused { .. }));
}

#[test]
fn a_strict_start_waits_thirty_seconds_for_who_is_not_ready_and_then_goes_without() {
    let (mut stage, item) = waiting(2, WaitFor::Strict);
    stage.say(1, RoomCommand::Play);
    ready(&mut stage, 1, 20);
    stage.wait(29_999);
    assert!(matches!(stage.playback(), Playback::Preparing { .. }));
    stage.wait(1);
    assert_eq!((stage.on(), stage.start_at()), (Some(item), 30_400));
    assert!(!is_soft(&stage, 2), "one miss is forgiven");
}
