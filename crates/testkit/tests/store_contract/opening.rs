//! What the store promises about its schema, and when it refuses to open.

use base::Secret;
use store::{Difference, Store, StoreError};

use crate::home::{Home, keep_room};

crate::on_both_databases! {
    rooms_and_secrets_survive_reopening,
    a_database_of_a_newer_release_is_refused_and_left_alone,
    a_column_that_nobody_declared_is_named,
    a_table_that_nobody_declared_is_named,
    a_declared_column_that_is_gone_is_named,
    a_closed_store_is_unavailable,
    a_user_who_may_more_than_own_the_tables_is_told_from_one_who_may_not,
}

async fn rooms_and_secrets_survive_reopening(home: Home) {
    let store = home.store().await;
    let id = keep_room(&store, 60).await;
    store
        .node_secret("resume", Secret::new([1; 32]))
        .await
        .unwrap();
    store.close().await;
    let store = home.store().await;
    assert!(store.room(id).await.unwrap().is_some());
    let secret = store
        .node_secret("resume", Secret::new([2; 32]))
        .await
        .unwrap();
    assert_eq!(secret, Secret::new([1; 32]));
}

async fn a_database_of_a_newer_release_is_refused_and_left_alone(home: Home) {
    let store = home.store().await;
    let id = keep_room(&store, 60).await;
    store.close().await;
    home.tamper("INSERT INTO migrations (version) VALUES (99)")
        .await;
    let refused = Store::open(&home.settings()).await.unwrap_err();
    assert!(
        matches!(refused, StoreError::TooNew { found: 99, .. }),
        "{refused}"
    );
    assert!(refused.to_string().contains("start the newer program"));
    home.tamper("DELETE FROM migrations WHERE version = 99")
        .await;
    assert!(home.store().await.room(id).await.unwrap().is_some());
}

/// The differences that keep the store from opening.
async fn differences(home: &Home) -> Vec<Difference> {
    match Store::open(&home.settings()).await {
        Err(StoreError::Undeclared(differences)) => differences,
        other => panic!("it should differ from the inventory: {other:?}"),
    }
}

async fn a_column_that_nobody_declared_is_named(home: Home) {
    let store = home.store().await;
    store.check_inventory().await.unwrap();
    home.tamper("ALTER TABLE rooms ADD COLUMN nickname TEXT")
        .await;
    let undeclared = [Difference::Undeclared("rooms.nickname".to_owned())];
    let Err(StoreError::Undeclared(found)) = store.check_inventory().await else {
        panic!("the open store should see the new column");
    };
    assert_eq!(found, undeclared);
    assert_eq!(differences(&home).await, undeclared);
}

async fn a_table_that_nobody_declared_is_named(home: Home) {
    home.store().await.close().await;
    home.tamper("CREATE TABLE visits (visitor TEXT, seen_at BIGINT)")
        .await;
    let places = ["visits.seen_at", "visits.visitor"];
    assert_eq!(
        differences(&home).await,
        places.map(|place| Difference::Undeclared(place.to_owned()))
    );
}

async fn a_declared_column_that_is_gone_is_named(home: Home) {
    home.store().await.close().await;
    home.tamper("ALTER TABLE rooms DROP COLUMN ask_first").await;
    let missing = Difference::Missing("rooms.ask_first".to_owned());
    assert_eq!(differences(&home).await, [missing]);
}

async fn a_closed_store_is_unavailable(home: Home) {
    let store = home.store().await;
    store.ping().await.unwrap();
    store.close().await;
    assert!(matches!(
        store.ping().await,
        Err(StoreError::Unavailable(_))
    ));
}

/// SQLite has no server to lose.
#[tokio::test]
async fn a_postgresql_that_went_away_is_unavailable() {
    let mut home = Home::postgresql();
    let store = home.store().await;
    let Home::Postgresql(server) = &mut home else {
        unreachable!("it was made a line above");
    };
    server.stop().unwrap();
    assert!(matches!(
        store.ping().await,
        Err(StoreError::Unavailable(_))
    ));
}

async fn a_user_who_may_more_than_own_the_tables_is_told_from_one_who_may_not(home: Home) {
    let Home::Postgresql(_) = &home else {
        let store = home.store().await;
        assert!(!store.may_too_much().await.unwrap(), "there are no users");
        return;
    };
    home.tamper("CREATE ROLE plain LOGIN; GRANT ALL ON SCHEMA public TO plain")
        .await;
    let settings = home.settings();
    let url = settings.url.expose().replace("//postgres@", "//plain@");
    let of_plain = store::Settings {
        url: Secret::new(url),
        ..settings
    };
    let store = Store::open(&of_plain).await.unwrap();
    assert!(!store.may_too_much().await.unwrap());
    store.close().await;
    let store = home.store().await;
    assert!(store.may_too_much().await.unwrap());
}
