//! What a room's task does for those who follow the queue: gathers what they wish for, settles it as one, and tells
//! everybody what came of it.

use std::ops::ControlFlow;
use std::time::Duration;

use base::{MemberId, PersonId, Secret, Timestamp};
use protocol::room::{
    Answer, CommandId, LeftBecause, Position, Reaction, RejectCode, RoomCommand, RoomSaid,
};
use protocol::{ErrorCode, Failure, Goodbye, Member, ServerMessage};
use room::switchboard::{self, Cast, Output};
use room::{Principal, Seed};
use store::StoreError;
use tokio::sync::oneshot;

use super::seats::{Connection, has_room, shared};
use super::{RoomTask, Wish};
use crate::directory::ListedRoom;
use crate::queue_room::{Effect, NotKept, Pending, QueueRoom, Settled};

/// How often a slow socket is looked at until it has caught up.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Who wants to follow the queue, as checked so far.
#[derive(Clone)]
pub(crate) struct Follower {
    pub(crate) principal: Principal,
    /// They showed the key of whoever opened the room.
    pub(crate) is_owner: bool,
    pub(crate) invite: Option<Secret<String>>,
    /// They did not say the room's password, so they must be known here or invited.
    pub(crate) lacks_password: bool,
    pub(crate) last: Option<Position>,
}

/// Somebody whose place in the room is not settled yet.
pub(super) struct Newcomer {
    pub(super) member: MemberId,
    pub(super) connection: Connection,
    pub(super) last: Option<Position>,
    pub(super) outputs: Vec<Output>,
    pub(super) answer: oneshot::Sender<Result<(), Failure>>,
}

/// What follows a command once it is settled.
enum Then {
    Nothing,
    Answer {
        seat: MemberId,
        cmd_id: CommandId,
        reaction: Option<Reaction>,
    },
    Seat(Box<Newcomer>),
}

struct Gathered {
    pending: Pending,
    then: Then,
}

/// The queue of a live room, and what waits to be settled.
pub(crate) struct Following {
    pub(super) queue: QueueRoom,
    gathered: Vec<Gathered>,
    /// The cast that the room was told of.
    cast: Option<MemberId>,
}

impl Following {
    pub(crate) const fn new(queue: QueueRoom) -> Self {
        Self {
            queue,
            gathered: Vec::new(),
            cast: None,
        }
    }

    fn knows(&self, follower: &Follower, now: Timestamp) -> bool {
        let room = self.queue.room();
        let is_invited = |token| room.has_invite(token, now);
        follower.is_owner
            || room.principals().any(|known| *known == follower.principal)
            || follower.invite.as_ref().is_some_and(is_invited)
    }
}

impl RoomTask {
    /// Fresh randomness for one command.
    fn seed(&self) -> Seed {
        let halves = |bytes| {
            let bits = u128::from_be_bytes(bytes);
            [(bits >> 64) as u64, bits as u64]
        };
        let [shown, _] = halves(self.app.entropy().bytes16());
        let [one, other] = halves(self.app.entropy().bytes16());
        Seed([shown, one, other])
    }

    fn gather(&mut self, command: room::Command, then: Then) {
        let at = self.app.now();
        let seed = self.seed();
        let pending = Pending { command, at, seed };
        if let Some(following) = &mut self.following {
            following.gathered.push(Gathered { pending, then });
        }
    }

    /// The room is open here again: all seats that it remembers are gone.
    pub(super) async fn begin_to_follow(&mut self) -> ControlFlow<()> {
        if self.following.is_none() {
            return ControlFlow::Continue(());
        }
        self.gather(room::Command::Restarted, Then::Nothing);
        self.settle().await
    }

    /// Whether somebody who does not know the password may come in without.
    pub(super) fn may_enter(&self, follower: &Follower) -> bool {
        let is_known = |following: &Following| following.knows(follower, self.app.now());
        !follower.lacks_password || self.following.as_deref().is_some_and(is_known)
    }

