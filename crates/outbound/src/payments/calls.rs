//! The calls that are made.

use account::plans::Subscription;
use base::Personal;
use url::Url;

use super::answers::{
    Anything, CheckoutPage, CheckoutTold, Named, Page, PriceTold, Sent, SubscriptionTold,
};
use super::carrier::HOST;
use super::{PaymentFailure, Period, Till};
use crate::http::Request;
use crate::{Failure, Outbound};

/// Subscriptions of one customer that are read: more than anybody has by accident.
const SUBSCRIPTIONS_MAX: &str = "100";

/// A purchase that somebody wants to begin.
#[derive(Clone, Debug)]
pub struct CheckoutAsked<'a> {
    /// Who buys, by the service's name.
    pub customer: &'a Personal<String>,
    /// What, by the service's name.
    pub price: &'a str,
    /// Where the payer comes back to when it is done.
    pub done: &'a str,
    /// Where the payer comes back to when it is not.
    pub back: &'a str,
    /// However often the same key is sent, one purchase begins.
    pub idempotency_key: &'a str,
}

/// What somebody goes to the service's own pages for.
#[derive(Clone, Copy, Debug)]
pub enum PortalDoor {
    /// To look at everything: bills, receipts, the card.
    Everything,
    /// To give another card.
    Card,
}

impl Outbound {
    fn open_till(&self) -> Result<&Till, PaymentFailure> {
        self.till().ok_or(PaymentFailure::Off)
    }

    /// Makes a customer without a name, an address or anything else.
    pub async fn create_customer(
        &self,
        idempotency_key: &str,
    ) -> Result<Personal<String>, PaymentFailure> {
        let till = self.open_till()?;
        let request = post(&["customers"], &[], idempotency_key);
        let named: Named = self.ask_till(till, request).await?;
        Ok(named.id)
    }

    /// Has a customer forgotten, which ends all that it has bought. One that is unknown there is forgotten already.
    pub async fn forget_customer(&self, customer: &str) -> Result<(), PaymentFailure> {
        let till = self.open_till()?;
        let request = Request::get(HOST, &["v1", "customers", customer]).delete();
        match self.ask_till::<Anything>(till, request).await {
            Ok(_) | Err(PaymentFailure::Missing) => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    /// The truth about everything that a customer has bought, also what is over.
    pub async fn subscriptions_of(
        &self,
        customer: &str,
    ) -> Result<Vec<(String, Subscription)>, PaymentFailure> {
        let till = self.open_till()?;
        let request = Request::get(HOST, &["v1", "subscriptions"])
            .query("customer", customer)
            .query("status", "all")
            .query("limit", SUBSCRIPTIONS_MAX);
        let page: Page<SubscriptionTold> = self.ask_till(till, request).await?;
        match page.has_more {
            true => Err(Failure::TooLarge.into()),
            false => Ok(page
                .data
                .into_iter()
                .map(SubscriptionTold::projected)
                .collect()),
        }
    }

    /// Opens the page where somebody buys.
    pub async fn open_checkout(
        &self,
        asked: &CheckoutAsked<'_>,
    ) -> Result<CheckoutPage, PaymentFailure> {
        let till = self.open_till()?;
        let fields = [
            ("mode", "subscription"),
            ("customer", asked.customer.expose()),
            ("line_items[0][price]", asked.price),
            ("line_items[0][quantity]", "1"),
            ("success_url", asked.done),
            ("cancel_url", asked.back),
            ("locale", "auto"),
        ];
        let request = post(&["checkout", "sessions"], &fields, asked.idempotency_key);
        let told: CheckoutTold = self.ask_till(till, request).await?;
        Ok(told.read(|url| till.may_send_to(url)))
    }

    /// How a purchase stands.
    pub async fn checkout_page(&self, name: &str) -> Result<CheckoutPage, PaymentFailure> {
        let till = self.open_till()?;
        let request = Request::get(HOST, &["v1", "checkout", "sessions", name]);
        let told: CheckoutTold = self.ask_till(till, request).await?;
        Ok(told.read(|url| till.may_send_to(url)))
    }

    /// Closes the page of a purchase that is not to be finished. One that is over already is refused.
    pub async fn close_checkout(
        &self,
        name: &str,
        idempotency_key: &str,
    ) -> Result<(), PaymentFailure> {
        let till = self.open_till()?;
        let path = ["checkout", "sessions", name, "expire"];
        let request = post(&path, &[], idempotency_key);
        self.ask_till::<Anything>(till, request).await?;
        Ok(())
    }

    /// The address of the service's own pages for a customer, for the next minutes.
    pub async fn open_portal(
        &self,
        customer: &str,
        door: PortalDoor,
        back: &str,
        idempotency_key: &str,
    ) -> Result<Url, PaymentFailure> {
        let till = self.open_till()?;
        let mut fields = vec![("customer", customer), ("return_url", back)];
        match door {
            PortalDoor::Everything => {}
            PortalDoor::Card => fields.push(("flow_data[type]", "payment_method_update")),
        }
        let request = post(&["billing_portal", "sessions"], &fields, idempotency_key);
        let sent: Sent = self.ask_till(till, request).await?;
        let address = Url::parse(&sent.url).ok();
        let address = address.filter(|url| till.may_send_to(url));
        address.ok_or_else(|| Failure::BadAnswer.into())
    }

    /// Says whether a subscription ends with the time that is paid.
    pub async fn end_with_period(
        &self,
        subscription: &str,
        ends: bool,
        idempotency_key: &str,
    ) -> Result<(), PaymentFailure> {
        let till = self.open_till()?;
        let ends = if ends { "true" } else { "false" };
        let fields = [("cancel_at_period_end", ends)];
        let request = post(&["subscriptions", subscription], &fields, idempotency_key);
        self.ask_till::<Anything>(till, request).await?;
        Ok(())
    }

    /// Ends a subscription at once. One that is unknown or over is content.
    pub async fn cancel_now(&self, subscription: &str) -> Result<(), PaymentFailure> {
        let till = self.open_till()?;
        let request = Request::get(HOST, &["v1", "subscriptions", subscription]).delete();
        match self.ask_till::<Anything>(till, request).await {
            Ok(_) | Err(PaymentFailure::Missing) => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    /// What is asked for a period.
    pub(super) async fn price_told(&self, period: Period) -> Result<PriceTold, PaymentFailure> {
        let till = self.open_till()?;
        let name = till.price(period).ok_or(PaymentFailure::Missing)?;
        let request = Request::get(HOST, &["v1", "prices", name]);
        self.ask_till(till, request).await
    }
}

impl Till {
    /// Browsers are sent by https only, unless the operator has put something in the service's place.
    fn may_send_to(&self, url: &Url) -> bool {
        url.has_host() && (url.scheme() == "https" || self.is_mirrored && url.scheme() == "http")
    }
}

/// However often the same key is sent, it is done once. What is deleted needs none: it is gone once.
fn post(path: &[&str], fields: &[(&str, &str)], idempotency_key: &str) -> Request {
    let path: Vec<&str> = std::iter::once("v1").chain(path.iter().copied()).collect();
    let request = Request::get(HOST, &path).form(fields);
    request.idempotency_key(idempotency_key)
}
