//! The operator's page: for operators only, without anybody's content, and each act seen by whom it concerns.

use std::time::Duration;

use serde_json::{Value, json};
use testkit::browser::json as read;
use testkit::http::Answer;
use testkit::payments::PaymentService;
use testkit::{TestApp, TestBrowser};

use crate::accounts::{PASSWORD, account, browser, letter, member, start, tick};
use crate::database::tamper;
use ::account::AccountAct;
use outbound::Letter;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const PAGE: (&str, &str) = ("accept", "text/html");
const MINUTE: Duration = Duration::from_secs(60);
/// What jobs are called.
const RETENTION: &str = "Deleting what has had its time";
const PRICES: &str = "Asking what is sold at which price";
const PARTS: &str = "Keeping how each part does";

/// A browser of the first operator.
async fn operator(app: &TestApp) -> TestBrowser {
    let mut browser = browser(app);
    let body = json!({
        "token": app.setup_secret().unwrap(),
        "email": "op@example.org",
        "password": PASSWORD,
    });
    let answer = browser.post("/api/v1/account/setup", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    browser
}

async fn look(browser: &mut TestBrowser, path: &str) -> Answer {
    browser.request("GET", path, &[PAGE], b"").await
}

async fn send(browser: &mut TestBrowser, path: &str, form: &str) -> Answer {
    browser
        .request("POST", path, &[FORM, PAGE], form.as_bytes())
        .await
}

async fn id_of(browser: &mut TestBrowser) -> String {
    let account: Value = read(&account(browser).await);
    account["id"].as_str().unwrap().to_owned()
}

async fn events(browser: &mut TestBrowser) -> String {
    browser.send("GET", "/api/v1/account/events").await.body
}

#[tokio::test]
async fn whoever_is_no_operator_finds_what_an_unknown_address_gives() {
    let app = start().await;
    let mut guest = browser(&app);
    let mut ada = member(&app, "ada@example.org").await;
    let id = id_of(&mut ada).await;
    for browser in [&mut guest, &mut ada] {
        let unknown = look(browser, "/nowhere").await;
        let page = look(browser, "/admin").await;
        assert_eq!((page.status, &page.body), (unknown.status, &unknown.body));
        let form = format!("account={id}&act=lock");
        for path in ["/admin/account", "/admin/account/act"] {
            for method in ["GET", "POST", "PUT"] {
                let there = browser.request(method, path, &[FORM, PAGE], form.as_bytes());
                let there = there.await;
                let nowhere = browser.request(method, "/nowhere", &[FORM, PAGE], form.as_bytes());
                assert_eq!(there.status, nowhere.await.status, "{method} {path}");
            }
        }
    }
    assert_eq!(account(&mut ada).await.status, 200, "nothing was done");
    app.stop().await;
}

/// Promise T27: states and numbers, nothing that anybody said or listened to. Promise T13: no picture.
#[tokio::test]
async fn the_page_shows_how_the_server_does_and_nobodys_content() {
    let app = start().await;
    let mut op = operator(&app).await;
    let mut ada = member(&app, "ada-canary@example.org").await;
    let named = json!({ "user_name": "Canary Ada" });
    ada.send_json("PATCH", "/api/v1/account", &named).await;
    let overview = look(&mut op, "/admin").await;
    assert_eq!(overview.status, 200);
    for part in ["SQLite", "unisono mail list", env!("CARGO_PKG_VERSION")] {
        assert!(overview.body.contains(part), "{part}");
    }
    let free = told(&overview.body, "Free on the disk of the data");
    assert!(free.contains(" MB"), "{free}");
    let waits = "unisono privacy requests list";
    assert!(!overview.body.contains(waits), "nothing waits");
    let asked = send(&mut ada, "/privacy/me/ask", "kind=other&message=canary").await;
    assert!(asked.status < 400, "{}", asked.body);
    let overview = look(&mut op, "/admin").await;
    assert!(overview.body.contains(waits), "{}", overview.body);
    let found = send(
        &mut op,
        "/admin/account",
        "account=ada-canary%40example.org",
    )
    .await;
    assert_eq!(found.status, 200, "{}", found.body);
    assert!(found.body.contains(&id_of(&mut ada).await));
    for page in [overview, found] {
        for hidden in ["canary", "Canary", "/avatars/", "<img"] {
            assert!(!page.body.contains(hidden), "{hidden}: {}", page.body);
        }
    }
    let almost = send(&mut op, "/admin/account", "account=ada-canary%40example").await;
    assert_eq!(almost.status, 404);
    app.stop().await;
}

#[tokio::test]
async fn the_page_shows_what_the_server_does_by_itself_and_what_failed() {
    let app = start().await;
    let mut op = operator(&app).await;
    for (language, job, off) in [
        ("en", "Deleting what has had its time", "not set up"),
        ("ru", "Удаление просроченного", "не настроено"),
        ("ar", "حذف ما انتهى وقته", "غير مُعدّ"),
    ] {
        let page = look(&mut op, &format!("/admin?lang={language}")).await.body;
        for part in [job, off] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }
    let page = look(&mut op, "/admin?lang=en").await.body;
    assert_eq!(told(&page, PRICES), "not set up");
    // A table that a job needs is away.
    for (job, away, back) in [
        (
            RETENTION,
            "ALTER TABLE erasures RENAME TO elsewhere",
            "ALTER TABLE elsewhere RENAME TO erasures",
        ),
        (
            PARTS,
            "ALTER TABLE status_days RENAME TO elsewhere",
            "ALTER TABLE elsewhere RENAME TO status_days",
        ),
    ] {
        tamper(&app, away).await;
        until_job_is(&app, &mut op, job, "failed ").await;
        tamper(&app, back).await;
        until_job_is(&app, &mut op, job, "done ").await;
    }
    app.stop().await;
}

/// What can't be sold is logged once, and stays on the page for as long as it can't be.
#[tokio::test]
async fn the_page_shows_that_a_price_is_wrong_until_it_is_right() {
    let service = PaymentService::start().await;
    let app = TestApp::start_with(|settings| {
        settings.accounts.password_cost = 4;
        service.serve_node(settings);
        settings.outbound.payments.price_year = Some("price_of_nobody".to_owned());
    })
    .await;
    let mut op = operator(&app).await;
    let reference = |told: &str| {
        told.split(' ')
            .find_map(|it| it.strip_prefix("UNI-").map(str::to_owned))
    };
    let first = until_job_is(&app, &mut op, PRICES, "failed ").await;
    for _ in 0..3 {
        app.clock.advance(60 * MINUTE);
        let again = until_job_is(&app, &mut op, PRICES, "failed ").await;
        assert_eq!(reference(&again), reference(&first));
    }
    app.stop().await;
}

/// What the page says under a name.
fn told(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(name).unwrap();
    let (_, told) = rest.split_once("<dd>").unwrap();
    told.split_once("</dd>").unwrap().0.to_owned()
}

/// Lets minutes pass until a job had this outcome, and gives what the page says of it.
async fn until_job_is(app: &TestApp, op: &mut TestBrowser, job: &str, outcome: &str) -> String {
    loop {
        app.clock.advance(MINUTE);
        let page = look(op, "/admin?lang=en").await.body;
        let told = told(&page, job);
        assert!(!told.contains("failed") || told.contains("UNI-"), "{told}");
        if told.starts_with(outcome) {
            return told;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn an_act_needs_a_proof_of_late_and_is_seen_by_whom_it_concerns() {
    let app = start().await;
    let mut op = operator(&app).await;
    let mut ada = member(&app, "ada@example.org").await;
    let id = id_of(&mut ada).await;
    let copy = format!("account={id}&act=send-copy");
    tick(&app);
    assert_eq!(send(&mut op, "/admin/account/act", &copy).await.status, 200);
    let Letter::ExportReady { .. } = letter(&app, "ada@example.org").await else {
        panic!("the owner is told where the copy is");
    };
    assert!(events(&mut ada).await.contains("operator-sent-copy"));

    app.clock.advance(Duration::from_secs(601));
    let lock = format!("account={id}&act=lock");
    let stale = send(&mut op, "/admin/account/act", &lock).await;
    assert_eq!(stale.status, 403);
    assert!(stale.body.contains("name=\"password\""), "it is asked for");
    assert_eq!(account(&mut ada).await.status, 200);
    let wrong = format!("{lock}&password=not+this+one+at+all");
    assert_eq!(
        send(&mut op, "/admin/account/act", &wrong).await.status,
        403
    );
    let right = format!("{lock}&password={}", PASSWORD.replace(' ', "+"));
    let locked = send(&mut op, "/admin/account/act", &right).await;
    assert_eq!(locked.status, 200, "{}", locked.body);
    assert_eq!(account(&mut ada).await.status, 401, "signed out");
    let overview = look(&mut op, "/admin").await;
    assert!(overview.body.contains(&id), "it is written down");

    let unlock = format!(
        "account={id}&act=unlock&password={}",
        PASSWORD.replace(' ', "+")
    );
    assert_eq!(
        send(&mut op, "/admin/account/act", &unlock).await.status,
        200
    );
    crate::accounts::sign_in(&mut ada, "ada@example.org", PASSWORD).await;
    let seen = events(&mut ada).await;
    assert!(seen.contains("operator-locked") && seen.contains("operator-unlocked"));
    app.stop().await;
}

/// What cannot be done is noted all the same: nothing is begun unseen.
#[tokio::test]
async fn an_erasure_is_written_down_before_it_is_done() {
    let app = start().await;
    let mut op = operator(&app).await;
    let mut ada = member(&app, "ada@example.org").await;
    let id = id_of(&mut ada).await;
    let stuck =
        "CREATE TRIGGER stuck BEFORE DELETE ON accounts BEGIN SELECT RAISE(ABORT, 'stuck'); END";
    tamper(&app, stuck).await;
    let form = format!("account={id}&act=erase&word=erase");
    let failed = send(&mut op, "/admin/account/act", &form).await;
    assert_eq!(failed.status, 500, "{}", failed.body);
    assert_eq!(account(&mut ada).await.status, 200, "nothing is gone");
    let store = app.store().await;
    let acts = store.acts(10).await.unwrap();
    store.close().await;
    let noted: Vec<_> = acts.iter().map(|row| (row.act, row.account)).collect();
    assert_eq!(noted, [(AccountAct::Erase.into(), None)]);
    app.stop().await;
}

#[tokio::test]
async fn an_account_is_erased_by_a_typed_word_and_never_ones_own() {
    let app = start().await;
    let mut op = operator(&app).await;
    let mut ada = member(&app, "ada@example.org").await;
    let id = id_of(&mut ada).await;
    let erase = format!("account={id}&act=erase");
    assert_eq!(
        send(&mut op, "/admin/account/act", &erase).await.status,
        400
    );
    assert_eq!(account(&mut ada).await.status, 200);
    let foreign = [FORM, PAGE, ("sec-fetch-site", "cross-site")];
    let form = format!("{erase}&word=erase");
    let answer = op
        .request("POST", "/admin/account/act", &foreign, form.as_bytes())
        .await;
    assert_eq!(answer.status, 404, "a page of another site does nothing");
    tick(&app);
    let done = send(&mut op, "/admin/account/act", &form).await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(account(&mut ada).await.status, 401);
    assert!(matches!(
        letter(&app, "ada@example.org").await,
        Letter::Erased { .. }
    ));
    let own = id_of(&mut op).await;
    let form = format!("account={own}&act=lock");
    for (language, words) in [
        ("en", "Another operator has to do it."),
        ("ru", "Это должен сделать другой оператор."),
        ("ar", "يجب أن يفعله مشغّل آخر."),
    ] {
        let path = format!("/admin/account/act?lang={language}");
        let refused = send(&mut op, &path, &form).await;
        assert_eq!(refused.status, 409, "{}", refused.body);
        for part in [words, "UNI-"] {
            assert!(refused.body.contains(part), "{part}: {}", refused.body);
        }
    }
    assert_eq!(account(&mut op).await.status, 200);
    app.stop().await;
}
