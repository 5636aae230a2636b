//! Two databases behind one statement: the macros run the same literal on whichever is open.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::direct::Direct;
use crate::settings::Location;
use crate::{Settings, StoreError};

/// Rests between the tries to empty SQLite's log: a reader of a moment is gone by then, and one that stays is not waited for.
const LOG_RESTS_MS: [u64; 4] = [2, 10, 40, 100];

/// An open database.
#[derive(Clone)]
pub(crate) enum Db {
    /// One connection writes, so no writer ever waits inside SQLite; the others read, and one of them on the thread that
    /// asks. The one that empties the log waits for nobody.
    Sqlite {
        write: SqlitePool,
        read: SqlitePool,
        log: SqlitePool,
        direct: Arc<Direct>,
    },
    Postgres(PgPool),
}

/// Runs a statement that changes rows; the answer is how many.
macro_rules! execute {
    ($db:expr, $sql:literal $(, $bind:expr)* $(,)?) => {
        match &$db {
            $crate::db::Db::Sqlite { write, .. } => {
                sqlx::query($sql)$(.bind($bind))*.execute(write).await.map(|done| done.rows_affected())
            }
            $crate::db::Db::Postgres(pool) => {
                sqlx::query($sql)$(.bind($bind))*.execute(pool).await.map(|done| done.rows_affected())
            }
        }
        .map_err($crate::StoreError::from)
    };
}

/// Runs a statement that changes rows and returns them as tuples.
macro_rules! execute_returning {
    ($db:expr, $row:ty, $sql:literal $(, $bind:expr)* $(,)?) => {
        match &$db {
            $crate::db::Db::Sqlite { write, .. } => {
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(write).await
            }
            $crate::db::Db::Postgres(pool) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(pool).await
            }
        }
        .map_err($crate::StoreError::from)
    };
}

/// Reads with one of the `fetch` methods of a query, as tuples.
macro_rules! fetch {
    ($method:ident, $db:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &$db {
            $crate::db::Db::Sqlite { read, .. } => {
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.$method(read).await
            }
            $crate::db::Db::Postgres(pool) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.$method(pool).await
            }
        }
        .map_err($crate::StoreError::from)
    };
}

/// Reads exactly one row.
macro_rules! fetch_one {
    ($($query:tt)*) => { $crate::db::fetch!(fetch_one, $($query)*) };
}

/// Reads at most one row.
macro_rules! fetch_optional {
    ($($query:tt)*) => { $crate::db::fetch!(fetch_optional, $($query)*) };
}

/// Runs statements that take effect together; the body's value is the answer.
macro_rules! transaction {
    ($db:expr, |$open:ident| $body:block) => {
        match &$db {
            $crate::db::Db::Sqlite { write, .. } => {
                let mut $open = $crate::db::begin(write).await?;
                let answer = $body;
                $open.commit().await?;
                answer
            }
            $crate::db::Db::Postgres(pool) => {
                let mut $open = pool.begin().await?;
                let answer = $body;
                $open.commit().await?;
                answer
            }
        }
    };
}

pub(crate) use {execute, execute_returning, fetch, fetch_one, fetch_optional, transaction};

/// Begins to write, or waits until nobody else does.
///
/// A full disk makes SQLite end a transaction by itself, which the driver does not notice: its connection then counts
/// as busy for ever, and another one takes its place.
pub(crate) async fn begin(
    write: &SqlitePool,
) -> Result<sqlx::Transaction<'static, sqlx::Sqlite>, sqlx::Error> {
    const BEGIN: &str = "BEGIN IMMEDIATE";
    match write.begin_with(BEGIN).await {
        Err(sqlx::Error::InvalidSavePointStatement) => {
            write.acquire().await?.close().await?;
            write.begin_with(BEGIN).await
        }
        begun => begun,
    }
}

