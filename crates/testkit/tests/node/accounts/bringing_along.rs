//! A guest who makes an account takes along what their browser kept of them.

use base::{OsEntropy, PageId, Timestamp};
use music::{Piece, Track};
use store::PageRow;
use testkit::device_key;

use super::*;

const DAY: std::time::Duration = std::time::Duration::from_secs(24 * 60 * 60);

/// `count` pages of links that are known here.
async fn pages(app: &TestApp, count: u64) -> Vec<PageId> {
    let store = app.store().await;
    let now = app.clock.now();
    let mut pages = Vec::new();
    for number in 0..count {
        let link = format!("https://www.deezer.com/track/{}", 3_135_556 + number);
        let page = PageRow {
            id: PageId::new(&OsEntropy),
            link: music::parse(&link).unwrap(),
            piece: Piece::Track(Track::default()),
            art: None,
            views: 0,
            refreshed_at: now,
            opened_at: now,
        };
        pages.push(store.keep_page(&page).await.unwrap());
    }
    store.close().await;
    pages
}

/// A page as a browser lists it.
fn listed(page: &impl ToString, at: Timestamp) -> Value {
    json!({ "id": page.to_string(), "at": at.unix_ms() })
}

async fn bring(browser: &mut TestBrowser, kept: &Value) -> Value {
    let brought = browser.post("/api/v1/account/devices", kept).await;
    assert_eq!(brought.status, 200, "{}", brought.body);
    read(&brought)
}

/// The pages of the member's history with their moments, the latest first.
async fn history(browser: &mut TestBrowser) -> Vec<Value> {
    let history: Vec<Value> = read(&browser.send("GET", "/api/v1/account/history").await);
    let lines = history.iter();
    let lines = lines.map(|line| json!({ "id": line["id"], "at": line["at"] }));
    lines.collect()
}

async fn name(browser: &mut TestBrowser) -> Value {
    let view: Value = read(&browser.send("GET", "/api/v1/account").await);
    view["user_name"].clone()
}

#[tokio::test]
async fn a_guests_links_and_name_come_along_once() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let pages = pages(&app, 3).await;
    let now = app.clock.now();
    let ago = |days: i64| Timestamp::from_unix_ms(now.unix_ms() - days * 24 * 60 * 60 * 1_000);
    let (before, old) = (ago(364), ago(365));
    let kept = json!({
        "keys": [device_key(1)],
        "name": "  Ada   Vale ",
        "pages": [
            listed(&pages[0], now.after(DAY)),
            listed(&pages[1], before),
            listed(&pages[2], old),
            listed(&PageId::new(&OsEntropy), before),
            listed(&"nothing", before),
        ],
    });
    let brought = bring(&mut ada, &kept).await;
    assert_eq!(brought, json!({ "rooms": 0, "pages": 2, "has_name": true }));
    let lines = [listed(&pages[0], now), listed(&pages[1], before)];
    assert_eq!(history(&mut ada).await, lines, "nothing ahead, nothing old");
    assert_eq!(name(&mut ada).await, "Ada Vale");

    let again = bring(&mut ada, &kept).await;
    assert_eq!(again, json!({ "rooms": 0, "pages": 0, "has_name": false }));
    assert_eq!(history(&mut ada).await, lines);
    app.stop().await;
}

#[tokio::test]
async fn what_a_member_looked_at_later_stays_later() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let pages = pages(&app, 1).await;
    let early = app.clock.now();
    app.clock.advance(DAY);
    let late = app.clock.now();
    for at in [late, early] {
        let kept = json!({ "keys": [], "pages": [listed(&pages[0], at)] });
        bring(&mut ada, &kept).await;
    }
    assert_eq!(history(&mut ada).await, [listed(&pages[0], late)]);
    app.stop().await;
}

#[tokio::test]
async fn with_history_off_no_link_comes_along() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let pages = pages(&app, 1).await;
    let off = json!({ "history_days": 0 });
    ada.send_json("PATCH", "/api/v1/account", &off).await;
    let kept = json!({ "keys": [], "pages": [listed(&pages[0], app.clock.now())] });
    let brought = bring(&mut ada, &kept).await;
    assert_eq!(brought["pages"], 0);
    let on = json!({ "history_days": 30 });
    ada.send_json("PATCH", "/api/v1/account", &on).await;
    assert_eq!(history(&mut ada).await, Vec::<Value>::new());
    app.stop().await;
}

#[tokio::test]
async fn a_name_that_is_somebodys_or_none_is_left_and_an_own_one_stays() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut ben = member(&app, "ben@example.org").await;
    let named = |name: &str| json!({ "keys": [], "name": name });
    assert_eq!(bring(&mut ada, &named("Ada")).await["has_name"], true);
    for bad in ["ada", "a\u{200b}b", "x".repeat(41).as_str(), ""] {
        let brought = bring(&mut ben, &named(bad)).await;
        assert_eq!(brought["has_name"], false, "{bad:?}");
        assert_eq!(name(&mut ben).await, Value::Null, "{bad:?}");
    }
    assert_eq!(bring(&mut ada, &named("Lady")).await["has_name"], false);
    assert_eq!(name(&mut ada).await, "Ada");
    app.stop().await;
}

#[tokio::test]
async fn more_than_a_browser_keeps_is_refused_whole() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let page = listed(&"nothing", app.clock.now());
    for kept in [
        json!({ "keys": vec![device_key(1); 65] }),
        json!({ "keys": [], "pages": vec![page; 101], "name": "Ada" }),
    ] {
        let refused = ada.post("/api/v1/account/devices", &kept).await;
        assert_eq!(kind(&refused), "too-many-kept");
    }
    assert_eq!(name(&mut ada).await, Value::Null);
    app.stop().await;
}
