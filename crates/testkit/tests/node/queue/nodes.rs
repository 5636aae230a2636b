//! One room on two nodes that share a database: what one decides holds on the other.

use protocol::ErrorCode;
use serde_json::json;
use testkit::Closed;
use testkit::postgres::Postgres;

use super::scene::{as_person, comes_back, guest, join, node_at, room};

/// Who says something where another node has sent them away finds the door closed, and is told why when they come back.
#[tokio::test]
async fn a_ban_on_one_node_closes_the_seat_on_another() {
    let postgres = Postgres::start().unwrap();
    let (here, there) = (node_at(&postgres).await, node_at(&postgres).await);
    let mut host = room(&here).await;
    let code = host.code();
    // The room opens there anew, and the seats here are empty until their people come back.
    let mut guest = guest(&there, &code, 1).await;
    let hello = json!({ "command": { "do": "chat", "text": "hello" } });
    host.send_command(hello).await;
    let mut host = comes_back(host, &here, 0).await;
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
