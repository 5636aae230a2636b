//! Undoing where the order is the room's own.

use super::client::Client;
use super::*;

#[test]
fn undoing_where_people_take_turns_leads_everybody_to_the_order_as_it_was() {
    let mut stage = Stage::of(2);
    stage.mode(QueueMode::Turns);
    for (person, name) in [(1, "a1"), (1, "a2"), (2, "b1"), (1, "a3"), (2, "b2")] {
        stage.add(person, name, 60_000);
    }
    assert_eq!(stage.titles(), ["a1", "b1", "a2", "b2", "a3"]);
    let mut client = Client::new(stage.room.snapshot());
    let items = vec![stage.queue()[2]];
    let removed = stage.say(1, RoomCommand::Remove { items });
    assert_eq!(stage.titles(), ["a1", "b1", "a3", "b2"]);
    let items = vec![demo("b3", 60_000)];
    let added = stage.say(2, RoomCommand::Add { items, next: false });
    let seq = removed.events[0].seq;
    let undone = stage.say(1, RoomCommand::Undo { seq });
    assert_eq!(stage.titles(), ["a1", "b1", "a2", "b2", "a3", "b3"]);
    let seq = added.events[0].seq;
    let taken_back = stage.say(2, RoomCommand::Undo { seq });
    assert_eq!(stage.titles(), ["a1", "b1", "a2", "b2", "a3"]);
    for done in [removed, added, undone, taken_back] {
        for event in &done.events {
            client.hear(event);
        }
    }
    assert_eq!(client.state, stage.room.snapshot().state);
}

#[test]
fn undoing_a_big_removal_where_people_take_turns_tells_one_order() {
    let mut stage = Stage::of(4);
    stage.mode(QueueMode::Turns);
    for number in 0..24 {
        let person = u8::try_from(number % 4).unwrap() + 1;
        stage.add(person, &format!("item {number}"), 60_000);
    }
    let before = stage.queue();
    let mut client = Client::new(stage.room.snapshot());
    let items = [2, 3, 5, 6, 9, 11, 14, 20]
        .map(|place| before[place])
        .to_vec();
    let removed = stage.say(1, RoomCommand::Remove { items });
    let seq = removed.events[0].seq;
    let undone = stage.say(1, RoomCommand::Undo { seq });
    assert_eq!(stage.queue(), before);
    let is_order = |event: &&protocol::room::RoomEvent| matches!(event.event, Event::Order { .. });
    assert!(undone.events.iter().filter(is_order).count() <= 1);
    for event in removed.events.iter().chain(&undone.events) {
        client.hear(event);
    }
    assert_eq!(client.state, stage.room.snapshot().state);
}

#[test]
fn undoing_does_not_bring_back_the_votes_of_who_has_left() {
    let mut stage = Stage::of(2);
    let item = stage.add(1, "a", 60_000);
    stage.say(2, RoomCommand::Vote { item });
    let removed = stage.say(1, RoomCommand::Remove { items: vec![item] });
    stage.say(2, RoomCommand::Leave);
    let seq = removed.events[0].seq;
    stage.say(1, RoomCommand::Undo { seq });
    assert_eq!(stage.room.snapshot().state.queue[0].votes, 0);
    stage.enter(2, 3);
    stage.say(3, RoomCommand::Vote { item });
    assert_eq!(stage.room.snapshot().state.queue[0].votes, 1);
}
