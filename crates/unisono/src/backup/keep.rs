//! Backups by themselves: one a day, each destroyed in its time, and the ledger beside them never older than a minute.

use std::sync::Arc;
use std::time::Duration;

use app::{App, Job, JobRun, JobState, Timer};
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

/// Looks after backups until the server stops, and tells `app` how that does. Without a recipient there are none.
pub async fn keep_backups(
    app: App,
    settings: Settings,
    store: Store,
    clock: Arc<dyn Timer>,
    entropy: Arc<dyn Entropy>,
    stopping: CancellationToken,
) {
    if settings.backup.recipients.is_empty() || settings.store().sqlite_file().is_none() {
        app.note_job(Job::Backups, JobState::Off);
        return;
    }
    let mut told = None;
    loop {
        let now = clock.now();
        let kept = keep(&settings, &store, now, entropy.as_ref(), &mut told).await;
        let failure = kept.err().map(|error| {
            let reference = ReferenceId::new(entropy.as_ref());
            tracing::error!(%reference, %error, "backups could not be kept; trying again in a minute");
            reference
        });
        app.note_job(Job::Backups, state(&settings, now, failure));
        tokio::select! {
            () = clock.until(now.after(EVERY)) => {}
            () = stopping.cancelled() => return,
        }
    }
}

/// How backups do: when the last one was made, or that this turn at `now` failed.
fn state(settings: &Settings, now: Timestamp, failure: Option<ReferenceId>) -> JobState {
    let made_at = last_made(settings, now).ok().flatten();
    let (at, next_at) = match (failure, made_at) {
        (Some(_), _) => (now, now.after(EVERY)),
        (None, Some(at)) => (at, at.after(DAY)),
        // Somebody makes the first one by hand at this moment.
        (None, None) => return JobState::Waiting,
    };
    JobState::Ran(JobRun {
        at,
        failure,
        next_at,
    })
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

/// Whether the last backup is a day old.
fn is_due(settings: &Settings, now: Timestamp) -> Result<bool, NoBackup> {
    let last = last_made(settings, now)?;
    Ok(last.is_none_or(|made_at| now.since(made_at) >= DAY))
}

/// When the last backup was made. One from the future, made before the clock was set back, does not count.
fn last_made(settings: &Settings, now: Timestamp) -> Result<Option<Timestamp>, NoBackup> {
    let folder = settings.backup_folder();
    if !folder.is_dir() {
        return Ok(None);
    }
    let pairs = folder::pairs(&folder).map_err(|error| unusable(&folder, error))?;
    let past = pairs
        .into_iter()
        .filter(|pair| pair.data.is_file() && pair.made_at <= now);
    Ok(past.map(|pair| pair.made_at).max())
}
