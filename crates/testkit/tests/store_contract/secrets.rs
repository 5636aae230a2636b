//! What the store promises about keys that nodes share.

use base::Secret;
use store::StoreError;

use crate::home::Home;

crate::on_both_databases! {
    the_first_candidate_becomes_the_secret,
    secrets_with_different_names_are_different,
    a_secret_of_the_wrong_length_is_damage,
}

async fn the_first_candidate_becomes_the_secret(home: Home) {
    let store = home.store().await;
    for candidate in [[1; 32], [2; 32]] {
        let secret = store
            .node_secret("resume", Secret::new(candidate))
            .await
            .unwrap();
        assert_eq!(secret, Secret::new([1; 32]));
    }
}

async fn secrets_with_different_names_are_different(home: Home) {
    let store = home.store().await;
    store
        .node_secret("resume", Secret::new([1; 32]))
        .await
        .unwrap();
    let other = store
        .node_secret("relay", Secret::new([2; 32]))
        .await
        .unwrap();
    assert_eq!(other, Secret::new([2; 32]));
}

async fn a_secret_of_the_wrong_length_is_damage(home: Home) {
    let store = home.store().await;
    home.tamper("INSERT INTO node_secrets (name, value) VALUES ('resume', 'short')")
        .await;
    let read = store.node_secret("resume", Secret::new([1; 32])).await;
    assert!(matches!(read, Err(StoreError::Corrupt(_))));
}
