//! Looking after what was bought: the payment service's own pages, and ending or keeping it from ours.

use account::plans::{Payments, Status, Term};
use base::AccountId;
use outbound::{PaymentFailure, PortalDoor};

use super::{PaymentRefusal, main_subscription};
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
        let address = outbound.open_portal(customer.expose(), door, back).await;
        match address {
            Ok(address) => Ok(address.into()),
            Err(PaymentFailure::Missing) => Err(PaymentRefusal::NothingBought),
            Err(failure) => Err(self.service_failure(failure)),
        }
    }

    /// Says whether Pro is paid for again when the paid time is over. Where that is over already, and the payment for
    /// more has failed, an end is one at once. What is shown next is what the payment service says then.
    pub async fn set_renewal(
        &self,
        session: &LiveSession,
        renews: bool,
    ) -> Result<(), PaymentRefusal> {
        let account = session.account();
        let mut payments = self.payments(account).await?;
        let (_, known) = main_subscription(&payments).ok_or(PaymentRefusal::NothingBought)?;
        self.take_payment_step(account)?;
        let term = known.subscription.term(self.now(), self.offer().grace());
        // It may have been paid since we heard of it, and what is paid is not taken away.
        if !renews && matches!(term, Term::Grace(_) | Term::Over) {
            payments = self.ask_now(account).await?;
        }
        let Some((id, snapshot)) = main_subscription(&payments) else {
            return Ok(());
        };
        let outbound = self.inner.links.outbound();
        let done = match snapshot.subscription.status {
            Status::PastDue if !renews => outbound.cancel_now(id).await,
            _ => outbound.end_with_period(id, !renews).await,
        };
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
