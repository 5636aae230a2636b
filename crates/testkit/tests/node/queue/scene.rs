//! A room with a queue and people in it.

use std::time::Duration;

use base::{ItemId, PersonId};
use protocol::Failure;
use protocol::room::{Answer, RejectCode};
use serde_json::{Value, json};
use testkit::{Closed, Follow, RoomClient, TestApp, device_key};

/// A room and its owner, who is person 0. Its queue is played in the order in which it was filled.
pub(super) async fn room(app: &TestApp) -> RoomClient {
    let mut host = RoomClient::create(app.address(), &device_key(0), "party").await;
    configure(&mut host, json!({ "mode": "fifo" })).await;
    host
}

/// Person `number`, with a key of their own.
pub(super) async fn guest(app: &TestApp, code: &str, number: u32) -> RoomClient {
    join(app, &as_person(code, number))
        .await
        .unwrap_or_else(|failure| panic!("person {number} comes in: {failure:?}"))
}

/// Person `number`, who may steer what plays.
pub(super) async fn dj(app: &TestApp, host: &mut RoomClient, number: u32) -> RoomClient {
    let mut dj = guest(app, &host.code(), number).await;
    let seq = host
        .granted(json!({ "do": "grant", "person": dj.me(), "rank": "dj" }))
        .await;
    dj.reach(seq).await;
    dj
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

pub(super) async fn configure(host: &mut RoomClient, change: Value) {
    host.granted(json!({ "do": "configure", "change": change }))
        .await;
}

/// A demo loop of `seconds`, as it is added.
pub(super) fn track(title: &str, seconds: u64) -> Value {
    json!({ "source": "demo", "name": title.to_lowercase(), "title": title, "duration_ms": seconds * 1_000 })
}

/// `add` for these titles, each of three minutes.
pub(super) fn add(titles: &[&str]) -> Value {
    add_of(titles, 180)
}

/// `add` for these titles, each of `seconds`.
pub(super) fn add_of(titles: &[&str], seconds: u64) -> Value {
    let items: Vec<Value> = titles.iter().map(|title| track(title, seconds)).collect();
    json!({ "do": "add", "items": items })
}

/// Fills the queue and plays its first item at once: nobody is waited for.
pub(super) async fn play(host: &mut RoomClient, titles: &[&str]) {
    configure(host, json!({ "wait_for": "never" })).await;
    host.granted(add(titles)).await;
    host.granted(json!({ "do": "play" })).await;
}

/// The item, on or in the queue, that is called `title`.
pub(super) fn item(client: &RoomClient, title: &str) -> ItemId {
    let mut all = client.state.current.iter().chain(&client.state.queue);
    let found = all.find(|item| item.title == title);
    found.unwrap_or_else(|| panic!("{title} is there")).id
}

/// What is on, by its title.
pub(super) fn on(client: &RoomClient) -> Option<&str> {
    let current = client.state.current.as_ref();
    current.map(|item| item.title.as_str())
}

/// Moves the clock on. `client` has heard what follows from that.
pub(super) async fn pass(app: &TestApp, client: &mut RoomClient, seconds: u64) {
    app.clock.advance(Duration::from_secs(seconds));
    settle(client).await;
}

/// `client` hears all that has happened so far.
pub(super) async fn settle(client: &mut RoomClient) {
    // It is refused, by which time everything that was due has happened.
    let refused = client
        .say(json!({ "if_seq": 0, "command": { "do": "skip" } }))
        .await;
    assert!(refusal(&refused).is_some());
    client.reach(seq(&refused)).await;
}

/// `client` hears that `other` has no seat any more.
pub(super) async fn hears_gone(client: &mut RoomClient, other: PersonId) {
    let is_known = |client: &RoomClient| client.state.people.iter().any(|one| one.id == other);
    client.until(is_known).await;
    client
        .until(|client| {
            let mut people = client.state.people.iter();
            people.all(|one| one.id != other || one.seats.is_empty())
        })
        .await;
}

/// All hear what everybody has heard.
pub(super) async fn level(clients: &mut [&mut RoomClient]) {
    for client in clients {
        settle(client).await;
    }
}

pub(super) const fn seq(answer: &Answer) -> u64 {
    match answer {
        Answer::Ok { seq, .. } | Answer::Reject { seq, .. } => *seq,
    }
}

pub(super) const fn refusal(answer: &Answer) -> Option<RejectCode> {
    match answer {
        Answer::Ok { .. } => None,
        Answer::Reject { code, .. } => Some(*code),
    }
}

/// Person `number`, whose seat another node has emptied, finds it again.
pub(super) async fn comes_back(mut client: RoomClient, app: &TestApp, number: u32) -> RoomClient {
    assert_eq!(client.closed().await, Closed(Some(1012)));
    let gone = client.cut();
    let back = gone.come_back(app.address(), &device_key(number)).await;
    back.unwrap_or_else(|failure| panic!("person {number} comes back: {failure:?}"))
}

/// A room that both nodes hold: the host's seat is here, a guest's there, and what the guest sees is behind from now on.
pub(super) async fn held_by_both(here: &TestApp, there: &TestApp) -> (RoomClient, RoomClient) {
    let mut host = room(here).await;
    // The room opens there anew, and the seats here are empty until their people come back.
    let guest = guest(there, &host.code(), 2).await;
    let hello = json!({ "command": { "do": "chat", "text": "hello" } });
    host.send_command(hello).await;
    (comes_back(host, here, 0).await, guest)
}
