//! Rooms that are open here and were ended, restricted or given a password by another node. What happens on this node is
//! told to their tasks at once.

use std::collections::BTreeSet;
use std::time::Duration;

use base::RoomId;
use store::{BATCH_MAX, RoomStanding, StoreError};

use crate::App;
use crate::room_task::Wish;

/// How often it is looked. What was decided elsewhere counts here within this time and the time of the looking.
const WATCH_EVERY: Duration = Duration::from_secs(1);

/// Tells rooms what was decided about them elsewhere, until the server stops.
pub(crate) async fn watch_rooms(app: App) {
    loop {
        let now = app.now();
        if let Err(error) = app.look_after_rooms().await {
            let reference = app.reference();
            tracing::error!(%reference, %error, "what other nodes decided about rooms could not be read; trying again in a moment");
        }
        tokio::select! {
            () = app.inner.clock.until(now.after(WATCH_EVERY)) => {}
            () = app.inner.stopping.cancelled() => return,
        }
    }
}

impl App {
    async fn look_after_rooms(&self) -> Result<(), StoreError> {
        // Rooms that open from now on are read later than this.
        let mut held: BTreeSet<RoomId> = self.inner.bus.rooms().into_iter().collect();
        let mut after = None;
        while !held.is_empty() {
            let open = self.inner.store.open_rooms(after, BATCH_MAX).await?;
            for standing in open.iter().filter(|room| held.remove(&room.id)) {
                self.tell_room(standing.id, Some(*standing));
            }
            after = open.last().map(|room| room.id);
            if open.len() < BATCH_MAX as usize {
                break;
            }
        }
        held.into_iter().for_each(|room| self.tell_room(room, None));
        Ok(())
    }

    /// A room that is too busy to hear it is told the next time.
    fn tell_room(&self, room: RoomId, standing: Option<RoomStanding>) {
        if let Some(mailbox) = self.inner.bus.mailbox(room) {
            let _ = mailbox.try_send(Wish::Learn(standing.map(Box::new)));
        }
    }
}
