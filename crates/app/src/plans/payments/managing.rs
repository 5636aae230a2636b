//! Looking after what was bought: the payment service's own pages, and ending or keeping it from ours.

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
        let customer = self.inner.store.customer_of(session.account()).await;
        let customer = customer.map_err(|error| self.payment_failure(&error))?;
        let customer = customer.ok_or(PaymentRefusal::NothingBought)?;
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

    /// Says whether Pro is paid for again when the paid time is over. What is shown next is what the payment service
    /// says then.
    pub async fn set_renewal(
        &self,
        session: &LiveSession,
        renews: bool,
    ) -> Result<(), PaymentRefusal> {
        let account = session.account();
        let payments = self.payments(account).await?;
        let paid = main_subscription(&payments);
        let (id, _) = paid.ok_or(PaymentRefusal::NothingBought)?;
        let outbound = self.inner.links.outbound();
        let failed = |failure| match failure {
            PaymentFailure::Missing => PaymentRefusal::NothingBought,
            failure => self.service_failure(failure),
        };
        outbound
            .end_with_period(id, !renews)
            .await
            .map_err(failed)?;
        let customer = self.inner.store.customer_of(account).await;
        let customer = customer.map_err(|error| self.payment_failure(&error))?;
        let customer = customer.ok_or(PaymentRefusal::NothingBought)?;
        let asked_at = self.now();
        let answers = outbound.subscriptions_of(customer.expose()).await;
        let answers = answers.map_err(failed)?;
        let settled = self.settle(account, 0, asked_at, &answers).await;
        settled.map_err(|error| self.payment_failure(&error))?;
        Ok(())
    }
}
