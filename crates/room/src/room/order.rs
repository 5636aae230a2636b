//! Keeping the queue in its order, and telling of it so that whoever applies the events has the same order.

use std::collections::BTreeSet;

use base::ItemId;
use protocol::room::{Event, QueueMode, RemovedFor};

use super::queue::Kept;
use super::undo::Taken;
use super::{Room, Turn};

impl Room {
    /// Puts items into the queue, where `before` stands or the mode wants them.
    pub(super) fn put_in(&mut self, items: Vec<Kept>, before: Option<ItemId>, turn: &mut Turn) {
        self.put_all([(items, before)], turn);
    }

    /// Puts items into the queue in several places, and tells of it once.
    pub(super) fn put_all(
        &mut self,
        places: impl IntoIterator<Item = (Vec<Kept>, Option<ItemId>)>,
        turn: &mut Turn,
    ) {
        let mode = self.settings.mode;
        let may_reorder = mode == QueueMode::Turns;
        let former = if may_reorder {
            self.queue.ids()
        } else {
            Vec::new()
        };
        let mut new = BTreeSet::new();
        for (items, before) in places {
            new.extend(items.iter().map(|item| item.id));
            self.queue.put(items, before);
        }
        self.queue.arrange(mode, self.deck.announced());
        self.tell_added(&new, turn);
        let is_old = |id: &ItemId| !new.contains(id);
        if may_reorder && self.queue.ids().into_iter().filter(is_old).ne(former) {
            self.tell_order(turn);
        }
    }

    /// Says where the new items stand, from the end of the queue, so that each place is named by an item that is known.
    fn tell_added(&mut self, new: &BTreeSet<ItemId>, turn: &mut Turn) {
        let is_new = |item: &Kept| new.contains(&item.id);
        let mut end = self.queue.items.len();
        let mut left = new.len();
        while left > 0
            && let Some(last) = self.queue.items[..end].iter().rposition(is_new)
        {
            let others = self.queue.items[..last]
                .iter()
                .rposition(|item| !is_new(item));
            let first = others.map_or(0, |place| place + 1);
            let items = self.queue.items[first..=last]
                .iter()
                .map(|item| item.view())
                .collect();
            let before = self.queue.items.get(last + 1).map(|item| item.id);
            turn.tell(&mut self.seq, Event::Added { items, before });
            left = left.saturating_sub(last + 1 - first);
            end = first;
        }
    }

    /// Says which items are gone, and what that changes.
    pub(super) fn tell_removed(
        &mut self,
        items: Vec<ItemId>,
        why: RemovedFor,
        removed: &[Taken],
        turn: &mut Turn,
    ) {
        for voter in removed.iter().flat_map(|(item, _)| &item.votes) {
            turn.mine_changed(*voter);
        }
        turn.tell(&mut self.seq, Event::Removed { items, why });
        self.rearrange(turn);
        let announced = self.deck.announced();
        if announced.is_some_and(|id| removed.iter().any(|(item, _)| item.id == id)) {
            self.announce_anew(turn);
        }
    }

    /// Brings the queue into the order of its mode.
    pub(super) fn rearrange(&mut self, turn: &mut Turn) {
        if self
            .queue
            .arrange(self.settings.mode, self.deck.announced())
        {
            self.tell_order(turn);
        }
    }

    pub(super) fn tell_order(&mut self, turn: &mut Turn) {
        let items = self.queue.ids();
        turn.tell(&mut self.seq, Event::Order { items });
    }
}