    pub(super) fn gather_newcomer(&mut self, who: &Member, follower: Follower, new: Newcomer) {
        let enter = room::Command::Enter {
            principal: follower.principal,
            seat: new.member,
            form: who.form,
            name: who.name.clone(),
            is_owner: follower.is_owner,
            invite: follower.invite,
        };
        self.gather(enter, Then::Seat(Box::new(new)));
    }

    pub(super) fn gather_said(&mut self, seat: MemberId, said: RoomSaid) {
        let reaction = match said.command {
            RoomCommand::React { reaction } => Some(reaction),
            _ => None,
        };
        let then = Then::Answer {
            seat,
            cmd_id: said.cmd_id.clone(),
            reaction,
        };
        self.gather(room::Command::Said { seat, said }, then);
    }

    /// A seat is empty from now on; its person may have others.
    pub(super) fn gather_gone(&mut self, seat: MemberId) {
        if self.following.is_some() {
            self.gather(room::Command::SeatGone { seat }, Then::Nothing);
        }
    }

    pub(super) fn gather_tick(&mut self, now: Timestamp) {
        let due = |following: &Following| following.queue.next_deadline();
        if self
            .following
            .as_deref()
            .and_then(due)
            .is_some_and(|at| at <= now)
        {
            self.gather(room::Command::Tick, Then::Nothing);
        }
    }

    /// Tells the room when a cast began or ended.
    fn gather_cast(&mut self) {
        let Some(following) = &mut self.following else {
            return;
        };
        let caster = match self.switchboard.cast() {
            Cast::Waiting => None,
            Cast::Live { caster } | Cast::Paused { caster, .. } => Some(caster),
        };
        if following.cast == caster {
            return;
        }
        following.cast = caster;
        let command = match caster {
            Some(seat) => room::Command::CastStarted { seat },
            None => room::Command::CastStopped,
        };
        self.gather(command, Then::Nothing);
    }

    /// Settles what was gathered, and what follows from that.
    pub(super) async fn settle(&mut self) -> ControlFlow<()> {
        loop {
            self.gather_cast();
            let now = self.app.now();
            let Some(following) = &mut self.following else {
                return ControlFlow::Continue(());
            };
            let gathered = std::mem::take(&mut following.gathered);
            if gathered.is_empty() {
                return ControlFlow::Continue(());
            }
            let pending: Vec<&Pending> = gathered.iter().map(|one| &one.pending).collect();
            let inner = &self.app.inner;
            let settled =
                following
                    .queue
                    .settle(&inner.store, inner.entropy.as_ref(), &pending, now);
            match settled.await {
                Ok(settled) => self.tell(gathered, settled).await?,
                Err(NotKept::Over) => return self.end().await,
                Err(NotKept::Failed(error)) => {
                    self.refuse(gathered, &error).await?;
                    return ControlFlow::Continue(());
                }
            }
        }
    }

    async fn end(&mut self) -> ControlFlow<()> {
        let now = self.app.now();
        let end = self.switchboard.apply(switchboard::Command::End, now);
        self.carry_out(end.unwrap_or_default()).await?;
        ControlFlow::Break(())
    }

    /// Everybody hears what happened, then each what is theirs.
    async fn tell(&mut self, gathered: Vec<Gathered>, settled: Settled) -> ControlFlow<()> {
        self.list();
        self.broadcast(&settled);
        let mut mine_changed: Vec<PersonId> = Vec::new();
        let mut dismissed = Vec::new();
        for effect in &settled.effects {
            mine_changed.extend(&effect.done.mine_changed);
            dismissed.extend(&effect.done.dismissed);
        }
        mine_changed.sort_unstable();
        mine_changed.dedup();
        for person in mine_changed {
            self.tell_mine(person);
        }
        for (one, effect) in gathered.into_iter().zip(settled.effects) {
            self.follow_up(one.then, effect).await?;
        }
        for (seat, because) in dismissed {
            self.send_away(seat, because).await?;
        }
        let is_over = |following: &Following| following.queue.room().is_over();
        if self.following.as_deref().is_some_and(is_over) {
            return self.end().await;
        }
        ControlFlow::Continue(())
    }

