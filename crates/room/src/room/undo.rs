//! Undoing one's own latest change of the queue, while that still makes sense.

use std::collections::{BTreeSet, VecDeque};

use base::{ItemId, PersonId};
use protocol::room::{Event, Grant};
use serde::{Deserialize, Serialize};

use super::queue::{Kept, QUEUE_MAX};
use super::{Room, Turn};
use crate::refusal::Refusal;

/// Changes that can be undone: the latest of each of this many persons.
pub const UNDO_MAX: usize = 32;

/// Items that are held to be put back, for all persons together. The oldest changes are forgotten first.
const TAKEN_MAX: usize = QUEUE_MAX;

/// An item that was taken out, and what it stood before.
pub(super) type Taken = (Kept, Option<ItemId>);

/// A change of the queue, with what it takes to undo it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Change {
    /// These items came in.
    Added(Vec<ItemId>),
    /// These items went out.
    Removed(Vec<Taken>),
    /// The item stood before that other.
    Moved(ItemId, Option<ItemId>),
    /// This was the order.
    Order(Vec<ItemId>),
    /// What was on made way.
    Went {
        /// What was on.
        from: ItemId,
        /// Where in it, in ms.
        position_ms: u64,
        /// What came on instead.
        to: ItemId,
    },
}

impl Change {
    /// How many items it holds.
    const fn taken(&self) -> usize {
        match self {
            Self::Removed(taken) => taken.len(),
            _ => 0,
        }
    }

    /// What it took, and takes again.
    const fn grant(&self) -> Option<Grant> {
        match self {
            Self::Added(_) | Self::Removed(_) => None,
            Self::Moved(..) | Self::Order(_) => Some(Grant::Arrange),
            Self::Went { .. } => Some(Grant::Skip),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    by: PersonId,
    /// The events that it made.
    first: u64,
    last: u64,
    change: Change,
}

/// The latest change of each person, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Undo(VecDeque<Entry>);

impl Undo {
    pub(super) fn keep(&mut self, by: PersonId, first: u64, last: u64, change: Change) {
        self.0.retain(|entry| entry.by != by);
        if self.0.len() == UNDO_MAX {
            self.0.pop_front();
        }
        self.0.push_back(Entry {
            by,
            first,
            last,
            change,
        });
        let mut taken: usize = self.0.iter().map(|entry| entry.change.taken()).sum();
        while taken > TAKEN_MAX
            && let Some(oldest) = self.0.pop_front()
        {
            taken -= oldest.change.taken();
        }
    }

    fn find(&self, by: PersonId, seq: u64) -> Option<usize> {
        let is_it = |entry: &Entry| entry.by == by && (entry.first..=entry.last).contains(&seq);
        self.0.iter().position(is_it)
    }

    /// Forgets a person's change, and their votes for what others took out: coming back, they are somebody else.
    pub(super) fn forget(&mut self, person: PersonId) {
        self.0.retain(|entry| entry.by != person);
        for entry in &mut self.0 {
            if let Change::Removed(taken) = &mut entry.change {
                taken.iter_mut().for_each(|(item, _)| {
                    item.votes.remove(&person);
                });
            }
        }
    }
}

impl Room {
    /// Undoes the change that event `seq` told of.
    pub(super) fn undo(&mut self, by: PersonId, seq: u64, turn: &mut Turn) -> Result<(), Refusal> {
        let stale = Refusal::stale("there is nothing of one's own to undo there");
        let place = self.undo.find(by, seq).ok_or(stale)?;
        let change = self.undo.0[place].change.clone();
        if let Some(grant) = change.grant() {
            self.needs(by, grant)?;
        }
        self.check_undo(&change)?;
        self.undo.0.remove(place);
        turn.tell(&mut self.seq, Event::Undone { undone: seq });
        match change {
            Change::Added(ids) => {
                let gone = self.queue.remove_all(|item| ids.contains(&item.id));
                let ids = gone.iter().map(|(item, _)| item.id).collect();
                let why = protocol::room::RemovedFor::Removed;
                self.tell_removed(ids, why, &gone, turn);
            }
            Change::Removed(mut taken) => {
                taken.retain(|(item, _)| !self.is_there(&item.source));
                for voter in taken.iter().flat_map(|(item, _)| &item.votes) {
                    turn.mine_changed(*voter);
                }
                // From the end, so that what an item stood before is there again.
                let places = taken.into_iter().rev();
                self.put_all(places.map(|(item, before)| (vec![item], before)), turn);
                self.start_again(turn);
            }
            Change::Moved(id, before) => {
                if let Some(item) = self.queue.take(id) {
                    self.queue.put(vec![item], before);
                    self.queue
                        .arrange(self.settings.mode, self.deck.announced());
                    self.tell_order(turn);
                }
            }
            Change::Order(former) => self.restore_order(&former, turn),
            Change::Went {
                from, position_ms, ..
            } => self.bring_back(from, position_ms, turn),
        }
        Ok(())
    }

    /// Whether undoing still makes sense.
    fn check_undo(&self, change: &Change) -> Result<(), Refusal> {
        let makes_sense = match change {
            Change::Added(ids) => ids.iter().any(|id| self.queue.has(*id)),
            Change::Removed(taken) => {
                let is_missing = |(item, _): &&Taken| !self.is_there(&item.source);
                let missing = taken.iter().filter(is_missing).count();
                if missing == 0 {
                    return Err(Refusal::duplicate("all of it is there again"));
                }
                if self.queue.items.len() + missing > QUEUE_MAX {
                    return Err(Refusal::limit("the queue is full"));
                }
                true
            }
            Change::Moved(id, _) => {
                self.check_order_is_free()?;
                self.queue.has(*id) && self.deck.announced() != Some(*id)
            }
            Change::Order(_) => {
                self.check_order_is_free()?;
                !self.queue.items.is_empty()
            }
            Change::Went { from, to, .. } => {
                let is_on = self.queue.current.as_ref().is_some_and(|it| it.id == *to);
                let is_last = self.queue.history.front().is_some_and(|it| it.id == *from);
                let has_room = self.queue.items.len() < QUEUE_MAX;
                is_on && has_room && (is_last || self.queue.has(*from))
            }
        };
        if makes_sense {
            Ok(())
        } else {
            Err(Refusal::stale("the queue has moved on"))
        }
    }

    /// Brings what is left of a former order back; what came since stays behind it.
    fn restore_order(&mut self, former: &[ItemId], turn: &mut Turn) {
        let now = self.queue.ids();
        let known: BTreeSet<ItemId> = former.iter().copied().collect();
        let place = |id: ItemId| former.iter().position(|it| *it == id);
        let fixed = self.deck.announced();
        self.queue.items.sort_by_cached_key(|item| {
            let is_new = !known.contains(&item.id);
            (Some(item.id) != fixed, is_new, place(item.id))
        });
        if self.queue.ids() != now {
            self.tell_order(turn);
        }
    }
}
