//! What the policy says more than before is shown on every page until it was seen.

use base::Clock;
use serde_json::{Value, json};
use store::{PolicyOrdinal, PolicyRow};
use testkit::browser::json as read;

use super::*;
use crate::database::tamper;

/// Pages that the server draws; of the first, the drawn form is kept for everybody.
const PAGES: [&str; 4] = ["/privacy", "/rooms", "/terms", "/contact"];
const SENTENCE: &str = "More is held or told than before, for: Finding a piece of music";

/// Puts a policy in force by which `rows` are held, as a later version of the program would. Gives which publication it is.
pub(super) async fn publish(
    app: &TestApp,
    version: &str,
    change: &str,
    rows: &[Value],
) -> PolicyOrdinal {
    app.clock.advance(std::time::Duration::from_secs(60));
    let now = app.clock.now();
    let model = json!({ "rows": rows, "asked": [], "players": [], "erasure": {} });
    let row = PolicyRow {
        version: version.to_owned(),
        published_at: now,
        change: change.to_owned(),
        model: model.to_string(),
    };
    let store = app.store().await;
    let before = store.policy_in_force().await.unwrap();
    assert!(store.publish_policy(&row, before, None).await.unwrap());
    let published = store.policy_in_force().await.unwrap();
    store.close().await;
    // What was read a moment ago is believed for as long.
    app.clock.advance(std::time::Duration::from_secs(10));
    published
}

fn held(purpose: &str) -> Value {
    json!({
        "place": "server", "purpose": purpose, "category": "activity", "basis": "contract", "retention": "account",
        "sources": [], "visibility": ["self"], "recipients": [], "at_rest": ["plain"], "names": [],
    })
}

/// A policy with less than this program's, and one with more than that. Who joins from now on agrees to that one.
async fn publish_more(app: &TestApp) -> PolicyOrdinal {
    publish(app, "less", "less", &[held("account")]).await;
    let rows = [held("account"), held("finding-music")];
    publish(app, app.app().policy_version(), "more", &rows).await
}

pub(super) async fn shown(browser: &mut TestBrowser, path: &str) -> String {
    let accept = [("accept", "text/html,application/xhtml+xml")];
    let answer = browser.request("GET", path, &accept, b"").await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    if answer.body.contains("policy-notice\"") {
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert!(answer.header("etag").is_none(), "{path}");
    }
    plain(&answer.body)
}

/// Without the marks around what was put into a sentence, which nobody sees.
fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

async fn has_notice(browser: &mut TestBrowser, path: &str) -> bool {
    shown(browser, path).await.contains(SENTENCE)
}

