//! Which change of the policy people are to see, and which members have seen it.

use base::{AccountId, Timestamp};

use crate::db::{execute, fetch, fetch_optional};
use crate::{PolicyRow, Store, StoreError};

/// What a member knows of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicySeen {
    /// When they agreed to the one that was in force then.
    pub agreed_at: Timestamp,
    /// When the latest one that they have seen was published.
    pub seen: Option<Timestamp>,
}

/// The columns of `policies` in the order of every SELECT below.
type PolicyColumns = (String, i64, String, String);

fn policy((version, published_at, change, model): PolicyColumns) -> PolicyRow {
    PolicyRow {
        version,
        published_at: Timestamp::from_unix_ms(published_at),
        change,
        model,
    }
}

impl Store {
    /// The latest policy by which more is held or told than by the one before, and that one. The first adds nothing: nobody
    /// knew another.
    pub async fn latest_addition(&self) -> Result<Option<(PolicyRow, PolicyRow)>, StoreError> {
        let latest = fetch_optional!(
            self.db,
            PolicyColumns,
            "SELECT version, published_at, change, model FROM policies
             WHERE change = 'more' AND published_at > (SELECT MIN(published_at) FROM policies)
             ORDER BY published_at DESC LIMIT 1",
        )?;
        let Some(latest) = latest.map(policy) else {
            return Ok(None);
        };
        let before = fetch!(
            fetch_all,
            self.db,
            PolicyColumns,
            "SELECT version, published_at, change, model FROM policies WHERE published_at < $1
             ORDER BY published_at DESC LIMIT 1",
            latest.published_at.unix_ms(),
        )?;
        let before = before.into_iter().next().map(policy);
        Ok(before.map(|before| (latest, before)))
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
