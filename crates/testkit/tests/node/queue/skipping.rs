//! Skipping and voting.

use protocol::room::RejectCode;
use serde_json::json;
use testkit::{TestApp, device_key};

use super::scene::{add, configure, dj, guest, item, level, on, play, refusal, room, seq, settle};

/// Case 1.
#[tokio::test]
async fn two_who_skip_the_same_track_skip_one() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut other = dj(&app, &mut host, 1).await;
    play(&mut host, &["Moss", "Fern", "Reed"]).await;
    settle(&mut other).await;
    let skip = json!({ "if_item": host.on(), "command": { "do": "skip" } });
    let (mine, theirs) = (
        host.send_command(skip.clone()).await,
        other.send_command(skip).await,
    );
    let answers = [host.answer(&mine).await, other.answer(&theirs).await];
    let mut refusals = answers.each_ref().map(refusal);
    refusals.sort_by_key(Option::is_some);
    assert_eq!(refusals, [None, Some(RejectCode::Stale)]);
    assert_eq!(seq(&answers[0]), seq(&answers[1]));
    level(&mut [&mut host, &mut other]).await;
    assert_eq!((on(&host), host.position), (Some("Fern"), other.position));
    assert_eq!(host.state, other.state);
}

/// Case 3.
#[tokio::test]
async fn a_command_that_is_said_twice_has_one_effect_and_one_answer() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let said = json!({ "cmd_id": "once", "command": add(&["Moss"]) });
    let first = host.say(said.clone()).await;
    assert_eq!(refusal(&first), None);
    assert_eq!(host.say(said.clone()).await, first);
    settle(&mut host).await;
    assert_eq!(host.titles(), ["Moss"]);
    let mut other = guest(&app, &host.code(), 1).await;
    let theirs = other.say(json!({ "cmd_id": "once", "command": add(&["Fern"]) }));
    assert_eq!(refusal(&theirs.await), None, "names are each person's own");
    assert_eq!(other.titles(), ["Moss", "Fern"]);
}

/// Case 30: neither while the server lets everybody go, nor while they come back.
#[tokio::test]
async fn no_vote_to_skip_is_won_by_a_restart() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss", "Fern"]).await;
    let mut people = Vec::new();
    for number in 1..8 {
        people.push(guest(&app, &host.code(), number).await);
    }
    let moss = item(&host, "Moss");
    for person in &mut people[4..] {
        person
            .granted(json!({ "do": "vote-skip", "item": moss }))
            .await;
    }
    settle(&mut host).await;
    let votes = host.state.skip;
    assert_eq!((votes.votes, votes.needed), (3, 4));
    people.insert(0, host);
    let app = app.restart().await;
    let mut all = Vec::new();
    for (number, person) in (0..8).zip(people).rev() {
        let back = person
            .cut()
            .come_back(app.address(), &device_key(number))
            .await;
        let mut back = back.unwrap();
        settle(&mut back).await;
        assert_eq!(on(&back), Some("Moss"), "person {number} is back");
        all.push(back);
    }
    assert_eq!(all.pop().unwrap().state.skip, votes);
}

/// Case 4.
#[tokio::test]
async fn half_of_those_who_are_here_skip() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss", "Fern"]).await;
    let mut needed = vec![host.state.skip.needed];
    let mut people = Vec::new();
    for number in 1..16 {
        let person = guest(&app, &host.code(), number).await;
        needed.push(person.state.skip.needed);
        people.push(person);
    }
    assert_eq!(needed, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8]);
    let moss = item(&host, "Moss");
    for person in &mut people[..7] {
        person
            .granted(json!({ "do": "vote-skip", "item": moss }))
            .await;
    }
    settle(&mut host).await;
    assert_eq!((on(&host), host.state.skip.votes), (Some("Moss"), 7));
    people[7]
        .granted(json!({ "do": "vote-skip", "item": moss }))
        .await;
    settle(&mut host).await;
    assert_eq!((on(&host), host.state.skip.votes), (Some("Fern"), 0));
}

/// Case 5.
#[tokio::test]
async fn who_leaves_is_not_counted_when_it_comes_to_skipping() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss", "Fern"]).await;
    let mut voter = guest(&app, &host.code(), 1).await;
    let moss = item(&voter, "Moss");
    let mut leavers = [
        guest(&app, &host.code(), 2).await,
        guest(&app, &host.code(), 3).await,
    ];
    voter
        .granted(json!({ "do": "vote-skip", "item": moss }))
        .await;
    settle(&mut host).await;
    assert_eq!((on(&host), host.state.skip.needed), (Some("Moss"), 2));
    leavers[0].granted(json!({ "do": "leave" })).await;
    settle(&mut host).await;
    assert_eq!((on(&host), host.state.skip.needed), (Some("Moss"), 2));
    leavers[1].granted(json!({ "do": "leave" })).await;
    settle(&mut host).await;
    assert_eq!(on(&host), Some("Fern"));
}

/// Case 7.
#[tokio::test]
async fn a_person_with_two_tabs_votes_once_and_two_behind_one_address_vote_twice() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    configure(&mut host, json!({ "mode": "votes" })).await;
    host.granted(add(&["Moss", "Fern"])).await;
    let fern = item(&host, "Fern");
    let vote = json!({ "do": "vote", "item": fern });
    let mut tabs = [
        guest(&app, &host.code(), 1).await,
        guest(&app, &host.code(), 1).await,
    ];
    for tab in &mut tabs {
        tab.granted(vote.clone()).await;
    }
    settle(&mut host).await;
    assert_eq!(host.state.queue[0].votes, 1);
    assert_eq!(host.state.people.len(), 2);
    for tab in &mut tabs {
        settle(tab).await;
        assert_eq!(tab.mine.as_ref().unwrap().votes, [fern], "both tabs know");
    }
    guest(&app, &host.code(), 2).await.granted(vote).await;
    settle(&mut host).await;
    let standing = (host.titles(), host.state.queue[0].votes);
    assert_eq!(standing, (vec!["Fern", "Moss"], 2));
}
