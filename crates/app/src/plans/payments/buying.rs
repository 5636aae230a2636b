//! Buying Pro: one purchase at a time for each account, whatever pages are open.

use std::time::Duration;

use account::plans::Plan;
use base::{AccountId, Personal};
use outbound::{CheckoutAsked, CheckoutPage, CheckoutState, PaymentFailure, Period};
use store::{CheckoutRow, NewCheckout, StoreError};

use super::PaymentRefusal;
use crate::App;
use crate::accounts::LiveSession;

/// Purchases that are looked at until one is open: what is found may be over, or be closed for another price.
const TRIES_MAX: u32 = 6;
/// How long another page that begins the same purchase has for it.
const MOMENT: Duration = Duration::from_millis(200);

/// Where a purchase goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purchase {
    /// At this address of the payment service.
    There(String),
    /// It is done there already: what is left is to hear of it.
    Done,
}

/// How a purchase stands, seen from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PurchaseState {
    /// Pro has begun.
    Paid,
    /// We have not heard of a payment yet.
    Waits,
    /// No purchase is under way.
    None,
}

/// Why a purchase that was looked at can't go on.
enum Stuck {
    /// It is over, or its customer is: begin another.
    Over,
    /// Another page is at it just now.
    Busy,
    Failed(PaymentFailure),
    Refused(PaymentRefusal),
}

