//! The same by somebody else's imitation of the payment service: `localstripe` keeps customers, cards and subscriptions,
//! charges, and signs events of its own. What it lacks, Checkout and prices, stands in front of it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use account::plans::Status;
use axum::extract::{Form, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base::{Secret, Timestamp};
use serde_json::{Value, json};
use testkit::http::exchange;
use testkit::payments::{PRICE_MONTH, PRICE_YEAR, SECRET_KEY, WEBHOOK_SECRET};
use testkit::python::python;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use super::leaving::leave;
use super::*;

/// On 127.0.0.1 alone, unlike by its own command, and with nothing on the disk.
const PROGRAM: &str = "
import socket
from aiohttp import web
from localstripe import resources, server
resources.Store.dump_to_disk = lambda self: None
own = socket.socket()
own.bind(('127.0.0.1', 0))
own.listen()
print(own.getsockname()[1], flush=True)
web.run_app(server.app, sock=own, access_log=None, print=None)
";
const FORM_BYTES_MAX: usize = 64 * 1024;
/// Cards as the real service has them for tests: one is charged, one is taken and then not charged.
const GOOD_CARD: &str = "4242424242424242";
const EMPTY_CARD: &str = "4000000000000341";

/// `localstripe`, until it is dropped.
struct Independent {
    address: SocketAddr,
    _process: Child,
}

impl Independent {
    async fn start() -> Self {
        let mut process = Command::new(python())
            .args(["-c", PROGRAM])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let printed = BufReader::new(process.stdout.take().unwrap());
        let port = printed.lines().next_line().await.unwrap().unwrap();
        let it = Self {
            address: SocketAddr::from(([127, 0, 0, 1], port.parse().unwrap())),
            _process: process,
        };
        for (price, interval) in [(PRICE_MONTH, "month"), (PRICE_YEAR, "year")] {
            let plan =
                format!("id={price}&amount=500&currency=eur&interval={interval}&product[name]=Pro");
            it.done("/v1/plans", &plan).await;
        }
        it
    }

    async fn ask(&self, method: &str, path: &str, form: &str) -> Answer {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\nauthorization: Bearer {SECRET_KEY}\r\n\
             content-type: {}\r\ncontent-length: {}\r\n\r\n{form}",
            self.address,
            FORM.1,
            form.len(),
        );
        exchange(self.address, request.as_bytes()).await
    }

    /// What it answers to a form that it must take.
    async fn done(&self, path: &str, form: &str) -> Value {
        let answer = self.ask("POST", path, form).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap_or_default()
    }

    /// Somebody gives a card and subscribes. Gives how the subscription stands.
    async fn subscribe(&self, page: &Page, card: &str) -> Value {
        let customer = &page.customer;
        let form = format!(
            "type=card&card[number]={card}&card[exp_month]=12&card[exp_year]=2060&card[cvc]=123"
        );
        let method = self.done("/v1/payment_methods", &form).await;
        let method = method["id"].as_str().unwrap();
        let attach = format!("/v1/payment_methods/{method}/attach");
        self.done(&attach, &format!("customer={customer}")).await;
        let form = format!("invoice_settings[default_payment_method]={method}");
        self.done(&format!("/v1/customers/{customer}"), &form).await;
        let form = format!("customer={customer}&items[0][plan]={}", page.price);
        self.done("/v1/subscriptions", &form).await
    }

    /// What it says about a customer's subscriptions.
    async fn subscriptions(&self, customer: &str) -> Answer {
        let path = format!("/v1/subscriptions?customer={customer}&status=all");
        self.ask("GET", &path, "").await
    }
}

/// A page where something can be bought.
#[derive(Clone)]
struct Page {
    customer: String,
    price: String,
    status: &'static str,
}

