//! Being paid: what is bought, what the payment service tells of it in whatever order, and what it is told. The service is
//! a stand-in on this machine, and the clock is moved by hand.

mod buying;
mod checking;
mod events;
mod independent;
mod leaving;
mod managing;
mod pages;
mod pricing;

use std::net::SocketAddr;
use std::time::Duration;

use account::EmailAddress;
use base::{AccountId, Clock as _};
use outbound::PaymentSettings;
use testkit::http::Answer;
use testkit::payments::{Event, PaymentService};
use testkit::{TestApp, TestBrowser};

use crate::accounts::member;

const WEBHOOK: &str = "/api/v1/payments/webhook";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A node that sells by a service of its own.
struct Shop {
    app: TestApp,
    service: PaymentService,
}

impl Shop {
    /// One that has asked what its prices are, and sells.
    async fn open() -> Self {
        let shop = Self::open_with(|_| {}).await;
        let browser = TestBrowser::new(shop.app.address());
        until(async || {
            let page = browser.clone().send("GET", "/pricing").await;
            page.body.contains("EUR")
        })
        .await;
        shop
    }

    /// One whose operator has set something else.
    async fn open_with(change: impl FnOnce(&mut PaymentSettings)) -> Self {
        let service = PaymentService::start().await;
        let app = TestApp::start_with(|settings| {
            settings.accounts.password_cost = 4;
            settings.accounts.proof_of_work_cost = 1;
            service.serve_node(settings);
            change(&mut settings.outbound.payments);
        })
        .await;
        Self { app, service }
    }

    async fn member(&self, email: &str) -> TestBrowser {
        member(&self.app, email).await
    }

    async fn account(&self, email: &str) -> AccountId {
        let store = self.app.store().await;
        let email = EmailAddress::parse(email).expect("an address");
        let row = store.account_by_email(&email).await;
        store.close().await;
        row.expect("a store").expect("an account").id
    }

    fn now_s(&self) -> i64 {
        self.app.clock.now().unix_s()
    }

    /// Hands an event to the node, signed a moment ago.
    async fn tell(&self, event: &Event) -> Answer {
        self.tell_signed(event, &event.signed(self.now_s())).await
    }

    async fn tell_signed(&self, event: &Event, signature: &str) -> Answer {
        self.app.clock.advance(Duration::from_millis(1));
        deliver(self.app.address(), event, signature).await
    }

    async fn tell_all(&self, events: &[Event]) {
        for event in events {
            assert_eq!(self.tell(event).await.status, 200);
        }
    }

    /// What somebody has bought ends within the hour, and the payment for the next period fails.
    async fn next_payment_fails(&self, browser: &TestBrowser) {
        let bought = self.service.live().remove(0);
        let soon = self.now_s() + 3_600;
        self.tell(&self.service.change(&bought.id, "active", soon))
            .await;
        self.app.clock.advance(HOUR);
        self.tell_all(&self.service.fail_renewal(&bought.id)).await;
        until(async || {
            let page = browser.clone().send("GET", "/account/plan").await;
            page.body.contains("The last payment did not go through.")
        })
        .await;
    }

    /// Buys Pro for a period, up to the moment when the node hears of it.
    async fn sold(&self, browser: &mut TestBrowser, period: &str) {
        assert_eq!(buy(browser, period).await.status, 200);
        let page = self.service.open_pages().remove(0);
        let events = self.service.pay(&page, self.now_s());
        self.tell_all(&events).await;
        until_plan(self, browser, "pro").await;
    }
}

/// Hands an event to the node at `address`, as the payment service does.
pub(crate) async fn deliver(address: SocketAddr, event: &Event, signature: &str) -> Answer {
    let headers = [
        ("content-type", "application/json"),
        ("stripe-signature", signature),
        ("sec-fetch-site", "cross-site"),
    ];
    let mut nobody = TestBrowser::new(address);
    nobody
        .request("POST", WEBHOOK, &headers, event.body.as_bytes())
        .await
}

/// Sends a form of a page.
async fn send_form(browser: &mut TestBrowser, path: &str, body: &str) -> Answer {
    browser
        .request("POST", path, &[FORM], body.as_bytes())
        .await
}

pub(crate) async fn buy(browser: &mut TestBrowser, period: &str) -> Answer {
    send_form(browser, "/account/plan/buy", &format!("period={period}")).await
}

/// Confirms the end of Pro, as somebody who was shown what would come of it.
async fn end_pro(browser: &mut TestBrowser, shown: &str) -> Answer {
    send_form(browser, "/account/plan/cancel", &format!("shown={shown}")).await
}

/// Where a page sends its reader.
fn there(answer: &Answer) -> String {
    let Some((_, rest)) = answer.body.split_once("0; url=") else {
        panic!("no page that leads on: {} {}", answer.status, answer.body);
    };
    let (address, _) = rest.split_once('"').expect("an attribute ends");
    address.replace("&#38;", "&")
}

/// The plan that somebody's page tells of: `free` or `pro`.
pub(crate) async fn plan(browser: &mut TestBrowser) -> String {
    let page = browser.send("GET", "/account/plan").await;
    assert_eq!(page.status, 200, "{}", page.body);
    let (_, rest) = page
        .body
        .split_once("data-plan=\"")
        .expect("the page of a plan");
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// Waits until somebody has a plan; a test that waits in vain is ended by its runner.
async fn until_plan(shop: &Shop, browser: &mut TestBrowser, wanted: &str) {
    while plan(browser).await != wanted {
        // What is tried again later is tried in this time too.
        shop.app.clock.advance(Duration::from_secs(1));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Waits until it is so; a test that waits in vain is ended by its runner.
pub(crate) async fn until(is_so: impl AsyncFn() -> bool) {
    while !is_so().await {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
