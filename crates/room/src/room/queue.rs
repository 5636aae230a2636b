//! What was wished for: the queue in the order in which it will play, what was suggested, and what has played.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use base::{ItemId, PersonId};
use protocol::room::{ItemView, NewItem, QueueMode, Source, TITLE_CHARS_MAX, clean};
use serde::{Deserialize, Serialize};

use super::undo::Taken;

/// Items in the queue at most.
pub const QUEUE_MAX: usize = 500;
/// Suggestions beside it at most: somebody has to look at each.
pub const SUGGESTIONS_MAX: usize = 100;
/// Items that have played and are remembered.
pub const HISTORY_MAX: usize = 50;

/// An item with those who voted for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Item {
    pub id: ItemId,
    pub source: Source,
    pub title: String,
    pub artist: Option<String>,
    pub duration_ms: Option<u64>,
    pub added_by: PersonId,
    pub votes: BTreeSet<PersonId>,
    /// The place in time at which it came into the queue, for ties.
    pub arrival: u64,
}

/// An item at its place: moving one past 500 others moves pointers.
pub(super) type Kept = Box<Item>;

impl Item {
    pub(super) fn new(id: ItemId, new: NewItem, added_by: PersonId) -> Self {
        let readable =
            |text: String| Some(clean(&text, TITLE_CHARS_MAX)).filter(|it| !it.is_empty());
        let title = new.title.and_then(readable);
        Self {
            id,
            title: title.unwrap_or_else(|| name_of(&new.source)),
            artist: new.artist.and_then(readable),
            source: new.source,
            duration_ms: new.duration_ms,
            added_by,
            votes: BTreeSet::new(),
            arrival: 0,
        }
    }

    pub(super) fn view(&self) -> ItemView {
        ItemView {
            id: self.id,
            source: self.source.clone(),
            title: self.title.clone(),
            artist: self.artist.clone(),
            duration_ms: self.duration_ms,
            added_by: self.added_by,
            votes: u32::try_from(self.votes.len()).unwrap_or(u32::MAX),
        }
    }
}

/// What to call an item that nobody named; empty where its source says nothing.
fn name_of(source: &Source) -> String {
    match source {
        Source::Demo { name } => name.clone(),
        Source::Address { url } => {
            let path = url.split(['?', '#']).next().unwrap_or_default();
            clean(path.rsplit('/').next().unwrap_or_default(), TITLE_CHARS_MAX)
        }
        Source::Recording { .. } | Source::File { .. } => String::new(),
    }
}

/// Whether both are the same thing to hear.
pub(super) fn is_same(one: &Source, other: &Source) -> bool {
    match (one, other) {
        (Source::Recording { page, .. }, Source::Recording { page: other, .. }) => page == other,
        (Source::File { sha256, .. }, Source::File { sha256: other, .. }) => sha256 == other,
        (Source::Address { url }, Source::Address { url: other }) => url == other,
        (Source::Demo { name }, Source::Demo { name: other }) => name == other,
        _ => false,
    }
}

/// All items of a room.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Queue {
    pub current: Option<Kept>,
    /// What follows. The order is the room's; nobody sorts it again.
    pub items: Vec<Kept>,
    pub suggestions: Vec<Kept>,
    /// What has played, the latest first.
    pub history: VecDeque<Kept>,
    /// What was on before and went back into the queue, because all of it repeats.
    pub before: Option<ItemId>,
    /// Who had the latest turns: the number of the turn.
    pub turns: BTreeMap<PersonId, u64>,
    /// Counts arrivals and turns.
    pub counter: u64,
}

impl Queue {
    pub(super) fn place_of(&self, id: ItemId) -> Option<usize> {
        self.items.iter().position(|item| item.id == id)
    }

    pub(super) fn has(&self, id: ItemId) -> bool {
        self.place_of(id).is_some()
    }

    pub(super) fn ids(&self) -> Vec<ItemId> {
        self.items.iter().map(|item| item.id).collect()
    }

