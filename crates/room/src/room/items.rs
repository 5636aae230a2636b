//! Filling the queue: who may put what where.

use base::{ItemId, PersonId};
use protocol::room::{Event, Grant, NewItem, QueueMode, RemovedFor, Source};

use super::queue::{Item, Kept, QUEUE_MAX, SUGGESTIONS_MAX, is_same};
use super::undo::{Change, Taken};
use super::{Room, Turn};
use crate::refusal::Refusal;

/// The shortest item: shorter ones would end faster than anybody could be told.
pub const DURATION_MS_MIN: u64 = 1_000;
/// The longest item: a day.
pub const DURATION_MS_MAX: u64 = 24 * 60 * 60 * 1_000;

impl Room {
    /// Somebody adds items. Those that are there already are left out.
    pub(super) fn add(
        &mut self,
        by: PersonId,
        wished: Vec<NewItem>,
        next: bool,
        turn: &mut Turn,
    ) -> Result<Change, Refusal> {
        let is_curated = self.settings.mode == QueueMode::Curated;
        let forbidden = |refusal| {
            if is_curated {
                Refusal::forbidden("this queue is curated: suggest it instead")
            } else {
                refusal
            }
        };
        self.needs(by, Grant::Add).map_err(forbidden)?;
        let new = self.admissible(wished, &[])?;
        if self.queue.items.len() + new.len() > QUEUE_MAX {
            return Err(Refusal::limit("the queue is full"));
        }
        self.check_share(by, new.len(), &self.queue.items)?;
        let items: Vec<Kept> = new
            .into_iter()
            .map(|it| self.name_item(it, by, turn))
            .collect();
        let ids = items.iter().map(|item| item.id).collect();
        let before = if next { self.first_free() } else { None };
        self.put_in(items, before, turn);
        self.start_again(turn);
        Ok(Change::Added(ids))
    }

    /// Somebody suggests an item.
    pub(super) fn suggest(
        &mut self,
        by: PersonId,
        wished: NewItem,
        turn: &mut Turn,
    ) -> Result<(), Refusal> {
        self.needs(by, Grant::Suggest)?;
        let new = self.admissible(vec![wished], &self.queue.suggestions)?;
        if self.queue.suggestions.len() + new.len() > SUGGESTIONS_MAX {
            return Err(Refusal::limit("there are too many suggestions"));
        }
        self.check_share(by, new.len(), &self.queue.suggestions)?;
        for item in new {
            let item = self.name_item(item, by, turn);
            let view = item.view();
            self.queue.suggestions.push(item);
            turn.tell(&mut self.seq, Event::Suggested { item: view });
        }
        Ok(())
    }

    /// Somebody accepts or refuses a suggestion.
    pub(super) fn approve(
        &mut self,
        by: PersonId,
        id: ItemId,
        allow: bool,
        turn: &mut Turn,
    ) -> Result<(), Refusal> {
        self.needs(by, Grant::Approve)?;
        let place = self.queue.suggestions.iter().position(|item| item.id == id);
        let place = place.ok_or(Refusal::stale("no such suggestion"))?;
        if allow && self.queue.items.len() >= QUEUE_MAX {
            return Err(Refusal::limit("the queue is full"));
        }
        if allow && self.is_there(&self.queue.suggestions[place].source) {
            return Err(Refusal::duplicate("it is in the queue already"));
        }
        let item = self.queue.suggestions.remove(place);
        let why = if allow {
            RemovedFor::Approved
        } else {
            RemovedFor::Refused
        };
        let items = vec![id];
        turn.tell(&mut self.seq, Event::Removed { items, why });
        if allow {
            self.put_in(vec![item], None, turn);
            self.start_again(turn);
        }
        Ok(())
    }

