//! A cast beside the queue: who may cast, and who hears it.

use protocol::{ErrorCode, Goodbye, Role, ServerMessage, Welcome};
use serde_json::{Value, json};
use testkit::{Closed, RoomClient, TestApp, TestSocket, device_key};

use super::scene::{configure, guest, play, room, settle};

/// Person `number`, who wants to hear the cast.
fn to_hear(code: &str, number: u32) -> Value {
    let mut join = testkit::join(code);
    join["device_key"] = json!(device_key(number));
    join
}

/// Person `number`, who wants to cast.
fn to_cast(code: &str, number: u32) -> Value {
    let mut join = to_hear(code, number);
    join["cast"] = json!(true);
    join
}

async fn let_in(app: &TestApp, wish: Value) -> (TestSocket, Welcome) {
    let mut socket = app.socket().await;
    socket.say(wish).await;
    let welcome = socket.welcome().await;
    (socket, welcome)
}

async fn refused(app: &TestApp, wish: Value) -> ErrorCode {
    let mut socket = app.socket().await;
    socket.say(wish).await;
    socket.refusal().await.code
}

fn with_token(mut wish: Value, welcome: &Welcome) -> Value {
    wish["resume"] = json!(welcome.resume.expose());
    wish
}

/// The seat is sent away, and its socket closed.
async fn sent_away(socket: &mut TestSocket) {
    let last = socket.hear().await;
    let is_removed = matches!(
        last,
        ServerMessage::Leave {
            reason: Goodbye::Removed,
            ..
        }
    );
    assert!(is_removed, "{last:?}");
    assert_eq!(socket.closed().await, Closed(Some(1000)));
}

#[tokio::test]
async fn a_cast_in_a_room_with_a_queue_is_seen_by_all_and_ends_without_ending_the_room() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss"]).await;
    let (mut caster, welcome) = let_in(&app, to_cast(&host.code(), 0)).await;
    assert_eq!(welcome.you.role, Role::Caster);
    host.until(|host| host.state.cast.is_some()).await;
    assert_eq!(host.state.cast.unwrap().seat, welcome.you.id);
    let (_listener, welcome) = let_in(&app, to_hear(&host.code(), 0)).await;
    assert_eq!(welcome.you.role, Role::Listener, "hosts may listen too");
    assert!(matches!(
        caster.hear().await,
        ServerMessage::Joined { welcome: None, .. }
    ));
    caster.say(json!({ "kind": "leave" })).await;
    assert_eq!(caster.closed().await, Closed(Some(1000)));
    host.until(|host| host.state.cast.is_none()).await;
    host.granted(json!({ "do": "play" })).await;
    settle(&mut host).await;
    assert!(host.playing().is_some(), "the room plays on");
}

#[tokio::test]
async fn only_those_who_are_in_the_room_hear_its_cast() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    configure(&mut host, json!({ "is_locked": true })).await;
    let (_caster, _) = let_in(&app, to_cast(&host.code(), 0)).await;
    let nobody = testkit::join(&host.code());
    for stranger in [nobody, to_hear(&host.code(), 7)] {
        assert_eq!(refused(&app, stranger).await, ErrorCode::Follow);
    }
    let_in(&app, to_hear(&host.code(), 0)).await;
}

#[tokio::test]
async fn a_password_is_not_asked_of_who_is_in_the_room_and_hides_it_from_strangers() {
    let app = TestApp::start().await;
    let create = json!({ "device_key": device_key(0), "password": "hush", "queue": {} });
    let host = RoomClient::create_with(app.address(), create).await;
    let_in(&app, to_hear(&host.code(), 0)).await;
    let mut stranger = to_hear(&host.code(), 7);
    assert_eq!(refused(&app, stranger.clone()).await, ErrorCode::NoSuchRoom);
    stranger["password"] = json!("hush");
    assert_eq!(refused(&app, stranger).await, ErrorCode::Follow);
}

#[tokio::test]
async fn who_is_sent_away_hears_the_cast_no_more() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let (mut caster, _) = let_in(&app, to_cast(&host.code(), 0)).await;
    for (number, deed) in [(1, "kick"), (2, "ban")] {
        let guest = guest(&app, &host.code(), number).await;
        let wish = to_hear(&host.code(), number);
        let (mut listener, welcome) = let_in(&app, wish.clone()).await;
        caster.hear().await;
        host.granted(json!({ "do": deed, "person": guest.me() }))
            .await;
        sent_away(&mut listener).await;
        let told = caster.hear().await;
        assert!(
            matches!(told, ServerMessage::Leave { member, .. } if member == welcome.you.id),
            "the caster stops sending: {told:?}"
        );
        assert_eq!(refused(&app, wish.clone()).await, ErrorCode::Follow);
        let again = with_token(wish, &welcome);
        assert_eq!(refused(&app, again).await, ErrorCode::Follow);
    }
}

#[tokio::test]
async fn who_gave_the_room_away_casts_no_longer_than_the_new_owner_lets_them() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut heir = guest(&app, &host.code(), 1).await;
    let by_heir = to_cast(&host.code(), 1);
    assert_eq!(refused(&app, by_heir.clone()).await, ErrorCode::Forbidden);
    let (mut caster, welcome) = let_in(&app, to_cast(&host.code(), 0)).await;
    host.granted(json!({ "do": "transfer", "person": heir.me() }))
        .await;
    heir.granted(json!({ "do": "grant", "person": host.me(), "rank": "guest" }))
        .await;
    sent_away(&mut caster).await;
    heir.until(|heir| heir.state.cast.is_none()).await;
    let by_token = with_token(testkit::join(&host.code()), &welcome);
    let by_both = with_token(to_cast(&host.code(), 0), &welcome);
    for wish in [to_cast(&host.code(), 0), by_token, by_both] {
        assert_eq!(refused(&app, wish).await, ErrorCode::Forbidden);
    }
    let (_caster, welcome) = let_in(&app, by_heir).await;
    heir.until(|heir| heir.state.cast.is_some()).await;
    assert_eq!(heir.state.cast.unwrap().seat, welcome.you.id);
}

#[tokio::test]
async fn who_casts_from_another_page_may_do_so_when_their_seat_in_the_room_is_gone() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let dj = super::scene::dj(&app, &mut host, 1).await;
    let wish = to_cast(&host.code(), 1);
    let (caster, welcome) = let_in(&app, wish.clone()).await;
    drop(dj.cut());
    settle(&mut host).await;
    app.clock.advance(std::time::Duration::from_secs(130));
    settle(&mut host).await;
    assert_eq!(host.state.people.len(), 1, "the person is not here");
    assert!(host.state.cast.is_some(), "the cast goes on");
    drop(caster);
    let (_caster, again) = let_in(&app, with_token(wish, &welcome)).await;
    assert_eq!(again.you.id, welcome.you.id);
}