    pub(super) fn count(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    /// Takes an item out of what follows.
    pub(super) fn take(&mut self, id: ItemId) -> Option<Kept> {
        let place = self.place_of(id)?;
        Some(self.items.remove(place))
    }

    /// Takes out all items that are meant, each with what it stood before.
    pub(super) fn remove_all(&mut self, is_meant: impl Fn(&Item) -> bool) -> Vec<Taken> {
        let meant = self.items.iter().enumerate();
        let meant = meant.filter(|(_, item)| is_meant(item));
        let follower = |place: usize| self.items.get(place + 1).map(|item| item.id);
        let followers: Vec<_> = meant.map(|(place, _)| follower(place)).collect();
        let removed = self.items.extract_if(.., |item| is_meant(item));
        removed.zip(followers).collect()
    }

    /// Puts items where `before` stands, or at the end.
    pub(super) fn put(&mut self, items: Vec<Kept>, before: Option<ItemId>) {
        let place = before.and_then(|id| self.place_of(id));
        let place = place.unwrap_or(self.items.len());
        self.items.splice(place..place, items);
    }

    /// Remembers what was on.
    pub(super) fn remember(&mut self, item: Kept) {
        self.history.push_front(item);
        self.history.truncate(HISTORY_MAX);
    }

    /// Brings one item whose votes changed to its place. Whether it moved.
    pub(super) fn settle_votes(&mut self, place: usize, fixed: Option<ItemId>) -> bool {
        let key = |item: &Item| {
            (
                Some(item.id) != fixed,
                Reverse(item.votes.len()),
                item.arrival,
            )
        };
        let own = key(&self.items[place]);
        let ahead = self.items[..place].iter().position(|item| key(item) > own);
        if let Some(ahead) = ahead {
            self.items[ahead..=place].rotate_right(1);
            return true;
        }
        let behind = self.items[place + 1..].iter();
        let passed = behind.take_while(|item| key(item) < own).count();
        self.items[place..=place + passed].rotate_left(1);
        passed > 0
    }

    /// Brings what follows into the order that `mode` asks for; what is `fixed` stays first. Whether anything moved.
    pub(super) fn arrange(&mut self, mode: QueueMode, fixed: Option<ItemId>) -> bool {
        let is_fixed = |item: &Item| Some(item.id) == fixed;
        match mode {
            QueueMode::Fifo | QueueMode::Curated => {
                let Some(place) = fixed.and_then(|id| self.place_of(id)) else {
                    return false;
                };
                self.items[..=place].rotate_right(1);
                place > 0
            }
            QueueMode::Votes => {
                let key = |item: &Kept| (!is_fixed(item), Reverse(item.votes.len()), item.arrival);
                if self.items.is_sorted_by_key(key) {
                    return false;
                }
                self.items.sort_by_key(key);
                true
            }
            QueueMode::Turns => self.arrange_by_turns(fixed),
        }
    }

    /// Round after round, one item of each person; in a round, whoever had a turn longest ago comes first.
    fn arrange_by_turns(&mut self, fixed: Option<ItemId>) -> bool {
        let items = self.items.iter().enumerate();
        let mut by_person: Vec<(PersonId, u64, usize)> = items
            .map(|(place, item)| (item.added_by, item.arrival, place))
            .collect();
        by_person.sort_unstable();
        // What is fixed has no key and so comes first.
        let mut keys = vec![None; self.items.len()];
        for own in by_person.chunk_by(|one, other| one.0 == other.0) {
            let (person, earliest, _) = own[0];
            let turn = self.turns.get(&person).copied().unwrap_or(0);
            for (round, (.., place)) in own.iter().enumerate() {
                let is_fixed = Some(self.items[*place].id) == fixed;
                keys[*place] = (!is_fixed).then_some((round, turn, earliest));
            }
        }
        if keys.is_sorted() {
            return false;
        }
        let mut keyed: Vec<_> = keys.into_iter().zip(self.items.drain(..)).collect();
        keyed.sort_by_key(|(key, _)| *key);
        self.items.extend(keyed.into_iter().map(|(_, item)| item));
        true
    }
}
