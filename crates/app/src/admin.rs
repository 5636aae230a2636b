//! What an operator sees and does: states and numbers. What people said, heard, wrote or look like is not shown.

use account::{AccountAct, EmailAddress, OperatorAct, Rank, RegistrationRule};
use base::{AccountId, EntryId, Secret, Timestamp};
use outbound::Letter;
use store::{AccountRow, ActRow, StoreError};
pub use store::{InTray, Waiting};

use crate::accounts::{AccountRefusal, Caller, LiveSession};
use crate::{App, Place, actor_digest};

/// Acts of operators that are shown, the latest.
const ACTS_SHOWN_MAX: u32 = 50;

/// A session whose account may run the installation. Nothing else makes one.
pub struct Operator(LiveSession);

impl Operator {
    /// The session, to prove again who they are.
    #[must_use]
    pub const fn session(&self) -> &LiveSession {
        &self.0
    }
}

/// How the installation does.
#[derive(Clone, Debug)]
pub struct Health {
    /// When this node started.
    pub started_at: Timestamp,
    /// Now.
    pub now: Timestamp,
    /// `SQLite` or `PostgreSQL`.
    pub database: &'static str,
    /// Whether there is a mail server.
    pub has_mail_server: bool,
    /// Letters that wait.
    pub mails: u64,
    /// When retention was looked after last.
    pub retention_at: Option<Timestamp>,
    /// Rooms that are not over, on all nodes.
    pub rooms: u64,
    /// Rooms that somebody is in, on this node.
    pub live_rooms: usize,
    /// Open sockets of this node: people who listen, cast or sit in a room.
    pub sockets: usize,
    /// Who may make an account.
    pub registration: RegistrationRule,
    /// What waits for an operator.
    pub in_tray: InTray,
    /// The upstreams where people may sign in.
    pub upstreams: Vec<&'static str>,
}

/// An account as operators see it: no name, no picture, no address.
#[derive(Clone, Debug)]
pub struct AccountState {
    /// Its permanent name.
    pub id: AccountId,
    /// What its owner may do here.
    pub rank: Rank,
    /// When it came to be.
    pub created_at: Timestamp,
    /// Since when it is locked.
    pub locked_at: Option<Timestamp>,
    /// Since when it is stored and used for nothing.
    pub restricted_at: Option<Timestamp>,
    /// When it will be erased.
    pub erase_at: Option<Timestamp>,
    /// Whether mails can reach its owner.
    pub has_email: bool,
    /// How many browsers are signed in.
    pub sessions: usize,
    /// Whether it is the operator's own.
    pub is_own: bool,
}

/// Something that an operator did.
#[derive(Clone, Debug)]
pub struct ActView {
    /// What.
    pub act: OperatorAct,
    /// Whether it was this operator; none: the command line did it.
    pub is_own: Option<bool>,
    /// To whose account; none: it is gone, or there was none.
    pub account: Option<AccountId>,
    /// When.
    pub at: Timestamp,
}

impl App {
    /// The operator behind a session, if it is one's.
    #[must_use]
    pub fn operator(&self, session: LiveSession) -> Option<Operator> {
        (session.rank() == Rank::Operator).then_some(Operator(session))
    }

    /// How the installation does.
    pub async fn health(&self, _: &Operator) -> Result<Health, AccountRefusal> {
        let now = self.now();
        let store = &self.inner.store;
        let failed = |error: StoreError| self.account_failure(&error);
        let retention = self.last_retention().await?;
        Ok(Health {
            started_at: self.inner.started_at,
            now,
            database: store.kind(),
            has_mail_server: self.inner.links.outbound().mailer().is_some(),
            mails: store.mail_count().await.map_err(failed)?,
            retention_at: retention.map(|run| run.ran_at),
            rooms: store.live_room_count(now).await.map_err(failed)?,
            live_rooms: self.open_rooms(),
            sockets: self.open_sockets(),
            registration: self.registration(),
            in_tray: store.in_tray().await.map_err(failed)?,
            upstreams: self.upstreams().into_iter().map(|it| it.title).collect(),
        })
    }

