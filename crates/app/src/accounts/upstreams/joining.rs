//! Somebody came by an upstream and has no account: what they agree to, and only then the account.

use account::{Act, EmailAddress, Proof, Rank, RegistrationRule, TicketKind, Upstream};
use base::{AccountId, Personal, Secret, TicketId};
use serde::{Deserialize, Serialize};
use store::{Creation, NewAccount};
use utoipa::ToSchema;

use super::{Arrival, Named};
use crate::App;
use crate::accounts::{AccountRefusal, Caller, NewSession};

/// What somebody who came by an upstream without an account is asked to agree to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AgreementAsked {
    /// What people call the upstream.
    pub title: &'static str,
    /// The address that the account will have, where the upstream vouches for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub email: Option<Personal<String>>,
    /// The version of the policy and the terms.
    pub policy_version: String,
}

/// What is kept while somebody who came by an upstream reads what they agree to.
#[derive(Serialize, Deserialize)]
struct Agreeing {
    newcomer_by: String,
    subject: String,
    email: Option<String>,
    token: Option<String>,
}

impl App {
    /// Whether people come in by an upstream. An invitation is for an address that is proved here, so the invited make
    /// their account by it, and link the upstream then.
    fn takes_from_upstreams(&self) -> Result<(), AccountRefusal> {
        match self.inner.accounts.settings.registration {
            RegistrationRule::Open => Ok(()),
            RegistrationRule::Invited => Err(AccountRefusal::InvitedOnly),
            RegistrationRule::Closed => Err(AccountRefusal::Closed),
        }
    }

    fn may_join(&self, is_of_age: bool, agreed_version: &str) -> Result<(), AccountRefusal> {
        self.takes_from_upstreams()?;
        if !is_of_age {
            let minimum = self.inner.accounts.settings.minimum_age;
            return Err(AccountRefusal::NotOfAge { minimum });
        }
        match agreed_version == self.policy_version() {
            true => Ok(()),
            false => Err(AccountRefusal::OtherPolicy),
        }
    }

    /// Begins the step that agreeing finishes.
    pub(super) async fn ask_to_agree(&self, named: Named) -> Result<Arrival, AccountRefusal> {
        self.takes_from_upstreams()?;
        if let Some(email) = &named.email {
            let email = EmailAddress::parse(email.expose());
            let known = match email {
                Ok(email) => self.known(&email).await?,
                Err(_) => None,
            };
            if known.is_some() {
                return Err(AccountRefusal::SignInFirst);
            }
        }
        let agreeing = Agreeing {
            newcomer_by: named.upstream.name().to_owned(),
            subject: named.subject.expose().clone(),
            email: named.email.map(|email| email.expose().clone()),
            token: named.token.map(|token| token.expose().clone()),
        };
        let ticket = self
            .begin_step(TicketKind::Upstream, None, &agreeing)
            .await?;
        Ok(Arrival::MustAgree(ticket))
    }

    /// What somebody who came by an upstream is about to agree to.
    pub async fn agreement(&self, ticket: TicketId) -> Result<AgreementAsked, AccountRefusal> {
        let row = self
            .inner
            .store
            .ticket(ticket, TicketKind::Upstream, self.now());
        let row = row.await.map_err(|error| self.account_failure(&error))?;
        let row = row.ok_or(AccountRefusal::TicketOver)?;
        let state: Agreeing =
            serde_json::from_str(row.state.expose()).map_err(|_| AccountRefusal::TicketOver)?;
        let upstream: Upstream = state
            .newcomer_by
            .parse()
            .map_err(|_| AccountRefusal::TicketOver)?;
        Ok(AgreementAsked {
            title: upstream.title(),
            email: state.email.map(Personal::new),
            policy_version: self.policy_version().to_owned(),
        })
    }

    /// They agreed: the account is made and signed in.
    pub async fn agree(
        &self,
        caller: &Caller,
        ticket: TicketId,
        agreed_version: String,
        is_of_age: bool,
    ) -> Result<NewSession, AccountRefusal> {
        self.admit(caller, Act::Upstream, None).await?;
        self.may_join(is_of_age, &agreed_version)?;
        let step = self
            .try_step::<Agreeing>(TicketKind::Upstream, ticket)
            .await?;
        self.end_step(TicketKind::Upstream, ticket).await?;
        let named = step.state.named()?;
        let email = named
            .email
            .as_ref()
            .map(|email| EmailAddress::parse(email.expose()));
        let new = NewAccount {
            id: AccountId::new(self.now(), self.entropy()),
            email: email.and_then(Result::ok),
            rank: Rank::Member,
            language: Some(caller.language.to_owned()),
            agreed_version,
            password_hash: None,
            passkey: None,
            identity: Some(self.identity(named)),
            invitation: None,
            created_at: self.now(),
        };
        let made = self.inner.store.create_account(&new).await;
        match made.map_err(|error| self.account_failure(&error))? {
            Creation::Created => self.start_session(caller, new.id, Proof::Upstream).await,
            Creation::EmailTaken => Err(AccountRefusal::SignInFirst),
            Creation::WayInTaken | Creation::InvitationUsed => Err(AccountRefusal::TicketOver),
        }
    }
}

impl Agreeing {
    fn named(self) -> Result<Named, AccountRefusal> {
        Ok(Named {
            upstream: self
                .newcomer_by
                .parse()
                .map_err(|_| AccountRefusal::TicketOver)?,
            subject: Personal::new(self.subject),
            email: self.email.map(Personal::new),
            token: self.token.map(Secret::new),
        })
    }
}
