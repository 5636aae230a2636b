//! Who hears the cast of a room with a queue, or casts in it: a seat beside those of a person who is in the room.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use base::{MemberId, Timestamp};
use protocol::{ErrorCode, Failure, Goodbye, Member, Role, ServerMessage};
use room::{Principal, Room};

use super::{Following, no_such_room};
use crate::room_task::RoomTask;

/// Who wants to hear the cast or to cast, as checked so far.
#[derive(Clone)]
pub(crate) struct Attendant {
    /// Whose key they showed.
    pub(crate) principal: Option<Principal>,
    /// Who else they may be in the room, as the member that they are.
    pub(crate) also: Vec<Principal>,
    /// They did not say the room's password, so they must be known here.
    pub(crate) lacks_password: bool,
}

impl Following {
    /// Whether the room lets this person hear its cast, or cast.
    fn admit(&self, attendant: &Attendant, role: Role, now: Timestamp) -> Result<(), Failure> {
        let room = self.queue.room();
        let Attendant {
            principal,
            lacks_password,
            ..
        } = attendant;
        let is_so = |holds: &dyn Fn(&Principal) -> bool| principal.as_ref().is_some_and(holds);
        if is_so(&|it| may_attend(room, role, it, now)) {
            Ok(())
        } else if *lacks_password && !is_so(&|it| room.knows(it, now)) {
            Err(no_such_room())
        } else if role == Role::Caster {
            let message = "this person may not cast in this room";
            Err(Failure::new(ErrorCode::Forbidden, message))
        } else {
            let message = "only those who are in the room hear its cast: join with follow";
            Err(Failure::new(ErrorCode::Follow, message))
        }
    }
}

impl Following {
    /// How many devices have these places, that came in by these keys. A device may have several: some that follow the
    /// queue, and some for the cast.
    pub(in crate::room_task) fn devices<'a>(
        &self,
        places: impl Iterator<Item = &'a Member>,
        keys: &BTreeMap<MemberId, Principal>,
    ) -> usize {
        let room = self.queue.room();
        let (seated, others): (Vec<_>, Vec<_>) = places
            .map(|member| (member.id, room.person_of(member.id)))
            .partition(|(_, person)| person.is_some());
        let persons: BTreeSet<_> = seated.iter().filter_map(|(_, person)| *person).collect();
        let counted: BTreeSet<_> = seated.iter().filter_map(|(it, _)| keys.get(it)).collect();
        let mut elsewhere = BTreeSet::new();
        let mut unknown = 0;
        for (seat, _) in others {
            match (self.attending.get(&seat), keys.get(&seat)) {
                // Counted by the seat that follows the queue.
                (Some(principal), _) if room.is_here(principal) => {}
                (_, Some(key)) if counted.contains(key) => {}
                // Who lost the connection, or is not settled yet, follows it with no seat.
                (_, Some(principal)) | (Some(principal), None) => _ = elsewhere.insert(*principal),
                (None, None) => unknown += 1,
            }
        }
        persons.len() + elsewhere.len() + unknown
    }

    /// Whose this seat for the cast is, also while it waits to be let in.
    pub(in crate::room_task) fn attendant(&self, seat: MemberId) -> Option<Principal> {
        self.attending.get(&seat).copied()
    }

    /// Whether this device has a place already.
    pub(in crate::room_task) fn has_device(&self, principal: &Principal) -> bool {
        self.queue.room().is_here(principal) || self.attending.values().any(|it| it == principal)
    }
}

fn may_attend(room: &Room, role: Role, principal: &Principal, now: Timestamp) -> bool {
    match role {
        Role::Caster => room.may_cast(principal, now),
        Role::Listener | Role::Peer => room.is_here(principal),
    }
}

impl RoomTask {
    /// Whether somebody may hear the cast of this room with a queue, or cast in it, as the person that the room knows as
    /// them. Their seat is nothing that is kept, so it is the room as it is held here that says so.
    pub(in crate::room_task) fn may_attend(
        &self,
        attendant: &mut Attendant,
        role: Role,
    ) -> Result<(), Failure> {
        let following = self.following.as_deref().ok_or_else(no_such_room)?;
        let (room, now) = (following.queue.room(), self.app.now());
        attendant.principal = room.recognise(attendant.principal, &attendant.also, now);
        following.admit(attendant, role, now)
    }

    /// Remembers whose seat it is, so that it goes with its person.
    pub(in crate::room_task) fn attend(&mut self, seat: MemberId, attendant: &Attendant) {
        if let (Some(following), Some(principal)) = (&mut self.following, attendant.principal) {
            following.attending.insert(seat, principal);
        }
    }

    /// Seats beside those of a person go when the person does, or may not cast any more.
    pub(super) async fn dismiss_attendants(&mut self) -> ControlFlow<()> {
        let now = self.app.now();
        let Some(following) = &mut self.following else {
            return ControlFlow::Continue(());
        };
        let (room, switchboard) = (following.queue.room(), &self.switchboard);
        let mut gone = Vec::new();
        following.attending.retain(|seat, principal| {
            let Some(member) = switchboard.member(*seat) else {
                return false;
            };
            let stays = may_attend(room, member.role, principal, now);
            if !stays {
                gone.push(*seat);
            }
            stays
        });
        for seat in gone {
            Box::pin(self.bid_farewell(seat, Goodbye::Removed)).await?;
        }
        ControlFlow::Continue(())
    }

    /// Tells a seat why it goes, and lets it go.
    pub(super) async fn bid_farewell(
        &mut self,
        seat: MemberId,
        reason: Goodbye,
    ) -> ControlFlow<()> {
        let leave = ServerMessage::Leave {
            member: seat,
            reason,
            until: None,
        };
        self.seats.say(seat, &leave);
        self.dismiss_seat(seat).await
    }
}
