//! Limiting, objecting, allowing and refusing.

use outbound::Letter;
use serde_json::{Value, json};
use testkit::browser::json as read;
use testkit::http::get;
use testkit::{RoomClient, device_key};

use super::shown::{id, looked_at};
use super::*;
use crate::accounts::sign_in;

const HTML: (&str, &str) = ("accept", "text/html");
const DAY_MS: i64 = 86_400_000;

async fn switched(browser: &mut TestBrowser, act: &str, fields: &[(&str, &str)]) {
    let answer = send(browser, act, fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

async fn history(browser: &mut TestBrowser) -> usize {
    let links: Value = read(&browser.send("GET", "/api/v1/account/history").await);
    links.as_array().unwrap().len()
}

/// Promises S38, Y38: kept and not used. History is not added to, rooms are not listed, and only mails that protect the
/// account are written.
#[tokio::test]
async fn who_is_restricted_is_kept_and_not_used() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let account = id(&mut ada).await;
    let looked = looked_at(&app, account).await;
    let queue = json!({ "preset": "party", "title": "Kitchen" });
    let create = json!({ "device_key": device_key(1), "queue": queue });
    let mut room = RoomClient::create_as(&ada, create).await;
    room.granted(json!({ "do": "configure", "change": { "is_listed": true } }))
        .await;
    let listed = async || {
        let listed = get(app.address(), "/api/v1/rooms", &[]).await;
        let listed: Value = serde_json::from_str(&listed.body).unwrap();
        listed["total"].as_u64().unwrap()
    };
    assert_eq!((listed().await, history(&mut ada).await), (1, 1));
    switched(&mut ada, "restrict", &[("is_on", "true")]).await;
    for title in ["Hall", "Cellar"] {
        // What the room's task heard before it is settled with this at the latest.
        room.granted(json!({ "do": "configure", "change": { "title": title } }))
            .await;
    }
    assert_eq!(listed().await, 0);
    let store = app.store().await;
    let kept = store
        .keep_looked_at(account, looked, base::Clock::now(&app.clock))
        .await;
    assert!(!kept.unwrap(), "nothing is added");
    store.close().await;
    assert_eq!(history(&mut ada).await, 1, "what there was is kept");
    assert!(page(&mut ada).await.contains("used for nothing. Mails"));
    let letters = app.letters().await.len();
    let mut phone = browser(&app).called("Mozilla/5.0 (iPhone) Safari/605");
    tick(&app);
    let body = json!({ "email": "ada@example.org", "password": PASSWORD });
    phone.post("/api/v1/account/sign-in", &body).await;
    let after = app.letters().await;
    assert_eq!(after.len(), letters + 1);
    assert!(
        matches!(after[0].1, Letter::NewSignIn { .. }),
        "it protects the account"
    );
    switched(&mut ada, "restrict", &[("is_on", "false")]).await;
    room.granted(json!({ "do": "configure", "change": { "title": "Loft" } }))
        .await;
    assert_eq!(listed().await, 1);
    app.stop().await;
}

/// Promises S40, Y14, Y40: switching history off is an objection; what was kept goes at once.
#[tokio::test]
async fn an_objection_to_history_ends_it_and_forgets_what_was_kept() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let account = id(&mut ada).await;
    let looked = looked_at(&app, account).await;
    let object = [("purpose", "history"), ("is_on", "true")];
    switched(&mut ada, "object", &object).await;
    assert_eq!(history(&mut ada).await, 0);
    assert!(page(&mut ada).await.contains("You have objected since"));
    let store = app.store().await;
    let now = base::Clock::now(&app.clock);
    assert!(!store.keep_looked_at(account, looked, now).await.unwrap());
    switched(
        &mut ada,
        "object",
        &[("purpose", "history"), ("is_on", "false")],
    )
    .await;
    assert!(store.keep_looked_at(account, looked, now).await.unwrap());
    let off = json!({ "history_days": 0 });
    ada.send_json("PATCH", "/api/v1/account", &off).await;
    assert_eq!(
        history(&mut ada).await,
        0,
        "the account page's switch is the same"
    );
    assert!(page(&mut ada).await.contains("You have objected since"));
    store.close().await;
    app.stop().await;
}

