//! How many checks of each part of the service went well, by day.

use base::Timestamp;

use crate::db::{fetch, transaction};
use crate::{Store, StoreError};

/// Rows that are read at once: ninety days of more parts than there are.
const ROWS_MAX: i64 = 4_000;

/// The checks of one part on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusDay {
    /// The start of the day in UTC.
    pub day: Timestamp,
    /// Which part.
    pub part: String,
    /// How many checks went well.
    pub good: u64,
    /// How many did not.
    pub bad: u64,
}

impl Store {
    /// Adds checks to those of their days, all of them or none.
    pub async fn add_status(&self, days: &[StatusDay]) -> Result<(), StoreError> {
        transaction!(self.db, |open| {
            for one in days {
                sqlx::query(
                    "INSERT INTO status_days (day, part, good, bad) VALUES ($1, $2, $3, $4)
                     ON CONFLICT (day, part) DO UPDATE
                     SET good = status_days.good + EXCLUDED.good, bad = status_days.bad + EXCLUDED.bad",
                )
                .bind(one.day.unix_ms())
                .bind(one.part.as_str())
                .bind(i64::try_from(one.good).unwrap_or(i64::MAX))
                .bind(i64::try_from(one.bad).unwrap_or(i64::MAX))
                .execute(&mut *open)
                .await?;
            }
        });
        Ok(())
    }

    /// The checks of days since `since`, the latest first.
    pub async fn status_since(&self, since: Timestamp) -> Result<Vec<StatusDay>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (i64, String, i64, i64),
            "SELECT day, part, good, bad FROM status_days WHERE day >= $1 ORDER BY day DESC, part LIMIT $2",
            since.unix_ms(),
            ROWS_MAX,
        )?;
        let rows = rows.into_iter();
        Ok(rows
            .map(|(day, part, good, bad)| StatusDay {
                day: Timestamp::from_unix_ms(day),
                part,
                good: good.unsigned_abs(),
                bad: bad.unsigned_abs(),
            })
            .collect())
    }
}
