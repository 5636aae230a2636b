//! Lost sockets, owners that go, and processes that die.

use std::time::Duration;

use protocol::room::{Event, Rank, RoomState};
use serde_json::json;
use testkit::command::{address, banner, unisono};
use testkit::{Follow, RoomClient, TestApp, device_key};

use super::scene::{
    add, as_person, configure, dj, guest, hears_gone, item, join, level, on, pass, play, room,
    settle, track,
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

/// What a room is, but for the sockets of those who are in it.
fn whole(client: &RoomClient) -> RoomState {
    let mut state = client.state.clone();
    state.people.iter_mut().for_each(|one| one.seats.clear());
    state
}

/// A room with something of everything that is kept, and two people in it.
struct LivedIn {
    host: RoomClient,
    guest: RoomClient,
    /// The guest's latest change.
    skipped: u64,
}

impl LivedIn {
    async fn new(app: &TestApp, mode: &str) -> Self {
        let queue = json!({ "preset": "party", "title": "Garden" });
        let create = json!({ "device_key": device_key(0), "device": { "form": "computer", "name": "Ana" }, "queue": queue });
        let mut host = RoomClient::create_with(app.address(), create).await;
        let rules = json!({ "mode": mode, "skip_percent": 100, "grants": { "guest": ["chat"] } });
        configure(&mut host, rules).await;
        play(&mut host, &["Moss", "Fern", "Reed", "Rush"]).await;
        let banned = guest(app, &host.code(), 2).await;
        host.granted(json!({ "do": "ban", "person": banned.me() }))
            .await;
        let mut guest = dj(app, &mut host, 1).await;
        guest.granted(add(&["Ash", "Birch"])).await;
        let skipped = guest.granted(json!({ "do": "skip" })).await;
        guest.reach(skipped).await;
        let invite =
            json!({ "do": "invite", "rank": "listener", "uses": 3, "expires_in_s": 3_600 });
        host.granted(invite).await;
        host.granted(json!({ "do": "chat", "text": "hello" })).await;
        let birch = item(&guest, "Birch");
        for command in [
            json!({ "do": "chat", "text": "hello to you" }),
            json!({ "do": "suggest", "item": track("Sedge", 60) }),
            json!({ "do": "vote", "item": birch }),
            json!({ "do": "report", "player": { "class": "own-audio", "error_ms": 9 } }),
        ] {
            guest.granted(command).await;
        }
        level(&mut [&mut host, &mut guest]).await;
        Self {
            host,
            guest,
            skipped,
        }
    }

    /// Everything in which it can be told from others is there.
    fn has_all(&self) -> bool {
        let state = &self.host.state;
        let items = [&state.queue, &state.suggestions, &state.history];
        let has_items = items.iter().all(|items| !items.is_empty());
        let votes: u32 = state.queue.iter().map(|item| item.votes).sum();
        let invites = self.host.mine.as_ref().unwrap().invites.len();
        has_items
            && (votes, state.banned) == (1, 1)
            && (state.people.len(), state.chat.len(), invites) == (2, 2, 1)
            && state.people.iter().any(|one| one.player.is_some())
    }

    /// Everybody's sockets are cut, the process begins anew, and nothing is otherwise.
    async fn assert_back(self, app: &TestApp) {
        let Self {
            host,
            guest,
            skipped,
        } = self;
        let (before, code) = (whole(&host), host.code());
        let (hosts, guests) = (host.mine.clone(), guest.mine.clone());
        let host = host.cut().come_back(app.address(), &device_key(0)).await;
        let guest = guest.cut().come_back(app.address(), &device_key(1)).await;
        let (mut host, mut guest) = (host.unwrap(), guest.unwrap());
        assert_eq!((host.snapshots, guest.snapshots), (0, 0), "no reload");
        // A tab of the host's that was not there before gets what the server has kept, not what anybody remembers.
        let tab = Follow {
            code,
            key: device_key(0),
            ..Follow::default()
        };
        let tab = join(app, &tab).await.unwrap();
        level(&mut [&mut host, &mut guest]).await;
        assert_eq!((tab.snapshots, &tab.state), (1, &host.state));
        for client in [&host, &guest, &tab] {
            assert_eq!(whole(client), before);
        }
        assert_eq!(
            (&host.mine, &tab.mine, &guest.mine),
            (&hosts, &hosts, &guests)
        );
        // What nobody sees is there as well: what was on before, and that it was the guest who let it go.
        guest.granted(json!({ "do": "undo", "seq": skipped })).await;
        settle(&mut guest).await;
        assert_eq!(on(&guest), Some("Moss"));
    }
}

/// Case 30, in one process: every room is what it was, to the digit.
#[tokio::test]
async fn a_restart_brings_every_room_back_as_it_was() {
    let app = TestApp::start().await;
    let mut rooms = Vec::new();
    for mode in ["votes", "turns", "fifo", "curated"] {
        rooms.push(LivedIn::new(&app, mode).await);
    }
    rooms[1].host.granted(json!({ "do": "pause" })).await;
    app.clock.advance(Duration::from_secs(30));
    for LivedIn { host, guest, .. } in &mut rooms {
        level(&mut [host, guest]).await;
    }
    assert!(rooms.iter().all(LivedIn::has_all));
    let app = app.restart().await;
    for room in rooms {
        room.assert_back(&app).await;
    }
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
