//! How many devices come into a room.

use base::MemberId;
use protocol::room::Event;
use protocol::{ErrorCode, Goodbye};

use super::super::accounts::member;
use super::*;

/// A device that waits to be let in, and its seat.
async fn waits(app: &TestApp, wish: Value) -> (TestSocket, MemberId) {
    let mut socket = say(app, wish).await;
    let ServerMessage::Join { member } = socket.hear().await else {
        panic!("it waits")
    };
    (socket, member.id)
}

/// Lets in those who wait, one after the other, of whom the last must not come in; what the caster is told then.
async fn lets_in_all_but_the_last(
    caster: &mut TestSocket,
    waiting: &mut [(TestSocket, MemberId)],
) -> Failure {
    let last = waiting.len() - 1;
    for (place, (socket, id)) in waiting.iter_mut().enumerate() {
        let allow = json!({ "kind": "approve", "member": id, "allow": true });
        caster.say(allow).await;
        if place < last {
            socket.welcome().await;
        }
    }
    loop {
        if let ServerMessage::Error(failure) = caster.hear().await {
            return failure;
        }
    }
}

/// Promise S13: nothing that a client says lets one more device in.
#[tokio::test]
async fn a_room_takes_as_many_devices_as_its_hosts_plan_says() {
    let app = start().await;
    let (mut caster, room) = opened(&app, create()).await;
    assert_eq!(room.room.listeners_max, 2, "and the one that casts");
    let (first, _) = opened(&app, join(&code(&room))).await;
    let (_second, _) = opened(&app, join(&code(&room))).await;
    let mut wish = join(&code(&room));
    for (field, value) in [("plan", "pro"), ("role", "peer"), ("session_key", "none")] {
        wish[field] = json!(value);
    }
    wish["device_key"] = json!(key(9));
    let mut third = say(&app, wish).await;
    assert_eq!(third.refusal().await.code, ErrorCode::DeviceLimit);
    let mut first = first;
    first.say(json!({ "kind": "leave" })).await;
    first.closed().await;
    third.say(join(&code(&room))).await;
    third.welcome().await;
    // The host comes back however full it is.
    caster.say(json!({ "kind": "nonsense" })).await;
    caster.cut();
    let mut back = join(&code(&room));
    back["device_key"] = create()["device_key"].clone();
    opened(&app, back).await;
    app.stop().await;
}

#[tokio::test]
async fn letting_somebody_in_counts_as_coming_in() {
    let app = start().await;
    let mut wish = create();
    wish["ask_first"] = json!(true);
    let (mut caster, room) = opened(&app, wish).await;
    let mut waiting = Vec::new();
    for _ in 0..3 {
        waiting.push(waits(&app, join(&code(&room))).await);
    }
    let failure = lets_in_all_but_the_last(&mut caster, &mut waiting).await;
    assert_eq!(failure.code, ErrorCode::DeviceLimit);
    app.stop().await;
}

#[tokio::test]
async fn a_device_counts_once_in_a_room_with_a_queue() {
    let app = start().await;
    let mut wish = opening(1);
    wish["queue"] = json!({ "preset": "party" });
    let (_owner, room) = opened(&app, wish).await;
    let follow = |number: u32| {
        let mut wish = join(&code(&room));
        wish["follow"] = json!(true);
        wish["device_key"] = json!(key(number));
        wish
    };
    let (mut _another_tab, _) = opened(&app, follow(1)).await;
    let (_second, _) = opened(&app, follow(2)).await;
    let (_third, _) = opened(&app, follow(3)).await;
    assert_eq!(refused(&app, follow(4)).await.code, ErrorCode::DeviceLimit);
    let mut listening = join(&code(&room));
    listening["device_key"] = json!(key(3));
    let (_ears, welcome) = opened(&app, listening).await;
    assert_eq!(
        welcome.you.role,
        protocol::Role::Listener,
        "beside their own seat"
    );
    app.stop().await;
}

/// A wish to follow the queue of a room, by a device key.
fn follow(room: &Welcome, number: u32) -> Value {
    let mut wish = join(&code(room));
    wish["follow"] = json!(true);
    wish["device_key"] = json!(key(number));
    wish
}

/// A wish to hear the cast of a room whose queue this device follows.
fn listen(room: &Welcome, number: u32) -> Value {
    let mut wish = join(&code(room));
    wish["device_key"] = json!(key(number));
    wish
}

async fn opened_with_queue(app: &TestApp) -> (TestSocket, Welcome) {
    let mut wish = opening(1);
    wish["queue"] = json!({ "preset": "party" });
    opened(app, wish).await
}

