//! The sockets of a room's members, and what waits to go out on each.

use std::collections::BTreeMap;
use std::sync::Arc;

use base::MemberId;
use bytes::Bytes;
use protocol::ServerMessage;
use tokio::sync::mpsc::Sender;
use tokio::sync::mpsc::error::TrySendError;

use crate::Place;

/// Frames that may wait for one socket: a caster's welcome and the trickle of sixteen listeners.
pub(crate) const OUTBOX_MAX: usize = 128;
/// Of those, how many are kept free for what is said to this member alone.
const OWN_MIN: usize = 32;
/// How empty an outbox must be for a member that fell behind to catch up.
const CAUGHT_UP: usize = OUTBOX_MAX / 2;
/// Room for a candidate, the most frequent message, so that its text is not moved while it grows.
const TEXT_BYTES_USUAL: usize = 512;

/// What goes out on one socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// One message, as JSON. Exactly as long as it is: every socket keeps slots for what waits.
    Text(Box<str>),
    /// One message, as JSON, that many sockets send: written once, and held once.
    Shared(Arc<Bytes>),
    /// The member is gone for good: close normally.
    Goodbye,
    /// The member came back in another socket: close, and do not come back.
    Replaced,
}

/// One socket of a member; a later one replaces it.
pub(crate) type ConnectionId = u64;

/// A member's way out.
pub(crate) struct Connection {
    pub(crate) id: ConnectionId,
    pub(crate) place: Place,
    pub(crate) outbox: Sender<Frame>,
    pub(crate) hears: Hears,
}

/// Whether a member hears what happens in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hears {
    /// It came for the cast.
    Nothing,
    /// Event by event.
    Events,
    /// It reads too slowly, and gets the whole state once it has caught up.
    Behind,
}

/// All members' ways out.
#[derive(Default)]
pub(crate) struct Seats {
    connections: BTreeMap<MemberId, Connection>,
    /// Members whose outbox is full, until they are cut off.
    too_slow: Vec<MemberId>,
}

impl Seats {
    pub(crate) fn get(&self, member: MemberId) -> Option<&Connection> {
        self.connections.get(&member)
    }

    pub(crate) fn is_current(&self, member: MemberId, connection: ConnectionId) -> bool {
        self.get(member)
            .is_some_and(|current| current.id == connection)
    }

    /// Gives `member` a way out; an earlier socket of the same member is told to close.
    pub(crate) fn put(&mut self, member: MemberId, connection: Connection) {
        if let Some(before) = self.connections.insert(member, connection) {
            let _ = before.outbox.try_send(Frame::Replaced);
        }
    }

    pub(crate) fn remove(&mut self, member: MemberId) {
        self.connections.remove(&member);
    }

    /// Lets `member` go for good.
    pub(crate) fn dismiss(&mut self, member: MemberId) {
        self.send(member, Frame::Goodbye);
        self.remove(member);
    }

    /// A member that does not read is cut off, so that others are not held up.
    pub(crate) fn send(&mut self, to: MemberId, frame: Frame) {
        let Some(connection) = self.connections.get(&to) else {
            return;
        };
        if let Err(TrySendError::Full(_)) = connection.outbox.try_send(frame) {
            self.too_slow.push(to);
        }
    }

    pub(crate) fn say(&mut self, to: MemberId, message: &ServerMessage) {
        let text = String::from_utf8(json(message)).expect("JSON is text");
        self.send(to, Frame::Text(text.into()));
    }

    /// A member that is to be cut off.
    pub(crate) fn next_too_slow(&mut self) -> Option<MemberId> {
        self.too_slow.pop()
    }

    /// Sends `frame` to all who hear events. Names those who have just fallen behind, which holds up nobody else.
    pub(crate) fn broadcast(&mut self, frame: &Frame) -> Vec<MemberId> {
        let mut behind = Vec::new();
        for (member, connection) in &mut self.connections {
            if connection.hears != Hears::Events {
                continue;
            }
            if connection.outbox.capacity() <= OWN_MIN
                || connection.outbox.try_send(frame.clone()).is_err()
            {
                connection.hears = Hears::Behind;
                behind.push(*member);
            }
        }
        behind
    }

    /// Sends `frame` to all who hear events and keep up; nobody misses anything without it.
    pub(crate) fn offer(&self, frame: &Frame) {
        let hear = |connection: &&Connection| {
            connection.hears == Hears::Events && connection.outbox.capacity() > OWN_MIN
        };
        for connection in self.connections.values().filter(hear) {
            let _ = connection.outbox.try_send(frame.clone());
        }
    }

    /// Whether `member` fell behind and its outbox has emptied since: it hears events again from now on.
    pub(crate) fn catch_up(&mut self, member: MemberId) -> bool {
        let Some(connection) = self.connections.get_mut(&member) else {
            return false;
        };
        let may = connection.hears == Hears::Behind && has_room(&connection.outbox);
        if may {
            connection.hears = Hears::Events;
        }
        may
    }

    pub(crate) fn hears_events(&self, member: MemberId) -> bool {
        self.get(member)
            .is_some_and(|connection| connection.hears == Hears::Events)
    }
}

/// Whether a member that fell behind may catch up.
pub(crate) fn has_room(outbox: &Sender<Frame>) -> bool {
    outbox.capacity() >= CAUGHT_UP
}

/// A message that many sockets send.
pub(crate) fn shared(message: &ServerMessage) -> Frame {
    Frame::Shared(Arc::new(Bytes::from(json(message))))
}

fn json(message: &ServerMessage) -> Vec<u8> {
    let mut text = Vec::with_capacity(TEXT_BYTES_USUAL);
    serde_json::to_writer(&mut text, message)
        .expect("messages have text keys and no failing parts");
    text
}
