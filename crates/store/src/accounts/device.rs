//! Devices that members have said are their own, and the rooms that were opened on them.

use base::{AccountId, RoomId, Timestamp};

use super::damaged;
use super::ways_in::hold_account;
use crate::db::{fetch, fetch_optional, transaction};
use crate::{BATCH_MAX, Store, StoreError};

/// Devices that one account may call its own.
pub const DEVICES_MAX: u32 = 256;

impl Store {
    /// Says that devices, by what stands for them in rooms, are the account's. One that is somebody else's stays
    /// theirs. Gives how many are new.
    pub async fn link_devices(
        &self,
        account: AccountId,
        principals: &[String],
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let account = account.to_string();
        transaction!(self.db, |open| {
            if !hold_account!(open, &account) {
                return Ok(0);
            }
            let mut linked = 0;
            for principal in principals.iter().take(DEVICES_MAX as usize) {
                linked += sqlx::query(
                    "INSERT INTO account_devices (account_id, principal, linked_at)
                     SELECT $1, $2, $3 WHERE (SELECT COUNT(*) FROM account_devices WHERE account_id = $1) < $4
                     ON CONFLICT (principal) DO NOTHING",
                )
                .bind(&account)
                .bind(principal)
                .bind(now.unix_ms())
                .bind(i64::from(DEVICES_MAX))
                .execute(&mut *open)
                .await?
                .rows_affected();
            }
            Ok(linked)
        })
    }

    /// Whose device this is, by what stands for it in rooms.
    pub async fn account_of_device(
        &self,
        principal: &str,
    ) -> Result<Option<AccountId>, StoreError> {
        let row = fetch_optional!(
            self.db,
            (String,),
            "SELECT account_id FROM account_devices WHERE principal = $1",
            principal,
        )?;
        row.map(|(id,)| {
            id.parse()
                .map_err(|_| damaged("account_devices.account_id"))
        })
        .transpose()
    }

    /// What stands in rooms for the devices of the account.
    pub async fn devices(&self, account: AccountId) -> Result<Vec<String>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String,),
            "SELECT principal FROM account_devices WHERE account_id = $1 ORDER BY linked_at, principal",
            account.to_string(),
        )?;
        Ok(rows.into_iter().map(|(principal,)| principal).collect())
    }

    /// Makes open rooms that were opened with this key, and are nobody's, the account's; gives how many. With them goes
    /// the pause of the guest who opened them.
    pub async fn claim_rooms(
        &self,
        account: AccountId,
        host_key_hash: &[u8; 32],
    ) -> Result<u64, StoreError> {
        let account = account.to_string();
        transaction!(self.db, |open| {
            if !hold_account!(open, &account) {
                return Ok(0);
            }
            sqlx::query(
                "INSERT INTO free_sessions (holder, ends_at, free_again_at)
                 SELECT $1, MAX(f.ends_at), MAX(f.free_again_at)
                 FROM rooms AS r JOIN free_sessions AS f ON f.holder = r.guest
                 WHERE r.host_key_hash = $2 AND r.account_id IS NULL AND r.closed_at IS NULL
                 GROUP BY r.host_key_hash
                 ON CONFLICT (holder) DO UPDATE
                 SET ends_at = CASE WHEN free_sessions.ends_at < EXCLUDED.ends_at
                                    THEN EXCLUDED.ends_at ELSE free_sessions.ends_at END,
                     free_again_at = CASE WHEN free_sessions.free_again_at < EXCLUDED.free_again_at
                                          THEN EXCLUDED.free_again_at ELSE free_sessions.free_again_at END",
            )
            .bind(&account)
            .bind(host_key_hash.as_slice())
            .execute(&mut *open)
            .await?;
            let claimed = sqlx::query(
                "UPDATE rooms SET account_id = $1
                 WHERE host_key_hash = $2 AND account_id IS NULL AND closed_at IS NULL",
            )
            .bind(&account)
            .bind(host_key_hash.as_slice())
            .execute(&mut *open)
            .await?;
            Ok(claimed.rows_affected())
        })
    }

    /// Up to `limit` rooms of the account that are open at `now`, the newest first.
    pub async fn rooms_of_account(
        &self,
        account: AccountId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<RoomId>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String,),
            "SELECT id FROM rooms WHERE account_id = $1 AND closed_at IS NULL AND expires_at > $2
             ORDER BY created_at DESC, id LIMIT $3",
            account.to_string(),
            now.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        let ids = rows.into_iter().map(|(id,)| id.parse());
        ids.collect::<Result<_, _>>()
            .map_err(|_| damaged("rooms.id"))
    }
}
