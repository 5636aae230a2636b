//! Sums by day, and failures by their reference. Neither knows anybody.

use base::Timestamp;

use crate::db::{execute, fetch, fetch_optional, transaction};
use crate::{Store, StoreError};

/// Failures that are kept at once: a program that fails more often says so in its log.
const ERRORS_MAX: i64 = 20_000;

/// How often something happened on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCount {
    /// The start of the day in UTC.
    pub day: Timestamp,
    /// What happened.
    pub what: String,
    /// On which family of device; empty where that is not counted.
    pub family: String,
    /// How often.
    pub count: u64,
}

/// A failure that a person was shown the reference of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorRow {
    /// The reference.
    pub reference: String,
    /// When.
    pub at: Timestamp,
    /// What the log says of it.
    pub what: String,
    /// When somebody looked at it last.
    pub shown_at: Option<Timestamp>,
}

impl Store {
    /// Adds to the sums of days, all of them or none.
    pub async fn add_counts(&self, counts: &[DayCount]) -> Result<(), StoreError> {
        transaction!(self.db, |open| {
            for one in counts {
                sqlx::query(
                    "INSERT INTO day_counts (day, what, family, count) VALUES ($1, $2, $3, $4)
                     ON CONFLICT (day, what, family) DO UPDATE SET count = day_counts.count + EXCLUDED.count",
                )
                .bind(one.day.unix_ms())
                .bind(one.what.as_str())
                .bind(one.family.as_str())
                .bind(i64::try_from(one.count).unwrap_or(i64::MAX))
                .execute(&mut *open)
                .await?;
            }
        });
        Ok(())
    }

    /// The sums of days since `since`, the latest first.
    pub async fn counts_since(
        &self,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<DayCount>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (i64, String, String, i64),
            "SELECT day, what, family, count FROM day_counts WHERE day >= $1 ORDER BY day DESC, what, family LIMIT $2",
            since.unix_ms(),
            i64::from(limit),
        )?;
        let rows = rows.into_iter();
        Ok(rows
            .map(|(day, what, family, count)| DayCount {
                day: Timestamp::from_unix_ms(day),
                what,
                family,
                count: count.unsigned_abs(),
            })
            .collect())
    }

    /// Keeps a failure; false when as many are kept as may be.
    pub async fn keep_error(
        &self,
        reference: &str,
        what: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let kept = execute!(
            self.db,
            "INSERT INTO errors (reference, at, what) SELECT $1, $2, $3 WHERE (SELECT COUNT(*) FROM errors) < $4
             ON CONFLICT DO NOTHING",
            reference,
            now.unix_ms(),
            what,
            ERRORS_MAX,
        )?;
        Ok(kept > 0)
    }

    /// The failure with this reference, and the note that somebody looked at it.
    pub async fn show_error(
        &self,
        reference: &str,
        now: Timestamp,
    ) -> Result<Option<ErrorRow>, StoreError> {
        let row = fetch_optional!(
            self.db,
            (i64, String, Option<i64>),
            "SELECT at, what, shown_at FROM errors WHERE reference = $1",
            reference,
        )?;
        let Some((at, what, shown)) = row else {
            return Ok(None);
        };
        execute!(
            self.db,
            "UPDATE errors SET shown_at = $2 WHERE reference = $1",
            reference,
            now.unix_ms(),
        )?;
        Ok(Some(ErrorRow {
            reference: reference.to_owned(),
            at: Timestamp::from_unix_ms(at),
            what,
            shown_at: shown.map(Timestamp::from_unix_ms),
        }))
    }

    /// Up to `limit` failures, the latest first.
    pub async fn errors(&self, limit: u32) -> Result<Vec<ErrorRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String, i64, String, Option<i64>),
            "SELECT reference, at, what, shown_at FROM errors ORDER BY at DESC, reference LIMIT $1",
            i64::from(limit),
        )?;
        let rows = rows.into_iter();
        Ok(rows
            .map(|(reference, at, what, shown)| ErrorRow {
                reference,
                at: Timestamp::from_unix_ms(at),
                what,
                shown_at: shown.map(Timestamp::from_unix_ms),
            })
            .collect())
    }
}
