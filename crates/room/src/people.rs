//! The people in a room: who is here, on how many devices, and where they stand. A person is a principal, never a
//! connection: all that is theirs survives a reconnect.

mod change;
mod door;
mod entry;
mod erasing;
mod order;
mod report;
mod succession;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Not;
use std::time::Duration;

use base::{InviteId, MemberId, PersonId, Personal, Timestamp};
use protocol::Form;
use protocol::room::{Grant, PersonView, Rank, RoomSettings};
use serde::{Deserialize, Serialize};

use crate::grants::Standing;
use crate::invites::Invites;
use crate::pace::{Pace, Pacing};
use crate::room::Principal;

pub(crate) use change::Changes;
use door::Door;
pub(crate) use entry::Entry;
use report::Player;

/// Persons in one room, those who may still come back among them.
pub(crate) const PERSONS_MAX: usize = 500;
/// Devices and tabs of one person.
pub(crate) const SEATS_MAX: usize = 8;
/// How long a person keeps their place after their last device is gone.
pub(crate) const GRACE: Duration = Duration::from_secs(120);
/// Starts in a row that a person may miss before the others no longer wait for them.
const MISSES_MAX: u8 = 2;
/// How often all wait for a person whose sound ran dry: this often at once, then once a minute.
const DRY: Pacing = Pacing {
    burst: 3,
    every_ms: 60_000,
};

/// A person in the room, or expected back any moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Person {
    principal: Principal,
    name: Option<Personal<String>>,
    rank: Rank,
    extra: BTreeSet<Grant>,
    form: Form,
    seats: BTreeSet<MemberId>,
    /// The order in which people came.
    joined: u64,
    /// Without a seat: until when their place is kept.
    away_until: Option<Timestamp>,
    /// The server went away, not they; they are not back yet.
    #[serde(default, skip_serializing_if = "Not::not")]
    is_cut_off: bool,
    misses: u8,
    #[serde(default, skip_serializing_if = "is_unused")]
    dry: Pace,
    player: Player,
    /// The open invites that raised them.
    #[serde(default)]
    invites: BTreeSet<InviteId>,
}

fn is_unused(pace: &Pace) -> bool {
    *pace == Pace::default()
}

/// Who opened the room, or was given it. Kept as long as the room, so that it waits for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Owner {
    principal: Principal,
    person: PersonId,
}

/// The people of a room. Its owner's absence never ends it: somebody stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Kept")]
pub(crate) struct People {
    persons: BTreeMap<PersonId, Person>,
    owner: Option<Owner>,
    /// Who stands in for the owner, with a host's powers.
    acting: Option<PersonId>,
    /// How many have come so far.
    arrivals: u64,
    door: Door,
    /// The open invites.
    pub invites: Invites,
    #[serde(skip_serializing)]
    by_seat: BTreeMap<MemberId, PersonId>,
    #[serde(skip_serializing)]
    by_principal: BTreeMap<Principal, PersonId>,
}

/// [`People`] as it is kept: without what follows from the rest.
#[derive(Deserialize)]
struct Kept {
    persons: BTreeMap<PersonId, Person>,
    owner: Option<Owner>,
    acting: Option<PersonId>,
    arrivals: u64,
    door: Door,
    invites: Invites,
}

impl From<Kept> for People {
    fn from(kept: Kept) -> Self {
        let mut by_seat = BTreeMap::new();
        let mut by_principal = BTreeMap::new();
        for (id, person) in &kept.persons {
            by_principal.insert(person.principal, *id);
            by_seat.extend(person.seats.iter().map(|seat| (*seat, *id)));
        }
        Self {
            persons: kept.persons,
            owner: kept.owner,
            acting: kept.acting,
            arrivals: kept.arrivals,
            door: kept.door,
            invites: kept.invites,
            by_seat,
            by_principal,
        }
    }
}

impl People {
    /// Whose seat it is.
    #[must_use]
    pub(crate) fn person_of(&self, seat: MemberId) -> Option<PersonId> {
        self.by_seat.get(&seat).copied()
    }

    /// The seats of a person that are connected.
    pub(crate) fn seats_of(&self, person: PersonId) -> impl Iterator<Item = MemberId> {
        let found = self.persons.get(&person).into_iter();
        found.flat_map(|person| person.seats.iter().copied())
    }

    /// Who is in the room, or expected back.
    pub(crate) fn principals(&self) -> impl Iterator<Item = &Principal> {
        self.by_principal.keys()
    }

    /// Whose room it is.
    pub(crate) fn owner(&self) -> Option<&Principal> {
        self.owner.as_ref().map(|owner| &owner.principal)
    }

    /// Who a person is beyond this room, while they are here or expected back.
    pub(crate) fn principal_of(&self, person: PersonId) -> Option<Principal> {
        self.persons.get(&person).map(|person| person.principal)
    }

    /// Those who are connected.
    pub(crate) fn connected(&self) -> impl Iterator<Item = PersonId> {
        let all = self.persons.iter();
        all.filter(|(_, person)| person.is_connected())
            .map(|(id, _)| *id)
    }

    /// How many have a say: those who are connected, and those whom the server left and expects back.
    pub(crate) fn voters_count(&self) -> usize {
        let has_say = |person: &&Person| person.is_connected() || person.is_cut_off;
        self.persons.values().filter(has_say).count()
    }

