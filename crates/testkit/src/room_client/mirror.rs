//! What an event makes of a room. The server decides the order of things; nothing here sorts.

use base::ItemId;
use protocol::room::{Event, ItemView, LeftBecause, PersonView, Playback, RoomEvent, RoomState};

/// As many as a snapshot carries.
const HISTORY_MAX: usize = 50;
const CHAT_MAX: usize = 100;

/// Changes `room` as `event` says.
pub(super) fn apply(room: &mut RoomState, event: &RoomEvent) {
    match event.event.clone() {
        Event::Person { person } => put_person(room, person),
        Event::PersonLeft { person, because } => {
            room.people.retain(|one| one.id != person);
            room.banned += u32::from(because == LeftBecause::Banned);
        }
        Event::Playback { playback, current } => put_playback(room, playback, current),
        Event::Added { items, before } => insert(room, items, before),
        Event::Removed { items, .. } => {
            room.queue.retain(|item| !items.contains(&item.id));
            room.suggestions.retain(|item| !items.contains(&item.id));
        }
        Event::Changed { item } => change(room, &item),
        Event::Order { items } => {
            let place = |item: &ItemView| items.iter().position(|id| *id == item.id);
            room.queue.sort_by_key(place);
        }
        Event::Suggested { item } => room.suggestions.push(item),
        Event::SkipVotes { votes } => room.skip = votes,
        Event::Chat { line } => {
            room.chat.push(line);
            let surplus = room.chat.len().saturating_sub(CHAT_MAX);
            room.chat.drain(..surplus);
        }
        Event::Unsaid { line } => room.chat.retain(|one| one.seq != line),
        Event::Settings { settings } => room.settings = *settings,
        Event::Cast { cast } => room.cast = cast,
        Event::Undone { .. } | Event::Archived => {}
    }
}

fn put_person(room: &mut RoomState, person: PersonView) {
    match room.people.iter_mut().find(|one| one.id == person.id) {
        Some(known) => *known = person,
        None => room.people.push(person),
    }
}

fn put_playback(room: &mut RoomState, playback: Playback, current: Option<Box<ItemView>>) {
    let current = match playback {
        Playback::Idle => None,
        _ => current.map(|item| *item).or_else(|| room.current.clone()),
    };
    room.playback = playback;
    let before = std::mem::replace(&mut room.current, current);
    let id = room.current.as_ref().map(|item| item.id);
    let Some(before) = before.filter(|before| Some(before.id) != id) else {
        return;
    };
    let is_other = |item: &ItemView| Some(item.id) != id && item.id != before.id;
    room.history.retain(is_other);
    // What goes on later has not been played.
    if !room.queue.iter().any(|item| item.id == before.id) {
        room.history.insert(0, before);
        room.history.truncate(HISTORY_MAX);
    }
}

fn insert(room: &mut RoomState, items: Vec<ItemView>, before: Option<ItemId>) {
    room.queue
        .retain(|item| items.iter().all(|new| new.id != item.id));
    let place = room.queue.iter().position(|item| Some(item.id) == before);
    let place = place.unwrap_or(room.queue.len());
    room.queue.splice(place..place, items);
}

fn change(room: &mut RoomState, item: &ItemView) {
    let all = room.current.iter_mut().chain(&mut room.queue);
    let all = all.chain(&mut room.suggestions);
    for known in all.filter(|known| known.id == item.id) {
        *known = item.clone();
    }
}
