//! `unisono backup`: a copy of everything, locked to keys that this machine does not have.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use base::{Entropy, Timestamp};
use store::Store;

use super::folder::{self, Pair, unusable};
use super::package::{self, About};
use super::{NoBackup, lock};
use crate::private_folder;
use crate::settings::Settings;
use crate::store_part;

/// Where the database is copied to before it is locked. It lies beside the database, and is written over afterwards.
const DRAFT: &str = "unisono.db.copying";

/// Makes a backup of `store` and gives the path of its data.
pub async fn back_up(
    settings: &Settings,
    store: &Store,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<PathBuf, NoBackup> {
    let backup = &settings.backup;
    if settings.store().sqlite_file().is_none() {
        return Err(NoBackup::Postgres);
    }
    if backup.recipients.is_empty() {
        return Err(NoBackup::NoRecipient);
    }
    let folder = settings.backup_folder();
    private_folder::make(&folder).map_err(|error| unusable(&folder, error))?;
    app::ledger_key(store, entropy).await?;
    let draft = settings.data_dir.join(DRAFT);
    // What a killed try has left.
    folder::destroy(&draft).map_err(|error| unusable(&draft, error))?;
    let copied = store.snapshot(&draft).await;
    let made = match copied {
        Ok(()) => lock_up(settings, &draft, &folder, now, entropy),
        Err(error) => Err(error.into()),
    };
    folder::destroy(&draft).map_err(|error| unusable(&draft, error))?;
    let pair = made?;
    write_ledger(settings, store, now).await?;
    Ok(pair.data)
}

fn lock_up(
    settings: &Settings,
    draft: &Path,
    folder: &Path,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<Pair, NoBackup> {
    let key = store_part::sealing_key_text(settings, entropy)?;
    let mut database = fs::File::open(draft).map_err(|error| unusable(draft, error))?;
    let bytes = database
        .metadata()
        .map_err(|error| unusable(draft, error))?;
    let about = About::new(now, settings.backup.keep_days, &key, bytes.len());
    let pair = Pair::new(folder, now);
    let day = lock::new_day_key();
    // The key first: data without one would be worth nothing.
    folder::put(&pair.key, |file| {
        lock::locked_key(&day, &settings.backup.recipients, file)
    })?;
    folder::put(&pair.data, |file| {
        let failed = |error| unusable(&pair.data, error);
        let mut locking = lock::locked(&day, file)?;
        package::pack(&about, &mut database, &mut locking).map_err(failed)?;
        locking.finish().map_err(failed)?.flush().map_err(failed)
    })?;
    Ok(pair)
}

/// Writes the ledger of erasures beside the backups: it names nobody, and goes with them wherever they are copied.
pub(super) async fn write_ledger(
    settings: &Settings,
    store: &Store,
    now: Timestamp,
) -> Result<(), NoBackup> {
    let lines = store.ledger_since(oldest_backup(now)).await?;
    let file = settings.backup_folder().join(folder::LEDGER);
    folder::put(&file, |open| {
        for line in &lines {
            let json = serde_json::to_string(line).expect("a line has a JSON form");
            writeln!(open, "{json}").map_err(|error| unusable(&file, error))?;
        }
        Ok(())
    })
}

/// No backup is older than this, a day more for clocks that differ.
pub(super) fn oldest_backup(now: Timestamp) -> Timestamp {
    const MS: i64 = (super::KEEP_DAYS_MAX as i64 + 1) * 24 * 60 * 60 * 1_000;
    Timestamp::from_unix_ms(now.unix_ms().saturating_sub(MS))
}
