//! Bad input, floods and slow readers: refused or limited with a reason, and the room plays on.

use std::time::Duration;

use protocol::ErrorCode;
use protocol::room::{Answer, RejectCode};
use serde_json::json;
use testkit::{Closed, RoomClient, TestApp, TestSocket, device_key};

use super::scene::{add, as_person, guest, item, join, level, play, refusal, room, settle, track};

/// Case 27.
#[tokio::test]
async fn what_a_guest_may_not_do_changes_nothing_and_nobody_hears_of_it() {
    let app = TestApp::start().await;
    let mut host = RoomClient::create(app.address(), &device_key(0), "classroom").await;
    play(&mut host, &["Moss", "Fern"]).await;
    let mut guest = guest(&app, &host.code(), 1).await;
    level(&mut [&mut host, &mut guest]).await;
    let (fern, owner) = (item(&host, "Fern"), host.me());
    let (state, seq) = (host.state.clone(), host.position.seq);
    let heard = host.heard.len();
    for command in [
        json!({ "do": "play" }),
        json!({ "do": "pause" }),
        json!({ "do": "seek", "position_ms": 5 }),
        json!({ "do": "skip" }),
        json!({ "do": "previous" }),
        json!({ "do": "play-now", "item": fern }),
        add(&["Reed"]),
        json!({ "do": "remove", "items": [fern] }),
        json!({ "do": "move", "item": fern }),
        json!({ "do": "clear" }),
        json!({ "do": "shuffle" }),
        json!({ "do": "vote", "item": fern }),
        json!({ "do": "vote-skip", "item": host.on() }),
        json!({ "do": "approve", "item": fern, "allow": true }),
        json!({ "do": "chat", "text": "hello" }),
        json!({ "do": "unsay", "seq": 1 }),
        json!({ "do": "undo", "seq": seq }),
        json!({ "do": "grant", "person": owner, "rank": "guest" }),
        json!({ "do": "kick", "person": owner }),
        json!({ "do": "ban", "person": owner }),
        json!({ "do": "pardon" }),
        json!({ "do": "transfer", "person": guest.me() }),
        json!({ "do": "invite", "rank": "guest", "uses": 1, "expires_in_s": 60 }),
        json!({ "do": "revoke", "invite": "v_0000000000000" }),
        json!({ "do": "configure", "change": { "title": "Mine" } }),
        json!({ "do": "archive" }),
    ] {
        let answer = guest.command(command.clone()).await;
        assert!(refusal(&answer).is_some(), "{command} is granted");
        assert_eq!(super::scene::seq(&answer), seq, "{command}");
    }
    settle(&mut host).await;
    assert_eq!((&host.state, host.heard.len()), (&state, heard));
}

/// Case 28.
#[tokio::test]
async fn positions_that_make_no_sense_are_refused_or_clamped() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss"]).await;
    let seek = |number: &str| {
        format!(
            r#"{{"kind":"command","cmd_id":"x","command":{{"do":"seek","position_ms":{number}}}}}"#
        )
    };
    for number in ["NaN", "Infinity"] {
        host.send_text(seek(number)).await;
        host.until(|host| !host.errors.is_empty()).await;
        assert_eq!(host.errors.remove(0).code, ErrorCode::Invalid, "{number}");
    }
    for number in ["1e999", "null", "\"5\""] {
        host.send_text(seek(number)).await;
        let answer = host.answer("x").await;
        assert_eq!(refusal(&answer), Some(RejectCode::Invalid), "{number}");
    }
    for (position, is_taken) in [
        (-1.0, None),
        (1e12, None),
        (200_000.0, None),
        (5.5, Some(6)),
    ] {
        let answer = host
            .command(json!({ "do": "seek", "position_ms": position }))
            .await;
        settle(&mut host).await;
        let playing = host.playing().map(|(_, _, at)| at);
        match is_taken {
            Some(at) => assert_eq!(playing, Some(at)),
            None => assert!(
                refusal(&answer).is_some() || playing.is_none_or(|at| at <= 180_000),
                "{position} leads to {playing:?}"
            ),
        }
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
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut guest = guest(&app, &host.code(), 1).await;
    guest.send_text("x".repeat(100 * 1024)).await;
    assert_eq!(guest.closed().await, Closed(Some(1009)));
    let mut guest = super::scene::guest(&app, &host.code(), 2).await;
    let line = "x".repeat(5 * 1024 * 1024);
    guest
        .send_command(json!({ "command": { "do": "chat", "text": line } }))
        .await;
    guest.closed().await;
    host.granted(add(&["Moss"])).await;
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
async fn names_and_lines_are_shown_as_text_and_without_tricks() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut follow = as_person(&host.code(), 1);
    follow.name = Some("\u{202e}<b>ana</b>\u{200b}\u{200b}\u{200b}".to_owned());
    let mut guest = join(&app, &follow).await.unwrap();
    guest
        .granted(json!({ "do": "chat", "text": "<script>\u{202e}x" }))
        .await;
    settle(&mut host).await;
    let people = &host.state.people;
    let person = people.iter().find(|one| one.id == guest.me()).unwrap();
    let name = person.name.as_ref().unwrap().expose();
    let line = host.state.chat.last().unwrap().text.expose();
    for text in [name, line] {
        let tricks = ['\u{202e}', '\u{200b}'];
        assert!(!text.contains(tricks), "{text:?}");
    }
    assert!(line.contains("<script>"), "shown as it was written");
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
    // The host was the first of the 120 who may come in from one address in a minute.
    assert_eq!(busy, 81);
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
