//! Recovery codes: what opens an account once each when the second factor is lost.

use base::AccountId;

use crate::db::{execute_returning, transaction};
use crate::{Store, StoreError};

/// Replaces all codes of an account in an open transaction.
macro_rules! replace {
    ($open:ident, $account:expr, $hashes:expr) => {
        sqlx::query("DELETE FROM recovery_codes WHERE account_id = $1")
            .bind($account)
            .execute(&mut *$open)
            .await?;
        for hash in $hashes {
            sqlx::query("INSERT INTO recovery_codes (account_id, hash) VALUES ($1, $2)")
                .bind($account)
                .bind(hash.as_slice())
                .execute(&mut *$open)
                .await?;
        }
    };
}

pub(crate) use replace;

impl Store {
    /// Gives the account new codes, by their hashes; the old ones open nothing any more.
    pub async fn replace_recovery_codes(
        &self,
        account: AccountId,
        hashes: &[[u8; 32]],
    ) -> Result<(), StoreError> {
        let account = account.to_string();
        transaction!(self.db, |open| {
            replace!(open, &account, hashes);
        });
        Ok(())
    }

    /// Uses up a code; false when the account has none with this hash. Of two who use the same code one wins.
    pub async fn use_recovery_code(
        &self,
        account: AccountId,
        hash: &[u8; 32],
    ) -> Result<bool, StoreError> {
        let deleted = execute_returning!(
            self.db,
            (String,),
            "DELETE FROM recovery_codes WHERE account_id = $1 AND hash = $2 RETURNING account_id",
            account.to_string(),
            hash.as_slice(),
        )?;
        Ok(!deleted.is_empty())
    }
}
