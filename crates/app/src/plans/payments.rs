//! Being paid: what people buy, what the payment service says of it, and what it is told when somebody leaves.
//!
//! No event is believed: each only makes us ask. What is asked for is merged by `account::plans::Payments`.

mod asking;
mod buying;
mod managing;
mod parting;
mod price_list;
mod refusal;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use account::plans::{Payments, Plan, Term};
use base::{AccountId, Timestamp};
use outbound::{BadEvent, PaymentEvent};
use store::{Heard, StoreError};
use tokio::sync::Notify;

pub(crate) use asking::keep_payments;
pub use buying::{Purchase, PurchaseState};
pub use managing::{Ended, Ending, PortalWish};
pub use outbound::{Period, Price};
pub(crate) use price_list::keep_prices;
pub use refusal::PaymentRefusal;

use crate::App;
use crate::accounts::LiveSession;
use crate::due::Pauses;
use price_list::Shelf;

/// Between failures to reach the payment service.
const PAUSES: Pauses = Pauses {
    first: Duration::from_secs(30),
    growth: 2,
    longest: Duration::from_secs(60 * 60),
};

/// What the use cases of payments share.
#[derive(Default)]
pub(crate) struct Till {
    /// The payment service is to be asked or told something.
    waits: Notify,
    /// A price may have changed there: it is to be asked for.
    prices_wait: Notify,
    shelf: Mutex<Shelf>,
}

/// What somebody is told of their plan.
#[derive(Clone, Debug)]
pub struct PlanView {
    /// What it is.
    pub plan: Plan,
    /// Until when, and what comes then.
    pub term: Term,
    /// Whether an operator gave it, and nothing is paid for it.
    pub is_given: bool,
    /// What is paid for, or is to be, whether or not it gives the plan.
    pub bought: Option<BoughtView>,
    /// Whether the payment service has pages for them.
    pub is_customer: bool,
    /// Whether a purchase is under way.
    pub is_buying: bool,
}

/// What somebody is told of what they have bought and not ended.
#[derive(Clone, Copy, Debug)]
pub struct BoughtView {
    /// How often is paid, where that is one of the prices now on sale.
    pub period: Option<Period>,
    /// Until when it is paid.
    pub paid_until: Timestamp,
    /// What would come of ending it now; None where it ends already.
    pub ending: Option<Ending>,
}

impl App {
    /// Whether something is sold here.
    #[must_use]
    pub fn sells(&self) -> bool {
        self.inner.links.outbound().sells()
    }

    /// What is on sale, as the payment service has told. None before it has.
    #[must_use]
    pub fn price_list(&self) -> Option<BTreeMap<Period, Price>> {
        match self.sells() {
            true => self.inner.till.shelf().prices().cloned(),
            false => Some(BTreeMap::new()),
        }
    }

    /// Takes in what came to the door for events, with the header that it was signed in. It is on the disk before this
    /// comes back.
    pub async fn hear_payment_event(
        &self,
        signature: &str,
        body: &[u8],
    ) -> Result<(), PaymentRefusal> {
        let now = self.now();
        let event = self.inner.links.outbound().hear(signature, body, now);
        let (event, customer) = match event.map_err(refused_event)? {
            PaymentEvent::Of { event, customer } => (event, customer),
            PaymentEvent::Other => return Ok(()),
        };
        let heard = self.inner.store.hear_payment_event(&event, &customer, now);
        let heard = heard.await.map_err(|error| self.payment_failure(&error))?;
        match heard {
            Heard::New => self.inner.till.waits.notify_one(),
            Heard::Again => {}
            Heard::Stranger => {
                tracing::info!("the payment service told of a customer that is none of ours");
            }
        }
        Ok(())
    }

    /// What somebody is told of their plan.
    pub async fn plan_view(&self, session: &LiveSession) -> Result<PlanView, PaymentRefusal> {
        let account = session.account();
        let payments = self.payments(account).await?;
        let (now, grace) = (self.now(), self.offer().grace());
        let term = payments.term(now, grace);
        let bought = payments.clone().with_gift(None).term(now, grace);
        let main = payments.main().map(|(_, snapshot)| BoughtView {
            period: self.period_of(&snapshot.subscription.price),
            paid_until: snapshot.subscription.period_end,
            ending: Ending::of(&snapshot.subscription, now),
        });
        let store = &self.inner.store;
        let failed = |error| self.payment_failure(&error);
        Ok(PlanView {
            plan: term.plan(),
            term,
            is_given: term != Term::Over && term != bought,
            bought: main,
            is_customer: store.customer_of(account).await.map_err(failed)?.is_some(),
            is_buying: store.checkout(account).await.map_err(failed)?.is_some(),
        })
    }

    /// Whether no money moves here: the key is one for tests.
    #[must_use]
    pub fn sells_for_test_only(&self) -> bool {
        self.inner.links.outbound().sells_for_test_only()
    }

    fn period_of(&self, price: &str) -> Option<Period> {
        let mut all = Period::ALL.into_iter();
        all.find(|period| self.price_name(*period) == Some(price))
    }

    fn price_name(&self, period: Period) -> Option<&str> {
        self.inner.links.outbound().price_name(period)
    }

    /// The same, once it is known that it can be sold.
    fn price_on_sale(&self, period: Period) -> Option<&str> {
        let shelf = self.inner.till.shelf();
        let is_on_sale = shelf.prices().is_some_and(|it| it.contains_key(&period));
        self.price_name(period).filter(|_| is_on_sale)
    }

    async fn payments(&self, account: AccountId) -> Result<Payments, PaymentRefusal> {
        let payments = self.inner.store.payments_of(account).await;
        payments.map_err(|error| self.payment_failure(&error))
    }

    /// What makes the payment service do one step once, however often it is asked for it.
    fn idempotency_key(&self) -> String {
        let random = u128::from_be_bytes(self.entropy().bytes16());
        format!("{random:032x}")
    }

    /// A failure of ours: logged here, once, and named to the person by its reference.
    fn payment_failure(&self, error: &StoreError) -> PaymentRefusal {
        let reference = self.reference();
        tracing::error!(%reference, %error, "the store failed");
        PaymentRefusal::Failed(reference)
    }
}

impl Till {
    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The payment service is to be asked or told something.
    pub(crate) fn wake(&self) {
        self.waits.notify_one();
    }
}

fn refused_event(bad: BadEvent) -> PaymentRefusal {
    match bad {
        BadEvent::Off => PaymentRefusal::NothingSold,
        BadEvent::Unsigned | BadEvent::Stale | BadEvent::Unreadable => {
            tracing::warn!(error = %bad, "an event of the payment service was not taken");
            PaymentRefusal::BadEvent
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_from_half_a_minute_to_an_hour_and_never_end() {
        let now = Timestamp::from_unix_ms(0);
        let pauses = [1, 2, 3, 8, 9, 1_000].map(|attempts| PAUSES.next(attempts, now).since(now));
        let expected = [30, 60, 120, 3_600, 3_600, 3_600].map(Duration::from_secs);
        assert_eq!(pauses, expected);
    }
}
