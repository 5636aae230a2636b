//! The second factor by an authenticator app.

use base::{AccountId, Secret, Timestamp};

use crate::db::{execute, fetch_optional, transaction};
use crate::sealed::Place;
use crate::{Store, StoreError};

const SEALED_SECRET: &str = "account_totp.sealed_secret";

/// An authenticator app's secret as it is kept.
#[derive(Clone, Debug)]
pub struct TotpRow {
    /// The secret that the app shares.
    pub secret: Secret<Vec<u8>>,
    /// When its first code was shown; none while it has not been.
    pub confirmed_at: Option<Timestamp>,
    /// The last time step that was used.
    pub last_step: i64,
}

impl Store {
    /// Keeps a secret that is to be confirmed, in place of one that never was; false when one is confirmed already.
    pub async fn offer_totp(
        &self,
        account: AccountId,
        secret: &Secret<Vec<u8>>,
    ) -> Result<bool, StoreError> {
        let account = account.to_string();
        let sealed = self.sealer.seal(place(&account), secret.expose())?;
        let changed = execute!(
            self.db,
            "INSERT INTO account_totp (account_id, sealed_secret, last_step) VALUES ($1, $2, 0)
             ON CONFLICT (account_id) DO UPDATE SET sealed_secret = EXCLUDED.sealed_secret, last_step = 0
               WHERE account_totp.confirmed_at IS NULL",
            account,
            sealed,
        )?;
        Ok(changed > 0)
    }

    /// The account's secret, confirmed or not.
    pub async fn totp(&self, account: AccountId) -> Result<Option<TotpRow>, StoreError> {
        let account = account.to_string();
        let row = fetch_optional!(
            self.db,
            (Vec<u8>, Option<i64>, i64),
            "SELECT sealed_secret, confirmed_at, last_step FROM account_totp WHERE account_id = $1",
            &account,
        )?;
        row.map(|(sealed, confirmed_at, last_step)| {
            Ok(TotpRow {
                secret: Secret::new(self.sealer.open(place(&account), &sealed)?),
                confirmed_at: confirmed_at.map(Timestamp::from_unix_ms),
                last_step,
            })
        })
        .transpose()
    }

    /// Confirms the secret by the code of `step`, and keeps the hashes of its recovery codes; false when there is
    /// nothing to confirm.
    pub async fn confirm_totp(
        &self,
        account: AccountId,
        step: i64,
        recovery_hashes: &[[u8; 32]],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let account = account.to_string();
        transaction!(self.db, |open| {
            let changed = sqlx::query(
                "UPDATE account_totp SET confirmed_at = $2, last_step = $3
                 WHERE account_id = $1 AND confirmed_at IS NULL",
            )
            .bind(&account)
            .bind(now.unix_ms())
            .bind(step)
            .execute(&mut *open)
            .await?
            .rows_affected();
            if changed > 0 {
                super::recovery::replace!(open, &account, recovery_hashes);
            }
            Ok(changed > 0)
        })
    }

    /// Uses up a time step; false when it, or a later one, was used before, or nothing is confirmed.
    pub async fn advance_totp(&self, account: AccountId, step: i64) -> Result<bool, StoreError> {
        let changed = execute!(
            self.db,
            "UPDATE account_totp SET last_step = $2
             WHERE account_id = $1 AND last_step < $2 AND confirmed_at IS NOT NULL",
            account.to_string(),
            step,
        )?;
        Ok(changed > 0)
    }

    /// Deletes the secret and its recovery codes; false when there was none.
    pub async fn remove_totp(&self, account: AccountId) -> Result<bool, StoreError> {
        let account = account.to_string();
        transaction!(self.db, |open| {
            sqlx::query("DELETE FROM recovery_codes WHERE account_id = $1")
                .bind(&account)
                .execute(&mut *open)
                .await?;
            let deleted = sqlx::query("DELETE FROM account_totp WHERE account_id = $1")
                .bind(&account)
                .execute(&mut *open)
                .await?
                .rows_affected();
            Ok(deleted > 0)
        })
    }
}

const fn place(account: &str) -> Place<'_> {
    Place {
        column: SEALED_SECRET,
        row: account,
    }
}
