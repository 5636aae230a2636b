//! Bad input, floods and slow readers: refused or limited with a reason, and the room plays on.

use std::time::Duration;

use protocol::ErrorCode;
use protocol::room::{Answer, PausedBecause, PersonView, Playback, RejectCode};
use serde_json::json;
use testkit::{Closed, RoomClient, TestApp, TestSocket};

use super::scene::{
    add, as_person, configure, guest, item, join, level, on, pass, play, refusal, room, settle,
    track,
};

/// Case 28. The rule: what is no finite number is refused; any other goes to the nearest millisecond of the item.
#[tokio::test]
async fn positions_that_make_no_sense_are_refused_or_clamped() {
    const LENGTH_MS: u64 = 180_000;
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss", "Fern"]).await;
    // While it stands still, where it stands is exact.
    host.granted(json!({ "do": "pause" })).await;
    settle(&mut host).await;
    let (state, seq) = (host.state.clone(), host.position.seq);
    let seek = |number: &str| {
        format!(
            r#"{{"kind":"command","cmd_id":"x","command":{{"do":"seek","position_ms":{number}}}}}"#
        )
    };
    for number in ["NaN", "Infinity", "-Infinity"] {
        host.send_text(seek(number)).await;
        host.until(|host| !host.errors.is_empty()).await;
        assert_eq!(host.errors.remove(0).code, ErrorCode::Invalid, "{number}");
    }
    for number in ["1e999", "-1e999", "null", "\"5\""] {
        host.send_text(seek(number)).await;
        let answer = host.answer("x").await;
        assert_eq!(refusal(&answer), Some(RejectCode::Invalid), "{number}");
        assert_eq!(super::scene::seq(&answer), seq, "{number}");
    }
    settle(&mut host).await;
    assert_eq!((&host.state, host.position.seq), (&state, seq));
    for (position, stands_at) in [
        (5.5, 6),
        (-0.4, 0),
        (60_000.0, 60_000),
        (-1.0, 0),
        (1e12, LENGTH_MS),
        (-1e300, 0),
        (LENGTH_MS as f64, LENGTH_MS),
        (0.0, 0),
        (LENGTH_MS as f64 + 1.0, LENGTH_MS),
        (1e300, LENGTH_MS),
    ] {
        host.granted(json!({ "do": "seek", "position_ms": position }))
            .await;
        settle(&mut host).await;
        assert_eq!(paused_at(&host), Some(stands_at), "{position}");
        assert_eq!(on(&host), Some("Moss"), "{position}");
    }
    // At its end it makes way as soon as it moves, and the room plays on.
    host.granted(json!({ "do": "play" })).await;
    pass(&app, &mut host, 1).await;
    assert!(host.playing().is_some() && on(&host) == Some("Fern"));
}

/// Where the room stands still because somebody asked for it.
fn paused_at(client: &RoomClient) -> Option<u64> {
    match client.state.playback {
        Playback::Paused {
            position_ms,
            because: PausedBecause::Asked,
            ..
        } => Some(position_ms),
        _ => None,
    }
}

#[tokio::test]
async fn a_command_that_breaks_a_bound_is_answered_by_its_name() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let seq = host.position.seq;
    let secret = json!({ "source": "address", "url": "https://canary:canary@a.example/a.mp3" });
    let picture = json!({ "source": "file", "sha256": "0".repeat(64), "bytes": 9, "media_type": "image/png" });
    for command in [
        json!({ "do": "add", "items": [secret] }),
        json!({ "do": "suggest", "item": picture }),
        json!({ "do": "chat", "text": "x".repeat(501) }),
        json!({ "do": "dance" }),
        json!(null),
    ] {
        let answer = host.command(command.clone()).await;
        assert_eq!(refusal(&answer), Some(RejectCode::Invalid), "{command}");
        assert_eq!(super::scene::seq(&answer), seq, "{command}");
        assert!(!format!("{answer:?}").contains("canary"), "{answer:?}");
    }
    let film = json!({ "source": "file", "sha256": "0".repeat(64), "bytes": 9, "media_type": "video/mp4" });
    host.granted(json!({ "do": "add", "items": [film] })).await;
}

