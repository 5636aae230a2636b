//! The first operator, made by a link that the start prints.

use account::{Act, Proof, Rank, TicketKind};
use base::{AccountId, Secret};
use store::{NewAccount, StoreError};

use super::{AccountRefusal, Caller, NewSession, read_email};
use crate::App;

impl App {
    /// The secret of a link that makes the first operator; none when there is one. An older link dies.
    pub async fn setup_secret(&self) -> Result<Option<Secret<String>>, AccountRefusal> {
        let has_operator = self.inner.store.has_operator().await;
        if has_operator.map_err(|error: StoreError| self.account_failure(&error))? {
            return Ok(None);
        }
        self.begin_link_step(TicketKind::Setup, None, &())
            .await
            .map(Some)
    }

    /// Makes the first operator, with an account that is new.
    ///
    /// The address is not proved by a mail: on a fresh install none can be sent. Whoever reads the server's own output
    /// is its operator.
    pub async fn set_up_operator(
        &self,
        caller: &Caller,
        token: &Secret<String>,
        email: &str,
        password: Secret<String>,
    ) -> Result<NewSession, AccountRefusal> {
        let email = read_email(email)?;
        self.admit(caller, Act::Ticket, None).await?;
        self.link_step(TicketKind::Setup, token).await?;
        let has_operator = self.inner.store.has_operator().await;
        if has_operator.map_err(|error| self.account_failure(&error))? {
            return Err(AccountRefusal::TicketOver);
        }
        let hashing = &self.inner.accounts.hashing;
        hashing.approve(&password, &email.words()).await?;
        if self.known(&email).await?.is_some() {
            return Err(AccountRefusal::AddressTaken);
        }
        let hash = hashing.make(password, self.entropy()).await?;
        self.finish_link_step::<()>(TicketKind::Setup, token)
            .await?;
        let now = self.now();
        let new = NewAccount {
            id: AccountId::new(now, self.entropy()),
            email: Some(email),
            rank: Rank::Operator,
            language: Some(caller.language.to_owned()),
            agreed_version: self.policy_version().to_owned(),
            password_hash: Some(Secret::new(hash.as_str().to_owned())),
            passkey: None,
            identity: None,
            invitation: None,
            created_at: now,
        };
        self.make_account(caller, &new, Proof::Setup).await
    }
}
