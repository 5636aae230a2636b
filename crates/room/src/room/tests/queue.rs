//! The queue: its order, its bounds, and undoing.

use super::*;
use protocol::room::ItemView;

/// Case 11.
#[test]
fn two_who_reorder_while_a_third_adds_lose_nothing() {
    let mut stage = Stage::of(2);
    let [a, b, c] = ["a", "b", "c"].map(|name| stage.add(1, name, 60_000));
    stage.say(
        1,
        RoomCommand::Move {
            item: c,
            before: Some(a),
        },
    );
    let d = stage.add(2, "d", 60_000);
    stage.say(
        1,
        RoomCommand::Move {
            item: a,
            before: None,
        },
    );
    assert_eq!(stage.queue(), [c, b, d, a]);
    let to_what_is_gone = RoomCommand::Move {
        item: a,
        before: Some(ItemId::from_bits(7)),
    };
    assert_eq!(stage.refused(1, to_what_is_gone), RejectCode::Stale);
}

/// Case 12.
#[test]
fn removing_before_after_and_at_what_is_on_leaves_what_the_rules_say() {
    let mut stage = Stage::of(1);
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|name| stage.add(1, name, 60_000));
    stage.say(1, RoomCommand::Play);
    stage.say(1, RoomCommand::Skip);
    stage.say(1, RoomCommand::Remove { items: vec![c] });
    assert_eq!((stage.on(), stage.queue()), (Some(b), vec![d]));
    let played = RoomCommand::Remove { items: vec![a] };
    assert_eq!(stage.refused(1, played), RejectCode::Stale);
    stage.say(1, RoomCommand::Remove { items: vec![b] });
    assert_eq!((stage.on(), stage.queue()), (Some(d), vec![]));
    stage.say(1, RoomCommand::Remove { items: vec![d, c] });
    assert_eq!((stage.playback(), stage.queue()), (Playback::Idle, vec![]));
    let history = stage.room.snapshot().state.history;
    assert_eq!(history.iter().map(|item| item.id).collect::<Vec<_>>(), [a]);
}

#[test]
fn people_take_turns() {
    let mut stage = Stage::of(3);
    stage.mode(QueueMode::Turns);
    for (person, name) in [
        (1, "a1"),
        (1, "a2"),
        (1, "a3"),
        (2, "b1"),
        (3, "c1"),
        (2, "b2"),
    ] {
        stage.add(person, name, 60_000);
    }
    assert_eq!(stage.titles(), ["a1", "b1", "c1", "a2", "b2", "a3"]);
    stage.say(1, RoomCommand::Play);
    assert_eq!(stage.titles(), ["b1", "c1", "a2", "b2", "a3"]);
    stage.add(3, "c2", 60_000);
    assert_eq!(stage.titles(), ["b1", "c1", "a2", "b2", "c2", "a3"]);
    let moved = RoomCommand::Move {
        item: stage.queue()[0],
        before: None,
    };
    assert_eq!(stage.refused(1, moved), RejectCode::Invalid);
}

#[test]
fn the_bounds_of_the_queue_hold() {
    let mut stage = Stage::of(2);
    stage.configure(SettingsChange {
        items_per_person_max: Some(2),
        item_minutes_max: Some(1),
        ..SettingsChange::default()
    });
    let add = |names: &[(&str, u64)]| RoomCommand::Add {
        items: names.iter().map(|(name, ms)| demo(name, *ms)).collect(),
        next: false,
    };
    assert_eq!(stage.refused(2, add(&[("a", 60_001)])), RejectCode::Limit);
    assert_eq!(stage.refused(2, add(&[("a", 0)])), RejectCode::Invalid);
    let some_admissible = [("a", 60_000), ("a", 60_000), ("c", 60_001), ("b", 60_000)];
    stage.say(2, add(&some_admissible));
    assert_eq!(stage.titles(), ["a", "b"]);
    assert_eq!(
        stage.refused(1, add(&[("a", 60_000)])),
        RejectCode::Duplicate
    );
    assert_eq!(stage.refused(2, add(&[("c", 60_000)])), RejectCode::Limit);
    stage.configure(SettingsChange {
        items_per_person_max: Some(500),
        allow_duplicates: Some(true),
        ..SettingsChange::default()
    });
    for _ in 0..498 {
        stage.now += 250;
        stage.add(1, "a", 60_000);
    }
    assert_eq!(stage.queue().len(), crate::room::QUEUE_MAX);
    assert_eq!(stage.refused(1, add(&[("c", 60_000)])), RejectCode::Limit);
}

#[test]
fn items_may_be_added_before_all_others() {
    let mut stage = Stage::of(1);
    stage.add(1, "a", 60_000);
    let items = vec![demo("b", 60_000), demo("c", 60_000)];
    stage.say(1, RoomCommand::Add { items, next: true });
    assert_eq!(stage.titles(), ["b", "c", "a"]);
}

#[test]
fn ones_own_latest_change_is_undone() {
    let mut stage = Stage::of(2);
    let [a, b, c] = ["a", "b", "c"].map(|name| stage.add(1, name, 60_000));
    let undo = |done: &Done| RoomCommand::Undo {
        seq: done.events.first().expect("it did something").seq,
    };
    for change in [
        RoomCommand::Remove { items: vec![a, b] },
        RoomCommand::Clear,
        RoomCommand::Move {
            item: a,
            before: None,
        },
        RoomCommand::Shuffle,
        RoomCommand::Add {
            items: vec![demo("d", 60_000)],
            next: true,
        },
    ] {
        let mut done = stage.say(1, change.clone());
        while done.events.is_empty() {
            done = stage.say(1, change.clone());
        }
        assert_eq!(stage.refused(2, undo(&done)), RejectCode::Stale);
        let undone = stage.say(1, undo(&done));
        assert!(matches!(undone.events[0].event, Event::Undone { .. }));
        assert_eq!(stage.queue(), [a, b, c], "{change:?}");
        assert_eq!(stage.refused(1, undo(&done)), RejectCode::Stale);
    }
}

