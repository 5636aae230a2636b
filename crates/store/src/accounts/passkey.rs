//! Passkeys of accounts.

use base::{AccountId, PasskeyId, Personal, Timestamp};

use super::fits;
use super::ways_in::{Removal, has_way_in, hold_account};
use crate::db::{execute, fetch, fetch_optional, transaction};
use crate::{Store, StoreError};

/// Passkeys that one account may have.
pub const PASSKEYS_MAX: u32 = 20;

/// A passkey that is about to be kept.
#[derive(Clone, Debug)]
pub struct NewPasskey {
    /// What we call it.
    pub id: PasskeyId,
    /// What the authenticator calls it.
    pub credential_id: Vec<u8>,
    /// Public key and state, as the library writes them.
    pub credential: Vec<u8>,
    /// What its owner calls it.
    pub name: Personal<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A passkey as it is kept.
#[derive(Clone, Debug)]
pub struct PasskeyRow {
    /// What we call it.
    pub id: PasskeyId,
    /// Whose it is.
    pub account: AccountId,
    /// What the authenticator calls it.
    pub credential_id: Vec<u8>,
    /// Public key and state, as the library writes them.
    pub credential: Vec<u8>,
    /// What its owner calls it.
    pub name: Personal<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Midnight UTC of the day of the last use.
    pub last_used_day: Option<Timestamp>,
    /// Counts uses, from 1; a use names the version it was checked against.
    pub version: i64,
}

/// What became of a new passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyInsertion {
    /// It is kept.
    Inserted,
    /// The authenticator's name for it is known already.
    Known,
    /// The account has as many as it may have.
    TooMany,
    /// The account is gone.
    NoAccount,
}

/// Inserts a passkey in an open transaction.
macro_rules! insert {
    ($open:ident, $account:expr, $passkey:expr) => {
        sqlx::query(
            "INSERT INTO passkeys (id, account_id, credential_id, credential, name, created_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, 1)",
        )
        .bind($passkey.id.to_string())
        .bind($account)
        .bind($passkey.credential_id.as_slice())
        .bind($passkey.credential.as_slice())
        .bind($passkey.name.expose())
        .bind($passkey.created_at.unix_ms())
        .execute(&mut *$open)
        .await?
    };
}

pub(crate) use insert;

type Columns = (
    String,
    String,
    Vec<u8>,
    Vec<u8>,
    String,
    i64,
    Option<i64>,
    i64,
);

impl TryFrom<Columns> for PasskeyRow {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        let (id, account, credential_id, credential, name, created_at, last_used_day, version) =
            columns;
        Ok(Self {
            id: fits("passkeys.id", id.parse())?,
            account: fits("passkeys.account_id", account.parse())?,
            credential_id,
            credential,
            name: Personal::new(name),
            created_at: Timestamp::from_unix_ms(created_at),
            last_used_day: last_used_day.map(Timestamp::from_unix_ms),
            version,
        })
    }
}

impl Store {
    /// Gives the account another passkey.
    pub async fn insert_passkey(
        &self,
        account: AccountId,
        passkey: &NewPasskey,
    ) -> Result<PasskeyInsertion, StoreError> {
        match self.add_passkey(&account.to_string(), passkey).await {
            Err(StoreError::Duplicate) => Ok(PasskeyInsertion::Known),
            other => other,
        }
    }

    async fn add_passkey(
        &self,
        account: &str,
        passkey: &NewPasskey,
    ) -> Result<PasskeyInsertion, StoreError> {
        transaction!(self.db, |open| {
            if !hold_account!(open, account) {
                return Ok(PasskeyInsertion::NoAccount);
            }
            let (count,): (i64,) =
                sqlx::query_as("SELECT COUNT(*) FROM passkeys WHERE account_id = $1")
                    .bind(account)
                    .fetch_one(&mut *open)
                    .await?;
            if count >= i64::from(PASSKEYS_MAX) {
                return Ok(PasskeyInsertion::TooMany);
            }
            insert!(open, account, passkey);
            Ok(PasskeyInsertion::Inserted)
        })
    }

    /// The passkeys of the account, the oldest first.
    pub async fn passkeys(&self, account: AccountId) -> Result<Vec<PasskeyRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT id, account_id, credential_id, credential, name, created_at, last_used_day, version
             FROM passkeys WHERE account_id = $1 ORDER BY created_at, id",
            account.to_string(),
        )?;
        rows.into_iter().map(PasskeyRow::try_from).collect()
    }

    /// The passkey that an authenticator calls this.
    pub async fn passkey_by_credential(
        &self,
        credential_id: &[u8],
    ) -> Result<Option<PasskeyRow>, StoreError> {
        fetch_optional!(
            self.db,
            Columns,
            "SELECT id, account_id, credential_id, credential, name, created_at, last_used_day, version
             FROM passkeys WHERE credential_id = $1",
            credential_id,
        )?
        .map(PasskeyRow::try_from)
        .transpose()
    }

    /// Notes that a passkey was used and what its state is now, if nobody used it since it was read.
    pub async fn use_passkey(
        &self,
        id: PasskeyId,
        version: i64,
        credential: &[u8],
        day: Timestamp,
    ) -> Result<bool, StoreError> {
        let changed = execute!(
            self.db,
            "UPDATE passkeys SET credential = $3, last_used_day = $4, version = version + 1
             WHERE id = $1 AND version = $2",
            id.to_string(),
            version,
            credential,
            day.unix_ms(),
        )?;
        Ok(changed > 0)
    }

    /// Calls a passkey of the account something else; false when it has none such.
    pub async fn rename_passkey(
        &self,
        account: AccountId,
        id: PasskeyId,
        name: &Personal<String>,
    ) -> Result<bool, StoreError> {
        let changed = execute!(
            self.db,
            "UPDATE passkeys SET name = $3 WHERE id = $1 AND account_id = $2",
            id.to_string(),
            account.to_string(),
            name.expose(),
        )?;
        Ok(changed > 0)
    }

    /// Deletes a passkey unless nothing else opens the account; a code by mail counts when `by_mail`.
    pub async fn remove_passkey(
        &self,
        account: AccountId,
        id: PasskeyId,
        by_mail: bool,
    ) -> Result<Removal, StoreError> {
        let account = account.to_string();
        let id = id.to_string();
        transaction!(self.db, |open| {
            if !hold_account!(open, &account) {
                return Ok(Removal::NotThere);
            }
            let deleted = sqlx::query("DELETE FROM passkeys WHERE id = $1 AND account_id = $2")
                .bind(&id)
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
