//! Filling the queue.

use base::PersonId;
use protocol::room::{Event, ItemView, NewItem};

use super::queue::{Item, QUEUE_MAX, is_same};
use super::{Room, Turn};
use crate::refusal::Refusal;

/// The shortest item: shorter ones would end faster than anybody could be told.
pub(super) const DURATION_MS_MIN: u64 = 1_000;
/// The longest item: a day.
pub(super) const DURATION_MS_MAX: u64 = 24 * 60 * 60 * 1_000;

impl Room {
    /// Somebody adds items. Those that are there already are left out.
    pub(super) fn add(
        &mut self,
        by: PersonId,
        wished: Vec<NewItem>,
        next: bool,
        turn: &mut Turn,
    ) -> Result<(), Refusal> {
        let new = self.admissible(wished, turn)?;
        if self.queue.items.len() + new.len() > QUEUE_MAX {
            return Err(Refusal::limit("the queue is full"));
        }
        let own = self.queue.items.iter().filter(|item| item.added_by == by);
        if own.count() + new.len() > usize::from(self.settings.items_per_person_max) {
            return Err(Refusal::limit("one person has no more items in this queue"));
        }
        let mut items: Vec<Item> = Vec::with_capacity(new.len());
        for item in new {
            let mut item = Item::new(turn.chance.item(), item, by);
            item.arrival = self.queue.count();
            items.push(item);
        }
        let views: Vec<ItemView> = items.iter().map(Item::view).collect();
        let before = if next { self.first_free() } else { None };
        self.queue.put(items, before);
        turn.tell(
            &mut self.seq,
            Event::Added {
                items: views,
                before,
            },
        );
        if self.deck.has_run_out {
            self.play_first(turn);
        }
        Ok(())
    }

    /// The wished items that may come in.
    fn admissible(&self, wished: Vec<NewItem>, _turn: &Turn) -> Result<Vec<NewItem>, Refusal> {
        let longest_ms = u64::from(self.settings.item_minutes_max) * 60_000;
        let mut new: Vec<NewItem> = Vec::with_capacity(wished.len());
        for item in wished {
            if let Some(duration_ms) = item.duration_ms {
                if !(DURATION_MS_MIN..=DURATION_MS_MAX).contains(&duration_ms) {
                    return Err(Refusal::invalid("an item lasts between a second and a day"));
                }
                if duration_ms > longest_ms {
                    return Err(Refusal::limit("the item is longer than this room allows"));
                }
            }
            let is_there = !self.settings.allow_duplicates
                && (self.is_there(&item) || new.iter().any(|it| is_same(&it.source, &item.source)));
            if !is_there {
                new.push(item);
            }
        }
        if new.is_empty() {
            return Err(Refusal::invalid("nothing that is not there already"));
        }
        Ok(new)
    }

    fn is_there(&self, new: &NewItem) -> bool {
        let all = self.queue.current.iter().chain(&self.queue.items);
        all.into_iter()
            .any(|item| is_same(&item.source, &new.source))
    }

    /// The first item whose place is free: what was announced stays first.
    pub(super) fn first_free(&self) -> Option<base::ItemId> {
        let announced = self.deck.announced();
        let mut items = self.queue.items.iter().map(|item| item.id);
        items.find(|id| Some(*id) != announced)
    }
}
