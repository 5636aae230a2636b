//! Backups by themselves: one a day, each destroyed in its time, and the ledger beside them never older than a minute.

use std::sync::Arc;
use std::time::Duration;

use app::Timer;
use base::{Entropy, ReferenceId, Timestamp};
use store::{LedgerMark, Store};
use tokio_util::sync::CancellationToken;

use super::folder::{self, unusable};
use super::leftovers::destroy_parts;
use super::turn::Turn;
use super::{NoBackup, aside, make};
use crate::settings::Settings;

/// How often backups are looked after.
const EVERY: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Looks after backups until the server stops. Without a recipient there are none.
pub async fn keep_backups(
    settings: Settings,
    store: Store,
    clock: Arc<dyn Timer>,
    entropy: Arc<dyn Entropy>,
    stopping: CancellationToken,
) {
    if settings.backup.recipients.is_empty() || settings.store().sqlite_file().is_none() {
        return;
    }
    let mut told = None;
    loop {
        let now = clock.now();
        let kept = keep(&settings, &store, now, entropy.as_ref(), &mut told).await;
        if let Err(error) = kept {
            let reference = ReferenceId::new(entropy.as_ref());
            tracing::error!(%reference, %error, "backups could not be kept; trying again in a minute");
        }
        tokio::select! {
            () = clock.until(now.after(EVERY)) => {}
            () = stopping.cancelled() => return,
        }
    }
}

/// One turn. `told` is what the ledger beside the backups tells of.
pub(super) async fn keep(
    settings: &Settings,
    store: &Store,
    now: Timestamp,
    entropy: &dyn Entropy,
    told: &mut Option<LedgerMark>,
) -> Result<(), NoBackup> {
    let own = settings.clone();
    aside(move || destroy_old(&own, now)).await?;
    let turn = match Turn::take(settings) {
        // Somebody makes one by hand, with its ledger; the next turn is in a minute.
        Err(NoBackup::UnderWay) => return Ok(()),
        turn => turn?,
    };
    let (folder, held) = (settings.backup_folder(), turn.clone());
    aside(move || {
        let _held = held;
        destroy_parts(&folder)
    })
    .await?;
    if is_due(settings, now)? {
        make::back_up_in(&turn, settings, store, now, entropy).await?;
    }
    // Read before the lines are: what comes between is written once more.
    let mark = store.ledger_mark(make::oldest_backup(now)).await?;
    if told.as_ref() != Some(&mark) {
        make::write_ledger(settings, store, now).await?;
        *told = Some(mark);
    }
    Ok(())
}

/// Destroys the keys, and then the data, of backups that would be over before the next turn.
pub(super) fn destroy_old(settings: &Settings, now: Timestamp) -> Result<(), NoBackup> {
    let life = DAY * settings.backup.keep_days;
    let folder = settings.backup_folder();
    if !folder.is_dir() {
        return Ok(());
    }
    let pairs = folder::pairs(&folder).map_err(|error| unusable(&folder, error))?;
    for pair in pairs {
        if pair.made_at.after(life) <= now.after(EVERY) {
            for file in pair.files() {
                folder::destroy(file).map_err(|error| unusable(file, error))?;
            }
        }
    }
    Ok(())
}

/// Whether the last backup is a day old. One from the future, made before the clock was set back, does not count.
fn is_due(settings: &Settings, now: Timestamp) -> Result<bool, NoBackup> {
    let folder = settings.backup_folder();
    if !folder.is_dir() {
        return Ok(true);
    }
    let pairs = folder::pairs(&folder).map_err(|error| unusable(&folder, error))?;
    let mut past = pairs
        .into_iter()
        .filter(|pair| pair.data.is_file() && pair.made_at <= now);
    Ok(past.all(|pair| now.since(pair.made_at) >= DAY))
}
