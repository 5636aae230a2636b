//! What is kept of a member, in which form and for how long.

use std::time::Duration;

use base::{Clock as _, IdentityId, OsEntropy, Personal, Secret, Timestamp};
use serde_json::{Value, json};
use sqlx::Connection as _;
use store::NewIdentity;
use testkit::TestApp;
use testkit::browser::json as read;
use testkit::files::files_with;
use testkit::http::get;

use crate::accounts::{PASSWORD, account, browser, code, member, sign_in, start};
use crate::database;
use crate::pages::PATHS;

const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Promises S5, Y30: what somebody types as a password is in no file, right or wrong, and two who have the same one cannot
/// be told by what is kept.
#[tokio::test]
async fn of_a_password_a_salted_hash_is_kept_and_nothing_else() {
    const WRONG: &str = "canary of a wrong password";
    let app = start().await;
    for email in ["ada@example.org", "ben@example.org"] {
        let mut member = member(&app, email).await;
        assert_eq!(sign_in(&mut member, email, WRONG).await.status, 403);
        assert_eq!(sign_in(&mut member, email, PASSWORD).await.status, 200);
    }
    let mut database = database::open(&app).await;
    let hashes: Vec<(String,)> = sqlx::query_as("SELECT hash FROM account_passwords")
        .fetch_all(&mut database)
        .await
        .unwrap();
    database.close().await.unwrap();
    let [(first,), (second,)] = &hashes[..] else {
        panic!("one each: {}", hashes.len());
    };
    assert!(first.starts_with("$2b$") && second.starts_with("$2b$"));
    assert_ne!(first, second, "each has a salt of its own");
    for typed in [PASSWORD, WRONG] {
        assert_eq!(files_with(app.folder(), typed), Vec::<String>::new());
    }
    assert!(
        !files_with(app.folder(), first).is_empty(),
        "the scan reads"
    );
    app.stop().await;
}

/// Promise T36: the token of an upstream, the seed of a second factor and a letter that waits are in no file as they are.
#[tokio::test]
async fn tokens_seeds_and_codes_are_sealed_where_they_lie() {
    const TOKEN: &str = "canary-token-of-an-upstream";
    const SEED: &str = "canary-seed-20-bytes";
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mailed = code(&app, "ada@example.org").await;
    let view: Value = read(&account(&mut ada).await);
    let id = view["id"].as_str().unwrap().parse().unwrap();
    let store = app.store().await;
    let identity = NewIdentity {
        id: IdentityId::new(&OsEntropy),
        upstream: "google".to_owned(),
        issuer: "https://accounts.google.com".to_owned(),
        subject: Personal::new("subject-that-is-kept".to_owned()),
        token: Some(Secret::new(TOKEN.to_owned())),
        connected_at: app.clock.now(),
    };
    assert!(store.insert_identity(id, &identity).await.unwrap());
    let seed = Secret::new(SEED.as_bytes().to_vec());
    assert!(store.offer_totp(id, &seed).await.unwrap());
    let now = app.clock.now();
    assert!(store.confirm_totp(id, 1, &[[1; 32]], now).await.unwrap());
    let kept = store.identities(id).await.unwrap().remove(0);
    assert_eq!(kept.token, Some(Secret::new(TOKEN.to_owned())));
    store.close().await;
    for sealed in [TOKEN, SEED, &mailed] {
        assert_eq!(files_with(app.folder(), sealed), Vec::<String>::new());
    }
    let subject = files_with(app.folder(), "subject-that-is-kept");
    assert!(!subject.is_empty(), "the scan reads");
    app.stop().await;
}

/// Promise Y1: what was agreed to, by which version, and when; another version is not agreed to by that.
#[tokio::test]
async fn agreeing_is_kept_with_its_version_and_its_moment() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let view: Value = read(&account(&mut ada).await);
    let store = app.store().await;
    let id = view["id"].as_str().unwrap().parse().unwrap();
    let row = store.account(id).await.unwrap().unwrap();
    store.close().await;
    assert_eq!(row.agreed_version, app.app().policy_version());
    assert_eq!(row.agreed_at, app.clock.now());
    let mut ben = browser(&app);
    let body = json!({
        "email": "ben@example.org", "agreed_version": "an older one", "is_of_age": true,
        "proof_of_work": ben.work("register").await,
    });
    let refused = ben.post("/api/v1/account/register", &body).await;
    assert!(refused.body.contains("other-policy"), "{}", refused.body);
    app.stop().await;
}

