//! Who a member is in the rooms of others.

use protocol::{ErrorCode, Failure};
use testkit::{Follow, RoomClient, device_key};

use super::*;

/// A room with a queue that nobody limits.
async fn open_room(app: &TestApp) -> RoomClient {
    RoomClient::create(app.address(), &device_key(1), "party").await
}

async fn as_member(
    browser: &TestBrowser,
    room: &RoomClient,
    device: u32,
) -> Result<RoomClient, Failure> {
    let follow = Follow {
        code: room.code(),
        key: device_key(device),
        ..Follow::default()
    };
    RoomClient::follow_as(browser, &follow).await
}

async fn as_guest(app: &TestApp, room: &RoomClient, device: u32) -> Result<RoomClient, Failure> {
    let follow = Follow {
        code: room.code(),
        key: device_key(device),
        ..Follow::default()
    };
    RoomClient::follow(app.address(), &follow).await
}

#[tokio::test]
async fn a_member_is_one_person_on_each_device_and_another_without_the_account() {
    let app = start().await;
    let ada = member(&app, "ada@example.org").await;
    let room = open_room(&app).await;
    let laptop = as_member(&ada, &room, 2).await.unwrap();
    let phone = as_member(&ada, &room, 3).await.unwrap();
    assert_eq!(laptop.me(), phone.me());
    assert_ne!(laptop.me(), room.me());
    let signed_out = as_guest(&app, &room, 2).await.unwrap();
    assert_ne!(signed_out.me(), laptop.me());
    app.stop().await;
}

#[tokio::test]
async fn who_began_as_a_guest_goes_on_as_that_guest_after_signing_in() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let room = open_room(&app).await;
    let guest = as_guest(&app, &room, 2).await.unwrap();
    let member = as_member(&ada, &room, 2).await.unwrap();
    assert_eq!(member.me(), guest.me());
    let kept = json!({ "keys": [device_key(2)] });
    let brought = ada.post("/api/v1/account/devices", &kept).await;
    assert_eq!(brought.status, 200, "{}", brought.body);
    let elsewhere = as_member(&ada, &room, 3).await.unwrap();
    assert_eq!(elsewhere.me(), guest.me());
    app.stop().await;
}

#[tokio::test]
async fn a_ban_holds_for_the_member_and_for_the_device_that_signs_in() {
    let app = start().await;
    let ada = member(&app, "ada@example.org").await;
    let ben = member(&app, "ben@example.org").await;
    let mut room = open_room(&app).await;
    let first = as_member(&ada, &room, 2).await.unwrap();
    let second = as_guest(&app, &room, 4).await.unwrap();
    for person in [first.me(), second.me()] {
        let ban = json!({ "do": "ban", "person": person });
        room.granted(ban).await;
    }
    for (browser, device) in [(&ada, 3), (&ben, 4)] {
        let refused = as_member(browser, &room, device).await.err().unwrap();
        assert_eq!(refused.code, ErrorCode::Banned, "{device}");
    }
    app.stop().await;
}
