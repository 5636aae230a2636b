//! Rooms with a queue as they are kept: the state by version, the latest events, and whose data they hold.

use base::{Personal, RoomId, Timestamp};

use crate::db::{execute, fetch, fetch_optional, transaction};
use crate::{BATCH_MAX, Store, StoreError};

/// Events that are kept of one room, for those who come back.
pub const EVENTS_MAX: u32 = 512;

/// A room's state as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateRow {
    /// Counts what was committed, from 1; a commit names the version that it was decided on.
    pub version: i64,
    /// The state as JSON.
    pub state: Personal<String>,
}

/// One event as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// Its number in its room.
    pub seq: u64,
    /// The event as JSON.
    pub body: Personal<String>,
}

/// What is to take effect together.
#[derive(Clone, Copy, Debug)]
pub struct RoomCommit<'a> {
    /// The version that this was decided on.
    pub expected: i64,
    /// The new state as JSON.
    pub state: &'a str,
    /// What happened, in order.
    pub events: &'a [EventRow],
    /// Events up to this one are not told to anybody any more.
    pub untold: u64,
    /// Principals, as text, whose data the state holds now and did not before.
    pub come: &'a [String],
    /// Principals whose data the state held before. They are found for as long as any event is kept that may name them.
    pub gone: &'a [String],
    /// Fingerprints of all invites that are open now; none when they are the same as before.
    pub invites: Option<&'a [String]>,
    /// When something of people in the state is kept no longer.
    pub forget_at: Option<Timestamp>,
    /// When.
    pub now: Timestamp,
}

/// What became of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Committed {
    /// It took effect, under this version.
    Committed {
        /// The new version.
        version: i64,
    },
    /// Somebody else's took effect first, and nothing of this one.
    Conflict {
        /// What is kept now; none when the room is closed.
        row: Option<StateRow>,
    },
}

/// Notes whose data a state holds and which invites are open, inside an open transaction of either database.
macro_rules! note_who {
    ($open:ident, $id:expr, $commit:ident, $is_trimmed:expr) => {
        for principal in $commit.come {
            sqlx::query(
                "INSERT INTO room_people (room_id, principal) VALUES ($1, $2)
                 ON CONFLICT (room_id, principal) DO UPDATE SET gone_at = NULL",
            )
            .bind($id)
            .bind(principal)
            .execute(&mut *$open)
            .await?;
        }
        // Not before what was told of them, whatever became of the clock meanwhile.
        for principal in $commit.gone {
            sqlx::query(
                "UPDATE room_people SET gone_at = COALESCE(
                   (SELECT MAX(made_at) FROM room_events WHERE room_id = $1 AND made_at > $3), $3)
                 WHERE room_id = $1 AND principal = $2",
            )
            .bind($id)
            .bind(principal)
            .bind($commit.now.unix_ms())
            .execute(&mut *$open)
            .await?;
        }
        // What was told after they left does not name them. So they are as few as what is told of them.
        if !$commit.gone.is_empty() || $is_trimmed {
            sqlx::query(
                "DELETE FROM room_people WHERE room_id = $1 AND gone_at IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM room_events
                     WHERE room_events.room_id = $1 AND made_at <= room_people.gone_at)",
            )
            .bind($id)
            .execute(&mut *$open)
            .await?;
        }
        if let Some(invites) = $commit.invites {
            sqlx::query("DELETE FROM room_invites WHERE room_id = $1")
                .bind($id)
                .execute(&mut *$open)
                .await?;
            for fingerprint in invites {
                sqlx::query("INSERT INTO room_invites (room_id, fingerprint) VALUES ($1, $2)")
                    .bind($id)
                    .bind(fingerprint)
                    .execute(&mut *$open)
                    .await?;
            }
        }
    };
}

impl Store {
    /// The state of a room with a queue; none for other rooms, and once the room is closed.
    pub async fn room_state(&self, room: RoomId) -> Result<Option<StateRow>, StoreError> {
        let row = fetch_optional!(
            self.db,
            (i64, String),
            "SELECT version, state FROM room_states WHERE room_id = $1",
            room.to_string(),
        )?;
        Ok(row.map(|(version, state)| StateRow {
            version,
            state: Personal::new(state),
        }))
    }

