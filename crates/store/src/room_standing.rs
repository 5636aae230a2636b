//! What of an open room may be decided by another node than the one that serves it.

use base::RoomId;

use crate::db::{fetch, fetch_optional};
use crate::room::BATCH_MAX;
use crate::{Store, StoreError};

/// How an open room stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomStanding {
    /// The room.
    pub id: RoomId,
    /// A password is asked of those who come.
    pub has_password: bool,
    /// It was opened by an account that is used for nothing.
    pub is_of_restricted: bool,
    /// The version of its state, if it has a queue.
    pub state_version: Option<i64>,
}

/// The columns of both SELECTs below.
type Columns = (String, bool, bool, Option<i64>);

impl TryFrom<Columns> for RoomStanding {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        let (id, has_password, is_of_restricted, state_version) = columns;
        let damaged = |_| StoreError::Corrupt("a room has an unreadable id".to_owned());
        Ok(Self {
            id: id.parse().map_err(damaged)?,
            has_password,
            is_of_restricted,
            state_version,
        })
    }
}

impl Store {
    /// How up to `limit` open rooms stand, in the order of their names, beginning behind `after`.
    pub async fn open_rooms(
        &self,
        after: Option<RoomId>,
        limit: u32,
    ) -> Result<Vec<RoomStanding>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT r.id, r.password_hash IS NOT NULL, a.restricted_at IS NOT NULL, s.version
             FROM rooms AS r LEFT JOIN accounts AS a ON a.id = r.account_id LEFT JOIN room_states AS s ON s.room_id = r.id
             WHERE r.closed_at IS NULL AND r.id > $1 ORDER BY r.id LIMIT $2",
            after.map_or_else(String::new, |after| after.to_string()),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        rows.into_iter().map(RoomStanding::try_from).collect()
    }

    /// How a room stands; `None` when it is closed.
    pub async fn room_standing(&self, id: RoomId) -> Result<Option<RoomStanding>, StoreError> {
        fetch_optional!(
            self.db,
            Columns,
            "SELECT r.id, r.password_hash IS NOT NULL, a.restricted_at IS NOT NULL, s.version
             FROM rooms AS r LEFT JOIN accounts AS a ON a.id = r.account_id LEFT JOIN room_states AS s ON s.room_id = r.id
             WHERE r.closed_at IS NULL AND r.id = $1",
            id.to_string(),
        )?
        .map(RoomStanding::try_from)
        .transpose()
    }
}
