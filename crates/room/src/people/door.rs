//! Who is not let in, and who is remembered when they come again.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use base::{InviteId, PersonId, Secret, Timestamp};
use protocol::room::{Grant, Rank, RoomSettings};
use serde::{Deserialize, Serialize};

use super::People;
use crate::grants::Standing;
use crate::refusal::Refusal;
use crate::room::Principal;

/// Banned principals that are remembered. Beyond it the oldest ban is forgotten: a room under siege is locked.
pub(crate) const BANNED_MAX: usize = 256;
/// Kicked principals that are remembered. Beyond it the kick that ends first is forgotten.
pub(crate) const KICKED_MAX: usize = 256;
/// How long a kick lasts.
pub(crate) const KICKED_FOR: Duration = Duration::from_secs(600);
/// Persons who did not come back in time and are remembered. Beyond it guests are forgotten first, then the earliest.
pub(crate) const REMEMBERED_MAX: usize = 256;
/// How long they are remembered.
pub(crate) const REMEMBERED_FOR: Duration = Duration::from_secs(24 * 3600);

/// What is kept of a person who did not come back in time: who they were here, and where they stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Remembered {
    pub person: PersonId,
    pub rank: Rank,
    pub extra: BTreeSet<Grant>,
    #[serde(default)]
    pub invites: BTreeSet<InviteId>,
    pub until: Timestamp,
}

/// Who is not let in, and who is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Door {
    banned: VecDeque<Principal>,
    kicked: BTreeMap<Principal, Timestamp>,
    remembered: BTreeMap<Principal, Remembered>,
}

