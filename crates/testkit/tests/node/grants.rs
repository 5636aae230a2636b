//! Support sees what a member lets it see: one kind of data, for hours, each look noted first and seen by the member.

use std::time::Duration;

use app::operator_mark;
use base::AccountId;
use privacy::GrantScope;
use serde_json::{Value, json};
use testkit::browser::json as read;
use testkit::http::Answer;
use testkit::{TestApp, TestBrowser};

use crate::accounts::{PASSWORD, browser, member, start};
use crate::database::tamper;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const PAGE: (&str, &str) = ("accept", "text/html");
const GIVE: &str = "/privacy/me/grant";
const REVOKE: &str = "/privacy/me/grant/revoke";
const LOOK: &str = "/admin/look";
const HOUR: Duration = Duration::from_secs(60 * 60);

/// The first operator, a member with a name, and the installation.
struct Scene {
    app: TestApp,
    op: TestBrowser,
    ada: TestBrowser,
    id: AccountId,
}

async fn scene() -> Scene {
    let app = start().await;
    let mut op = browser(&app);
    let body = json!({
        "token": app.setup_secret().unwrap(),
        "email": "op@example.org",
        "password": PASSWORD,
    });
    let made = op.post("/api/v1/account/setup", &body).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let mut ada = member(&app, "ada-canary@example.org").await;
    let named = json!({ "user_name": "Canary Ada" });
    ada.send_json("PATCH", "/api/v1/account", &named).await;
    let id = id_of(&mut ada).await;
    Scene { app, op, ada, id }
}

async fn id_of(browser: &mut TestBrowser) -> AccountId {
    let account: Value = read(&browser.send("GET", "/api/v1/account").await);
    account["id"].as_str().unwrap().parse().unwrap()
}

async fn send(browser: &mut TestBrowser, path: &str, form: &str) -> Answer {
    let headers = [FORM, PAGE, ("sec-fetch-site", "same-origin")];
    browser
        .request("POST", path, &headers, form.as_bytes())
        .await
}