impl From<PaymentRefusal> for Stuck {
    fn from(refusal: PaymentRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl App {
    /// Begins to buy Pro for a period, or goes on where that was begun before. `done` and `back` are our pages that the
    /// payment service sends people to.
    pub async fn buy(
        &self,
        session: &LiveSession,
        period: Period,
        done: &str,
        back: &str,
    ) -> Result<Purchase, PaymentRefusal> {
        let account = session.account();
        let price = self.price_on_sale(period);
        let price = price.ok_or(PaymentRefusal::NothingSold)?.to_owned();
        self.take_payment_step(account)?;
        let mut busy = None;
        for _ in 0..TRIES_MAX {
            if self.payments(account).await?.has_standing() {
                return Err(PaymentRefusal::HasPro);
            }
            let row = self.checkout_under_way(account, &price).await?;
            let page = match self.page_of_checkout(account, &row, done, back).await {
                Ok(page) => page,
                Err(Stuck::Over) => {
                    self.end_checkout(account, &row).await?;
                    continue;
                }
                Err(Stuck::Busy) => {
                    tokio::time::sleep(MOMENT).await;
                    busy = Some(row);
                    continue;
                }
                Err(Stuck::Failed(failure)) => {
                    if failure.is_kept_for_key() {
                        self.give_up_checkout(account, &row).await?;
                    }
                    return Err(self.service_failure(failure));
                }
                Err(Stuck::Refused(refusal)) => return Err(refusal),
            };
            match (page.state, page.address) {
                (CheckoutState::Complete, _) => {
                    self.ask_soon(account).await?;
                    return Ok(Purchase::Done);
                }
                (CheckoutState::Open, Some(address)) if row.price == price => {
                    return Ok(Purchase::There(address.into()));
                }
                // For another price, or nowhere to go: nobody is to pay there any more.
                (CheckoutState::Open, _) => self.close_checkout(account, &row, &page.name).await?,
                (CheckoutState::Expired, _) => self.end_checkout(account, &row).await?,
            }
        }
        // Whoever began it left before it had a page.
        if let Some(row) = busy {
            self.give_up_checkout(account, &row).await?;
        }
        let reference = self.reference();
        tracing::warn!(%reference, "a purchase could not be begun");
        Err(PaymentRefusal::ServiceAway(reference))
    }

    /// How the purchase of somebody who comes back from the payment service stands. `is_late`: they have waited a while,
    /// so that the service is asked and not only listened to.
    pub async fn purchase_state(
        &self,
        session: &LiveSession,
        is_late: bool,
    ) -> Result<PurchaseState, PaymentRefusal> {
        let account = session.account();
        let payments = self.payments(account).await?;
        if payments.has_standing() && payments.plan(self.now(), self.offer().grace()) == Plan::Pro {
            return Ok(PurchaseState::Paid);
        }
        let checkout = self.inner.store.checkout(account).await;
        if checkout
            .map_err(|error| self.payment_failure(&error))?
            .is_none()
        {
            return Ok(PurchaseState::None);
        }
        if is_late && self.take_payment_step(account).is_ok() {
            self.ask_soon(account).await?;
        }
        Ok(PurchaseState::Waits)
    }

    /// The purchase that is under way; a new one for `price` where none is.
    async fn checkout_under_way(
        &self,
        account: AccountId,
        price: &str,
    ) -> Result<CheckoutRow, PaymentRefusal> {
        let checkout = NewCheckout {
            account,
            idempotency_key: self.idempotency_key(),
            price: price.to_owned(),
            begun_at: self.now(),
        };
        let begun = self.inner.store.begin_checkout(&checkout).await;
        let begun = begun.map_err(|error| self.payment_failure(&error))?;
        begun.ok_or(PaymentRefusal::NoAccount)
    }

    async fn page_of_checkout(
        &self,
        account: AccountId,
        row: &CheckoutRow,
        done: &str,
        back: &str,
    ) -> Result<CheckoutPage, Stuck> {
        let outbound = self.inner.links.outbound();
        if let Some(name) = &row.page {
            let page = outbound.checkout_page(name).await;
            return page.map_err(stuck);
        }
        let customer = self.customer(account, &row.idempotency_key).await?;
        let asked = CheckoutAsked {
            customer: &customer,
            price: &row.price,
            done,
            back,
            idempotency_key: &row.idempotency_key,
        };
        let page = match outbound.open_checkout(&asked).await {
            Ok(page) => page,
            Err(failure @ (PaymentFailure::Missing | PaymentFailure::Refused(400))) => {
                // The customer was there a moment ago, so it is the price: that is the operator's to put right.
                self.inner.till.prices_wait.notify_one();
                return Err(Stuck::Failed(failure));
            }
            Err(failure) => return Err(stuck(failure)),
        };
        let store = &self.inner.store;
        let failed = |error: StoreError| self.payment_failure(&error);
        let key = &row.idempotency_key;
        let noted = store.note_checkout_page(account, key, &page.name, self.now());
        let is_noted = noted.await.map_err(failed)?;
        // Whoever left meanwhile has taken this customer along unseen.
        if store.customer_of(account).await.map_err(failed)?.is_none() {
            store
                .begin_farewell(&customer, self.now())
                .await
                .map_err(failed)?;
            self.inner.till.wake();
            return Err(PaymentRefusal::NoAccount.into());
        }
        if !is_noted {
            // Nobody would know of this page.
            self.close_page(&page.name).await.map_err(stuck)?;
            return Err(Stuck::Over);
        }
        // What is answered for a key that was used before is as it was then.
        outbound.checkout_page(&page.name).await.map_err(stuck)
    }

    /// What the payment service calls an account, from now on if not before. Who is known there is to have bought nothing.
    async fn customer(
        &self,
        account: AccountId,
        idempotency_key: &str,
    ) -> Result<Personal<String>, Stuck> {
        let store = &self.inner.store;
        let failed = |error: StoreError| self.payment_failure(&error);
        if let Some(customer) = store.customer_of(account).await.map_err(failed)? {
            self.has_nothing_there(account, &customer).await?;
            return Ok(customer);
        }
        let key = format!("{idempotency_key}-customer");
        let made = self.inner.links.outbound().create_customer(&key).await;
        let made = made.map_err(stuck)?;
        let kept = store.keep_customer(account, &made, self.now()).await;
        match kept.map_err(failed)? {
            Some(kept) => Ok(kept),
            None => {
                store
                    .begin_farewell(&made, self.now())
                    .await
                    .map_err(failed)?;
                self.inner.till.wake();
                Err(PaymentRefusal::NoAccount.into())
            }
        }
    }

    /// Refuses whoever has bought already: they may have paid on a page that is forgotten here.
    async fn has_nothing_there(
        &self,
        account: AccountId,
        customer: &Personal<String>,
    ) -> Result<(), Stuck> {
        let failed = |error: StoreError| self.payment_failure(&error);
        let outbound = self.inner.links.outbound();
        let asked_at = self.now();
        let answers = match outbound.subscriptions_of(customer.expose()).await {
            Ok(answers) => answers,
            Err(PaymentFailure::Missing) => {
                let lost = self.inner.store.lose_customer(customer).await;
                lost.map_err(failed)?;
                self.forget_payments(account);
                return Err(Stuck::Over);
            }
            Err(failure) => return Err(stuck(failure)),
        };
        let settled = self.settle(account, 0, asked_at, &answers).await;
        match settled.map_err(failed)?.has_standing() {
            true => Err(PaymentRefusal::HasPro.into()),
            false => Ok(()),
        }
    }

    async fn close_checkout(
        &self,
        account: AccountId,
        row: &CheckoutRow,
        page: &str,
    ) -> Result<(), PaymentRefusal> {
        let key = self.idempotency_key();
        match self.inner.links.outbound().close_checkout(page, &key).await {
            Ok(()) | Err(PaymentFailure::Missing) => self.end_checkout(account, row).await,
            // It was finished or given up in this very moment: the next look tells which.
            Err(PaymentFailure::Refused(400)) => Ok(()),
            Err(failure) => Err(self.service_failure(failure)),
        }
    }

    async fn end_checkout(
        &self,
        account: AccountId,
        row: &CheckoutRow,
    ) -> Result<(), PaymentRefusal> {
        let ended = self.inner.store.end_checkout(account, &row.idempotency_key);
        ended.await.map_err(|error| self.payment_failure(&error))
    }

    async fn give_up_checkout(
        &self,
        account: AccountId,
        row: &CheckoutRow,
    ) -> Result<(), PaymentRefusal> {
        let key = &row.idempotency_key;
        let given_up = self.inner.store.give_up_checkout(account, key).await;
        given_up.map_err(|error| self.payment_failure(&error))
    }

    /// Has the payment service asked about an account.
    async fn ask_soon(&self, account: AccountId) -> Result<(), PaymentRefusal> {
        let wished = self.inner.store.wish_to_ask(account, self.now()).await;
        wished.map_err(|error| self.payment_failure(&error))?;
        self.inner.till.wake();
        Ok(())
    }
}

const fn stuck(failure: PaymentFailure) -> Stuck {
    match failure {
        PaymentFailure::Missing => Stuck::Over,
        PaymentFailure::OtherWords | PaymentFailure::Refused(409) => Stuck::Busy,
        failure => Stuck::Failed(failure),
    }
}
