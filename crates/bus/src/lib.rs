//! Carries wishes to the task that owns a room.
//!
//! On one node that task is in this process, so a mailbox is a bounded channel. Rooms on other nodes would be reached
//! behind the same calls.
//!
//! This crate does not know what a wish means, nor who may send one.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base::RoomId;
use tokio::sync::mpsc::{self, Receiver, Sender};

/// Wishes that may wait for one room. A sender waits beyond that, which slows the socket it reads from.
pub const MAILBOX_MAX: usize = 64;

/// The mailboxes of the rooms that are open in this process.
#[derive(Debug)]
pub struct LocalBus<W> {
    mailboxes: Mutex<HashMap<RoomId, Sender<W>>>,
}

impl<W> Default for LocalBus<W> {
    fn default() -> Self {
        Self {
            mailboxes: Mutex::new(HashMap::new()),
        }
    }
}

impl<W> LocalBus<W> {
    /// Opens a mailbox for `room`; `None` when it has one already.
    pub fn open(&self, room: RoomId) -> Option<Receiver<W>> {
        let mut mailboxes = self.mailboxes();
        if mailboxes.contains_key(&room) {
            return None;
        }
        let (sender, receiver) = mpsc::channel(MAILBOX_MAX);
        mailboxes.insert(room, sender);
        Some(receiver)
    }

    /// The way to `room`, if it is open. A sender waits while the mailbox is full.
    pub fn mailbox(&self, room: RoomId) -> Option<Sender<W>> {
        self.mailboxes().get(&room).cloned()
    }

    /// Closes `room`'s mailbox if nothing waits in it; says whether it did.
    ///
    /// Whoever got its way to the room just before finds it closed, or its wish dropped, and opens the room anew.
    pub fn close_if_idle(&self, room: RoomId, mailbox: &Receiver<W>) -> bool {
        let mut mailboxes = self.mailboxes();
        if !mailbox.is_empty() {
            return false;
        }
        mailboxes.remove(&room);
        true
    }

    /// Forgets `room`'s mailbox whatever waits in it. To be called by its owner only.
    pub fn close(&self, room: RoomId) {
        self.mailboxes().remove(&room);
    }

    /// The rooms that are open here.
    pub fn rooms(&self) -> Vec<RoomId> {
        self.mailboxes().keys().copied().collect()
    }

    /// How many rooms are open here.
    pub fn len(&self) -> usize {
        self.mailboxes().len()
    }

    /// Whether no room is open here.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn mailboxes(&self) -> MutexGuard<'_, HashMap<RoomId, Sender<W>>> {
        self.mailboxes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{OsEntropy, Timestamp};

    fn room() -> RoomId {
        RoomId::new(Timestamp::default(), &OsEntropy)
    }

    #[tokio::test]
    async fn wishes_reach_the_open_room_in_order() {
        let (bus, room) = (LocalBus::default(), room());
        let mut mailbox = bus.open(room).unwrap();
        assert!(bus.open(room).is_none());
        let way = bus.mailbox(room).unwrap();
        way.send(1).await.unwrap();
        way.send(2).await.unwrap();
        assert_eq!(
            (mailbox.recv().await, mailbox.recv().await),
            (Some(1), Some(2))
        );
    }

    #[tokio::test]
    async fn a_room_with_waiting_wishes_stays_open() {
        let (bus, room) = (LocalBus::default(), room());
        let mut mailbox = bus.open(room).unwrap();
        bus.mailbox(room).unwrap().send(1).await.unwrap();
        assert!(!bus.close_if_idle(room, &mailbox));
        mailbox.recv().await.unwrap();
        assert!(bus.close_if_idle(room, &mailbox));
        assert!(bus.mailbox(room).is_none() && bus.is_empty());
    }
}
