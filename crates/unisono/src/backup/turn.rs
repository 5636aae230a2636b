//! One backup or restore at a time: all of them use the same drafts.

use std::fs::{self, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::sync::Arc;

use super::NoBackup;
use super::folder::unusable;
use crate::settings::Settings;

/// Beside the database, as the drafts are. The file stays; the system lets go of the lock with whoever held it.
const FILE: &str = "backup.lock";

/// Whoever has it may use the drafts. It ends with its last copy.
#[derive(Clone)]
pub(super) struct Turn(#[expect(dead_code, reason = "to be held is all")] Arc<fs::File>);

impl Turn {
    /// Takes the turn, unless somebody else, of whatever process, has it.
    pub(super) fn take(settings: &Settings) -> Result<Self, NoBackup> {
        let file = settings.data_dir.join(FILE);
        let opened = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&file);
        let open = opened.map_err(|error| unusable(&file, error))?;
        match open.try_lock() {
            Ok(()) => Ok(Self(Arc::new(open))),
            Err(TryLockError::WouldBlock) => Err(NoBackup::UnderWay),
            Err(TryLockError::Error(error)) => Err(unusable(&file, error)),
        }
    }
}
