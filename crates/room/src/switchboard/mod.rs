//! The switchboard: who is connected, who casts, and who may signal to whom. One state, one way in.

mod cast;
mod command;
mod ending;
mod roster;
mod signalling;
#[cfg(test)]
mod tests;

use std::time::Duration;

use base::{MemberId, RoomId, Timestamp};
use protocol::{ClientMessage, Goodbye, Hue, Member, Role, RoomCode, RoomView, ServerMessage};

pub use cast::{CASTER_GRACE, Cast};
use command::leave;
pub use command::{Command, Entry, Output, Reject};
pub use roster::{LISTENER_GRACE, REMOVED_MAX, WAITING_MAX};
use roster::{Presence, Roster};

/// Listeners a browser caster can feed: it encodes for each one.
pub const LISTENERS_MAX: u16 = 16;
/// Peers that fit in a room with a queue. Beyond, one task would serve nobody well.
pub const PEERS_MAX: usize = 1_000;
/// How long a room stays open after somebody last cast in it or followed its queue.
pub const ROOM_LIFE: Duration = Duration::from_secs(12 * 60 * 60);

/// What holds for the room, since it was opened or since its host said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// A password is asked of those who type the code.
    pub has_password: bool,
    /// The caster approves each listener.
    pub ask_first: bool,
    /// How many listeners fit.
    pub listeners_max: u16,
    /// The room has a queue, and so goes on without a cast.
    pub has_queue: bool,
}

/// The live side of a room: seats in memory, everything else as the store has it.
#[derive(Clone, Debug)]
pub struct Switchboard {
    id: RoomId,
    code: RoomCode,
    rules: Rules,
    expires_at: Timestamp,
    is_closed: bool,
    cast: Cast,
    roster: Roster,
}

impl Switchboard {
    /// A room that nobody is in yet, new or rebuilt from the store.
    #[must_use]
    pub fn new(id: RoomId, code: RoomCode, rules: Rules, expires_at: Timestamp) -> Self {
        let (cast, roster) = (Cast::Waiting, Roster::default());
        Self {
            id,
            code,
            rules,
            expires_at,
            is_closed: false,
            cast,
            roster,
        }
    }

    /// The same, but for `removed` listeners, who may not come back by their old tokens.
    #[must_use]
    pub fn without(mut self, removed: Vec<MemberId>) -> Self {
        self.roster.set_removed(removed);
        self
    }

    /// Its permanent name.
    #[must_use]
    pub const fn id(&self) -> RoomId {
        self.id
    }

