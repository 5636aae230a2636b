//! Coming and going.

use std::collections::BTreeSet;

use base::{InviteId, MemberId, PersonId, Personal, Secret, Timestamp};
use protocol::room::{LeftBecause, Rank, RoomSettings, clean};
use protocol::{Form, NAME_CHARS_MAX};

use super::door::{REMEMBERED_FOR, Remembered};
use super::{Changes, GRACE, Owner, PERSONS_MAX, People, Person, Player, SEATS_MAX};
use crate::pace::Pace;
use crate::refusal::Refusal;
use crate::room::Principal;
use crate::seed::Chance;

/// Somebody at the door.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'e> {
    /// Who they are here.
    pub principal: Principal,
    /// The seat they take.
    pub seat: MemberId,
    /// The kind of device.
    pub form: Form,
    /// What they want to be called.
    pub name: Option<&'e Personal<String>>,
    /// They showed the key of whoever opened the room.
    pub is_owner: bool,
    /// They did not say the room's password.
    pub lacks_password: bool,
    /// The secret of an invite.
    pub invite: Option<&'e Secret<String>>,
}

impl People {
    /// Lets somebody in, or says why not. Who is known comes back as the same person, standing where they stood.
    pub(crate) fn enter(
        &mut self,
        entry: &Entry<'_>,
        settings: &RoomSettings,
        now: Timestamp,
        chance: &mut Chance,
    ) -> Result<(PersonId, Changes), Refusal> {
        let is_expected = entry.is_owner || self.expects(&entry.principal, entry.invite, now);
        if entry.lacks_password && !is_expected {
            return Err(Refusal::stranger());
        }
        let invite = entry.invite.and_then(|it| self.invites.find(it, now));
        let is_owner = self.is_owners(entry);
        if !is_owner {
            self.door.check(&entry.principal, now)?;
        }
        let known = self.by_principal.get(&entry.principal).copied();
        self.check_seat(entry.seat, known)?;
        let mut changes = Changes::default();
        let person = match known {
            Some(person) => person,
            None => {
                self.check_lock(entry, is_owner, settings, invite.is_some())?;
                if !is_owner {
                    self.make_space(now, &mut changes)?;
                }
                self.admit(entry, is_owner, now, chance)
            }
        };
        changes.moved(person);
        self.seat(person, entry);
        if let Some((invite, rank)) = invite {
            changes.invites = self.raise(person, invite, rank);
        }
        self.settle_succession(&mut changes);
        Ok((person, changes))
    }

    /// Whether it is the owner who comes. Who opened the room is believed until there is an owner.
    fn is_owners(&self, entry: &Entry<'_>) -> bool {
        match &self.owner {
            Some(owner) => owner.principal == entry.principal,
            None => entry.is_owner,
        }
    }

    fn check_seat(&self, seat: MemberId, known: Option<PersonId>) -> Result<(), Refusal> {
        match self.by_seat.get(&seat) {
            Some(person) if Some(*person) == known => Ok(()),
            Some(_) => Err(Refusal::invalid("this seat is taken")),
            None if known.is_some_and(|person| self.seats_of(person).count() >= SEATS_MAX) => {
                Err(Refusal::limit("too many devices of one person"))
            }
            None => Ok(()),
        }
    }

    fn check_lock(
        &self,
        entry: &Entry<'_>,
        is_owner: bool,
        settings: &RoomSettings,
        is_invited: bool,
    ) -> Result<(), Refusal> {
        let is_known = is_owner || self.door.remembers(&entry.principal).is_some();
        if settings.is_locked && !is_invited && !is_known {
            return Err(Refusal::forbidden("the room is locked"));
        }
        Ok(())
    }

    /// Sees to a place for one more. In a full room the plain guest who is away longest gives up theirs, so that nobody
    /// fills a room with keys that came once and went.
    fn make_space(&mut self, now: Timestamp, changes: &mut Changes) -> Result<(), Refusal> {
        if self.persons.len() < PERSONS_MAX {
            return Ok(());
        }
        let is_plain = |id, person: &Person| {
            self.counted_rank(id, person) == Rank::Guest && person.extra.is_empty()
        };
        let guests = self.persons.iter().filter(|(id, it)| is_plain(**id, it));
        let away = guests.filter_map(|(id, person)| Some((person.away_until?, *id)));
        let Some((_, id)) = away.min() else {
            return Err(Refusal::limit("the room is full"));
        };
        self.give_up(id, now, changes);
        Ok(())
    }

    /// Makes a person of somebody who is not here.
    fn admit(
        &mut self,
        entry: &Entry<'_>,
        is_owner: bool,
        now: Timestamp,
        chance: &mut Chance,
    ) -> PersonId {
        let remembered = self.door.remembers(&entry.principal);
        let remembered = remembered.filter(|it| it.until > now).cloned();
        self.door.recall(&entry.principal);
        let owner = self.owner.as_ref().filter(|_| is_owner);
        let earlier = owner.map(|owner| owner.person);
        let earlier = earlier.or(remembered.as_ref().map(|it| it.person));
        let id = earlier.unwrap_or_else(|| self.new_name(chance));
        if is_owner && self.owner.is_none() {
            let principal = entry.principal;
            let person = id;
            self.owner = Some(Owner { principal, person });
        }
        let nothing = (Rank::Guest, BTreeSet::new(), BTreeSet::new());
        let (rank, extra, invites) =
            remembered.map_or(nothing, |it| (it.rank, it.extra, it.invites));
        self.arrivals += 1;
        let person = Person {
            principal: entry.principal,
            name: None,
            rank: if is_owner { Rank::Owner } else { rank },
            extra,
            form: entry.form,
            seats: BTreeSet::new(),
            joined: self.arrivals,
            away_until: None,
            is_cut_off: false,
            misses: 0,
            dry: Pace::default(),
            player: Player::default(),
            invites,
        };
        self.persons.insert(id, person);
        self.by_principal.insert(entry.principal, id);
        id
    }