async fn page(browser: &mut TestBrowser, path: &str) -> String {
    let answer = browser.request("GET", path, &[PAGE], b"").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

impl Scene {
    fn password() -> String {
        PASSWORD.replace(' ', "+")
    }

    /// Ada allows a look, with her password where the last proof is old.
    async fn give(&mut self, scope: GrantScope, hours: u32) {
        let form = format!("scope={scope}&hours={hours}&password={}", Self::password());
        let given = send(&mut self.ada, GIVE, &form).await;
        let leads = given.header("location");
        assert_eq!(
            leads,
            Some("/privacy/me?done=granted#grants"),
            "{}",
            given.body
        );
    }

    /// The operator looks, with their password where the last proof is old.
    async fn look(&mut self, scope: GrantScope) -> Answer {
        let form = format!(
            "account={}&scope={scope}&password={}",
            self.id,
            Self::password()
        );
        send(&mut self.op, LOOK, &form).await
    }

    /// Looks that were noted.
    async fn noted(&self) -> usize {
        let store = self.app.store().await;
        let views = store.granted_views_of(self.id).await.unwrap();
        store.close().await;
        views.len()
    }

    /// The grant's name, from the button that takes it back.
    async fn grant(&mut self) -> String {
        let page = page(&mut self.ada, "/privacy/me").await;
        let (_, rest) = page.split_once("name=\"grant\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }
}

/// Promise T28
#[tokio::test]
async fn support_sees_one_kind_of_data_while_its_owner_allows_it_and_the_owner_sees_each_look() {
    let mut scene = scene().await;
    let refused = scene.look(GrantScope::Profile).await;
    assert_eq!(refused.status, 403, "without a grant");
    assert!(!refused.body.contains("Canary"));
    assert!(
        !page(&mut scene.op, "/admin")
            .await
            .contains(&scene.id.to_string())
    );

    scene.give(GrantScope::Profile, 1).await;
    assert!(
        page(&mut scene.op, "/admin")
            .await
            .contains(&scene.id.to_string())
    );
    let other_kind = scene.look(GrantScope::History).await;
    assert_eq!(other_kind.status, 403, "out of scope");
    assert_eq!(scene.noted().await, 0, "what is refused is no look");
    let shown = scene.look(GrantScope::Profile).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    assert_eq!(shown.header("cache-control"), Some("no-store"));
    assert!(shown.body.contains("Canary Ada") && shown.body.contains("accounts"));
    assert!(!shown.body.contains("ada-canary@"), "no address");
    let mark = operator_mark(id_of(&mut scene.op).await);
    let seen = page(&mut scene.ada, "/privacy/me").await;
    assert!(seen.contains(&mark), "which operator");
    assert!(page(&mut scene.op, "/admin").await.contains(&mark));

    scene.app.clock.advance(HOUR - Duration::from_millis(1));
    assert_eq!(scene.look(GrantScope::Profile).await.status, 200);
    scene.app.clock.advance(Duration::from_millis(1));
    let over = scene.look(GrantScope::Profile).await;
    assert_eq!(over.status, 403, "after its end");
    assert!(!over.body.contains("Canary"));
    assert!(
        !page(&mut scene.op, "/admin")
            .await
            .contains(&scene.id.to_string())
    );
    assert_eq!(scene.noted().await, 2);
    let look = format!("operator <code dir=\"ltr\" translate=\"no\">{mark}");
    let seen = page(&mut scene.ada, "/privacy/me").await;
    assert_eq!(seen.matches(&look).count(), 2, "each look");
    scene.app.stop().await;
}

/// Promise T28
#[tokio::test]
async fn a_grant_is_taken_back_at_once_and_by_its_owner_alone() {
    let mut scene = scene().await;
    scene.give(GrantScope::SignIns, 24).await;
    let grant = scene.grant().await;
    let form = format!("grant={grant}");
    let mut ben = member(&scene.app, "ben@example.org").await;
    assert_eq!(send(&mut ben, REVOKE, &form).await.status, 404);
    assert_eq!(send(&mut scene.op, REVOKE, &form).await.status, 404);
    let mut guest = browser(&scene.app);
    assert_eq!(send(&mut guest, REVOKE, &form).await.status, 401);
    assert_eq!(scene.look(GrantScope::SignIns).await.status, 200);
    let revoked = send(&mut scene.ada, REVOKE, &form).await;
    assert_eq!(
        revoked.header("location"),
        Some("/privacy/me?done=revoked#grants")
    );
    assert_eq!(scene.look(GrantScope::SignIns).await.status, 403);
    assert_eq!(send(&mut scene.ada, REVOKE, &form).await.status, 404);
    assert_eq!(
        send(&mut scene.ada, REVOKE, "grant=no+grant").await.status,
        400
    );
    scene.app.stop().await;
}

/// Promise T28: two members and a guest at each door.
#[tokio::test]
async fn nobody_but_operators_looks_and_nobody_allows_for_others() {
    let mut scene = scene().await;
    scene.give(GrantScope::Profile, 4).await;
    let ben = member(&scene.app, "ben@example.org").await;
    let guest = browser(&scene.app);
    let form = format!(
        "account={}&scope=profile&password={}",
        scene.id,
        Scene::password()
    );
    for mut other in [ben, guest, scene.ada.clone()] {
        for method in ["GET", "POST", "PUT"] {
            let there = other
                .request(method, LOOK, &[FORM, PAGE], form.as_bytes())
                .await;
            let nowhere = other.request(method, "/nowhere", &[FORM, PAGE], form.as_bytes());
            assert_eq!(there.status, nowhere.await.status, "{method}");
            assert!(!there.body.contains("Canary"));
        }
    }
    let foreign = [FORM, PAGE, ("sec-fetch-site", "cross-site")];
    let sent = scene
        .op
        .request("POST", LOOK, &foreign, form.as_bytes())
        .await;
    assert_eq!(sent.status, 404, "a page of another site looks at nothing");
    let read = scene.op.request("GET", LOOK, &[PAGE], b"").await;
    assert_eq!(read.status, 404, "following a link looks at nothing");
    assert_eq!(scene.noted().await, 0);

    let mut guest = browser(&scene.app);
    assert_eq!(
        send(&mut guest, GIVE, "scope=plan&hours=1").await.status,
        401
    );
    let body = b"scope=plan&hours=1";
    let sent = scene.ada.request("POST", GIVE, &foreign, body).await;
    assert_eq!(sent.status, 403);
    let left = page(&mut scene.op, "/admin").await;
    assert_eq!(
        left.matches(&scene.id.to_string()).count(),
        2,
        "one form, one line"
    );
    scene.app.stop().await;
}

#[tokio::test]
async fn allowing_and_looking_want_a_late_proof() {
    let mut scene = scene().await;
    for form in [
        "scope=plan&hours=25",
        "scope=plan&hours=0",
        "scope=everything&hours=1",
        "scope=plan",
    ] {
        assert_eq!(send(&mut scene.ada, GIVE, form).await.status, 400, "{form}");
    }
    scene.app.clock.advance(Duration::from_secs(601));
    assert_eq!(
        send(&mut scene.ada, GIVE, "scope=plan&hours=1")
            .await
            .status,
        403
    );
    let wrong = "scope=plan&hours=1&password=not+this+one+at+all";
    assert_eq!(send(&mut scene.ada, GIVE, wrong).await.status, 403);
    assert_eq!(
        scene.look(GrantScope::Plan).await.status,
        403,
        "nothing was allowed"
    );
    scene.give(GrantScope::Plan, 1).await;
    scene.app.clock.advance(Duration::from_secs(601));
    assert!(
        page(&mut scene.op, "/admin")
            .await
            .contains("name=\"password\"")
    );
    let form = format!("account={}&scope=plan", scene.id);
    assert_eq!(send(&mut scene.op, LOOK, &form).await.status, 403);
    let wrong = format!("{form}&password=not+this+one+at+all");
    assert_eq!(send(&mut scene.op, LOOK, &wrong).await.status, 403);
    assert_eq!(scene.noted().await, 0);
    assert_eq!(scene.look(GrantScope::Plan).await.status, 200);
    scene.app.stop().await;
}

/// Promise T28
#[tokio::test]
async fn a_look_is_noted_before_anything_is_read() {
    let mut scene = scene().await;
    scene.give(GrantScope::Profile, 1).await;
    scene.give(GrantScope::History, 1).await;
    tamper(&scene.app, "CREATE TRIGGER stuck BEFORE INSERT ON support_views BEGIN SELECT RAISE(ABORT, 'stuck'); END")
        .await;
    let unnoted = scene.look(GrantScope::Profile).await;
    assert_eq!(unnoted.status, 500);
    assert!(
        !unnoted.body.contains("Canary"),
        "what cannot be noted is not shown"
    );
    tamper(
        &scene.app,
        "DROP TRIGGER stuck; ALTER TABLE looked_at RENAME TO out_of_reach",
    )
    .await;
    assert_eq!(scene.look(GrantScope::History).await.status, 500);
    tamper(&scene.app, "ALTER TABLE out_of_reach RENAME TO looked_at").await;
    assert_eq!(
        scene.noted().await,
        1,
        "what could not be read is noted all the same"
    );
    scene.app.stop().await;
}

/// Promises T28, S35, S37
#[tokio::test]
async fn grants_and_looks_are_in_the_copy_and_go_with_the_account() {
    let mut scene = scene().await;
    scene.give(GrantScope::Rooms, 1).await;
    assert_eq!(scene.look(GrantScope::Rooms).await.status, 200);
    let subject = scene.app.app().subject_of_account(scene.id).await.unwrap();
    let store = scene.app.store().await;
    let copies = store.copy_of(&subject).await.unwrap();
    for table in ["support_grants", "support_views"] {
        let copy = copies.iter().find(|copy| copy.table.holding.table == table);
        assert_eq!(copy.expect(table).rows.len(), 1);
    }
    let gone = send(&mut scene.ada, "/privacy/me/leave", "when=now&word=erase").await;
    assert!(
        gone.body.contains("support_views</code>: 1"),
        "{}",
        gone.body
    );
    let left = store.counts_of(&subject).await.unwrap();
    assert!(left.is_empty(), "{left:?}");
    store.close().await;
    assert_eq!(scene.look(GrantScope::Rooms).await.status, 403);
    assert!(
        !page(&mut scene.op, "/admin")
            .await
            .contains(&scene.id.to_string())
    );
    scene.app.stop().await;
}

#[tokio::test]
async fn what_a_grant_shows_is_said_in_every_language() {
    let mut scene = scene().await;
    scene.give(GrantScope::Notices, 1).await;
    for (language, heading, hours) in [
        ("en", "Access for support", "24 hours"),
        ("ru", "Доступ для поддержки", "4 часа"),
        ("ar", "إذن للدعم", "ساعة واحدة"),
    ] {
        let path = format!("/privacy/me?lang={language}");
        let page = page(&mut scene.ada, &path)
            .await
            .replace(['\u{2068}', '\u{2069}'], "");
        assert!(page.contains(heading) && page.contains(hours), "{language}");
        assert!(
            page.contains("security_events.kind"),
            "the columns are named"
        );
        assert!(!page.contains("centre-grant"), "{language} lacks a text");
    }
    scene.app.stop().await;
}