/// What one browser opens is in the history of the member's other one, until a time is chosen that it is older than.
#[tokio::test]
async fn history_follows_the_member_and_is_shortened_at_once() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let account = id(&mut ada).await;
    let page = looked_at(&app, account).await;
    let cleared = ada.send("DELETE", "/api/v1/account/history").await;
    assert_eq!(cleared.status, 204, "{}", cleared.body);
    let mut phone = browser(&app).called("Mozilla/5.0 (iPhone) Safari/605");
    tick(&app);
    let signed = sign_in(&mut phone, "ada@example.org", PASSWORD).await;
    assert_eq!(signed.status, 200, "{}", signed.body);
    assert_eq!(history(&mut phone).await, 0);
    let path = format!("/l/{page}");
    let opened = ada.request("GET", &path, &[HTML], b"").await;
    assert_eq!(opened.status, 200, "{}", opened.body);
    let links: Value = read(&phone.send("GET", "/api/v1/account/history").await);
    assert_eq!(links[0]["id"], page.to_string());
    let store = app.store().await;
    let month_ago = base::Clock::now(&app.clock).unix_ms() - 31 * DAY_MS;
    let month_ago = base::Timestamp::from_unix_ms(month_ago);
    assert!(
        store
            .keep_looked_at(account, page, month_ago)
            .await
            .unwrap()
    );
    store.close().await;
    for (days, kept) in [(90, 1), (30, 0)] {
        let chosen = json!({ "history_days": days });
        let chosen = ada.send_json("PATCH", "/api/v1/account", &chosen).await;
        assert_eq!(chosen.status, 200, "{}", chosen.body);
        assert_eq!(history(&mut phone).await, kept, "{days} days");
    }
    app.stop().await;
}

/// Promises S40, Y40: what cannot end by itself becomes a request with its day.
#[tokio::test]
async fn an_objection_that_must_be_weighed_becomes_a_request() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    for is_on in ["true", "true", "false", "true"] {
        switched(
            &mut ada,
            "object",
            &[("purpose", "security"), ("is_on", is_on)],
        )
        .await;
    }
    let shown = page(&mut ada).await;
    assert_eq!(shown.matches("<h3>Object to a use</h3>").count(), 1);
    let unknown = send(
        &mut ada,
        "object",
        &[("purpose", "account"), ("is_on", "true")],
    )
    .await;
    assert_eq!(
        unknown.status, 404,
        "that one rests on no legitimate interest"
    );
    app.stop().await;
}

/// Promise Y41: to allow and to refuse are one press each, both are dated, and a refusal counts at once.
#[tokio::test]
async fn a_player_that_is_refused_is_not_served_on_any_device_until_it_is_allowed() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut phone = ada.clone();
    switched(
        &mut ada,
        "consent",
        &[("matter", "youtube"), ("is_given", "false")],
    )
    .await;
    let refused = phone.send("GET", "/embed/youtube").await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    let mut guest = browser(&app);
    assert_ne!(guest.send("GET", "/embed/youtube").await.status, 403);
    tick(&app);
    switched(
        &mut ada,
        "consent",
        &[("matter", "youtube"), ("is_given", "true")],
    )
    .await;
    assert_ne!(phone.send("GET", "/embed/youtube").await.status, 403);
    let shown = page(&mut ada).await;
    assert!(shown.contains("Refused on") && shown.contains("Allowed on"));
    let unknown = send(
        &mut ada,
        "consent",
        &[("matter", "x"), ("is_given", "true")],
    )
    .await;
    assert_eq!(unknown.status, 404);
    app.stop().await;
}