    /// The public directory says what is kept now, before anybody is told of it.
    fn list(&mut self) {
        let Some(following) = &self.following else {
            return;
        };
        let view = self.switchboard.view(String::new());
        let room = following.queue.room();
        self.line
            .show(ListedRoom::of(room, view.code, view.has_password));
    }

    fn broadcast(&mut self, settled: &Settled) {
        let Some(following) = &self.following else {
            return;
        };
        let of_effects = settled.effects.iter().flat_map(Effect::events);
        let events: Vec<_> = settled.before.iter().chain(of_effects).cloned().collect();
        if events.is_empty() {
            return;
        }
        let epoch = following.queue.room().position().epoch;
        let frame = shared(&ServerMessage::Events { epoch, events });
        for member in self.seats.broadcast(&frame) {
            self.watch(member);
        }
    }

    async fn follow_up(&mut self, then: Then, effect: Effect) -> ControlFlow<()> {
        match then {
            Then::Nothing => ControlFlow::Continue(()),
            Then::Answer {
                seat,
                cmd_id,
                reaction,
            } => {
                self.answer(seat, cmd_id, reaction, effect);
                ControlFlow::Continue(())
            }
            Then::Seat(newcomer) => match effect.refusal() {
                Some(failure) => self.turn_away(*newcomer, failure).await,
                None => self.seat(*newcomer).await,
            },
        }
    }

    fn answer(
        &mut self,
        seat: MemberId,
        cmd_id: CommandId,
        reaction: Option<Reaction>,
        effect: Effect,
    ) {
        if let (Some(reaction), Some(by), true) =
            (reaction, effect.done.person, effect.is_granted())
        {
            self.seats
                .offer(&shared(&ServerMessage::Reaction { by, reaction }));
        }
        if let Some(answer) = effect.done.answer {
            self.seats
                .say(seat, &ServerMessage::Answered { cmd_id, answer });
        }
    }

    async fn seat(&mut self, newcomer: Newcomer) -> ControlFlow<()> {
        let Newcomer {
            member,
            connection,
            last,
            outputs,
            answer,
        } = newcomer;
        self.seats.put(member, connection);
        // A socket that is gone already is noticed when it drops its seat.
        let _ = answer.send(Ok(()));
        self.carry_out(outputs).await?;
        let Some(following) = &mut self.following else {
            return ControlFlow::Continue(());
        };
        let epoch = following.queue.room().position().epoch;
        let frame = match last.and_then(|last| following.queue.missed(last)) {
            Some(events) => shared(&ServerMessage::Events { epoch, events }),
            None => following.queue.snapshot(),
        };
        self.seats.send(member, frame);
        self.tell_mine_to(member);
        ControlFlow::Continue(())
    }

    async fn turn_away(&mut self, newcomer: Newcomer, failure: Failure) -> ControlFlow<()> {
        let Newcomer { member, answer, .. } = newcomer;
        let _ = answer.send(Err(failure));
        // A token in the wrong hands does not unseat whoever it belongs to.
        let is_taken = |following: &Following| following.queue.room().person_of(member).is_some();
        if self.following.as_deref().is_some_and(is_taken) {
            return ControlFlow::Continue(());
        }
        self.dismiss_seat(member).await
    }

    async fn dismiss_seat(&mut self, member: MemberId) -> ControlFlow<()> {
        let now = self.app.now();
        let dismiss = switchboard::Command::Dismiss { member };
        let outputs = self.switchboard.apply(dismiss, now).unwrap_or_default();
        self.carry_out(outputs).await
    }

    async fn send_away(&mut self, seat: MemberId, because: LeftBecause) -> ControlFlow<()> {
        let reason = match because {
            LeftBecause::Left | LeftBecause::Away => Goodbye::Left,
            LeftBecause::Kicked | LeftBecause::Banned => Goodbye::Removed,
        };
        let leave = ServerMessage::Leave {
            member: seat,
            reason,
            until: None,
        };
        self.seats.say(seat, &leave);
        self.dismiss_seat(seat).await
    }