/// Case 28.
#[tokio::test]
async fn frames_that_are_too_long_end_their_socket_and_no_other() {
    const TAKEN: usize = 64 * 1024;
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss"]).await;
    let mut witness = guest(&app, &host.code(), 1).await;
    level(&mut [&mut host, &mut witness]).await;
    let playback = host.state.playback;
    witness.send_text("x".repeat(TAKEN)).await;
    witness.until(|one| !one.errors.is_empty()).await;
    assert_eq!(witness.errors.remove(0).code, ErrorCode::Invalid);
    for (number, bytes) in [(2, TAKEN + 1), (3, 1024 * 1024)] {
        let mut sender = guest(&app, &host.code(), number).await;
        sender.send_text("x".repeat(bytes)).await;
        assert_eq!(sender.closed().await, Closed(Some(1009)), "{bytes}");
        let mut sender = guest(&app, &host.code(), number).await;
        sender.send_bytes(vec![0; bytes]).await;
        assert_eq!(sender.closed().await, Closed(Some(1009)), "{bytes}");
    }
    let mut writer = guest(&app, &host.code(), 4).await;
    let line = "x".repeat(5_000_000);
    writer
        .send_command(json!({ "command": { "do": "chat", "text": line } }))
        .await;
    assert_eq!(writer.closed().await, Closed(Some(1009)));
    witness.granted(add(&["Fern"])).await;
    level(&mut [&mut host, &mut witness]).await;
    assert_eq!((host.titles(), &*host.state.chat), (vec!["Fern"], &[][..]));
    assert_eq!(host.state.playback, playback);
    assert_eq!((&host.state, host.snapshots), (&witness.state, 1));
}

/// Case 28.
#[tokio::test]
async fn two_hundred_commands_at_once_are_slowed_and_harm_nobody() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut flooder = guest(&app, &host.code(), 1).await;
    let mut names = Vec::new();
    for _ in 0..200 {
        let said = json!({ "command": { "do": "chat", "text": "again" } });
        names.push(flooder.send_command(said).await);
    }
    let added = host.granted(add(&["Moss"])).await;
    let (mut said, mut last) = (0, 0);
    for name in &names {
        let answer = flooder.answer(name).await;
        match refusal(&answer) {
            None => said += 1,
            Some(code) => assert_eq!(code, RejectCode::Limit),
        }
        last = super::scene::seq(&answer);
    }
    assert_eq!(said, 5, "lines at once");
    assert!(
        last >= added,
        "the host's turn came before the flood was over"
    );
}

#[tokio::test]
async fn a_queue_takes_what_it_takes_and_says_so() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut flooder = guest(&app, &host.code(), 1).await;
    let mut limit = None;
    for round in 0..100 {
        let items: Vec<_> = (0..100)
            .map(|number| {
                let mut item = track("Moss", 60);
                item["name"] = json!(format!("moss-{}-{}", letters(round), letters(number)));
                item
            })
            .collect();
        let answer = flooder
            .command(json!({ "do": "add", "items": items }))
            .await;
        if let Some(code) = refusal(&answer) {
            limit = Some(code);
            break;
        }
    }
    assert_eq!(limit, Some(RejectCode::Limit));
    host.granted(add(&["Fern"])).await;
}

fn letters(number: u32) -> String {
    let letter = |digit: u32| char::from(b'a' + u8::try_from(digit % 26).unwrap());
    [letter(number / 26), letter(number)].iter().collect()
}

#[tokio::test]
async fn ids_of_another_room_mean_nothing_here() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut elsewhere = room(&app).await;
    play(&mut elsewhere, &["Moss", "Fern"]).await;
    play(&mut host, &["Reed", "Rush"]).await;
    let fern = item(&elsewhere, "Fern");
    let stranger = guest(&app, &elsewhere.code(), 7).await;
    for command in [
        json!({ "do": "play-now", "item": fern }),
        json!({ "do": "remove", "items": [fern] }),
        json!({ "do": "move", "item": fern }),
        json!({ "do": "vote", "item": fern }),
        json!({ "do": "kick", "person": stranger.me() }),
        json!({ "do": "grant", "person": stranger.me(), "rank": "dj" }),
        json!({ "do": "transfer", "person": stranger.me() }),
    ] {
        let answer = host.command(command.clone()).await;
        assert!(refusal(&answer).is_some(), "{command} is granted");
    }
    settle(&mut elsewhere).await;
    assert_eq!(elsewhere.titles(), ["Fern"]);
}