/// Sends the form of the notice on `path`, as a browser without script does.
pub(super) async fn press_seen(browser: &mut TestBrowser, path: &str) -> Answer {
    let page = shown(browser, path).await;
    let value = |name: &str| {
        let (_, rest) = page
            .split_once(&format!("name=\"{name}\" value=\""))
            .unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let body = format!(
        "policy={}&back={}",
        value("policy"),
        escaped(&value("back"))
    );
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    browser
        .request("POST", "/privacy/seen", &kind, body.as_bytes())
        .await
}

/// Promises T41, Y52: a guest is shown it on every page, puts it away without script, and is shown the next one.
#[tokio::test]
async fn a_guest_is_shown_what_changed_until_they_press_seen() {
    let app = start().await;
    let mut guest = browser(&app);
    for path in PAGES {
        assert!(!has_notice(&mut guest, path).await, "nothing has changed");
    }
    publish_more(&app).await;
    for path in PAGES {
        assert!(has_notice(&mut guest, path).await, "{path}");
    }
    assert!(guest.cookies.is_empty(), "looking leaves nothing");
    let program = guest.send("GET", "/privacy").await;
    assert!(!program.body.contains(SENTENCE), "programs ask for no page");
    let seen = press_seen(&mut guest, "/rooms?lang=en").await;
    assert_eq!(leads_to(&seen), "/rooms?lang=en");
    assert!(guest.cookies.keys().eq(["__Host-unisono-policy"]));
    for path in PAGES {
        assert!(!has_notice(&mut guest, path).await, "{path}");
    }
    let wording = [held("account"), held("finding-music")];
    publish(&app, "words", "wording", &wording).await;
    assert!(
        !has_notice(&mut guest, "/terms").await,
        "only words changed"
    );
    let more = [held("account"), held("finding-music"), held("support")];
    publish(&app, "again", "more", &more).await;
    let page = shown(&mut guest, "/terms").await;
    assert!(
        page.contains("for: Answering what you write to us."),
        "{page}"
    );
    app.clock
        .advance(std::time::Duration::from_secs(90 * 24 * 60 * 60));
    assert!(
        !shown(&mut guest, "/terms")
            .await
            .contains("policy-notice\"")
    );
    app.stop().await;
}

#[tokio::test]
async fn what_was_known_of_the_policy_is_shown_and_put_away_while_the_database_does_not_say() {
    let app = start().await;
    let [mut guest, mut other] = [browser(&app), browser(&app)];
    publish_more(&app).await;
    assert!(has_notice(&mut guest, "/terms").await);
    tamper(&app, "ALTER TABLE policies RENAME TO out_of_reach").await;
    app.clock.advance(std::time::Duration::from_secs(10));
    for guest in [&mut guest, &mut other] {
        assert!(has_notice(guest, "/terms").await);
    }
    press_seen(&mut guest, "/terms").await;
    assert!(!has_notice(&mut guest, "/terms").await);
    tamper(&app, "ALTER TABLE out_of_reach RENAME TO policies").await;
    app.clock.advance(std::time::Duration::from_secs(10));
    assert!(!has_notice(&mut guest, "/terms").await);
    assert!(has_notice(&mut other, "/terms").await);
    app.stop().await;
}

/// Promises T41, Y52: what a member has seen on one device they have seen on all. Who came later agreed to it as it is.
#[tokio::test]
async fn a_member_who_has_seen_it_on_one_device_has_seen_it_on_all() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut phone = ada.clone();
    publish_more(&app).await;
    assert!(has_notice(&mut ada, "/privacy/me").await && has_notice(&mut phone, "/contact").await);
    let told: Value = read(&ada.send("GET", "/api/v1/privacy/notice?lang=en").await);
    let says = plain(told["notice"]["says"].as_str().unwrap());
    assert!(says.contains(SENTENCE), "{says}");
    let body = json!({ "policy": told["notice"]["policy"] });
    let seen = ada.post("/api/v1/privacy/notice/seen", &body).await;
    assert_eq!(seen.status, 204, "{}", seen.body);
    assert!(seen.header("set-cookie").is_none(), "the account knows");
    assert!(!has_notice(&mut phone, "/contact").await);
    let told: Value = read(&phone.send("GET", "/api/v1/privacy/notice").await);
    assert_eq!(told, json!({ "notice": null }));
    let mut ben = member(&app, "ben@example.org").await;
    assert!(!has_notice(&mut ben, "/privacy/me").await, "he came later");
    let mut guest = browser(&app);
    assert!(has_notice(&mut guest, "/contact").await);
    app.stop().await;
}

/// Promises T41, Y52: whoever missed one change is told of it with the next, and whoever saw it only of the next.
#[tokio::test]
async fn two_changes_in_a_row_are_told_together_to_whoever_saw_neither() {
    let app = start().await;
    let [mut ada, mut ben] = [
        member(&app, "ada@example.org").await,
        member(&app, "ben@example.org").await,
    ];
    let (mut guest, mut early) = (browser(&app), browser(&app));
    publish_more(&app).await;
    press_seen(&mut ben, "/contact").await;
    press_seen(&mut early, "/contact").await;
    let more = [held("account"), held("finding-music"), held("support")];
    publish(&app, "again", "more", &more).await;
    let (music, support) = (
        "Finding a piece of music",
        "Answering what you write to us.",
    );
    for missed_both in [&mut ada, &mut guest] {
        let page = shown(missed_both, "/contact").await;
        let (_, says) = page.split_once("More is held or told than before").unwrap();
        let (says, _) = says.split_once('<').unwrap();
        assert!(says.contains(music) && says.contains(support), "{says}");
        press_seen(missed_both, "/contact").await;
        assert!(!has_notice(missed_both, "/contact").await);
    }
    for missed_one in [&mut ben, &mut early] {
        let page = shown(missed_one, "/contact").await;
        assert!(!page.contains(SENTENCE), "that was seen: {page}");
        assert!(page.contains(&format!("for: {support}")), "{page}");
    }
    app.stop().await;
}

