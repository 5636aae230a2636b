//! Reading SQLite on the thread that asks.
//!
//! The driver gives each connection a thread of its own. To wake it and to be woken costs several times what finding a
//! row by its key does, so what is read at each request of a member is read here.

use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::StoreError;

/// A connection that reads without a thread of its own, and waits for no lock. A page that the system does not hold in
/// memory is read from the disk; others go to the pool meanwhile.
pub(crate) struct Direct(Mutex<Option<Connection>>);

impl Direct {
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, flags).and_then(|connection| {
            connection.busy_timeout(Duration::ZERO)?;
            Ok(connection)
        });
        let connection = opened.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self(Mutex::new(Some(connection))))
    }

    /// What `read` finds; none where it would have to wait or fails, which is then for the pool to find out.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Option<T> {
        let held = self.0.try_lock().ok()?;
        read(held.as_ref()?).ok()
    }

    pub(crate) fn close(&self) {
        if let Ok(mut held) = self.0.lock() {
            held.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(direct: &Direct) -> Option<i64> {
        direct.read(|it| it.query_row("SELECT word FROM words", [], |row| row.get(0)))
    }

    #[test]
    fn it_reads_what_was_committed_last_and_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("words.db");
        let other = Connection::open(&path).unwrap();
        other.pragma_update(None, "journal_mode", "wal").unwrap();
        other
            .execute_batch("CREATE TABLE words (word BIGINT); INSERT INTO words VALUES (1)")
            .unwrap();
        let direct = Direct::open(&path).unwrap();
        assert_eq!(first(&direct), Some(1));
        other
            .execute_batch("BEGIN IMMEDIATE; UPDATE words SET word = 2")
            .unwrap();
        assert_eq!(first(&direct), Some(1), "what is not committed is not read");
        other.execute_batch("COMMIT").unwrap();
        assert_eq!(first(&direct), Some(2));
        let written = direct.read(|it| it.execute("DELETE FROM words", []));
        assert_eq!(written, None);
        direct.close();
        assert_eq!(first(&direct), None);
    }

    #[test]
    fn it_waits_for_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("words.db");
        let other = Connection::open(&path).unwrap();
        other
            .execute_batch("CREATE TABLE words (word BIGINT); INSERT INTO words VALUES (1)")
            .unwrap();
        let direct = Direct::open(&path).unwrap();
        let held = direct.0.lock().unwrap();
        assert_eq!(first(&direct), None, "somebody else reads");
        drop(held);
        // Without a write-ahead log, who writes has the file alone.
        other
            .execute_batch("BEGIN EXCLUSIVE; DELETE FROM words")
            .unwrap();
        assert_eq!(first(&direct), None);
        other.execute_batch("ROLLBACK").unwrap();
        assert_eq!(first(&direct), Some(1));
    }
}
