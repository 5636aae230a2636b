//! A room's list of songs, for those who are in the room to take home.

use base::{Secret, Timestamp};
use protocol::RoomCode;
use room::SongList;

use crate::App;
use crate::inside::{Inside, NotServed};

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

impl App {
    /// The list of the room `code`, for the seat that holds `token`.
    pub async fn room_list(
        &self,
        code: RoomCode,
        token: &Secret<String>,
    ) -> Result<RoomList, NotServed> {
        let Inside { room, at, .. } = self.inside(code, token).await?;
        let songs = room.export();
        Ok(RoomList { code, songs, at })
    }
}
