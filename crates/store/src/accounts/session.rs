//! Browsers that are signed in.

use account::{Proof, Rank, Session};
use base::{AccountId, SessionId, Timestamp};
use rusqlite::{OptionalExtension as _, Row};

use super::ways_in::hold_account;
use super::{damaged, fits};
use crate::db::{Db, execute, execute_returning, fetch, fetch_optional, transaction};
use crate::{BATCH_MAX, Store, StoreError};

/// Sessions that one account may have; the oldest ends for a new one.
pub const SESSIONS_MAX: u32 = 50;

/// A session and what its owner knows it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// The session.
    pub session: Session,
    /// Family of browser and system, such as "Firefox on Linux".
    pub device: String,
}

/// A session with what its account allows at this moment, in one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveSession {
    /// The session.
    pub session: Session,
    /// What the account may do here.
    pub rank: Rank,
    /// Since when an operator has locked the account.
    pub locked_at: Option<Timestamp>,
    /// Since when the account is used for nothing.
    pub restricted_at: Option<Timestamp>,
    /// Whether the account keeps the links that it looked at.
    pub keeps_history: bool,
}

/// The columns of a session in the order of every SELECT below.
type Columns = (String, String, String, String, i64, i64, i64, i64);

impl TryFrom<Columns> for SessionRow {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        let (id, account, device, proved_by, proved_at, created_at, last_used_day, expires_at) =
            columns;
        Ok(Self {
            session: Session {
                id: fits("sessions.id", id.parse())?,
                account: fits("sessions.account_id", account.parse())?,
                proved_by: fits("sessions.proved_by", proved_by.parse())?,
                proved_at: Timestamp::from_unix_ms(proved_at),
                created_at: Timestamp::from_unix_ms(created_at),
                expires_at: Timestamp::from_unix_ms(expires_at),
                last_used_day: Timestamp::from_unix_ms(last_used_day),
            },
            device,
        })
    }
}

/// A session and what its account allows.
const LIVE: &str =
    "SELECT s.id, s.account_id, s.device, s.proved_by, s.proved_at, s.created_at, s.last_used_day, s.expires_at,
            a.rank, a.locked_at, a.restricted_at, a.history_days
     FROM sessions AS s JOIN accounts AS a ON a.id = s.account_id WHERE s.id = $1";

/// The columns of [`LIVE`].
type LiveColumns = (
    String,
    String,
    String,
    String,
    i64,
    i64,
    i64,
    i64,
    String,
    Option<i64>,
    Option<i64>,
    i64,
);

fn live_columns(row: &Row<'_>) -> rusqlite::Result<LiveColumns> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
        row.get(7)?,
        row.get(8)?,
        row.get(9)?,
        row.get(10)?,
        row.get(11)?,
    ))
}

impl TryFrom<LiveColumns> for LiveSession {
    type Error = StoreError;

    fn try_from(columns: LiveColumns) -> Result<Self, StoreError> {
        let (id, account, device, by, at, created, day, expires, rank, locked, restricted, history) =
            columns;
        let row = SessionRow::try_from((id, account, device, by, at, created, day, expires))?;
        Ok(Self {
            session: row.session,
            rank: fits("accounts.rank", rank.parse())?,
            locked_at: locked.map(Timestamp::from_unix_ms),
            restricted_at: restricted.map(Timestamp::from_unix_ms),
            keeps_history: history != 0,
        })
    }
}

impl Store {
    /// Keeps a new session and names those that end for it. None when the account is gone.
    pub async fn insert_session(
        &self,
        session: &Session,
        device: &str,
    ) -> Result<Option<Vec<SessionId>>, StoreError> {
        let account = session.account.to_string();
        let ended: Vec<(String,)> = transaction!(self.db, |open| {
            if !hold_account!(open, &account) {
                return Ok(None);
            }
            let ended = sqlx::query_as(
                "DELETE FROM sessions WHERE id IN
                   (SELECT id FROM sessions WHERE account_id = $1 ORDER BY created_at DESC, id LIMIT 1000 OFFSET $2)
                 RETURNING id",
            )
            .bind(&account)
            .bind(i64::from(SESSIONS_MAX - 1))
            .fetch_all(&mut *open)
            .await?;
            sqlx::query(
                "INSERT INTO sessions (id, account_id, device, proved_by, proved_at, created_at, last_used_day,
                                       expires_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            )
            .bind(session.id.to_string())
            .bind(&account)
            .bind(device)
            .bind(session.proved_by.as_str())
            .bind(session.proved_at.unix_ms())
            .bind(session.created_at.unix_ms())
            .bind(session.last_used_day.unix_ms())
            .bind(session.expires_at.unix_ms())
            .execute(&mut *open)
            .await?;
            ended
        });
        session_ids(ended).map(Some)
    }

