//! Lost sockets, owners that go, and processes that die.

use std::time::Duration;

use protocol::room::{Event, Rank};
use serde_json::json;
use testkit::command::{address, banner, unisono};
use testkit::{RoomClient, TestApp, device_key};

use super::scene::{
    add, as_person, configure, dj, guest, hears_gone, item, join, level, on, pass, play, room,
    settle,
};

/// The server has noticed that `count` sockets are left.
async fn wait_for_sockets(app: &TestApp, count: usize) {
    while app.app().open_sockets() > count {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Case 24.
#[tokio::test]
async fn who_comes_back_within_a_minute_has_missed_nothing() {
    let app = TestApp::start().await;
    let (mut host, mut guest) = taking_turns(&app).await;
    let (fern, ash) = (item(&guest, "Fern"), item(&guest, "Ash"));
    guest.granted(json!({ "do": "vote", "item": fern })).await;
    guest
        .granted(json!({ "do": "vote-skip", "item": ash }))
        .await;
    settle(&mut guest).await;
    let (me, before) = (guest.me(), guest.position.seq);
    let (playback, mine) = (guest.state.playback, guest.mine.clone());
    let gone = guest.cut();
    hears_gone(&mut host, me).await;
    host.granted(add(&["Sedge"])).await;
    host.granted(json!({ "do": "chat", "text": "come back" }))
        .await;
    pass(&app, &mut host, 60).await;
    let mut back = gone.come_back(app.address(), &device_key(1)).await.unwrap();
    assert_eq!((back.me(), back.snapshots), (me, 0));
    host.reach(back.position.seq).await;
    let missed: Vec<_> = host
        .heard
        .iter()
        .filter(|event| event.seq > before)
        .collect();
    assert!(back.heard.iter().eq(missed), "all of it, in order");
    let is_line = |event: &protocol::room::RoomEvent| matches!(event.event, Event::Chat { .. });
    assert!(back.heard.iter().any(is_line), "what was said meanwhile");
    assert_eq!(back.mine, mine, "grants and votes are kept");
    assert!(mine.is_some_and(|mine| mine.votes == [fern] && mine.has_voted_skip));
    assert_eq!((back.state.queue[0].votes, back.state.skip.votes), (1, 1));
    assert_eq!(rank(&back, me), Rank::Dj);
    assert_eq!(back.state.playback, playback, "the music went on");
    assert_eq!(back.state, host.state);
    back.granted(add(&["Cedar"])).await;
    let mut played = Vec::new();
    for _ in 0..5 {
        host.granted(json!({ "do": "skip" })).await;
        settle(&mut host).await;
        played.extend(on(&host).map(str::to_owned));
    }
    assert_eq!(played, ["Fern", "Birch", "Reed", "Cedar", "Sedge"]);
}

/// The host and a guest take turns. One item of each has come on: the guest's is, and the host's turn is next.
async fn taking_turns(app: &TestApp) -> (RoomClient, RoomClient) {
    let mut host = room(app).await;
    configure(&mut host, json!({ "mode": "turns", "skip_percent": 100 })).await;
    play(&mut host, &["Moss", "Fern", "Reed"]).await;
    let mut guest = dj(app, &mut host, 1).await;
    guest.granted(add(&["Ash", "Birch"])).await;
    host.granted(json!({ "do": "skip" })).await;
    level(&mut [&mut host, &mut guest]).await;
    assert_eq!(
        (on(&guest), guest.titles()),
        (Some("Ash"), vec!["Fern", "Birch", "Reed"])
    );
    (host, guest)
}

fn rank(client: &RoomClient, person: base::PersonId) -> Rank {
    let mut people = client.state.people.iter();
    people.find(|one| one.id == person).unwrap().rank
}

#[tokio::test]
async fn who_was_away_for_too_much_gets_the_whole_room() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let guest = guest(&app, &host.code(), 1).await;
    let gone = guest.cut();
    wait_for_sockets(&app, 1).await;
    for number in 0..260 {
        let title = format!("Room {number}");
        configure(&mut host, json!({ "title": title })).await;
        configure(&mut host, json!({ "title": "Kitchen" })).await;
        // As fast as one person may.
        app.clock.advance(Duration::from_millis(500));
    }
    let back = gone.come_back(app.address(), &device_key(1)).await.unwrap();
    assert_eq!(back.snapshots, 1);
    host.reach(back.position.seq).await;
    assert_eq!(back.state, host.state);
}

#[tokio::test]
async fn a_position_that_never_was_brings_the_whole_room() {
    let app = TestApp::start().await;
    let host = room(&app).await;
    for (epoch, seq) in [(host.position.epoch + 1, 1), (host.position.epoch, 99)] {
        let mut follow = as_person(&host.code(), 1);
        follow.last = Some(protocol::room::Position { epoch, seq });
        assert_eq!(join(&app, &follow).await.unwrap().snapshots, 1);
    }
}

/// Case 26: a drop.
#[tokio::test]
async fn an_owner_who_drops_has_two_minutes_and_regains_the_room_later() {
    let app = TestApp::start().await;
    let host = room(&app).await;
    let (code, owner) = (host.code(), host.me());
    let mut first = guest(&app, &code, 1).await;
    let _second = guest(&app, &code, 2).await;
    drop(host.cut());
    hears_gone(&mut first, owner).await;
    pass(&app, &mut first, 119).await;
    let pause = json!({ "do": "configure", "change": { "title": "Mine" } });
    let early = first.command(pause.clone()).await;
    assert!(super::scene::refusal(&early).is_some(), "still the owner's");
    pass(&app, &mut first, 2).await;
    first.granted(pause).await;
    let mut host = join(&app, &as_person(&code, 0)).await.unwrap();
    assert_eq!(rank(&host, host.me()), Rank::Owner);
    host.granted(json!({ "do": "configure", "change": { "title": "Ours" } }))
        .await;
    settle(&mut first).await;
    let late = first
        .command(json!({ "do": "configure", "change": { "title": "Mine" } }))
        .await;
    assert!(super::scene::refusal(&late).is_some(), "the owner is back");
}

/// Case 26: a farewell.
#[tokio::test]
async fn when_an_owner_leaves_the_next_takes_over_and_the_room_lives() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss"]).await;
    let mut first = guest(&app, &host.code(), 1).await;
    let mut second = guest(&app, &host.code(), 2).await;
    host.granted(json!({ "do": "grant", "person": second.me(), "rank": "dj" }))
        .await;
    host.granted(json!({ "do": "leave" })).await;
    settle(&mut second).await;
    second.granted(json!({ "do": "pause" })).await;
    configure(&mut second, json!({ "title": "Hers" })).await;
    settle(&mut first).await;
    let refused = first
        .command(json!({ "do": "configure", "change": { "title": "His" } }))
        .await;
    assert!(super::scene::refusal(&refused).is_some());
    assert_eq!(first.state.settings.title.as_deref(), Some("Hers"));
}

