//! Signed-in browsers: each is one row, which is read again for each request.

use std::time::Duration;

use account::{Proof, Session};
use base::{AccountId, Secret, SessionId};

use super::news::News;
use super::{AccountRefusal, AccountView, Caller, SessionView, SessionWatch};
use crate::App;

/// A session that is alive at this moment.
#[derive(Clone, Debug)]
pub struct LiveSession(store::LiveSession);

impl LiveSession {
    /// Its name.
    #[must_use]
    pub const fn id(&self) -> SessionId {
        self.0.session.id
    }

    /// Whose it is.
    #[must_use]
    pub const fn account(&self) -> AccountId {
        self.0.session.account
    }

    /// How the person last proved who they are.
    pub(crate) const fn proved_by(&self) -> Proof {
        self.0.session.proved_by
    }

    /// Whether its account keeps the links that it looked at.
    pub(crate) const fn keeps_history(&self) -> bool {
        self.0.keeps_history
    }

    /// What its account may do here.
    #[must_use]
    pub const fn rank(&self) -> account::Rank {
        self.0.rank
    }
}

/// A session that has just begun.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// What the browser keeps of it.
    pub token: Secret<String>,
    /// How long.
    pub life: Duration,
    /// Whose it is.
    pub account: AccountView,
}

/// A session that goes on under a new name.
#[derive(Clone, Debug)]
pub struct RenewedSession {
    /// What the browser keeps of it from now on.
    pub token: Secret<String>,
    /// How long it still lives.
    pub life: Duration,
}

impl App {
    /// Signs a browser in. Its session is a new one, and whichever it held before ends.
    pub(crate) async fn start_session(
        &self,
        caller: &Caller,
        account: AccountId,
        proof: Proof,
    ) -> Result<NewSession, AccountRefusal> {
        let now = self.now();
        let is_new_device = self.is_new_device(caller, account).await?;
        let session = Session::begin(SessionId::new(self.entropy()), account, proof, now);
        let device = caller.device.to_string();
        let begun = self.inner.store.insert_session(&session, &device).await;
        let ended = begun.map_err(|error| self.account_failure(&error))?;
        self.close_sockets_of(&ended.ok_or(AccountRefusal::WrongCredentials)?);
        self.end_held_session(caller).await?;
        let news = match is_new_device {
            true => News::SignedInOnNewDevice,
            false => News::SignedIn,
        };
        self.tell(caller, account, news).await;
        let keys = self.session_keys().await?;
        Ok(NewSession {
            token: keys.sign(session.id, now, session.expires_at),
            life: Session::LIFE,
            account: self.account_view(account).await?,
        })
    }

    /// Ends the session that the browser held until now.
    async fn end_held_session(&self, caller: &Caller) -> Result<(), AccountRefusal> {
        let Some(token) = &caller.holds else {
            return Ok(());
        };
        match self.session(token).await? {
            Some(held) => self.sign_out(&held).await,
            None => Ok(()),
        }
    }

    /// Whether nobody signed in to this account from such a device of late. The very first time is no news.
    async fn is_new_device(
        &self,
        caller: &Caller,
        account: AccountId,
    ) -> Result<bool, AccountRefusal> {
        let sessions = self.inner.store.sessions(account).await;
        let sessions = sessions.map_err(|error| self.account_failure(&error))?;
        let events = self
            .inner
            .store
            .security_events(account, super::news::SHOWN_MAX)
            .await;
        let events = events.map_err(|error| self.account_failure(&error))?;
        let device = caller.device.to_string();
        let mut known = sessions.iter().map(|row| &row.device);
        let mut seen = events.iter().map(|event| &event.device);
        let is_first = sessions.is_empty() && events.is_empty();
        Ok(!is_first && !known.any(|known| *known == device) && !seen.any(|seen| *seen == device))
    }

