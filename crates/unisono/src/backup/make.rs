//! `unisono backup`: a copy of everything, locked to keys that this machine does not have.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base::{Clock, Entropy, Secret, Timestamp};
use store::{LedgerLine, LedgerPlace, Store};
use tokio::time::{Instant, sleep};

use super::folder::{self, Pair, unusable};
use super::leftovers::destroy_database;
use super::package::{self, About};
use super::turn::Turn;
use super::{BackupPart, NoBackup, aside, lock};
use crate::private_folder;
use crate::settings::Settings;
use crate::store_part;

/// Where the database is copied to before it is locked. It lies beside the database, and is written over afterwards.
pub(super) const DRAFT: &str = "unisono.db.copying";

/// How long a command waits for its turn, or for a second without a backup: the server makes one of its own at its start.
const WAIT_MAX: Duration = Duration::from_secs(60);
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Makes a backup of `store` as soon as nobody else makes one.
pub async fn back_up_in_turn(
    settings: &Settings,
    store: &Store,
    clock: &dyn Clock,
    entropy: &dyn Entropy,
) -> Result<PathBuf, NoBackup> {
    let begun = Instant::now();
    loop {
        let made = back_up(settings, store, clock.now(), entropy).await;
        let is_taken = matches!(made, Err(NoBackup::UnderWay | NoBackup::Exists(_)));
        if !is_taken || begun.elapsed() >= WAIT_MAX {
            return made;
        }
        sleep(LOOK_EVERY).await;
    }
}

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
    let turn = Turn::take(settings)?;
    back_up_in(&turn, settings, store, now, entropy).await
}

/// Makes a backup while nobody else does.
pub(super) async fn back_up_in(
    turn: &Turn,
    settings: &Settings,
    store: &Store,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<PathBuf, NoBackup> {
    let folder = settings.backup_folder();
    private_folder::make(&folder).map_err(|error| unusable(&folder, error))?;
    let pair = Pair::new(&folder, now);
    if let Some(there) = pair.files().into_iter().find(|file| file.exists()) {
        return Err(NoBackup::Exists(there.clone()));
    }
    app::ledger_key(store, entropy).await?;
    let key = store_part::sealing_key_text(settings, entropy)?;
    let draft = settings.data_dir.join(DRAFT);
    let old = draft.clone();
    // What a killed try has left.
    aside(move || destroy_database(&old)).await?;
    let copied = store.snapshot(&draft).await;
    let (backup, held) = (settings.backup.clone(), turn.clone());
    let data = pair.data.clone();
    // Whoever stops the server here waits for the end of this, so the readable copy goes in any case.
    aside(move || {
        let _held = held;
        let made = match copied {
            Ok(()) => lock_up(&backup, &key, &draft, &pair, now),
            Err(error) => Err(error.into()),
        };
        destroy_database(&draft).and(made)
    })
    .await?;
    write_ledger(settings, store, now).await?;
    Ok(data)
}

fn lock_up(
    backup: &BackupPart,
    sealing_key: &Secret<String>,
    draft: &Path,
    pair: &Pair,
    now: Timestamp,
) -> Result<(), NoBackup> {
    let mut database = fs::File::open(draft).map_err(|error| unusable(draft, error))?;
    let bytes = database
        .metadata()
        .map_err(|error| unusable(draft, error))?;
    let about = About::new(now, backup.keep_days, sealing_key, bytes.len());
    let day = lock::new_day_key();
    // The key first: data without one would be worth nothing.
    folder::put(&pair.key, |file| {
        lock::locked_key(&day, &backup.recipients, file)
    })?;
    let written = folder::put(&pair.data, |file| {
        let failed = |error| unusable(&pair.data, error);
        let mut locking = lock::locked(&day, file)?;
        package::pack(&about, &mut database, &mut locking).map_err(failed)?;
        locking.finish().map_err(failed)?.flush().map_err(failed)
    });
    if written.is_err() {
        // Nor is a key without data. That it cannot be removed is said by its being there; its time ends it.
        let _ = folder::destroy(&pair.key);
    }
    written
}

/// Writes the ledger of erasures beside the backups: it names nobody, and goes with them wherever they are copied.
pub(super) async fn write_ledger(
    settings: &Settings,
    store: &Store,
    now: Timestamp,
) -> Result<(), NoBackup> {
    let file = settings.backup_folder().join(folder::LEDGER);
    let place = file.clone();
    let mut draft = aside(move || folder::begin(&place)).await?;
    let mut place = LedgerPlace::at(oldest_backup(now));
    loop {
        let lines = store.ledger_page(&place).await?;
        let Some(last) = lines.last() else { break };
        place = last.place();
        let longer = move || draft.with(written(&lines).as_bytes());
        let place = file.clone();
        draft = aside(move || longer().map_err(|error| unusable(&place, error))).await?;
    }
    aside(move || draft.finish().map_err(|error| unusable(&file, error))).await
}

/// One line of JSON for each.
fn written(lines: &[LedgerLine]) -> String {
    let lines = lines.iter().map(serde_json::to_string);
    let lines = lines.map(|json| json.expect("a line has a JSON form") + "\n");
    lines.collect()
}

/// No backup is older than this, a day more for clocks that differ.
pub(super) fn oldest_backup(now: Timestamp) -> Timestamp {
    const MS: i64 = (super::KEEP_DAYS_MAX as i64 + 1) * 24 * 60 * 60 * 1_000;
    Timestamp::from_unix_ms(now.unix_ms().saturating_sub(MS))
}
