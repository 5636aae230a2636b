//! Pictures of accounts.

use base::{AccountId, AvatarId, Timestamp};

use super::ways_in::hold_account;
use crate::db::{execute, fetch_optional, transaction};
use crate::{Store, StoreError};

/// Gives an account a picture in place of the one it had, within an open transaction.
macro_rules! put_avatar {
    ($open:ident, $account:expr, $id:expr, $jpeg:expr, $now:expr) => {
        sqlx::query(
            "INSERT INTO account_avatars (id, account_id, jpeg, made_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (account_id) DO UPDATE SET id = EXCLUDED.id, jpeg = EXCLUDED.jpeg,
                                                    made_at = EXCLUDED.made_at",
        )
        .bind($id.to_string())
        .bind($account)
        .bind($jpeg)
        .bind($now.unix_ms())
        .execute(&mut *$open)
        .await?
    };
}

pub(crate) use put_avatar;

impl Store {
    /// Gives the account this picture in place of the one it had; false when the account is gone.
    pub async fn set_avatar(
        &self,
        account: AccountId,
        id: AvatarId,
        jpeg: &[u8],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let account = account.to_string();
        transaction!(self.db, |open| {
            if !hold_account!(open, &account) {
                return Ok(false);
            }
            put_avatar!(open, &account, id, jpeg, now);
            Ok(true)
        })
    }

    /// The picture called `id`.
    pub async fn avatar(&self, id: AvatarId) -> Result<Option<Vec<u8>>, StoreError> {
        let row = fetch_optional!(
            self.db,
            (Vec<u8>,),
            "SELECT jpeg FROM account_avatars WHERE id = $1",
            id.to_string(),
        )?;
        Ok(row.map(|(jpeg,)| jpeg))
    }

    /// Deletes the picture of the account; false when it had none.
    pub async fn delete_avatar(&self, account: AccountId) -> Result<bool, StoreError> {
        let deleted = execute!(
            self.db,
            "DELETE FROM account_avatars WHERE account_id = $1",
            account.to_string(),
        )?;
        if deleted > 0 {
            self.empty_log_if_free().await;
        }
        Ok(deleted > 0)
    }
}
