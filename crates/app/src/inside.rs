//! Whoever sits in a room with a queue, asking beside their socket.

use std::time::Duration;

use base::{MemberId, Rate, ReferenceId, RoomId, Secret, SharedThrottle, Timestamp};
use protocol::RoomCode;
use room::Room;
use store::StoreError;

use crate::App;

/// How often one seat may ask: the whole state is read for it.
const ASKED: Rate = Rate::per(20, Duration::from_secs(60));
/// Seats whose asking is remembered, more than there are sockets.
const SEATS_MAX: usize = 32_768;

/// Why somebody is not served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotServed {
    /// No token, or one that does not belong to somebody who is in this room now. Rooms that are not there answer the
    /// same.
    NotInside,
    /// They are in the room, and may not do that there.
    Forbidden,
    /// Asked too often.
    TooMany {
        /// When asking makes sense again.
        retry_after: Duration,
    },
    /// We failed; the reference is in the log.
    Broken(ReferenceId),
}

/// Who asked how often.
pub(crate) struct Asked(SharedThrottle<MemberId>);

impl Default for Asked {
    fn default() -> Self {
        Self(SharedThrottle::new(ASKED, SEATS_MAX))
    }
}

/// A room, as it is kept, and who sits in it and asks.
pub(crate) struct Inside {
    pub(crate) id: RoomId,
    pub(crate) seat: MemberId,
    pub(crate) room: Room,
    pub(crate) at: Timestamp,
}

impl App {
    /// The room `code`, for the seat in it that holds `token`.
    pub(crate) async fn inside(
        &self,
        code: RoomCode,
        token: &Secret<String>,
    ) -> Result<Inside, NotServed> {
        let returning = self.inner.resume.check(token).ok_or(NotServed::NotInside)?;
        let (id, seat, at) = (returning.room, returning.member, self.now());
        self.may_ask(seat, at)?;
        // The token is ours, so its room may be looked at; `code` is compared and never looked up.
        let row = self.inner.store.room(id).await;
        let row = row.map_err(|error| self.not_served(&error))?;
        if !row.is_some_and(|row| row.code == code && row.is_open(at)) {
            return Err(NotServed::NotInside);
        }
        let kept = self.inner.store.room_state(id).await;
        let kept = kept.map_err(|error| self.not_served(&error))?;
        let kept = kept.ok_or(NotServed::NotInside)?;
        let room: Room = serde_json::from_str(kept.state.expose()).map_err(|_| {
            self.not_served(&StoreError::Corrupt(
                "a room has an unreadable state".to_owned(),
            ))
        })?;
        if room.is_over() || room.person_of(seat).is_none() {
            return Err(NotServed::NotInside);
        }
        Ok(Inside { id, seat, room, at })
    }

    fn may_ask(&self, seat: MemberId, now: Timestamp) -> Result<(), NotServed> {
        let asked = &self.inner.seats_asked.0;
        asked
            .take(seat, now)
            .map_err(|retry_after| NotServed::TooMany { retry_after })
    }

    pub(crate) fn not_served(&self, error: &StoreError) -> NotServed {
        let reference = self.reference();
        tracing::error!(%reference, %error, "a room could not be read or written for somebody in it");
        NotServed::Broken(reference)
    }
}
