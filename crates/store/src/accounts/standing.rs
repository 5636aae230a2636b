//! What an account may do here, and whether it may do anything: rank, lock, restriction, and its end.

use account::Rank;
use base::{AccountId, RoomId, Timestamp};

use super::damaged;
use crate::db::{execute, execute_returning, fetch, fetch_optional, transaction};
use crate::{BATCH_MAX, Store, StoreError};

impl Store {
    /// Whether anybody is an operator.
    pub async fn has_operator(&self) -> Result<bool, StoreError> {
        let found = fetch_optional!(
            self.db,
            (String,),
            "SELECT id FROM accounts WHERE rank = 'operator' AND locked_at IS NULL LIMIT 1",
        )?;
        Ok(found.is_some())
    }

    /// Gives the account a rank. The last operator that is not locked keeps theirs: then nothing changes and the
    /// answer is false, as it is when the account is gone.
    pub async fn set_rank(&self, id: AccountId, rank: Rank) -> Result<bool, StoreError> {
        let id = id.to_string();
        transaction!(self.db, |open| {
            let changed =
                sqlx::query("UPDATE accounts SET rank = $2, version = version + 1 WHERE id = $1")
                    .bind(&id)
                    .bind(rank.as_str())
                    .execute(&mut *open)
                    .await?
                    .rows_affected();
            let (left,): (i64,) = sqlx::query_as(
                "SELECT COUNT(*) FROM accounts WHERE rank = 'operator' AND locked_at IS NULL",
            )
            .fetch_one(&mut *open)
            .await?;
            if rank != Rank::Operator && left == 0 {
                return Ok(false);
            }
            Ok(changed > 0)
        })
    }

    /// Locks the account since `now` and ends its sessions, or unlocks it; false when it is gone.
    pub async fn set_locked(
        &self,
        id: AccountId,
        locked_at: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let id = id.to_string();
        transaction!(self.db, |open| {
            let changed = sqlx::query(
                "UPDATE accounts SET locked_at = $2, version = version + 1 WHERE id = $1",
            )
            .bind(&id)
            .bind(locked_at.map(Timestamp::unix_ms))
            .execute(&mut *open)
            .await?
            .rows_affected();
            if locked_at.is_some() {
                for of_account in [
                    "DELETE FROM sessions WHERE account_id = $1",
                    "DELETE FROM tickets WHERE account_id = $1",
                ] {
                    sqlx::query(of_account)
                        .bind(&id)
                        .execute(&mut *open)
                        .await?;
                }
            }
            Ok(changed > 0)
        })
    }

    /// Sets since when the account is used for nothing, or lifts that; false when it is gone.
    pub async fn set_restricted(
        &self,
        id: AccountId,
        restricted_at: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let changed = execute!(
            self.db,
            "UPDATE accounts SET restricted_at = $2, version = version + 1 WHERE id = $1",
            id.to_string(),
            restricted_at.map(Timestamp::unix_ms),
        )?;
        Ok(changed > 0)
    }

    /// Whether the room was opened by an account that is used for nothing.
    pub async fn is_of_restricted(&self, room: RoomId) -> Result<bool, StoreError> {
        let found = fetch_optional!(
            self.db,
            (String,),
            "SELECT r.id FROM rooms AS r JOIN accounts AS a ON a.id = r.account_id
             WHERE r.id = $1 AND a.restricted_at IS NOT NULL",
            room.to_string(),
        )?;
        Ok(found.is_some())
    }

    /// Sets when the account will be erased, or takes that back; false when it is gone.
    pub async fn set_erase_at(
        &self,
        id: AccountId,
        erase_at: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let changed = execute!(
            self.db,
            "UPDATE accounts SET erase_at = $2, version = version + 1 WHERE id = $1",
            id.to_string(),
            erase_at.map(Timestamp::unix_ms),
        )?;
        Ok(changed > 0)
    }

    /// Up to `limit` accounts whose erasure is due at `now`, the longest due first.
    pub async fn accounts_to_erase(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<AccountId>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String,),
            "SELECT id FROM accounts WHERE erase_at IS NOT NULL AND erase_at <= $1 ORDER BY erase_at LIMIT $2",
            now.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        let ids = rows.into_iter().map(|(id,)| id.parse());
        ids.collect::<Result<_, _>>()
            .map_err(|_| damaged("accounts.id"))
    }

    /// Deletes the account's own row and, with it, all rows that belong to it alone; false when there was none.
    pub async fn delete_account(&self, id: AccountId) -> Result<bool, StoreError> {
        let deleted = execute_returning!(
            self.db,
            (String,),
            "DELETE FROM accounts WHERE id = $1 RETURNING id",
            id.to_string(),
        )?;
        if !deleted.is_empty() {
            self.empty_log_if_free().await;
        }
        Ok(!deleted.is_empty())
    }
}