    /// Takes items out, one's own or for who may arrange. What is gone already is gone.
    pub(super) fn remove(
        &mut self,
        by: PersonId,
        ids: &[ItemId],
        turn: &mut Turn,
    ) -> Result<Option<Change>, Refusal> {
        let is_meant = |item: &&Kept| ids.contains(&item.id);
        let queued = self.queue.items.iter().filter(is_meant);
        let current = self.queue.current.iter().filter(is_meant);
        let suggested = self.queue.suggestions.iter().filter(is_meant);
        let may_arrange = self.people.may(by, Grant::Arrange, &self.settings);
        let may_approve = self.people.may(by, Grant::Approve, &self.settings);
        let others = |item: &&Kept| item.added_by != by;
        if !may_arrange && queued.chain(current).any(|item| others(&item))
            || !may_approve && suggested.clone().any(|item| others(&item))
        {
            return Err(Refusal::forbidden("somebody else added it"));
        }
        let mut all = self.queue.items.iter().chain(&self.queue.current);
        if all.all(|item| !is_meant(&item)) && suggested.count() == 0 {
            return Err(Refusal::stale("none of them is there"));
        }
        let removed = self.take_out(ids, RemovedFor::Removed, turn);
        Ok((!removed.is_empty()).then_some(Change::Removed(removed)))
    }

    /// Takes these items out wherever they are, and gives back those that stood in the queue.
    fn take_out(&mut self, ids: &[ItemId], why: RemovedFor, turn: &mut Turn) -> Vec<Taken> {
        let is_meant = |item: &Kept| ids.contains(&item.id);
        let removed = self.queue.remove_all(|item| ids.contains(&item.id));
        let suggestions = &mut self.queue.suggestions;
        let suggested = suggestions.extract_if(.., |item| is_meant(item));
        let queued = removed.iter().map(|(item, _)| item.id);
        let mut gone: Vec<ItemId> = queued.chain(suggested.map(|item| item.id)).collect();
        let current = self.queue.current.as_ref().filter(|item| is_meant(item));
        let is_on = current.is_some();
        gone.extend(current.map(|item| item.id));
        self.tell_removed(gone, why, &removed, turn);
        if is_on {
            self.remove_current(turn);
        }
        removed
    }

    /// Empties the queue.
    pub(super) fn clear(
        &mut self,
        by: PersonId,
        turn: &mut Turn,
    ) -> Result<Option<Change>, Refusal> {
        self.needs(by, Grant::Arrange)?;
        let removed = self.queue.remove_all(|_| true);
        if removed.is_empty() {
            return Ok(None);
        }
        let gone = removed.iter().map(|(item, _)| item.id).collect();
        self.tell_removed(gone, RemovedFor::Cleared, &removed, turn);
        Ok(Some(Change::Removed(removed)))
    }

    /// Puts an item elsewhere.
    pub(super) fn move_item(
        &mut self,
        by: PersonId,
        id: ItemId,
        before: Option<ItemId>,
        turn: &mut Turn,
    ) -> Result<Option<Change>, Refusal> {
        self.needs(by, Grant::Arrange)?;
        self.check_order_is_free()?;
        let place = self.queue.place_of(id);
        let place = place.ok_or(Refusal::stale("it is not in the queue"))?;
        if before.is_some_and(|before| !self.queue.has(before)) {
            return Err(Refusal::stale("what it is put before is not in the queue"));
        }
        if self.deck.announced() == Some(id) {
            return Err(Refusal::stale("it is announced to be next"));
        }
        if before == Some(id) {
            return Ok(None);
        }
        let former = self.queue.items.get(place + 1).map(|item| item.id);
        let item = self.queue.items.remove(place);
        self.queue.put(vec![item], before);
        self.queue
            .arrange(self.settings.mode, self.deck.announced());
        if self.queue.place_of(id) == Some(place) {
            return Ok(None);
        }
        self.tell_order(turn);
        Ok(Some(Change::Moved(id, former)))
    }

    /// Mixes what is not announced yet.
    pub(super) fn shuffle(
        &mut self,
        by: PersonId,
        turn: &mut Turn,
    ) -> Result<Option<Change>, Refusal> {
        self.needs(by, Grant::Arrange)?;
        self.check_order_is_free()?;
        let former = self.queue.ids();
        let fixed = usize::from(self.deck.announced().is_some_and(|id| self.queue.has(id)));
        for place in (fixed + 1..self.queue.items.len()).rev() {
            let other = fixed + turn.chance.below(place + 1 - fixed);
            self.queue.items.swap(place, other);
        }
        if self.queue.ids() == former {
            return Ok(None);
        }
        self.tell_order(turn);
        Ok(Some(Change::Order(former)))
    }

