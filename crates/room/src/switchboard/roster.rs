//! Who is in the room, who waits to be let in, and who may not come back.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use base::{MemberId, Timestamp};
use protocol::{Member, Role};

/// How long a listener whose socket is gone keeps its place.
pub const LISTENER_GRACE: Duration = Duration::from_secs(90);
/// How many may wait for approval at once.
pub const WAITING_MAX: usize = 8;
/// How many removed members are remembered, the oldest forgotten first.
pub const REMOVED_MAX: usize = 64;

/// Whether a member can be talked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It waits for the caster's approval.
    Waiting,
    /// It is connected.
    Here,
    /// Its socket is gone; its place is kept until then.
    Away { until: Timestamp },
}

#[derive(Clone, Debug)]
pub(crate) struct Occupant {
    pub(crate) member: Member,
    pub(crate) presence: Presence,
}

/// Everybody in the room, by id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roster {
    occupants: BTreeMap<MemberId, Occupant>,
    removed: VecDeque<MemberId>,
}

impl Roster {
    pub(crate) fn put(&mut self, member: Member, presence: Presence) {
        self.occupants
            .insert(member.id, Occupant { member, presence });
    }

    pub(crate) fn get(&self, id: MemberId) -> Option<&Occupant> {
        self.occupants.get(&id)
    }

    /// The member, unless it only waits to be let in.
    pub(crate) fn admitted(&self, id: MemberId) -> Option<&Occupant> {
        self.get(id)
            .filter(|occupant| occupant.presence != Presence::Waiting)
    }

    pub(crate) fn set_presence(&mut self, id: MemberId, presence: Presence) {
        if let Some(occupant) = self.occupants.get_mut(&id) {
            occupant.presence = presence;
        }
    }

    pub(crate) fn take(&mut self, id: MemberId) -> Option<Occupant> {
        self.occupants.remove(&id)
    }

    pub(crate) fn take_all(&mut self) -> impl Iterator<Item = Occupant> + use<> {
        std::mem::take(&mut self.occupants).into_values()
    }

    /// Takes a member out so that its resume token works no more.
    pub(crate) fn remove(&mut self, id: MemberId) -> Option<Occupant> {
        let occupant = self.occupants.remove(&id)?;
        if self.removed.len() == REMOVED_MAX {
            self.removed.pop_front();
        }
        self.removed.push_back(id);
        Some(occupant)
    }

    /// Whom the caster removed, the oldest first.
    pub(crate) fn removed(&self) -> Vec<MemberId> {
        self.removed.iter().copied().collect()
    }

    pub(crate) fn set_removed(&mut self, removed: Vec<MemberId>) {
        self.removed = removed.into();
    }

    pub(crate) fn was_removed(&self, id: MemberId) -> bool {
        self.removed.contains(&id)
    }

    /// Listeners that have a place, connected or not.
    pub(crate) fn listeners(&self) -> impl Iterator<Item = &Occupant> {
        self.occupants.values().filter(|occupant| {
            occupant.member.role == Role::Listener && occupant.presence != Presence::Waiting
        })
    }

    /// Seats that follow the queue, connected or not.
    pub(crate) fn peers(&self) -> impl Iterator<Item = &Occupant> {
        self.occupants
            .values()
            .filter(|occupant| occupant.member.role == Role::Peer)
    }

    /// All that were let in, connected or not.
    pub(crate) fn places(&self) -> impl Iterator<Item = &Occupant> {
        self.occupants
            .values()
            .filter(|occupant| occupant.presence != Presence::Waiting)
    }

    pub(crate) fn waiting(&self) -> impl Iterator<Item = &Occupant> {
        self.occupants
            .values()
            .filter(|occupant| occupant.presence == Presence::Waiting)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.occupants.is_empty()
    }

    /// The first listener or peer whose grace has ended at `now`.
    pub(crate) fn overdue(&self, now: Timestamp) -> Option<MemberId> {
        self.away()
            .find(|(_, until)| *until <= now)
            .map(|(id, _)| id)
    }

    /// When the next listener's or peer's grace ends.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.away().map(|(_, until)| until).min()
    }

    fn away(&self) -> impl Iterator<Item = (MemberId, Timestamp)> {
        self.occupants
            .values()
            .filter(|occupant| occupant.member.role != Role::Caster)
            .filter_map(|occupant| match occupant.presence {
                Presence::Away { until } => Some((occupant.member.id, until)),
                _ => None,
            })
    }
}
