//! Members that read too slowly: they hold up nobody, and get the whole state once they have caught up.

use std::sync::Arc;
use std::time::Duration;

use base::MemberId;

use crate::room_task::seats::has_room;
use crate::room_task::{RoomTask, Wish};

/// How often a slow socket is looked at until it has caught up.
const LOOK_EVERY: Duration = Duration::from_millis(100);

impl RoomTask {
    /// Looks after a member that fell behind, until it has caught up or is gone.
    pub(super) fn watch(&self, member: MemberId) {
        let Some(connection) = self.seats.get(member) else {
            return;
        };
        let (id, outbox) = (connection.id, Arc::downgrade(&connection.outbox));
        let mailbox = self.app.inner.bus.mailbox(self.switchboard.id());
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(LOOK_EVERY).await;
                let Some(outbox) = outbox.upgrade() else {
                    return;
                };
                if has_room(&outbox) || outbox.is_closed() {
                    break;
                }
            }
            if let Some(mailbox) = mailbox {
                let caught_up = Wish::CaughtUp {
                    member,
                    connection: id,
                };
                let _ = mailbox.send(caught_up).await;
            }
        });
    }

    /// Brings a member that fell behind up to date with the whole state.
    pub(in crate::room_task) fn catch_up(&mut self, member: MemberId) {
        let Some(following) = &mut self.following else {
            return;
        };
        if self.seats.catch_up(member) {
            let snapshot = following.queue.snapshot();
            self.seats.send(member, snapshot);
            self.tell_mine_to(member);
        } else {
            self.watch(member);
        }
    }
}
