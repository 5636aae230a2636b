//! The task that owns a live room: wishes in, frames out. The room decides, this carries it out.

pub(crate) mod following;
mod keeping;
mod learning;
pub(crate) mod plan;
pub(crate) mod seats;
mod welcoming;

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use base::{ClientKey, MemberId, Timestamp};
use bus::MAILBOX_MAX;
use futures_util::FutureExt;
use protocol::room::CommandId;
use protocol::{ClientMessage, Failure, Member, ServerMessage};
use room::switchboard::{Command, Entry, Output};
use room::{Principal, Switchboard};
use store::RoomStanding;
use tokio::sync::mpsc::Receiver;
use tokio::sync::oneshot;
use tokio::task::yield_now;

use crate::{App, Outbox, Place, directory};
use following::{Claim, Following, Newcomer};
use plan::RoomPlan;
use seats::{Connection, ConnectionId, Hears, Seats};

/// What the task is asked. Small, since every room keeps a block of slots for it.
pub(crate) enum Wish {
    Enter(Box<Enter>),
    Said(Box<Said>),
    Unread(Box<Unread>),
    Dropped(Box<Dropped>),
    /// A socket that read too slowly has caught up.
    CaughtUp {
        member: MemberId,
        connection: ConnectionId,
    },
    /// Somebody takes all that is theirs out of the room.
    Erase(Box<Leavetaking>),
    /// Somebody who is in the room asks who has it.
    Owner(Box<OwnerAsked>),
    /// Whoever opened the room wants nothing of theirs to be used (GDPR, Article 18), or lifts that.
    KeepUnlisted(bool),
    /// A password is asked of those who come from now on, or none is any more.
    AskPassword(bool),
    /// Whoever opened the room is erased, and the room with them.
    End,
    /// The store was found to say this of the room; nothing when it is closed.
    Learn(Option<Box<RoomStanding>>),
}

pub(crate) struct Leavetaking {
    /// Who they are.
    pub(crate) principals: Vec<Principal>,
    /// Told once nothing of them is kept.
    pub(crate) answer: oneshot::Sender<()>,
}

pub(crate) struct OwnerAsked {
    /// Who asks.
    pub(crate) seat: MemberId,
    /// Told nothing when nobody sits there, or it is a room without a queue.
    pub(crate) answer: oneshot::Sender<Option<Principal>>,
}

pub(crate) struct Enter {
    pub(crate) member: Member,
    pub(crate) entry: Entry,
    /// In a room with a queue.
    pub(crate) claim: Option<Claim>,
    /// Who asks, for what counts by networks.
    pub(crate) client: ClientKey,
    pub(crate) connection: ConnectionId,
    pub(crate) place: Place,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) answer: oneshot::Sender<Result<(), Failure>>,
}

pub(crate) struct Said {
    pub(crate) from: MemberId,
    pub(crate) connection: ConnectionId,
    pub(crate) message: ClientMessage,
    /// Why it makes no sense, if that is known already.
    pub(crate) refused: Option<&'static str>,
}

/// A command of which nothing but the name could be read.
pub(crate) struct Unread {
    pub(crate) from: MemberId,
    pub(crate) connection: ConnectionId,
    pub(crate) cmd_id: CommandId,
    pub(crate) why: Failure,
}

pub(crate) struct Dropped {
    pub(crate) member: MemberId,
    pub(crate) connection: ConnectionId,
}

struct RoomTask {
    app: App,
    switchboard: Switchboard,
    seats: Seats,
    following: Option<Box<Following>>,
    /// None where nobody's plan counts.
    plan: Option<Box<RoomPlan>>,
    line: directory::Line,
    /// Whoever opened the room wants nothing of theirs to be used.
    is_unlisted: bool,
}

/// A room as it is woken.
pub(crate) struct Woken {
    pub(crate) switchboard: Switchboard,
    pub(crate) following: Option<Box<Following>>,
    pub(crate) plan: Option<Box<RoomPlan>>,
}

enum Next {
    Wish(Wish),
    Deadline,
    Stop,
}

