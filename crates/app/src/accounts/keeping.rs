//! What happens to accounts by itself: what has had its time goes, and sockets end with their sessions.

use std::time::Duration;

use base::Timestamp;
use store::{BATCH_MAX, StoreError};

use crate::App;

/// How often the sessions of open sockets are read again. A session that was ended elsewhere, by another node or from
/// the command line, loses its sockets within this time and the time of the reading.
const WATCH_EVERY: Duration = Duration::from_secs(1);

/// Ends sockets whose sessions are over, until the server stops.
pub(crate) async fn watch_sessions(app: App) {
    loop {
        let now = app.now();
        if let Err(error) = app.end_dead_sessions(now).await {
            let reference = app.reference();
            tracing::error!(%reference, %error, "sessions could not be read again; trying again in a moment");
        }
        tokio::select! {
            () = app.inner.clock.until(now.after(WATCH_EVERY)) => {}
            () = app.inner.stopping.cancelled() => return,
        }
    }
}

impl App {
    /// Deletes sessions that had their time, and their sockets with them.
    pub(crate) async fn expire_sessions(&self, now: Timestamp) -> Result<(), StoreError> {
        loop {
            let ended = self.inner.store.expire_sessions(now).await?;
            self.close_sockets_of(&ended);
            if ended.len() < BATCH_MAX as usize {
                return Ok(());
            }
        }
    }

    async fn end_dead_sessions(&self, now: Timestamp) -> Result<(), StoreError> {
        for id in self.inner.accounts.open.all() {
            let row = self.inner.store.session(id).await?;
            let is_alive =
                row.is_some_and(|row| row.session.is_alive(now) && row.locked_at.is_none());
            if !is_alive {
                self.close_sockets_of(&[id]);
            }
        }
        Ok(())
    }
}