/// Promise Y25: nobody loses an account, or what they gave, because they were away for long.
#[tokio::test]
async fn an_account_that_nobody_used_for_five_years_is_there_with_all_of_it() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let named = json!({ "user_name": "Ada Away", "country": "PT" });
    let named = ada.send_json("PATCH", "/api/v1/account", &named).await;
    assert_eq!(named.status, 200, "{}", named.body);
    let room = json!({ "name": "Kitchen" });
    let saved = ada.post("/api/v1/account/rooms", &room).await;
    assert_eq!(saved.status, 201, "{}", saved.body);
    app.clock.advance(5 * YEAR);
    swept_since(&app, app.clock.now()).await;
    let app = app.restart().await;
    let mut back = browser(&app);
    let there = sign_in(&mut back, "ada@example.org", PASSWORD).await;
    assert_eq!(there.status, 200, "{}", there.body);
    let view: Value = read(&account(&mut back).await);
    assert_eq!(
        (&view["user_name"], &view["country"]),
        (&json!("Ada Away"), &json!("PT"))
    );
    let rooms = back.send("GET", "/api/v1/account/rooms").await;
    assert!(rooms.body.contains("Kitchen"), "{}", rooms.body);
    app.stop().await;
}

/// What is over goes, and stays gone; what is not over does not go because the clock was set back, and goes in its time.
#[tokio::test]
async fn a_clock_that_is_set_back_deletes_nothing_that_is_not_over() {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let app = start().await;
    member(&app, "ada@example.org").await;
    app.clock.advance(DAY);
    swept_since(&app, app.clock.now()).await;
    let codes = async |app: &TestApp| -> Vec<String> {
        let letters = app.letters().await.into_iter();
        letters.map(|(to, _)| to.as_typed().to_owned()).collect()
    };
    assert_eq!(codes(&app).await, [""; 0], "Ada's code is over");
    member(&app, "ben@example.org").await;
    assert_eq!(codes(&app).await, ["ben@example.org"]);
    let late = app.clock.now();
    let early = Timestamp::from_unix_ms(late.unix_ms() - 30 * 24 * 60 * 60 * 1_000);
    app.clock.set(early);
    let is_ready = async |app: &TestApp| {
        let answer = get(app.address(), "/readyz", &[]).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    };
    is_ready(&app).await;
    let app = app.restart().await;
    swept_when(&app, |ran_at| ran_at < late).await;
    is_ready(&app).await;
    assert_eq!(codes(&app).await, ["ben@example.org"]);
    for email in ["ada@example.org", "ben@example.org"] {
        let there = sign_in(&mut browser(&app), email, PASSWORD).await;
        assert_eq!(there.status, 200, "{}", there.body);
    }
    app.clock.set(late.after(DAY));
    swept_since(&app, late.after(DAY)).await;
    is_ready(&app).await;
    assert_eq!(codes(&app).await, [""; 0], "and now so is Ben's");
    app.stop().await;
}

/// Waits until the server has deleted what was over at `moment`.
async fn swept_since(app: &TestApp, moment: Timestamp) {
    swept_when(app, |ran_at| ran_at >= moment).await;
}

/// Waits until the server has deleted what was over, at a moment that will do.
async fn swept_when(app: &TestApp, will_do: impl Fn(Timestamp) -> bool) {
    let store = app.store().await;
    for _ in 0..500 {
        let run = store.last_retention("all").await.unwrap();
        if run.is_some_and(|run| will_do(run.ran_at)) {
            store.close().await;
            return;
        }
        app.clock.advance(Duration::from_secs(60));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the server sweeps every minute");
}

/// Promise Y50: also whoever is signed in gets no cookie that the inventory does not declare, from any page or door. Signing
/// out is looked at below.
#[tokio::test]
async fn a_member_gets_no_cookie_beyond_the_list() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let declared = &::app::App::inventory().cookie;
    for path in PATHS.iter().filter(|path| !path.ends_with("/sign-out")) {
        for method in ["GET", "POST"] {
            let answer = ada.send(method, path).await;
            for line in &answer.headers {
                let Some(cookie) = line.strip_prefix("set-cookie: ") else {
                    continue;
                };
                let name = cookie.split('=').next().unwrap_or_default();
                assert!(declared.contains_key(name), "{method} {path}: {name}");
            }
        }
    }
    assert!(!ada.cookies.is_empty());
    assert!(ada.cookies.keys().all(|name| declared.contains_key(name)));
    app.stop().await;
}

/// Promise Y51: signing out has the browser empty its storage and its cache, and takes the cookie away.
#[tokio::test]
async fn signing_out_has_the_browser_forget_what_it_stored() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let out = ada.send("POST", "/api/v1/account/sign-out").await;
    let cleared = out.header("clear-site-data").unwrap_or_default();
    for kind in ["\"storage\"", "\"cache\""] {
        assert!(cleared.contains(kind), "{cleared}");
    }
    assert!(ada.cookies.is_empty());
    app.stop().await;
}
