//! The sockets of a room's members, and what waits to go out on each.

use std::collections::BTreeMap;
use std::sync::Arc;

use base::MemberId;
use protocol::ServerMessage;
use protocol::frame::Frame;

use crate::Place;
use crate::outbox::{Full, OUTBOX_MAX, Outbox, Over, Put};

/// Frames for one socket that may wait, of those that everybody hears: the rest is kept free for what is said to this
/// member alone.
const SHARED_MAX: usize = 96;
/// How empty an outbox must be for a member that fell behind to catch up.
const CAUGHT_UP: usize = OUTBOX_MAX / 2;
/// Sockets that are written to before others have their turn: half a millisecond, by which a question for the time may
/// be answered late.
const AT_ONCE_MAX: usize = 64;

/// One socket of a member; a later one replaces it.
pub(crate) type ConnectionId = u64;

/// A member's way out.
pub(crate) struct Connection {
    pub(crate) id: ConnectionId,
    pub(crate) place: Place,
    pub(crate) outbox: Arc<Outbox>,
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
    /// Outboxes that hold something to be written.
    touched: Vec<Arc<Outbox>>,
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
            before.outbox.end(Over::Replaced);
        }
    }

    pub(crate) fn remove(&mut self, member: MemberId) {
        self.end(member, Over::LetGo);
    }

    /// Lets all go, and names them.
    pub(crate) fn let_all_go(&mut self) -> Vec<MemberId> {
        let all = std::mem::take(&mut self.connections);
        let gone = all.into_iter().map(|(member, connection)| {
            connection.outbox.end(Over::LetGo);
            member
        });
        gone.collect()
    }

    /// Lets `member` go for good.
    pub(crate) fn dismiss(&mut self, member: MemberId) {
        self.end(member, Over::Dismissed);
    }

    fn end(&mut self, member: MemberId, over: Over) {
        if let Some(connection) = self.connections.remove(&member) {
            connection.outbox.end(over);
        }
    }

    /// A member that does not read is cut off, so that others are not held up.
    pub(crate) fn send(&mut self, to: MemberId, frame: Frame) {
        let Some(connection) = self.connections.get(&to) else {
            return;
        };
        match connection.outbox.put(frame, OUTBOX_MAX) {
            Ok(Put::Waits) => self.touched.push(Arc::clone(&connection.outbox)),
            Ok(Put::Goes) => {}
            Err(Full) => self.too_slow.push(to),
        }
    }

    pub(crate) fn say(&mut self, to: MemberId, message: &ServerMessage) {
        self.send(to, Frame::text(message));
    }

    /// Says it to everybody, whatever they came for.
    pub(crate) fn say_all(&mut self, message: &ServerMessage) {
        let frame = Frame::text(message);
        let members: Vec<MemberId> = self.connections.keys().copied().collect();
        for member in members {
            self.send(member, frame.clone());
        }
    }

    /// Writes all that was sent since the last time.
    pub(crate) async fn flush(&mut self) {
        let mut touched = std::mem::take(&mut self.touched);
        for (number, outbox) in touched.drain(..).enumerate() {
            if number % AT_ONCE_MAX == AT_ONCE_MAX - 1 {
                tokio::task::yield_now().await;
            }
            outbox.flush();
        }
        // For its room.
        self.touched = touched;
    }

    /// A member that is to be cut off.
    pub(crate) fn next_too_slow(&mut self) -> Option<MemberId> {
        self.too_slow.pop()
    }

    /// Sends `frame` to all who hear events. Names those who have just fallen behind, which holds up nobody else.
    pub(crate) fn broadcast(&mut self, frame: &Frame) -> Vec<MemberId> {
        let behind = self.tell_all(frame);
        for member in &behind {
            if let Some(connection) = self.connections.get_mut(member) {
                connection.hears = Hears::Behind;
            }
        }
        behind
    }

    /// Sends `frame` to all who hear events and keep up; nobody misses anything without it.
    pub(crate) fn offer(&mut self, frame: &Frame) {
        let _ = self.tell_all(frame);
    }

    /// Sends `frame` to all who hear events. Names those who have no room for it.
    fn tell_all(&mut self, frame: &Frame) -> Vec<MemberId> {
        let mut without = Vec::new();
        for (member, connection) in &self.connections {
            if connection.hears != Hears::Events {
                continue;
            }
            match connection.outbox.put(frame.clone(), SHARED_MAX) {
                Ok(Put::Waits) => self.touched.push(Arc::clone(&connection.outbox)),
                Ok(Put::Goes) => {}
                Err(Full) => without.push(*member),
            }
        }
        without
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

    pub(crate) fn is_anybody_behind(&self) -> bool {
        let mut all = self.connections.values();
        all.any(|connection| connection.hears == Hears::Behind)
    }

    /// Members that follow the queue.
    pub(crate) fn that_follow(&self) -> impl Iterator<Item = MemberId> {
        let all = self.connections.iter();
        let those = all.filter(|(_, connection)| connection.hears != Hears::Nothing);
        those.map(|(member, _)| *member)
    }

    pub(crate) fn hears_events(&self, member: MemberId) -> bool {
        self.get(member)
            .is_some_and(|connection| connection.hears == Hears::Events)
    }
}

/// Whoever still has a seat when its room ends here comes back to it.
impl Drop for Seats {
    fn drop(&mut self) {
        for connection in self.connections.values() {
            connection.outbox.end(Over::LetGo);
        }
    }
}

/// Whether a member that fell behind may catch up.
pub(crate) fn has_room(outbox: &Outbox) -> bool {
    outbox.held() <= CAUGHT_UP
}
