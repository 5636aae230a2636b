//! The public directory: rooms that ask to be in it, for as long as somebody is there. It is held in memory by the
//! rooms' own tasks, so a room that is hidden, locked, left or closed is out of it in the same moment.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use protocol::{Hue, RoomCode};
use room::{Listing, Room};
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;

/// Rooms in the directory at most. One more waits until another one goes and something happens in it.
const LISTED_MAX: usize = 1_000;
/// Rooms on one page.
const PAGE: usize = 50;

/// A room in the public directory. Nothing says who is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListedRoom {
    /// What people type to come in.
    #[schema(value_type = String)]
    pub code: RoomCode,
    /// Its colour, 0 to 11.
    #[schema(value_type = u8)]
    pub hue: Hue,
    /// What it is called.
    pub title: Option<String>,
    /// How many people are here.
    pub people: usize,
    /// What is on.
    pub on: Option<OnNow>,
    /// Whether a live cast is on.
    pub has_cast: bool,
}

/// What is on in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OnNow {
    /// What it is called.
    pub title: String,
    /// Who made it.
    pub artist: Option<String>,
}

impl ListedRoom {
    /// What strangers may know of `room`: nothing unless it asks to be listed, and they could come in.
    pub(crate) fn of(room: &Room, code: RoomCode, has_password: bool) -> Option<Self> {
        let Listing {
            title,
            people,
            on,
            has_cast,
        } = room.listing().filter(|_| !has_password)?;
        Some(Self {
            code,
            hue: Hue::of(code),
            title,
            people,
            on: on.map(|(title, artist)| OnNow { title, artist }),
            has_cast,
        })
    }
}

/// One page of the public directory.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ListedRooms {
    /// At most 50, those with the most people first.
    pub rooms: Vec<ListedRoom>,
    /// How many there are on all pages.
    pub total: usize,
    /// The number of the next page, if there is one.
    pub next: Option<usize>,
}

/// All rooms that are in the directory.
#[derive(Default)]
pub(crate) struct Directory {
    rooms: Mutex<BTreeMap<RoomCode, Arc<ListedRoom>>>,
}

impl Directory {
    fn rooms(&self) -> MutexGuard<'_, BTreeMap<RoomCode, Arc<ListedRoom>>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn page(&self, number: usize) -> ListedRooms {
        let mut all: Vec<Arc<ListedRoom>> = self.rooms().values().cloned().collect();
        // A stable sort: those with equally many stay in the order of their codes, which says nothing about them.
        all.sort_by_key(|room| Reverse(room.people));
        let total = all.len();
        let before = number.saturating_sub(1).saturating_mul(PAGE);
        let rooms = all.iter().skip(before).take(PAGE);
        let is_more = before.saturating_add(PAGE) < total;
        ListedRooms {
            rooms: rooms.map(|room| ListedRoom::clone(room)).collect(),
            total,
            next: is_more.then(|| number.max(1) + 1),
        }
    }
}

/// A room's own line in the directory. Dropped with the room's task, it takes the line with it.
pub(crate) struct Line {
    directory: Arc<Directory>,
    shown: Option<Arc<ListedRoom>>,
}

impl Line {
    pub(crate) const fn new(directory: Arc<Directory>) -> Self {
        let shown = None;
        Self { directory, shown }
    }

    /// From now on the directory says this of the room, or nothing.
    pub(crate) fn show(&mut self, room: Option<ListedRoom>) {
        if self.shown.as_deref() == room.as_ref() {
            return;
        }
        self.remove();
        let Some(room) = room else {
            return;
        };
        let mut rooms = self.directory.rooms();
        if rooms.len() < LISTED_MAX || rooms.contains_key(&room.code) {
            let room = Arc::new(room);
            rooms.insert(room.code, Arc::clone(&room));
            self.shown = Some(room);
        }
    }

    fn remove(&mut self) {
        let Some(shown) = self.shown.take() else {
            return;
        };
        let mut rooms = self.directory.rooms();
        // The room may be open in another task by now, which has written a line of its own.
        if rooms
            .get(&shown.code)
            .is_some_and(|there| Arc::ptr_eq(there, &shown))
        {
            rooms.remove(&shown.code);
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.remove();
    }
}

impl App {
    /// A page of the public directory; the first is 1.
    #[must_use]
    pub fn listed_rooms(&self, page: usize) -> ListedRooms {
        self.inner.directory.page(page)
    }

    /// The room behind `code`, if it is in the public directory. Says nothing about any other room.
    #[must_use]
    pub fn listed_room(&self, code: RoomCode) -> Option<Arc<ListedRoom>> {
        self.inner.directory.rooms().get(&code).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::OsEntropy;

    fn room(people: usize) -> ListedRoom {
        let code = RoomCode::random(8, &OsEntropy);
        ListedRoom {
            code,
            hue: Hue::of(code),
            title: None,
            people,
            on: None,
            has_cast: false,
        }
    }

    #[test]
    fn pages_go_from_the_fullest_room_to_the_emptiest_and_end() {
        let directory = Arc::new(Directory::default());
        let lines: Vec<Line> = (1..=PAGE + 3)
            .map(|people| {
                let mut line = Line::new(Arc::clone(&directory));
                line.show(Some(room(people)));
                line
            })
            .collect();
        let first = directory.page(1);
        assert_eq!((first.rooms.len(), first.next), (PAGE, Some(2)));
        assert_eq!(first.rooms[0].people, PAGE + 3);
        let second = directory.page(2);
        assert_eq!(
            (second.rooms.len(), second.total, second.next),
            (3, PAGE + 3, None)
        );
        assert!(directory.page(usize::MAX).rooms.is_empty());
        assert_eq!(directory.page(0).rooms, directory.page(1).rooms);
        drop(lines);
        assert_eq!(directory.page(1).total, 0);
    }

    #[test]
    fn a_line_goes_when_it_is_hidden_and_only_its_own() {
        let directory = Arc::new(Directory::default());
        let [mut old, mut new] = [0; 2].map(|_| Line::new(Arc::clone(&directory)));
        let listed = room(2);
        old.show(Some(listed.clone()));
        new.show(Some(ListedRoom {
            people: 3,
            ..listed.clone()
        }));
        drop(old);
        assert_eq!(directory.page(1).rooms[0].people, 3);
        new.show(None);
        assert_eq!(directory.page(1).total, 0);
    }

    #[test]
    fn the_directory_is_bounded() {
        let directory = Arc::new(Directory::default());
        let lines: Vec<Line> = (0..=LISTED_MAX)
            .map(|_| {
                let mut line = Line::new(Arc::clone(&directory));
                line.show(Some(room(1)));
                line
            })
            .collect();
        assert_eq!(directory.page(1).total, LISTED_MAX);
        drop(lines);
    }
}
