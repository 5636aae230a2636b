//! A room's list of songs, for those who are in the room to take home.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use base::{MemberId, Rate, ReferenceId, Secret, Throttle, Timestamp};
use protocol::RoomCode;
use room::{Room, SongList};
use store::StoreError;

use crate::App;

/// How often one seat may ask: the whole state is read for it.
const ASKED: Rate = Rate::per(20, Duration::from_secs(60));
/// Seats whose asking is remembered, more than there are sockets.
const SEATS_MAX: usize = 32_768;

/// What has played in a room, what is on, and what follows.
#[derive(Clone, Debug)]
pub struct RoomList {
    /// What people type.
    pub code: RoomCode,
    /// What has played, what is on, and what follows.
    pub songs: SongList,
    /// When this was so.
    pub at: Timestamp,
}

/// Why somebody is not given a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoList {
    /// No token, or one that does not belong to somebody who is in this room now. Rooms that are not there answer the
    /// same.
    NotInside,
    /// Asked too often.
    TooMany {
        /// When asking makes sense again.
        retry_after: Duration,
    },
    /// We failed; the reference is in the log.
    Broken(ReferenceId),
}

/// Who asked how often.
pub(crate) struct Asked(Mutex<Throttle<MemberId>>);

impl Default for Asked {
    fn default() -> Self {
        Self(Mutex::new(Throttle::new(ASKED, SEATS_MAX)))
    }
}

impl App {
    /// The list of the room `code`, for the seat that holds `token`.
    pub async fn room_list(
        &self,
        code: RoomCode,
        token: &Secret<String>,
    ) -> Result<RoomList, NoList> {
        let returning = self.inner.resume.check(token).ok_or(NoList::NotInside)?;
        let now = self.now();
        self.may_ask(returning.member, now)?;
        // The token is ours, so its room may be looked at; `code` is compared and never looked up.
        let row = self.inner.store.room(returning.room).await;
        let row = row.map_err(|error| self.list_failure(&error))?;
        if !row.is_some_and(|row| row.code == code && row.is_open(now)) {
            return Err(NoList::NotInside);
        }
        let kept = self.inner.store.room_state(returning.room).await;
        let kept = kept.map_err(|error| self.list_failure(&error))?;
        let kept = kept.ok_or(NoList::NotInside)?;
        let room: Room = serde_json::from_str(kept.state.expose()).map_err(|_| {
            self.list_failure(&StoreError::Corrupt(
                "a room has an unreadable state".to_owned(),
            ))
        })?;
        if room.is_over() || room.person_of(returning.member).is_none() {
            return Err(NoList::NotInside);
        }
        let songs = room.export();
        let at = now;
        Ok(RoomList { code, songs, at })
    }

    fn may_ask(&self, seat: MemberId, now: Timestamp) -> Result<(), NoList> {
        let asked = &self.inner.lists_asked.0;
        let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked
            .take(seat, now)
            .map_err(|retry_after| NoList::TooMany { retry_after })
    }

    fn list_failure(&self, error: &StoreError) -> NoList {
        let reference = self.reference();
        tracing::error!(%reference, %error, "the list of a room could not be read");
        NoList::Broken(reference)
    }
}
