//! What a room's task does for those who follow the queue: gathers what they wish for, settles it as one, and tells
//! everybody what came of it.

mod attending;
mod behind;
mod erasing;
mod refusing;
mod telling;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use base::{MemberId, Secret, Timestamp};
use protocol::room::{CommandId, Position, Reaction, RoomCommand, RoomSaid};
use protocol::{ErrorCode, Failure, Member};
use room::Principal;
use room::switchboard::{self, Cast, Output, Reject};
use store::StoreError;
use tokio::sync::oneshot;

use super::RoomTask;
use super::seats::Connection;
use crate::queue_room::{NotKept, Pending, QueueRoom, Settled, seed};

pub(crate) use attending::Attendant;

/// By what right somebody comes into a room with a queue.
#[derive(Clone)]
pub(crate) enum Claim {
    /// To follow the queue.
    Follow(Follower),
    /// To hear the cast, or to cast.
    Attend(Attendant),
}

impl Claim {
    /// Whether they did not say the room's password.
    pub(crate) const fn lacks_password(&self) -> bool {
        match self {
            Self::Follow(follower) => follower.lacks_password,
            Self::Attend(attendant) => attendant.lacks_password,
        }
    }
}

/// Who wants to follow the queue, as checked so far. Which of these names it is, and whether they may, is decided with the
/// commit: another node may have sent them away a moment ago.
#[derive(Clone)]
pub(crate) struct Follower {
    /// Whose key they showed.
    pub(crate) principal: Principal,
    /// Who else they may be in the room, as the member that they are: their own name first.
    pub(crate) also: Vec<Principal>,
    /// They showed the key of whoever opened the room, or are signed in as them.
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
    /// Says that somebody is erased here.
    Erased(oneshot::Sender<()>),
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
    /// Seats that came for the cast, and whose they are.
    attending: BTreeMap<MemberId, Principal>,
}

impl Following {
    pub(crate) const fn new(queue: QueueRoom) -> Self {
        Self {
            queue,
            gathered: Vec::new(),
            cast: None,
            attending: BTreeMap::new(),
        }
    }

    fn expects(&self, follower: &Follower, now: Timestamp) -> bool {
        let room = self.queue.room();
        let who = room.recognise(Some(follower.principal), &follower.also, now);
        let who = who.unwrap_or(follower.principal);
        follower.is_owner || room.expects(&who, follower.invite.as_ref(), now)
    }
}

impl RoomTask {
    fn gather(&mut self, command: room::Command, then: Then) {
        let at = self.app.now();
        let seed = seed(self.app.entropy());
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
        let is_unlisted = self.app.is_unlisted(self.switchboard.id()).await;
        self.is_unlisted = is_unlisted;
        self.gather(room::Command::Restarted, Then::Nothing);
        self.settle().await
    }

    /// What somebody is told for whom there is no place. Whoever did not say the password hears nothing of the room, unless
    /// they are known or invited, as far as it is held here.
    pub(super) fn without_place(&self, claim: Option<&Claim>, reject: Reject) -> Failure {
        let is_expected = |follower: &Follower| {
            let following = self.following.as_deref();
            following.is_some_and(|it| it.expects(follower, self.app.now()))
        };
        match claim {
            Some(Claim::Follow(it)) if it.lacks_password && !is_expected(it) => no_such_room(),
            _ => reject.into(),
        }
    }

    /// Whose room it is, for somebody who is in it.
    pub(super) fn owner_for(&self, seat: MemberId) -> Option<Principal> {
        let room = self.following.as_deref()?.queue.room();
        room.person_of(seat)?;
        room.owner().copied()
    }

    pub(super) fn gather_newcomer(&mut self, who: &Member, follower: Follower, new: Newcomer) {
        let enter = room::Command::Enter {
            principal: follower.principal,
            also: follower.also,
            seat: new.member,
            form: who.form,
            name: who.name.clone(),
            is_owner: follower.is_owner,
            lacks_password: follower.lacks_password,
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

    /// These seats are empty from now on; their people may have others.
    pub(super) fn gather_gone(&mut self, seats: Vec<MemberId>) {
        if self.following.is_some() {
            self.gather(room::Command::SeatsGone { seats }, Then::Nothing);
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
            // Nobody's words wait for the store.
            self.seats.flush().await;
            let pending: Vec<&Pending> = gathered.iter().map(|one| &one.pending).collect();
            let inner = &self.app.inner;
            let settled =
                following
                    .queue
                    .settle(&inner.store, inner.entropy.as_ref(), &pending, now);
            match settled.await {
                Ok(settled) => {
                    self.tell(gathered, settled).await?;
                    self.let_go_of_snapshot();
                }
                Err(NotKept::Over) => return Box::pin(self.end()).await,
                Err(NotKept::Failed(error)) => {
                    Box::pin(self.refuse(gathered, &error)).await?;
                    return ControlFlow::Continue(());
                }
            }
        }
    }

    /// Takes over what another node has committed, if any has, and tells it here.
    pub(super) async fn catch_up_with_others(&mut self) -> Result<ControlFlow<()>, StoreError> {
        let Some(following) = &mut self.following else {
            return Ok(ControlFlow::Continue(()));
        };
        let caught_up = following.queue.catch_up(&self.app.inner.store);
        let before = match Box::pin(caught_up).await {
            Ok(before) => before,
            Err(NotKept::Over) => return Ok(Box::pin(self.end()).await),
            Err(NotKept::Failed(error)) => return Err(error),
        };
        let effects = Vec::new();
        Ok(self.tell(Vec::new(), Settled { before, effects }).await)
    }

    /// Those who came together have been told, and whoever comes next changes the room by that. Only those who are behind
    /// ask for one state again and again.
    fn let_go_of_snapshot(&mut self) {
        if let Some(following) = &mut self.following
            && !self.seats.is_anybody_behind()
        {
            following.queue.let_go_of_snapshot();
        }
    }

    pub(super) async fn end(&mut self) -> ControlFlow<()> {
        let now = self.app.now();
        let end = self.switchboard.apply(switchboard::Command::End, now);
        self.carry_out(end.unwrap_or_default()).await?;
        ControlFlow::Break(())
    }
}

/// The answer to somebody who may not come in without the password: the same as to a wrong one.
pub(crate) fn no_such_room() -> Failure {
    let message = "no open room answers to this code, or its password is another";
    Failure::new(ErrorCode::NoSuchRoom, message)
}
