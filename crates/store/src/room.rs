//! Rooms as they are kept: what a restart must not lose, and nothing about the members.

use base::{AccountId, MemberId, Personal, RoomId, Secret, Timestamp};
use protocol::RoomCode;

use crate::db::{execute, execute_returning, fetch_one, fetch_optional, transaction};
use crate::{Store, StoreError};

/// The most rows that one sweep statement touches, so that a writer never waits long behind it.
pub const BATCH_MAX: u32 = 500;

/// A room that is about to be kept.
#[derive(Clone, Debug)]
pub struct NewRoom {
    /// The room's permanent name.
    pub id: RoomId,
    /// What people type.
    pub code: RoomCode,
    /// The bcrypt hash of the password, when there is one.
    pub password_hash: Option<Secret<String>>,
    /// SHA-256 of the device key that brings the host back.
    pub host_key_hash: Secret<[u8; 32]>,
    /// Whose it is, where a member opened it: theirs on every device.
    pub account: Option<AccountId>,
    /// What stands for the guest whose free session it belongs to.
    pub guest: Option<String>,
    /// Its code is that of a saved room, which nobody else gets.
    pub is_saved: bool,
    /// Whether the host approves each listener.
    pub ask_first: bool,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it ends unless it is used.
    pub expires_at: Timestamp,
    /// The first state of its queue as JSON, when it has one.
    pub queue: Option<Personal<String>>,
}

/// A room as it is kept.
#[derive(Clone, Debug)]
pub struct RoomRow {
    /// The room's permanent name.
    pub id: RoomId,
    /// What people type.
    pub code: RoomCode,
    /// The bcrypt hash of the password, when there is one. A closed room has none any more.
    pub password_hash: Option<Secret<String>>,
    /// SHA-256 of the device key that brings the host back.
    pub host_key_hash: Secret<[u8; 32]>,
    /// Whose it is, where a member opened it or brought it along: theirs on every device.
    pub account: Option<AccountId>,
    /// What stands for the guest whose free session it belongs to. A closed room has none any more.
    pub guest: Option<String>,
    /// Whether the host approves each listener.
    pub ask_first: bool,
    /// Whether it has a queue.
    pub has_queue: bool,
    /// Listeners that may not come back by their old token, the oldest first.
    pub removed_members: Vec<MemberId>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it ends unless it is used.
    pub expires_at: Timestamp,
    /// When it was closed, by its host or by the sweep.
    pub closed_at: Option<Timestamp>,
    /// Counts changes of the room's settings, from 1; a change names the version it was decided on.
    pub version: i64,
}

impl RoomRow {
    /// Whether people may still join at `now`.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.closed_at.is_none() && self.expires_at > now
    }
}

/// What became of a new room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Insertion {
    /// It is kept.
    Inserted,
    /// Another room, open or closed within the last day, has this code: draw another.
    CodeTaken,
}

/// The columns of `rooms` in the order of every SELECT below.
type Columns = (
    String,
    String,
    Option<String>,
    Vec<u8>,
    Option<String>,
    Option<String>,
    bool,
    bool,
    String,
    i64,
    i64,
    Option<i64>,
    i64,
);

impl TryFrom<Columns> for RoomRow {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        let (
            id,
            code,
            password,
            host_key,
            account,
            guest,
            ask_first,
            has_queue,
            removed,
            created,
            expires,
            closed,
            version,
        ) = columns;
        let removed = removed.split_ascii_whitespace().map(str::parse);
        Ok(Self {
            id: id.parse().map_err(|_| damaged("id"))?,
            code: code.parse().map_err(|_| damaged("code"))?,
            password_hash: password.map(Secret::new),
            host_key_hash: Secret::new(host_key.try_into().map_err(|_| damaged("host_key_hash"))?),
            account: account
                .map(|id| id.parse())
                .transpose()
                .map_err(|_| damaged("account_id"))?,
            guest,
            ask_first,
            has_queue,
            removed_members: removed
                .collect::<Result<_, _>>()
                .map_err(|_| damaged("removed_members"))?,
            created_at: Timestamp::from_unix_ms(created),
            expires_at: Timestamp::from_unix_ms(expires),
            closed_at: closed.map(Timestamp::from_unix_ms),
            version,
        })
    }
}

