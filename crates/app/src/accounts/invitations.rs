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
pub async fn invitation_link(
    store: &Store,
    origin: &str,
    email: &EmailAddress,
    (now, entropy): (Timestamp, &dyn Entropy),
) -> Result<Secret<String>, StoreError> {
    let key = key(store, entropy).await?;
    let invitation = key.invite(email, now, entropy);
    let page = format!("{origin}/register#invitation={}", invitation.expose());
    Ok(Secret::new(page))
}

async fn key(store: &Store, entropy: &dyn Entropy) -> Result<InvitationKey, StoreError> {
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
            return Err(AccountRefusal::BadSetting);
        }
        let email = read_email(email)?;
        self.note_act(operator, OperatorAct::Invite, None).await?;
        let drawn = (self.now(), self.entropy());
        let link = invitation_link(&self.inner.store, &place.origin, &email, drawn).await;
        let link = link.map_err(|error| self.account_failure(&error))?;
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
        let store = &self.inner.store;
        let key = key(store, self.entropy()).await;
        let key = key.map_err(|error| self.account_failure(&error))?;
        let invitation = key
            .check(brought, email, self.now())
            .map_err(|_| AccountRefusal::InvitationOver)?;
        let was_used = store.is_proof_spent(&invitation.hash).await;
        match was_used.map_err(|error| self.account_failure(&error))? {
            false => Ok(Some(invitation)),
            true => Err(AccountRefusal::InvitationOver),
        }
    }

    /// Uses up an invitation, now that its address is proved.
    pub(super) async fn spend_invitation(
        &self,
        invitation: &SpentProof,
    ) -> Result<(), AccountRefusal> {
        // Past its end it would not be remembered any more.
        if invitation.ends <= self.now() {
            return Err(AccountRefusal::InvitationOver);
        }
        let store = &self.inner.store;
        let is_new = store.spend_proof(&invitation.hash, invitation.ends).await;
        match is_new.map_err(|error| self.account_failure(&error))? {
            true => Ok(()),
            false => Err(AccountRefusal::InvitationOver),
        }
    }
}
