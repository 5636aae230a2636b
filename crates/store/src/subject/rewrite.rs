//! PostgreSQL keeps what was erased in its files until a table is written anew: here every table is.

use std::time::Duration;

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _};

use crate::db::Db;
use crate::{Store, StoreError};

/// How often it is looked whether transactions have ended, while there is patience.
const LOOKS: u32 = 50;
/// The most common values of columns, as the planner knows them.
const STATISTICS: &str = "pg_catalog.pg_statistic";
/// What PostgreSQL says when a lock was not to be had in time.
const LOCK_NOT_AVAILABLE: &str = "55P03";
/// What it says to somebody who may not.
const NOT_ALLOWED: &str = "42501";
/// Running transactions of others in this database. Whoever asks sees those of every user.
const RUNNING: &str =
    "SELECT locks.virtualxid FROM pg_locks AS locks JOIN pg_stat_activity AS others USING (pid)
     WHERE locks.locktype = 'virtualxid' AND locks.mode = 'ExclusiveLock' AND locks.granted
       AND others.datname = current_database() AND locks.pid <> pg_backend_pid()";

/// Why a table was not written anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Somebody used it for too long.
    InUse,
    /// It belongs to somebody else.
    NotOwned,
}

/// What became of writing the tables anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rewritten {
    /// The tables that were written anew.
    pub tables: Vec<String>,
    /// Those that were not.
    pub left: Vec<(String, Left)>,
    /// Whether a transaction that began before was still running: rows that it may see are kept.
    pub is_still_seen: bool,
    /// Whether the database was allowed to begin its log anew.
    pub is_checkpointed: bool,
}

impl Store {
    /// Writes each table anew, so that the files of PostgreSQL hold no row that was erased before. Others come first: for
    /// each of them it waits only as long as `patience`. Gives nothing on SQLite, whose files hold none anyway.
    ///
    /// Every table that is declared, not only those by which a person is found: a begun erasure names them too.
    pub async fn rewrite_erased(
        &self,
        patience: Duration,
    ) -> Result<Option<Rewritten>, StoreError> {
        let Db::Postgres(pool) = &self.db else {
            return Ok(None);
        };
        // A connection of its own: what is set here is for nobody else.
        let mut open = pool.acquire().await?.detach();
        let limit = format!("SET lock_timeout = {}", patience.as_millis());
        sqlx::raw_sql(AssertSqlSafe(limit))
            .execute(&mut open)
            .await?;
        let mut done = Rewritten {
            is_still_seen: !others_ended(&mut open, patience).await?,
            ..Rewritten::default()
        };
        let tables = self.inventory.table.keys().map(String::as_str);
        // Last, since what is written anew is counted anew.
        for table in tables.chain([STATISTICS]) {
            match rewrite(&mut open, table).await? {
                Some(left) => done.left.push((table.to_owned(), left)),
                None => done.tables.push(table.to_owned()),
            }
        }
        done.is_checkpointed = checkpoint(&mut open).await?;
        open.close().await?;
        Ok(Some(done))
    }
}

/// Whether every transaction that runs now has ended in time. One that begins later sees nothing that was erased before.
async fn others_ended(open: &mut PgConnection, patience: Duration) -> Result<bool, StoreError> {
    let before = running(open).await?;
    for _ in 0..LOOKS {
        let now = running(open).await?;
        if !before.iter().any(|one| now.contains(one)) {
            return Ok(true);
        }
        tokio::time::sleep(patience / LOOKS).await;
    }
    Ok(false)
}

async fn running(open: &mut PgConnection) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = sqlx::query_as(RUNNING).fetch_all(open).await?;
    Ok(rows.into_iter().map(|(transaction,)| transaction).collect())
}

async fn rewrite(open: &mut PgConnection, table: &str) -> Result<Option<Left>, StoreError> {
    let before = file_of(open, table).await?;
    let sql = format!("VACUUM (FULL, ANALYZE) {table}");
    let written = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *open).await;
    match written {
        Err(error) if is_refused(&error, LOCK_NOT_AVAILABLE) => return Ok(Some(Left::InUse)),
        written => written?,
    };
    // Who may not is told so by a warning alone, and the file stays.
    let is_same = file_of(open, table).await? == before;
    Ok(is_same.then_some(Left::NotOwned))
}

/// The file that holds the rows of a table.
async fn file_of(open: &mut PgConnection, table: &str) -> Result<i64, StoreError> {
    let sql = "SELECT CAST(pg_relation_filenode(CAST(CAST($1 AS TEXT) AS regclass)) AS BIGINT)";
    let query = sqlx::query_as(sql).bind(table);
    let (file,): (i64,) = query.fetch_one(open).await?;
    Ok(file)
}

async fn checkpoint(open: &mut PgConnection) -> Result<bool, StoreError> {
    match sqlx::raw_sql("CHECKPOINT").execute(open).await {
        Err(error) if is_refused(&error, NOT_ALLOWED) => Ok(false),
        written => Ok(written.map(|_| true)?),
    }
}

fn is_refused(error: &sqlx::Error, code: &str) -> bool {
    let refused = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    refused.is_some_and(|said| said == code)
}
