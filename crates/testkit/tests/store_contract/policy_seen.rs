//! Which change of the policy people are to see, and who has seen it.

use base::{AccountId, OsEntropy};
use store::PolicyRow;

use crate::home::{Home, at};
use crate::on_both_databases;
use crate::operator::member;

on_both_databases! {
    a_policy_that_says_more_is_shown_until_it_was_seen,
}

async fn a_policy_that_says_more_is_shown_until_it_was_seen(home: Home) {
    let store = home.store().await;
    let ada = member(&store).await;
    assert_eq!(store.latest_addition().await.unwrap(), None);
    let publish = async |version: &str, change: &str, seconds: u64| {
        let row = PolicyRow {
            version: version.to_owned(),
            published_at: at(seconds),
            change: change.to_owned(),
            model: "{}".to_owned(),
        };
        store.publish_policy(&row).await.unwrap();
    };
    publish("first", "more", 10).await;
    assert_eq!(store.latest_addition().await.unwrap(), None, "of nothing");
    publish("second", "more", 20).await;
    publish("third", "wording", 30).await;
    assert_eq!(store.latest_addition().await.unwrap(), Some(at(20)));
    let seen = async || store.policy_seen(ada).await.unwrap().unwrap().seen;
    assert_eq!(seen().await, None);
    for (told, kept) in [(20, 20), (10, 20), (30, 30)] {
        store.see_policy(ada, at(told)).await.unwrap();
        assert_eq!(seen().await, Some(at(kept)));
    }
    let nobody = AccountId::new(at(0), &OsEntropy);
    store.see_policy(nobody, at(30)).await.unwrap();
    assert_eq!(store.policy_seen(nobody).await.unwrap(), None);
}
