//! The payment service on 127.0.0.1, in place of the real one: the few calls that we make, pages where somebody pays, and
//! signed events. It fails, dawdles and repeats itself when it is told to, and all that it says is full of what must not
//! be kept.

mod desk;
mod event;
mod ledger;
mod pages;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base::Secret;
use tokio::task::JoinHandle;
use unisono::Settings;

pub use event::{Event, signature};
pub use ledger::{Bought, CANARY, PRICE_MONTH, PRICE_YEAR, PRICE_YEAR_OLD, PRICE_YEAR_USD};

use crate::loopback::{listen, serve};
use ledger::Ledger;

/// What events are signed with.
pub const WEBHOOK_SECRET: &str = "whsec_of_the_stand_in";
/// The operator's key.
pub const SECRET_KEY: &str = "sk_test_of_the_stand_in";

/// The payment service, until it is dropped.
pub struct PaymentService {
    address: SocketAddr,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

/// What its doors share.
pub(crate) struct Shared {
    ledger: Mutex<Ledger>,
    /// Where events are sent when somebody pays on its pages; nowhere in tests that deliver them by hand.
    webhook: Option<String>,
    origin: String,
}

impl Shared {
    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How the next answers come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// As they should.
    Well,
    /// 500, and by the same key the same for ever.
    Down,
    /// Once each is done and the answer lost: somebody on the way says 502. Then as they should.
    DoneThenLost,
    /// After so long.
    Slow(Duration),
    /// 409 to the first of each key, as when two ask at once.
    Conflicts,
}

impl PaymentService {
    /// One that listens on a free port.
    pub async fn start() -> Self {
        Self::start_at(0, None).await
    }

    /// One that listens on `port`, and sends events to `webhook`.
    ///
    /// # Panics
    ///
    /// When the port is taken.
    pub async fn start_at(port: u16, webhook: Option<String>) -> Self {
        let (listener, address) = listen(port).await;
        let shared = Arc::new(Shared {
            ledger: Mutex::default(),
            webhook,
            origin: format!("http://{address}"),
        });
        let router = desk::router()
            .merge(pages::router())
            .with_state(Arc::clone(&shared));
        let serving = serve(listener, router);
        Self {
            address,
            shared,
            serving,
        }
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets a node sell by this service, and reach no other.
    pub fn serve_node(&self, settings: &mut Settings) {
        let text = |text: &str| Some(Secret::new(text.to_owned()));
        let payments = &mut settings.outbound.payments;
        payments.secret_key = text(SECRET_KEY);
        payments.webhook_secret = text(WEBHOOK_SECRET);
        payments.price_month = Some(PRICE_MONTH.to_owned());
        payments.price_year = Some(PRICE_YEAR.to_owned());
        let mirror = format!("http://{}", self.address);
        settings
            .outbound
            .mirrors
            .insert("api.stripe.com".to_owned(), mirror);
    }

    /// Until its task ends, for a program of its own.
    pub async fn serve(&mut self) {
        let _ = (&mut self.serving).await;
    }

    /// How it answers from now on.
    pub fn is(&self, mood: Mood) {
        self.shared.ledger().mood = mood;
    }

    /// What was asked for so far, as `POST /v1/customers`.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.shared.ledger().asked.clone()
    }

    /// The customers that it knows.
    #[must_use]
    pub fn customers(&self) -> Vec<String> {
        self.shared.ledger().customers.iter().cloned().collect()
    }

    /// The pages where something can be bought now.
    #[must_use]
    pub fn open_pages(&self) -> Vec<String> {
        self.shared.ledger().open_pages()
    }

    /// The subscriptions of everybody that are not over.
    #[must_use]
    pub fn live(&self) -> Vec<Bought> {
        self.shared.ledger().live()
    }

    /// Somebody pays on a page. Gives the events of it; none when the page is closed.
    #[must_use]
    pub fn pay(&self, page: &str, now_s: i64) -> Vec<Event> {
        self.shared.ledger().pay(page, now_s)
    }

    /// Nobody pays on a page any more.
    pub fn expire(&self, page: &str) {
        let _ = self.shared.ledger().expire(page);
    }

    /// Somebody has sent a key before, with words that nobody sends again.
    pub fn spend_key(&self, key: &str) {
        self.shared.ledger().spend_key(key);
    }

    /// Something happens to what a customer has bought, by the service's word for how it stands then.
    #[must_use]
    pub fn change(&self, subscription: &str, status: &str, period_end_s: i64) -> Event {
        self.shared
            .ledger()
            .change(subscription, status, period_end_s)
    }

    /// A period of a subscription is over, and the payment for the next one fails.
    #[must_use]
    pub fn fail_renewal(&self, subscription: &str) -> Vec<Event> {
        self.shared.ledger().fail_renewal(subscription)
    }

    /// A second subscription comes to be, as by the operator's own hand.
    pub fn add_subscription(&self, customer: &str, period_start_s: i64, period_end_s: i64) {
        self.shared
            .ledger()
            .subscribe(customer, PRICE_YEAR, period_start_s, period_end_s);
    }

    /// A subscription that is over is listed no more.
    pub fn retire(&self, subscription: &str) {
        self.shared.ledger().bought.remove(subscription);
    }

    /// The operator deletes a customer there.
    #[must_use]
    pub fn delete_customer(&self, customer: &str) -> Event {
        self.shared.ledger().delete_customer(customer)
    }

    /// Any event about a customer.
    #[must_use]
    pub fn event(&self, kind: &str, customer: &str) -> Event {
        self.shared.ledger().event(kind, customer)
    }
}

impl Drop for PaymentService {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
