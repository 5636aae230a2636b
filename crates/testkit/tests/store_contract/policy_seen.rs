//! Which policies there were, which change people are to see, and who has seen it.

use base::{AccountId, AnnouncementId, OsEntropy};
use store::{PolicyOrdinal, PolicyRow, Publication, Store};

use crate::home::{Home, at};
use crate::on_both_databases;
use crate::operator::member;

on_both_databases! {
    a_policy_that_says_more_is_shown_until_it_was_seen,
    each_publication_is_kept_in_its_turn_whatever_the_clock_says,
    of_two_who_publish_at_once_one_does,
    who_joins_has_agreed_to_what_their_version_was_published_as,
}

fn policy(version: &str, change: &str, seconds: u64) -> PolicyRow {
    PolicyRow {
        version: version.to_owned(),
        published_at: at(seconds),
        change: change.to_owned(),
        model: "{}".to_owned(),
    }
}

async fn publish(store: &Store, policy: &PolicyRow) {
    let before = store.policy_in_force().await.unwrap();
    assert!(store.publish_policy(policy, before, None).await.unwrap());
}

async fn latest_addition(store: &Store) -> Option<i64> {
    let latest = store.latest_addition().await.unwrap();
    latest.map(PolicyOrdinal::get)
}

async fn seen(store: &Store, account: AccountId) -> Option<i64> {
    let seen = store.policy_seen(account).await.unwrap();
    seen.map(PolicyOrdinal::get)
}

async fn a_policy_that_says_more_is_shown_until_it_was_seen(home: Home) {
    let store = home.store().await;
    let ada = member(&store).await;
    assert_eq!(latest_addition(&store).await, None);
    publish(&store, &policy("first", "more", 30)).await;
    assert_eq!(latest_addition(&store).await, None, "of nothing");
    // The clock was set back in between.
    publish(&store, &policy("second", "more", 20)).await;
    publish(&store, &policy("third", "wording", 10)).await;
    assert_eq!(latest_addition(&store).await, Some(2));
    assert_eq!(seen(&store, ada).await, Some(0));
    for (told, kept) in [(2, 2), (1, 2), (3, 3)] {
        let told = PolicyOrdinal::new(told);
        store.see_policy(ada, told).await.unwrap();
        assert_eq!(seen(&store, ada).await, Some(kept));
    }
    let nobody = AccountId::new(at(0), &OsEntropy);
    let third = PolicyOrdinal::new(3);
    store.see_policy(nobody, third).await.unwrap();
    assert_eq!(seen(&store, nobody).await, None);
}

async fn each_publication_is_kept_in_its_turn_whatever_the_clock_says(home: Home) {
    let store = home.store().await;
    assert_eq!(store.policy_in_force().await.unwrap(), PolicyOrdinal::NONE);
    let policies = [
        policy("a", "more", 30),
        policy("b", "more", 20),
        policy("a", "less", 10),
    ];
    for policy in &policies {
        publish(&store, policy).await;
    }
    let in_turn = policies.into_iter().zip([1, 2, 3]).rev();
    let in_turn: Vec<Publication> = in_turn
        .map(|(policy, ordinal)| Publication {
            ordinal: PolicyOrdinal::new(ordinal),
            policy,
        })
        .collect();
    assert_eq!(store.policies(10).await.unwrap(), in_turn);
    assert_eq!(store.policies(2).await.unwrap(), in_turn[..2]);
    let in_force = store.policy_in_force().await.unwrap();
    assert_eq!(in_force, in_turn[0].ordinal);
}

async fn of_two_who_publish_at_once_one_does(home: Home) {
    let store = home.store().await;
    let rounds = async || store.announcements(8).await.unwrap();
    for (version, is_first) in [("a", true), ("b", false)] {
        let letters = Some((AnnouncementId::new(at(0), &OsEntropy), "policy"));
        let row = policy(version, "more", 0);
        let published = store.publish_policy(&row, PolicyOrdinal::NONE, letters);
        assert_eq!(published.await.unwrap(), is_first);
        assert_eq!(store.policies(8).await.unwrap()[0].policy.version, "a");
        assert_eq!(rounds().await.len(), 1, "letters go with the publication");
    }
    assert_eq!(rounds().await[0].matter, "1");
}

async fn who_joins_has_agreed_to_what_their_version_was_published_as(home: Home) {
    let store = home.store().await;
    let early = member(&store).await;
    // Members of these tests agree to the version "1".
    publish(&store, &policy("1", "more", 30)).await;
    let first = member(&store).await;
    publish(&store, &policy("2", "more", 20)).await;
    let late = member(&store).await;
    publish(&store, &policy("1", "less", 10)).await;
    let last = member(&store).await;
    let mut agreed = Vec::new();
    for account in [early, first, late, last] {
        agreed.push(seen(&store, account).await);
    }
    assert_eq!(agreed, [Some(0), Some(1), Some(1), Some(3)]);
    let all = [early, first, late, last];
    let (least, most) = (all.iter().min().unwrap(), all.iter().max().unwrap());
    let before = async |ordinal: i64| {
        let ordinal = PolicyOrdinal::new(ordinal);
        let told = store.who_agreed_before(ordinal, *least, *most).await;
        told.unwrap().len()
    };
    assert_eq!(
        [before(1).await, before(2).await, before(3).await],
        [1, 3, 3]
    );
    assert!(store.set_agreed(early, "2", at(40)).await.unwrap());
    assert_eq!(seen(&store, early).await, Some(2));
}
