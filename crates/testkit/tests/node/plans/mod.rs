//! Plans, as far as rooms go: limits that no page can lift, the pause between sessions, saved rooms. The clock is moved by
//! hand, and who asks is a bare socket that says whatever it likes.

mod commands;
mod limits;
mod nodes;
mod saved_rooms;
mod sessions;

use std::time::Duration;

use account::EmailAddress;
use account::plans::PlanSettings;
use base::{AccountId, Timestamp};
use protocol::{Failure, ServerMessage, Welcome};
use serde_json::{Value, json};
use testkit::{TestApp, TestBrowser, TestSocket, create, join};

const MINUTE: Duration = Duration::from_secs(60);
const COOKIE: &str = "__Host-unisono";

/// A node that offers two plans: an hour, a pause of 15 minutes, three devices in a room.
async fn start() -> TestApp {
    start_with(PlanSettings {
        free_devices: 3,
        pro_saved_rooms: 2,
        ..PlanSettings::default()
    })
    .await
}

async fn start_with(plans: PlanSettings) -> TestApp {
    TestApp::start_with(|settings| {
        settings.plans = Some(plans);
        settings.accounts.password_cost = 4;
        settings.accounts.proof_of_work_cost = 1;
    })
    .await
}

/// A device key, or a key of a session, that differs by `number`.
fn key(number: u32) -> String {
    testkit::device_key(number)
}

fn opening(number: u32) -> Value {
    let mut wish = create();
    wish["device_key"] = json!(key(number));
    wish
}

/// The same device in another room.
fn again(session: u32, number: u32) -> Value {
    let mut wish = opening(number);
    wish["session_key"] = json!(key(session));
    wish
}

async fn say(app: &TestApp, wish: Value) -> TestSocket {
    let mut socket = app.socket().await;
    socket.say(wish).await;
    socket
}

async fn opened(app: &TestApp, wish: Value) -> (TestSocket, Welcome) {
    let mut socket = say(app, wish).await;
    let welcome = socket.welcome().await;
    (socket, welcome)
}

async fn refused(app: &TestApp, wish: Value) -> Failure {
    say(app, wish).await.refusal().await
}

fn code(welcome: &Welcome) -> String {
    welcome.room.code.to_string()
}

/// A socket of a signed-in browser.
async fn socket_of(app: &TestApp, browser: &TestBrowser) -> TestSocket {
    let cookie = format!("{COOKIE}={}", browser.cookies[COOKIE]);
    let socket = TestSocket::open(app.address(), &[("cookie", &cookie)]).await;
    socket.expect("the socket opens")
}

async fn opened_by(app: &TestApp, browser: &TestBrowser, wish: Value) -> (TestSocket, Welcome) {
    let mut socket = socket_of(app, browser).await;
    socket.say(wish).await;
    let welcome = socket.welcome().await;
    (socket, welcome)
}

/// The next word about the session: when it ends, and how many minutes are announced.
async fn notice(socket: &mut TestSocket) -> (Option<Timestamp>, Option<u32>) {
    loop {
        if let ServerMessage::Session {
            session,
            minutes_left,
        } = socket.hear().await
        {
            return (session.map(|session| session.ends_at), minutes_left);
        }
    }
}

async fn account_of(app: &TestApp, email: &str) -> AccountId {
    let store = app.store().await;
    let row = store
        .account_by_email(&EmailAddress::parse(email).unwrap())
        .await;
    store.close().await;
    row.unwrap().unwrap().id
}

/// As the operator does it by the command line: the node learns it from the database.
async fn give_pro(app: &TestApp, email: &str, until: Option<Timestamp>) {
    let account = account_of(app, email).await;
    let store = app.store().await;
    let now = base::Clock::now(&app.clock);
    assert!(store.give_pro(account, until, now).await.unwrap());
    store.close().await;
    app.clock.advance(Duration::from_secs(2));
}

fn days_from_now(app: &TestApp, days: u32) -> Option<Timestamp> {
    let now = base::Clock::now(&app.clock);
    Some(now.after(Duration::from_secs(24 * 60 * 60) * days))
}

#[tokio::test]
async fn who_sells_nothing_limits_nothing_and_never_speaks_of_it() {
    let app = TestApp::start().await;
    let (mut caster, room) = opened(&app, create()).await;
    assert_eq!((room.session, room.room.listeners_max), (None, 16));
    let mut listeners = Vec::new();
    for _ in 0..16 {
        listeners.push(opened(&app, join(&code(&room))).await);
        caster.hear().await;
    }
    app.clock.advance(MINUTE * 60 * 11);
    let (_late, welcome) = opened(&app, opening(7)).await;
    assert_eq!(welcome.session, None);
    let mut browser = TestBrowser::new(app.address());
    for page in ["/", "/cast", "/room", "/account", "/privacy", "/links"] {
        let text = browser.send("GET", page).await.body.to_lowercase();
        for word in [
            "billing",
            "pricing",
            "free session",
            "subscription",
            "upgrade",
        ] {
            assert!(!text.contains(word), "{word} on {page}");
        }
    }
    app.stop().await;
}