#[tokio::test]
async fn an_empty_room_is_let_go_of_and_later_closed() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss"]).await;
    let gone = host.cut();
    wait_for_sockets(&app, 0).await;
    for _ in 0..20 {
        app.clock.advance(Duration::from_secs(20));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(app.app().open_rooms(), 0);
    let host = gone.come_back(app.address(), &device_key(0)).await.unwrap();
    assert_eq!(on(&host), Some("Moss"));
    let gone = host.cut();
    wait_for_sockets(&app, 0).await;
    app.clock.advance(Duration::from_secs(13 * 3_600));
    let refused = gone.come_back(app.address(), &device_key(0)).await;
    assert_eq!(refused.err().unwrap().code, protocol::ErrorCode::Ended);
}

/// Case 30, in one process: the room is what it was, to the digit.
#[tokio::test]
async fn a_restart_brings_every_room_back_as_it_was() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss", "Fern"]).await;
    let guest = guest(&app, &host.code(), 1).await;
    pass(&app, &mut host, 30).await;
    let (playback, guest) = (host.state.playback, guest.cut());
    let host = host.cut();
    let app = app.restart().await;
    let host = host.come_back(app.address(), &device_key(0)).await.unwrap();
    let guest = guest
        .come_back(app.address(), &device_key(1))
        .await
        .unwrap();
    assert_eq!((host.snapshots, guest.snapshots), (0, 0), "no reload");
    assert_eq!(host.state.playback, playback);
    assert_eq!(guest.state.playback, playback);
}

/// Case 30, with a process that is killed.
#[tokio::test]
async fn a_killed_process_loses_neither_the_track_nor_the_time() {
    let folder = tempfile::tempdir().unwrap();
    let start = async || {
        let mut command = unisono(&["serve"], folder.path());
        command.env("UNISONO_LISTEN", "127.0.0.1:0");
        let (server, text) = banner(&mut command).await;
        (server, address(&text))
    };
    let (mut server, node) = start().await;
    let mut host = RoomClient::create(node, &device_key(0), "party").await;
    play(&mut host, &["Moss", "Fern"]).await;
    let mut guest = RoomClient::follow(node, &as_person(&host.code(), 1))
        .await
        .unwrap();
    settle(&mut host).await;
    settle(&mut guest).await;
    let (playing, hearing) = (host.playing(), guest.position.seq);
    server.kill().await.unwrap();
    let (host, guest) = (host.cut(), guest.cut());
    let (_server, node) = start().await;
    let mut host = host.come_back(node, &device_key(0)).await.unwrap();
    let mut guest = guest.come_back(node, &device_key(1)).await.unwrap();
    assert_eq!((host.snapshots, guest.snapshots), (0, 0), "no reload");
    assert_eq!(guest.heard.first().unwrap().seq, hearing + 1);
    settle(&mut host).await;
    settle(&mut guest).await;
    assert_eq!((host.playing(), guest.playing()), (playing, playing));
    assert_eq!(host.state, guest.state);
    let (answer, _) = host.probe().await;
    let off_ms = answer.answered.us() / 1_000 - clock_now_ms();
    assert!(off_ms.abs() <= 50, "the room's clock is {off_ms} ms off");
}

fn clock_now_ms() -> i64 {
    base::Clock::now(&base::SystemClock).unix_ms()
}
