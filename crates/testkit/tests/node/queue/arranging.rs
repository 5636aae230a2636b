//! The order of the queue, and taking things out of it.

use std::collections::BTreeSet;

use protocol::room::Playback;
use serde_json::json;
use testkit::TestApp;

use super::scene::{add, configure, dj, guest, item, level, on, play, room, settle};

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
        assert_eq!(super::scene::refusal(&client.answer(name).await), None);
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
