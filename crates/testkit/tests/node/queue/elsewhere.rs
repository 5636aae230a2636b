//! One room on two nodes that share a database: what is decided on one about the room is learned by the other, though nobody
//! there says a word.

use std::time::Duration;

use protocol::Goodbye;
use serde_json::{Value, json};
use testkit::http::{exchange, get};
use testkit::{Closed, RoomClient, TestApp, TestBrowser, device_key};

use super::scene::{configure, guest, held_by_both};
use crate::accounts::member;
use crate::two_nodes::TwoNodes;

/// Whatever was decided elsewhere is looked for within this time.
fn look(app: &TestApp) {
    app.clock.advance(Duration::from_secs(1));
}

async fn listed(app: &TestApp) -> u64 {
    let listed = get(app.address(), "/api/v1/rooms", &[]).await;
    let listed: Value = serde_json::from_str(&listed.body).unwrap();
    listed["total"].as_u64().unwrap()
}

/// The directory of a node lists that many rooms from some moment on.
async fn lists(app: &TestApp, total: u64) {
    while listed(app).await != total {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A listed room of a member here, in which a guest sits there.
async fn listed_room(
    here: &TestApp,
    there: &TestApp,
    ada: &TestBrowser,
) -> (RoomClient, RoomClient) {
    let queue = json!({ "preset": "party", "title": "Kitchen" });
    let create = json!({ "device_key": device_key(0), "queue": queue });
    let mut host = RoomClient::create_as(ada, create).await;
    configure(&mut host, json!({ "is_listed": true })).await;
    lists(here, 1).await;
    let guest = guest(there, &host.code(), 1).await;
    lists(there, 1).await;
    (host, guest)
}

async fn restrict(browser: &mut TestBrowser, is_on: &str) {
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
    ];
    let body = format!("is_on={is_on}");
    let form = browser.request("POST", "/privacy/me/restrict", &headers, body.as_bytes());
    assert_eq!(form.await.status, 303);
}

#[tokio::test]
async fn a_room_restricted_on_one_node_leaves_the_directory_of_another() {
    let two = TwoNodes::start().await;
    let (here, there) = (&two.here, &two.there);
    let mut ada = member(here, "ada@example.org").await;
    let (_host, _guest) = listed_room(here, there, &ada).await;
    restrict(&mut ada, "true").await;
    look(there);
    lists(there, 0).await;
    restrict(&mut ada, "false").await;
    look(there);
    lists(there, 1).await;
    two.stop().await;
}

#[tokio::test]
async fn a_room_that_one_node_ends_ends_on_another() {
    let two = TwoNodes::start().await;
    let (here, there) = (&two.here, &two.there);
    let mut ada = member(here, "ada@example.org").await;
    let (_host, mut guest) = listed_room(here, there, &ada).await;
    let leaving = json!({ "word": "erase", "now": true });
    let left = ada.send_json("DELETE", "/api/v1/account", &leaving).await;
    assert_eq!(left.status, 200, "{}", left.body);
    look(there);
    assert_eq!(guest.closed().await, Closed(Some(1000)));
    assert_eq!(guest.goodbye, Some(Goodbye::Ended));
    lists(there, 0).await;
    two.stop().await;
}

#[tokio::test]
async fn a_password_given_on_one_node_is_known_on_another() {
    let two = TwoNodes::start().await;
    let (here, there) = (&two.here, &two.there);
    let (host, mut guest) = held_by_both(here, there).await;
    let (code, token) = (host.code(), host.welcome.resume.expose().clone());
    let body = json!({ "password": "tide" }).to_string();
    let request = format!(
        "PUT /api/v1/rooms/{code}/password HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let set = exchange(here.address(), request.as_bytes()).await;
    assert_eq!(set.status, 204, "{}", set.body);
    look(there);
    guest.until(|guest| guest.welcome.room.has_password).await;
    two.stop().await;
}

#[tokio::test]
async fn what_happens_on_one_node_is_heard_on_another_and_who_is_sent_away_there_goes() {
    let two = TwoNodes::start().await;
    let (here, there) = (&two.here, &two.there);
    let (mut host, mut guest) = held_by_both(here, there).await;
    configure(&mut host, json!({ "title": "Cellar" })).await;
    look(there);
    guest.reach(host.position.seq).await;
    assert_eq!(guest.state.settings.title.as_deref(), Some("Cellar"));
    host.granted(json!({ "do": "ban", "person": guest.me() }))
        .await;
    look(there);
    assert_eq!(guest.closed().await, Closed(Some(1012)));
    two.stop().await;
}
