//! What is written down for the owner: once for each change, no more often than a bound, and by mail where a stranger could
//! have done it.

use outbound::Letter;

use super::*;
use crate::accounts::{letter, sign_in};

const HOUR: std::time::Duration = std::time::Duration::from_secs(60 * 60);

/// How often the page says this.
async fn said(browser: &mut TestBrowser, words: &str) -> usize {
    page(browser).await.matches(words).count()
}

#[tokio::test]
async fn to_restrict_again_changes_and_tells_nothing() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    for is_on in ["false", "true", "true", "false", "false"] {
        let done = send(&mut ada, "restrict", &[("is_on", is_on)]).await;
        assert_eq!(done.status, 303, "{}", done.body);
    }
    let told = said(&mut ada, "The use of the data was limited").await;
    let lifted = said(&mut ada, "The limit on the use of the data was lifted").await;
    assert_eq!((told, lifted), (1, 1));
    app.stop().await;
}

#[tokio::test]
async fn restrictions_copies_and_plans_of_one_account_are_few_and_taking_them_back_is_not_refused()
{
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let leave = [("when", "later"), ("word", "erase")];
    let (on, off) = ([("is_on", "true")], [("is_on", "false")]);
    for _ in 0..10 {
        for (act, fields) in [("restrict", &on[..]), ("restrict", &off), ("leave", &leave)] {
            let done = send(&mut ada, act, fields).await;
            assert_eq!(done.status, 303, "{}", done.body);
        }
        assert_eq!(send(&mut ada, "stay", &[]).await.status, 303);
        assert_eq!(send(&mut ada, "copy", &[]).await.status, 200);
    }
    let acts = [("restrict", &on[..]), ("leave", &leave), ("copy", &[])];
    for (act, fields) in acts {
        let refused = send(&mut ada, act, fields).await;
        assert_eq!(refused.status, 429, "{act}: {}", refused.body);
        assert!(refused.header("retry-after").is_some());
    }
    let mut ben = member(&app, "ben@example.org").await;
    assert_eq!(send(&mut ben, "restrict", &on).await.status, 303, "apart");
    app.clock.advance(HOUR);
    sign_in(&mut ada, "ada@example.org", PASSWORD).await;
    for (act, fields) in [("restrict", &on[..]), ("leave", &leave)] {
        let done = send(&mut ada, act, fields).await;
        assert_eq!(done.status, 303, "{}", done.body);
    }
    app.stop().await;
}

/// Whoever took an account over and plans to erase it is not alone with that: the owner has a letter, and seven days.
#[tokio::test]
async fn the_owner_hears_that_an_erasure_is_planned_and_takes_it_back() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut stranger = ada.clone();
    tick(&app);
    let leave = [("when", "later"), ("word", "erase")];
    for _ in 0..2 {
        let planned = send(&mut stranger, "leave", &leave).await;
        assert_eq!(leads_to(&planned), "/privacy/me?done=planned#leave");
    }
    let Letter::ErasurePlanned { day, .. } = letter(&app, "ada@example.org").await else {
        panic!("the owner is told");
    };
    let shown = page(&mut ada).await;
    assert!(shown.contains("Everything will be erased on") && shown.contains(&day));
    let letters = app.letters().await.into_iter();
    let planned = letters.filter(|(_, it)| matches!(it, Letter::ErasurePlanned { .. }));
    assert_eq!(planned.count(), 1, "once for one plan");
    assert_eq!(
        said(&mut ada, "It was planned to erase the account").await,
        1
    );
    for _ in 0..2 {
        let stayed = send(&mut ada, "stay", &[]).await;
        assert_eq!(leads_to(&stayed), "/privacy/me?done=stayed#leave");
    }
    let taken_back = "The erasing of the account was taken back";
    assert_eq!(said(&mut ada, taken_back).await, 1);
    app.stop().await;
}
