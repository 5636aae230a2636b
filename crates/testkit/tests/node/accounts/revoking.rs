//! An upstream is told that our access is over, however long it is away and whatever becomes of the server meanwhile.

use std::time::Duration;

use base::{Clock as _, Secret};
use serde_json::json;
use sqlx::Connection as _;
use store::Store;
use testkit::TestApp;
use testkit::files::files_with;
use testkit::http::get;
use testkit::issuer::Issuer;
use testkit::postgres::Postgres;

use super::member;
use super::upstreams::{forging, link, trust};

/// What the issuer says when it is away, and when it has taken a token back.
const AWAY: &str = r#""revoked":503"#;
const TAKEN: &str = r#""revoked":200"#;

/// Lets time pass until nothing waits to be taken back.
async fn until_none_waits(store: &Store, app: &TestApp) {
    while store.revocation_count().await.unwrap() > 0 {
        app.clock.advance(Duration::from_secs(60));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Lets time pass on two nodes alike, never while one of them is telling: it holds what it tells for longer than it puts
/// off its first turns.
async fn until_none_waits_on(postgres: &Postgres, [here, there]: [&TestApp; 2]) {
    const PUT_OFF_MS: std::ops::Range<i64> = 1..20 * 60_000;
    let mut database = sqlx::PgConnection::connect(&postgres.url()).await.unwrap();
    let waiting = "SELECT next_at FROM revocations";
    while let Some(next_at) = sqlx::query_scalar::<_, i64>(waiting)
        .fetch_optional(&mut database)
        .await
        .unwrap()
    {
        let left_ms = next_at - here.clock.now().unix_ms();
        if PUT_OFF_MS.contains(&left_ms) {
            let span = Duration::from_millis(left_ms.unsigned_abs() + 1_000);
            here.clock.advance(span);
            there.clock.advance(span);
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// What the issuer has said until now.
async fn heard(issuer: &mut Issuer) -> Vec<String> {
    let last = "/o/oauth2/v2/auth?response_type=code&client_id=last&redirect_uri=http://127.0.0.1/&state=s&scope=openid";
    get(issuer.address, last, &[]).await;
    issuer.hears(r#""client_id":"last""#).await
}

fn count(heard: &[String], word: &str) -> usize {
    heard.iter().filter(|line| line.contains(word)).count()
}

// Promise Y26
#[tokio::test]
async fn an_upstream_that_is_away_is_told_after_a_restart_that_a_link_is_gone() {
    let mut issuer = forging().await;
    let app = TestApp::start_with(|settings| trust(settings, &issuer)).await;
    let mut ada = member(&app, "ada@example.org").await;
    let path = link(&app, &issuer, &mut ada, "away-at-first").await;
    assert_eq!(ada.send("DELETE", &path).await.status, 204);
    issuer.hears(AWAY).await;
    let app = app.restart().await;
    let store = app.store().await;
    assert_eq!(store.revocation_count().await.unwrap(), 1);
    until_none_waits(&store, &app).await;
    store.close().await;
    let heard = heard(&mut issuer).await;
    assert_eq!((count(&heard, AWAY), count(&heard, TAKEN)), (1, 1));
    app.stop().await;
}

/// Promises Y26, Y29
#[tokio::test]
async fn an_upstream_that_is_away_is_told_of_who_has_left_and_nothing_of_them_is_kept() {
    let mut issuer = forging().await;
    let app = TestApp::start_with(|settings| trust(settings, &issuer)).await;
    let mut ada = member(&app, "ada-canary@example.org").await;
    link(&app, &issuer, &mut ada, "away-at-first").await;
    let wish = json!({ "word": "erase", "now": true });
    let left = ada.send_json("DELETE", "/api/v1/account", &wish).await;
    assert_eq!(left.status, 200, "{}", left.body);
    issuer.hears(AWAY).await;
    let app = app.restart().await;
    for canary in ["ada-canary", "110000000000000000001"] {
        let found = files_with(app.folder(), canary);
        assert_eq!(found, Vec::<String>::new(), "{canary}");
    }
    let store = app.store().await;
    until_none_waits(&store, &app).await;
    store.close().await;
    assert_eq!(count(&heard(&mut issuer).await, TAKEN), 1);
    app.stop().await;
}

#[tokio::test]
async fn of_two_nodes_one_tells_the_upstream() {
    let mut issuer = forging().await;
    let postgres = Postgres::start().unwrap();
    let node = async || {
        TestApp::start_with(|settings| {
            trust(settings, &issuer);
            settings.database_url = Some(Secret::new(postgres.url()));
            // Nodes that share a database share the key of what is sealed in it.
            settings.sealing_key = Some(Secret::new("5e".repeat(32)));
        })
        .await
    };
    let (here, there) = (node().await, node().await);
    let mut ada = member(&here, "ada@example.org").await;
    let path = link(&here, &issuer, &mut ada, "away-at-first").await;
    assert_eq!(ada.send("DELETE", &path).await.status, 204);
    until_none_waits_on(&postgres, [&here, &there]).await;
    let heard = heard(&mut issuer).await;
    assert_eq!((count(&heard, AWAY), count(&heard, TAKEN)), (2, 1));
    here.stop().await;
    there.stop().await;
}
