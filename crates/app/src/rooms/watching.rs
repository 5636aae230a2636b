//! Rooms that are open here and that another node, or the command line, has ended, restricted, given a password or taken
//! further. What happens on this node is told to their tasks at once.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use base::RoomId;
use store::{BATCH_MAX, RoomStanding, StoreError};

use crate::App;
use crate::room_task::Wish;

/// How often it is looked. What was decided elsewhere counts here within this time and the time of the looking.
const WATCH_EVERY: Duration = Duration::from_secs(1);

/// Looks after which all rooms are told anew: one that could not learn it, since the store failed, learns it then.
const LOOKS_UNTIL_ANEW: u32 = 10;

/// How rooms were when they were told last. Whoever rests is not woken by news that are none.
type Told = BTreeMap<RoomId, RoomStanding>;

/// Tells rooms what was decided about them elsewhere, until the server stops.
pub(crate) async fn watch_rooms(app: App) {
    let mut told = Told::new();
    for look in 0_u32.. {
        let now = app.now();
        if look.is_multiple_of(LOOKS_UNTIL_ANEW) {
            told.clear();
        }
        if let Err(error) = app.look_after_rooms(&mut told).await {
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
    async fn look_after_rooms(&self, told: &mut Told) -> Result<(), StoreError> {
        // Rooms that open from now on are read later than this.
        let mut unseen: BTreeSet<RoomId> = self.inner.bus.rooms().into_iter().collect();
        told.retain(|room, _| unseen.contains(room));
        let mut after = None;
        while !unseen.is_empty() {
            let open = self.inner.store.open_rooms(after, BATCH_MAX).await?;
            for standing in open.iter().filter(|room| unseen.remove(&room.id)) {
                if told.get(&standing.id) != Some(standing)
                    && self.tell_room(standing.id, Some(*standing))
                {
                    told.insert(standing.id, *standing);
                }
            }
            after = open.last().map(|room| room.id);
            if open.len() < BATCH_MAX as usize {
                break;
            }
        }
        for room in unseen {
            self.tell_room(room, None);
        }
        Ok(())
    }

    /// Whether it will hear of it. A room that is too busy to is told the next time.
    fn tell_room(&self, room: RoomId, standing: Option<RoomStanding>) -> bool {
        let wish = Wish::Learn(standing.map(Box::new));
        let mailbox = self.inner.bus.mailbox(room);
        mailbox.is_some_and(|mailbox| mailbox.try_send(wish).is_ok())
    }
}
