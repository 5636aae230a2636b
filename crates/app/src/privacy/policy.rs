//! The policy that is in force: made of the inventory and the texts, published by itself when either changed.

use std::sync::OnceLock;

use account::plans::Offer;
use base::{AnnouncementId, Entropy, Timestamp};
use privacy::{Change, Differences, Duty, Inventory, Policy, Purpose, word};
use store::{Counts, PolicyOrdinal, PolicyRow, RetentionRun, Store, StoreError, inventory};

use super::RightsRefusal;
use super::announcing::Announced;
use crate::App;

/// Policies that are shown at once.
const SHOWN_MAX: u32 = 100;
/// How often the policy is put in force at the start, where other nodes do so at the same moment.
const TRIES_MAX: u32 = 8;
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
    /// The publication that it was compared with.
    before: PolicyOrdinal,
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
        let before = latest.as_ref().map(|latest| read(&latest.policy.model));
        Ok(Self {
            version: policy.version(texts),
            before: latest
                .as_ref()
                .map_or(PolicyOrdinal::NONE, |latest| latest.ordinal),
            in_force: latest.map(|latest| latest.policy.version),
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

    /// Puts the policy in force, and begins to tell members where that is owed to them. False when another was put in force
    /// since the two were compared: then this did nothing.
    pub async fn publish(
        &self,
        store: &Store,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<bool, StoreError> {
        let is_owed = self.duty > Duty::None;
        let letters = is_owed.then(|| {
            let id = AnnouncementId::new(now, entropy);
            (id, Announced::Policy.as_str())
        });
        let row = PolicyRow {
            version: self.version.clone(),
            published_at: now,
            change: word(&match self.in_force {
                Some(_) => self.differences.change(),
                None => Change::More,
            }),
            model: serde_json::to_string(&self.policy).expect("a policy has a JSON form"),
        };
        store.publish_policy(&row, self.before, letters).await
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

/// The settings that have people checked by another service, and failures told to a collector, as the inventory names them.
const CHECK_SWITCH: &str = "outbound.turnstile.enabled";
const COLLECTOR_SWITCH: &str = "errors.dsn";

/// Others that an installation has to do with, as it is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Others {
    /// A payment service sells something.
    pub sells: bool,
    /// Another service may check people.
    pub is_checked: bool,
    /// A collector of the operator's own is told of failures.
    pub has_collector: bool,
}

/// What an installation holds, and the version of the policy that follows.
struct Holding {
    inventory: Inventory,
    version: String,
}

impl Holding {
    fn without(purposes: &[Purpose], others: Others) -> Self {
        let switches = [
            (CHECK_SWITCH, others.is_checked),
            (COLLECTOR_SWITCH, others.has_collector),
        ];
        let off = switches.iter().filter(|(_, is_on)| !is_on);
        let whole = off.fold(inventory().clone(), |left, (switch, _)| {
            left.without_switch(switch)
        });
        let inventory = purposes.iter().fold(whole, |left, it| left.without(*it));
        let version = Policy::of(&inventory).version(&texts::POLICY);
        Self { inventory, version }
    }

    /// One without plans, or where nothing is sold or nobody else is told, has nothing to do with those.
    fn of(offer: &Offer, others: Others) -> &'static Self {
        /// With neither check nor collector, with one, with the other, with both.
        type Four = [OnceLock<Holding>; 4];
        static SOLD: Four = [const { OnceLock::new() }; 4];
        static GIVEN: Four = [const { OnceLock::new() }; 4];
        static OPEN: Four = [const { OnceLock::new() }; 4];
        let (four, purposes): (&Four, &[Purpose]) = match (offer, others.sells) {
            (_, true) => (&SOLD, &[]),
            (Offer::Plans { .. }, false) => (&GIVEN, &[Purpose::Payments]),
            (Offer::Everything, false) => (&OPEN, &[Purpose::Payments, Purpose::Plans]),
        };
        let place = usize::from(others.is_checked) + 2 * usize::from(others.has_collector);
        four[place].get_or_init(|| Self::without(purposes, others))
    }
}

/// What an installation holds that offers this, and has to do with these others.
#[must_use]
pub fn inventory_of(offer: &Offer, others: Others) -> &'static Inventory {
    &Holding::of(offer, others).inventory
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
        inventory_of(self.offer(), self.others())
    }

    fn others(&self) -> Others {
        Others {
            sells: self.sells(),
            is_checked: self.check_site_key().is_some(),
            has_collector: self.inner.links.outbound().collector().is_some(),
        }
    }

    /// The version of the policy that people agree to.
    #[must_use]
    pub fn policy_version(&self) -> &'static str {
        &Holding::of(self.offer(), self.others()).version
    }

    /// Publishes the policy that follows from the inventory and from `texts`, unless it is in force already.
    pub async fn publish_policy(&self, texts: &[&str]) -> Result<(), StoreError> {
        let store = &self.inner.store;
        for _ in 0..TRIES_MAX {
            let change = PolicyChange::in_store(store, self.inventory_here(), texts).await?;
            if !change.is_new() || change.publish(store, self.now(), self.entropy()).await? {
                return Ok(());
            }
        }
        Err(StoreError::Busy)
    }

    /// Which publication of the policy is in force.
    pub async fn policy_in_force(&self) -> Result<PolicyOrdinal, RightsRefusal> {
        let latest = self.inner.store.policy_in_force().await;
        latest.map_err(|error| self.rights_failure(&error))
    }

    /// Whether what was erased stays in the files of the database until its tables are written anew.
    #[must_use]
    pub fn keeps_dead_rows(&self) -> bool {
        self.inner.store.keeps_dead_rows()
    }

    /// The policies there were, the latest first, each with what it changed. One that came back is there again.
    pub async fn policies(&self) -> Result<Vec<PublishedPolicy>, RightsRefusal> {
        let rows = self.inner.store.policies(SHOWN_MAX).await;
        let rows = rows.map_err(|error| self.rights_failure(&error))?;
        let mut rows = rows.into_iter().map(|row| row.policy).peekable();
        let published = std::iter::from_fn(|| {
            let row = rows.next()?;
            let differences = rows.peek().map_or_else(Differences::default, |before| {
                read(&row.model).since(&read(&before.model))
            });
            Some(PublishedPolicy {
                version: row.version,
                published_at: row.published_at,
                differences,
            })
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
