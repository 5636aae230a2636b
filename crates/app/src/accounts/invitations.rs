//! Invitations: where only the invited may make an account, the operator lets them in one by one.

use account::{EmailAddress, InvitationKey, OperatorAct, RegistrationRule, SpentProof};
use base::{Entropy, Secret, Timestamp};
use outbound::Letter;
use store::{Store, StoreError};
use texts::Language;

use super::{AccountRefusal, read_email};
use crate::{App, Operator, Place};

/// Name of the key in the store that invitations are signed with.
const KEY_NAME: &str = "invitation";

/// The link by which whoever has this address makes an account at `origin`. Nothing is kept of it.
#[must_use]
pub fn invitation_link(
    key: &InvitationKey,
    origin: &str,
    email: &EmailAddress,
    (now, entropy): (Timestamp, &dyn Entropy),
) -> Secret<String> {
    let invitation = key.invite(email, now, entropy);
    let page = format!("{origin}/register#invitation={}", invitation.expose());
    Secret::new(page)
}

/// What invitations are signed with, drawn once for all processes that share the store.
pub async fn invitation_key(
    store: &Store,
    entropy: &dyn Entropy,
) -> Result<InvitationKey, StoreError> {
    let fresh = Secret::new(entropy.bytes32());
    store
        .node_secret(KEY_NAME, fresh)
        .await
        .map(InvitationKey::new)
}

impl App {
    /// Who may make an account here.
    #[must_use]
    pub fn registration(&self) -> RegistrationRule {
        self.inner.accounts.settings.registration
    }

    /// Invites whoever has this address: gives the link, or mails it in their language. It is written down first.
    pub async fn invite(
        &self,
        place: &Place,
        operator: &Operator,
        email: &str,
        mail_in: Option<Language>,
    ) -> Result<Option<Secret<String>>, AccountRefusal> {
        if self.registration() != RegistrationRule::Invited {
            return Err(AccountRefusal::NotByInvitation);
        }
        let email = read_email(email)?;
        self.note_act(operator, OperatorAct::Invite, None).await?;
        let key = &self.inner.accounts.invitation_key;
        let drawn = (self.now(), self.entropy());
        let link = invitation_link(key, &place.origin, &email, drawn);
        let Some(language) = mail_in else {
            return Ok(Some(link));
        };
        let letter = Letter::Invitation { address: link };
        self.post(None, &email, language.tag(), letter).await?;
        Ok(None)
    }

    /// Whether somebody with this address may make an account by what they bring; gives what to use up when they do.
    ///
    /// Nothing here depends on whether the address has an account.
    pub(super) async fn let_in(
        &self,
        brought: Option<&Secret<String>>,
        email: &EmailAddress,
    ) -> Result<Option<SpentProof>, AccountRefusal> {
        match self.registration() {
            RegistrationRule::Open => return Ok(None),
            RegistrationRule::Closed => return Err(AccountRefusal::Closed),
            RegistrationRule::Invited => {}
        }
        let brought = brought.ok_or(AccountRefusal::InvitedOnly)?;
        let key = &self.inner.accounts.invitation_key;
        let invitation = key
            .check(brought, email, self.now())
            .map_err(|_| AccountRefusal::InvitationOver)?;
        let was_used = self.inner.store.is_proof_spent(&invitation.hash).await;
        match was_used.map_err(|error| self.account_failure(&error))? {
            false => Ok(Some(invitation)),
            true => Err(AccountRefusal::InvitationOver),
        }
    }
}

/// Whether who was let in before their address was proved still is, since the rule may have changed; gives what to use up
/// then. An invitation that is past its end would not be remembered as used.
pub(super) fn still_let_in(
    rule: RegistrationRule,
    invitation: Option<SpentProof>,
    now: Timestamp,
) -> Result<Option<SpentProof>, AccountRefusal> {
    match (rule, invitation) {
        (RegistrationRule::Open, _) => Ok(None),
        (RegistrationRule::Closed, _) => Err(AccountRefusal::Closed),
        (RegistrationRule::Invited, None) => Err(AccountRefusal::InvitedOnly),
        (RegistrationRule::Invited, Some(invitation)) if invitation.ends <= now => {
            Err(AccountRefusal::InvitationOver)
        }
        (RegistrationRule::Invited, Some(_)) => Ok(invitation),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix_ms(1_790_000_000_000);

    /// An invitation that ends so many milliseconds from now.
    fn invitation(ends_in_ms: i64) -> Option<SpentProof> {
        Some(SpentProof {
            hash: [7; 32],
            ends: Timestamp::from_unix_ms(NOW.unix_ms() + ends_in_ms),
        })
    }

    #[test]
    fn where_everybody_may_come_an_invitation_neither_refuses_nor_is_used_up() {
        for brought in [None, invitation(0), invitation(1)] {
            let let_in = still_let_in(RegistrationRule::Open, brought, NOW);
            assert_eq!(let_in, Ok(None));
        }
    }

    #[test]
    fn where_only_the_invited_may_come_the_invitation_still_has_to_count() {
        let rule = RegistrationRule::Invited;
        let counts = invitation(1);
        assert_eq!(still_let_in(rule, counts, NOW), Ok(counts));
        let over = still_let_in(rule, invitation(0), NOW);
        assert_eq!(over, Err(AccountRefusal::InvitationOver));
        let without = still_let_in(rule, None, NOW);
        assert_eq!(without, Err(AccountRefusal::InvitedOnly));
        let closed = still_let_in(RegistrationRule::Closed, counts, NOW);
        assert_eq!(closed, Err(AccountRefusal::Closed));
    }
}