fn damaged(column: &str) -> StoreError {
    StoreError::Corrupt(format!("a room has an unreadable {column}"))
}

impl Store {
    /// Keeps a new room unless its code is taken.
    pub async fn insert_room(&self, room: &NewRoom) -> Result<Insertion, StoreError> {
        let id = room.id.to_string();
        let inserted = transaction!(self.db, |open| {
            if room.is_saved {
                // The code of a room that has ended rests, but not for whoever keeps it.
                sqlx::query("DELETE FROM rooms WHERE code = $1 AND (closed_at IS NOT NULL OR expires_at <= $2)")
                    .bind(room.code.as_str())
                    .bind(room.created_at.unix_ms())
                    .execute(&mut *open)
                    .await?;
            }
            let inserted = sqlx::query(
                "INSERT INTO rooms (id, code, password_hash, host_key_hash, account_id, ask_first, has_queue,
                                    removed_members, created_at, expires_at, version, guest)
                 SELECT $1, $2, $3, $4, $5, $6, $7, '', $8, $9, 1, $10
                 WHERE $11 OR NOT EXISTS (SELECT 1 FROM saved_rooms WHERE code = $2)
                 ON CONFLICT (code) DO NOTHING",
            )
            .bind(&id)
            .bind(room.code.as_str())
            .bind(room.password_hash.as_ref().map(|hash| hash.expose().as_str()))
            .bind(room.host_key_hash.expose().as_slice())
            .bind(room.account.map(|id| id.to_string()))
            .bind(room.ask_first)
            .bind(room.queue.is_some())
            .bind(room.created_at.unix_ms())
            .bind(room.expires_at.unix_ms())
            .bind(room.guest.as_deref())
            .bind(room.is_saved)
            .execute(&mut *open)
            .await?
            .rows_affected();
            if let Some(state) = room.queue.as_ref().filter(|_| inserted > 0) {
                sqlx::query("INSERT INTO room_states (room_id, version, state, updated_at) VALUES ($1, 1, $2, $3)")
                    .bind(&id)
                    .bind(state.expose())
                    .bind(room.created_at.unix_ms())
                    .execute(&mut *open)
                    .await?;
            }
            inserted
        });
        Ok(match inserted {
            0 => Insertion::CodeTaken,
            _ => Insertion::Inserted,
        })
    }

    /// The room that answers to `code`, also when it was closed within the last day.
    pub async fn room_by_code(&self, code: RoomCode) -> Result<Option<RoomRow>, StoreError> {
        fetch_optional!(
            self.db,
            Columns,
            "SELECT id, code, password_hash, host_key_hash, account_id, guest, ask_first, has_queue, removed_members,
                    created_at, expires_at, closed_at, version
             FROM rooms WHERE code = $1",
            code.as_str(),
        )?
        .map(RoomRow::try_from)
        .transpose()
    }

    /// The room called `id`, also when it was closed within the last day.
    pub async fn room(&self, id: RoomId) -> Result<Option<RoomRow>, StoreError> {
        fetch_optional!(
            self.db,
            Columns,
            "SELECT id, code, password_hash, host_key_hash, account_id, guest, ask_first, has_queue, removed_members,
                    created_at, expires_at, closed_at, version
             FROM rooms WHERE id = $1",
            id.to_string(),
        )?
        .map(RoomRow::try_from)
        .transpose()
    }

    /// How many rooms are open at `now`.
    pub async fn live_room_count(&self, now: Timestamp) -> Result<u64, StoreError> {
        let (count,) = fetch_one!(
            self.db,
            (i64,),
            "SELECT COUNT(*) FROM rooms WHERE closed_at IS NULL AND expires_at > $1",
            now.unix_ms(),
        )?;
        Ok(count.unsigned_abs())
    }

    /// Moves the end of an open room to `expires_at`, never to an earlier time; false when the room is not open.
    pub async fn prolong_room(
        &self,
        id: RoomId,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let changed = execute!(
            self.db,
            "UPDATE rooms SET expires_at = CASE WHEN expires_at < $2 THEN $2 ELSE expires_at END
             WHERE id = $1 AND closed_at IS NULL",
            id.to_string(),
            expires_at.unix_ms(),
        )?;
        Ok(changed > 0)
    }

    /// Sets the hash of what is asked of those who come in, or that nothing is; false when the room is not open.
    pub async fn set_room_password(
        &self,
        id: RoomId,
        hash: Option<&Secret<String>>,
    ) -> Result<bool, StoreError> {
        let changed = execute!(
            self.db,
            "UPDATE rooms SET password_hash = $2 WHERE id = $1 AND closed_at IS NULL",
            id.to_string(),
            hash.map(|hash| hash.expose().clone()),
        )?;
        Ok(changed > 0)
    }

    /// Sets whether the host approves listeners, if the room is open and still has `version`; gives the new version.
    pub async fn set_ask_first(
        &self,
        id: RoomId,
        version: i64,
        ask_first: bool,
    ) -> Result<i64, StoreError> {
        let changed = execute_returning!(
            self.db,
            (i64,),
            "UPDATE rooms SET ask_first = $3, version = version + 1
             WHERE id = $1 AND version = $2 AND closed_at IS NULL
             RETURNING version",
            id.to_string(),
            version,
            ask_first,
        )?;
        changed.first().map(|row| row.0).ok_or(StoreError::Conflict)
    }

    /// Remembers whom the caster removed, the whole list at once; false when the room is not open.
    pub async fn set_removed_members(
        &self,
        id: RoomId,
        members: &[MemberId],
    ) -> Result<bool, StoreError> {
        let members: Vec<String> = members.iter().map(ToString::to_string).collect();
        let changed = execute!(
            self.db,
            "UPDATE rooms SET removed_members = $2 WHERE id = $1 AND closed_at IS NULL",
            id.to_string(),
            members.join(" "),
        )?;
        Ok(changed > 0)
    }

    /// Closes a room for good and forgets its password, its queue and its people; false when it was closed before or
    /// is not known.
    pub async fn close_room(&self, id: RoomId, closed_at: Timestamp) -> Result<bool, StoreError> {
        let id = id.to_string();
        let changed = transaction!(self.db, |open| {
            sqlx::query("DELETE FROM room_states WHERE room_id = $1")
                .bind(&id)
                .execute(&mut *open)
                .await?;
            sqlx::query(
                "UPDATE rooms SET closed_at = $2, password_hash = NULL, guest = NULL WHERE id = $1 AND closed_at IS NULL",
            )
            .bind(&id)
            .bind(closed_at.unix_ms())
            .execute(&mut *open)
            .await?
            .rows_affected()
        });
        Ok(changed > 0)
    }

    /// Closes up to `limit` rooms whose time was over at `now`, the oldest first, forgets their queues, and names them.
    pub async fn expire_rooms(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<RoomId>, StoreError> {
        // The outer condition is checked again when another node closes the same row first.
        let closed = execute_returning!(
            self.db,
            (String,),
            "UPDATE rooms SET closed_at = $1, password_hash = NULL, guest = NULL
             WHERE closed_at IS NULL AND expires_at <= $1 AND id IN
               (SELECT id FROM rooms WHERE closed_at IS NULL AND expires_at <= $1 ORDER BY expires_at LIMIT $2)
             RETURNING id",
            now.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        if !closed.is_empty() {
            self.forget_closed_queues().await?;
        }
        closed
            .into_iter()
            .map(|(id,)| id.parse().map_err(|_| damaged("id")))
            .collect()
    }

    /// Deletes the states of rooms that are closed. What was cut off in between is done by the next call.
    pub async fn forget_closed_queues(&self) -> Result<u64, StoreError> {
        let deleted = execute!(
            self.db,
            "DELETE FROM room_states WHERE room_id IN (SELECT id FROM rooms WHERE closed_at IS NOT NULL)",
        )?;
        if deleted > 0 {
            self.empty_log_if_free().await;
        }
        Ok(deleted)
    }

    /// Deletes up to `limit` rooms that were closed before `before`, and their traces in SQLite's files.
    pub async fn delete_closed_rooms(
        &self,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        let deleted = execute!(
            self.db,
            "DELETE FROM rooms WHERE id IN
               (SELECT id FROM rooms WHERE closed_at < $1 ORDER BY closed_at LIMIT $2)",
            before.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        if deleted > 0 {
            self.empty_log_if_free().await;
        }
        Ok(deleted)
    }
}
