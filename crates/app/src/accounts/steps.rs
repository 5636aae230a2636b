//! Steps that are begun here and finished later: by a code, by a link, or by what only this browser knows.

use account::{Code, TicketKind, link_secret, link_secret_hash};
use base::{AccountId, Personal, Secret, TicketId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{NewTicket, Older, TicketRow};

use super::{AccountRefusal, Begun};
use crate::App;

/// Whose step it is, and what it needs to go on.
pub(crate) struct Finished<T> {
    pub(crate) account: Option<AccountId>,
    pub(crate) state: T,
}

impl App {
    /// Begins a step that a mailed code finishes. Gives the code, for the mail.
    pub(crate) async fn begin_code_step<T: Serialize>(
        &self,
        kind: TicketKind,
        account: Option<AccountId>,
        state: &T,
    ) -> Result<(Begun, Secret<String>), AccountRefusal> {
        let ticket = TicketId::new(self.entropy());
        let code = Code::draw(self.entropy());
        let hash = Code::hash(&ticket, code.expose());
        self.keep_step(ticket, kind, account, Some(hash), state)
            .await?;
        Ok((Begun { ticket }, code))
    }

    /// Begins a step that only this browser can finish, because nobody else knows its name.
    pub(crate) async fn begin_step<T: Serialize>(
        &self,
        kind: TicketKind,
        account: Option<AccountId>,
        state: &T,
    ) -> Result<TicketId, AccountRefusal> {
        let ticket = TicketId::new(self.entropy());
        self.keep_step(ticket, kind, account, None, state).await?;
        Ok(ticket)
    }

    /// Begins a step that a link finishes, in whatever browser it is opened. Older links of the kind die. Gives the
    /// link's secret.
    pub(super) async fn begin_link_step<T: Serialize>(
        &self,
        kind: TicketKind,
        account: Option<AccountId>,
        state: &T,
    ) -> Result<Secret<String>, AccountRefusal> {
        let ticket = TicketId::new(self.entropy());
        let secret = link_secret(self.entropy());
        let hash = link_secret_hash(secret.expose());
        self.keep_step(ticket, kind, account, Some(hash), state)
            .await?;
        Ok(secret)
    }

    async fn keep_step<T: Serialize>(
        &self,
        id: TicketId,
        kind: TicketKind,
        account: Option<AccountId>,
        secret_hash: Option<[u8; 32]>,
        state: &T,
    ) -> Result<(), AccountRefusal> {
        let now = self.now();
        let state = serde_json::to_string(state).expect("a step's state has a JSON form");
        let older = match kind {
            TicketKind::Reset | TicketKind::Setup => Older::Die,
            _ => Older::Stay,
        };
        let ticket = NewTicket {
            id,
            kind,
            account,
            secret_hash,
            state: Personal::new(state),
            created_at: now,
            expires_at: now.after(kind.life()),
        };
        let kept = self.inner.store.insert_ticket(&ticket, older).await;
        kept.map_err(|error| self.account_failure(&error))
    }

    /// Finishes a step by its code. Each wrong one counts; after the last the step is over.
    pub(crate) async fn finish_code_step<T: DeserializeOwned>(
        &self,
        kind: TicketKind,
        ticket: TicketId,
        typed: &str,
    ) -> Result<Finished<T>, AccountRefusal> {
        let row = self.tried(kind, ticket).await?;
        // What is no code at all has cost a try as well, so that nothing is learnt for nothing.
        let code = Code::tidy(typed).ok_or(AccountRefusal::WrongCode)?;
        let hash = Secret::new(Code::hash(&ticket, &code));
        if row.secret_hash.map(Secret::new) != Some(hash) {
            return Err(AccountRefusal::WrongCode);
        }
        self.end_step(kind, ticket).await?;
        read(&row)
    }

    /// Looks at a step that only this browser can finish, and counts a try.
    pub(crate) async fn try_step<T: DeserializeOwned>(
        &self,
        kind: TicketKind,
        ticket: TicketId,
    ) -> Result<Finished<T>, AccountRefusal> {
        read(&self.tried(kind, ticket).await?)
    }

    /// Ends a step, so that it has one effect; the second of two who finish it at once is refused.
    pub(crate) async fn end_step(
        &self,
        kind: TicketKind,
        ticket: TicketId,
    ) -> Result<(), AccountRefusal> {
        let ended = self.inner.store.finish_ticket(ticket, kind, self.now());
        let ended = ended.await.map_err(|error| self.account_failure(&error))?;
        ended.map(|_| ()).ok_or(AccountRefusal::TicketOver)
    }

    /// Finishes a step by its link, once.
    pub(super) async fn finish_link_step<T: DeserializeOwned>(
        &self,
        kind: TicketKind,
        secret: &Secret<String>,
    ) -> Result<Finished<T>, AccountRefusal> {
        let row = self.link_step(kind, secret).await?;
        self.end_step(kind, row.id).await?;
        read(&row)
    }

    /// Looks at a step by its link, which stays good. Whoever has no link is answered by this alone: nothing is hashed for
    /// them, and nothing about others is looked up.
    pub(super) async fn link_step(
        &self,
        kind: TicketKind,
        secret: &Secret<String>,
    ) -> Result<TicketRow, AccountRefusal> {
        let hash = link_secret_hash(secret.expose());
        let found = self.inner.store.ticket_by_secret(kind, &hash, self.now());
        let found = found.await.map_err(|error| self.account_failure(&error))?;
        found.ok_or(AccountRefusal::TicketOver)
    }

    async fn tried(&self, kind: TicketKind, id: TicketId) -> Result<TicketRow, AccountRefusal> {
        let row = self.inner.store.try_ticket(id, kind, self.now()).await;
        let row = row.map_err(|error| self.account_failure(&error))?;
        row.ok_or(AccountRefusal::TicketOver)
    }
}

/// A state of another release is a step that is over.
fn read<T: DeserializeOwned>(row: &TicketRow) -> Result<Finished<T>, AccountRefusal> {
    let state = serde_json::from_str(row.state.expose()).map_err(|_| AccountRefusal::TicketOver)?;
    let account = row.account;
    Ok(Finished { account, state })
}
