//! What happens by itself: rooms that nobody used are closed and then forgotten, and so are unopened link pages;
//! old descriptions of links are asked for anew.

use std::time::Duration;

use base::Timestamp;
use store::{BATCH_MAX, StoreError};

use crate::queue_room::{NotKept, QueueRoom};
use crate::{App, Job};

/// How often what is due is looked after.
pub(crate) const EVERY: Duration = Duration::from_secs(60);
/// How long a closed room's code is kept from being used again.
const CODE_REST: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a room that is served has to forget by itself.
const FORGETTING: Duration = Duration::from_secs(60);
/// How long events of a room are kept for those who come back; whoever was away for longer gets its state.
const EVENTS_LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// Closes expired rooms and deletes those whose code has rested, until the server stops.
pub(crate) async fn keep_retention(app: App) {
    loop {
        let now = app.now();
        let mut failure = None;
        // Each is done whatever became of those before it: what cannot be erased keeps nothing else from being forgotten.
        for kept in [
            sweep_rooms(&app, now).await,
            app.keep_counts().await,
            app.expire_sessions(now).await,
            app.complete_erasures(now, ERASURE_MAX).await,
            app.erase_due(now).await,
            app.sweep_by_inventory(now).await,
            app.keep_links(now).await,
            // Whatever was deleted while somebody read for long, in this minute or by another process.
            app.inner.store.empty_log().await,
        ] {
            if let Err(error) = kept {
                let reference = app.reference();
                tracing::error!(%reference, %error, "retention could not be kept; trying again in a minute");
                failure = Some(reference);
            }
        }
        app.note_run(Job::Retention, failure, now.after(EVERY));
        if !rest(&app, now).await {
            return;
        }
    }
}

/// Writes the letters that every member is owed, until the server stops.
pub(crate) async fn keep_announcing(app: App) {
    loop {
        let now = app.now();
        let mut failure = None;
        if let Err(error) = app.announce(now).await {
            let reference = app.reference();
            tracing::error!(%reference, %error, "members could not be told; trying again in a minute");
            failure = Some(reference);
        }
        app.note_run(Job::Announcements, failure, now.after(EVERY));
        if !rest(&app, now).await {
            return;
        }
    }
}

/// Asks for old descriptions of links anew, until the server stops. Services may be slow, so nothing waits for this.
pub(crate) async fn keep_descriptions(app: App) {
    loop {
        let now = app.now();
        let mut failure = None;
        if let Err(error) = app.refresh_descriptions(now).await {
            let reference = app.reference();
            tracing::error!(%reference, %error, "descriptions could not be refreshed; trying again in a minute");
            failure = Some(reference);
        }
        app.note_run(Job::Descriptions, failure, now.after(EVERY));
        if !rest(&app, now).await {
            return;
        }
    }
}

/// Waits for the next turn after the one at `now`; false when the server stops instead.
pub(crate) async fn rest(app: &App, now: Timestamp) -> bool {
    tokio::select! {
        () = app.inner.clock.until(now.after(EVERY)) => true,
        () = app.inner.stopping.cancelled() => false,
    }
}

async fn sweep_rooms(app: &App, now: Timestamp) -> Result<(), StoreError> {
    let store = &app.inner.store;
    while store.expire_rooms(now, BATCH_MAX).await?.len() == BATCH_MAX as usize {}
    store.forget_closed_queues().await?;
    let events_end = before(now, EVENTS_LIFE);
    while store.delete_old_events(events_end, BATCH_MAX).await? == u64::from(BATCH_MAX) {}
    forget_in_resting_rooms(app, now).await?;
    let rested = before(now, CODE_REST);
    while store.delete_closed_rooms(rested, BATCH_MAX).await? == u64::from(BATCH_MAX) {}
    Ok(())
}

/// Rooms that nobody is in are served by nobody: what they keep of people is forgotten here when its time is over.
async fn forget_in_resting_rooms(app: &App, now: Timestamp) -> Result<(), StoreError> {
    let (store, entropy) = (&app.inner.store, app.inner.entropy.as_ref());
    for room in store
        .rooms_to_forget(before(now, FORGETTING), BATCH_MAX)
        .await?
    {
        if app.inner.bus.mailbox(room).is_some() {
            continue;
        }
        let forgotten = match QueueRoom::load(store, room).await {
            Ok(Some(mut queue)) => queue.forget(store, entropy, now).await,
            Ok(None) => Ok(()),
            Err(error) => Err(NotKept::Failed(error)),
        };
        if let Err(NotKept::Failed(error)) = forgotten {
            let reference = app.reference();
            tracing::error!(%reference, %error, "a room could not forget; trying again in a minute");
        }
    }
    Ok(())
}

/// How long an erasure takes at most; one that is older has failed and is done again.
const ERASURE_MAX: Duration = Duration::from_secs(10 * 60);

fn before(now: Timestamp, span: Duration) -> Timestamp {
    let span_ms = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_unix_ms(now.unix_ms().saturating_sub(span_ms))
}