impl Door {
    /// Whether this principal may come in at all.
    pub(super) fn check(&self, principal: &Principal, now: Timestamp) -> Result<(), Refusal> {
        if self.banned.contains(principal) {
            return Err(Refusal::banned("banned from this room"));
        }
        match self.kicked.get(principal) {
            Some(until) if *until > now => {
                let kicked = Refusal::banned("kicked from this room");
                Err(kicked.retry_after(until.since(now)))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn banned(&self) -> u32 {
        u32::try_from(self.banned.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn ban(&mut self, principal: Principal) {
        self.remembered.remove(&principal);
        if !self.banned.contains(&principal) {
            self.banned.push_back(principal);
        }
        if self.banned.len() > BANNED_MAX {
            self.banned.pop_front();
        }
    }

    pub(super) fn kick(&mut self, principal: Principal, now: Timestamp) {
        self.remembered.remove(&principal);
        self.kicked.insert(principal, now.after(KICKED_FOR));
        if self.kicked.len() > KICKED_MAX {
            let first = self.kicked.iter().min_by_key(|(_, until)| **until);
            let first = first.map(|(principal, _)| *principal);
            first.and_then(|principal| self.kicked.remove(&principal));
        }
    }

    pub(super) fn pardon(&mut self) {
        self.banned.clear();
        self.kicked.clear();
    }

    pub(super) fn remember(&mut self, principal: Principal, remembered: Remembered) {
        self.remembered.insert(principal, remembered);
        if self.remembered.len() > REMEMBERED_MAX {
            let all = self.remembered.iter();
            let least = all.min_by_key(|(_, it)| (it.rank, it.until));
            let least = least.map(|(principal, _)| *principal);
            least.and_then(|principal| self.remembered.remove(&principal));
        }
    }

    pub(super) fn remembers(&self, principal: &Principal) -> Option<&Remembered> {
        self.remembered.get(principal)
    }

    /// The principal and rank of a person who is not here any more.
    pub(super) fn find(&self, person: PersonId) -> Option<(Principal, Rank)> {
        let mut all = self.remembered.iter();
        all.find(|(_, it)| it.person == person)
            .map(|(principal, it)| (*principal, it.rank))
    }

    /// Whose data is held at the door.
    pub(super) fn principals(&self) -> impl Iterator<Item = &Principal> {
        let sent_away = self.banned.iter().chain(self.kicked.keys());
        sent_away.chain(self.remembered.keys())
    }

    pub(super) fn recall(&mut self, principal: &Principal) {
        self.remembered.remove(principal);
    }

    /// Forgets all of one principal.
    pub(super) fn erase(&mut self, principal: &Principal) {
        self.banned.retain(|banned| banned != principal);
        self.kicked.remove(principal);
        self.remembered.remove(principal);
    }

    /// Forgets what was remembered long enough.
    pub(super) fn forget(&mut self, now: Timestamp) {
        self.kicked.retain(|_, until| *until > now);
        self.remembered.retain(|_, it| it.until > now);
    }

    pub(super) fn next_deadline(&self) -> Option<Timestamp> {
        let remembered = self.remembered.values().map(|it| it.until);
        self.kicked.values().copied().chain(remembered).min()
    }
}

impl People {
    /// Whether this principal was let in before: is here or expected back, owns the room, or is remembered.
    #[must_use]
    pub(crate) fn knows(&self, principal: &Principal, now: Timestamp) -> bool {
        let remembered = self.door.remembers(principal);
        self.by_principal.contains_key(principal)
            || self
                .owner
                .as_ref()
                .is_some_and(|it| it.principal == *principal)
            || remembered.is_some_and(|it| it.until > now)
    }

    /// Whether this principal needs no password: they were let in before, or have the secret of an invite that is good.
    #[must_use]
    pub(crate) fn expects(
        &self,
        principal: &Principal,
        invite: Option<&Secret<String>>,
        now: Timestamp,
    ) -> bool {
        self.knows(principal, now) || invite.is_some_and(|it| self.invites.find(it, now).is_some())
    }

    /// By which of their names somebody goes here, who showed the key of `shown` and is `also` these as a member. A
    /// member comes as the person that the room knows as them, on whichever device they are. Who began as a guest goes
    /// on as that guest, and who was sent away as one stays away, until they say that the device is theirs. To a room
    /// that knows none of their names they come as the member: what they do there is the account's.
    #[must_use]
    pub(crate) fn recognise(
        &self,
        shown: Option<Principal>,
        also: &[Principal],
        now: Timestamp,
    ) -> Option<Principal> {
        let is_known = |it: &&Principal| self.knows(it, now);
        let is_guest = |it: &Principal| is_known(&it) || self.is_sent_away(it, now);
        let owner = also.iter().find(|it| self.owner() == Some(it)).copied();
        let guest = owner.or_else(|| shown.filter(is_guest));
        let member = || also.iter().find(is_known).or(also.first()).copied();
        guest.or_else(member).or(shown)
    }

    /// Whether this principal is not let in.
    #[must_use]
    pub(crate) fn is_sent_away(&self, principal: &Principal, now: Timestamp) -> bool {
        self.door.check(principal, now).is_err()
    }

    /// Whether this principal is in the room or expected back.
    #[must_use]
    pub(crate) fn is_here(&self, principal: &Principal) -> bool {
        self.by_principal.contains_key(principal)
    }

    /// Whether this principal may do this, in the room or not: the owner, and whoever is here or remembered with enough.
    #[must_use]
    pub(crate) fn may_from_elsewhere(
        &self,
        principal: &Principal,
        grant: Grant,
        settings: &RoomSettings,
        now: Timestamp,
    ) -> bool {
        let owner = self.owner.as_ref();
        if owner.is_some_and(|owner| owner.principal == *principal) {
            return true;
        }
        if let Some(person) = self.by_principal.get(principal) {
            return self.may(*person, grant, settings);
        }
        let remembered = self.door.remembers(principal).filter(|it| it.until > now);
        remembered.is_some_and(|it| {
            let (rank, extra) = (it.rank, &it.extra);
            Standing { rank, extra }.may(grant, settings)
        })
    }

    /// Everybody whose data is held, also of those who are not here.
    pub(crate) fn held(&self) -> impl Iterator<Item = &Principal> {
        let owner = self.owner.iter().map(|owner| &owner.principal);
        self.principals().chain(owner).chain(self.door.principals())
    }
}
