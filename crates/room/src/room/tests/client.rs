//! A client that follows a room by its events alone, as a page does.

use base::ItemId;
use protocol::room::{Event, ItemView, RoomEvent, RoomState, Snapshot};

use crate::room::HISTORY_MAX;

pub(super) struct Client {
    pub seq: u64,
    pub state: RoomState,
}

impl Client {
    pub(super) fn new(snapshot: Snapshot) -> Self {
        Self {
            seq: snapshot.position.seq,
            state: snapshot.state,
        }
    }

    pub(super) fn hear(&mut self, event: &RoomEvent) {
        self.seq += 1;
        assert_eq!(event.seq, self.seq, "events come without holes");
        let state = &mut self.state;
        match event.event.clone() {
            Event::Person { person } => {
                match state.people.iter_mut().find(|known| known.id == person.id) {
                    Some(known) => *known = person,
                    None => state.people.push(person),
                }
            }
            Event::PersonLeft { person, .. } => state.people.retain(|known| known.id != person),
            Event::Playback { playback, current } => {
                state.playback = playback;
                if let Some(current) = current {
                    self.is_on(Some(*current));
                } else if playback.item().is_none() {
                    self.is_on(None);
                }
            }
            Event::Added { items, before } => {
                let place = before.map(|id| self.place(id));
                let place = place.unwrap_or(self.state.queue.len());
                self.state.queue.splice(place..place, items);
            }
            Event::Removed { items, .. } => {
                let stays = |item: &ItemView| !items.contains(&item.id);
                state.queue.retain(stays);
                state.suggestions.retain(stays);
                state.current = state.current.take().filter(stays);
            }
            Event::Changed { item } => self.change(&item),
            Event::Order { items } => {
                assert_eq!(items.len(), state.queue.len(), "an order names all items");
                let place = |item: &ItemView| items.iter().position(|id| *id == item.id);
                state
                    .queue
                    .sort_by_key(|item| place(item).expect("an order names all items"));
            }
            Event::Suggested { item } => state.suggestions.push(item),
            Event::SkipVotes { votes } => state.skip = votes,
            Event::Chat { line } => state.chat.push(line),
            Event::Unsaid { line } => state.chat.retain(|said| said.seq != line),
            Event::Settings { settings } => state.settings = *settings,
            Event::Cast { cast } => state.cast = cast,
            Event::Undone { .. } => {}
            Event::Archived => state.chat.clear(),
        }
    }

    fn place(&self, id: ItemId) -> usize {
        let found = self.state.queue.iter().position(|item| item.id == id);
        found.expect("an item is put before one that is there")
    }

    /// What was on has played, unless it went back into the queue.
    fn is_on(&mut self, current: Option<ItemView>) {
        let state = &mut self.state;
        if let Some(former) = std::mem::replace(&mut state.current, current)
            && !state.queue.iter().any(|item| item.id == former.id)
        {
            state.history.insert(0, former);
            state.history.truncate(HISTORY_MAX);
        }
        let on = state.current.as_ref().map(|item| item.id);
        state.history.retain(|item| Some(item.id) != on);
    }

    fn change(&mut self, changed: &ItemView) {
        let state = &mut self.state;
        let all = state.queue.iter_mut().chain(&mut state.suggestions);
        for item in all.chain(state.current.as_mut()) {
            if item.id == changed.id {
                *item = changed.clone();
            }
        }
    }
}
