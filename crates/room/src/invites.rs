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
pub(crate) const INVITES_MAX: usize = 32;

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
pub(crate) struct Invites {
    open: BTreeMap<InviteId, Invite>,
}

/// What an invite is to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    /// What those who come by it become.
    pub rank: Rank,
    /// How many may come by it.
    pub(crate) uses: u32,
    /// For how long.
    pub lasts: Duration,
}

impl Invites {
    /// Opens an invite, as wished by `by`, whose rank counts as `by_rank`. The secret is told this once.
    pub(crate) fn make(
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
        let token = Secret::new(hex(&chance.secret()));
        let invite = Invite {
            fingerprint: fingerprint(&token),
            rank: wish.rank,
            uses_left: wish.uses,
            expires_at: now.after(wish.lasts),
            made_by: by,
        };
        let view = view(id, &invite);
        self.open.insert(id, invite);
        Ok((view, token))
    }

    /// The open invite that `token` belongs to, and the rank it gives. Nothing is used up.
    #[must_use]
    pub(crate) fn find(&self, token: &Secret<String>, now: Timestamp) -> Option<(InviteId, Rank)> {
        let fingerprint = Secret::new(fingerprint(token));
        let is_meant = |invite: &Invite| Secret::new(invite.fingerprint.clone()) == fingerprint;
        self.open
            .iter()
            .find(|(_, invite)| invite.expires_at > now && is_meant(invite))
            .map(|(id, invite)| (*id, invite.rank))
    }

    /// What the room keeps of their secrets.
    pub(crate) fn fingerprints(&self) -> impl Iterator<Item = &str> {
        self.open.values().map(|invite| &*invite.fingerprint)
    }

    /// Whether people may still come by the invite, as far as it was looked after.
    #[must_use]
    pub(crate) fn is_open(&self, id: InviteId) -> bool {
        self.open.contains_key(&id)
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
    pub(crate) fn revoke(&mut self, id: InviteId, by_rank: Rank) -> Result<(), Refusal> {
        let Some(invite) = self.open.get(&id) else {
            return Err(Refusal::stale("no such invite is open"));
        };
        if invite.rank >= by_rank {
            return Err(Refusal::forbidden("only invites to lower ranks"));
        }
        self.open.remove(&id);
        Ok(())
    }

    /// Ends an invite that raised somebody. Whether it was open.
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
    pub(crate) fn expire(&mut self, now: Timestamp) -> bool {
        let before = self.open.len();
        self.open.retain(|_, invite| invite.expires_at > now);
        self.open.len() < before
    }

    /// When the next invite is over.
    #[must_use]
    pub(crate) fn next_deadline(&self) -> Option<Timestamp> {
        self.open.values().map(|invite| invite.expires_at).min()
    }

    /// The open invites, for those who may make them.
    #[must_use]
    pub(crate) fn views(&self) -> Vec<InviteView> {
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

/// What is kept of an invite's secret: it has 128 bits that nobody can guess, so a plain hash keeps it.
#[must_use]
pub fn fingerprint(token: &Secret<String>) -> String {
    hex(&Sha256::digest(token.expose().as_bytes()))
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;
    use protocol::room::RejectCode;

    const BY: (PersonId, Rank) = (PersonId::from_bits(1), Rank::Moderator);

    fn at(seconds: u64) -> Timestamp {
        Timestamp::default().after(Duration::from_secs(seconds))
    }

    fn make(
        invites: &mut Invites,
        rank: Rank,
        uses: u32,
        seed: u64,
    ) -> Result<(InviteView, Secret<String>), Refusal> {
        let lasts = Duration::from_secs(60);
        let wish = Wish { rank, uses, lasts };
        invites.make(wish, BY, at(0), &mut Chance::new(Seed([seed; 3])))
    }

    #[test]
    fn an_invite_is_found_by_its_token_and_kept_without_it() {
        let mut invites = Invites::default();
        let (view, token) = make(&mut invites, Rank::Dj, 2, 1).unwrap();
        assert_eq!(token.expose().len(), 32);
        assert_eq!(invites.find(&token, at(59)), Some((view.id, Rank::Dj)));
        let forged = Secret::new("0".repeat(32));
        assert_eq!(invites.find(&forged, at(0)), None);
        assert_eq!(invites.find(&Secret::new(String::new()), at(0)), None);
        let kept = serde_json::to_string(&invites).unwrap();
        assert!(!kept.contains(token.expose()));
        let fingerprint = fingerprint(&token);
        assert_eq!(invites.find(&Secret::new(fingerprint), at(0)), None);
    }

    #[test]
    fn an_invite_ends_with_its_time_its_last_use_or_when_it_is_revoked() {
        let mut invites = Invites::default();
        let (view, token) = make(&mut invites, Rank::Dj, 2, 1).unwrap();
        invites.use_up(view.id);
        assert_eq!(invites.views()[0].uses_left, 1);
        let mut used_up = invites.clone();
        used_up.use_up(view.id);
        assert_eq!(used_up.find(&token, at(1)), None);
        let mut revoked = invites.clone();
        revoked.revoke(view.id, Rank::Moderator).unwrap();
        assert_eq!(revoked.find(&token, at(1)), None);
        let again = revoked.revoke(view.id, Rank::Moderator).unwrap_err();
        assert_eq!(again.code, RejectCode::Stale);
        assert_eq!(invites.find(&token, at(60)), None);
        assert_eq!(invites.next_deadline(), Some(at(60)));
        assert!(!invites.expire(at(59)));
        assert!(invites.expire(at(60)) && invites.views().is_empty());
    }

    #[test]
    fn nobody_invites_to_their_own_rank_or_ends_an_invite_to_it() {
        let mut invites = Invites::default();
        let refused = make(&mut invites, Rank::Moderator, 1, 1).unwrap_err();
        assert_eq!(refused.code, RejectCode::Forbidden);
        let (view, _) = make(&mut invites, Rank::Dj, 1, 1).unwrap();
        let refused = invites.revoke(view.id, Rank::Dj).unwrap_err();
        assert_eq!(refused.code, RejectCode::Forbidden);
    }

    #[test]
    fn at_most_32_invites_are_open_and_those_that_are_over_do_not_count() {
        let mut invites = Invites::default();
        for seed in 0..INVITES_MAX as u64 {
            make(&mut invites, Rank::Guest, 1, seed).unwrap();
        }
        let before = invites.clone();
        let refused = make(&mut invites, Rank::Guest, 1, 99).unwrap_err();
        assert_eq!(refused.code, RejectCode::Limit);
        assert_eq!(before, invites);
        let wish = Wish {
            rank: Rank::Guest,
            uses: 1,
            lasts: Duration::from_secs(60),
        };
        let made = invites.make(wish, BY, at(60), &mut Chance::new(Seed([99; 3])));
        assert!(made.is_ok());
        assert_eq!(invites.views().len(), 1);
    }
}
