//! Password hashes of accounts.

use base::{AccountId, Secret, SessionId, Timestamp};

use super::session::session_ids;
use super::ways_in::{Removal, has_way_in, hold_account};
use crate::db::{execute, fetch_optional, transaction};
use crate::{Store, StoreError};

impl Store {
    /// The hash of the account's password.
    pub async fn password_hash(
        &self,
        account: AccountId,
    ) -> Result<Option<Secret<String>>, StoreError> {
        let row = fetch_optional!(
            self.db,
            (String,),
            "SELECT hash FROM account_passwords WHERE account_id = $1",
            account.to_string(),
        )?;
        Ok(row.map(|(hash,)| Secret::new(hash)))
    }

    /// Sets the password and ends every session but `keep`, and every step under way: somebody else may have begun it
    /// who knew the old one. Names the ended sessions; none when the account is gone.
    pub async fn set_password(
        &self,
        account: AccountId,
        hash: &Secret<String>,
        keep: Option<SessionId>,
        now: Timestamp,
    ) -> Result<Option<Vec<SessionId>>, StoreError> {
        let account = account.to_string();
        let keep = keep.map_or_else(String::new, |id| id.to_string());
        let ended: Vec<(String,)> = transaction!(self.db, |open| {
            if !hold_account!(open, &account) {
                return Ok(None);
            }
            sqlx::query(
                "INSERT INTO account_passwords (account_id, hash, changed_at) VALUES ($1, $2, $3)
                 ON CONFLICT (account_id) DO UPDATE SET hash = EXCLUDED.hash, changed_at = EXCLUDED.changed_at",
            )
            .bind(&account)
            .bind(hash.expose())
            .bind(now.unix_ms())
            .execute(&mut *open)
            .await?;
            sqlx::query("DELETE FROM tickets WHERE account_id = $1")
                .bind(&account)
                .execute(&mut *open)
                .await?;
            sqlx::query_as("DELETE FROM sessions WHERE account_id = $1 AND id <> $2 RETURNING id")
                .bind(&account)
                .bind(&keep)
                .fetch_all(&mut *open)
                .await?
        });
        session_ids(ended).map(Some)
    }

    /// Keeps the same password under a newer scheme, unless it was changed since it was read.
    pub async fn rehash_password(
        &self,
        account: AccountId,
        old: &Secret<String>,
        new: &Secret<String>,
    ) -> Result<bool, StoreError> {
        let changed = execute!(
            self.db,
            "UPDATE account_passwords SET hash = $3 WHERE account_id = $1 AND hash = $2",
            account.to_string(),
            old.expose(),
            new.expose(),
        )?;
        Ok(changed > 0)
    }

    /// Deletes the password unless nothing else opens the account; a code by mail counts when `by_mail`.
    pub async fn remove_password(
        &self,
        account: AccountId,
        by_mail: bool,
    ) -> Result<Removal, StoreError> {
        let account = account.to_string();
        transaction!(self.db, |open| {
            if !hold_account!(open, &account) {
                return Ok(Removal::NotThere);
            }
            let deleted = sqlx::query("DELETE FROM account_passwords WHERE account_id = $1")
                .bind(&account)
                .execute(&mut *open)
                .await?
                .rows_affected();
            if deleted == 0 {
                return Ok(Removal::NotThere);
            }
            if !has_way_in!(open, &account, by_mail) {
                return Ok(Removal::LastWayIn);
            }
            Ok(Removal::Removed)
        })
    }
}
