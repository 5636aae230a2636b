//! Adding, playing, going on.

use std::time::Duration;

use protocol::room::{Event, PausedBecause, Playback};
use serde_json::json;
use testkit::{Follow, RoomClient, TestApp, device_key};

use super::scene::{add, add_of, configure, guest, join, on, pass, play, room, settle};

/// Promise T9: nobody signs up.
#[tokio::test]
async fn what_one_adds_and_plays_another_hears() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    assert!(host.welcome.room.has_queue);
    let mut other = guest(&app, &host.code(), 1).await;
    host.granted(add(&["Moss", "Fern"])).await;
    let seq = host.granted(json!({ "do": "play" })).await;
    other.reach(seq).await;
    host.reach(seq).await;
    assert_eq!((on(&other), other.titles()), (Some("Moss"), vec!["Fern"]));
    assert_eq!(other.state, host.state);
}

/// What a client makes of the events is what the server says when asked for everything.
#[tokio::test]
async fn who_heard_every_event_and_who_just_came_see_the_same_room() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss", "Fern", "Reed", "Rush"]).await;
    for command in [
        json!({ "do": "chat", "text": "hello" }),
        json!({ "do": "skip" }),
        json!({ "do": "skip" }),
        json!({ "do": "previous" }),
        json!({ "do": "seek", "position_ms": 30_000 }),
        json!({ "do": "shuffle" }),
        add(&["Sedge"]),
        json!({ "do": "pause" }),
    ] {
        host.granted(command).await;
    }
    pass(&app, &mut host, 5).await;
    let newcomer = guest(&app, &host.code(), 1).await;
    host.reach(newcomer.position.seq).await;
    assert_eq!(host.state, newcomer.state);
    assert_eq!((host.snapshots, newcomer.snapshots), (1, 1));
}

/// The start, and its length, of each item that played, in order.
fn starts(client: &RoomClient) -> Vec<i64> {
    let mut starts = Vec::new();
    for event in &client.heard {
        if let Event::Playback {
            playback: Playback::Playing { start_at, .. },
            ..
        } = &event.event
            && starts.last() != Some(&start_at.unix_ms())
        {
            starts.push(start_at.unix_ms());
        }
    }
    starts
}

/// Case 17.
#[tokio::test]
async fn ten_tracks_in_a_row_leave_no_gap() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    configure(&mut host, json!({ "wait_for": "never" })).await;
    let titles: Vec<String> = ('A'..='J').map(String::from).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    host.granted(add_of(&titles, 3)).await;
    host.granted(json!({ "do": "play" })).await;
    for _ in 0..31 {
        // Ticks that fall anywhere: what follows is reckoned from the start, not from when somebody looked.
        app.clock.advance(Duration::from_millis(1_013));
        settle(&mut host).await;
    }
    let starts = starts(&host);
    assert_eq!(starts.len(), 10);
    assert!(starts.windows(2).all(|pair| pair[1] - pair[0] == 3_000));
}

/// Case 16.
#[tokio::test]
async fn a_room_that_nobody_hears_stands_still_where_they_left_it() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss", "Fern"]).await;
    pass(&app, &mut host, 60).await;
    let left = 60_000 - 400;
    let gone = host.cut();
    for _ in 0..4 {
        tokio::task::yield_now().await;
    }
    wait_until_unheard(&app).await;
    app.clock.advance(Duration::from_secs(600));
    let mut host = gone.come_back(app.address(), &device_key(0)).await.unwrap();
    settle(&mut host).await;
    assert_eq!(on(&host), Some("Moss"));
    let position = match host.state.playback {
        Playback::Playing { position_ms, .. } | Playback::Preparing { position_ms, .. } => {
            position_ms
        }
        other => panic!("it goes on by itself, not {other:?}"),
    };
    assert_eq!(position, left);
}

/// The server notices a cut a moment later.
async fn wait_until_unheard(app: &TestApp) {
    while app.app().open_sockets() > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
}

