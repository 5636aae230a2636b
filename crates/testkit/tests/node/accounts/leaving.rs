//! Taking everything along, and leaving for good.

use std::time::Duration;

use base::{Clock as _, Timestamp};

use super::*;

fn wish(now: bool) -> Value {
    json!({ "word": "erase", "now": now })
}

#[tokio::test]
async fn who_leaves_at_once_is_gone_and_gets_a_receipt() {
    let app = start().await;
    let mut ada = member(&app, "ada-canary@example.org").await;
    let mut ben = member(&app, "ben@example.org").await;
    ada.send_json(
        "PATCH",
        "/api/v1/account",
        &json!({ "user_name": "Ada Canary" }),
    )
    .await;
    let typo = json!({ "word": "delete", "now": true });
    let refused = ada.send_json("DELETE", "/api/v1/account", &typo).await;
    assert_eq!(refused.status, 400);
    tick(&app);
    let left = ada
        .send_json("DELETE", "/api/v1/account", &wish(true))
        .await;
    assert_eq!(left.status, 200, "{}", left.body);
    let left: Value = read(&left);
    assert_eq!(left["erased"]["counts"]["accounts"], 1);
    assert!(ada.cookies.is_empty());
    assert_eq!(account(&mut ada).await.status, 401);
    let answer = sign_in(&mut ada, "ada-canary@example.org", PASSWORD).await;
    assert_eq!(kind(&answer), "wrong-credentials", "sign-in knows nobody");
    assert_eq!(account(&mut ben).await.status, 200);
    assert!(matches!(
        letter(&app, "ada-canary@example.org").await,
        Letter::Erased { .. }
    ));
    app.stop().await;
}

/// Waits until an account is erased that is to be, once `span` is over.
async fn goes_after(app: &TestApp, browser: &mut TestBrowser, span: Duration) {
    const MINUTE: Duration = Duration::from_secs(60);
    app.clock.advance(span + MINUTE * 2);
    for _ in 0..200 {
        if account(browser).await.status == 401 {
            return;
        }
        app.clock.advance(MINUTE);
        tokio::task::yield_now().await;
    }
    panic!("the account is still there");
}

#[tokio::test]
async fn who_leaves_later_may_come_back_for_seven_days() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut ben = member(&app, "ben@example.org").await;
    for browser in [&mut ada, &mut ben] {
        let left = browser
            .send_json("DELETE", "/api/v1/account", &wish(false))
            .await;
        let left: Value = read(&left);
        assert!(left["planned"]["erase_at"].is_i64());
    }
    assert_eq!(ada.send("POST", "/api/v1/account/stay").await.status, 204);
    goes_after(&app, &mut ben, Duration::from_secs(7 * 24 * 60 * 60)).await;
    assert!(matches!(
        letter(&app, "ben@example.org").await,
        Letter::Erased { .. }
    ));
    assert_eq!(account(&mut ada).await.status, 200);
    app.stop().await;
}

/// Who signed in at a time that is still to come signs in anew; nothing is lost, and no date comes nearer.
#[tokio::test]
async fn a_clock_that_is_set_back_erases_nobody_early_and_what_is_due_goes_in_its_time() {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut ben = member(&app, "ben@example.org").await;
    let later = wish(false);
    let left = ben.send_json("DELETE", "/api/v1/account", &later).await;
    let planned: Value = read(&left);
    let began = app.clock.now();
    let month = Duration::from_millis(u64::try_from(began.unix_ms()).unwrap()) - DAY * 30;
    app.clock.set(Timestamp::default().after(month));
    assert_eq!(
        account(&mut ada).await.status,
        401,
        "signed in in the future"
    );
    let again = sign_in(&mut ada, "ada@example.org", PASSWORD).await;
    assert_eq!(again.status, 200, "{}", again.body);
    assert_eq!(ada.send("GET", "/api/v1/account/copy").await.status, 200);
    app.clock.set(began);
    let view: Value = read(&account(&mut ben).await);
    assert_eq!(view["erase_at"], planned["planned"]["erase_at"]);
    goes_after(&app, &mut ben, DAY * 7).await;
    let again = sign_in(&mut ada, "ada@example.org", PASSWORD).await;
    assert_eq!(again.status, 200, "{}", again.body);
    app.stop().await;
}

#[tokio::test]
async fn a_copy_holds_what_its_owner_gave_and_nothing_of_others() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    member(&app, "ben@example.org").await;
    ada.send_json("PATCH", "/api/v1/account", &json!({ "user_name": "Ada L" }))
        .await;
    let copy = ada.send("GET", "/api/v1/account/copy").await;
    assert_eq!(
        (copy.status, copy.header("content-type")),
        (200, Some("application/zip"))
    );
    assert!(copy.body.starts_with("PK"));
    app.clock.advance(Duration::from_secs(601));
    let stale = ada.send("GET", "/api/v1/account/copy").await;
    assert_eq!(kind(&stale), "prove-it-again");
    app.stop().await;
}
