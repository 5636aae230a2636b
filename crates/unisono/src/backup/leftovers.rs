//! What a backup or a restore that was killed has left behind: readable copies of the database, and halves of files.

use std::fs;
use std::path::{Path, PathBuf};

use super::folder::{self, unusable};
use super::turn::Turn;
use super::{NoBackup, aside, make, restore};
use crate::settings::Settings;
use crate::store_part::KEY_FILE;

/// Destroys all of it, unless a backup or a restore is under way just now. Says whether it was looked for.
pub(crate) async fn destroy_leftovers(settings: &Settings) -> Result<bool, NoBackup> {
    let turn = match Turn::take(settings) {
        Err(NoBackup::UnderWay) => return Ok(false),
        turn => turn?,
    };
    let mut drafts = vec![settings.data_dir.join(make::DRAFT)];
    drafts.extend(restore::draft(settings));
    let key = folder::draft_of(&settings.data_dir.join(KEY_FILE));
    let backups = settings.backup_folder();
    aside(move || {
        let _turn = turn;
        for draft in &drafts {
            destroy_database(draft)?;
        }
        destroy(&key)?;
        destroy_parts(&backups)
    })
    .await?;
    Ok(true)
}

/// Destroys the halves of backups in their folder. Whoever calls has the turn, so nobody is writing them.
pub(super) fn destroy_parts(backups: &Path) -> Result<(), NoBackup> {
    if !backups.is_dir() {
        return Ok(());
    }
    let parts = folder::parts(backups).map_err(|error| unusable(backups, error))?;
    parts.iter().try_for_each(|part| destroy(part))
}

/// Destroys a database with the files that SQLite keeps beside it.
pub(super) fn destroy_database(file: &Path) -> Result<(), NoBackup> {
    let mut files = with_log(file).into_iter();
    files.try_for_each(|file| destroy(&file))
}

/// A database with the files that SQLite keeps beside it.
pub(super) fn with_log(file: &Path) -> [PathBuf; 4] {
    ["", "-wal", "-shm", "-journal"].map(|end| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        file.with_file_name(format!("{name}{end}"))
    })
}

fn destroy(file: &Path) -> Result<(), NoBackup> {
    match fs::symlink_metadata(file) {
        Ok(_) => folder::destroy(file).map_err(|error| unusable(file, error)),
        Err(_) => Ok(()),
    }
}
