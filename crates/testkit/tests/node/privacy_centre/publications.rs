//! A policy that is put in force while the clock says an earlier hour than for the one before it.

use std::time::Duration;

use base::{AccountId, Clock as _, Timestamp};
use outbound::Letter;
use testkit::browser::json as read;

use super::notice::{press_seen, publish, shown};
use super::*;
use crate::accounts::{account, sign_in};

const ADA: &str = "ada@example.org";
const BEN: &str = "ben@example.org";
const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const LESS: &str = "00aa00aa00aa";

/// Sets the clock back, as a time server does.
fn set_back(app: &TestApp, span: Duration) {
    let now = u64::try_from(app.clock.now().unix_ms()).unwrap();
    let earlier = Duration::from_millis(now) - span;
    app.clock.set(Timestamp::default().after(earlier));
}

/// The versions that were in force, the first one first, by their ordinals.
async fn published(app: &TestApp) -> Vec<(i64, String)> {
    let store = app.store().await;
    let rows = store.policies(10).await.unwrap().into_iter().rev();
    let rows = rows.map(|it| (it.ordinal.get(), it.policy.version));
    let rows = rows.collect();
    store.close().await;
    rows
}

/// A member has agreed to a policy that only this installation knows.
async fn agreed(app: &TestApp, account: AccountId, version: &str) {
    let store = app.store().await;
    let now = app.clock.now();
    assert!(store.set_agreed(account, version, now).await.unwrap());
    store.close().await;
}

async fn is_told(browser: &mut TestBrowser) -> bool {
    let page = shown(browser, "/contact").await;
    page.contains("policy-notice\"")
}

/// Lets minutes pass until every round of letters is complete; gives who was written to of the policy.
async fn written_to(app: &TestApp) -> Vec<String> {
    let store = app.store().await;
    for _ in 0..200 {
        app.clock.advance(MINUTE);
        let rounds = store.announcements(8).await.unwrap();
        if !rounds.is_empty() && rounds.iter().all(|round| round.completed_at.is_some()) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    store.close().await;
    let letters = app.letters().await.into_iter();
    let letters = letters.filter(|(_, letter)| matches!(letter, Letter::PolicyChanged { .. }));
    letters.map(|(to, _)| to.as_typed().to_owned()).collect()
}

/// What the history says, the latest first: the day, the version, and whether something was added and removed.
fn history(page: &str) -> Vec<(String, String, bool, bool)> {
    let t = texts::Language::English;
    let [added, removed] =
        ["privacy-versions-added", "privacy-versions-removed"].map(|key| t.say(key));
    let between = |entry: &str, from: &str, to: &str| {
        let (_, rest) = entry.split_once(from).unwrap();
        rest.split_once(to).unwrap().0.to_owned()
    };
    let (_, changes) = page.split_once("id=\"changes\"").unwrap();
    let entries = changes.split("<details>").skip(1);
    entries
        .map(|entry| {
            (
                between(entry, "datetime=\"", "\""),
                between(entry, "<code dir=\"ltr\">", "<"),
                entry.contains(&added),
                entry.contains(&removed),
            )
        })
        .collect()
}

/// Promises S48, T6, T41, Y52: the policy that came last is in force, is told to whoever agreed to another one, is published
/// once, and hides none that was in force before it, itself included.
#[tokio::test]
async fn a_policy_of_an_earlier_hour_is_in_force_told_once_and_hides_none_before_it() {
    let app = start().await;
    let own = app.app().policy_version().to_owned();
    let mut ada = member(&app, ADA).await;
    let view: serde_json::Value = read(&account(&mut ada).await);
    let id = view["id"].as_str().unwrap().parse().unwrap();
    app.clock.advance(DAY);
    publish(&app, LESS, "less", &[]).await;
    agreed(&app, id, LESS).await;
    assert!(!is_told(&mut ada).await, "less is held");
    set_back(&app, 30 * DAY);
    let mut app = app;
    for _ in 0..2 {
        app = app.restart().await;
        let all = [(1, own.clone()), (2, LESS.to_owned()), (3, own.clone())];
        assert_eq!(published(&app).await, all);
    }
    let again = sign_in(&mut ada, ADA, PASSWORD).await;
    assert_eq!(again.status, 200, "{}", again.body);
    let mut ben = member(&app, BEN).await;
    let mut guest = browser(&app);
    assert!(is_told(&mut ada).await && is_told(&mut guest).await);
    assert!(!is_told(&mut ben).await, "he agreed to it");
    press_seen(&mut ada, "/contact").await;
    press_seen(&mut guest, "/contact").await;
    assert!(!is_told(&mut ada).await && !is_told(&mut guest).await);
    assert_eq!(written_to(&app).await, [ADA]);
    let page = shown(&mut guest, "/privacy").await;
    let entry = |day: &str, version: &str, added, removed| {
        (day.to_owned(), version.to_owned(), added, removed)
    };
    let expected = [
        entry("2026-10-24", &own, true, false),
        entry("2026-11-23", LESS, false, true),
        entry("2026-11-22", &own, false, false),
    ];
    assert_eq!(history(&page), expected);
    app.stop().await;
}
