//! One room on two nodes that share a database: what one decides holds on the other.

use base::Secret;
use protocol::ErrorCode;
use serde_json::json;
use testkit::postgres::Postgres;
use testkit::{Closed, RoomClient, TestApp, device_key};

use super::scene::{as_person, guest, join, room};

async fn node_at(postgres: &Postgres) -> TestApp {
    let url = Secret::new(postgres.url());
    TestApp::start_with(|settings| {
        settings.database_url = Some(url);
        // Nodes that share a database share the key of what is sealed in it.
        settings.sealing_key = Some(Secret::new("5e".repeat(32)));
    })
    .await
}

/// Who says something where another node has sent them away finds the door closed, and is told why when they come back.
#[tokio::test]
async fn a_ban_on_one_node_closes_the_seat_on_another() {
    let postgres = Postgres::start().unwrap();
    let (here, there) = (node_at(&postgres).await, node_at(&postgres).await);
    let host = room(&here).await;
    let code = host.code();
    // The room opens there anew, and the seats here are empty until their people come back.
    let mut guest = guest(&there, &code, 1).await;
    let mut host = comes_back(host, &here).await;
    host.granted(json!({ "do": "ban", "person": guest.me() }))
        .await;
    guest
        .send_command(json!({ "command": { "do": "chat", "text": "still here" } }))
        .await;
    assert_eq!(guest.closed().await, Closed(Some(1012)));
    let again = join(&there, &as_person(&code, 1)).await.err();
    assert_eq!(again.map(|failure| failure.code), Some(ErrorCode::Banned));
    host.granted(json!({ "do": "chat", "text": "alone" })).await;
    let lines = host.state.chat.iter();
    let lines: Vec<&str> = lines.map(|line| line.text.expose().as_str()).collect();
    assert_eq!(lines, ["alone"]);
    here.stop().await;
    there.stop().await;
}

/// The host's seat is let go as soon as they say something, and found again.
async fn comes_back(mut host: RoomClient, app: &TestApp) -> RoomClient {
    host.send_command(json!({ "command": { "do": "chat", "text": "hello" } }))
        .await;
    assert_eq!(host.closed().await, Closed(Some(1012)));
    let gone = host.cut();
    gone.come_back(app.address(), &device_key(0)).await.unwrap()
}