    /// The account of this exact address, or of this id.
    pub async fn find_account(
        &self,
        operator: &Operator,
        text: &str,
    ) -> Result<Option<AccountState>, AccountRefusal> {
        let store = &self.inner.store;
        let text = text.trim();
        let found = match (text.parse::<AccountId>(), EmailAddress::parse(text)) {
            (Ok(id), _) => store.account(id).await,
            (_, Ok(email)) => store.account_by_email(&email).await,
            _ => Ok(None),
        };
        match found.map_err(|error| self.account_failure(&error))? {
            Some(row) => Ok(Some(self.state_of(operator, &row).await?)),
            None => Ok(None),
        }
    }

    async fn state_of(
        &self,
        operator: &Operator,
        row: &AccountRow,
    ) -> Result<AccountState, AccountRefusal> {
        let sessions = self.inner.store.sessions(row.id).await;
        let sessions = sessions.map_err(|error| self.account_failure(&error))?;
        Ok(AccountState {
            id: row.id,
            rank: row.rank,
            created_at: row.created_at,
            locked_at: row.locked_at,
            restricted_at: row.restricted_at,
            erase_at: row.erase_at,
            has_email: row.email.is_some(),
            sessions: sessions.len(),
            is_own: row.id == operator.0.account(),
        })
    }

    /// Does something to the account of somebody else. It is written down first, so that nothing is done unseen.
    pub async fn act(
        &self,
        caller: &Caller,
        place: &Place,
        operator: &Operator,
        (act, account): (AccountAct, AccountId),
    ) -> Result<(), AccountRefusal> {
        if account == operator.0.account() {
            return Err(AccountRefusal::OwnAccount);
        }
        let row = self.inner.store.account(account).await;
        let row = row.map_err(|error| self.account_failure(&error))?;
        let row = row.ok_or(AccountRefusal::NotYours)?;
        let language = row.profile.language.as_deref().unwrap_or(caller.language);
        // What is erased leaves no name behind.
        let noted = (act != AccountAct::Erase).then_some(account);
        self.note_act(operator, act.into(), noted).await?;
        match act {
            AccountAct::Lock | AccountAct::Unlock => {
                let set = self.set_locked(account, act == AccountAct::Lock).await;
                set.map_err(|error| self.account_failure(&error))
            }
            AccountAct::SignOut => {
                let ended = self.inner.store.delete_sessions(account, None).await;
                let ended = ended.map_err(|error| self.account_failure(&error))?;
                self.close_sockets_of(&ended);
                Ok(())
            }
            AccountAct::SendCopy => {
                let email = row.email.ok_or(AccountRefusal::BadEmail)?;
                let letter = Letter::ExportReady {
                    address: Secret::new(format!("{}/account#data", place.origin)),
                };
                self.post(Some(account), &email, language, letter).await
            }
            AccountAct::Erase => self.erase_account(account, language).await.map(|_| ()),
        }
    }

    /// Locks an account and ends its sessions, or unlocks it.
    pub(crate) async fn set_locked(
        &self,
        account: AccountId,
        is_locked: bool,
    ) -> Result<(), StoreError> {
        let store = &self.inner.store;
        let sessions = store.sessions(account).await?;
        let locked_at = is_locked.then(|| self.now());
        store.set_locked(account, locked_at).await?;
        if is_locked {
            let ended: Vec<_> = sessions.iter().map(|row| row.session.id).collect();
            self.close_sockets_of(&ended);
        }
        Ok(())
    }

    pub(crate) async fn note_act(
        &self,
        operator: &Operator,
        act: OperatorAct,
        account: Option<AccountId>,
    ) -> Result<(), AccountRefusal> {
        let row = ActRow {
            id: EntryId::new(self.entropy()),
            act,
            actor: Some(actor_digest(operator.0.account())),
            account,
            at: self.now(),
        };
        let noted = self.inner.store.insert_act(&row).await;
        noted.map_err(|error| self.account_failure(&error))
    }

    /// What operators did, the latest first.
    pub async fn acts(&self, operator: &Operator) -> Result<Vec<ActView>, AccountRefusal> {
        let rows = self.inner.store.acts(ACTS_SHOWN_MAX).await;
        let rows = rows.map_err(|error| self.account_failure(&error))?;
        let own = actor_digest(operator.0.account());
        let views = rows.into_iter().map(|row| ActView {
            act: row.act,
            is_own: row.actor.map(|actor| actor == own),
            account: row.account,
            at: row.at,
        });
        Ok(views.collect())
    }
}
