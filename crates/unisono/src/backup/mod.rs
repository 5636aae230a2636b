//! Backups that the machine which makes them cannot read, and that bring nobody back who was erased.

mod folder;
mod keep;
mod leftovers;
mod lock;
mod make;
mod package;
mod restore;
mod turn;

use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use store::StoreError;

use crate::settings::Settings;

pub use keep::keep_backups;
pub(crate) use leftovers::destroy_leftovers;
pub use make::{back_up, back_up_in_turn};
pub use restore::{RestoreCommand, Restored};

/// Days that a backup may live: what is promised to people.
const KEEP_DAYS_MAX: u32 = 30;

/// Backups, as an operator sets them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BackupPart {
    /// Whom backups are encrypted to: public keys that begin with `age1`. None: there are no backups.
    pub recipients: Vec<String>,
    /// Where backups lie. Unset: the folder `backups` in the data folder. Copy it elsewhere.
    pub folder: Option<PathBuf>,
    /// Days that a backup lives, 1 to 30.
    pub keep_days: u32,
}

impl Default for BackupPart {
    fn default() -> Self {
        Self {
            recipients: Vec::new(),
            folder: None,
            keep_days: KEEP_DAYS_MAX,
        }
    }
}

impl BackupPart {
    /// Fails on what no backup could be made with.
    pub fn check(&self) -> Result<(), NoBackup> {
        for text in &self.recipients {
            lock::recipient(text)?;
        }
        match (1..=KEEP_DAYS_MAX).contains(&self.keep_days) {
            true => Ok(()),
            false => Err(NoBackup::Days),
        }
    }
}

impl Settings {
    /// Where backups lie.
    #[must_use]
    pub fn backup_folder(&self) -> PathBuf {
        let set = self.backup.folder.clone();
        set.unwrap_or_else(|| self.data_dir.join("backups"))
    }
}

/// Why there is no backup, or nothing was restored. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum NoBackup {
    /// PostgreSQL has its own tools.
    #[error(
        "this installation keeps its data in PostgreSQL, which is backed up by its own tools: \
         pg_dump --format=custom DATABASE | age --recipient age1... > unisono.dump.age; keep the file sealing.key apart, \
         encrypted too; delete both after 30 days at most. Erasures since a dump are not made again by restoring it: \
         ask people who were erased for nothing, and erase them again before you start"
    )]
    Postgres,
    /// Nobody could open it.
    #[error(
        "no recipient is set, so nobody could open a backup; make a key with: age-keygen, and set backup.recipients"
    )]
    NoRecipient,
    /// A recipient is none.
    #[error("backup.recipients: `{0}` is no public key of age; such a key begins with age1")]
    Recipient(String),
    /// The days are out of bounds.
    #[error("backup.keep_days must be 1 to {KEEP_DAYS_MAX}")]
    Days,
    /// Somebody else makes one, or restores one.
    #[error(
        "another backup is under way, or a restore; wait until it is done. Nothing was changed"
    )]
    UnderWay,
    /// There is a backup of this second.
    #[error("there is a backup of this second already, at {}; nothing was written over", .0.display())]
    Exists(PathBuf),
    /// A file cannot be used.
    #[error("{} cannot be used: {error}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The database failed.
    #[error("the database failed: {0}; run: unisono doctor")]
    Store(#[from] StoreError),
    /// The identity opens neither key nor backup.
    #[error("this identity does not open {}: it belongs to another recipient. Nothing was changed", .0.display())]
    WrongKey(PathBuf),
    /// The identity file holds none.
    #[error("{} holds no secret key of age; such a key begins with AGE-SECRET-KEY-1", .0.display())]
    NoIdentity(PathBuf),
    /// The file is cut short or was changed.
    #[error("{} is damaged or not whole: fetch another copy of it. Nothing was changed", .0.display())]
    Damaged(PathBuf),
    /// The key of the day is not there.
    #[error("the key {} is missing: without it nobody can open this backup. Nothing was changed", .0.display())]
    NoDayKey(PathBuf),
    /// Its time is over.
    #[error(
        "this backup was to be gone on {0}: what people have deleted since must not come back. Nothing was changed"
    )]
    Over(String),
    /// There is data here already.
    #[error("there is a database already, at {}; add --replace to put the backup in its place", .0.display())]
    There(PathBuf),
    /// The server runs.
    #[error("the server is running; stop it first. Nothing was changed")]
    Running,
    /// The ledger of erasures is not there.
    #[error(
        "the ledger {} is missing, so nobody knows who was erased since; copy it from the backups' folder, or add \
         --without-ledger if that is lost. Nothing was changed",
        .0.display()
    )]
    NoLedger(PathBuf),
    /// Another sealing key is set.
    #[error(
        "sealing_key is set to another key than the backup has; unset it, or set the backup's. Nothing was changed"
    )]
    OtherSealingKey,
    /// There is no sealing key that could be put into a backup.
    #[error("the sealing key cannot be read: {0}")]
    SealingKey(#[from] crate::store_part::NoSealingKey),
}

/// Work that takes long and waits for nobody, beside those who serve people.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(ended) => std::panic::resume_unwind(ended.into_panic()),
    }
}

#[cfg(test)]
mod tests;
