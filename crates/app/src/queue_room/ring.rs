//! The latest events of a room, for those who come back.

use std::collections::VecDeque;

use protocol::room::{Event, RoomEvent};
use store::EVENTS_MAX;

/// Items that came in by the events that are held. They are most of what an event can weigh; whoever missed more is
/// given the whole state, which is smaller.
const ITEMS_MAX: usize = 1_000;

/// The latest events, without holes, the oldest first.
#[derive(Default)]
pub(super) struct Ring {
    events: VecDeque<RoomEvent>,
    items: usize,
}

impl Ring {
    /// Holds one more. What was taken back is not told again, nor what came before it.
    pub(super) fn remember(&mut self, event: RoomEvent) {
        if let Event::Unsaid { line } = event.event {
            while self.events.front().is_some_and(|first| first.seq <= line) {
                self.forget_first();
            }
        }
        self.items += items(&event);
        self.events.push_back(event);
        while self.events.len() > EVENTS_MAX as usize || self.items > ITEMS_MAX {
            self.forget_first();
        }
    }

    fn forget_first(&mut self) {
        if let Some(first) = self.events.pop_front() {
            self.items -= items(&first);
        }
    }

    /// What came after `seq`.
    pub(super) fn after(&self, seq: u64) -> impl Iterator<Item = &RoomEvent> {
        self.events.iter().filter(move |event| event.seq > seq)
    }

    /// The last event that was heard.
    pub(super) fn last_seq(&self) -> u64 {
        self.events.back().map_or(0, |event| event.seq)
    }

    /// The last event that is told to nobody any more.
    pub(super) fn untold(&self) -> u64 {
        self.events.front().map_or(0, |event| event.seq - 1)
    }
}

fn items(event: &RoomEvent) -> usize {
    match &event.event {
        Event::Added { items, .. } => items.len(),
        _ => 0,
    }
}

/// The last line of the chat that `events` take back: neither it nor what came before it is told any more.
pub(super) fn taken_back<'e>(events: impl Iterator<Item = &'e RoomEvent>) -> u64 {
    let lines = events.filter_map(|event| match event.event {
        Event::Unsaid { line } => Some(line),
        _ => None,
    });
    lines.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{ItemId, PersonId, Timestamp};
    use protocol::room::{ItemView, Source};

    fn event(seq: u64, event: Event) -> RoomEvent {
        RoomEvent {
            seq,
            at: Timestamp::default(),
            by: None,
            event,
        }
    }

    fn seqs(ring: &Ring) -> Vec<u64> {
        ring.after(0).map(|event| event.seq).collect()
    }

    #[test]
    fn the_latest_events_are_held_and_no_more() {
        let mut ring = Ring::default();
        let last = u64::from(EVENTS_MAX) + 3;
        (1..=last).for_each(|seq| ring.remember(event(seq, Event::Archived)));
        assert_eq!(seqs(&ring), (4..=last).collect::<Vec<_>>());
        assert_eq!((ring.untold(), ring.last_seq()), (3, last));
    }

    #[test]
    fn what_weighs_too_much_is_held_for_a_shorter_time() {
        let item = ItemView {
            id: ItemId::from_bits(1),
            source: Source::Demo {
                name: "tide".to_owned(),
            },
            title: String::new(),
            artist: None,
            duration_ms: None,
            added_by: PersonId::from_bits(1),
            votes: 0,
        };
        let mut ring = Ring::default();
        for seq in 1..=100 {
            let (items, before) = (vec![item.clone(); 100], None);
            ring.remember(event(seq, Event::Added { items, before }));
        }
        assert_eq!(seqs(&ring), (91..=100).collect::<Vec<_>>());
    }

    #[test]
    fn a_line_that_was_taken_back_is_not_told_to_who_comes_back() {
        let mut ring = Ring::default();
        (1..=5).for_each(|seq| ring.remember(event(seq, Event::Archived)));
        let unsaid = event(6, Event::Unsaid { line: 3 });
        assert_eq!(taken_back([&unsaid].into_iter()), 3);
        ring.remember(unsaid);
        assert_eq!(seqs(&ring), [4, 5, 6]);
        assert_eq!(ring.untold(), 3);
    }
}
