//! Keeping order: ranks and grants, kicks and bans, and giving the room away. Only those above may do it to those below.

use std::collections::BTreeSet;

use base::{PersonId, Timestamp};
use protocol::room::{Grant, LeftBecause, Rank, RoomSettings};

use super::{Changes, Owner, People};
use crate::refusal::Refusal;
use crate::room::Principal;

impl People {
    /// Gives `to` a rank below one's own, and grants that one has.
    pub(crate) fn grant(
        &mut self,
        (by, to): (PersonId, PersonId),
        rank: Option<Rank>,
        extra: Option<&[Grant]>,
        settings: &RoomSettings,
    ) -> Result<Changes, Refusal> {
        let mine = self.standing(by).ok_or(Refusal::stale(NOT_HERE))?;
        if !mine.may(Grant::Promote, settings) {
            return Err(Refusal::forbidden("needs the grant to promote"));
        }
        let theirs = self.standing(to).ok_or(Refusal::stale(NOT_HERE))?;
        if theirs.rank >= mine.rank || rank.is_some_and(|rank| rank >= mine.rank) {
            return Err(Refusal::forbidden(NOT_ABOVE));
        }
        let extra: Option<BTreeSet<Grant>> = extra.map(|extra| extra.iter().copied().collect());
        let mut given = extra.iter().flatten();
        if given.any(|grant| !theirs.extra.contains(grant) && !mine.has(*grant, settings)) {
            return Err(Refusal::forbidden("only grants that one has"));
        }
        if rank.is_none() && extra.is_none() {
            return Err(Refusal::invalid("neither a rank nor grants"));
        }
        let mut changes = Changes::default();
        let person = self.expect(to);
        person.rank = rank.unwrap_or(person.rank);
        person.extra = extra.unwrap_or_else(|| person.extra.clone());
        changes.moved(to);
        if let Some(rank) = rank {
            changes.invites = self.invites.end_made_by(to, rank);
        }
        self.settle_succession(&mut changes);
        Ok(changes)
    }

    /// Sends a person away for ten minutes.
    pub(crate) fn kick(
        &mut self,
        by: PersonId,
        who: PersonId,
        settings: &RoomSettings,
        now: Timestamp,
    ) -> Result<Changes, Refusal> {
        let principal = self.below(by, who, settings)?;
        self.door.kick(principal, now);
        Ok(self.send_away(who, LeftBecause::Kicked))
    }

    /// Sends a person away for good, and ends the invites that raised them.
    pub(crate) fn ban(
        &mut self,
        by: PersonId,
        who: PersonId,
        settings: &RoomSettings,
    ) -> Result<Changes, Refusal> {
        let principal = self.below(by, who, settings)?;
        let here = self.persons.get(&who).map(|person| &person.invites);
        let remembered = || self.door.remembers(&principal).map(|it| &it.invites);
        let raised_by = here.or_else(remembered).cloned().unwrap_or_default();
        self.door.ban(principal);
        let ended = raised_by.into_iter().filter(|one| self.invites.end(*one));
        let has_ended = ended.count() > 0;
        let mut changes = self.send_away(who, LeftBecause::Banned);
        changes.invites |= has_ended;
        Ok(changes)
    }

    /// Lets all banned and kicked persons come again.
    pub(crate) fn pardon(&mut self, by: PersonId, settings: &RoomSettings) -> Result<(), Refusal> {
        if !self.may(by, Grant::Kick, settings) {
            return Err(Refusal::forbidden(NEEDS_KICK));
        }
        self.door.pardon();
        Ok(())
    }

    /// Gives the room away. Whoever had it becomes a host.
    pub(crate) fn transfer(&mut self, by: PersonId, to: PersonId) -> Result<Changes, Refusal> {
        if self.standing(by).is_none_or(|mine| mine.rank < Rank::Owner) {
            return Err(Refusal::forbidden("only the owner"));
        }
        if by == to {
            return Err(Refusal::invalid("it is theirs already"));
        }
        let Some(person) = self.persons.get_mut(&to) else {
            return Err(Refusal::stale(NOT_HERE));
        };
        person.rank = Rank::Owner;
        self.owner = Some(Owner {
            principal: person.principal,
            person: to,
        });
        self.expect(by).rank = Rank::Host;
        let mut changes = Changes::default();
        changes.moved(by);
        changes.moved(to);
        self.settle_succession(&mut changes);
        Ok(changes)
    }

    /// Somebody of a lower rank, here or remembered, whom `by` may send away.
    fn below(
        &self,
        by: PersonId,
        who: PersonId,
        settings: &RoomSettings,
    ) -> Result<Principal, Refusal> {
        let mine = self.standing(by).ok_or(Refusal::stale(NOT_HERE))?;
        if !mine.may(Grant::Kick, settings) {
            return Err(Refusal::forbidden(NEEDS_KICK));
        }
        let here = self.persons.get(&who);
        let here = here.map(|person| (person.principal, self.counted_rank(who, person)));
        let found = here.or_else(|| self.door.find(who));
        let (principal, rank) = found.ok_or(Refusal::stale(NOT_HERE))?;
        let is_owners = self.owner.as_ref().is_some_and(|it| it.person == who);
        if rank >= mine.rank || is_owners {
            return Err(Refusal::forbidden(NOT_ABOVE));
        }
        Ok(principal)
    }

    /// Takes out a person and whatever they invited to: they are not to come back by it.
    fn send_away(&mut self, who: PersonId, because: LeftBecause) -> Changes {
        let mut changes = Changes {
            invites: self.invites.end_made_by(who, Rank::Guest),
            ..Changes::default()
        };
        self.remove(who, because, &mut changes);
        self.settle_succession(&mut changes);
        changes
    }
}

const NOT_HERE: &str = "this person is not here";
const NOT_ABOVE: &str = "only those of a lower rank";
const NEEDS_KICK: &str = "needs the grant to kick";