    /// Whether anybody has a place in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.roster.is_empty()
    }

    /// Whether somebody casts.
    #[must_use]
    pub const fn cast(&self) -> Cast {
        self.cast
    }

    /// A member by its id.
    #[must_use]
    pub fn member(&self, id: MemberId) -> Option<&Member> {
        self.roster.get(id).map(|occupant| &occupant.member)
    }

    /// Everybody who has a place in it, connected or not. Who waits to be let in has none.
    pub fn places(&self) -> impl Iterator<Item = &Member> {
        self.roster.places().map(|occupant| &occupant.member)
    }

    /// The room as its members see it, reached at `link`.
    #[must_use]
    pub fn view(&self, link: String) -> RoomView {
        RoomView {
            code: self.code,
            hue: Hue::of(self.code),
            has_password: self.rules.has_password,
            ask_first: self.rules.ask_first,
            has_queue: self.rules.has_queue,
            expires_at: self.expires_at,
            listeners_max: self.rules.listeners_max,
            link,
        }
    }

    /// A password is asked of those who come from now on, or none is any more.
    pub const fn ask_password(&mut self, has_password: bool) {
        self.rules.has_password = has_password;
    }

    /// The members that `id` may signal to.
    #[must_use]
    pub fn peers_of(&self, id: MemberId) -> Vec<Member> {
        match self
            .roster
            .admitted(id)
            .map(|occupant| occupant.member.role)
        {
            Some(Role::Caster) => self
                .roster
                .listeners()
                .map(|occupant| occupant.member.clone())
                .collect(),
            Some(Role::Listener) => self
                .cast
                .caster()
                .and_then(|id| self.member(id))
                .cloned()
                .into_iter()
                .collect(),
            Some(Role::Peer) | None => Vec::new(),
        }
    }

    /// When [`Command::Tick`] is due next.
    #[must_use]
    pub fn next_deadline(&self) -> Timestamp {
        let renewal = if self.is_used() {
            self.renewal_at()
        } else {
            self.expires_at
        };
        let graces = self
            .cast
            .deadline()
            .into_iter()
            .chain(self.roster.deadline());
        graces.fold(renewal, Timestamp::min)
    }

    /// Takes a command at `now`; says what to do, or why not. A rejected command changes nothing.
    pub fn apply(&mut self, command: Command, now: Timestamp) -> Result<Vec<Output>, Reject> {
        if self.is_closed {
            return Err(Reject::Ended);
        }
        match command {
            Command::Enter { member, entry } => self.enter(member, entry),
            Command::Said { from, message } => self.hear(from, message),
            Command::Dropped { member } => Ok(self.drop_socket(member, now)),
            Command::Dismiss { member } if self.cast.caster() == Some(member) => {
                Ok(self.end_cast(member))
            }
            Command::Dismiss { member } => Ok(self.let_go(member)),
            Command::End => Ok(self.close(Goodbye::Ended)),
            Command::Rest { free_again } => Ok(self.rest(free_again)),
            Command::Tick => Ok(self.tick(now)),
        }
    }

    fn enter(&mut self, member: Member, entry: Entry) -> Result<Vec<Output>, Reject> {
        if entry == Entry::Resume && self.roster.was_removed(member.id) {
            return Err(Reject::CannotResume);
        }
        match member.role {
            Role::Caster => self.enter_caster(member, entry),
            Role::Listener => self.enter_listener(member, entry),
            Role::Peer => self.enter_peer(member, entry),
        }
    }

    fn enter_caster(&mut self, member: Member, entry: Entry) -> Result<Vec<Output>, Reject> {
        let id = member.id;
        let before = self.cast.caster().filter(|&before| before != id);
        self.cast = self.cast.start(id).map_err(|_| Reject::CasterPresent)?;
        let mut outputs = Vec::new();
        if let Some(before) = before {
            self.roster.take(before);
            outputs.push(Output::Dismiss { member: before });
            outputs.extend(self.tell_listeners(&leave(before, Goodbye::Left)));
        }
        self.roster.put(member.clone(), Presence::Here);
        outputs.push(Output::Welcome {
            to: id,
            is_new_room: entry == Entry::Created,
        });
        outputs.extend(self.tell_listeners(&ServerMessage::Joined {
            member,
            welcome: None,
        }));
        outputs.extend(self.roster.waiting().map(|waiting| Output::Send {
            to: id,
            message: ServerMessage::Join {
                member: waiting.member.clone(),
            },
        }));
        Ok(outputs)
    }

    fn enter_listener(&mut self, member: Member, entry: Entry) -> Result<Vec<Output>, Reject> {
        let has_place = self.roster.admitted(member.id).is_some();
        if !has_place && self.roster.listeners().count() >= usize::from(self.rules.listeners_max) {
            return Err(Reject::Full);
        }
        // A resume token is only ever given to a member that was let in.
        if self.rules.ask_first && entry != Entry::Resume {
            return self.wait_for_approval(member);
        }
        Ok(self.admit(member))
    }

    /// Whoever may follow the queue is the room's to say; here only the seats are counted.
    fn enter_peer(&mut self, member: Member, entry: Entry) -> Result<Vec<Output>, Reject> {
        if !self.rules.has_queue {
            return Err(Reject::NoQueue);
        }
        let is_new = self.roster.admitted(member.id).is_none();
        if is_new && self.roster.peers().count() >= PEERS_MAX {
            return Err(Reject::Full);
        }
        let to = member.id;
        self.roster.put(member, Presence::Here);
        Ok(vec![Output::Welcome {
            to,
            is_new_room: entry == Entry::Created,
        }])
    }

    fn wait_for_approval(&mut self, member: Member) -> Result<Vec<Output>, Reject> {
        if self.roster.waiting().count() >= WAITING_MAX {
            return Err(Reject::WaitingRoomFull);
        }
        self.roster.put(member.clone(), Presence::Waiting);
        let receivers = [Some(member.id), self.cast.caster()].into_iter().flatten();
        let message = ServerMessage::Join { member };
        Ok(receivers
            .map(|to| Output::Send {
                to,
                message: message.clone(),
            })
            .collect())
    }

    fn admit(&mut self, member: Member) -> Vec<Output> {
        let to = member.id;
        self.roster.put(member.clone(), Presence::Here);
        let message = ServerMessage::Joined {
            member,
            welcome: None,
        };
        let welcome = Output::Welcome {
            to,
            is_new_room: false,
        };
        [welcome]
            .into_iter()
            .chain(self.tell_caster(message))
            .collect()
    }

    fn hear(&mut self, from: MemberId, message: ClientMessage) -> Result<Vec<Output>, Reject> {
        match message {
            ClientMessage::Create(_) | ClientMessage::Join(_) => Err(Reject::AlreadyIn),
            ClientMessage::Approve { member, allow } => self.approve(from, member, allow),
            ClientMessage::Leave { member: None } => Ok(self.leave(from)),
            ClientMessage::Leave {
                member: Some(member),
            } => self.remove(from, member),
            signal => signalling::route(&self.roster, from, signal),
        }
    }

    fn approve(
        &mut self,
        from: MemberId,
        member: MemberId,
        allow: bool,
    ) -> Result<Vec<Output>, Reject> {
        self.only_caster(from)?;
        let is_waiting = |id| self.roster.waiting().any(|waiting| waiting.member.id == id);
        if !is_waiting(member) {
            return Err(Reject::Gone);
        }
        if allow && self.roster.listeners().count() >= usize::from(self.rules.listeners_max) {
            return Err(Reject::Full);
        }
        let occupant = self.roster.take(member).ok_or(Reject::Gone)?;
        if allow {
            return Ok(self.admit(occupant.member));
        }
        Ok(vec![
            Output::Send {
                to: member,
                message: leave(member, Goodbye::Refused),
            },
            Output::Dismiss { member },
        ])
    }

    fn remove(&mut self, from: MemberId, member: MemberId) -> Result<Vec<Output>, Reject> {
        self.only_caster(from)?;
        if from == member {
            return Err(Reject::Forbidden);
        }
        self.roster.remove(member).ok_or(Reject::Gone)?;
        let message = leave(member, Goodbye::Removed);
        Ok(vec![
            Output::Send {
                to: from,
                message: message.clone(),
            },
            Output::Send {
                to: member,
                message,
            },
            Output::Dismiss { member },
            Output::Remember {
                removed: self.roster.removed(),
            },
        ])
    }

    fn leave(&mut self, from: MemberId) -> Vec<Output> {
        if self.cast.caster() != Some(from) {
            return self.let_go(from);
        }
        if self.rules.has_queue {
            self.end_cast(from)
        } else {
            self.close(Goodbye::Ended)
        }
    }

    /// Lets a listener or a peer go.
    fn let_go(&mut self, member: MemberId) -> Vec<Output> {
        let Some(occupant) = self.roster.take(member) else {
            return Vec::new();
        };
        let dismiss = Output::Dismiss { member };
        let told = match occupant.member.role {
            Role::Peer => None,
            _ => self.tell_caster(leave(member, Goodbye::Left)),
        };
        [dismiss].into_iter().chain(told).collect()
    }

    fn end_cast(&mut self, caster: MemberId) -> Vec<Output> {
        self.cast = Cast::Waiting;
        self.roster.take(caster);
        let mut outputs = vec![Output::Dismiss { member: caster }];
        outputs.extend(self.tell_listeners(&leave(caster, Goodbye::Left)));
        outputs
    }

    fn drop_socket(&mut self, member: MemberId, now: Timestamp) -> Vec<Output> {
        if self.cast.caster() == Some(member) {
            return self.pause(member, now);
        }
        match self.roster.get(member).map(|occupant| occupant.presence) {
            Some(Presence::Waiting) => self.let_go(member),
            Some(Presence::Here) => {
                let until = now.after(LISTENER_GRACE);
                self.roster.set_presence(member, Presence::Away { until });
                if self.rules.has_queue && !self.is_used() {
                    return vec![self.prolong(now)];
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn pause(&mut self, caster: MemberId, now: Timestamp) -> Vec<Output> {
        self.cast = self.cast.pause(now);
        let Cast::Paused { until, .. } = self.cast else {
            return Vec::new();
        };
        self.roster.set_presence(caster, Presence::Away { until });
        let message = ServerMessage::Leave {
            member: caster,
            reason: Goodbye::Away,
            until: Some(until),
        };
        let mut outputs = self.tell_listeners(&message);
        outputs.push(self.prolong(now));
        outputs
    }

    fn prolong(&mut self, now: Timestamp) -> Output {
        self.expires_at = now.after(ROOM_LIFE);
        Output::Prolong {
            until: self.expires_at,
        }
    }

    fn tick(&mut self, now: Timestamp) -> Vec<Output> {
        let mut outputs = Vec::new();
        while let Some(member) = self.roster.overdue(now) {
            outputs.extend(self.let_go(member));
        }
        if let Cast::Paused { caster, until } = self.cast
            && until <= now
        {
            outputs.extend(self.end_cast(caster));
        }
        if self.is_used() && self.renewal_at() <= now {
            outputs.push(self.prolong(now));
        }
        if self.expires_at <= now {
            outputs.extend(self.close(Goodbye::Expired));
        }
        outputs
    }

    fn only_caster(&self, member: MemberId) -> Result<(), Reject> {
        if self.cast == (Cast::Live { caster: member }) {
            Ok(())
        } else {
            Err(Reject::Forbidden)
        }
    }

    fn tell_caster(&self, message: ServerMessage) -> Option<Output> {
        self.cast.caster().map(|to| Output::Send { to, message })
    }

    fn tell_listeners(&self, message: &ServerMessage) -> Vec<Output> {
        let send = |to| Output::Send {
            to,
            message: message.clone(),
        };
        self.roster
            .listeners()
            .map(|occupant| send(occupant.member.id))
            .collect()
    }

    /// Somebody casts, or follows the queue.
    fn is_used(&self) -> bool {
        let mut peers = self.roster.peers();
        matches!(self.cast, Cast::Live { .. })
            || peers.any(|occupant| occupant.presence == Presence::Here)
    }

    /// Half of a life before the end: often enough that a crash costs no room.
    fn renewal_at(&self) -> Timestamp {
        let half = i64::try_from(ROOM_LIFE.as_millis() / 2).unwrap_or(i64::MAX);
        Timestamp::from_unix_ms(self.expires_at.unix_ms().saturating_sub(half))
    }
}
