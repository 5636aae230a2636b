//! One room on two nodes that share a database: what one decides holds on the other.

use protocol::ErrorCode;
use serde_json::json;
use testkit::{Closed, RoomClient, TestApp, TestBrowser};

use super::scene::{as_person, guest, held_by_both, join};
use crate::accounts::member;
use crate::two_nodes::TwoNodes;

/// Why `browser` does not come in where it is signed in, with the device of person `number`.
async fn refused(browser: &TestBrowser, room: &RoomClient, number: u32) -> ErrorCode {
    let follow = as_person(&room.code(), number);
    let refused = RoomClient::follow_as(browser, &follow).await.err();
    refused.expect("they may not come in").code
}

/// The same browser, with the session that it has, on the pages of another node.
fn moved(browser: &TestBrowser, app: &TestApp) -> TestBrowser {
    let mut moved = TestBrowser::new(app.address());
    moved.cookies.clone_from(&browser.cookies);
    moved
}

/// What the other node holds knows nothing of the guest, whose device would come in there as the member's.
#[tokio::test]
async fn a_guest_banned_on_one_node_does_not_come_in_on_another_by_signing_in() {
    let two = TwoNodes::start().await;
    let (here, there) = (&two.here, &two.there);
    let ada = member(there, "ada@example.org").await;
    let (mut host, _guest) = held_by_both(here, there).await;
    let troll = guest(here, &host.code(), 1).await;
    host.granted(json!({ "do": "ban", "person": troll.me() }))
        .await;
    assert_eq!(refused(&ada, &host, 1).await, ErrorCode::Banned);
    two.stop().await;
}

/// What the other node holds knows the device as a guest, who has left since, and knows nothing of the member.
#[tokio::test]
async fn a_member_banned_on_one_node_does_not_come_in_on_another_as_the_guest_they_were() {
    let two = TwoNodes::start().await;
    let (here, there) = (&two.here, &two.there);
    let ada = member(there, "ada@example.org").await;
    let (mut host, _guest) = held_by_both(here, there).await;
    // Their device is a guest of whom both know.
    let mut device = guest(here, &host.code(), 1).await;
    let _other = guest(there, &host.code(), 3).await;
    device.granted(json!({ "do": "leave" })).await;
    let laptop = as_person(&host.code(), 4);
    let troll = RoomClient::follow_as(&moved(&ada, here), &laptop).await;
    host.granted(json!({ "do": "ban", "person": troll.unwrap().me() }))
        .await;
    assert_eq!(refused(&ada, &host, 1).await, ErrorCode::Banned);
    two.stop().await;
}

/// Who says something where another node has sent them away finds the door closed, and is told why when they come back.
#[tokio::test]
async fn a_ban_on_one_node_closes_the_seat_on_another() {
    let two = TwoNodes::start().await;
    let (here, there) = (&two.here, &two.there);
    let (mut host, mut guest) = held_by_both(here, there).await;
    let code = host.code();
    host.granted(json!({ "do": "ban", "person": guest.me() }))
        .await;
    guest
        .send_command(json!({ "command": { "do": "chat", "text": "still here" } }))
        .await;
    assert_eq!(guest.closed().await, Closed(Some(1012)));
    let again = join(there, &as_person(&code, 2)).await.err();
    assert_eq!(again.map(|failure| failure.code), Some(ErrorCode::Banned));
    host.granted(json!({ "do": "chat", "text": "alone" })).await;
    let lines = host.state.chat.iter();
    let lines: Vec<&str> = lines.map(|line| line.text.expose().as_str()).collect();
    assert_eq!(lines, ["alone"]);
    two.stop().await;
}
