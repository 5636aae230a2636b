//! What may come into the queue: where it is curated, too long, or there already.

use protocol::room::{Grant, RemovedFor};

use super::*;

fn suggest(name: &str) -> RoomCommand {
    let item = demo(name, 60_000);
    RoomCommand::Suggest { item }
}

fn unmeasured(name: &str) -> NewItem {
    NewItem {
        duration_ms: None,
        ..demo(name, 1_000)
    }
}

#[test]
fn where_the_queue_is_curated_only_who_decides_what_is_in_it_adds_and_the_others_suggest() {
    let mut stage = Stage::of(2);
    let guest = stage.room.person_of(seat(2)).expect("is here");
    let may_add = |stage: &Stage| {
        let mine = stage.room.mine(guest).expect("is here");
        mine.grants.contains(&Grant::Add)
    };
    assert!(may_add(&stage));
    let change = Box::new(SettingsChange {
        mode: Some(QueueMode::Curated),
        ..SettingsChange::default()
    });
    let done = stage.say(1, RoomCommand::Configure { change });
    assert!(done.mine_changed.contains(&guest) && !may_add(&stage));
    let items = vec![demo("a", 60_000)];
    let add = RoomCommand::Add { items, next: false };
    let refused = stage.try_say(2, add).expect_err("a guest suggests");
    assert_eq!(refused.code, RejectCode::Forbidden);
    assert_eq!(refused.reason, "this queue is curated: suggest it instead");
    stage.say(2, suggest("a"));
    stage.add(1, "b", 60_000);
    assert_eq!(stage.refused(2, RoomCommand::Play), RejectCode::Forbidden);
    let (person, rank) = (guest, Some(Rank::Dj));
    let extra = None;
    stage.say(
        1,
        RoomCommand::Grant {
            person,
            rank,
            extra,
        },
    );
    assert!(may_add(&stage));
    stage.add(2, "c", 60_000);
    assert_eq!(stage.titles(), ["b", "c"]);
}

#[test]
fn what_turns_out_to_be_longer_than_the_room_allows_is_refused_late() {
    let mut stage = Stage::of(2);
    stage.configure(SettingsChange {
        item_minutes_max: Some(1),
        ..SettingsChange::default()
    });
    let items = ["a", "b", "c"].map(unmeasured).to_vec();
    stage.say(2, RoomCommand::Add { items, next: false });
    let item = unmeasured("d");
    stage.say(2, RoomCommand::Suggest { item });
    stage.say(1, RoomCommand::Play);
    let state = stage.room.snapshot().state;
    let [a, d] = [&state.current.expect("plays"), &state.suggestions[0]].map(|item| item.id);
    let [b, c] = [0, 1].map(|place| state.queue[place].id);
    let measured = |item, duration_ms| RoomCommand::Measured { item, duration_ms };
    for (item, on) in [(c, a), (d, a), (a, b)] {
        let done = stage.say(2, measured(item, 60_001));
        let told = &done.events[0];
        let (items, why) = (vec![item], RemovedFor::Refused);
        assert_eq!(told.event, Event::Removed { items, why });
        assert_eq!(told.by, None, "the rule takes it out");
        assert_eq!(stage.on(), Some(on));
    }
    stage.say(2, measured(b, 60_000));
    let state = stage.room.snapshot().state;
    assert!(state.queue.is_empty() && state.suggestions.is_empty() && state.history.is_empty());
    assert_eq!(state.current.expect("plays on").duration_ms, Some(60_000));
    assert_eq!(stage.refused(2, measured(a, 60_001)), RejectCode::Stale);
}

#[test]
fn what_is_there_is_neither_suggested_nor_approved() {
    let mut stage = Stage::of(2);
    stage.add(1, "a", 60_000);
    assert_eq!(stage.refused(2, suggest("a")), RejectCode::Duplicate);
    stage.say(2, suggest("b"));
    stage.add(1, "b", 60_000);
    let item = stage.room.snapshot().state.suggestions[0].id;
    let approve = |allow| RoomCommand::Approve { item, allow };
    assert_eq!(stage.refused(1, approve(true)), RejectCode::Duplicate);
    stage.say(1, approve(false));
    assert_eq!(stage.titles(), ["a", "b"]);
}

#[test]
fn undoing_a_removal_leaves_out_what_is_there_again() {
    let mut stage = Stage::of(2);
    let items = ["a", "b"].map(|name| stage.add(1, name, 60_000)).to_vec();
    let removed = stage.say(1, RoomCommand::Remove { items });
    let seq = removed.events[0].seq;
    stage.add(2, "a", 60_000);
    stage.say(1, RoomCommand::Undo { seq });
    assert_eq!(stage.titles(), ["a", "b"]);
    let items = vec![stage.queue()[1]];
    let removed = stage.say(1, RoomCommand::Remove { items });
    let seq = removed.events[0].seq;
    stage.add(2, "b", 60_000);
    let undo = RoomCommand::Undo { seq };
    assert_eq!(stage.refused(1, undo.clone()), RejectCode::Duplicate);
    stage.configure(SettingsChange {
        allow_duplicates: Some(true),
        ..SettingsChange::default()
    });
    stage.say(1, undo);
    assert_eq!(stage.titles(), ["a", "b", "b"]);
}
