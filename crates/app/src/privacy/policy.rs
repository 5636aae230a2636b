//! The policy that is in force: made of the inventory and the texts, published by itself when either changed.

use std::sync::LazyLock;

use account::plans::Offer;
use base::{Entropy, Timestamp};
use privacy::{Change, Differences, Duty, Inventory, Policy, Purpose, word};
use store::{Counts, PolicyRow, RetentionRun, Store, StoreError, inventory};

use super::RightsRefusal;
use super::announcing::{Announced, begin_announcement};
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

/// What the policy of this program says beside the one that is in force in a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyChange {
    /// The version of this program's policy.
    pub version: String,
    /// The version in force; none before the first start.
    pub in_force: Option<String>,
    /// What differs.
    pub differences: Differences,
    /// What members are owed. Nothing where no policy was in force.
    pub duty: Duty,
    policy: Policy,
}

impl PolicyChange {
    /// Compares the policy of `held`, told with `texts`, with the one in force.
    pub async fn in_store(
        store: &Store,
        held: &Inventory,
        texts: &[&str],
    ) -> Result<Self, StoreError> {
        let policy = Policy::of(held);
        let latest = store.policies(1).await?.into_iter().next();
        let before = latest.as_ref().map(|row| read(&row.model));
        Ok(Self {
            version: policy.version(texts),
            in_force: latest.map(|row| row.version),
            differences: policy.since(before.as_ref().unwrap_or(&Policy::default())),
            duty: before.map_or(Duty::None, |before| policy.duty_since(&before)),
            policy,
        })
    }

    /// Whether there is anything to publish.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.in_force.as_ref() != Some(&self.version)
    }

    /// Puts the policy in force, and begins to tell members where that is owed to them.
    pub async fn publish(
        &self,
        store: &Store,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<(), StoreError> {
        // First the letters: they are begun once however often this is done, and nothing forgets them.
        if self.duty > Duty::None {
            begin_announcement(store, Announced::Policy, &self.version, now, entropy).await?;
        }
        let row = PolicyRow {
            version: self.version.clone(),
            published_at: now,
            change: word(&match self.in_force {
                Some(_) => self.differences.change(),
                None => Change::More,
            }),
            model: serde_json::to_string(&self.policy).expect("a policy has a JSON form"),
        };
        store.publish_policy(&row).await
    }
}

/// Deletes what is over by the inventory's own words, and keeps for everybody to see when that was.
pub async fn keep_retention(store: &Store, now: Timestamp) -> Result<Counts, StoreError> {
    let counts = store.sweep(now).await?;
    let run = RetentionRun {
        ran_at: now,
        counts: counts.clone(),
    };
    store.note_retention(RETENTION, &run).await?;
    Ok(counts)
}

/// When retention was looked after last, and what that took away.
pub async fn last_retention(store: &Store) -> Result<Option<RetentionRun>, StoreError> {
    store.last_retention(RETENTION).await
}

/// The setting that has people checked by another service, as the inventory names it.
const CHECK_SWITCH: &str = "outbound.turnstile.enabled";

/// What an installation holds, and the version of the policy that follows.
struct Holding {
    inventory: Inventory,
    version: String,
}

impl Holding {
    fn without(purposes: &[Purpose], is_checked: bool) -> Self {
        let whole = match is_checked {
            true => inventory().clone(),
            false => inventory().without_switch(CHECK_SWITCH),
        };
        let inventory = purposes.iter().fold(whole, |left, it| left.without(*it));
        let version = Policy::of(&inventory).version(&texts::POLICY);
        Self { inventory, version }
    }

    /// One without plans, or where nothing is sold or nobody is checked elsewhere, has nothing to do with those.
    fn of(offer: &Offer, sells: bool, is_checked: bool) -> &'static Self {
        const GIVEN_LACKS: [Purpose; 1] = [Purpose::Payments];
        const OPEN_LACKS: [Purpose; 2] = [Purpose::Payments, Purpose::Plans];
        // Without a check first, then with one.
        static SOLD: [LazyLock<Holding>; 2] = [
            LazyLock::new(|| Holding::without(&[], false)),
            LazyLock::new(|| Holding::without(&[], true)),
        ];
        static GIVEN: [LazyLock<Holding>; 2] = [
            LazyLock::new(|| Holding::without(&GIVEN_LACKS, false)),
            LazyLock::new(|| Holding::without(&GIVEN_LACKS, true)),
        ];
        static OPEN: [LazyLock<Holding>; 2] = [
            LazyLock::new(|| Holding::without(&OPEN_LACKS, false)),
            LazyLock::new(|| Holding::without(&OPEN_LACKS, true)),
        ];
        let both = match (offer, sells) {
            (_, true) => &SOLD,
            (Offer::Plans { .. }, false) => &GIVEN,
            (Offer::Everything, false) => &OPEN,
        };
        &both[usize::from(is_checked)]
    }
}

/// What an installation holds that offers this, sells it or does not, and has people checked by another service or not.
#[must_use]
pub fn inventory_of(offer: &Offer, sells: bool, is_checked: bool) -> &'static Inventory {
    &Holding::of(offer, sells, is_checked).inventory
}

impl App {
    /// All that an installation can hold.
    #[must_use]
    pub fn inventory() -> &'static Inventory {
        inventory()
    }

    /// What this installation holds: the policy is made of it.
    #[must_use]
    pub fn inventory_here(&self) -> &'static Inventory {
        let is_checked = self.check_site_key().is_some();
        inventory_of(self.offer(), self.sells(), is_checked)
    }

    /// The version of the policy that people agree to.
    #[must_use]
    pub fn policy_version(&self) -> &'static str {
        let is_checked = self.check_site_key().is_some();
        &Holding::of(self.offer(), self.sells(), is_checked).version
    }

    /// Publishes the policy that follows from the inventory and from `texts`, unless it is in force already.
    pub async fn publish_policy(&self, texts: &[&str]) -> Result<(), StoreError> {
        let change =
            PolicyChange::in_store(&self.inner.store, self.inventory_here(), texts).await?;
        if !change.is_new() {
            return Ok(());
        }
        change
            .publish(&self.inner.store, self.now(), self.entropy())
            .await
    }

    /// The version of the policy that was published last, and when.
    pub async fn latest_policy(&self) -> Result<Option<(String, Timestamp)>, RightsRefusal> {
        let rows = self.inner.store.policies(1).await;
        let rows = rows.map_err(|error| self.rights_failure(&error))?;
        let latest = rows.into_iter().next();
        Ok(latest.map(|row| (row.version, row.published_at)))
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
        keep_retention(&self.inner.store, now).await?;
        Ok(())
    }

    /// When retention was looked after last, and what that took away.
    pub async fn last_retention(&self) -> Result<Option<RetentionRun>, RightsRefusal> {
        let run = last_retention(&self.inner.store).await;
        run.map_err(|error| self.rights_failure(&error))
    }
}

/// A policy of an older program may have been written otherwise: then all of this one is new.
pub(super) fn read(model: &str) -> Policy {
    serde_json::from_str(model).unwrap_or_default()
}