/// Case 16, with the other policy.
#[tokio::test]
async fn a_room_that_runs_on_is_where_the_law_says_after_it_was_unloaded() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    configure(&mut host, json!({ "when_empty": "run" })).await;
    play(&mut host, &["Moss", "Fern", "Reed"]).await;
    let (_, start, _) = host.playing().unwrap();
    let gone = host.cut();
    wait_until_unheard(&app).await;
    let app = app.restart().await;
    app.clock.advance(Duration::from_secs(200));
    let mut host = gone.come_back(app.address(), &device_key(0)).await.unwrap();
    settle(&mut host).await;
    assert_eq!(on(&host), Some("Fern"));
    assert_eq!(host.playing().unwrap().1, start + 180_000);
}

/// Case 19.
#[tokio::test]
async fn a_start_does_not_wait_for_ever_for_who_is_not_ready() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut late = guest(&app, &host.code(), 1).await;
    host.granted(add(&["Moss", "Fern"])).await;
    for (title, is_soft) in [("Moss", false), ("Fern", true)] {
        host.granted(json!({ "do": if is_soft { "skip" } else { "play" } }))
            .await;
        settle(&mut host).await;
        let Playback::Preparing {
            item,
            generation,
            deadline,
            ..
        } = host.state.playback
        else {
            panic!("it waits: {:?}", host.state.playback);
        };
        host.granted(
            json!({ "do": "ready", "item": item, "generation": generation, "rtt_ms": 40 }),
        )
        .await;
        pass(&app, &mut host, 3).await;
        let start = host.playing().expect("it starts").1;
        assert_eq!(on(&host), Some(title));
        assert_eq!(
            start - deadline.unix_ms(),
            400,
            "what a round trip of 40 ms takes"
        );
        let people = &host.state.people;
        let other = people.iter().find(|one| one.id == late.me()).unwrap();
        assert_eq!(
            other.is_soft, is_soft,
            "after two misses nobody waits for it"
        );
        settle(&mut late).await;
    }
}

/// Case 21.
#[tokio::test]
async fn who_comes_late_is_in_time_and_disturbs_nobody() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss"]).await;
    pass(&app, &mut host, 90).await;
    let before = host.state.playback;
    let mut late = guest(&app, &host.code(), 1).await;
    assert_eq!(late.state.playback, before);
    let (_, start, position) = late.playing().unwrap();
    let (answer, _) = late.probe().await;
    let heard = answer.answered.us() / 1_000 - start + i64::try_from(position).unwrap();
    assert_eq!(heard, 90_000 - 400, "where the joiner's player must be");
    late.granted(json!({ "do": "report", "player": { "class": "own-audio", "error_ms": 9 } }))
        .await;
    settle(&mut host).await;
    assert_eq!(host.state.playback, before);
    let people = &host.state.people;
    let seen = people.iter().find(|one| one.id == late.me()).unwrap();
    assert_eq!(seen.player.as_ref().unwrap().error_ms, Some(9));
}

#[tokio::test]
async fn the_time_is_told_finely_and_its_setting_is_noticed() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let (first, _) = host.probe().await;
    app.clock.advance(Duration::from_secs(7));
    let (second, _) = host.probe().await;
    assert_eq!(second.got.us() - first.got.us(), 7_000_000);
    assert_eq!(second.clock_epoch, first.clock_epoch);
    app.clock.set(host.welcome.now);
    let (third, _) = host.probe().await;
    assert_ne!(third.clock_epoch, first.clock_epoch);
}

#[tokio::test]
async fn a_pause_is_a_pause_for_who_comes_back_from_another_device() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss"]).await;
    pass(&app, &mut host, 10).await;
    host.granted(json!({ "do": "pause" })).await;
    let follow = Follow {
        code: host.code(),
        key: device_key(0),
        ..Follow::default()
    };
    let tab = join(&app, &follow).await.unwrap();
    assert_eq!(tab.me(), host.me());
    assert!(matches!(
        tab.state.playback,
        Playback::Paused {
            position_ms: 9_600,
            because: PausedBecause::Asked,
            ..
        }
    ));
}
