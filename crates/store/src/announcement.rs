//! Letters that go to every member: how far each round of them has come.

use base::{AccountId, AnnouncementId, Timestamp};

use crate::accounts::{all_sealed, write_mails};
use crate::db::{execute, fetch, transaction};
use crate::{NewMail, Store, StoreError};

/// A round of letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnouncementRow {
    /// Its name.
    pub id: AnnouncementId,
    /// What it is about.
    pub kind: String,
    /// Which publication of the policy, or which breach.
    pub matter: String,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// A place behind the last account that was passed, and no account's id.
    pub passed: Option<AccountId>,
    /// How many letters were written.
    pub letters: u64,
    /// When all members were passed.
    pub completed_at: Option<Timestamp>,
}

/// What is written in one step of a round.
#[derive(Clone, Debug)]
pub struct AnnouncementStep {
    /// The letters.
    pub mails: Vec<NewMail>,
    /// A place behind the last account that is passed by it, and no account's id; none when all were.
    pub passed: Option<AccountId>,
    /// When.
    pub at: Timestamp,
}

type Columns = (
    String,
    String,
    String,
    i64,
    Option<String>,
    i64,
    Option<i64>,
);

impl TryFrom<Columns> for AnnouncementRow {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        let (id, kind, matter, begun, passed, letters, completed) = columns;
        let damaged = |_| StoreError::Corrupt("an announcement cannot be read".to_owned());
        Ok(Self {
            id: id.parse().map_err(damaged)?,
            kind,
            matter,
            begun_at: Timestamp::from_unix_ms(begun),
            passed: passed.map(|id| id.parse()).transpose().map_err(damaged)?,
            letters: letters.unsigned_abs(),
            completed_at: completed.map(Timestamp::from_unix_ms),
        })
    }
}

impl Store {
    /// Begins to tell every member of something; false when that was begun before.
    pub async fn begin_announcement(
        &self,
        id: AnnouncementId,
        kind: &str,
        matter: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let begun = execute!(
            self.db,
            "INSERT INTO announcements (id, kind, matter, begun_at, letters) VALUES ($1, $2, $3, $4, 0)
             ON CONFLICT (kind, matter) DO NOTHING",
            id.to_string(),
            kind,
            matter,
            now.unix_ms(),
        )?;
        Ok(begun > 0)
    }

    /// Up to `limit` rounds of letters: those under way first, then the latest.
    pub async fn announcements(&self, limit: u32) -> Result<Vec<AnnouncementRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT id, kind, matter, begun_at, passed, letters, completed_at FROM announcements
             ORDER BY CASE WHEN completed_at IS NULL THEN 0 ELSE 1 END, begun_at DESC LIMIT $1",
            i64::from(limit),
        )?;
        rows.into_iter().map(AnnouncementRow::try_from).collect()
    }

    /// Puts the letters of one step into the outbox and keeps how far that leads, in one transaction; false when another
    /// node took this step first, and then nothing is written.
    pub async fn step_announcement(
        &self,
        announcement: &AnnouncementRow,
        step: &AnnouncementStep,
    ) -> Result<bool, StoreError> {
        let mails = all_sealed(&self.sealer, &step.mails)?;
        let completed_at = step.passed.is_none().then(|| step.at.unix_ms());
        let is_ours = transaction!(self.db, |open| {
            let moved = sqlx::query(
                "UPDATE announcements SET passed = $2, letters = letters + $3, completed_at = $4
                 WHERE id = $1 AND completed_at IS NULL AND COALESCE(passed, '') = $5",
            )
            .bind(announcement.id.to_string())
            .bind(step.passed.map(|id| id.to_string()))
            .bind(i64::try_from(step.mails.len()).unwrap_or(i64::MAX))
            .bind(completed_at)
            .bind(
                announcement
                    .passed
                    .map_or_else(String::new, |id| id.to_string()),
            )
            .execute(&mut *open)
            .await?
            .rows_affected();
            if moved > 0 {
                write_mails!(open, &mails);
            }
            moved > 0
        });
        Ok(is_ours)
    }
}
