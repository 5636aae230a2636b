//! What somebody may do here: by what the operator offers, what they have bought or were given, and nothing else.

mod free;
mod pace;
mod payments;
mod saved_rooms;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use account::plans::{Entitlements, Newcomers, Offer, Payments, Plan};
use base::{AccountId, Timestamp};
use store::StoreError;

pub use payments::{
    BoughtView, Ended, Ending, PaymentRefusal, Period, PlanView, PortalWish, Price, Purchase,
    PurchaseState,
};
pub use saved_rooms::{
    NewSavedRoom, SavedRoomChange, SavedRoomView, SavedRoomsView, SavingRefusal,
};

pub(crate) use payments::{Till, keep_payments, keep_prices};

pub(crate) use saved_rooms::{SAVED_CODE_LENGTH, good_name};

pub(crate) use free::{NotBegun, resting_until};
use pace::Pace;

use crate::App;

/// How long what was read of an account's payments is believed. A change counts within this time, on every node.
const BELIEVED: Duration = Duration::from_secs(2);
/// Accounts whose payments are held in memory.
const KNOWN_MAX: usize = 10_000;

/// What is offered, and what was read of late about who has it.
pub(crate) struct Plans {
    offer: Offer,
    known: Mutex<HashMap<AccountId, Known>>,
    /// None where sessions have no end.
    newcomers: Option<Mutex<Newcomers>>,
    pace: Pace,
}

struct Known {
    payments: Payments,
    read_at: Timestamp,
}

impl Known {
    fn is_believed(&self, now: Timestamp) -> bool {
        self.read_at <= now && now < self.read_at.after(BELIEVED)
    }
}

impl Plans {
    pub(crate) fn new(offer: Offer) -> Self {
        let newcomers = match &offer {
            Offer::Everything => None,
            Offer::Plans { free, .. } => Some(Mutex::new(Newcomers::new(*free))),
        };
        Self {
            offer,
            known: Mutex::default(),
            newcomers,
            pace: Pace::default(),
        }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<AccountId, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn believed(&self, account: AccountId, now: Timestamp) -> Option<Plan> {
        let known = self.known();
        let known = known.get(&account).filter(|known| known.is_believed(now))?;
        Some(known.payments.plan(now, self.offer.grace()))
    }

    fn learn(&self, account: AccountId, payments: Payments, read_at: Timestamp) {
        let mut known = self.known();
        if known.len() >= KNOWN_MAX {
            known.retain(|_, known| known.is_believed(read_at));
        }
        if known.len() < KNOWN_MAX {
            known.insert(account, Known { payments, read_at });
        }
    }
}

impl App {
    /// What the operator offers.
    #[must_use]
    pub fn offer(&self) -> &Offer {
        &self.inner.plans.offer
    }

    /// The plan of an account at this moment. What was read in the last two seconds is believed.
    pub async fn plan_of(&self, account: AccountId) -> Result<Plan, StoreError> {
        let (plans, now) = (&self.inner.plans, self.now());
        if plans.offer == Offer::Everything {
            return Ok(Plan::Free);
        }
        if let Some(plan) = plans.believed(account, now) {
            return Ok(plan);
        }
        let payments = self.inner.store.payments_of(account).await?;
        let plan = payments.plan(now, plans.offer.grace());
        plans.learn(account, payments, now);
        Ok(plan)
    }

    /// What a member, or a guest, may do.
    pub async fn entitlements(
        &self,
        account: Option<AccountId>,
    ) -> Result<Entitlements, StoreError> {
        let plan = match account {
            Some(account) => self.plan_of(account).await?,
            None => Plan::Free,
        };
        Ok(self.inner.plans.offer.entitlements(plan))
    }

    /// Something about an account's payments has changed: they are read anew.
    pub fn forget_payments(&self, account: AccountId) {
        self.inner.plans.known().remove(&account);
    }
}

#[cfg(test)]
mod tests {
    use account::plans::PlanSettings;
    use base::OsEntropy;

    use super::*;

    fn at(milliseconds: u64) -> Timestamp {
        Timestamp::from_unix_ms(1_795_305_600_000).after(Duration::from_millis(milliseconds))
    }

    fn plans() -> Plans {
        Plans::new(PlanSettings::default().offer().unwrap())
    }

    #[test]
    fn what_was_read_is_believed_for_two_seconds_and_a_gift_ends_to_the_moment() {
        let plans = plans();
        let account = AccountId::new(at(0), &OsEntropy);
        let gift = Payments::default().with_gift(Some(at(1_500)));
        plans.learn(account, gift, at(0));
        assert_eq!(plans.believed(account, at(1_499)), Some(Plan::Pro));
        assert_eq!(plans.believed(account, at(1_500)), Some(Plan::Free));
        assert_eq!(plans.believed(account, at(2_000)), None);
        let before = Timestamp::from_unix_ms(at(0).unix_ms() - 1);
        assert_eq!(
            plans.believed(account, before),
            None,
            "the clock was set back"
        );
    }

    #[test]
    fn the_memory_is_bounded() {
        let plans = plans();
        for _ in 0..KNOWN_MAX + 5 {
            let account = AccountId::new(at(0), &OsEntropy);
            plans.learn(account, Payments::default(), at(0));
        }
        assert_eq!(plans.known().len(), KNOWN_MAX);
        plans.learn(
            AccountId::new(at(0), &OsEntropy),
            Payments::default(),
            at(2_000),
        );
        assert_eq!(plans.known().len(), 1);
    }
}
