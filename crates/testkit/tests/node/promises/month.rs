//! Thirty days by the node's clock: what may be kept for as long is there a day before, and gone an hour after.

use std::time::Duration;

use age::x25519::Identity;
use base::Clock as _;
use privacy::{day, rfc3339};
use serde_json::json;
use store::Store;
use testkit::TestApp;

use crate::accounts::{account, browser, member};
use crate::database;
use crate::payments::until;

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const ADA: &str = "ada@example.org";

/// How much there is of what has its time.
#[derive(Debug, PartialEq, Eq)]
struct Kept {
    /// Signed-in browsers.
    sessions: i64,
    /// Links by which somebody sets a new password.
    links: i64,
    /// Failures: all of its log that the program keeps itself.
    failures: usize,
    /// Files of the first backup: its data and its key.
    backup_files: usize,
}

impl Kept {
    async fn at(app: &TestApp, store: &Store, first_backup: &str) -> Self {
        let mut database = database::open(app).await;
        let mut count = async |sql| {
            let rows = sqlx::query_scalar(sql).fetch_one(&mut database).await;
            rows.unwrap()
        };
        let backups = backups(app);
        Self {
            sessions: count("SELECT COUNT(*) FROM sessions").await,
            links: count("SELECT COUNT(*) FROM tickets WHERE account_id IS NOT NULL").await,
            failures: store.errors(10).await.unwrap().len(),
            backup_files: backups
                .iter()
                .filter(|name| name.contains(first_backup))
                .count(),
        }
    }
}

/// A node that makes backups, which nobody in this test opens.
async fn start() -> TestApp {
    let recipient = Identity::generate().to_public().to_string();
    TestApp::start_with(|settings| {
        settings.accounts.password_cost = 4;
        settings.accounts.proof_of_work_cost = 1;
        settings.backup.recipients = vec![recipient];
    })
    .await
}

/// The files in the folder of backups.
fn backups(app: &TestApp) -> Vec<String> {
    let folder = app.folder().join("data").join("backups");
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let names = entries.map(|entry| entry.unwrap().file_name());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

/// What the name of a backup of this moment begins with.
fn stamp(app: &TestApp) -> String {
    let now = rfc3339(app.clock.now());
    format!("unisono-{}", now.replace(['-', ':'], ""))
}

/// Waits until today's backup is made. Those that are over were destroyed before.
async fn backed_up(app: &TestApp, stamp: &str) {
    let data = format!("{stamp}.backup.age");
    until(async || backups(app).contains(&data)).await;
}

/// Lets time pass, and the node do what is due by then.
async fn pass(app: &TestApp, store: &Store, span: Duration) {
    app.clock.advance(span);
    let now = app.clock.now();
    until(async || {
        let run = store.last_retention("all").await.unwrap();
        run.is_some_and(|run| run.ran_at >= now)
    })
    .await;
    backed_up(app, &stamp(app)).await;
}

/// When the policy says that what was over was deleted last.
async fn swept_on(app: &TestApp) -> String {
    let page = browser(app).send("GET", "/privacy?lang=en").await.body;
    let page = page.replace(['\u{2068}', '\u{2069}'], "");
    let (_, rest) = page
        .split_once("What was over was last deleted on ")
        .expect("the policy tells of the last run");
    rest.chars().take_while(|it| *it != '.').collect()
}

/// Promises S25, S31, T39: failures, backups, signed-in browsers and links are there after 29 days where they may be, and
/// none of them after 30 and an hour. Everybody reads when it was looked after.
#[tokio::test]
async fn what_is_kept_for_30_days_is_there_after_29_and_gone_an_hour_after_the_last() {
    let app = start().await;
    let first = stamp(&app);
    backed_up(&app, &first).await;
    let mut ada = member(&app, ADA).await;
    let wish = json!({ "email": ADA, "proof_of_work": ada.work("sign-in").await });
    let asked = browser(&app).post("/api/v1/account/reset", &wish).await;
    assert_eq!(asked.status, 202, "{}", asked.body);
    let store = app.store().await;
    let now = app.clock.now();
    assert!(store.keep_error("UNI-1", "it broke", now).await.unwrap());
    let kept = async || Kept::at(&app, &store, &first).await;
    let mut expected = Kept {
        sessions: 1,
        links: 1,
        failures: 1,
        backup_files: 2,
    };
    assert_eq!(kept().await, expected);

    // Who is not here for two weeks is signed out before.
    for days in [10, 10, 9] {
        pass(&app, &store, DAY * days).await;
        assert_eq!(account(&mut ada).await.status, 200);
    }
    expected.links = 0;
    assert_eq!(kept().await, expected);
    assert_eq!(swept_on(&app).await, day(now.after(DAY * 29)));

    pass(&app, &store, DAY + HOUR).await;
    let nothing = Kept {
        sessions: 0,
        links: 0,
        failures: 0,
        backup_files: 0,
    };
    assert_eq!(kept().await, nothing);
    assert_eq!(account(&mut ada).await.status, 401);
    assert_eq!(swept_on(&app).await, day(now.after(DAY * 30 + HOUR)));
    store.close().await;
    app.stop().await;
}
