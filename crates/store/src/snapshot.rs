//! A copy of the whole SQLite database, as it is at one moment, while others go on reading and writing.

use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::db::Db;
use crate::{Store, StoreError};

/// How long is waited for whoever else has a database open: a server never lets go.
const OTHERS_WAIT: Duration = Duration::from_millis(200);

impl Store {
    /// Writes a copy of the database into a new file. It is one transaction that reads: nobody waits for it.
    ///
    /// SQLite's backup interface is out of reach without `unsafe`, and `VACUUM INTO` does better here: free pages, in which
    /// other databases keep what was deleted, are not in the copy.
    pub async fn snapshot(&self, to: &Path) -> Result<(), StoreError> {
        let Db::Sqlite { read, .. } = &self.db else {
            return Err(StoreError::NotSqlite);
        };
        let Some(name) = to.to_str() else {
            return Err(StoreError::Address);
        };
        new_private(to).map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let options = SqliteConnectOptions::clone(&read.connect_options());
        // A reader of its own, which may write the copy though not the database.
        let mut connection = options.pragma("query_only", "OFF").connect().await?;
        let written = sqlx::query("VACUUM INTO $1")
            .bind(name)
            .execute(&mut connection)
            .await;
        connection.close().await?;
        written?;
        Ok(())
    }
}

/// Whether somebody, a server for one, has the SQLite database at `file` open.
pub async fn is_in_use(file: &Path) -> Result<bool, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .busy_timeout(OTHERS_WAIT)
        .pragma("locking_mode", "EXCLUSIVE")
        .disable_statement_logging();
    let alone = async {
        let mut connection = options.connect().await?;
        let locked = sqlx::raw_sql("BEGIN EXCLUSIVE; COMMIT")
            .execute(&mut connection)
            .await;
        connection.close().await?;
        locked
    };
    match alone.await.map_err(StoreError::from) {
        Ok(_) => Ok(false),
        Err(StoreError::Busy) => Ok(true),
        Err(error) => Err(error),
    }
}

fn new_private(file: &Path) -> io::Result<()> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .map(|_| ())
}
