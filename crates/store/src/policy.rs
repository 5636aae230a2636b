//! The policies that were in force, one row for each publication, and which of them members have seen.
//!
//! The ordinal says which came later. The clock only dates them: it may have been set back in between.

use std::collections::BTreeSet;
use std::fmt;

use base::{AccountId, AnnouncementId, Timestamp};

use crate::accounts::fits;
use crate::db::{execute, fetch, fetch_one, fetch_optional, transaction};
use crate::{Store, StoreError};

/// Which publication of a policy: the first is 1, and each later one is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PolicyOrdinal(i64);

impl PolicyOrdinal {
    /// Before the first.
    pub const NONE: Self = Self(0);

    /// The one that is written so.
    #[must_use]
    pub const fn new(ordinal: i64) -> Self {
        Self(ordinal)
    }

    /// How it is written.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for PolicyOrdinal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A policy that is put in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyRow {
    /// Its version.
    pub version: String,
    /// From when.
    pub published_at: Timestamp,
    /// How far it differed from the one before.
    pub change: String,
    /// What it said, as JSON.
    pub model: String,
}

/// A policy that was put in force once. It may have been another time as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Which.
    pub ordinal: PolicyOrdinal,
    /// Of what.
    pub policy: PolicyRow,
}

impl Store {
    /// Up to `limit` publications, the latest first: that one is in force.
    pub async fn policies(&self, limit: u32) -> Result<Vec<Publication>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (i64, String, i64, String, String),
            "SELECT ordinal, version, published_at, change, model FROM policies ORDER BY ordinal DESC LIMIT $1",
            i64::from(limit),
        )?;
        let rows = rows.into_iter();
        Ok(rows
            .map(
                |(ordinal, version, published_at, change, model)| Publication {
                    ordinal: PolicyOrdinal(ordinal),
                    policy: PolicyRow {
                        version,
                        published_at: Timestamp::from_unix_ms(published_at),
                        change,
                        model,
                    },
                },
            )
            .collect())
    }

    /// The publication that is in force; none before the first start.
    pub async fn policy_in_force(&self) -> Result<PolicyOrdinal, StoreError> {
        let (ordinal,) = fetch_one!(self.db, (Option<i64>,), "SELECT MAX(ordinal) FROM policies",)?;
        Ok(ordinal.map_or(PolicyOrdinal::NONE, PolicyOrdinal))
    }

    /// Puts a policy in force behind `before`, and begins a round of letters of `kind` about it where that is owed: both or
    /// neither. False when another was published since `before`, and then nothing is written.
    pub async fn publish_policy(
        &self,
        policy: &PolicyRow,
        before: PolicyOrdinal,
        letters: Option<(AnnouncementId, &str)>,
    ) -> Result<bool, StoreError> {
        let ordinal = before.next();
        let is_published = transaction!(self.db, |open| {
            let published = sqlx::query(
                "INSERT INTO policies (ordinal, version, published_at, change, model) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (ordinal) DO NOTHING",
            )
            .bind(ordinal.get())
            .bind(&policy.version)
            .bind(policy.published_at.unix_ms())
            .bind(&policy.change)
            .bind(&policy.model)
            .execute(&mut *open)
            .await?
            .rows_affected();
            if let (true, Some((id, kind))) = (published > 0, letters) {
                sqlx::query(
                    "INSERT INTO announcements (id, kind, matter, begun_at, letters) VALUES ($1, $2, $3, $4, 0)",
                )
                .bind(id.to_string())
                .bind(kind)
                .bind(ordinal.to_string())
                .bind(policy.published_at.unix_ms())
                .execute(&mut *open)
                .await?;
            }
            published > 0
        });
        Ok(is_published)
    }

    /// The latest publication by which more is held or told than by the one before. The first adds nothing: nobody knew
    /// another.
    pub async fn latest_addition(&self) -> Result<Option<PolicyOrdinal>, StoreError> {
        let (latest,) = fetch_one!(
            self.db,
            (Option<i64>,),
            "SELECT MAX(ordinal) FROM policies
             WHERE change = 'more' AND ordinal > (SELECT MIN(ordinal) FROM policies)",
        )?;
        Ok(latest.map(PolicyOrdinal))
    }

    /// The latest publication that a member has agreed to or seen since; none when the account is gone.
    pub async fn policy_seen(
        &self,
        account: AccountId,
    ) -> Result<Option<PolicyOrdinal>, StoreError> {
        let row = fetch_optional!(
            self.db,
            (i64, Option<i64>),
            "SELECT a.agreed_ordinal, s.ordinal FROM accounts AS a
             LEFT JOIN policies_seen AS s ON s.account_id = a.id WHERE a.id = $1",
            account.to_string(),
        )?;
        Ok(row.map(|(agreed, seen)| PolicyOrdinal(seen.map_or(agreed, |seen| seen.max(agreed)))))
    }

    /// Keeps that a member has seen this publication. What they saw later stays seen.
    pub async fn see_policy(
        &self,
        account: AccountId,
        ordinal: PolicyOrdinal,
    ) -> Result<(), StoreError> {
        execute!(
            self.db,
            "INSERT INTO policies_seen (account_id, ordinal)
             SELECT id, $2 FROM accounts WHERE id = $1
             ON CONFLICT (account_id) DO UPDATE SET ordinal = EXCLUDED.ordinal
             WHERE policies_seen.ordinal < EXCLUDED.ordinal",
            account.to_string(),
            ordinal.get(),
        )?;
        Ok(())
    }

    /// Which of the accounts from `first` to `last` agreed to an earlier publication than this.
    pub async fn who_agreed_before(
        &self,
        ordinal: PolicyOrdinal,
        first: AccountId,
        last: AccountId,
    ) -> Result<BTreeSet<AccountId>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String,),
            "SELECT id FROM accounts WHERE id BETWEEN $1 AND $2 AND agreed_ordinal < $3",
            first.to_string(),
            last.to_string(),
            ordinal.get(),
        )?;
        let ids = rows
            .into_iter()
            .map(|(id,)| fits("accounts.id", id.parse()));
        ids.collect()
    }
}
