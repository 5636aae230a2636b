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
async fn a_guest_who_signs_in_stays_the_guest_also_where_the_member_is_known() {
    let app = start().await;
    let ada = member(&app, "ada@example.org").await;
    let mut room = open_room(&app).await;
    let guest = as_guest(&app, &room, 2).await.unwrap();
    let laptop = as_member(&ada, &room, 3).await.unwrap();
    let phone = as_member(&ada, &room, 2).await.unwrap();
    assert_eq!(phone.me(), guest.me());
    room.granted(json!({ "do": "ban", "person": guest.me() }))
        .await;
    let refused = as_member(&ada, &room, 2).await.err().unwrap();
    assert_eq!(refused.code, ErrorCode::Banned);
    let again = as_member(&ada, &room, 3).await.unwrap();
    assert_eq!(again.me(), laptop.me());
    app.stop().await;
}

#[tokio::test]
async fn nobody_is_another_member_who_used_the_browser_before() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let ben = member(&app, "ben@example.org").await;
    let room = open_room(&app).await;
    let adas = as_member(&ada, &room, 2).await.unwrap();
    let guest = as_guest(&app, &room, 3).await.unwrap();
    let kept = json!({ "keys": [device_key(3)] });
    let brought = ada.post("/api/v1/account/devices", &kept).await;
    assert_eq!(brought.status, 200, "{}", brought.body);
    for device in [2, 3] {
        let bens = as_member(&ben, &room, device).await.unwrap();
        assert!(![adas.me(), guest.me()].contains(&bens.me()), "{device}");
    }
    let own = RoomClient::create_as(&ada, json!({ "device_key": device_key(4), "queue": {} }));
    let own = own.await;
    let bens = as_member(&ben, &own, 4).await.unwrap();
    assert_ne!(bens.me(), own.me(), "the key of the host is not the host");
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