    /// A device found out how long an item is. One that is longer than the room allows is refused late.
    pub(super) fn measured(
        &mut self,
        by: PersonId,
        id: ItemId,
        duration_ms: u64,
        turn: &mut Turn,
    ) -> Result<(), Refusal> {
        if !(DURATION_MS_MIN..=DURATION_MS_MAX).contains(&duration_ms) {
            return Err(Refusal::invalid("an item lasts between a second and a day"));
        }
        let may_control = self.people.may(by, Grant::Control, &self.settings);
        let longest_ms = self.longest_ms();
        let queue = &mut self.queue;
        let all = queue.current.iter_mut().chain(&mut queue.items);
        let found = all.chain(&mut queue.suggestions).find(|item| item.id == id);
        let item = found.ok_or(Refusal::stale("no such item"))?;
        if item.duration_ms.is_some() {
            return Ok(());
        }
        if item.added_by != by && !may_control {
            return Err(Refusal::forbidden("somebody else added it"));
        }
        if duration_ms > longest_ms {
            // The rule takes it out, not whoever knew its length first.
            let by = turn.by.take();
            self.take_out(&[id], RemovedFor::Refused, turn);
            turn.by = by;
            return Ok(());
        }
        item.duration_ms = Some(duration_ms);
        let item = item.view();
        turn.tell(&mut self.seq, Event::Changed { item });
        self.end_if_over(turn);
        Ok(())
    }

    fn longest_ms(&self) -> u64 {
        u64::from(self.settings.item_minutes_max) * 60_000
    }

    /// Whether the same is on or in the queue, where it may not be there twice.
    pub(super) fn is_there(&self, source: &Source) -> bool {
        let mut all = self.queue.current.iter().chain(&self.queue.items);
        !self.settings.allow_duplicates && all.any(|item| is_same(&item.source, source))
    }

    /// Those of the wished items that may come in beside the queue and those `others`: what is too long or there already
    /// does not keep the rest out.
    fn admissible(&self, wished: Vec<NewItem>, others: &[Kept]) -> Result<Vec<NewItem>, Refusal> {
        let longest_ms = self.longest_ms();
        let mut new: Vec<NewItem> = Vec::with_capacity(wished.len());
        let mut is_one_too_long = false;
        for item in wished {
            if let Some(duration_ms) = item.duration_ms {
                if !(DURATION_MS_MIN..=DURATION_MS_MAX).contains(&duration_ms) {
                    return Err(Refusal::invalid("an item lasts between a second and a day"));
                }
                if duration_ms > longest_ms {
                    is_one_too_long = true;
                    continue;
                }
            }
            let all = others.iter().map(|it| &it.source);
            let mut all = all.chain(new.iter().map(|it| &it.source));
            let is_wished_twice = all.any(|it| is_same(it, &item.source));
            if self.settings.allow_duplicates || !is_wished_twice && !self.is_there(&item.source) {
                new.push(item);
            }
        }
        if new.is_empty() && is_one_too_long {
            return Err(Refusal::limit("the item is longer than this room allows"));
        }
        if new.is_empty() {
            return Err(Refusal::duplicate("nothing that is not there already"));
        }
        Ok(new)
    }

    fn check_share(&self, by: PersonId, more: usize, there: &[Kept]) -> Result<(), Refusal> {
        let own = there.iter().filter(|item| item.added_by == by).count();
        if own + more > usize::from(self.settings.items_per_person_max) {
            return Err(Refusal::limit("one person may not have more items here"));
        }
        Ok(())
    }

    pub(super) fn check_order_is_free(&self) -> Result<(), Refusal> {
        match self.settings.mode {
            QueueMode::Fifo | QueueMode::Curated => Ok(()),
            QueueMode::Votes => Err(Refusal::invalid("votes make the order here")),
            QueueMode::Turns => Err(Refusal::invalid("turns make the order here")),
        }
    }

    fn name_item(&mut self, new: NewItem, by: PersonId, turn: &mut Turn) -> Kept {
        let mut item = Box::new(Item::new(turn.chance.item(), new, by));
        item.arrival = self.queue.count();
        item
    }

    /// The first item whose place is free: what was announced stays first.
    pub(super) fn first_free(&self) -> Option<ItemId> {
        let announced = self.deck.announced();
        let mut items = self.queue.items.iter().map(|item| item.id);
        items.find(|id| Some(*id) != announced)
    }
}
