//! Saved rooms: a name and a code that stay a member's.

use base::{AccountId, EntryId, Personal, Secret, Timestamp};
use protocol::RoomCode;

use crate::accounts::{damaged, fits};
use crate::db::{execute, execute_returning, fetch};
use crate::{Store, StoreError};

/// Saved rooms of one account that are read at once: more than anybody may have.
pub const SAVED_ROOMS_MAX: u32 = 1_000;

/// A saved room as it is kept.
#[derive(Clone, Debug)]
pub struct SavedRoom {
    /// Its permanent name.
    pub id: EntryId,
    /// What its owner calls it.
    pub name: Personal<String>,
    /// What people type, for as long as it is saved.
    pub code: RoomCode,
    /// The bcrypt hash of its password, when it has one.
    pub password_hash: Option<Secret<String>>,
    /// Whether it opens with a queue.
    pub has_queue: bool,
    /// Whether the host approves each listener.
    pub ask_first: bool,
    /// When it was saved; the oldest wake first.
    pub saved_at: Timestamp,
}

/// What became of a room that was to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// It is kept.
    Saved,
    /// Somebody has this code: in a saved room, or in one that is open or was closed within the last day.
    CodeTaken,
    /// The member has as many as the plan allows.
    TooMany,
}

/// What becomes of the password of a saved room.
#[derive(Clone, Debug)]
pub enum StoredPassword {
    /// It stays as it is.
    Same,
    /// There is none any more.
    None,
    /// It is another, by its bcrypt hash.
    Hash(Secret<String>),
}

type Columns = (String, String, String, Option<String>, bool, bool, i64);

impl TryFrom<Columns> for SavedRoom {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        let (id, name, code, password, has_queue, ask_first, saved_at) = columns;
        Ok(Self {
            id: fits("saved_rooms.id", id.parse())?,
            name: Personal::new(name),
            code: fits("saved_rooms.code", code.parse())?,
            password_hash: password.map(Secret::new),
            has_queue,
            ask_first,
            saved_at: Timestamp::from_unix_ms(saved_at),
        })
    }
}

impl Store {
    /// Keeps `room` for a member who has fewer than `rooms_max`, unless its code is somebody else's.
    pub async fn save_room(
        &self,
        account: AccountId,
        room: &SavedRoom,
        rooms_max: usize,
    ) -> Result<Saving, StoreError> {
        if self.saved_rooms(account).await?.len() >= rooms_max {
            return Ok(Saving::TooMany);
        }
        // A room that the member has open keeps its code.
        let saved = execute!(
            self.db,
            "INSERT INTO saved_rooms (id, account_id, name, code, password_hash, has_queue, ask_first, saved_at)
             SELECT $1, $2, $3, $4, $5, $6, $7, $8
             WHERE (SELECT COUNT(*) FROM saved_rooms WHERE account_id = $2) < $9
               AND NOT EXISTS (SELECT 1 FROM rooms WHERE code = $4 AND (account_id IS NULL OR account_id <> $2))
             ON CONFLICT (code) DO NOTHING",
            room.id.to_string(),
            account.to_string(),
            room.name.expose(),
            room.code.as_str(),
            room.password_hash
                .as_ref()
                .map(|hash| hash.expose().as_str()),
            room.has_queue,
            room.ask_first,
            room.saved_at.unix_ms(),
            i64::try_from(rooms_max).unwrap_or(i64::MAX),
        )?;
        match saved {
            0 => Ok(Saving::CodeTaken),
            _ => Ok(Saving::Saved),
        }
    }

    /// The saved rooms of a member, the oldest first.
    pub async fn saved_rooms(&self, account: AccountId) -> Result<Vec<SavedRoom>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT id, name, code, password_hash, has_queue, ask_first, saved_at
             FROM saved_rooms WHERE account_id = $1 ORDER BY saved_at, id LIMIT $2",
            account.to_string(),
            i64::from(SAVED_ROOMS_MAX),
        )?;
        rows.into_iter().map(SavedRoom::try_from).collect()
    }

    /// The codes of a member's rooms that are open at `now`.
    pub async fn open_codes(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Vec<RoomCode>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String,),
            "SELECT code FROM rooms WHERE account_id = $1 AND closed_at IS NULL AND expires_at > $2 LIMIT $3",
            account.to_string(),
            now.unix_ms(),
            i64::from(SAVED_ROOMS_MAX),
        )?;
        let codes = rows.into_iter().map(|(code,)| code.parse());
        codes
            .collect::<Result<_, _>>()
            .map_err(|_| damaged("rooms.code"))
    }

    /// Gives a saved room another name, another password or both, or neither; false when the member has none such. A
    /// room that is open keeps the password that it has.
    pub async fn change_saved_room(
        &self,
        account: AccountId,
        room: EntryId,
        name: Option<&Personal<String>>,
        password: &StoredPassword,
    ) -> Result<bool, StoreError> {
        let (is_other, hash) = match password {
            StoredPassword::Same => (false, None),
            StoredPassword::None => (true, None),
            StoredPassword::Hash(hash) => (true, Some(hash.expose().as_str())),
        };
        let changed = execute!(
            self.db,
            "UPDATE saved_rooms
             SET name = COALESCE($3, name), password_hash = CASE WHEN $4 THEN $5 ELSE password_hash END
             WHERE id = $2 AND account_id = $1",
            account.to_string(),
            room.to_string(),
            name.map(|name| name.expose().as_str()),
            is_other,
            hash,
        )?;
        Ok(changed > 0)
    }

    /// Lets a saved room and its code go; false when the member has none such.
    pub async fn delete_saved_room(
        &self,
        account: AccountId,
        room: EntryId,
    ) -> Result<bool, StoreError> {
        let deleted = execute_returning!(
            self.db,
            (String,),
            "DELETE FROM saved_rooms WHERE id = $2 AND account_id = $1 RETURNING id",
            account.to_string(),
            room.to_string(),
        )?;
        if !deleted.is_empty() {
            self.empty_log_if_free().await;
        }
        Ok(!deleted.is_empty())
    }
}
