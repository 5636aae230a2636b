//! Making an account: an address, a code that proves it, and only then a row.

use account::{Act, EmailAddress, Proof, Purpose, Rank, RegistrationRule, SpentProof, TicketKind};
use base::{AccountId, Secret, TicketId, Timestamp};
use outbound::Letter;
use serde::{Deserialize, Serialize};
use store::{Creation, NewAccount};

use super::invitations::still_let_in;
use super::{AccountRefusal, Begun, Caller, Effort, NewSession, read_email};
use crate::App;

/// What somebody who wants an account says.
pub struct Registration {
    /// Where the code goes.
    pub email: String,
    /// A password, if they want one.
    pub password: Option<Secret<String>>,
    /// The version of the policy and the terms that they agree to.
    pub agreed_version: String,
    /// Whether they say that they are old enough.
    pub is_of_age: bool,
    /// What they show against robots.
    pub effort: Option<Effort>,
    /// The invitation that they bring, where only the invited may make an account.
    pub invitation: Option<Secret<String>>,
}

/// What is kept of a registration until its code comes back.
#[derive(Serialize, Deserialize)]
struct Registering {
    /// None: the address has an account already, and no code finishes this.
    email: Option<String>,
    password_hash: Option<String>,
    language: String,
    agreed_version: String,
    /// What is used up with it.
    invitation: Option<Invited>,
}

/// An invitation that fits its address.
#[derive(Serialize, Deserialize)]
struct Invited {
    hash: [u8; 32],
    ends_ms: i64,
}

impl App {
    /// The age in years from which people may have an account here.
    #[must_use]
    pub fn minimum_age(&self) -> u8 {
        self.inner.accounts.settings.minimum_age
    }

    /// Mails a code to somebody who wants an account; the same happens here for an address that has one.
    pub async fn register(
        &self,
        caller: &Caller,
        registration: Registration,
    ) -> Result<Begun, AccountRefusal> {
        let accounts = &self.inner.accounts;
        if self.registration() == RegistrationRule::Closed {
            return Err(AccountRefusal::Closed);
        }
        if !registration.is_of_age {
            let minimum = accounts.settings.minimum_age;
            return Err(AccountRefusal::NotOfAge { minimum });
        }
        if registration.agreed_version != self.policy_version() {
            return Err(AccountRefusal::OtherPolicy);
        }
        let email = read_email(&registration.email)?;
        let invitation = self
            .let_in(registration.invitation.as_ref(), &email)
            .await?;
        // The work comes first, since looking at a password takes us some as well; a weak one costs no mail.
        let effort = registration.effort.as_ref();
        let effort = effort.ok_or(AccountRefusal::ProofOfWorkNeeded)?;
        self.spend_effort(caller, effort, Purpose::Register).await?;
        if let Some(password) = &registration.password {
            accounts.hashing.approve(password, &email.words()).await?;
        }
        let act = Act::Register(self.key_of_address(&email));
        self.admit_with(caller, act, true)?;
        // Hashed before the address is looked up, so that both ways take as long.
        let password_hash = match registration.password {
            Some(password) => Some(accounts.hashing.make(password, self.entropy()).await?),
            None => None,
        };
        let known = self.known(&email).await?;
        let state = Registering {
            email: known.is_none().then(|| email.as_typed().to_owned()),
            password_hash: password_hash.map(|hash| hash.as_str().to_owned()),
            language: caller.language.to_owned(),
            agreed_version: registration.agreed_version,
            invitation: invitation.map(Invited::from),
        };
        let (begun, code) = self
            .begin_code_step(TicketKind::Register, None, &state)
            .await?;
        match known {
            // To the address that its owner proved, whatever was typed here.
            Some((account, proved)) => {
                self.post(
                    Some(account),
                    &proved,
                    caller.language,
                    Letter::AccountThere,
                )
                .await?;
            }
            None => {
                let letter = Letter::RegistrationCode { code };
                self.post(None, &email, caller.language, letter).await?;
            }
        }
        Ok(begun)
    }

    /// The code came back: the account is made and signed in.
    pub async fn verify_registration(
        &self,
        caller: &Caller,
        ticket: TicketId,
        code: &str,
    ) -> Result<NewSession, AccountRefusal> {
        self.admit(caller, Act::Ticket, None).await?;
        let finished = self
            .finish_code_step::<Registering>(TicketKind::Register, ticket, code)
            .await?;
        let state = finished.state;
        // The owner of a known address got no code, so this is a guess that fitted by chance.
        let email = state.email.ok_or(AccountRefusal::WrongCode)?;
        let invitation = state.invitation.map(SpentProof::from);
        let invitation = still_let_in(self.registration(), invitation, self.now())?;
        let new = NewAccount {
            id: AccountId::new(self.now(), self.entropy()),
            email: Some(read_email(&email)?),
            rank: Rank::Member,
            language: Some(state.language),
            agreed_version: state.agreed_version,
            password_hash: state.password_hash.map(Secret::new),
            passkey: None,
            identity: None,
            invitation,
            created_at: self.now(),
        };
        self.make_account(caller, &new, Proof::Code).await
    }

    /// Keeps a new account and signs its owner in.
    pub(crate) async fn make_account(
        &self,
        caller: &Caller,
        new: &NewAccount,
        proof: Proof,
    ) -> Result<NewSession, AccountRefusal> {
        let made = self.inner.store.create_account(new).await;
        match made.map_err(|error| self.account_failure(&error))? {
            Creation::Created => self.start_session(caller, new.id, proof).await,
            // Somebody finished the same step a moment before.
            Creation::EmailTaken | Creation::WayInTaken => Err(AccountRefusal::TicketOver),
            Creation::InvitationUsed => Err(AccountRefusal::InvitationOver),
        }
    }

    /// The account that has this address, and the address as its owner proved it.
    pub(super) async fn known(
        &self,
        email: &EmailAddress,
    ) -> Result<Option<(AccountId, EmailAddress)>, AccountRefusal> {
        let row = self.inner.store.account_by_email(email).await;
        let row = row.map_err(|error| self.account_failure(&error))?;
        Ok(row.and_then(|row| row.email.map(|proved| (row.id, proved))))
    }
}

impl From<SpentProof> for Invited {
    fn from(SpentProof { hash, ends }: SpentProof) -> Self {
        let ends_ms = ends.unix_ms();
        Self { hash, ends_ms }
    }
}

impl From<Invited> for SpentProof {
    fn from(Invited { hash, ends_ms }: Invited) -> Self {
        let ends = Timestamp::from_unix_ms(ends_ms);
        Self { hash, ends }
    }
}