    /// The events of `room` after `seq` that are still kept, in order.
    pub async fn room_events(&self, room: RoomId, seq: u64) -> Result<Vec<EventRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (i64, String),
            "SELECT seq, body FROM room_events WHERE room_id = $1 AND seq > $2 ORDER BY seq",
            room.to_string(),
            seq.cast_signed(),
        )?;
        let rows = rows.into_iter().map(|(seq, body)| EventRow {
            seq: seq.cast_unsigned(),
            body: Personal::new(body),
        });
        Ok(rows.collect())
    }

    /// Writes state, events and people of `room` at once, if its state still has the expected version.
    pub async fn commit_room(
        &self,
        room: RoomId,
        commit: RoomCommit<'_>,
    ) -> Result<Committed, StoreError> {
        let id = room.to_string();
        let is_current = transaction!(self.db, |open| {
            let changed = sqlx::query(
                "UPDATE room_states SET state = $3, version = version + 1, updated_at = $4, forget_at = $5
                 WHERE room_id = $1 AND version = $2",
            )
            .bind(&id)
            .bind(commit.expected)
            .bind(commit.state)
            .bind(commit.now.unix_ms())
            .bind(commit.forget_at.map(Timestamp::unix_ms))
            .execute(&mut *open)
            .await?;
            let is_current = changed.rows_affected() == 1;
            if is_current {
                for event in commit.events {
                    sqlx::query("INSERT INTO room_events (room_id, seq, body, made_at) VALUES ($1, $2, $3, $4)")
                        .bind(&id)
                        .bind(event.seq.cast_signed())
                        .bind(event.body.expose())
                        .bind(commit.now.unix_ms())
                        .execute(&mut *open)
                        .await?;
                }
                let last = commit.events.last().map_or(0, |last| last.seq);
                let over = last
                    .saturating_sub(u64::from(EVENTS_MAX))
                    .max(commit.untold);
                if over > 0 {
                    sqlx::query("DELETE FROM room_events WHERE room_id = $1 AND seq <= $2")
                        .bind(&id)
                        .bind(over.cast_signed())
                        .execute(&mut *open)
                        .await?;
                }
                note_who!(open, &id, commit, over > 0);
            }
            is_current
        });
        if is_current {
            let version = commit.expected + 1;
            return Ok(Committed::Committed { version });
        }
        let row = self.room_state(room).await?;
        Ok(Committed::Conflict { row })
    }

    /// The rooms whose state holds data of `principal`.
    pub async fn rooms_of(&self, principal: &str) -> Result<Vec<RoomId>, StoreError> {
        ids(fetch!(
            fetch_all,
            self.db,
            (String,),
            "SELECT room_id FROM room_people WHERE principal = $1 AND gone_at IS NULL ORDER BY room_id",
            principal,
        )?)
    }

    /// The rooms that `principal` is to be taken out of: those, and the rooms that they left and that may still tell of them.
    pub async fn rooms_telling_of(&self, principal: &str) -> Result<Vec<RoomId>, StoreError> {
        ids(fetch!(
            fetch_all,
            self.db,
            (String,),
            "SELECT room_id FROM room_people WHERE principal = $1 ORDER BY room_id",
            principal,
        )?)
    }

    /// The rooms that have an open invite with this fingerprint.
    pub async fn rooms_inviting(&self, fingerprint: &str) -> Result<Vec<RoomId>, StoreError> {
        ids(fetch!(
            fetch_all,
            self.db,
            (String,),
            "SELECT room_id FROM room_invites WHERE fingerprint = $1 ORDER BY room_id",
            fingerprint,
        )?)
    }

    /// Up to `limit` rooms whose state should have forgotten something of people by `now`, the longest overdue first.
    pub async fn rooms_to_forget(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<RoomId>, StoreError> {
        ids(fetch!(
            fetch_all,
            self.db,
            (String,),
            "SELECT room_id FROM room_states WHERE forget_at <= $1 ORDER BY forget_at LIMIT $2",
            now.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )?)
    }

    /// Deletes up to `limit` events from before `before`: who was away for longer gets the whole state. Once there are none,
    /// those are forgotten who left before that.
    pub async fn delete_old_events(
        &self,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        let deleted = execute!(
            self.db,
            "DELETE FROM room_events WHERE (room_id, seq) IN
               (SELECT room_id, seq FROM room_events WHERE made_at < $1 ORDER BY made_at LIMIT $2)",
            before.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        let forgotten = match deleted < u64::from(limit.min(BATCH_MAX)) {
            true => execute!(
                self.db,
                "DELETE FROM room_people WHERE gone_at < $1",
                before.unix_ms(),
            )?,
            false => 0,
        };
        if deleted + forgotten > 0 {
            self.empty_log_if_free().await;
        }
        Ok(deleted)
    }
}

fn ids(rows: Vec<(String,)>) -> Result<Vec<RoomId>, StoreError> {
    let ids = rows.into_iter().map(|(id,)| id.parse());
    ids.collect::<Result<_, _>>()
        .map_err(|_| StoreError::Corrupt("a room has an unreadable id".to_owned()))
}
