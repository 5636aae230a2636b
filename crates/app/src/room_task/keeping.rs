//! What the store is to know of a room beside its queue: whom its caster removed, how long it stays, and its end.

use std::time::Duration;

use base::{MemberId, Timestamp};

use super::RoomTask;

/// Tries to write a room's end to the store, with a growing pause between.
const CLOSE_TRIES: u32 = 5;

impl RoomTask {
    pub(super) async fn remember(&self, removed: &[MemberId]) {
        let (store, room) = (&self.app.inner.store, self.switchboard.id());
        if let Err(error) = store.set_removed_members(room, removed).await {
            let reference = self.app.reference();
            tracing::error!(%reference, %error, "a removal could not be stored and ends with a restart");
        }
    }

    pub(super) async fn prolong(&self, until: Timestamp) {
        if let Err(error) = self
            .app
            .inner
            .store
            .prolong_room(self.switchboard.id(), until)
            .await
        {
            let reference = self.app.reference();
            tracing::error!(%reference, %error, "a room could not be prolonged");
        }
    }

    pub(super) async fn close(&self) {
        self.app.inner.relay.close(self.switchboard.id());
        for tries in 1..=CLOSE_TRIES {
            let closed_at = self.app.now();
            let Err(error) = self
                .app
                .inner
                .store
                .close_room(self.switchboard.id(), closed_at)
                .await
            else {
                return;
            };
            let reference = self.app.reference();
            tracing::error!(%reference, %error, "the end of a room could not be stored");
            tokio::time::sleep(Duration::from_millis(200) * tries).await;
        }
    }
}
