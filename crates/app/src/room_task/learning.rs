//! What was decided about the room by another node that has it as well.

use std::ops::ControlFlow;

use protocol::ServerMessage;
use store::{RoomStanding, StoreError};

use super::RoomTask;

impl RoomTask {
    /// Learns how the room was found to stand, `None` when it is closed. What was found may be older than what this node
    /// did since, so it is only a reason to look.
    pub(super) async fn learn(&mut self, found: Option<Box<RoomStanding>>) -> ControlFlow<()> {
        if found.is_some_and(|found| self.is_known(&found)) {
            return ControlFlow::Continue(());
        }
        let id = self.switchboard.id();
        let learned = match self.app.inner.store.room_standing(id).await {
            Ok(Some(standing)) => self.stand(&standing).await,
            Ok(None) => return self.end().await,
            Err(error) => Err(error),
        };
        match learned {
            Ok(flow) => flow,
            // It is told again in a few seconds.
            Err(error) => {
                let reference = self.app.reference();
                tracing::error!(%reference, %error, "what was decided about a room elsewhere could not be read");
                ControlFlow::Continue(())
            }
        }
    }

    fn asks_password(&self) -> bool {
        self.switchboard.view(String::new()).has_password
    }

    fn is_known(&self, standing: &RoomStanding) -> bool {
        let following = self.following.as_deref();
        let kept = following.map(|following| following.queue.version());
        (self.asks_password(), self.is_unlisted)
            == (standing.has_password, standing.is_of_restricted)
            && standing.state_version <= kept
    }

    async fn stand(&mut self, standing: &RoomStanding) -> Result<ControlFlow<()>, StoreError> {
        let has_password = standing.has_password;
        self.is_unlisted = standing.is_of_restricted;
        if self.asks_password() != has_password {
            self.switchboard.ask_password(has_password);
            self.seats.say_all(&ServerMessage::Doors { has_password });
        }
        self.list();
        self.catch_up_with_others().await
    }
}
