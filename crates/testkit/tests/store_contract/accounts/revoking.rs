//! Tokens that upstreams are to take back once the link that they came with is gone.

use std::time::Duration;

use account::day_of;
use base::{AccountId, OsEntropy, ReceiptId, Secret, Timestamp};
use privacy::Subject;
use store::{NewIdentity, Removal, RevocationRow, Store};

use super::who::identity;
use super::{keep, swept};
use crate::home::{Home, at};

crate::on_both_databases! {
    what_is_to_be_taken_back_outlives_its_link_and_names_nobody,
    what_is_to_be_taken_back_outlives_its_account,
    a_link_without_a_token_leaves_nothing,
    a_revocation_is_taken_by_one_node_at_a_time,
    a_token_that_nobody_took_back_is_gone_after_a_week,
    a_revocation_that_was_moved_is_passed_over,
    a_token_that_does_not_open_holds_no_link_up,
}

const DAY: u64 = 24 * 60 * 60;

/// A member who was linked to these subjects.
async fn linked(store: &Store, subjects: &[&str]) -> (AccountId, Vec<NewIdentity>) {
    let account = keep(store, "a@example.org").await;
    let links: Vec<_> = subjects.iter().map(|one| identity(one)).collect();
    for link in &links {
        assert!(store.insert_identity(account, link).await.unwrap());
    }
    (account, links)
}

/// Disconnects them again at 5 s.
async fn disconnect(store: &Store, account: AccountId, link: &NewIdentity) {
    let removed = store.remove_identity(account, link.id, true, at(5)).await;
    assert_eq!(removed.unwrap(), Removal::Removed);
}

async fn erase(store: &Store, account: AccountId) {
    let subject = Subject::of_account(account);
    let receipt = ReceiptId::new(at(5), &OsEntropy);
    let begun = store.begin_erasure(receipt, &subject, &[7; 32], at(5));
    begun.await.unwrap();
    store.erase(receipt, &subject, at(5)).await.unwrap();
}

async fn taken(store: &Store, now: u64) -> Vec<RevocationRow> {
    let taken = store.take_due_revocations(at(now), at(now + 10), 10);
    taken.await.unwrap()
}

async fn what_is_to_be_taken_back_outlives_its_link_and_names_nobody(home: Home) {
    let store = home.store().await;
    let (account, links) = linked(&store, &["1", "2"]).await;
    disconnect(&store, account, &links[0]).await;
    let again = store.remove_identity(account, links[0].id, true, at(5));
    assert_eq!(again.await.unwrap(), Removal::NotThere);
    let row = taken(&store, 5).await.remove(0);
    assert_eq!(row.token, Secret::new("canary-token".to_owned()));
    assert_eq!((row.upstream.as_str(), row.attempts), ("google", 1));
    assert_eq!(row.created_at, day_of(at(5)), "and no finer");
    let link = links[0].id.to_string();
    assert_ne!(row.id.to_string()[2..], link[2..], "a name of its own");
    store.end_revocation(row.id).await.unwrap();
    assert_eq!(store.revocation_count().await.unwrap(), 0);
}

async fn what_is_to_be_taken_back_outlives_its_account(home: Home) {
    let store = home.store().await;
    let (account, _) = linked(&store, &["1", "2"]).await;
    let other = keep(&store, "b@example.org").await;
    store.insert_identity(other, &identity("3")).await.unwrap();
    erase(&store, account).await;
    assert!(store.account(account).await.unwrap().is_none());
    let rows = taken(&store, 5).await;
    assert_eq!(rows.len(), 2, "of the one who left alone");
    let token = Secret::new("canary-token".to_owned());
    assert!(rows.iter().all(|row| row.token == token));
}

async fn a_link_without_a_token_leaves_nothing(home: Home) {
    let store = home.store().await;
    let account = keep(&store, "a@example.org").await;
    let [one, other] = ["1", "2"].map(|subject| NewIdentity {
        token: None,
        ..identity(subject)
    });
    for link in [&one, &other] {
        assert!(store.insert_identity(account, link).await.unwrap());
    }
    disconnect(&store, account, &one).await;
    erase(&store, account).await;
    assert_eq!(store.revocation_count().await.unwrap(), 0);
}

async fn a_revocation_is_taken_by_one_node_at_a_time(home: Home) {
    let [store, other] = [home.store().await, home.store().await];
    let (account, links) = linked(&store, &["1"]).await;
    disconnect(&store, account, &links[0]).await;
    let (here, there) = tokio::join!(taken(&store, 5), taken(&other, 5));
    assert_eq!(here.len() + there.len(), 1);
    assert!(taken(&other, 14).await.is_empty());
    let row = taken(&other, 15).await.remove(0);
    assert_eq!(row.attempts, 2, "whoever took it first has died");
    store.put_off_revocation(row.id, at(60)).await.unwrap();
    assert!(taken(&store, 59).await.is_empty());
    assert_eq!(taken(&store, 60).await[0].attempts, 3);
}

async fn a_token_that_nobody_took_back_is_gone_after_a_week(home: Home) {
    let store = home.store().await;
    let (account, links) = linked(&store, &["1"]).await;
    disconnect(&store, account, &links[0]).await;
    let over = day_of(at(5)).after(Duration::from_secs(7 * DAY));
    let before = Timestamp::from_unix_ms(over.unix_ms() - 1);
    assert_eq!(swept(&store, before).await, 0);
    assert_eq!(swept(&store, over).await, 1);
    assert_eq!(store.revocation_count().await.unwrap(), 0);
}

async fn a_revocation_that_was_moved_is_passed_over(home: Home) {
    let store = home.store().await;
    let (account, links) = linked(&store, &["1", "2"]).await;
    disconnect(&store, account, &links[0]).await;
    // What is sealed opens in its own row alone, and holds no other one up.
    home.tamper("UPDATE revocations SET id = 'e_00000000000000000000000000000000'")
        .await;
    disconnect(&store, account, &links[1]).await;
    assert_eq!(taken(&store, 5).await.len(), 1);
}

async fn a_token_that_does_not_open_holds_no_link_up(home: Home) {
    let store = home.store().await;
    let (account, mut links) = linked(&store, &["1", "2"]).await;
    // What is sealed opens in its own row alone.
    home.tamper("UPDATE identities SET id = 'u_0000000000000000000000000000000' || subject")
        .await;
    links[0].id = "u_00000000000000000000000000000001".parse().unwrap();
    disconnect(&store, account, &links[0]).await;
    erase(&store, account).await;
    assert_eq!(store.revocation_count().await.unwrap(), 0);
}
