//! What the store promises when several nodes use one database at the same time.

use std::future::Future;

use base::{RoomId, Secret};
use store::{Insertion, NewRoom, Store, StoreError};
use tokio::task::JoinSet;

use crate::home::{Home, at, keep_room, new_room};

crate::on_both_databases! {
    nodes_that_start_together_make_one_schema,
    one_code_goes_to_one_room,
    nodes_agree_on_a_secret,
    an_expired_room_is_named_to_one_node,
    a_setting_is_changed_by_one_node,
}

/// How many nodes take part.
const NODES: u8 = 4;

/// Stores with connections of their own, as separate processes have them.
async fn nodes(home: &Home) -> Vec<Store> {
    let mut stores = Vec::new();
    for _ in 0..NODES {
        stores.push(home.store().await);
    }
    stores
}

/// Runs `act` on every node at once and collects the answers.
async fn all_at_once<F, T>(nodes: Vec<Store>, act: impl Fn(Store, u8) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let acts: JoinSet<T> = nodes
        .into_iter()
        .zip(0..)
        .map(|(node, number)| act(node, number))
        .collect();
    acts.join_all().await
}

async fn nodes_that_start_together_make_one_schema(home: Home) {
    let settings = home.settings();
    let starts: JoinSet<Result<Store, StoreError>> = (0..NODES)
        .map(|_| {
            let settings = settings.clone();
            async move { Store::open(&settings).await }
        })
        .collect();
    for started in starts.join_all().await {
        started.unwrap().ping().await.unwrap();
    }
}

async fn one_code_goes_to_one_room(home: Home) {
    let nodes = nodes(&home).await;
    let code = new_room(60).code;
    let answers = all_at_once(nodes, |node, _| async move {
        node.insert_room(&NewRoom {
            code,
            ..new_room(60)
        })
        .await
        .unwrap()
    });
    let inserted = answers
        .await
        .into_iter()
        .filter(|&answer| answer == Insertion::Inserted);
    assert_eq!(inserted.count(), 1);
}

async fn nodes_agree_on_a_secret(home: Home) {
    let nodes = nodes(&home).await;
    let secrets = all_at_once(nodes, |node, number| async move {
        node.node_secret("resume", Secret::new([number; 32]))
            .await
            .unwrap()
    })
    .await;
    assert!(secrets.iter().all(|secret| *secret == secrets[0]));
}

async fn an_expired_room_is_named_to_one_node(home: Home) {
    let nodes = nodes(&home).await;
    let mut kept: Vec<RoomId> = Vec::new();
    for _ in 0..20 {
        kept.push(keep_room(&nodes[0], 10).await);
    }
    let expired = all_at_once(nodes, |node, _| async move {
        node.expire_rooms(at(20), 100).await.unwrap()
    });
    let mut named: Vec<RoomId> = expired.await.into_iter().flatten().collect();
    named.sort_unstable();
    kept.sort_unstable();
    assert_eq!(named, kept);
}

async fn a_setting_is_changed_by_one_node(home: Home) {
    let nodes = nodes(&home).await;
    let id = keep_room(&nodes[0], 60).await;
    let answers = all_at_once(nodes, move |node, _| async move {
        node.set_ask_first(id, 1, true).await.is_ok()
    });
    assert_eq!(
        answers.await.into_iter().filter(|&changed| changed).count(),
        1
    );
}

/// PostgreSQL lets two statements choose the same row and makes the second wait for the first. SQLite does not.
#[tokio::test]
async fn a_room_that_is_closed_while_a_sweep_waits_for_it_is_not_named() {
    let home = Home::postgresql();
    let store = home.store().await;
    keep_room(&store, 10).await;
    let mut closer = home.postgresql_connection().await;
    sqlx::raw_sql("BEGIN; UPDATE rooms SET closed_at = 1")
        .execute(&mut closer)
        .await
        .unwrap();
    let sweep = tokio::spawn(async move { store.expire_rooms(at(20), 10).await.unwrap() });
    let waiting = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
    let mut watcher = home.postgresql_connection().await;
    while sqlx::query_scalar::<_, i64>(waiting)
        .fetch_one(&mut watcher)
        .await
        .unwrap()
        == 0
    {
        assert!(!sweep.is_finished(), "the sweep should wait for the row");
        tokio::task::yield_now().await;
    }
    sqlx::raw_sql("COMMIT").execute(&mut closer).await.unwrap();
    assert_eq!(sweep.await.unwrap(), []);
}
