//! How many checks of each part of the service went well.

use store::StatusDay;

use crate::home::{Home, at};
use crate::on_both_databases;

on_both_databases! {
    checks_are_added_to_their_day_and_go_after_ninety_days,
}

async fn checks_are_added_to_their_day_and_go_after_ninety_days(home: Home) {
    let store = home.store().await;
    let day = |part: &str, good, bad| StatusDay {
        day: at(0),
        part: part.to_owned(),
        good,
        bad,
    };
    let first = [day("mail", 2, 0), day("web", 1, 1)];
    store.add_status(&first).await.unwrap();
    store.add_status(&[day("mail", 3, 4)]).await.unwrap();
    let all = [day("mail", 5, 4), day("web", 1, 1)];
    assert_eq!(store.status_since(at(0)).await.unwrap(), all);
    assert_eq!(store.status_since(at(1)).await.unwrap(), []);
    let days = |days: u64| at(days * 86_400);
    store.sweep(days(89)).await.unwrap();
    assert_eq!(store.status_since(at(0)).await.unwrap(), all);
    store.sweep(days(91)).await.unwrap();
    assert_eq!(store.status_since(at(0)).await.unwrap(), []);
}
