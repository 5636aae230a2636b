//! A recorded evening in a room, replayed: two people fill a queue, vote, skip, drop and come back.

use room::tape::Tape;

/// The tape, and the fingerprint after each of its steps.
const EVENING: &str = include_str!("data/evening.jsonl");
const HASHES: &str = include_str!("data/evening.hashes");

#[test]
fn a_recorded_tape_leads_to_the_same_room_as_when_it_was_recorded() {
    let tape = Tape::parse(EVENING).expect("a tape");
    let mut room = tape.open();
    let mut hashes = String::new();
    for step in &tape.steps {
        step.tell(&mut room)
            .expect("it was carried out when it was recorded");
        hashes += &format!("{} {}\n", room.position().seq, room.hash());
    }
    assert_eq!(hashes, HASHES);
}

#[test]
fn a_tape_reads_as_it_was_written() {
    let tape = Tape::parse(EVENING).expect("a tape");
    assert_eq!(Tape::parse(&tape.write()).expect("a tape"), tape);
}

#[test]
fn what_is_no_tape_is_refused_with_its_line() {
    assert!(Tape::parse("").is_err());
    let bad = format!("{}\n{{}}\n", EVENING.lines().next().expect("has a line"));
    let error = Tape::parse(&bad).expect_err("a step says what it is");
    assert!(error.to_string().starts_with("line 2"), "{error}");
}
