//! A room with a queue and people in it.

use std::time::Duration;

use base::ItemId;
use protocol::Failure;
use serde_json::{Value, json};
use testkit::{Follow, RoomClient, TestApp, device_key};

/// A room and its owner, who is person 0.
pub(super) async fn room(app: &TestApp) -> RoomClient {
    RoomClient::create(app.address(), &device_key(0), "party").await
}

/// Person `number`, with a key of their own.
pub(super) async fn guest(app: &TestApp, code: &str, number: u32) -> RoomClient {
    join(app, &as_person(code, number))
        .await
        .unwrap_or_else(|failure| panic!("person {number} comes in: {failure:?}"))
}

pub(super) fn as_person(code: &str, number: u32) -> Follow {
    Follow {
        code: code.to_owned(),
        key: device_key(number),
        name: Some(format!("Person {number}")),
        ..Follow::default()
    }
}

pub(super) async fn join(app: &TestApp, follow: &Follow) -> Result<RoomClient, Failure> {
    RoomClient::follow(app.address(), follow).await
}

/// A demo loop of `seconds`, as it is added.
pub(super) fn track(title: &str, seconds: u64) -> Value {
    json!({ "source": "demo", "name": title.to_lowercase(), "title": title, "duration_ms": seconds * 1_000 })
}

/// `add` for these titles, each of three minutes.
pub(super) fn add(titles: &[&str]) -> Value {
    let items: Vec<Value> = titles.iter().map(|title| track(title, 180)).collect();
    json!({ "do": "add", "items": items })
}

/// The item of the queue that is called `title`.
pub(super) fn item(client: &RoomClient, title: &str) -> ItemId {
    let mut all = client.state.current.iter().chain(&client.state.queue);
    let found = all.find(|item| item.title == title);
    found.unwrap_or_else(|| panic!("{title} is there")).id
}

/// Moves the clock and lets the room hear of it: `client` reads up to what follows from that.
pub(super) async fn pass(app: &TestApp, client: &mut RoomClient, span: Duration) {
    app.clock.advance(span);
    client
        .granted(json!({ "do": "react", "reaction": "heart" }))
        .await;
}

/// Everybody hears what everybody has heard.
pub(super) async fn level(clients: &mut [&mut RoomClient]) {
    let last = clients.iter().map(|client| client.position.seq).max();
    for client in clients {
        client.reach(last.unwrap_or(0)).await;
    }
}
