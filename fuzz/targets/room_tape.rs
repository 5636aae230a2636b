//! Lets a room with a queue be told anything: each line of the input is a step of a tape, or an edit of one that is known.
//!
//! Whatever it is told, at whatever moment, it must not panic; a rejected command changes nothing, events are numbered
//! without holes, no bound is passed, and what a store would keep reads back as the same room.

#![no_main]

use libfuzzer_sys::fuzz_target;
use protocol::room::{Preset, RoomEvent};
use room::tape::Step;
use room::{HISTORY_MAX, QUEUE_MAX, Room};

/// An evening as it was recorded: the fuzzer's way into commands that make sense.
const KNOWN: &str = include_str!("../../crates/room/tests/data/evening.jsonl");
/// Steps of one input: enough for a room to get anywhere, few enough to be quick.
const STEPS_MAX: usize = 64;

/// A line says a step itself, or, after a byte that no text has, the number of a known one and edits of it: a place and
/// a byte each.
fn step(line: &[u8]) -> Option<Step> {
    let [0xff, number, edits @ ..] = line else {
        return serde_json::from_slice(line).ok();
    };
    let known: Vec<&str> = KNOWN.lines().skip(1).collect();
    let mut text = known[usize::from(*number) % known.len()]
        .as_bytes()
        .to_vec();
    for edit in edits.chunks_exact(2) {
        if let Some(byte) = text.get_mut(usize::from(edit[0])) {
            *byte = edit[1];
        }
    }
    serde_json::from_slice(&text).ok()
}

fn check_events(events: &[RoomEvent], before: u64, room: &Room) {
    let numbers = events.iter().map(|event| event.seq);
    assert!(numbers.eq(before + 1..=room.position().seq));
}

fn check_bounds(room: &Room) {
    let state = room.snapshot().state;
    assert!(state.queue.len() <= QUEUE_MAX && state.suggestions.len() <= QUEUE_MAX);
    assert!(state.history.len() <= HISTORY_MAX);
    let ids = state.queue.iter().chain(&state.current).map(|item| item.id);
    let mut ids: Vec<_> = ids.collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an item stands in one place");
}

fuzz_target!(|input: &[u8]| {
    let mut room = Room::open(None, Preset::Party, 1);
    let lines = input.split(|byte| *byte == b'\n');
    for step in lines.filter_map(step).take(STEPS_MAX) {
        let (before, seq) = (room.clone(), room.position().seq);
        match step.tell(&mut room) {
            Ok(done) => check_events(&done.events, seq, &room),
            Err(_) => assert!(room == before, "a rejected command changes nothing"),
        }
    }
    check_bounds(&room);
    let text = serde_json::to_string(&room).expect("a room has a JSON form");
    let again: Room = serde_json::from_str(&text).expect("it reads back");
    assert!(again == room && again.hash() == room.hash());
});