    /// A person's sound ran dry. Whether the others wait for them once more.
    pub(crate) fn ran_dry(&mut self, id: PersonId, now: Timestamp) -> bool {
        let person = self.persons.get_mut(&id);
        person.is_some_and(|person| person.dry.take(DRY, now).is_ok())
    }

    /// How many are connected.
    #[must_use]
    pub(crate) fn connected_count(&self) -> usize {
        self.connected().count()
    }

    /// Those whom a start waits for, by name.
    pub(crate) fn awaited(&self) -> Vec<PersonId> {
        let mut awaited = Vec::with_capacity(self.persons.len());
        let all = self.persons.iter();
        let meant = all.filter(|(_, person)| person.is_connected() && !person.is_soft());
        awaited.extend(meant.map(|(id, _)| *id));
        awaited
    }

    /// Those who are connected and may do this.
    pub(crate) fn connected_who_may(
        &self,
        grant: Grant,
        settings: &RoomSettings,
    ) -> impl Iterator<Item = PersonId> {
        self.connected()
            .filter(move |&person| self.may(person, grant, settings))
    }

    /// Whether the person is connected.
    #[must_use]
    pub(crate) fn is_connected(&self, person: PersonId) -> bool {
        self.persons.get(&person).is_some_and(Person::is_connected)
    }

    /// Whether the person is in the room or expected back.
    #[must_use]
    pub(crate) fn contains(&self, person: PersonId) -> bool {
        self.persons.contains_key(&person)
    }

    /// Whether the others do not wait for this person.
    #[must_use]
    pub(crate) fn is_soft(&self, person: PersonId) -> bool {
        self.persons.get(&person).is_some_and(Person::is_soft)
    }

    /// Whether the person may do this.
    #[must_use]
    pub(crate) fn may(&self, person: PersonId, grant: Grant, settings: &RoomSettings) -> bool {
        self.standing(person)
            .is_some_and(|standing| standing.may(grant, settings))
    }

    /// Whether the person may end the room: whoever was made owner or host, not who stands in.
    #[must_use]
    pub(crate) fn may_archive(&self, person: PersonId) -> bool {
        let found = self.persons.get(&person);
        found.is_some_and(|person| person.rank >= Rank::Host)
    }

    /// What the person stands on.
    #[must_use]
    pub(crate) fn standing(&self, id: PersonId) -> Option<Standing<'_>> {
        let person = self.persons.get(&id)?;
        Some(Standing {
            rank: self.counted_rank(id, person),
            extra: &person.extra,
        })
    }

    /// All that the person may do.
    #[must_use]
    pub(crate) fn grants_of(
        &self,
        person: PersonId,
        settings: &RoomSettings,
    ) -> Option<Vec<Grant>> {
        self.standing(person)
            .map(|standing| standing.grants(settings))
    }

    /// What the person wants to be called.
    #[must_use]
    pub(crate) fn name(&self, person: PersonId) -> Option<&Personal<String>> {
        self.persons.get(&person)?.name.as_ref()
    }

    /// How many are banned.
    #[must_use]
    pub(crate) fn banned(&self) -> u32 {
        self.door.banned()
    }

    /// A person, as others see them.
    #[must_use]
    pub(crate) fn view(&self, id: PersonId) -> Option<PersonView> {
        let person = self.persons.get(&id)?;
        Some(PersonView {
            id,
            name: person.name.clone(),
            rank: self.counted_rank(id, person),
            extra: person.extra.iter().copied().collect(),
            form: person.form,
            seats: person.seats.iter().copied().collect(),
            is_soft: person.is_soft(),
            player: person.player.shown().cloned(),
        })
    }

    /// Everybody, as others see them, in the order in which they came.
    #[must_use]
    pub(crate) fn views(&self) -> Vec<PersonView> {
        let mut all: Vec<(&PersonId, &Person)> = self.persons.iter().collect();
        all.sort_by_key(|(_, person)| person.joined);
        all.into_iter()
            .filter_map(|(id, _)| self.view(*id))
            .collect()
    }

    /// The rank as it counts now: whoever stands in for the owner counts as a host.
    fn counted_rank(&self, id: PersonId, person: &Person) -> Rank {
        if self.acting == Some(id) {
            person.rank.max(Rank::Host)
        } else {
            person.rank
        }
    }

    /// When something of this person is due next.
    #[must_use]
    pub(crate) fn next_deadline_of(&self, id: PersonId) -> Option<Timestamp> {
        let person = self.persons.get(&id)?;
        let due = [person.away_until, person.player.next_deadline()];
        due.into_iter().flatten().min()
    }

    /// When something is due next.
    #[must_use]
    pub(crate) fn next_deadline(&self) -> Option<Timestamp> {
        let persons = self.persons.values();
        persons
            .flat_map(|person| [person.away_until, person.player.next_deadline()])
            .chain([self.door.next_deadline(), self.invites.next_deadline()])
            .flatten()
            .min()
    }
}

impl Person {
    fn is_connected(&self) -> bool {
        !self.seats.is_empty()
    }

    const fn is_soft(&self) -> bool {
        self.misses >= MISSES_MAX
    }
}