/// What stands before it.
#[derive(Clone)]
struct Front {
    behind: Arc<Independent>,
    pages: Arc<Mutex<Vec<Page>>>,
    /// How often each thing was asked for, as `GET /v1/subscriptions`.
    asked: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Front {
    async fn start() -> (Self, SocketAddr) {
        let front = Self {
            behind: Arc::new(Independent::start().await),
            pages: Arc::default(),
            asked: Arc::default(),
        };
        let router = Router::new()
            .route("/v1/checkout/sessions", post(open_page))
            .route("/v1/checkout/sessions/{id}", get(page))
            .route("/v1/prices/{id}", get(price))
            .fallback(pass_on)
            .with_state(front.clone());
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        (front, address)
    }

    fn told(&self, id: usize) -> Json<Value> {
        let status = self.pages.lock().unwrap()[id].status;
        let url = format!("http://127.0.0.1/pay/{id}");
        Json(json!({ "id": id.to_string(), "status": status, "url": url }))
    }

    /// Somebody pays on the latest page.
    async fn pay(&self, card: &str) -> (String, Value) {
        let page = self.pages.lock().unwrap().last().unwrap().clone();
        let subscription = self.behind.subscribe(&page, card).await;
        if subscription["status"] == "active" {
            self.pages.lock().unwrap().last_mut().unwrap().status = "complete";
        }
        (page.customer, subscription)
    }

    fn asked(&self, what: &str) -> usize {
        self.asked.lock().unwrap().get(what).copied().unwrap_or(0)
    }
}

async fn open_page(
    State(front): State<Front>,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Json<Value> {
    let page = Page {
        customer: fields["customer"].clone(),
        price: fields["line_items[0][price]"].clone(),
        status: "open",
    };
    let id = {
        let mut pages = front.pages.lock().unwrap();
        pages.push(page);
        pages.len() - 1
    };
    front.told(id)
}

async fn page(State(front): State<Front>, Path(id): Path<usize>) -> Json<Value> {
    front.told(id)
}

async fn price(Path(id): Path<String>) -> Json<Value> {
    let interval = if id == PRICE_YEAR { "year" } else { "month" };
    Json(json!({
        "id": id, "currency": "eur", "unit_amount": 500, "active": true, "livemode": false,
        "recurring": { "interval": interval, "interval_count": 1 },
    }))
}

async fn pass_on(State(front): State<Front>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let form = axum::body::to_bytes(body, FORM_BYTES_MAX).await.unwrap();
    let (method, path) = (parts.method.as_str(), parts.uri.path());
    let query = parts.uri.query().map(|query| format!("?{query}"));
    let path_with_query = format!("{path}{}", query.unwrap_or_default());
    let form = String::from_utf8_lossy(&form);
    let answer = front.behind.ask(method, &path_with_query, &form).await;
    let mut asked = front.asked.lock().unwrap();
    *asked.entry(format!("{method} {path}")).or_default() += 1;
    let status = StatusCode::from_u16(answer.status).unwrap();
    (status, answer.body).into_response()
}

/// A node that sells by it, at the time that it is there.
async fn open() -> (TestApp, Front) {
    let (front, address) = Front::start().await;
    let text = |text: &str| Some(Secret::new(text.to_owned()));
    let app = TestApp::start_with(|settings| {
        settings.accounts.password_cost = 4;
        settings.accounts.proof_of_work_cost = 1;
        settings.outbound.payments.secret_key = text(SECRET_KEY);
        settings.outbound.payments.webhook_secret = text(WEBHOOK_SECRET);
        settings.outbound.payments.price_month = Some(PRICE_MONTH.to_owned());
        settings.outbound.payments.price_year = Some(PRICE_YEAR.to_owned());
        let mirror = format!("http://{address}");
        let mirrors = &mut settings.outbound.mirrors;
        mirrors.insert("api.stripe.com".to_owned(), mirror);
    })
    .await;
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    app.clock.set(Timestamp::default().after(now.unwrap()));
    let hook = format!(
        "url=http://{}{WEBHOOK}&secret={WEBHOOK_SECRET}",
        app.address()
    );
    front.behind.done("/_config/webhooks/node", &hook).await;
    (app, front)
}

#[tokio::test]
async fn an_independent_imitation_sells_ends_and_forgets_by_its_own_answers_and_events() {
    let (app, front) = open().await;
    let mut ada = member(&app, "ada@example.org").await;
    assert_eq!(buy(&mut ada, "month").await.status, 200);
    let (customer, bought) = front.pay(GOOD_CARD).await;
    assert_eq!(bought["status"], "active");
    // Nobody here carries its events: it signs and sends them by itself.
    until(async || plan(&mut ada.clone()).await == "pro").await;
    app.clock.advance(Duration::from_millis(1));
    let ended = end_pro(&mut ada, "with-period").await;
    assert_eq!(ended.header("location"), Some("/account/plan"));
    let told = front.behind.subscriptions(&customer).await;
    assert!(
        told.body.contains(r#""cancel_at_period_end": true"#),
        "{}",
        told.body
    );
    assert_eq!(plan(&mut ada).await, "pro", "what is paid stays");
    leave(&mut ada).await;
    until(async || front.behind.subscriptions(&customer).await.status == 404).await;
    app.stop().await;
}

#[tokio::test]
async fn a_card_that_an_independent_imitation_cannot_charge_buys_nothing() {
    let (app, front) = open().await;
    let mut ben = member(&app, "ben@example.org").await;
    assert_eq!(buy(&mut ben, "year").await.status, 200);
    let before = front.asked("GET /v1/subscriptions");
    let (_, bought) = front.pay(EMPTY_CARD).await;
    assert_eq!(bought["status"], "incomplete");
    until(async || front.asked("GET /v1/subscriptions") > before).await;
    let store = app.store().await;
    let email = EmailAddress::parse("ben@example.org").unwrap();
    let account = store.account_by_email(&email).await.unwrap().unwrap().id;
    until(async || {
        let payments = store.payments_of(account).await.unwrap();
        let mut known = payments.subscriptions();
        known.any(|(_, known)| known.subscription.status == Status::Incomplete)
    })
    .await;
    store.close().await;
    // What was read before is believed no more.
    app.clock.advance(Duration::from_secs(2));
    assert_eq!(plan(&mut ben).await, "free");
    app.stop().await;
}
