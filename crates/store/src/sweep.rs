//! What the inventory says is over is deleted, table by table, and when that was done last is kept for everybody to see.

use std::time::{Duration, Instant};

use base::Timestamp;
use privacy::{Sweep, SweepStep};

use crate::db::{Db, execute, fetch_optional};
use crate::subject::Counts;
use crate::{BATCH_MAX, Store, StoreError};

/// A day in milliseconds.
pub(crate) const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// How long a batch is to take. Writers take turns, so nobody waits much longer behind one.
const BATCH_TIME: Duration = Duration::from_millis(3);
/// The longest rest between two batches.
const REST_MAX: Duration = Duration::from_millis(20);
/// Batches after which the write-ahead log is brought into the file: few enough that it does not become so long that a
/// commit has to.
const BATCHES_OF_LOG: u32 = 4;
/// Rows of the first batch.
const BATCH_FIRST: u32 = 50;
/// Rows of the least.
const BATCH_MIN: u32 = 10;

/// How many rows come next, after `rows` took so long: half of them after a slow batch, a few more after a quick one.
fn next_batch(rows: u32, took: Duration) -> u32 {
    let rows = match took > BATCH_TIME {
        true => rows / 2,
        false => rows + BATCH_MIN,
    };
    rows.clamp(BATCH_MIN, BATCH_MAX)
}

/// A run of retention, as everybody may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionRun {
    /// When.
    pub ran_at: Timestamp,
    /// How many rows of which table were over.
    pub counts: Counts,
}

/// Which rows of a table are over at `now`. What is only kept (GDPR, Article 18) is not deleted by a choice either. The days are compiled in, and the moment is bound.
fn condition(sweep: &Sweep, now: Timestamp) -> (String, i64) {
    let now_ms = now.unix_ms();
    match sweep {
        Sweep::Past(column) => (format!("{column} <= $1"), now_ms),
        Sweep::Older { column, days } => {
            let before = now_ms.saturating_sub(i64::from(*days) * DAY_MS);
            (format!("{column} <= $1"), before)
        }
        Sweep::Settled {
            column,
            began,
            account,
            days,
        } => {
            let before = now_ms.saturating_sub(i64::from(*days) * DAY_MS);
            let moment =
                format!("COALESCE({column}, CASE WHEN {account} IS NULL THEN {began} END)");
            (format!("{moment} <= $1"), before)
        }
        Sweep::Confirmed {
            column,
            days,
            confirmed,
            began,
            unconfirmed_days,
            account,
            unanswered_days,
        } => {
            let of_days = |days: &u32| i64::from(*days) * DAY_MS;
            let (kept, unconfirmed) = (of_days(days), of_days(unconfirmed_days));
            let unanswered = of_days(unanswered_days);
            let nobody_s = format!("{column} IS NULL AND {confirmed} IS NULL");
            let condition = format!(
                "({column} <= $1 - {kept} OR ({nobody_s} AND {began} <= $1 - {unconfirmed})
                  OR ({column} IS NULL AND {account} IS NULL AND {began} <= $1 - {unanswered}))"
            );
            (condition, now_ms)
        }
        Sweep::Chosen {
            column,
            account,
            days_column,
        } => {
            let chosen = format!(
                "EXISTS (SELECT 1 FROM accounts AS chooser WHERE chooser.id = {account} AND chooser.{days_column} >= 0
                         AND chooser.restricted_at IS NULL AND {column} <= $1 - chooser.{days_column} * {DAY_MS})"
            );
            (chosen, now_ms)
        }
    }
}

impl Store {
    /// Deletes what is over at `now` by the inventory's own words, in batches, and says how much of what that was. A table
    /// that cannot be swept keeps no other from it; the first failure is the answer then.
    pub async fn sweep(&self, now: Timestamp) -> Result<Counts, StoreError> {
        let mut counts = Counts::new();
        let mut batches = 0;
        let mut failure = None;
        for step in &self.plans.retention.steps {
            let mut swept = 0;
            let done = self.sweep_table(step, now, &mut swept, &mut batches).await;
            if swept > 0 {
                counts.insert(step.table.clone(), swept);
            }
            if let Err(error) = done {
                // Without a database, each table would be waited for in vain.
                let is_gone = matches!(error, StoreError::Unavailable(_));
                failure.get_or_insert(error);
                if is_gone {
                    break;
                }
            }
        }
        if !counts.is_empty() {
            self.empty_log_if_free().await;
        }
        failure.map_or(Ok(counts), Err)
    }