    fn tell_mine(&mut self, person: PersonId) {
        let Some(following) = &self.following else {
            return;
        };
        let room = following.queue.room();
        let Some(mine) = room.mine(person) else {
            return;
        };
        let seats = room.seats_of(person);
        let frame = shared(&ServerMessage::Mine(Box::new(mine)));
        for seat in seats {
            if self.seats.hears_events(seat) {
                self.seats.send(seat, frame.clone());
            }
        }
    }

    fn tell_mine_to(&mut self, seat: MemberId) {
        let Some(following) = &self.following else {
            return;
        };
        let room = following.queue.room();
        let person = room.person_of(seat);
        if let Some(mine) = person.and_then(|person| room.mine(person)) {
            self.seats.say(seat, &ServerMessage::Mine(Box::new(mine)));
        }
    }

    /// Looks after a member that fell behind, until it has caught up or is gone.
    fn watch(&self, member: MemberId) {
        let Some(connection) = self.seats.get(member) else {
            return;
        };
        let (id, outbox) = (connection.id, connection.outbox.downgrade());
        let mailbox = self.app.inner.bus.mailbox(self.switchboard.id());
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(LOOK_EVERY).await;
                let Some(outbox) = outbox.upgrade() else {
                    return;
                };
                if has_room(&outbox) || outbox.is_closed() {
                    break;
                }
            }
            if let Some(mailbox) = mailbox {
                let caught_up = Wish::CaughtUp {
                    member,
                    connection: id,
                };
                let _ = mailbox.send(caught_up).await;
            }
        });
    }

    /// Brings a member that fell behind up to date with the whole state.
    pub(super) fn catch_up(&mut self, member: MemberId) {
        let Some(following) = &mut self.following else {
            return;
        };
        if self.seats.catch_up(member) {
            let snapshot = following.queue.snapshot();
            self.seats.send(member, snapshot);
            self.tell_mine_to(member);
        } else {
            self.watch(member);
        }
    }

    /// The store failed: nothing happened, and everybody who waits is told so.
    async fn refuse(&mut self, gathered: Vec<Gathered>, error: &StoreError) -> ControlFlow<()> {
        let failure = self.app.failure(error);
        for Gathered { pending, then } in gathered {
            match then {
                Then::Nothing => self.owe(pending),
                Then::Answer { seat, cmd_id, .. } => {
                    let answer = self.not_kept(&failure);
                    self.seats
                        .say(seat, &ServerMessage::Answered { cmd_id, answer });
                }
                Then::Seat(newcomer) => self.turn_away(*newcomer, failure.clone()).await?,
            }
        }
        ControlFlow::Continue(())
    }

    /// What nobody waits for must be known to the room all the same, once the store works again.
    fn owe(&mut self, pending: Pending) {
        if let Some(following) = &mut self.following
            && pending.command != room::Command::Tick
        {
            let then = Then::Nothing;
            following.gathered.push(Gathered { pending, then });
        }
    }

    fn not_kept(&self, failure: &Failure) -> Answer {
        let position = |following: &Following| following.queue.room().position().seq;
        let reference = failure.reference.as_deref().unwrap_or_default();
        Answer::Reject {
            code: RejectCode::Server,
            message: format!("{} ({reference})", failure.message),
            seq: self.following.as_deref().map_or(0, position),
            retry_after_ms: Some(1_000),
        }
    }

    /// Refuses what was found to make no sense before it came here.
    pub(super) fn refuse_said(&mut self, seat: MemberId, said: RoomSaid, reason: &'static str) {
        let position = |following: &Following| following.queue.room().position().seq;
        let answer = Answer::Reject {
            code: RejectCode::Invalid,
            message: reason.to_owned(),
            seq: self.following.as_deref().map_or(0, position),
            retry_after_ms: None,
        };
        let cmd_id = said.cmd_id;
        self.seats
            .say(seat, &ServerMessage::Answered { cmd_id, answer });
    }
}

/// The answer to somebody who may not come in without the password: the same as to a wrong one.
pub(super) fn no_such_room() -> Failure {
    let message = "no open room answers to this code, or its password is another";
    Failure::new(ErrorCode::NoSuchRoom, message)
}