    /// The session that `token` names, if it is alive. Read from its row each time.
    pub async fn session(
        &self,
        token: &Secret<String>,
    ) -> Result<Option<LiveSession>, AccountRefusal> {
        let now = self.now();
        let Ok(id) = self.session_keys().await?.read(token.expose(), now) else {
            return Ok(None);
        };
        let row = self.inner.store.session(id).await;
        let row = row.map_err(|error| self.account_failure(&error))?;
        let Some(row) = row.filter(|row| row.session.is_alive(now) && row.locked_at.is_none())
        else {
            return Ok(None);
        };
        if let Some(day) = row.session.day_to_note(now) {
            let noted = self.inner.store.touch_session(id, day).await;
            noted.map_err(|error| self.account_failure(&error))?;
        }
        Ok(Some(LiveSession(row)))
    }

    /// Whether the person proved a moment ago who they are.
    #[must_use]
    pub fn has_recent_proof(&self, session: &LiveSession) -> bool {
        session.0.session.has_recent_proof(self.now())
    }

    /// The person proved again who they are: the session goes on under a new name, and the old one opens nothing.
    pub(crate) async fn prove_session(
        &self,
        session: &LiveSession,
        proof: Proof,
    ) -> Result<RenewedSession, AccountRefusal> {
        let now = self.now();
        let (old, new) = (session.id(), SessionId::new(self.entropy()));
        let proved = self.inner.store.prove_session(old, new, proof, now).await;
        if !proved.map_err(|error| self.account_failure(&error))? {
            return Err(AccountRefusal::NotSignedIn);
        }
        self.inner.accounts.open.rename(old, new);
        let ends = session.0.session.expires_at;
        Ok(RenewedSession {
            token: self.session_keys().await?.sign(new, now, ends),
            life: ends.since(now),
        })
    }

    /// The signed-in browsers of the account, the newest first.
    pub async fn sessions(
        &self,
        session: &LiveSession,
    ) -> Result<Vec<SessionView>, AccountRefusal> {
        let rows = self.inner.store.sessions(session.account()).await;
        let rows = rows.map_err(|error| self.account_failure(&error))?;
        let now = self.now();
        let alive = rows.into_iter().filter(|row| row.session.is_alive(now));
        let views = alive.map(|row| SessionView {
            id: row.session.id,
            device: row.device,
            is_this: row.session.id == session.id(),
            created_at: row.session.created_at,
            last_used_day: row.session.last_used_day,
        });
        Ok(views.collect())
    }

    /// Signs one browser of the account out.
    pub async fn end_session(
        &self,
        session: &LiveSession,
        id: SessionId,
    ) -> Result<(), AccountRefusal> {
        let deleted = self.inner.store.delete_session(session.account(), id).await;
        match deleted.map_err(|error| self.account_failure(&error))? {
            true => {
                self.close_sockets_of(&[id]);
                Ok(())
            }
            false => Err(AccountRefusal::NotYours),
        }
    }

    /// Signs this browser out.
    pub async fn sign_out(&self, session: &LiveSession) -> Result<(), AccountRefusal> {
        match self.end_session(session, session.id()).await {
            // Ended elsewhere a moment ago: that is what was wanted.
            Err(AccountRefusal::NotYours) => Ok(()),
            ended => ended,
        }
    }

    /// Signs every other browser of the account out.
    pub async fn end_other_sessions(
        &self,
        caller: &Caller,
        session: &LiveSession,
    ) -> Result<(), AccountRefusal> {
        let (account, this) = (session.account(), session.id());
        let ended = self.inner.store.delete_sessions(account, Some(this)).await;
        let ended = ended.map_err(|error| self.account_failure(&error))?;
        self.close_sockets_of(&ended);
        self.tell(caller, account, News::SessionsEnded).await;
        Ok(())
    }

    /// Counts a socket of a session, for as long as what is given back is held.
    #[must_use]
    pub fn watch_session(&self, session: &LiveSession) -> SessionWatch {
        let (session, account) = (session.id(), session.account());
        self.inner.accounts.open.watch(session, account)
    }

    pub(crate) fn close_sockets_of(&self, ended: &[SessionId]) {
        for session in ended {
            self.inner.accounts.open.end(*session);
        }
    }
}