    /// Sweeps one table; `swept` counts its rows, and `batches` those of the whole sweep.
    async fn sweep_table(
        &self,
        step: &SweepStep,
        now: Timestamp,
        swept: &mut u64,
        batches: &mut u32,
    ) -> Result<(), StoreError> {
        let mut rows = BATCH_FIRST;
        loop {
            let begun = Instant::now();
            let batch = self.sweep_batch(step, now, rows).await?;
            *swept += batch;
            if batch < u64::from(rows) {
                return Ok(());
            }
            let took = begun.elapsed();
            rows = next_batch(rows, took);
            *batches += 1;
            if batches.is_multiple_of(BATCHES_OF_LOG) {
                self.db.bring_in_log().await?;
            }
            // Whoever waited has had a turn by then, however many they were.
            tokio::time::sleep(took.min(REST_MAX)).await;
        }
    }

    async fn sweep_batch(
        &self,
        step: &SweepStep,
        now: Timestamp,
        rows: u32,
    ) -> Result<u64, StoreError> {
        let table = &step.table;
        let (condition, moment) = condition(&step.sweep, now);
        // What each database calls the place of a row.
        let place = match &self.db {
            Db::Sqlite { .. } => "rowid",
            Db::Postgres(_) => "ctid",
        };
        let sql = format!(
            "DELETE FROM {table} WHERE {place} IN (SELECT {place} FROM {table} WHERE {condition} LIMIT {rows})"
        );
        let sql = sqlx::AssertSqlSafe(sql);
        let rows = match &self.db {
            Db::Sqlite { write, .. } => sqlx::query(sql)
                .bind(moment)
                .execute(write)
                .await?
                .rows_affected(),
            Db::Postgres(pool) => sqlx::query(sql)
                .bind(moment)
                .execute(pool)
                .await?
                .rows_affected(),
        };
        Ok(rows)
    }

    /// How much of what would be over at `now`; nothing is deleted.
    pub async fn would_sweep(&self, now: Timestamp) -> Result<Counts, StoreError> {
        let mut counts = Counts::new();
        for step in &self.plans.retention.steps {
            let (condition, moment) = condition(&step.sweep, now);
            let sql = format!("SELECT COUNT(*) FROM {} WHERE {condition}", step.table);
            let sql = sqlx::AssertSqlSafe(sql);
            let (rows,): (i64,) = match &self.db {
                Db::Sqlite { read, .. } => sqlx::query_as(sql).bind(moment).fetch_one(read).await?,
                Db::Postgres(pool) => sqlx::query_as(sql).bind(moment).fetch_one(pool).await?,
            };
            if rows > 0 {
                counts.insert(step.table.clone(), rows.unsigned_abs());
            }
        }
        Ok(counts)
    }

    /// Keeps when retention called `name` was looked after last.
    pub async fn note_retention(&self, name: &str, run: &RetentionRun) -> Result<(), StoreError> {
        execute!(
            self.db,
            "INSERT INTO retention_runs (name, ran_at, counts) VALUES ($1, $2, $3)
             ON CONFLICT (name) DO UPDATE SET ran_at = EXCLUDED.ran_at, counts = EXCLUDED.counts",
            name,
            run.ran_at.unix_ms(),
            serde_json::to_string(&run.counts).expect("counts have a JSON form"),
        )?;
        Ok(())
    }

    /// When retention called `name` was looked after last.
    pub async fn last_retention(&self, name: &str) -> Result<Option<RetentionRun>, StoreError> {
        let row = fetch_optional!(
            self.db,
            (i64, String),
            "SELECT ran_at, counts FROM retention_runs WHERE name = $1",
            name,
        )?;
        let damaged = |_| StoreError::Corrupt("a run of retention cannot be read".to_owned());
        row.map(|(ran_at, counts)| {
            Ok(RetentionRun {
                ran_at: Timestamp::from_unix_ms(ran_at),
                counts: serde_json::from_str(&counts).map_err(damaged)?,
            })
        })
        .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_become_as_large_as_they_may_take_long() {
        let ms = Duration::from_millis;
        assert_eq!(next_batch(BATCH_FIRST, ms(1)), 60);
        assert_eq!(next_batch(60, ms(5)), 30);
        assert_eq!(next_batch(30, ms(200)), 15);
        assert_eq!(next_batch(15, ms(200)), BATCH_MIN);
        assert_eq!(next_batch(BATCH_MIN, ms(200)), BATCH_MIN);
        assert_eq!(next_batch(BATCH_MAX, ms(1)), BATCH_MAX);
    }
}