/// Promise S13: a key that is passed around lets no crowd in, and shuts nobody out.
#[tokio::test]
async fn a_flood_by_one_key_takes_four_seats_and_shuts_nobody_out() {
    let app = start().await;
    let (owner, room) = opened_with_queue(&app).await;
    let mut flood = Vec::new();
    for _ in 0..4 {
        flood.push(opened(&app, follow(&room, 2)).await);
    }
    for wish in [follow(&room, 2), listen(&room, 2)] {
        assert_eq!(refused(&app, wish).await.code, ErrorCode::DeviceLimit);
    }
    let _third = opened(&app, follow(&room, 3)).await;
    let _ears = opened(&app, listen(&room, 3)).await;
    let _another_tab = opened(&app, follow(&room, 1)).await;
    let fourth = refused(&app, follow(&room, 4)).await;
    assert_eq!(fourth.code, ErrorCode::DeviceLimit, "three devices are in");
    let late = refused(&app, follow(&room, 3)).await;
    assert_eq!(
        late.code,
        ErrorCode::DeviceLimit,
        "more than two seats are for while there is room"
    );
    let (mut leaver, _) = flood.remove(0);
    leaver.say(json!({ "kind": "leave" })).await;
    leaver.closed().await;
    let again = refused(&app, follow(&room, 2)).await;
    assert_eq!(again.code, ErrorCode::DeviceLimit, "others have its place");
    drop(owner);
    app.stop().await;
}

/// Promise S13: whoever waited to be let in is counted as who walks in: by their device, and no more seats of it.
#[tokio::test]
async fn who_is_let_in_has_the_seats_that_their_device_has_and_no_more() {
    let app = start().await;
    let mut wish = opening(1);
    (wish["queue"], wish["ask_first"]) = (json!({ "preset": "party" }), json!(true));
    let (_owner, room) = opened(&app, wish).await;
    let mut casting = listen(&room, 1);
    casting["cast"] = json!(true);
    let (mut caster, _) = opened(&app, casting).await;
    let _second = opened(&app, follow(&room, 2)).await;
    let _third = opened(&app, follow(&room, 3)).await;
    assert_eq!(
        refused(&app, follow(&room, 4)).await.code,
        ErrorCode::DeviceLimit,
        "it is full"
    );
    let mut waiting = Vec::new();
    for number in [3, 2, 2] {
        waiting.push(waits(&app, listen(&room, number)).await);
    }
    let failure = lets_in_all_but_the_last(&mut caster, &mut waiting).await;
    assert_eq!(failure.code, ErrorCode::DeviceLimit, "two seats for each");
    app.stop().await;
}

#[tokio::test]
async fn whoever_opened_a_room_comes_back_into_a_flood() {
    let app = start().await;
    let (mut owner, room) = opened_with_queue(&app).await;
    let mut flood = Vec::new();
    for _ in 0..4 {
        flood.push(opened(&app, follow(&room, 2)).await);
    }
    owner.say(json!({ "kind": "leave" })).await;
    owner.closed().await;
    opened(&app, follow(&room, 1)).await;
    app.stop().await;
}

/// Waits until somebody who had several seats has none that is connected.
async fn until_a_crowd_is_away(owner: &mut TestSocket) {
    let mut crowd = None;
    loop {
        let ServerMessage::Events { events, .. } = owner.hear().await else {
            continue;
        };
        for told in events {
            let Event::Person { person } = told.event else {
                continue;
            };
            if person.seats.len() > 1 {
                crowd = Some(person.id);
            }
            if person.seats.is_empty() && crowd == Some(person.id) {
                return;
            }
        }
    }
}

/// A key whose seats have lost their sockets is one device still.
#[tokio::test]
async fn seats_without_a_connection_count_with_their_key() {
    let app = start().await;
    let (mut owner, room) = opened_with_queue(&app).await;
    let mut flood = Vec::new();
    for _ in 0..4 {
        flood.push(opened(&app, follow(&room, 2)).await.0);
    }
    for socket in flood {
        socket.cut();
    }
    until_a_crowd_is_away(&mut owner).await;
    let again = refused(&app, follow(&room, 2)).await;
    assert_eq!(again.code, ErrorCode::DeviceLimit, "they are kept a while");
    let _third = opened(&app, follow(&room, 3)).await;
    let fourth = refused(&app, follow(&room, 4)).await;
    assert_eq!(fourth.code, ErrorCode::DeviceLimit, "and so is the device");
    app.stop().await;
}