impl Db {
    pub(crate) async fn connect(settings: &Settings) -> Result<Self, StoreError> {
        match settings.location() {
            Ok(Location::Sqlite(path)) => Self::connect_sqlite(&path, settings).await,
            Ok(Location::Postgres(url)) => Self::connect_postgres(url, settings).await,
            Err(_) => Err(StoreError::Address),
        }
    }

    async fn connect_sqlite(path: &Path, settings: &Settings) -> Result<Self, StoreError> {
        create_private(path).map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            // Safe against a killed process; only a power cut may undo the last commits.
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(settings.wait())
            .pragma("secure_delete", "ON")
            .disable_statement_logging();
        let writing = match settings.sqlite_pages_max {
            Some(pages) => options.clone().pragma("max_page_count", pages.to_string()),
            None => options.clone(),
        };
        let write = lasting(1, settings).connect_with(writing).await?;
        let log = lasting(1, settings)
            .connect_with(options.clone().busy_timeout(Duration::ZERO))
            .await?;
        let read = lasting(settings.connections_max.max(1), settings)
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        let direct = Arc::new(Direct::open(path)?);
        Ok(Self::Sqlite {
            write,
            read,
            log,
            direct,
        })
    }

    async fn connect_postgres(url: &str, settings: &Settings) -> Result<Self, StoreError> {
        // The text of a parse error may repeat the address and with it the password.
        let options = PgConnectOptions::from_str(url).map_err(|_| StoreError::Address)?;
        let pool = PgPoolOptions::new()
            .max_connections(settings.connections_max.max(1))
            .acquire_timeout(settings.wait())
            .connect_with(
                options
                    .application_name("unisono")
                    .disable_statement_logging(),
            )
            .await?;
        Ok(Self::Postgres(pool))
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite {
                write,
                read,
                log,
                direct,
            } => {
                direct.close();
                read.close().await;
                log.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// Brings what SQLite's log holds into the file, while others read and write. Left alone, the log is brought in by
    /// whoever's commit makes it 1,000 pages long, and all who want to write wait for that.
    pub(crate) async fn bring_in_log(&self) -> Result<(), StoreError> {
        if let Self::Sqlite { read, .. } = self {
            sqlx::query("PRAGMA wal_checkpoint(PASSIVE)")
                .execute(read)
                .await?;
        }
        Ok(())
    }

    /// Empties SQLite's log unless somebody goes on reading it. Writers wait only while it is cut off, never for a reader.
    pub(crate) async fn empty_log(&self) -> Result<(), StoreError> {
        let Self::Sqlite { write, log, .. } = self else {
            return Ok(());
        };
        for rest_ms in LOG_RESTS_MS {
            if is_emptied(write, log).await? {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(rest_ms)).await;
        }
        is_emptied(write, log).await.map(|_| ())
    }
}

/// Whether nobody's reading kept the log from being emptied.
async fn is_emptied(write: &SqlitePool, log: &SqlitePool) -> Result<bool, StoreError> {
    // Most of the work is done beside the writer, of whom then no turn is taken for long.
    sqlx::query("PRAGMA wal_checkpoint(PASSIVE)")
        .execute(log)
        .await?;
    let turn = write.acquire().await?;
    let (is_busy, _, _): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(log)
        .await?;
    drop(turn);
    Ok(is_busy == 0)
}

/// A pool whose connections are opened once and kept: opening a file anew buys nothing.
fn lasting(connections: u32, settings: &Settings) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(settings.wait())
        .idle_timeout(None)
        .max_lifetime(None)
}

/// Makes the file, and its folder, for this user alone. SQLite gives its log files the same mode.
fn create_private(path: &Path) -> io::Result<()> {
    let mut folder = DirBuilder::new();
    folder.recursive(true);
    let mut file = OpenOptions::new();
    file.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        folder.mode(0o700);
        file.mode(0o600);
    }
    if let Some(parent) = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        folder.create(parent)?;
    }
    let file = file.open(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    drop(file);
    Ok(())
}
