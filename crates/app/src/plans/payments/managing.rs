//! Looking after what was bought: the payment service's own pages, and ending or keeping it from ours.

use account::plans::{Payments, Status, Subscription};
use base::{AccountId, Timestamp};
use outbound::{PaymentFailure, PortalDoor};

use super::PaymentRefusal;
use crate::App;
use crate::accounts::LiveSession;

/// What somebody goes to the payment service's own pages for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortalWish {
    /// Receipts, and everything else.
    Everything,
    /// To give another card.
    Card,
}

/// What comes of ending Pro.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It stays until the paid time is over.
    WithPeriod,
    /// The paid time is over, and the payment for more has failed, is late or is not asked for: nothing is left to stay.
    AtOnce,
}

impl Ending {
    /// What would come of ending this now; nothing where it is ended already.
    pub(super) fn of(subscription: &Subscription, now: Timestamp) -> Option<Self> {
        match subscription.status {
            Status::PastDue | Status::Unpaid | Status::Paused => Some(Self::AtOnce),
            Status::Trialing | Status::Active if subscription.ends_with_period => None,
            Status::Trialing | Status::Active if now < subscription.period_end => {
                Some(Self::WithPeriod)
            }
            Status::Trialing | Status::Active => Some(Self::AtOnce),
            _ => None,
        }
    }
}

/// Whether something was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It was, or there was nothing left to end.
    Done,
    /// It was not, since something else would come of it than they were shown.
    NotAsShown,
}

impl App {
    /// The address of the payment service's own pages for somebody. It sends them `back` to us.
    pub async fn open_portal(
        &self,
        session: &LiveSession,
        wish: PortalWish,
        back: &str,
    ) -> Result<String, PaymentRefusal> {
        let account = session.account();
        let customer = self.inner.store.customer_of(account).await;
        let customer = customer.map_err(|error| self.payment_failure(&error))?;
        let customer = customer.ok_or(PaymentRefusal::NothingBought)?;
        self.take_payment_step(account)?;
        let door = match wish {
            PortalWish::Everything => PortalDoor::Everything,
            PortalWish::Card => PortalDoor::Card,
        };
        let outbound = self.inner.links.outbound();
        let key = self.idempotency_key();
        let address = outbound.open_portal(customer.expose(), door, back, &key);
        match address.await {
            Ok(address) => Ok(address.into()),
            Err(PaymentFailure::Missing) => Err(PaymentRefusal::NothingBought),
            Err(failure) => Err(self.service_failure(failure)),
        }
    }

    /// Ends Pro, if what comes of that is what somebody was `shown`. What is shown next is what the payment service says
    /// then.
    pub async fn end_pro(
        &self,
        session: &LiveSession,
        shown: Ending,
    ) -> Result<Ended, PaymentRefusal> {
        let account = session.account();
        let mut payments = self.payments(account).await?;
        let (_, known) = payments.main().ok_or(PaymentRefusal::NothingBought)?;
        self.take_payment_step(account)?;
        // It may have been paid since we heard of it, and what is paid is not taken away.
        if Ending::of(&known.subscription, self.now()) == Some(Ending::AtOnce) {
            payments = self.ask_now(account).await?;
        }
        let Some((id, snapshot)) = payments.main() else {
            return Ok(Ended::Done);
        };
        match Ending::of(&snapshot.subscription, self.now()) {
            None => return Ok(Ended::Done),
            Some(ending) if ending != shown => return Ok(Ended::NotAsShown),
            Some(_) => {}
        }
        let outbound = self.inner.links.outbound();
        let key = self.idempotency_key();
        let done = match snapshot.subscription.status.is_owed() {
            true => outbound.cancel_now(id).await,
            false => outbound.end_with_period(id, true, &key).await,
        };
        done.map_err(|failure| self.not_managed(failure))?;
        self.ask_now(account).await?;
        Ok(Ended::Done)
    }

    /// Has Pro paid for again when the paid time is over.
    pub async fn keep_pro(&self, session: &LiveSession) -> Result<(), PaymentRefusal> {
        let account = session.account();
        let payments = self.payments(account).await?;
        let (id, _) = payments.main().ok_or(PaymentRefusal::NothingBought)?;
        self.take_payment_step(account)?;
        let outbound = self.inner.links.outbound();
        let key = self.idempotency_key();
        let done = outbound.end_with_period(id, false, &key).await;
        done.map_err(|failure| self.not_managed(failure))?;
        self.ask_now(account).await?;
        Ok(())
    }

    /// What an account has bought, as the payment service tells it at this moment.
    async fn ask_now(&self, account: AccountId) -> Result<Payments, PaymentRefusal> {
        let customer = self.inner.store.customer_of(account).await;
        let customer = customer.map_err(|error| self.payment_failure(&error))?;
        let customer = customer.ok_or(PaymentRefusal::NothingBought)?;
        let outbound = self.inner.links.outbound();
        let asked_at = self.now();
        let answers = outbound.subscriptions_of(customer.expose()).await;
        let answers = answers.map_err(|failure| self.not_managed(failure))?;
        let settled = self.settle(account, 0, asked_at, &answers).await;
        settled.map_err(|error| self.payment_failure(&error))
    }

    fn not_managed(&self, failure: PaymentFailure) -> PaymentRefusal {
        match failure {
            PaymentFailure::Missing => PaymentRefusal::NothingBought,
            failure => self.service_failure(failure),
        }
    }
}