#[tokio::test]
async fn names_titles_and_lines_are_shown_as_text_and_without_tricks() {
    let tricky = "\u{202e}<b>ana</b>\u{2066}\u{200b}\u{200b}";
    let text = "<b>ana</b>";
    let shown = Some(text);
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut follow = as_person(&host.code(), 1);
    follow.name = Some(tricky.to_owned());
    let mut guest = join(&app, &follow).await.unwrap();
    guest.granted(json!({ "do": "chat", "text": tricky })).await;
    for (command, field, name) in [("add", "items", "moss"), ("suggest", "item", "fern")] {
        let item = json!({ "source": "demo", "name": name, "title": tricky, "artist": tricky });
        let wished = if command == "add" {
            json!([item])
        } else {
            item
        };
        guest.granted(json!({ "do": command, field: wished })).await;
    }
    // Of what cannot be seen nothing is left, though it is no longer than a title may be.
    let unseen = "\u{200b}".repeat(200);
    let item = json!({ "source": "demo", "name": "reed", "title": unseen, "artist": unseen });
    guest.granted(json!({ "do": "add", "items": [item] })).await;
    configure(&mut host, json!({ "title": tricky })).await;
    settle(&mut host).await;
    let state = &host.state;
    let person = state.people.iter().find(|one| one.id == guest.me());
    assert_eq!(name_of(person.unwrap()), shown);
    assert_eq!(state.chat[0].text.expose(), text);
    assert_eq!(state.settings.title.as_deref(), shown);
    for item in [&state.queue[0], &state.suggestions[0]] {
        assert_eq!((Some(&*item.title), item.artist.as_deref()), (shown, shown));
    }
    let unnamed = &state.queue[1];
    assert_eq!((&*unnamed.title, unnamed.artist.as_deref()), ("reed", None));
}

fn name_of(person: &PersonView) -> Option<&str> {
    person.name.as_ref().map(|name| name.expose().as_str())
}

/// What nobody sees has a length all the same.
#[tokio::test]
async fn names_titles_and_lines_that_are_too_long_are_refused() {
    let long = "\u{200b}".repeat(10_000);
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let (state, seq) = (host.state.clone(), host.position.seq);
    let titled = json!({ "source": "demo", "name": "moss", "title": long });
    let made_by = json!({ "source": "demo", "name": "moss", "artist": long });
    for command in [
        json!({ "do": "add", "items": [titled] }),
        json!({ "do": "add", "items": [made_by] }),
        json!({ "do": "suggest", "item": titled }),
        json!({ "do": "suggest", "item": made_by }),
        json!({ "do": "configure", "change": { "title": long } }),
        json!({ "do": "rename", "name": long }),
        json!({ "do": "chat", "text": long }),
    ] {
        let name = command["do"].clone();
        let answer = host.command(command).await;
        assert_eq!(refusal(&answer), Some(RejectCode::Invalid), "{name}");
    }
    settle(&mut host).await;
    assert_eq!((&host.state, host.position.seq), (&state, seq));
    let mut follow = as_person(&host.code(), 1);
    follow.name = Some(long.clone());
    let refused = join(&app, &follow).await.err().unwrap();
    assert_eq!(refused.code, ErrorCode::Invalid);
    let mut socket = app.socket().await;
    let mut create = testkit::create();
    create["queue"] = json!({ "title": long });
    socket.say(create).await;
    assert_eq!(socket.refusal().await.code, ErrorCode::Invalid);
}

#[tokio::test]
async fn two_hundred_who_come_at_once_from_one_place_are_bounded() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut busy = 0;
    for number in 1..=200 {
        match join(&app, &as_person(&host.code(), number)).await {
            Ok(client) => drop(client),
            Err(failure) => {
                assert_eq!(failure.code, ErrorCode::Busy);
                assert!(failure.retry_after_s.is_some());
                busy += 1;
            }
        }
    }
    // 120 may come in from one address in a minute. Whoever opens a room does not come into it.
    assert_eq!(busy, 80);
    host.granted(add(&["Moss"])).await;
}

#[tokio::test]
async fn who_makes_too_many_events_is_told_when_to_go_on() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut flooder = guest(&app, &host.code(), 1).await;
    let mut granted = 0;
    let refused = loop {
        let name = format!("Flood {granted}");
        match flooder
            .command(json!({ "do": "rename", "name": name }))
            .await
        {
            Answer::Ok { .. } => granted += 1,
            refused => break refused,
        }
    };
    assert_eq!(granted, 40);
    let Answer::Reject {
        code,
        retry_after_ms,
        ..
    } = refused
    else {
        panic!("a refusal");
    };
    assert_eq!((code, retry_after_ms), (RejectCode::Limit, Some(250)));
    host.granted(add(&["Moss"])).await;
    app.clock.advance(Duration::from_millis(250));
    flooder
        .granted(json!({ "do": "rename", "name": "Patience" }))
        .await;
}

#[tokio::test]
async fn a_socket_that_is_no_room_client_gets_no_time_before_it_is_in() {
    let app = TestApp::start().await;
    let mut socket: TestSocket = app.socket().await;
    socket.say_bytes(vec![0; 25]).await;
    assert_eq!(socket.refusal().await.code, ErrorCode::Invalid);
    let mut host = room(&app).await;
    for length in [0, 24, 26] {
        host.send_bytes(vec![0; length]).await;
        host.until(|host| !host.errors.is_empty()).await;
        assert_eq!(host.errors.remove(0).code, ErrorCode::Invalid, "{length}");
    }
}
