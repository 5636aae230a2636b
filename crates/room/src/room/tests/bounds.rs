//! What does not grow, however long a room is used, and whose data it holds.

use super::*;

#[test]
fn what_can_be_put_back_is_bounded_for_all_together() {
    let mut stage = Stage::of(1);
    for person in 2..=20 {
        stage.enter(person, person);
        let items = (0..100).map(|number| demo(&format!("{person}-{number}"), 5_000));
        let items = items.collect();
        let done = stage.say(person, RoomCommand::Add { items, next: false });
        let ids = done.events.iter().find_map(|event| match &event.event {
            Event::Added { items, .. } => Some(items.iter().map(|item| item.id).collect()),
            _ => None,
        });
        let items: Vec<ItemId> = ids.expect("they were added");
        stage.say(person, RoomCommand::Remove { items });
    }
    let last = stage.seq();
    let undone = |stage: &mut Stage, person| stage.try_say(person, RoomCommand::Undo { seq: last });
    assert!(undone(&mut stage, 20).is_ok());
    let kept = serde_json::to_string(&stage.room).unwrap();
    assert!(kept.len() < 200_000, "{}", kept.len());
}

#[test]
fn turns_of_those_who_are_gone_are_forgotten() {
    let mut stage = Stage::of(1);
    stage.add(1, "first", 60_000);
    stage.say(1, RoomCommand::Play);
    for person in 2..=50 {
        stage.enter(person, person);
        stage.add(person, &format!("after-{person}"), 60_000);
        stage.say(person, RoomCommand::Leave);
        stage.now += 1_000;
        stage.say(1, RoomCommand::Skip);
    }
    assert!(stage.room.queue.turns.len() <= 3);
}

#[test]
fn titles_are_cleaned_and_one_that_says_nothing_is_none() {
    let mut stage = Stage::of(1);
    let mut tricky = demo("tide", 5_000);
    tricky.title = Some(format!("\u{202e}Low{} Tide", "\u{200b}".repeat(100)));
    tricky.artist = Some("\u{2067}\u{200b}".to_owned());
    let mut empty = demo("water", 5_000);
    empty.title = Some("\u{200b}".to_owned());
    let items = vec![tricky, empty];
    stage.say(1, RoomCommand::Add { items, next: false });
    assert_eq!(stage.titles(), ["Low Tide", "water"]);
    assert_eq!(stage.room.snapshot().state.queue[0].artist, None);
}

#[test]
fn the_state_names_everybody_whose_data_it_holds() {
    let mut stage = Stage::of(3);
    let banned = stage.room.person_of(seat(2)).unwrap();
    stage.say(1, RoomCommand::Ban { person: banned });
    stage.say(1, RoomCommand::Leave);
    stage
        .tell(Command::SeatsGone {
            seats: vec![seat(3)],
        })
        .unwrap();
    stage.wait(130_000);
    assert!(stage.room.is_left());
    let kept = serde_json::to_string(&stage.room).unwrap();
    for number in 1..=3 {
        let one = principal(number);
        assert!(kept.contains(&one.to_string()));
        assert!(stage.room.principals().any(|held| *held == one));
        let was_let_in = number != 2;
        assert_eq!(stage.room.knows(&one, at(stage.now)), was_let_in);
    }
}

#[test]
fn what_nobody_hears_of_is_to_last_where_it_matters() {
    let mut stage = Stage::of(2);
    assert!(stage.say(1, RoomCommand::Pardon).must_last);
    assert!(
        stage.say(1, RoomCommand::Play).must_last,
        "it starts when something comes"
    );
    assert!(stage.say(1, RoomCommand::Pause).must_last, "it does not");
    assert!(!stage.say(1, RoomCommand::Pause).must_last);
    for kick in [true, false] {
        let person = stage.enter(2, 9);
        let seats = vec![seat(2), seat(9)];
        stage.tell(Command::SeatsGone { seats }).unwrap();
        stage.wait(130_000);
        let done = stage.say(
            1,
            match kick {
                true => RoomCommand::Kick { person },
                false => RoomCommand::Ban { person },
            },
        );
        assert!(done.must_last && done.events.is_empty());
        stage.say(1, RoomCommand::Pardon);
    }
    stage.enter(2, 2);
    let text = base::Personal::new("hello".to_owned());
    stage.say(2, RoomCommand::Chat { text });
    stage.now += 25 * 3_600_000;
    assert!(
        stage.tell(Command::Tick).unwrap().must_last,
        "a line was forgotten"
    );
}

#[test]
fn suggestions_are_bounded_for_all_together() {
    let mut stage = Stage::of(3);
    let suggest = |person: u8, number: u8| RoomCommand::Suggest {
        item: demo(&format!("{person}-{number}"), 60_000),
    };
    for number in 0..50 {
        for person in [2, 3] {
            stage.now += 200;
            stage.say(person, suggest(person, number));
        }
    }
    let suggested = stage.room.snapshot().state.suggestions.len();
    assert_eq!(suggested, crate::room::SUGGESTIONS_MAX);
    assert_eq!(stage.refused(1, suggest(1, 0)), RejectCode::Limit);
}

#[test]
fn a_room_says_when_something_of_people_is_kept_no_longer() {
    let mut stage = Stage::of(2);
    assert_eq!(stage.room.forgets_at(), None);
    let text = base::Personal::new("hello".to_owned());
    stage.say(1, RoomCommand::Chat { text });
    let a_day = 24 * 3_600_000;
    assert_eq!(stage.room.forgets_at(), Some(at(a_day)));
    stage.say(1, RoomCommand::Leave);
    stage
        .tell(Command::SeatsGone {
            seats: vec![seat(2)],
        })
        .unwrap();
    assert_eq!(stage.room.forgets_at(), Some(at(120_000)), "the place");
    stage.wait(120_000);
    assert_eq!(stage.room.forgets_at(), Some(at(a_day)));
    stage.wait(a_day);
    assert_eq!(stage.room.forgets_at(), None);
    let kept = serde_json::to_string(&stage.room).unwrap();
    assert!(!kept.contains("hello") && !kept.contains(&principal(2).to_string()));
}
