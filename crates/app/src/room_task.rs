//! The task that owns a live room: wishes in, frames out. The room decides, this carries it out.

use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::time::Duration;

use base::{MemberId, Timestamp};
use futures_util::FutureExt;
use protocol::{ClientMessage, Failure, Member, ServerMessage, VERSION, Welcome};
use room::Switchboard;
use room::switchboard::{Command, Entry, Output};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{Receiver, Sender};
use tokio::sync::oneshot;

use crate::{App, Place};

/// Room for a candidate, the most frequent message, so that its text is not moved while it grows.
const TEXT_BYTES_USUAL: usize = 512;
/// Tries to write a room's end to the store, with a growing pause between.
const CLOSE_TRIES: u32 = 5;

/// What goes out on one socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// One message, as JSON. Exactly as long as it is: every socket keeps slots for what waits.
    Text(Box<str>),
    /// The member is gone for good: close normally.
    Goodbye,
    /// The member came back in another socket: close, and do not come back.
    Replaced,
}

/// What the task is asked. Small, since every room keeps a block of slots for it.
pub(crate) enum Wish {
    Enter(Box<Enter>),
    Said(Box<Said>),
    Dropped(Box<Dropped>),
}

/// One socket of a member; a later one replaces it.
pub(crate) type ConnectionId = u64;

pub(crate) struct Enter {
    pub(crate) member: Member,
    pub(crate) entry: Entry,
    pub(crate) connection: ConnectionId,
    pub(crate) place: Place,
    pub(crate) outbox: Sender<Frame>,
    pub(crate) answer: oneshot::Sender<Result<(), Failure>>,
}

pub(crate) struct Said {
    pub(crate) from: MemberId,
    pub(crate) connection: ConnectionId,
    pub(crate) message: ClientMessage,
}

pub(crate) struct Dropped {
    pub(crate) member: MemberId,
    pub(crate) connection: ConnectionId,
}

struct Connection {
    id: ConnectionId,
    place: Place,
    outbox: Sender<Frame>,
}

struct RoomTask {
    app: App,
    switchboard: Switchboard,
    connections: BTreeMap<MemberId, Connection>,
    /// Members whose outbox is full, until they are cut off.
    too_slow: Vec<MemberId>,
}

enum Next {
    Wish(Wish),
    Deadline,
    Stop,
}

/// Runs `room` until nobody is in it, it is closed, or the server stops. A panic ends this room only:
/// its sockets close, the members resume, and the room is rebuilt from the store.
pub(crate) async fn run(app: App, switchboard: Switchboard, mut mailbox: Receiver<Wish>) {
    let id = switchboard.id();
    let mut task = RoomTask {
        app: app.clone(),
        switchboard,
        connections: BTreeMap::new(),
        too_slow: Vec::new(),
    };
    match AssertUnwindSafe(task.serve(&mut mailbox))
        .catch_unwind()
        .await
    {
        // Its mailbox is forgotten already, and another task may have the room by now.
        Ok(Ending::Unloaded) => return,
        Ok(Ending::Over) => {}
        Err(_) => {
            app.inner.relay.close(id);
            let reference = app.reference();
            tracing::error!(%reference, "a room stopped on a bug and will be rebuilt");
        }
    }
    app.inner.bus.close(id);
}

/// How a task ended of itself.
enum Ending {
    /// Nobody was left, and the mailbox is forgotten.
    Unloaded,
    /// The room is closed, or the server stops.
    Over,
}

impl RoomTask {
    async fn serve(&mut self, mailbox: &mut Receiver<Wish>) -> Ending {
        let stopping = self.app.inner.stopping.clone();
        let mut stopped = pin!(stopping.cancelled());
        let mut due_at = self.switchboard.next_deadline();
        let mut due = self.app.inner.clock.until(due_at);
        loop {
            let next = tokio::select! {
                biased;
                wish = mailbox.recv() => wish.map_or(Next::Stop, Next::Wish),
                () = &mut stopped => Next::Stop,
                () = &mut due => Next::Deadline,
            };
            let is_over = matches!(next, Next::Deadline);
            let outputs = match next {
                Next::Wish(wish) => self.fulfil(wish),
                Next::Deadline => {
                    let now = self.app.now();
                    self.switchboard
                        .apply(Command::Tick, now)
                        .unwrap_or_default()
                }
                Next::Stop => return Ending::Over,
            };
            if self.carry_out(outputs).await.is_break() {
                return Ending::Over;
            }
            if self.switchboard.is_empty()
                && self
                    .app
                    .inner
                    .bus
                    .close_if_idle(self.switchboard.id(), mailbox)
            {
                return Ending::Unloaded;
            }
            // Most wishes leave the deadline where it is, and so the timer.
            if is_over || due_at != self.switchboard.next_deadline() {
                due_at = self.switchboard.next_deadline();
                due = self.app.inner.clock.until(due_at);
            }
        }
    }

    fn fulfil(&mut self, wish: Wish) -> Vec<Output> {
        let now = self.app.now();
        match wish {
            Wish::Enter(enter) => self.enter(*enter, now),
            Wish::Said(said) if self.is_current(said.from, said.connection) => {
                let Said { from, message, .. } = *said;
                let said = Command::Said { from, message };
                self.switchboard.apply(said, now).unwrap_or_else(|reject| {
                    vec![Output::Send {
                        to: from,
                        message: ServerMessage::Error(reject.into()),
                    }]
                })
            }
            Wish::Dropped(dropped) if self.is_current(dropped.member, dropped.connection) => {
                self.drop_connection(dropped.member, now)
            }
            // A socket that another one has replaced has no say any more.
            Wish::Said(_) | Wish::Dropped(_) => Vec::new(),
        }
    }

