//! The ledger of erasures, taken out and put in again, so that a restored backup brings nobody back.

use base::Timestamp;
use serde::{Deserialize, Serialize};

use crate::db::{execute, fetch, fetch_one, transaction};
use crate::{Store, StoreError};

/// Lines that are read at once.
const LINES_A_PAGE: i64 = 1_000;

/// A completed erasure. It names nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerLine {
    /// Its name: that of the receipt, and behind a dot the number of a further name of the same person.
    pub id: String,
    /// The keyed digest of whom it is about.
    pub subject: Vec<u8>,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was done.
    pub completed_at: Timestamp,
    /// How many rows of which table, as JSON.
    pub counts: String,
}

/// A place in the ledger, whose lines are ordered by when they were completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerPlace {
    completed_at: Timestamp,
    id: String,
}

impl LedgerPlace {
    /// Before the first line of `moment` or later.
    #[must_use]
    pub const fn at(moment: Timestamp) -> Self {
        Self {
            completed_at: moment,
            // Every name is greater.
            id: String::new(),
        }
    }
}

impl LedgerLine {
    /// The receipt of the erasure that it is about.
    #[must_use]
    pub fn receipt(&self) -> &str {
        self.id.split_once('.').map_or(&self.id, |(id, _)| id)
    }

    /// The place behind it.
    #[must_use]
    pub fn place(&self) -> LedgerPlace {
        LedgerPlace {
            completed_at: self.completed_at,
            id: self.id.clone(),
        }
    }
}

/// What tells a stretch of the ledger from what it was before, without its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerMark {
    lines: i64,
    last: Option<String>,
}

impl Store {
    /// What tells the erasures since `since` from those that were there at another time.
    pub async fn ledger_mark(&self, since: Timestamp) -> Result<LedgerMark, StoreError> {
        let (lines, last) = fetch_one!(
            self.db,
            (i64, Option<String>),
            "SELECT COUNT(*), (SELECT id FROM erasures WHERE completed_at >= $1 ORDER BY completed_at DESC, id DESC LIMIT 1)
             FROM erasures WHERE completed_at >= $1",
            since.unix_ms(),
        )?;
        Ok(LedgerMark { lines, last })
    }

    /// The next erasures behind a place, the oldest first. None: there are no more.
    pub async fn ledger_page(&self, place: &LedgerPlace) -> Result<Vec<LedgerLine>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String, Vec<u8>, i64, i64, Option<String>),
            "SELECT id, subject, begun_at, completed_at, counts FROM erasures
             WHERE (completed_at, id) > ($1, $2) ORDER BY completed_at, id LIMIT $3",
            place.completed_at.unix_ms(),
            place.id.as_str(),
            LINES_A_PAGE,
        )?;
        let rows = rows.into_iter();
        Ok(rows
            .map(|(id, subject, begun, completed, counts)| LedgerLine {
                id,
                subject,
                begun_at: Timestamp::from_unix_ms(begun),
                completed_at: Timestamp::from_unix_ms(completed),
                counts: counts.unwrap_or_default(),
            })
            .collect())
    }

    /// The erasures that were completed since `since`, the oldest first, however many there are.
    pub async fn ledger_since(&self, since: Timestamp) -> Result<Vec<LedgerLine>, StoreError> {
        let mut lines = Vec::new();
        let mut place = LedgerPlace::at(since);
        loop {
            let page = self.ledger_page(&place).await?;
            match page.last() {
                Some(last) => place = last.place(),
                None => return Ok(lines),
            }
            lines.extend(page);
        }
    }

    /// Puts lines of a later ledger in; those that are there stay as they are.
    pub async fn take_in_ledger(&self, lines: &[LedgerLine]) -> Result<(), StoreError> {
        transaction!(self.db, |open| {
            for line in lines {
                sqlx::query(
                    "INSERT INTO erasures (id, subject, begun_at, completed_at, counts) VALUES ($1, $2, $3, $4, $5)
                     ON CONFLICT DO NOTHING",
                )
                .bind(line.id.as_str())
                .bind(line.subject.as_slice())
                .bind(line.begun_at.unix_ms())
                .bind(line.completed_at.unix_ms())
                .bind(line.counts.as_str())
                .execute(&mut *open)
                .await?;
            }
        });
        Ok(())
    }

    /// What stands for people in rooms, after `after`.
    pub async fn people_in_rooms(
        &self,
        after: &str,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String,),
            "SELECT DISTINCT principal FROM room_people WHERE principal > $1 ORDER BY principal LIMIT $2",
            after,
            i64::from(limit),
        )?;
        Ok(rows.into_iter().map(|(principal,)| principal).collect())
    }

    /// Ends what must not go on after a restore: sessions that may have been ended since, steps that were begun, letters that
    /// were sent, and grants that may have been taken back.
    pub async fn begin_anew(&self, now: Timestamp) -> Result<(), StoreError> {
        execute!(self.db, "DELETE FROM sessions")?;
        execute!(self.db, "DELETE FROM tickets")?;
        execute!(self.db, "DELETE FROM mails")?;
        execute!(
            self.db,
            "UPDATE support_grants SET revoked_at = $1 WHERE revoked_at IS NULL AND ends_at > $1",
            now.unix_ms(),
        )?;
        self.empty_log_if_free().await;
        Ok(())
    }
}
