//! Erasures that were cut off: who began them is not heard of again, so the server completes them.

use std::time::Duration;

use base::{AccountId, Clock as _, OsEntropy, ReceiptId, Timestamp};
use outbound::Letter;
use sqlx::Connection as _;

use super::*;
use crate::accounts::{account, sign_in};
use crate::database;

const ADA: &str = "ada@example.org";
const BEN: &str = "ben@example.org";
const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A member whose erasure was begun at `begun_at`, and no more.
async fn cut_off(app: &TestApp, email: &str, begun_at: Timestamp) -> AccountId {
    let id = member_id(app, email).await;
    begin(app, id, begun_at).await;
    id
}

async fn member_id(app: &TestApp, email: &str) -> AccountId {
    let mut browser = member(app, email).await;
    let view: serde_json::Value = testkit::browser::json(&account(&mut browser).await);
    view["id"].as_str().unwrap().parse().unwrap()
}

async fn begin(app: &TestApp, id: AccountId, begun_at: Timestamp) {
    let subject = app.app().subject_of_account(id).await.unwrap();
    let store = app.store().await;
    let digest = app::ledger_digest(&store, &subject, &OsEntropy).await;
    let (digest, receipt) = (digest.unwrap(), ReceiptId::new(begun_at, &OsEntropy));
    let begun = store.begin_erasure(receipt, &subject, &digest, begun_at);
    begun.await.unwrap();
    store.close().await;
}

/// Lets every try to erase this account fail, until [`let_go`].
async fn hold_fast(app: &TestApp, id: AccountId) {
    let fails = format!(
        "CREATE TRIGGER held BEFORE DELETE ON accounts WHEN OLD.id = '{id}'
         BEGIN SELECT RAISE(ABORT, 'held fast'); END"
    );
    let mut database = database::open(app).await;
    let made = sqlx::raw_sql(sqlx::AssertSqlSafe(fails));
    made.execute(&mut database).await.unwrap();
    database.close().await.unwrap();
}

async fn let_go(app: &TestApp) {
    database::tamper(app, "DROP TRIGGER held").await;
}

async fn is_there(app: &TestApp, id: AccountId) -> bool {
    let store = app.store().await;
    let row = store.account(id).await.unwrap();
    store.close().await;
    row.is_some()
}

/// Lets minutes pass until the account is gone. They are fewer than a day has.
async fn gone_in_time(app: &TestApp, id: AccountId) {
    for _ in 0..500 {
        if !is_there(app, id).await {
            return;
        }
        app.clock.advance(MINUTE);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the server completes it");
}

async fn is_refused(app: &TestApp, email: &str) {
    let refused = sign_in(&mut browser(app), email, PASSWORD).await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    assert!(refused.body.contains("locked"), "{}", refused.body);
}

#[tokio::test]
async fn one_erasure_that_fails_stops_neither_the_next_nor_retention() {
    let app = start().await;
    let begun_at = app.clock.now();
    let ada = cut_off(&app, ADA, begun_at).await;
    let ben = cut_off(&app, BEN, begun_at.after(MINUTE)).await;
    hold_fast(&app, ada).await;
    gone_in_time(&app, ben).await;
    assert!(is_there(&app, ada).await);
    is_refused(&app, ADA).await;
    let store = app.store().await;
    let swept = async || store.last_retention("all").await.unwrap().unwrap().ran_at;
    let before = swept().await;
    while swept().await <= before {
        app.clock.advance(MINUTE);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    store.close().await;
    let_go(&app).await;
    gone_in_time(&app, ada).await;
    app.stop().await;
}

/// Whoever is being erased is not served meanwhile; everybody else is.
#[tokio::test]
async fn a_server_starts_although_an_erasure_fails_and_locks_the_account() {
    let app = start().await;
    let begun_at = app.clock.now();
    let ada = cut_off(&app, ADA, begun_at).await;
    let ben = cut_off(&app, BEN, begun_at).await;
    member(&app, "cyd@example.org").await;
    hold_fast(&app, ada).await;
    let app = app.restart().await;
    assert!(is_there(&app, ada).await && !is_there(&app, ben).await);
    is_refused(&app, ADA).await;
    let other = sign_in(&mut browser(&app), "cyd@example.org", PASSWORD).await;
    assert_eq!(other.status, 200, "{}", other.body);
    let_go(&app).await;
    gone_in_time(&app, ada).await;
    app.stop().await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_keeps_no_erasure_from_being_completed() {
    let app = start().await;
    let later = app.clock.now().after(DAY);
    let ada = cut_off(&app, ADA, later).await;
    gone_in_time(&app, ada).await;
    assert!(app.clock.now() < later);
    let ben = cut_off(&app, BEN, later.after(DAY)).await;
    let app = app.restart().await;
    assert!(!is_there(&app, ben).await, "before anybody is answered");
    app.stop().await;
}

/// Whoever began it could send no letter. Whom a restore has brought back had theirs when they went.
#[tokio::test]
async fn who_was_erased_by_the_server_itself_gets_the_receipt_once() {
    let app = start().await;
    let now = app.clock.now();
    let ada = cut_off(&app, ADA, now).await;
    let ben = member_id(&app, BEN).await;
    let subject = app.app().subject_of_account(ben).await.unwrap();
    let store = app.store().await;
    let digest = app::ledger_digest(&store, &subject, &OsEntropy).await;
    let line = store::LedgerLine {
        id: ReceiptId::new(now, &OsEntropy).to_string(),
        subject: digest.unwrap().to_vec(),
        begun_at: now,
        completed_at: now,
        counts: "{}".to_owned(),
    };
    store.take_in_ledger(&[line]).await.unwrap();
    store.close().await;
    begin(&app, ben, now).await;
    let app = app.restart().await;
    assert!(!is_there(&app, ada).await && !is_there(&app, ben).await);
    let letters = app.letters().await.into_iter();
    let receipts = letters.filter(|(_, letter)| matches!(letter, Letter::Erased { .. }));
    let told: Vec<String> = receipts.map(|(to, _)| to.as_typed().to_owned()).collect();
    assert_eq!(told, [ADA]);
    app.stop().await;
}