#[tokio::test]
async fn pro_has_no_limits_and_a_change_counts_within_two_seconds() {
    let app = start().await;
    let ada = member(&app, "ada@example.org").await;
    give_pro(&app, "ada@example.org", days_from_now(&app, 30)).await;
    let (mut caster, room) = opened_by(&app, &ada, opening(1)).await;
    assert_eq!((room.session, room.room.listeners_max), (None, 16));
    let mut listeners = Vec::new();
    for _ in 0..4 {
        listeners.push(opened(&app, join(&code(&room))).await.0);
    }
    app.clock.advance(MINUTE * 120);
    listeners.push(opened(&app, join(&code(&room))).await.0);
    give_pro(&app, "ada@example.org", None).await;
    let late = refused(&app, join(&code(&room))).await;
    assert_eq!(late.code, ErrorCode::DeviceLimit);
    let hour = base::Clock::now(&app.clock).after(MINUTE * 60);
    assert_eq!(
        notice(&mut caster).await,
        (Some(hour), None),
        "they go on as everybody does"
    );
    give_pro(&app, "ada@example.org", days_from_now(&app, 30)).await;
    opened(&app, join(&code(&room))).await;
    assert_eq!(
        notice(&mut caster).await,
        (None, None),
        "and have no end again"
    );
    app.clock.advance(MINUTE * 90);
    let (_, welcome) = opened(&app, join(&code(&room))).await;
    assert_eq!(welcome.session, None);
    app.stop().await;
}

/// Promise S13: what was read of a plan is believed for two seconds to the millisecond, so that joins in a row read it once.
#[tokio::test]
async fn a_join_after_another_reads_no_plan_and_a_change_counts_at_two_seconds() {
    let app = start().await;
    let ada = member(&app, "ada@example.org").await;
    give_pro(&app, "ada@example.org", days_from_now(&app, 30)).await;
    let (_caster, room) = opened_by(&app, &ada, opening(1)).await;
    let mut listeners = Vec::new();
    for _ in 0..3 {
        listeners.push(opened(&app, join(&code(&room))).await);
    }
    app.clock.advance(Duration::from_secs(2));
    listeners.push(opened(&app, join(&code(&room))).await);
    let account = account_of(&app, "ada@example.org").await;
    let store = app.store().await;
    let now = base::Clock::now(&app.clock);
    assert!(store.give_pro(account, None, now).await.unwrap());
    store.close().await;
    // Whoever read it now would read that the gift is gone.
    listeners.push(opened(&app, join(&code(&room))).await);
    app.clock.advance(Duration::from_millis(1_999));
    listeners.push(opened(&app, join(&code(&room))).await);
    app.clock.advance(Duration::from_millis(1));
    let late = refused(&app, join(&code(&room))).await;
    assert_eq!(late.code, ErrorCode::DeviceLimit);
    app.stop().await;
}

/// Whoever buys in the last minute hears the end of it no more.
#[tokio::test]
async fn what_is_bought_in_the_last_minutes_counts_before_the_end() {
    let app = start().await;
    let ada = member(&app, "ada@example.org").await;
    let (mut caster, room) = opened_by(&app, &ada, opening(1)).await;
    assert!(room.session.is_some());
    app.clock.advance(MINUTE * 59);
    assert_eq!(notice(&mut caster).await.1, Some(1));
    give_pro(&app, "ada@example.org", days_from_now(&app, 30)).await;
    app.clock.advance(Duration::from_secs(10));
    assert_eq!(notice(&mut caster).await, (None, None));
    app.clock.advance(MINUTE * 30);
    caster.say(json!({ "kind": "leave" })).await;
    let ServerMessage::Leave { reason, .. } = caster.hear().await else {
        panic!("it leaves when it wants to")
    };
    assert_eq!(reason, Goodbye::Ended);
    app.stop().await;
}

/// A guest who hosts, makes an account, brings the room along and buys: the room goes on.
#[tokio::test]
async fn a_room_that_is_brought_along_goes_by_its_members_plan() {
    let app = start().await;
    let (mut caster, room) = opened(&app, opening(1)).await;
    assert!(room.session.is_some());
    let mut ada = member(&app, "ada@example.org").await;
    let keys = json!({ "keys": [key(1)] });
    let brought = ada.post("/api/v1/account/devices", &keys).await;
    assert_eq!(brought.status, 200, "{}", brought.body);
    give_pro(&app, "ada@example.org", days_from_now(&app, 30)).await;
    app.clock.advance(MINUTE * 56);
    assert_eq!(notice(&mut caster).await, (None, None));
    app.clock.advance(MINUTE * 30);
    let (_, welcome) = opened(&app, join(&code(&room))).await;
    assert_eq!(welcome.session, None);
    app.stop().await;
}