    /// A name that nobody here has, nor anybody who may come back.
    fn new_name(&self, chance: &mut Chance) -> PersonId {
        let is_owners = |id| self.owner.as_ref().is_some_and(|owner| owner.person == id);
        loop {
            let id = chance.person();
            if !self.contains(id) && !is_owners(id) && self.door.find(id).is_none() {
                return id;
            }
        }
    }

    fn seat(&mut self, id: PersonId, entry: &Entry<'_>) {
        self.by_seat.insert(entry.seat, id);
        let person = self.expect(id);
        person.seats.insert(entry.seat);
        person.form = entry.form;
        person.away_until = None;
        person.is_cut_off = false;
        if let Some(name) = entry.name.and_then(name_of) {
            person.name = Some(name);
        }
    }

    /// Gives the person the rank of the invite they came by, if it is a better one. Whether that used the invite: it
    /// works once for each, so that who was given a lower rank since does not come back by it.
    fn raise(&mut self, id: PersonId, invite: InviteId, rank: Rank) -> bool {
        let person = self.expect(id);
        let is_used = person.invites.contains(&invite);
        if is_used || person.rank > rank || (person.rank == rank && rank > Rank::Guest) {
            return false;
        }
        person.rank = rank;
        self.invites.use_up(invite);
        // Those that are over raise nobody again, so there are never more than open ones.
        let mut raised_by = std::mem::take(&mut self.expect(id).invites);
        raised_by.insert(invite);
        raised_by.retain(|one| self.invites.is_open(*one));
        self.expect(id).invites = raised_by;
        true
    }

    /// Sockets of seats are closed. With a person's last one their grace begins.
    pub(crate) fn seats_gone(&mut self, seats: &[MemberId], now: Timestamp) -> Changes {
        let mut changes = Changes::default();
        for seat in seats {
            let Some(id) = self.by_seat.remove(seat) else {
                continue;
            };
            let person = self.expect(id);
            person.seats.remove(seat);
            if !person.is_connected() {
                person.away_until = Some(now.after(GRACE));
            }
            changes.shown.insert(id);
        }
        if !changes.shown.is_empty() {
            self.settle_succession(&mut changes);
        }
        changes
    }

    /// The room was loaded after a crash: every seat is gone, and everybody's grace begins.
    pub(crate) fn restarted(&mut self, now: Timestamp) -> Changes {
        self.by_seat.clear();
        let mut changes = Changes::default();
        for (id, person) in &mut self.persons {
            person.away_until = Some(now.after(GRACE));
            person.is_cut_off = true;
            if person.is_connected() {
                person.seats.clear();
                changes.shown.insert(*id);
            }
        }
        changes
    }

    /// The person goes for good, with all their devices.
    pub(crate) fn leave(&mut self, id: PersonId) -> Changes {
        let mut changes = Changes::default();
        self.remove(id, LeftBecause::Left, &mut changes);
        self.settle_succession(&mut changes);
        changes
    }

    /// Changes what a person is called; what is empty takes the name away.
    pub(crate) fn rename(&mut self, id: PersonId, name: &Personal<String>) -> Changes {
        let name = name_of(name);
        match self.persons.get_mut(&id) {
            Some(person) if person.name != name => {
                person.name = name;
                Changes::of(id)
            }
            _ => Changes::default(),
        }
    }

    /// Does what is due: places that were kept long enough are given up, what was remembered is forgotten.
    pub(crate) fn tick(&mut self, now: Timestamp) -> Changes {
        let mut changes = Changes {
            invites: self.invites.expire(now),
            ..Changes::default()
        };
        self.door.forget(now);
        self.show_reports(now, &mut changes);
        let is_over = |person: &Person| person.away_until.is_some_and(|until| until <= now);
        let over = self.persons.iter().filter(|(_, person)| is_over(person));
        let over: Vec<PersonId> = over.map(|(id, _)| *id).collect();
        for id in over {
            self.give_up(id, now, &mut changes);
        }
        self.settle_succession(&mut changes);
        changes
    }

    /// The place of who is away is given up; where they stood is remembered for a while.
    fn give_up(&mut self, id: PersonId, now: Timestamp, changes: &mut Changes) {
        if let Some(person) = self.remove(id, LeftBecause::Away, changes) {
            let remembered = Remembered {
                person: id,
                rank: person.rank.min(Rank::Host),
                extra: person.extra,
                invites: person.invites,
                until: now.after(REMEMBERED_FOR),
            };
            self.door.remember(person.principal, remembered);
        }
    }

    /// Takes a person out, and all their seats with them.
    pub(super) fn remove(
        &mut self,
        id: PersonId,
        because: LeftBecause,
        changes: &mut Changes,
    ) -> Option<Person> {
        let person = self.persons.remove(&id)?;
        self.by_principal.remove(&person.principal);
        for seat in &person.seats {
            self.by_seat.remove(seat);
            changes.dismissed.push((*seat, because));
        }
        changes.gone(id, because);
        Some(person)
    }

    pub(super) fn expect(&mut self, id: PersonId) -> &mut Person {
        let found = self.persons.get_mut(&id);
        found.expect("an index names persons who are here")
    }
}

/// A name as it is kept; none when nothing is left of it.
fn name_of(name: &Personal<String>) -> Option<Personal<String>> {
    let name = clean(name.expose(), NAME_CHARS_MAX);
    (!name.is_empty()).then(|| Personal::new(name))
}
