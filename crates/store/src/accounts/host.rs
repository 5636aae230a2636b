//! Members who let others follow them.

use std::time::Duration;

use account::UserName;
use base::{AccountId, Timestamp};

use super::fits;
use super::ways_in::hold_account;
use crate::db::{execute, fetch_optional, transaction};
use crate::{Store, StoreError};

/// A member who lets others follow them.
#[derive(Clone, Debug)]
pub struct HostRow {
    /// Who.
    pub account: AccountId,
    /// What they call themselves.
    pub name: Option<UserName>,
    /// How many follow them.
    pub followers: u64,
}

impl Store {
    /// Lets others follow the member; false when the account is gone.
    pub async fn allow_followers(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let account = account.to_string();
        transaction!(self.db, |open| {
            if !hold_account!(open, &account) {
                return Ok(false);
            }
            sqlx::query(
                "INSERT INTO hosts (account_id, since) VALUES ($1, $2) ON CONFLICT (account_id) DO NOTHING",
            )
            .bind(&account)
            .bind(now.unix_ms())
            .execute(&mut *open)
            .await?;
            Ok(true)
        })
    }

    /// Nobody follows the member any more, or can; gives how many did.
    pub async fn forbid_followers(&self, account: AccountId) -> Result<u64, StoreError> {
        let account = account.to_string();
        transaction!(self.db, |open| {
            sqlx::query("DELETE FROM hosts WHERE account_id = $1")
                .bind(&account)
                .execute(&mut *open)
                .await?;
            let gone = sqlx::query("DELETE FROM follows WHERE host_id = $1")
                .bind(&account)
                .execute(&mut *open)
                .await?
                .rows_affected();
            Ok(gone)
        })
    }

    /// The member as a host, if others may follow them. Who is locked, restricted or about to be erased is none.
    pub async fn host(&self, account: AccountId) -> Result<Option<HostRow>, StoreError> {
        let row = fetch_optional!(
            self.db,
            (Option<String>, i64),
            "SELECT a.user_name, (SELECT COUNT(*) FROM follows WHERE host_id = $1)
             FROM hosts AS h JOIN accounts AS a ON a.id = h.account_id
             WHERE h.account_id = $1 AND a.locked_at IS NULL AND a.restricted_at IS NULL AND a.erase_at IS NULL",
            account.to_string(),
        )?;
        let Some((name, followers)) = row else {
            return Ok(None);
        };
        let name = name.map(|name| UserName::parse(&name)).transpose();
        Ok(Some(HostRow {
            account,
            name: fits("accounts.user_name", name)?,
            followers: followers.unsigned_abs(),
        }))
    }

    /// Notes that the host's followers are told of a room that was opened at `opened_at`; false where they were told of
    /// another within `pause`, or nobody followed the host by then. Of several who ask at once, one is told yes.
    pub async fn take_telling(
        &self,
        host: AccountId,
        pause: Duration,
        opened_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let pause_ms = i64::try_from(pause.as_millis()).unwrap_or(i64::MAX);
        let taken = execute!(
            self.db,
            "UPDATE hosts SET told_at = $2
             WHERE account_id = $1 AND (told_at IS NULL OR told_at <= $3)
               AND EXISTS (SELECT 1 FROM follows WHERE host_id = $1 AND followed_at < $2)",
            host.to_string(),
            opened_at.unix_ms(),
            opened_at.unix_ms().saturating_sub(pause_ms),
        )?;
        Ok(taken > 0)
    }
}
