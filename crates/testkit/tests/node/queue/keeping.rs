//! What an answer promises is kept, and what could not be kept has not happened.

use protocol::room::RejectCode;
use serde_json::json;
use sqlx::Connection;
use testkit::postgres::Postgres;
use testkit::{TestApp, device_key};

use super::scene::{
    add, comes_back, configure, guest, level, pass, play, refusal, room, seq, settle,
};
use crate::two_nodes::{TwoNodes, node_at};

/// Another program holds the database: the store waits for it as long as it ever does.
#[tokio::test]
async fn what_cannot_be_kept_is_answered_so_and_works_when_said_again() {
    let app = TestApp::start().await;
    let mut host = room(&app).await;
    let mut guest = guest(&app, &host.code(), 1).await;
    host.granted(add(&["Moss"])).await;
    level(&mut [&mut host, &mut guest]).await;
    let (state, before) = (host.state.clone(), host.position.seq);
    let mut other = crate::database::open(&app).await;
    let begin = sqlx::raw_sql("BEGIN IMMEDIATE");
    begin.execute(&mut other).await.unwrap();
    let said = json!({ "cmd_id": "said-twice", "command": add(&["Fern"]) });
    let answer = host.say(said.clone()).await;
    assert_eq!(refusal(&answer), Some(RejectCode::Server));
    assert_eq!((seq(&answer), &host.state), (before, &state));
    let end = sqlx::raw_sql("ROLLBACK");
    end.execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    let answer = host.say(said).await;
    assert_eq!(refusal(&answer), None);
    assert_eq!(seq(&answer), before + 1, "nothing happened in between");
    level(&mut [&mut host, &mut guest]).await;
    assert_eq!(guest.titles(), ["Moss", "Fern"]);
    assert_eq!(guest.state, host.state);
}

/// Case 30, where the data lies in PostgreSQL.
#[tokio::test]
async fn a_restart_on_postgresql_brings_a_room_back_as_it_was() {
    let postgres = Postgres::start().unwrap();
    let app = node_at(&postgres).await;
    let mut host = room(&app).await;
    play(&mut host, &["Moss", "Fern"]).await;
    pass(&app, &mut host, 30).await;
    settle(&mut host).await;
    let playing = host.playing();
    let host = host.cut();
    let app = app.restart().await;
    let mut host = host.come_back(app.address(), &device_key(0)).await.unwrap();
    assert_eq!(host.snapshots, 0, "no reload");
    assert_eq!((host.playing(), host.titles()), (playing, vec!["Fern"]));
    host.granted(add(&["Reed"])).await;
    settle(&mut host).await;
    assert_eq!(host.titles(), ["Fern", "Reed"]);
}

/// What one node has kept is the other's truth as soon as it wants to keep something itself.
#[tokio::test]
async fn two_nodes_that_keep_the_same_room_lose_nothing_of_each_other() {
    let two = TwoNodes::start().await;
    let (one, other) = (&two.here, &two.there);
    let mut host = room(one).await;
    host.granted(add(&["Moss"])).await;
    let mut there = guest(other, &host.code(), 1).await;
    there.granted(add(&["Fern"])).await;
    let mut here = guest(one, &host.code(), 2).await;
    assert_eq!(here.titles(), ["Moss", "Fern"]);
    let mut host = comes_back(host, one, 0).await;
    for (title, next) in [("Ash", "Birch"), ("Cedar", "Dill"), ("Elder", "Flax")] {
        here.granted(add(&[title])).await;
        there.granted(add(&[next])).await;
    }
    let seq = here.granted(add(&["Reed"])).await;
    for (client, snapshots) in [(&mut host, 0), (&mut here, 1)] {
        client.reach(seq).await;
        let all = "Moss Fern Ash Birch Cedar Dill Elder Flax Reed";
        assert_eq!(client.titles().join(" "), all);
        assert_eq!(
            client.snapshots, snapshots,
            "each event was heard, in order"
        );
    }
}

/// Both nodes decide at once, again and again: each version is one node's, and the other decides anew on it.
#[tokio::test]
async fn two_nodes_that_write_at_the_same_time_both_have_their_way() {
    let two = TwoNodes::start().await;
    let (one, other) = (&two.here, &two.there);
    let mut host = room(one).await;
    configure(&mut host, json!({ "items_per_person_max": 500 })).await;
    let mut there = guest(other, &host.code(), 1).await;
    let mut here = guest(one, &host.code(), 2).await;
    let mut host = comes_back(host, one, 0).await;
    for round in 'a'..='o' {
        let (left, right) = (format!("Moss-{round}"), format!("Fern-{round}"));
        let (left, right) = (add(&[&*left]), add(&[&*right]));
        tokio::join!(here.granted(left), there.granted(right));
    }
    let last = there.granted(add(&["Reed"])).await;
    here.granted(add(&["Rush"])).await;
    for (client, snapshots) in [(&mut host, 0), (&mut here, 1)] {
        client.reach(last + 1).await;
        assert_eq!(
            client.snapshots, snapshots,
            "each event was heard, in order"
        );
        assert_eq!(client.titles().len(), 32);
        assert_eq!(client.titles()[30..], ["Reed", "Rush"]);
    }
    let late = guest(other, &host.code(), 3).await;
    assert_eq!(late.titles(), host.titles(), "and it is what is kept");
}
