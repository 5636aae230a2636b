//! A member's room is theirs on each device that is signed in.

use protocol::room::Rank;
use testkit::{Follow, RoomClient, device_key};

use super::*;

fn at(code: &str, number: u32) -> Follow {
    Follow {
        code: code.to_owned(),
        key: device_key(number),
        ..Follow::default()
    }
}

async fn open(browser: &TestBrowser, password: Option<&str>) -> RoomClient {
    let queue = json!({ "preset": "party", "title": "Kitchen" });
    let create = json!({ "device_key": device_key(1), "queue": queue, "password": password });
    RoomClient::create_as(browser, create).await
}

/// The same member on another device.
async fn other_device(app: &TestApp, email: &str) -> TestBrowser {
    let mut other = browser(app).called("Mozilla/5.0 (iPhone) Safari/605");
    tick(app);
    assert_eq!(sign_in(&mut other, email, PASSWORD).await.status, 200);
    other
}

fn rank(client: &RoomClient) -> Rank {
    let me = client.me();
    let person = client.state.people.iter().find(|it| it.id == me);
    person.unwrap().rank
}

#[tokio::test]
async fn an_owner_who_is_signed_in_owns_the_room_on_another_device_without_its_key() {
    let app = start().await;
    let laptop = member(&app, "ana@example.org").await;
    let phone = other_device(&app, "ana@example.org").await;
    let room = open(&laptop, Some("between us")).await;
    let code = room.code();
    let mut there = RoomClient::follow_as(&phone, &at(&code, 2)).await.unwrap();
    assert_eq!(there.me(), room.me(), "one person on two devices");
    assert_eq!(rank(&there), Rank::Owner);
    there
        .granted(json!({ "do": "configure", "change": { "mode": "fifo" } }))
        .await;

    let ben = member(&app, "ben@example.org").await;
    let stranger = RoomClient::follow_as(&ben, &at(&code, 3)).await;
    assert!(stranger.is_err(), "another member needs the password");
    let guest = RoomClient::follow(app.address(), &at(&code, 4)).await;
    assert!(guest.is_err());
    let by_key = RoomClient::follow(app.address(), &at(&code, 1)).await;
    assert_eq!(by_key.unwrap().me(), room.me(), "the key still opens it");
    app.stop().await;
}

#[tokio::test]
async fn a_guests_room_that_was_brought_along_is_theirs_everywhere() {
    let app = start().await;
    let queue = json!({ "preset": "party" });
    let create = json!({ "device_key": device_key(1), "queue": queue });
    let room = RoomClient::create_with(app.address(), create).await;
    let mut laptop = member(&app, "ana@example.org").await;
    let keys = json!({ "keys": [device_key(1)] });
    let brought = laptop.post("/api/v1/account/devices", &keys).await;
    let brought: Value = read(&brought);
    assert_eq!(
        brought,
        json!({ "rooms": 1, "pages": 0, "has_name": false })
    );
    let phone = other_device(&app, "ana@example.org").await;
    let there = RoomClient::follow_as(&phone, &at(&room.code(), 2))
        .await
        .unwrap();
    assert_eq!((there.me(), rank(&there)), (room.me(), Rank::Owner));
    app.stop().await;
}

#[tokio::test]
async fn two_devices_of_an_owner_that_come_at_once_are_one_owner() {
    let app = start().await;
    let laptop = member(&app, "ana@example.org").await;
    let phone = other_device(&app, "ana@example.org").await;
    let tablet = other_device(&app, "ana@example.org").await;
    let room = open(&laptop, None).await;
    let (code, owner) = (room.code(), room.me());
    // Nobody is left, so the room is read from the store again by whoever comes first.
    drop(room);
    let (first, second) = (at(&code, 2), at(&code, 3));
    let (first, second) = tokio::join!(
        RoomClient::follow_as(&phone, &first),
        RoomClient::follow_as(&tablet, &second)
    );
    for client in [first.unwrap(), second.unwrap()] {
        assert_eq!((client.me(), rank(&client)), (owner, Rank::Owner));
        let owners = client.state.people.iter();
        let owners = owners.filter(|person| person.rank == Rank::Owner);
        assert_eq!(owners.count(), 1);
    }
    app.stop().await;
}

#[tokio::test]
async fn a_room_that_was_given_away_is_not_taken_back_by_another_device() {
    let app = start().await;
    let laptop = member(&app, "ana@example.org").await;
    let mut room = open(&laptop, None).await;
    let ben = RoomClient::follow(app.address(), &at(&room.code(), 4))
        .await
        .unwrap();
    room.granted(json!({ "do": "transfer", "person": ben.me() }))
        .await;
    let phone = other_device(&app, "ana@example.org").await;
    let there = RoomClient::follow_as(&phone, &at(&room.code(), 2))
        .await
        .unwrap();
    assert_eq!(there.me(), room.me());
    assert!(rank(&there) < Rank::Owner);
    app.stop().await;
}