#[test]
fn a_skip_is_undone_to_where_it_was() {
    for repeat in [Repeat::None, Repeat::All] {
        let mut stage = Stage::of(1);
        stage.repeat(repeat);
        let [a, b, c] = ["a", "b", "c"].map(|name| stage.add(1, name, 60_000));
        stage.say(1, RoomCommand::Play);
        stage.now = stage.start_at() + 12_000;
        let done = stage.say(1, RoomCommand::PlayNow { item: c });
        let seq = done.events[0].seq;
        stage.say(1, RoomCommand::Undo { seq });
        assert_eq!((stage.on(), stage.queue()), (Some(a), vec![c, b]));
        assert!(matches!(
            stage.playback(),
            Playback::Playing {
                position_ms: 12_000,
                ..
            }
        ));
        assert!(stage.room.snapshot().state.history.is_empty());
    }
}

#[test]
fn what_is_suggested_waits_for_somebody_to_approve() {
    let mut stage = Stage::of(2);
    stage.mode(QueueMode::Curated);
    let suggest = |name| RoomCommand::Suggest {
        item: demo(name, 60_000),
    };
    stage.say(2, suggest("a"));
    stage.say(2, suggest("b"));
    assert_eq!(stage.refused(2, suggest("a")), RejectCode::Duplicate);
    let suggestions = stage.room.snapshot().state.suggestions;
    let approve = |place: usize, allow| RoomCommand::Approve {
        item: suggestions[place].id,
        allow,
    };
    assert_eq!(stage.refused(2, approve(0, true)), RejectCode::Forbidden);
    stage.say(1, approve(0, true));
    stage.say(1, approve(1, false));
    assert_eq!(stage.titles(), ["a"]);
    assert!(stage.room.snapshot().state.suggestions.is_empty());
    assert_eq!(stage.refused(1, approve(0, true)), RejectCode::Stale);
}

#[test]
fn what_is_exported_is_what_has_played_what_is_on_and_what_follows() {
    let mut stage = Stage::of(1);
    for name in ["a", "b", "c", "d"] {
        stage.add(1, name, 60_000);
    }
    stage.say(1, RoomCommand::Play);
    stage.say(1, RoomCommand::Skip);
    stage.say(1, RoomCommand::Skip);
    let songs = stage.room.export();
    let titles = |items: Vec<ItemView>| -> Vec<String> {
        items.into_iter().map(|item| item.title).collect()
    };
    assert_eq!(titles(songs.played), ["a", "b"]);
    assert_eq!(songs.on.unwrap().title, "c");
    assert_eq!(titles(songs.queue), ["d"]);
}

/// What needs a grant to steer and fill the queue.
fn steering(on: ItemId, queued: ItemId) -> Vec<RoomCommand> {
    let (items, item) = (vec![demo("c", 60_000)], queued);
    vec![
        RoomCommand::Play,
        RoomCommand::Pause,
        RoomCommand::Seek { position_ms: 1.0 },
        RoomCommand::Skip,
        RoomCommand::Previous,
        RoomCommand::PlayNow { item },
        RoomCommand::Add { items, next: false },
        RoomCommand::Remove { items: vec![item] },
        RoomCommand::Remove { items: vec![on] },
        RoomCommand::Move { item, before: None },
        RoomCommand::Clear,
        RoomCommand::Shuffle,
        RoomCommand::Vote { item },
        RoomCommand::Unvote { item },
        RoomCommand::VoteSkip { item: on },
        RoomCommand::Suggest {
            item: demo("c", 60_000),
        },
        RoomCommand::Approve { item, allow: true },
    ]
}

/// What needs a grant among people.
fn keeping_order(person: PersonId) -> Vec<RoomCommand> {
    let text = base::Personal::new("hello".into());
    let reaction = protocol::room::Reaction::Heart;
    let (rank, invite) = (Rank::Guest, base::InviteId::from_bits(1));
    let (uses, expires_in_s) = (1, 60);
    vec![
        RoomCommand::React { reaction },
        RoomCommand::Chat { text },
        RoomCommand::Grant {
            person,
            rank: Some(rank),
            extra: None,
        },
        RoomCommand::Kick { person },
        RoomCommand::Ban { person },
        RoomCommand::Pardon,
        RoomCommand::Transfer { person },
        RoomCommand::Invite {
            rank,
            uses,
            expires_in_s,
        },
        RoomCommand::Revoke { invite },
        RoomCommand::Configure {
            change: Box::default(),
        },
        RoomCommand::Archive,
    ]
}

/// Case 27.
#[test]
fn a_guest_without_the_grant_changes_nothing_and_nobody_hears() {
    let mut stage = Stage::of(2);
    let [a, b] = ["a", "b"].map(|name| stage.add(1, name, 60_000));
    stage.say(1, RoomCommand::Play);
    let owner = stage.room.person_of(seat(1)).expect("is here");
    stage.configure(SettingsChange {
        grants: Some([(Rank::Guest, Vec::new())].into()),
        ..SettingsChange::default()
    });
    let hash = stage.room.hash();
    let all = steering(a, b).into_iter().chain(keeping_order(owner));
    for command in all {
        let told = format!("{command:?}");
        assert_eq!(stage.refused(2, command), RejectCode::Forbidden, "{told}");
        assert_eq!(stage.room.hash(), hash, "{told}");
    }
}
