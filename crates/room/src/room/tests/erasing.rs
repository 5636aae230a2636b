//! Who takes all that is theirs out of a room leaves nothing but what they wished for.

use base::Personal;

use super::*;

const NAME: &str = "canary-name";
const LINE: &str = "canary-line";

fn text(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

/// A room of three in which the second has a name, a line, a vote and an item.
fn lively() -> (Stage, ItemId) {
    let mut stage = Stage::of(3);
    stage.mode(QueueMode::Votes);
    let item = stage.add(2, "tide", 1_000);
    stage.say(2, RoomCommand::Rename { name: text(NAME) });
    stage.say(2, RoomCommand::Chat { text: text(LINE) });
    stage.say(
        3,
        RoomCommand::Chat {
            text: text("a line of another"),
        },
    );
    (stage, item)
}

fn json(room: &Room) -> String {
    serde_json::to_string(room).expect("a room has a JSON form")
}

fn erase(stage: &mut Stage, person: u8) -> Done {
    let principal = principal(person);
    stage
        .tell(Command::Erase { principal })
        .expect("it is never refused")
}

fn is_held(stage: &Stage, person: u8) -> bool {
    stage
        .room
        .principals()
        .any(|held| *held == principal(person))
}

#[test]
fn who_is_erased_leaves_no_name_no_line_and_no_trace_of_the_device() {
    let (mut stage, item) = lively();
    assert!(json(&stage.room).contains(NAME) && json(&stage.room).contains(LINE));
    let done = erase(&mut stage, 2);
    assert!(done.must_last && done.is_unsaid);
    let state = json(&stage.room);
    for canary in [NAME, LINE, &principal(2).to_string()] {
        assert!(!state.contains(canary), "{canary}");
    }
    assert!(!is_held(&stage, 2) && is_held(&stage, 3));
    assert!(state.contains("a line of another"));
    let queue = stage.room.snapshot().state;
    let items: Vec<ItemId> = queue
        .current
        .iter()
        .chain(&queue.queue)
        .map(|it| it.id)
        .collect();
    assert_eq!(items, [item], "what they wished for stays");
    assert_eq!(done.dismissed.len(), 1, "and they are sent away");
}

#[test]
fn who_went_before_takes_their_lines_along_as_well() {
    let (mut stage, _) = lively();
    stage.say(2, RoomCommand::Leave);
    assert!(is_held(&stage, 2), "their lines are still kept");
    erase(&mut stage, 2);
    let state = json(&stage.room);
    assert!(!state.contains(NAME) && !state.contains(LINE));
    assert!(!is_held(&stage, 2));
}

#[test]
fn a_line_that_is_over_no_longer_says_who_wrote_it() {
    let (mut stage, _) = lively();
    stage.say(2, RoomCommand::Leave);
    stage.now += 25 * 3_600_000;
    stage.tell(Command::Tick).expect("time passes");
    assert!(!is_held(&stage, 2));
}

#[test]
fn a_room_whose_owner_is_erased_is_run_by_somebody_else() {
    let (mut stage, _) = lively();
    erase(&mut stage, 1);
    assert!(!is_held(&stage, 1));
    let people = stage.room.snapshot().state.people;
    let ranks: Vec<Rank> = people.iter().map(|person| person.rank).collect();
    assert_eq!(people.len(), 2);
    assert!(ranks.contains(&Rank::Host), "{ranks:?}");
}

#[test]
fn erasing_somebody_who_was_never_here_changes_nothing() {
    let (mut stage, _) = lively();
    let before = json(&stage.room);
    let done = erase(&mut stage, 9);
    assert_eq!((json(&stage.room), done.events.len()), (before, 0));
}

#[test]
fn a_copy_holds_all_of_one_person_and_nothing_of_another() {
    let (mut stage, item) = lively();
    stage.say(2, RoomCommand::Leave);
    let part = stage.room.part_of(&principal(2));
    let lines: Vec<&str> = part
        .lines
        .iter()
        .map(|line| line.text.expose().as_str())
        .collect();
    assert_eq!(
        (lines, part.items.len()),
        (vec![LINE], 0),
        "a person who went is no longer known by their wishes"
    );
    stage.enter(2, 4);
    let part = stage.room.part_of(&principal(3));
    let json = serde_json::to_string(&part).expect("a part has a JSON form");
    assert!(json.contains("a line of another"));
    assert!(!json.contains(LINE) && !json.contains(NAME) && !json.contains(&item.to_string()));
}
