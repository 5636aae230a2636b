//! Votes count persons.

use super::*;

fn vote_skip(stage: &mut Stage, from: u8) {
    let item = stage.on().expect("something is on");
    stage.say(from, RoomCommand::VoteSkip { item });
}

/// Case 4.
#[test]
fn half_of_those_present_rounded_up_skip() {
    let expected = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8];
    for (people, needed) in (1..=16).zip(expected) {
        let mut stage = Stage::of(people);
        let [a, b] = ["a", "b"].map(|name| stage.add(1, name, 60_000));
        stage.say(1, RoomCommand::Play);
        for voter in 1..=needed {
            assert_eq!(stage.on(), Some(a), "{people} people, {voter} votes");
            let skip = stage.room.snapshot().state.skip;
            assert_eq!(
                (skip.votes, skip.needed),
                (u32::from(voter - 1), u32::from(needed))
            );
            vote_skip(&mut stage, voter);
        }
        assert_eq!(stage.on(), Some(b), "{people} people, {needed} votes");
        assert_eq!(stage.room.snapshot().state.skip.votes, 0);
    }
}

/// Case 5.
#[test]
fn votes_to_skip_are_counted_again_when_somebody_leaves() {
    for drops in [true, false] {
        let mut stage = Stage::of(4);
        let [a, b] = ["a", "b"].map(|name| stage.add(1, name, 60_000));
        stage.say(1, RoomCommand::Play);
        vote_skip(&mut stage, 1);
        let mut go = |number| {
            if drops {
                stage
                    .tell(Command::SeatsGone {
                        seats: vec![seat(number)],
                    })
                    .expect("goes");
            } else {
                stage.say(number, RoomCommand::Leave);
            }
            stage.on()
        };
        assert_eq!(go(3), Some(a));
        assert_eq!(go(4), Some(b));
    }
}

/// Case 7.
#[test]
fn a_person_with_two_tabs_votes_once_and_two_persons_twice() {
    let mut stage = Stage::of(4);
    let [a, _] = ["a", "b"].map(|name| stage.add(1, name, 60_000));
    stage.say(1, RoomCommand::Play);
    stage.enter(2, 12);
    vote_skip(&mut stage, 2);
    vote_skip(&mut stage, 12);
    let skip = stage.room.snapshot().state.skip;
    assert_eq!((stage.on(), skip.votes), (Some(a), 1));
    let item = stage.queue()[0];
    for from in [2, 12, 3] {
        stage.say(from, RoomCommand::Vote { item });
    }
    assert_eq!(stage.room.snapshot().state.queue[0].votes, 2);
    stage.say(12, RoomCommand::Unvote { item });
    assert_eq!(stage.room.snapshot().state.queue[0].votes, 1);
}

/// Case 9.
#[test]
fn equal_votes_play_in_the_order_in_which_they_were_added() {
    let mut stage = Stage::of(3);
    stage.mode(QueueMode::Votes);
    let [a, b, c] = ["a", "b", "c"].map(|name| stage.add(1, name, 60_000));
    stage.say(2, RoomCommand::Vote { item: c });
    stage.say(3, RoomCommand::Vote { item: b });
    assert_eq!(stage.queue(), [b, c, a]);
    assert_eq!(stage.queue(), stage.queue());
    stage.say(1, RoomCommand::Vote { item: c });
    assert_eq!(stage.queue(), [c, b, a]);
    stage.say(2, RoomCommand::Leave);
    assert_eq!(stage.queue(), [b, c, a]);
    assert_eq!(stage.refused(1, RoomCommand::Shuffle), RejectCode::Invalid);
}

#[test]
fn whose_votes_are_otherwise_is_told_to_them() {
    let mut stage = Stage::of(2);
    let a = stage.add(1, "a", 60_000);
    let done = stage.say(2, RoomCommand::Vote { item: a });
    let voter = done.person.expect("somebody voted");
    assert_eq!(done.mine_changed, [voter]);
    assert_eq!(stage.room.mine(voter).expect("is here").votes, [a]);
    let done = stage.say(1, RoomCommand::Remove { items: vec![a] });
    assert_eq!(done.mine_changed, [voter]);
    assert!(stage.room.mine(voter).expect("is here").votes.is_empty());
}

/// Case 30.
#[test]
fn a_restart_wins_no_vote_for_who_is_back_first() {
    let mut stage = Stage::of(4);
    let [a, b] = ["a", "b"].map(|name| stage.add(1, name, 600_000));
    stage.say(1, RoomCommand::Play);
    vote_skip(&mut stage, 1);
    let seats = (1..=4).map(seat).collect();
    stage.tell(Command::SeatsGone { seats }).expect("go");
    assert_eq!(stage.on(), Some(a), "the server let all go at once");
    stage.tell(Command::Restarted).expect("starts again");
    for number in 1..=3 {
        stage.enter(number, number);
        let skip = stage.room.snapshot().state.skip;
        assert_eq!((skip.votes, skip.needed), (1, 2), "{number} are back");
        assert_eq!(stage.on(), Some(a), "{number} are back");
    }
    stage
        .tell(Command::SeatsGone {
            seats: vec![seat(3)],
        })
        .expect("goes");
    assert_eq!(
        stage.on(),
        Some(a),
        "two are here, and the fourth is expected"
    );
    stage.wait(130_000);
    assert_eq!(stage.on(), Some(b));
}

#[test]
fn votes_to_skip_what_is_paused_go_on_to_the_next_and_leave_it_paused() {
    for casts in [false, true] {
        let mut stage = Stage::of(2);
        let [_, b, c] = ["a", "b", "c"].map(|name| stage.add(1, name, 60_000));
        stage.say(1, RoomCommand::Play);
        if casts {
            let cast = Command::CastStarted { seat: seat(1) };
            stage.tell(cast).expect("casts");
        } else {
            stage.say(1, RoomCommand::Pause);
        }
        for next in [b, c] {
            vote_skip(&mut stage, 2);
            let there = stage.playback();
            assert!(
                matches!(there, Playback::Paused { item, position_ms: 0, .. } if item == next),
                "{there:?}"
            );
        }
        vote_skip(&mut stage, 2);
        stage.add(1, "d", 60_000);
        assert_eq!(stage.playback(), Playback::Idle);
    }
}

#[test]
fn votes_to_skip_go_with_the_item_and_everybody_hears_it() {
    let mut stage = Stage::of(4);
    for name in ["a", "b"] {
        stage.add(1, name, 60_000);
    }
    stage.say(1, RoomCommand::Play);
    vote_skip(&mut stage, 2);
    assert_eq!(stage.room.snapshot().state.skip.votes, 1);
    let events = stage.wait(stage.start_at() + 60_000);
    let (votes, needed) = (0, 2);
    let votes = protocol::room::SkipVotes { votes, needed };
    assert!(events.contains(&Event::SkipVotes { votes }));
    assert_eq!(stage.room.snapshot().state.skip, votes);
}