/// Promise Y53: neither going on to use the server nor pressing "Seen" agrees to anything. A purpose that rests on consent
/// stays off, and a refusal stays one, whatever the policy comes to say.
#[tokio::test]
async fn a_changed_policy_and_its_notice_agree_to_nothing_in_anybodys_name() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let no = [("matter", "youtube"), ("is_given", "false")];
    assert_eq!(send(&mut ada, "consent", &no).await.status, 303);
    let account = shown::id(&mut ada).await;
    let store = app.store().await;
    let choices = async || {
        let row = store.account(account).await.unwrap().unwrap();
        let objections = store.objections(account).await.unwrap();
        let consents = store.consents(account).await.unwrap();
        (row.agreed_version, row.agreed_at, objections, consents)
    };
    let before = choices().await;
    assert_eq!(before.3.len(), 1);
    publish(&app, "less", "less", &[held("account")]).await;
    let mut asks = held("notices");
    asks["basis"] = json!("consent");
    publish(&app, "asks", "more", &[held("account"), asks]).await;
    let notice = shown(&mut ada, "/privacy/me").await;
    assert!(notice.contains("for: Telling you what you asked to be told."));
    assert_eq!(press_seen(&mut ada, "/privacy/me").await.status, 303);
    assert_eq!(choices().await, before);
    assert_eq!(
        ada.send("GET", "/embed/youtube").await.status,
        403,
        "still no"
    );
    let hosting: Value = read(&ada.send("GET", "/api/v1/account/hosting").await);
    assert_eq!(hosting["is_followable"], json!(false), "{hosting}");
    store.close().await;
    app.stop().await;
}

#[tokio::test]
async fn only_what_is_shown_can_be_put_away_and_only_by_a_page_of_ours() {
    let app = start().await;
    let mut guest = browser(&app);
    let published = publish_more(&app).await.get();
    for policy in [0, published - 1, published + 1, i64::MAX] {
        let body = json!({ "policy": policy });
        let answer = guest.post("/api/v1/privacy/notice/seen", &body).await;
        assert_eq!(answer.status, 204);
    }
    assert!(guest.cookies.is_empty() && has_notice(&mut guest, "/contact").await);
    let form = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "cross-site"),
    ];
    let body = format!("policy={published}&back=//evil.example");
    let foreign = guest
        .request("POST", "/privacy/seen", &form, body.as_bytes())
        .await;
    assert_eq!(foreign.status, 403);
    let own = guest
        .request("POST", "/privacy/seen", &form[..1], body.as_bytes())
        .await;
    assert_eq!(leads_to(&own), "/privacy", "no other host");
    guest
        .cookies
        .insert("__Host-unisono-policy".to_owned(), "nonsense".to_owned());
    assert!(has_notice(&mut guest, "/contact").await);
    app.stop().await;
}

#[tokio::test]
async fn it_is_said_in_the_language_of_the_page() {
    let app = start().await;
    let mut guest = browser(&app);
    publish_more(&app).await;
    for (language, word) in [("ru", "Прочитано"), ("ar", "اطّلعت عليها")] {
        let page = shown(&mut guest, &format!("/terms?lang={language}")).await;
        assert!(page.contains(word), "{page}");
        let told = format!("/api/v1/privacy/notice?lang={language}");
        let told: Value = read(&guest.send("GET", &told).await);
        assert!(page.contains(&plain(told["notice"]["says"].as_str().unwrap())));
    }
    app.stop().await;
}