/// Runs `room` until nobody is in it, it is closed, or the server stops. A panic ends this room only:
/// its sockets close, the members resume, and the room is rebuilt from the store.
pub(crate) async fn run(app: App, room: Woken, mut mailbox: Receiver<Wish>) {
    let Woken {
        switchboard,
        following,
        plan,
    } = room;
    let id = switchboard.id();
    let mut task = RoomTask {
        app: app.clone(),
        switchboard,
        seats: Seats::default(),
        following,
        plan,
        line: directory::Line::new(app.inner.directory.clone()),
        is_unlisted: false,
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
        // What a room does seldom lies in boxes: each live room keeps room for all that it may wait for.
        if Box::pin(self.begin_to_follow()).await.is_break() {
            return Ending::Over;
        }
        let mut due_at = self.next_deadline();
        let mut due = self.app.inner.clock.until(due_at);
        loop {
            let next = tokio::select! {
                biased;
                wish = mailbox.recv() => wish.map_or(Next::Stop, Next::Wish),
                () = &mut stopped => Next::Stop,
                () = &mut due => Next::Deadline,
            };
            let is_due = matches!(next, Next::Deadline);
            let step = match next {
                Next::Wish(wish) => self.take(wish, mailbox).await,
                Next::Deadline => Box::pin(self.tick()).await,
                Next::Stop => {
                    let _ = Box::pin(self.let_all_go()).await;
                    return Ending::Over;
                }
            };
            self.seats.flush().await;
            if step.is_break() {
                return Ending::Over;
            }
            if self.may_rest()
                && self
                    .app
                    .inner
                    .bus
                    .close_if_idle(self.switchboard.id(), mailbox)
            {
                return Ending::Unloaded;
            }
            // Most wishes leave the deadline where it is, and so the timer.
            if is_due || due_at != self.next_deadline() {
                due_at = self.next_deadline();
                due = self.app.inner.clock.until(due_at);
            }
        }
    }

    fn next_deadline(&self) -> Timestamp {
        let of_seats = self.switchboard.next_deadline();
        let of_queue = self
            .following
            .as_ref()
            .and_then(|following| following.queue.next_deadline());
        let of_plan = self.plan.as_deref().and_then(RoomPlan::wakes);
        let others = of_queue.into_iter().chain(of_plan);
        others.fold(of_seats, Timestamp::min)
    }

    /// Whether the room need not be held in memory: nobody is in it, and nothing is due.
    fn may_rest(&self) -> bool {
        let rests = |following: &Following| following.queue.may_rest(self.app.now());
        self.switchboard.is_empty() && self.following.as_deref().is_none_or(rests)
    }

    /// Takes a wish, and in a room with a queue all that wait behind it: they are settled as one.
    async fn take(&mut self, wish: Wish, mailbox: &mut Receiver<Wish>) -> ControlFlow<()> {
        let mut next = Some(wish);
        if self.following.is_some() {
            // Others are about to speak as well: what they say is settled as one with this, and told by one write.
            yield_now().await;
        }
        let mut taken = 0;
        while let Some(wish) = next.take() {
            taken += 1;
            let takes_over = self.takes_over(&wish);
            let within = match wish {
                Wish::Learn(found) => {
                    Box::pin(self.learn(found)).await?;
                    None
                }
                wish if self.plan.is_some() => Box::pin(self.within_plan(wish)).await,
                wish => Some(wish),
            };
            if let Some(wish) = within {
                let outputs = self.fulfil(wish);
                self.carry_out(outputs).await?;
            }
            if self.following.is_some() && !takes_over && taken < MAILBOX_MAX {
                next = mailbox.try_recv().ok();
            }
        }
        self.settle().await
    }

    /// Whether somebody takes a seat whose earlier socket still counts. That is settled before that socket's end is
    /// heard, which would empty the seat.
    fn takes_over(&self, wish: &Wish) -> bool {
        matches!(wish, Wish::Enter(enter) if self.seats.get(enter.member.id).is_some())
    }

    /// The server stops: all seats are empty at once, so that no vote is won by who is cut off last.
    async fn let_all_go(&mut self) -> ControlFlow<()> {
        let seats = self.seats.let_all_go();
        self.gather_gone(seats);
        self.settle().await
    }

    async fn tick(&mut self) -> ControlFlow<()> {
        let now = self.app.now();
        let outputs = self.switchboard.apply(Command::Tick, now);
        self.carry_out(outputs.unwrap_or_default()).await?;
        self.gather_tick(now);
        self.tick_plan().await?;
        self.settle().await
    }

    fn fulfil(&mut self, wish: Wish) -> Vec<Output> {
        let now = self.app.now();
        match wish {
            Wish::Enter(enter) => self.enter(*enter, now),
            Wish::Said(said) if self.seats.is_current(said.from, said.connection) => {
                self.hear(*said, now)
            }
            Wish::Unread(unread) if self.seats.is_current(unread.from, unread.connection) => {
                self.refuse_unread(*unread);
                Vec::new()
            }
            // The server lets everybody go, one by one. Those who are left are not few all at once: nothing is decided.
            Wish::Dropped(_) if self.app.inner.lets_go.load(Relaxed) => Vec::new(),
            Wish::Dropped(dropped) if self.seats.is_current(dropped.member, dropped.connection) => {
                self.drop_connection(dropped.member, now)
            }
            Wish::CaughtUp { member, connection } if self.seats.is_current(member, connection) => {
                self.catch_up(member);
                Vec::new()
            }
            Wish::Erase(leaving) => {
                self.gather_erasure(*leaving);
                Vec::new()
            }
            Wish::Owner(asked) => {
                // Who has stopped waiting needs no answer.
                let _ = asked.answer.send(self.owner_for(asked.seat));
                Vec::new()
            }
            Wish::KeepUnlisted(is_unlisted) => {
                self.is_unlisted = is_unlisted;
                self.list();
                Vec::new()
            }
            Wish::AskPassword(has_password) => {
                self.switchboard.ask_password(has_password);
                self.list();
                self.seats.say_all(&ServerMessage::Doors { has_password });
                Vec::new()
            }
            Wish::End => self
                .switchboard
                .apply(Command::End, now)
                .unwrap_or_default(),
            // Learned where the store may be waited for.
            Wish::Learn(_) => Vec::new(),
            // A socket that another one has replaced has no say any more.
            Wish::Said(_) | Wish::Unread(_) | Wish::Dropped(_) | Wish::CaughtUp { .. } => {
                Vec::new()
            }
        }
    }

    fn hear(&mut self, said: Said, now: Timestamp) -> Vec<Output> {
        let Said {
            from,
            message,
            refused,
            ..
        } = said;
        let message = match message {
            ClientMessage::Command(said) if self.following.is_some() => {
                match refused {
                    Some(reason) => self.refuse_said(from, said.cmd_id, reason.to_owned()),
                    None => self.gather_said(from, *said),
                }
                return Vec::new();
            }
            message => message,
        };
        let said = Command::Said { from, message };
        self.switchboard.apply(said, now).unwrap_or_else(|reject| {
            vec![Output::Send {
                to: from,
                message: ServerMessage::Error(reject.into()),
            }]
        })
    }

    fn enter(&mut self, enter: Enter, now: Timestamp) -> Vec<Output> {
        let Enter {
            member,
            entry,
            mut claim,
            connection: id,
            place,
            outbox,
            answer,
            ..
        } = enter;
        let may_come = match &mut claim {
            Some(Claim::Attend(attendant)) => self.may_attend(attendant, member.role),
            Some(Claim::Follow(_)) | None => Ok(()),
        };
        if let Err(failure) = may_come {
            let _ = answer.send(Err(failure));
            return Vec::new();
        }
        let who = member.clone();
        let outputs = match self
            .switchboard
            .apply(Command::Enter { member, entry }, now)
        {
            Ok(outputs) => outputs,
            Err(reject) => {
                let _ = answer.send(Err(self.without_place(claim.as_ref(), reject)));
                return Vec::new();
            }
        };
        let mut connection = Connection {
            id,
            place,
            outbox,
            hears: Hears::Nothing,
        };
        let follower = match claim {
            Some(Claim::Follow(follower)) => follower,
            claim => {
                if let Some(Claim::Attend(attendant)) = claim {
                    self.attend(who.id, &attendant);
                }
                self.seats.put(who.id, connection);
                // A socket that is gone already is noticed when it drops its seat.
                let _ = answer.send(Ok(()));
                return outputs;
            }
        };
        connection.hears = Hears::Events;
        let newcomer = Newcomer {
            member: who.id,
            connection,
            last: follower.last,
            outputs,
            answer,
        };
        self.gather_newcomer(&who, follower, newcomer);
        Vec::new()
    }

    pub(in crate::room_task) fn drop_connection(
        &mut self,
        member: MemberId,
        now: Timestamp,
    ) -> Vec<Output> {
        self.seats.remove(member);
        self.gather_gone(vec![member]);
        self.switchboard
            .apply(Command::Dropped { member }, now)
            .unwrap_or_default()
    }

    async fn carry_out(&mut self, outputs: Vec<Output>) -> ControlFlow<()> {
        let id = self.switchboard.id();
        let mut outputs = VecDeque::from(outputs);
        loop {
            while let Some(member) = self.seats.next_too_slow() {
                outputs.extend(self.drop_connection(member, self.app.now()));
            }
            let Some(output) = outputs.pop_front() else {
                return ControlFlow::Continue(());
            };
            match output {
                Output::Welcome { to, is_new_room } => self.welcome(to, is_new_room),
                Output::Send { to, message } => self.seats.say(to, &message),
                Output::Restart { to, from } => self.restart(to, from),
                Output::Reachable { member, address } => {
                    self.app.inner.relay.saw_candidate(id, member, address);
                }
                Output::Dismiss { member } => self.dismiss(member),
                // Nobody's words wait for the store.
                Output::Remember { removed } => {
                    self.seats.flush().await;
                    Box::pin(self.remember(&removed)).await;
                }
                Output::Prolong { until } => {
                    self.seats.flush().await;
                    Box::pin(self.prolong(until)).await;
                }
                Output::Close => {
                    self.seats.flush().await;
                    Box::pin(self.close()).await;
                    return ControlFlow::Break(());
                }
            }
        }
    }

    fn dismiss(&mut self, member: MemberId) {
        self.app.inner.relay.dismiss(self.switchboard.id(), member);
        self.seats.dismiss(member);
        self.gather_gone(vec![member]);
    }
}
