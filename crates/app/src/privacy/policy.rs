//! The policy that is in force: made of the inventory and the texts, published by itself when either changed.

use std::sync::LazyLock;

use base::Timestamp;
use privacy::{Change, Differences, Inventory, Policy, word};
use store::{PolicyRow, RetentionRun, StoreError, inventory};

use super::RightsRefusal;
use crate::App;

/// Policies that are shown at once.
const SHOWN_MAX: u32 = 100;
/// Name of the run of retention that the policy shows.
const RETENTION: &str = "all";

/// A policy with its date, and what it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedPolicy {
    /// Its version.
    pub version: String,
    /// From when it is in force.
    pub published_at: Timestamp,
    /// What differs from the one before; nothing for the first.
    pub differences: Differences,
}

impl App {
    /// What the policy is made of.
    #[must_use]
    pub fn inventory() -> &'static Inventory {
        inventory()
    }

    /// The version of the policy that people agree to.
    #[must_use]
    pub fn policy_version(&self) -> &'static str {
        static VERSION: LazyLock<String> =
            LazyLock::new(|| Policy::of(inventory()).version(&texts::POLICY));
        &VERSION
    }

    /// Publishes the policy that follows from the inventory and from `texts`, unless it is in force already.
    pub async fn publish_policy(&self, texts: &[&str]) -> Result<(), StoreError> {
        let policy = Policy::of(inventory());
        let version = policy.version(texts);
        let latest = self.inner.store.policies(1).await?;
        if latest
            .first()
            .is_some_and(|latest| latest.version == version)
        {
            return Ok(());
        }
        let change = latest.first().map_or(Change::More, |latest| {
            policy.since(&read(&latest.model)).change()
        });
        let row = PolicyRow {
            version,
            published_at: self.now(),
            change: word(&change),
            model: serde_json::to_string(&policy).expect("a policy has a JSON form"),
        };
        self.inner.store.publish_policy(&row).await
    }

    /// The policies there were, the latest first, each with what it changed.
    pub async fn policies(&self) -> Result<Vec<PublishedPolicy>, RightsRefusal> {
        let rows = self.inner.store.policies(SHOWN_MAX).await;
        let rows = rows.map_err(|error| self.rights_failure(&error))?;
        let published = rows.iter().enumerate().map(|(place, row)| {
            let before = rows.get(place + 1);
            PublishedPolicy {
                version: row.version.clone(),
                published_at: row.published_at,
                differences: before.map_or_else(Differences::default, |before| {
                    read(&row.model).since(&read(&before.model))
                }),
            }
        });
        Ok(published.collect())
    }

    /// Deletes what is over by the inventory's own words, and keeps for everybody to see when that was.
    pub(crate) async fn sweep_by_inventory(&self, now: Timestamp) -> Result<(), StoreError> {
        let counts = self.inner.store.sweep(now).await?;
        let run = RetentionRun {
            ran_at: now,
            counts,
        };
        self.inner.store.note_retention(RETENTION, &run).await
    }

    /// When retention was looked after last, and what that took away.
    pub async fn last_retention(&self) -> Result<Option<RetentionRun>, RightsRefusal> {
        let run = self.inner.store.last_retention(RETENTION).await;
        run.map_err(|error| self.rights_failure(&error))
    }
}

/// A policy of an older program may have been written otherwise: then all of this one is new.
fn read(model: &str) -> Policy {
    serde_json::from_str(model).unwrap_or_default()
}
