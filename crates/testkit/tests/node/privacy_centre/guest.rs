//! What rooms keep of a browser without an account.

use std::collections::BTreeSet;

use base::{OsEntropy, Timestamp};
use privacy::Subject;
use serde_json::{Value, json};
use store::Store;
use testkit::browser::json as read;
use testkit::{Follow, RoomClient, device_key};

use super::*;

const DOOR: &str = "/api/v1/privacy/guest";

fn at(code: &str, number: u32, name: &str) -> Follow {
    Follow {
        code: code.to_owned(),
        key: device_key(number),
        name: Some(name.to_owned()),
        ..Follow::default()
    }
}

#[tokio::test]
async fn a_guest_sees_and_erases_what_rooms_keep_by_the_keys_of_the_browser() {
    let app = start().await;
    let host = RoomClient::create(app.address(), &device_key(1), "party").await;
    let follow = at(&host.code(), 2, "Ben Canary");
    let mut ben = RoomClient::follow(app.address(), &follow).await.unwrap();
    ben.granted(json!({ "do": "chat", "text": "words-canary" }))
        .await;
    let mut guest = browser(&app);
    let keys = json!({ "keys": [device_key(2)] });
    let held = guest.post(DOOR, &keys).await;
    assert_eq!(held.status, 200, "{}", held.body);
    for canary in ["words-canary", "Ben Canary"] {
        assert!(held.body.contains(canary), "{canary}");
    }
    let copy = guest.post(&format!("{DOOR}/copy"), &keys).await;
    assert!(copy.status == 200 && copy.body.starts_with("PK"));
    let erased = guest.send_json("DELETE", DOOR, &keys).await;
    assert_eq!(erased.status, 200, "{}", erased.body);
    let receipt: Value = read(&erased);
    assert!(receipt["id"].is_string());
    let held: Value = read(&guest.post(DOOR, &keys).await);
    assert_eq!(held["tables"], json!({}));
    let host_keys = json!({ "keys": [device_key(1)] });
    let held = guest.post(DOOR, &host_keys).await;
    assert!(
        held.body.contains(&host.code()),
        "the room of the host stays"
    );
    guest.send_json("DELETE", DOOR, &host_keys).await;
    let held: Value = read(&guest.post(DOOR, &host_keys).await);
    assert_eq!(held["tables"], json!({}), "and goes with the host");
    app.stop().await;
}

#[tokio::test]
async fn keys_that_hold_nothing_get_a_receipt_and_fill_no_ledger() {
    let app = start().await;
    let host = RoomClient::create(app.address(), &device_key(1), "party").await;
    let mut guest = browser(&app);
    let store = app.store().await;
    let ledger = async || store.ledger_since(Timestamp::default()).await.unwrap();
    for number in 100..103 {
        let keys = json!({ "keys": [device_key(number)] });
        let erased = guest.send_json("DELETE", DOOR, &keys).await;
        assert_eq!(erased.status, 200, "{}", erased.body);
        let receipt: Value = read(&erased);
        assert!(receipt["id"].is_string());
        assert_eq!(receipt["counts"], json!({}));
    }
    assert_eq!(ledger().await, []);
    let keys = json!({ "keys": [device_key(1), device_key(104), device_key(105)] });
    let erased = guest.send_json("DELETE", DOOR, &keys).await;
    assert_eq!(erased.status, 200, "{}", erased.body);
    let receipt: Value = read(&erased);
    let lines = ledger().await;
    let their = lines.iter().filter(|line| receipt["id"] == line.receipt());
    assert_eq!(their.count(), lines.len());
    assert_eq!(lines.len(), 2, "the room {} was theirs", host.code());
    store.close().await;
    app.stop().await;
}

/// Everybody whom the database knows without an account, by each name.
async fn known(store: &Store) -> Vec<Subject> {
    let people = store.people_in_rooms("", 100).await.unwrap();
    let holders = store.free_holders("", 100).await.unwrap();
    let named = people.into_iter().chain(holders);
    let mut known: Vec<Subject> = named
        .map(|name| Subject::default().with_principal(name))
        .collect();
    for key in store.host_keys(&[], 100).await.unwrap() {
        known.push(Subject::default().with_device_key(&key));
    }
    known
}

/// A backup may know somebody by any of their names alone, so the ledger does too.
#[tokio::test]
async fn the_ledger_knows_a_guest_by_each_key_and_by_the_room_that_was_opened() {
    let app = start().await;
    let host = RoomClient::create(app.address(), &device_key(1), "party").await;
    let mut own = RoomClient::create(app.address(), &device_key(2), "party").await;
    own.granted(json!({ "do": "chat", "text": "mine" })).await;
    let follow = at(&host.code(), 3, "Ben");
    let mut ben = RoomClient::follow(app.address(), &follow).await.unwrap();
    ben.granted(json!({ "do": "chat", "text": "here" })).await;
    let store = app.store().await;
    let before = known(&store).await;
    let keys = json!({ "keys": [device_key(2), device_key(3)] });
    let erased = browser(&app).send_json("DELETE", DOOR, &keys).await;
    assert_eq!(erased.status, 200, "{}", erased.body);
    let after = known(&store).await;
    let mut gone = BTreeSet::new();
    for name in before.iter().filter(|name| !after.contains(name)) {
        let digest = app::ledger_digest(&store, name, &OsEntropy).await;
        gone.insert(digest.unwrap().to_vec());
    }
    assert_eq!(gone.len(), 3, "two people in rooms, and a key of a room");
    let ledger = store.ledger_since(Timestamp::default()).await.unwrap();
    let kept: BTreeSet<Vec<u8>> = ledger.into_iter().map(|line| line.subject).collect();
    assert_eq!(kept, gone);
    store.close().await;
    app.stop().await;
}

#[tokio::test]
async fn keys_that_are_none_or_too_many_or_asked_too_often_are_refused() {
    let app = start().await;
    let mut guest = browser(&app);
    let too_many: Vec<String> = (0..65).map(device_key).collect();
    for keys in [json!([]), json!(too_many), json!(["x".repeat(65)])] {
        let refused = guest.post(DOOR, &json!({ "keys": keys })).await;
        assert_eq!(refused.status, 404, "{}", refused.body);
    }
    let keys = json!({ "keys": [device_key(1)] });
    let mut last = 0;
    for _ in 0..21 {
        last = guest.post(DOOR, &keys).await.status;
    }
    assert_eq!(last, 429);
    let headers = [
        ("content-type", "application/json"),
        ("sec-fetch-site", "cross-site"),
    ];
    let body = keys.to_string();
    let foreign = guest
        .request("DELETE", DOOR, &headers, body.as_bytes())
        .await;
    assert_eq!(foreign.status, 403);
    app.stop().await;
}

/// Promise T21: the page names every key that this browser may keep, with why and how long, from the inventory.
#[tokio::test]
async fn the_page_names_all_that_this_browser_may_keep() {
    let app = start().await;
    let shown = page(&mut browser(&app)).await;
    for (kind, keys) in &app::App::inventory().browser_storage {
        for key in keys.keys() {
            let line = format!("data-kind=\"{kind}\" data-name=\"{key}\"");
            assert!(shown.contains(&line), "{line}");
        }
    }
    assert!(shown.contains("Without script this page cannot look into your browser"));
    app.stop().await;
}
