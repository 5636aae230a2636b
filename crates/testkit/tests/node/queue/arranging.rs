//! The order of the queue, and taking things out of it.

use std::collections::BTreeSet;

use protocol::room::{Playback, RejectCode};
use serde_json::json;
use testkit::{RoomClient, TestApp};

use super::scene::{add, configure, dj, guest, item, level, on, play, refusal, room, settle};

/// Case 9.
#[tokio::test]
async fn of_equal_votes_the_earlier_comes_first_and_everybody_sees_it_so() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    configure(&mut host, json!({ "mode": "votes" })).await;
    host.granted(add(&["Moss", "Fern", "Reed", "Rush"])).await;
    for title in ["Rush", "Fern"] {
        let item = item(&host, title);
        host.granted(json!({ "do": "vote", "item": item })).await;
    }
    settle(&mut host).await;
    assert_eq!(host.titles(), ["Fern", "Rush", "Moss", "Reed"]);
    for number in 1..4 {
        let other = guest(&app, &host.code(), number).await;
        assert_eq!(other.titles(), host.titles());
    }
}

/// Case 11.
#[tokio::test]
async fn two_who_arrange_while_a_third_adds_lose_nothing() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut second = dj(&app, &mut host, 1).await;
    let mut third = guest(&app, &host.code(), 2).await;
    host.granted(add(&["Moss", "Fern", "Reed"])).await;
    level(&mut [&mut second, &mut third]).await;
    let [moss, fern, reed] = ["Moss", "Fern", "Reed"].map(|title| item(&host, title));
    let first = json!({ "command": { "do": "move", "item": reed, "before": moss } });
    let last = json!({ "command": { "do": "move", "item": fern } });
    let names = [
        host.send_command(first).await,
        second.send_command(last).await,
        third
            .send_command(json!({ "command": add(&["Rush"]) }))
            .await,
    ];
    for (client, name) in [&mut host, &mut second, &mut third].into_iter().zip(&names) {
        assert_eq!(refusal(&client.answer(name).await), None);
    }
    level(&mut [&mut host, &mut second, &mut third]).await;
    let mut titles = host.titles();
    assert_eq!(titles[..2], ["Reed", "Moss"], "as the first asked");
    titles.sort_unstable();
    assert_eq!(titles, ["Fern", "Moss", "Reed", "Rush"]);
    let ids: BTreeSet<_> = host.state.queue.iter().map(|item| item.id).collect();
    assert_eq!(ids.len(), 4);
    assert_eq!((&host.state, &second.state), (&second.state, &third.state));
}

/// Case 12.
#[tokio::test]
async fn taking_items_out_disturbs_only_what_is_taken_out() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss", "Fern", "Reed", "Rush"]).await;
    let before = host.playing();
    let reed = item(&host, "Reed");
    host.granted(json!({ "do": "remove", "items": [reed] }))
        .await;
    settle(&mut host).await;
    assert_eq!(
        (host.playing(), host.titles()),
        (before, vec!["Fern", "Rush"])
    );
    let moss = item(&host, "Moss");
    host.granted(json!({ "do": "remove", "items": [moss] }))
        .await;
    settle(&mut host).await;
    assert_eq!((on(&host), host.titles()), (Some("Fern"), vec!["Rush"]));
    let all = [item(&host, "Fern"), item(&host, "Rush")];
    host.granted(json!({ "do": "remove", "items": all })).await;
    settle(&mut host).await;
    assert_eq!(
        (host.state.playback, host.titles()),
        (Playback::Idle, vec![])
    );
    assert!(host.state.current.is_none());
}

/// Case 12: what came before the current one.
#[tokio::test]
async fn what_has_played_is_taken_out_only_where_it_comes_again() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss", "Fern", "Reed", "Rush"]).await;
    let moss = item(&host, "Moss");
    host.granted(json!({ "do": "skip" })).await;
    settle(&mut host).await;
    let (state, before) = (host.state.clone(), host.position.seq);
    assert_eq!((on(&host), played(&host)), (Some("Fern"), vec!["Moss"]));
    let remove = json!({ "do": "remove", "items": [moss] });
    let answer = host.command(remove.clone()).await;
    assert_eq!(refusal(&answer), Some(RejectCode::Stale));
    settle(&mut host).await;
    assert_eq!((&host.state, host.position.seq), (&state, before));
    // Beside what is there it is passed over.
    let both = [moss, item(&host, "Reed")];
    host.granted(json!({ "do": "remove", "items": both })).await;
    settle(&mut host).await;
    assert_eq!((host.titles(), played(&host)), (vec!["Rush"], vec!["Moss"]));
    assert_eq!(host.state.playback, state.playback);
    // Where everything repeats, what was on before waits for its turn, and goes like the others.
    configure(&mut host, json!({ "repeat": "all" })).await;
    let fern = item(&host, "Fern");
    host.granted(json!({ "do": "skip" })).await;
    settle(&mut host).await;
    assert_eq!((on(&host), host.titles()), (Some("Rush"), vec!["Fern"]));
    let playback = host.state.playback;
    host.granted(json!({ "do": "remove", "items": [fern] }))
        .await;
    settle(&mut host).await;
    assert_eq!((host.state.playback, host.titles()), (playback, vec![]));
}

/// What has played, the latest first.
fn played(client: &RoomClient) -> Vec<&str> {
    let history = client.state.history.iter();
    history.map(|item| &*item.title).collect()
}

/// Case 14.
#[tokio::test]
async fn next_and_previous_lead_somewhere_whatever_there_is() {
    let app = TestApp::start().await;
    for (repeat, after_skip) in [("none", None), ("one", Some("Moss")), ("all", Some("Moss"))] {
        let mut host = room(&app).await;
        configure(&mut host, json!({ "repeat": repeat })).await;
        for command in ["skip", "previous"] {
            host.granted(json!({ "do": command })).await;
            settle(&mut host).await;
            assert_eq!(on(&host), None, "{command} of nothing, repeat {repeat}");
        }
        play(&mut host, &["Moss"]).await;
        host.granted(json!({ "do": "previous" })).await;
        settle(&mut host).await;
        assert_eq!(on(&host), Some("Moss"), "the start of the only one");
        host.granted(json!({ "do": "skip" })).await;
        settle(&mut host).await;
        assert_eq!(on(&host), after_skip, "repeat {repeat}");
    }
}