    fn enter(&mut self, enter: Enter, now: Timestamp) -> Vec<Output> {
        let Enter {
            member,
            entry,
            connection,
            place,
            outbox,
            answer,
        } = enter;
        let id = member.id;
        match self
            .switchboard
            .apply(Command::Enter { member, entry }, now)
        {
            Ok(outputs) => {
                let connection = Connection {
                    id: connection,
                    place,
                    outbox,
                };
                if let Some(before) = self.connections.insert(id, connection) {
                    let _ = before.outbox.try_send(Frame::Replaced);
                }
                // A socket that is gone already is noticed when it drops its seat.
                let _ = answer.send(Ok(()));
                outputs
            }
            Err(reject) => {
                let _ = answer.send(Err(reject.into()));
                Vec::new()
            }
        }
    }

    fn is_current(&self, member: MemberId, connection: ConnectionId) -> bool {
        self.connections
            .get(&member)
            .is_some_and(|current| current.id == connection)
    }

    fn drop_connection(&mut self, member: MemberId, now: Timestamp) -> Vec<Output> {
        self.connections.remove(&member);
        self.switchboard
            .apply(Command::Dropped { member }, now)
            .unwrap_or_default()
    }

    async fn carry_out(&mut self, outputs: Vec<Output>) -> ControlFlow<()> {
        let id = self.switchboard.id();
        let mut outputs = VecDeque::from(outputs);
        while let Some(output) = outputs.pop_front() {
            match output {
                Output::Welcome { to, is_new_room } => self.welcome(to, is_new_room),
                Output::Send { to, message } => self.send(to, &message),
                Output::Restart { to, from } => self.restart(to, from),
                Output::Reachable { member, address } => {
                    self.app.inner.relay.saw_candidate(id, member, address);
                }
                Output::Dismiss { member } => self.dismiss(member),
                Output::Remember { removed } => Box::pin(self.remember(&removed)).await,
                Output::Prolong { until } => Box::pin(self.prolong(until)).await,
                Output::Close => {
                    Box::pin(self.close()).await;
                    return ControlFlow::Break(());
                }
            }
            while let Some(member) = self.too_slow.pop() {
                outputs.extend(self.drop_connection(member, self.app.now()));
            }
        }
        ControlFlow::Continue(())
    }

    fn welcome(&mut self, to: MemberId, is_new_room: bool) {
        let (Some(member), Some(connection)) =
            (self.switchboard.member(to), self.connections.get(&to))
        else {
            return;
        };
        let inner = &self.app.inner;
        let (room, now) = (self.switchboard.id(), self.app.now());
        let code = self.switchboard.view(String::new()).code;
        let welcome = Box::new(Welcome {
            version: VERSION,
            room: self.switchboard.view(connection.place.link(code)),
            you: member.clone(),
            resume: inner.resume.issue(room, to, member.role),
            members: self.switchboard.peers_of(to),
            ice_servers: inner.relay.ice_servers(&connection.place, room, to, now),
            now,
        });
        let message = if is_new_room {
            ServerMessage::Created { welcome }
        } else {
            ServerMessage::Joined {
                member: member.clone(),
                welcome: Some(welcome),
            }
        };
        self.send(to, &message);
    }

    fn restart(&mut self, to: MemberId, from: MemberId) {
        let Some(connection) = self.connections.get(&to) else {
            return;
        };
        let (inner, room) = (&self.app.inner, self.switchboard.id());
        let ice_servers = inner
            .relay
            .ice_servers(&connection.place, room, to, self.app.now());
        self.send(to, &ServerMessage::Restart { from, ice_servers });
    }

    fn send(&mut self, to: MemberId, message: &ServerMessage) {
        let mut text = Vec::with_capacity(TEXT_BYTES_USUAL);
        serde_json::to_writer(&mut text, message)
            .expect("messages have text keys and no failing parts");
        let text = String::from_utf8(text).expect("JSON is text");
        self.put(to, Frame::Text(text.into()));
    }

    /// A member that does not read is cut off, so that others are not held up.
    fn put(&mut self, to: MemberId, frame: Frame) {
        let Some(connection) = self.connections.get(&to) else {
            return;
        };
        if let Err(TrySendError::Full(_)) = connection.outbox.try_send(frame) {
            self.too_slow.push(to);
        }
    }

    fn dismiss(&mut self, member: MemberId) {
        self.app.inner.relay.dismiss(self.switchboard.id(), member);
        self.put(member, Frame::Goodbye);
        self.connections.remove(&member);
    }

    async fn remember(&self, removed: &[MemberId]) {
        let (store, room) = (&self.app.inner.store, self.switchboard.id());
        if let Err(error) = store.set_removed_members(room, removed).await {
            let reference = self.app.reference();
            tracing::error!(%reference, %error, "a removal could not be stored and ends with a restart");
        }
    }

    async fn prolong(&self, until: Timestamp) {
        if let Err(error) = self
            .app
            .inner
            .store
            .prolong_room(self.switchboard.id(), until)
            .await
        {
            let reference = self.app.reference();
            tracing::error!(%reference, %error, "a room could not be prolonged");
        }
    }

    async fn close(&self) {
        self.app.inner.relay.close(self.switchboard.id());
        for tries in 1..=CLOSE_TRIES {
            let closed_at = self.app.now();
            let Err(error) = self
                .app
                .inner
                .store
                .close_room(self.switchboard.id(), closed_at)
                .await
            else {
                return;
            };
            let reference = self.app.reference();
            tracing::error!(%reference, %error, "the end of a room could not be stored");
            tokio::time::sleep(Duration::from_millis(200) * tries).await;
        }
    }
}