    /// The session called `id` with what its account allows; none once it has ended. Whether its time is over is for
    /// the caller to say.
    pub async fn session(&self, id: SessionId) -> Result<Option<LiveSession>, StoreError> {
        let id = id.to_string();
        let at_once = match &self.db {
            Db::Sqlite { direct, .. } => direct.read(|it| {
                let mut query = it.prepare_cached(LIVE)?;
                query.query_one([&id], live_columns).optional()
            }),
            Db::Postgres(_) => None,
        };
        let columns = match at_once {
            Some(columns) => columns,
            None => fetch_optional!(self.db, LiveColumns, LIVE, &id)?,
        };
        columns.map(LiveSession::try_from).transpose()
    }

    /// The sessions of the account, the newest first.
    pub async fn sessions(&self, account: AccountId) -> Result<Vec<SessionRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT id, account_id, device, proved_by, proved_at, created_at, last_used_day, expires_at
             FROM sessions WHERE account_id = $1 ORDER BY created_at DESC, id",
            account.to_string(),
        )?;
        rows.into_iter().map(SessionRow::try_from).collect()
    }

    /// Notes that the session was used on `day`, which is midnight UTC; a day never goes back.
    pub async fn touch_session(&self, id: SessionId, day: Timestamp) -> Result<(), StoreError> {
        execute!(
            self.db,
            "UPDATE sessions SET last_used_day = $2 WHERE id = $1 AND last_used_day < $2",
            id.to_string(),
            day.unix_ms(),
        )?;
        Ok(())
    }

    /// Notes that the person has proved again who they are, and calls the session `new` from now on; false when it has
    /// ended.
    pub async fn prove_session(
        &self,
        id: SessionId,
        new: SessionId,
        proved_by: Proof,
        proved_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let changed = execute!(
            self.db,
            "UPDATE sessions SET id = $2, proved_by = $3, proved_at = $4 WHERE id = $1",
            id.to_string(),
            new.to_string(),
            proved_by.as_str(),
            proved_at.unix_ms(),
        )?;
        Ok(changed > 0)
    }

    /// Ends one session of the account; false when it has none such.
    pub async fn delete_session(
        &self,
        account: AccountId,
        id: SessionId,
    ) -> Result<bool, StoreError> {
        let deleted = execute!(
            self.db,
            "DELETE FROM sessions WHERE id = $1 AND account_id = $2",
            id.to_string(),
            account.to_string(),
        )?;
        Ok(deleted > 0)
    }

    /// Ends all sessions of the account but `keep`, and names them.
    pub async fn delete_sessions(
        &self,
        account: AccountId,
        keep: Option<SessionId>,
    ) -> Result<Vec<SessionId>, StoreError> {
        let ended = execute_returning!(
            self.db,
            (String,),
            "DELETE FROM sessions WHERE account_id = $1 AND id <> $2 RETURNING id",
            account.to_string(),
            keep.map_or_else(String::new, |id| id.to_string()),
        )?;
        session_ids(ended)
    }

    /// Deletes up to a batch of sessions whose time was over at `now`, and names them.
    pub async fn expire_sessions(&self, now: Timestamp) -> Result<Vec<SessionId>, StoreError> {
        let ended = execute_returning!(
            self.db,
            (String,),
            "DELETE FROM sessions WHERE id IN
               (SELECT id FROM sessions WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)
             RETURNING id",
            now.unix_ms(),
            i64::from(BATCH_MAX),
        )?;
        session_ids(ended)
    }
}

pub(super) fn session_ids(rows: Vec<(String,)>) -> Result<Vec<SessionId>, StoreError> {
    let ids = rows.into_iter().map(|(id,)| id.parse());
    ids.collect::<Result<_, _>>()
        .map_err(|_| damaged("sessions.id"))
}
