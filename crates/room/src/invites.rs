//! Invites: links that let a counted number of people in for a while, with a rank. The room keeps only a fingerprint of
//! the secret part.

use std::collections::BTreeMap;
use std::time::Duration;

use base::{InviteId, PersonId, Secret, Timestamp};
use protocol::room::{InviteView, Rank};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::refusal::Refusal;
use crate::seed::Chance;

/// Invites that are open at once.
pub const INVITES_MAX: usize = 32;

/// An open invite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Invite {
    fingerprint: String,
    rank: Rank,
    uses_left: u32,
    expires_at: Timestamp,
    made_by: PersonId,
}

/// The open invites of a room.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Invites {
    open: BTreeMap<InviteId, Invite>,
}

/// What an invite is to be.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// What those who come by it become.
    pub rank: Rank,
    /// How many may come by it.
    pub uses: u32,
    /// For how long.
    pub lasts: Duration,
}

impl Invites {
    /// Opens an invite, as wished by `by`, whose rank counts as `by_rank`. The secret is told this once.
    pub fn make(
        &mut self,
        wish: Wish,
        (by, by_rank): (PersonId, Rank),
        now: Timestamp,
        chance: &mut Chance,
    ) -> Result<(InviteView, Secret<String>), Refusal> {
        if wish.rank >= by_rank {
            return Err(Refusal::forbidden("an invite's rank is below one's own"));
        }
        let still_open = |invite: &&Invite| invite.expires_at > now;
        if self.open.values().filter(still_open).count() >= INVITES_MAX {
            return Err(Refusal::limit("too many open invites: end one"));
        }
        self.expire(now);
        let id = chance.invite();
        let token = hex(&chance.bytes16());
        let invite = Invite {
            fingerprint: fingerprint(&token),
            rank: wish.rank,
            uses_left: wish.uses,
            expires_at: now.after(wish.lasts),
            made_by: by,
        };
        let view = view(id, &invite);
        self.open.insert(id, invite);
        Ok((view, Secret::new(token)))
    }

    /// The open invite that `token` belongs to, and the rank it gives. Nothing is used up.
    #[must_use]
    pub fn find(&self, token: &Secret<String>, now: Timestamp) -> Option<(InviteId, Rank)> {
        let fingerprint = Secret::new(fingerprint(token.expose()));
        let is_meant = |invite: &Invite| Secret::new(invite.fingerprint.clone()) == fingerprint;
        self.open
            .iter()
            .find(|(_, invite)| invite.expires_at > now && is_meant(invite))
            .map(|(id, invite)| (*id, invite.rank))
    }

    /// Somebody came by the invite. The last use ends it.
    pub(crate) fn use_up(&mut self, id: InviteId) {
        if let Some(invite) = self.open.get_mut(&id) {
            invite.uses_left = invite.uses_left.saturating_sub(1);
            if invite.uses_left == 0 {
                self.open.remove(&id);
            }
        }
    }

    /// Ends an invite, as wished by somebody whose rank counts as `by_rank`.
    pub fn revoke(&mut self, id: InviteId, by_rank: Rank) -> Result<(), Refusal> {
        let Some(invite) = self.open.get(&id) else {
            return Err(Refusal::stale("no such invite is open"));
        };
        if invite.rank >= by_rank {
            return Err(Refusal::forbidden("only invites to lower ranks"));
        }
        self.open.remove(&id);
        Ok(())
    }

    /// Ends the invite that somebody came by. Whether it was open.
    pub(crate) fn end(&mut self, id: InviteId) -> bool {
        self.open.remove(&id).is_some()
    }

    /// Ends what `person` invited to, from `rank` on: what they may not give any more. Whether there was any.
    pub(crate) fn end_made_by(&mut self, person: PersonId, rank: Rank) -> bool {
        let before = self.open.len();
        self.open
            .retain(|_, invite| invite.made_by != person || invite.rank < rank);
        self.open.len() < before
    }

    /// Ends what is over. Whether something was.
    pub fn expire(&mut self, now: Timestamp) -> bool {
        let before = self.open.len();
        self.open.retain(|_, invite| invite.expires_at > now);
        self.open.len() < before
    }

    /// When the next invite is over.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.open.values().map(|invite| invite.expires_at).min()
    }

    /// The open invites, for those who may make them.
    #[must_use]
    pub fn views(&self) -> Vec<InviteView> {
        let all = self.open.iter();
        all.map(|(id, invite)| view(*id, invite)).collect()
    }
}

const fn view(id: InviteId, invite: &Invite) -> InviteView {
    InviteView {
        id,
        rank: invite.rank,
        uses_left: invite.uses_left,
        expires_at: invite.expires_at,
    }
}

/// A token has 128 bits that nobody can guess, so a plain hash keeps it.
fn fingerprint(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
