//! Which change of the policy people are to see, and which members have seen it.

use base::{AccountId, Timestamp};

use crate::db::{execute, fetch_one, fetch_optional};
use crate::{Store, StoreError};

/// What a member knows of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicySeen {
    /// When they agreed to the one that was in force then.
    pub agreed_at: Timestamp,
    /// When the latest one that they have seen was published.
    pub seen: Option<Timestamp>,
}

impl Store {
    /// When the latest policy was published by which more is held or told than by the one before. The first adds nothing:
    /// nobody knew another.
    pub async fn latest_addition(&self) -> Result<Option<Timestamp>, StoreError> {
        let (latest,) = fetch_one!(
            self.db,
            (Option<i64>,),
            "SELECT MAX(published_at) FROM policies
             WHERE change = 'more' AND published_at > (SELECT MIN(published_at) FROM policies)",
        )?;
        Ok(latest.map(Timestamp::from_unix_ms))
    }

    /// What a member knows of the policy; none when the account is gone.
    pub async fn policy_seen(&self, account: AccountId) -> Result<Option<PolicySeen>, StoreError> {
        let row = fetch_optional!(
            self.db,
            (i64, Option<i64>),
            "SELECT a.agreed_at, s.published_at FROM accounts AS a
             LEFT JOIN policies_seen AS s ON s.account_id = a.id WHERE a.id = $1",
            account.to_string(),
        )?;
        Ok(row.map(|(agreed_at, seen)| PolicySeen {
            agreed_at: Timestamp::from_unix_ms(agreed_at),
            seen: seen.map(Timestamp::from_unix_ms),
        }))
    }

    /// Keeps that a member has seen the policy that was published then. What they saw later stays seen.
    pub async fn see_policy(
        &self,
        account: AccountId,
        published_at: Timestamp,
    ) -> Result<(), StoreError> {
        execute!(
            self.db,
            "INSERT INTO policies_seen (account_id, published_at)
             SELECT id, $2 FROM accounts WHERE id = $1
             ON CONFLICT (account_id) DO UPDATE SET published_at = EXCLUDED.published_at
             WHERE policies_seen.published_at < EXCLUDED.published_at",
            account.to_string(),
            published_at.unix_ms(),
        )?;
        Ok(())
    }
}
