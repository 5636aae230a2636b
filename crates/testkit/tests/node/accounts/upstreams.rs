//! Signing in at an upstream, from the button to the account: pre-hijacking, replay, mix-up, linking and disconnecting.

use ::account::RegistrationRule;
use base::Clock;
use serde_json::{Value, json};
use testkit::browser::json as read;
use testkit::http::{Answer, get};
use testkit::issuer::Issuer;
use testkit::{TestApp, TestBrowser};

use super::{browser, kind, leads_to, member, policy_version};

const BASE: &str = "/api/v1/account";
const GOOGLE: &str = "https://accounts.google.com";

/// A node where people sign in at Google, which is `issuer`.
async fn start(issuer: &Issuer) -> TestApp {
    TestApp::start_with(|settings| trust(settings, issuer)).await
}

/// People sign in at Google, which is `issuer`.
pub(super) fn trust(settings: &mut unisono::Settings, issuer: &Issuer) {
    let origin = format!("http://{}", issuer.address);
    settings.accounts.password_cost = 4;
    settings.accounts.proof_of_work_cost = 1;
    for host in ["oauth2.googleapis.com", "www.googleapis.com"] {
        let mirrors = &mut settings.outbound.mirrors;
        mirrors.insert(host.to_owned(), origin.clone());
    }
    let keys = json!({"client_id": "app-1", "client_secret": "s3cret", "authorize_url": format!("{origin}/o/oauth2/v2/auth")});
    let upstreams = json!({ "google": keys, "telegram": keys });
    settings.outbound.upstreams = serde_json::from_value(upstreams).unwrap();
}

pub(super) async fn forging() -> Issuer {
    Issuer::forging(GOOGLE, "app-1", "s3cret").await
}

/// Sends the browser to the issuer and gives the path and query that it is sent back to.
async fn go(app: &TestApp, issuer: &Issuer, way: &str, scenario: &str) -> String {
    let now = app.clock.now().unix_s();
    let way = way
        .split_once(&issuer.address.to_string())
        .expect("the way to the issuer")
        .1;
    let way = format!("{way}&scenario={scenario}&now={now}");
    let answer = get(issuer.address, &way, &[]).await;
    let back = answer.header("location").expect("the issuer sends it back");
    let here = app.address().to_string();
    back.split_once(&here).expect("back to us").1.to_owned()
}

/// Up to the way back, which is not gone yet.
async fn depart(
    app: &TestApp,
    issuer: &Issuer,
    browser: &mut TestBrowser,
    scenario: &str,
) -> String {
    let sent = browser.send("GET", "/auth/google?to=/r/K7M4QX").await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    go(app, issuer, sent.header("location").unwrap(), scenario).await
}

/// Comes back as a browser does that another site sends.
async fn arrive(browser: &mut TestBrowser, back: &str) -> Answer {
    let foreign = [("sec-fetch-site", "cross-site")];
    let answer = browser.request("GET", back, &foreign, b"").await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer
}

/// One whole sign-in; gives where the browser ends.
async fn sign_in(
    app: &TestApp,
    issuer: &Issuer,
    browser: &mut TestBrowser,
    scenario: &str,
) -> String {
    let back = depart(app, issuer, browser, scenario).await;
    leads_to(&arrive(browser, &back).await)
}

/// Links Google to the browser's account; gives the link's path.
pub(super) async fn link(
    app: &TestApp,
    issuer: &Issuer,
    browser: &mut TestBrowser,
    scenario: &str,
) -> String {
    let path = format!("{BASE}/identities/google");
    let begun: Value = read(&browser.post(&path, &json!({})).await);
    let back = go(app, issuer, begun["go_to"].as_str().unwrap(), scenario).await;
    let answer = arrive(browser, &back).await;
    assert_eq!(answer.header("location"), Some("/account"));
    let linked: Value = read(&browser.send("GET", &format!("{BASE}/identities")).await);
    assert_eq!(linked[0]["upstream"], "google");
    format!("{BASE}/identities/{}", linked[0]["id"].as_str().unwrap())
}

async fn agree(app: &TestApp, browser: &mut TestBrowser) -> Answer {
    let body = json!({"agreed_version": policy_version(app).await, "is_of_age": true});
    browser
        .post(&format!("{BASE}/upstreams/agree"), &body)
        .await
}

async fn is_signed_in(browser: &mut TestBrowser) -> bool {
    browser.send("GET", BASE).await.status == 200
}

// Promise Y5
#[tokio::test]
async fn who_comes_by_an_upstream_agrees_before_there_is_an_account_and_then_just_signs_in() {
    let issuer = forging().await;
    let app = start(&issuer).await;
    let mut ada = browser(&app);
    assert_eq!(
        sign_in(&app, &issuer, &mut ada, "good").await,
        "/register?upstream=google#to=/r/K7M4QX"
    );
    assert!(!is_signed_in(&mut ada).await);
    let asked: Value = read(&ada.send("GET", &format!("{BASE}/upstreams/agree")).await);
    assert_eq!(
        (&asked["title"], &asked["email"]),
        (&json!("Google"), &json!("ada@gmail.com"))
    );
    let young = json!({"agreed_version": policy_version(&app).await, "is_of_age": false});
    let refused = ada.post(&format!("{BASE}/upstreams/agree"), &young).await;
    assert_eq!(kind(&refused), "not-of-age");
    let mut stranger = browser(&app);
    assert_eq!(kind(&agree(&app, &mut stranger).await), "ticket-over");
    let account: Value = read(&agree(&app, &mut ada).await);
    assert_eq!(account["email"], "ada@gmail.com");
    assert_eq!(account["ways_in"]["identities"], 1);
    assert!(is_signed_in(&mut ada).await);

    let mut elsewhere = browser(&app);
    assert_eq!(
        sign_in(&app, &issuer, &mut elsewhere, "good").await,
        "/r/K7M4QX"
    );
    let same: Value = read(&elsewhere.send("GET", BASE).await);
    assert_eq!(same["id"], account["id"]);
    app.stop().await;
}

#[tokio::test]
async fn an_address_that_an_upstream_tells_opens_nobodys_account() {
    let issuer = forging().await;
    let app = start(&issuer).await;
    let mut owner = member(&app, "ada@gmail.com").await;
    let mut stranger = browser(&app);
    let end = sign_in(&app, &issuer, &mut stranger, "good").await;
    assert_eq!(end, "/sign-in?problem=sign-in-first");
    assert!(!is_signed_in(&mut stranger).await);
    // An address that is not vouched for is not even looked up; the account that comes of it has none.
    let end = sign_in(&app, &issuer, &mut stranger, "unproved-address").await;
    assert!(end.starts_with("/register?upstream=google"), "{end}");
    let account: Value = read(&agree(&app, &mut stranger).await);
    assert_eq!(account.get("email"), None);
    let owners: Value = read(&owner.send("GET", BASE).await);
    assert_ne!(owners["id"], account["id"]);
    assert_eq!(owners["ways_in"]["identities"], 0);
    app.stop().await;
}

// Promise C12
#[tokio::test]
async fn where_only_the_invited_may_an_upstream_brings_nobody_new_and_members_as_ever() {
    let issuer = forging().await;
    let app = start(&issuer).await;
    let mut member = browser(&app);
    sign_in(&app, &issuer, &mut member, "good").await;
    let by_invitation = |settings: &mut unisono::Settings| {
        settings.accounts.registration = RegistrationRule::Invited;
    };
    let app = app.restart_with(by_invitation).await;
    let refused = agree(&app, &mut member).await;
    assert_eq!(kind(&refused), "invited-only", "begun before, and refused");
    let end = sign_in(&app, &issuer, &mut member, "good").await;
    assert_eq!(end, "/sign-in?problem=invited-only");
    let app = app
        .restart_with(|settings| settings.accounts.registration = RegistrationRule::Open)
        .await;
    sign_in(&app, &issuer, &mut member, "good").await;
    assert_eq!(agree(&app, &mut member).await.status, 200);
    let app = app.restart_with(by_invitation).await;
    let mut elsewhere = browser(&app);
    sign_in(&app, &issuer, &mut elsewhere, "good").await;
    assert!(is_signed_in(&mut elsewhere).await);
    app.stop().await;
}

#[tokio::test]
async fn an_answer_is_taken_once_by_the_browser_that_set_out_and_at_its_own_address() {
    let issuer = forging().await;
    let app = start(&issuer).await;
    let over = "/sign-in?problem=ticket-over";
    let location = |answer: Answer| leads_to(&answer);

    let mut ada = browser(&app);
    let back = depart(&app, &issuer, &mut ada, "good").await;
    let mut thief = browser(&app);
    assert_eq!(
        location(arrive(&mut thief, &back).await),
        over,
        "another browser"
    );
    let cookies = ada.cookies.clone();
    assert!(location(arrive(&mut ada, &back).await).starts_with("/register"));
    ada.cookies = cookies;
    assert_eq!(location(arrive(&mut ada, &back).await), over, "replayed");

    let back = depart(&app, &issuer, &mut ada, "good").await;
    let other = depart(&app, &issuer, &mut thief, "good").await;
    assert_eq!(
        location(arrive(&mut ada, &other).await),
        over,
        "somebody else's state"
    );
    assert_eq!(
        location(arrive(&mut ada, &back).await),
        over,
        "and the step is spent"
    );

    let back = depart(&app, &issuer, &mut ada, "good").await;
    let mixed_up = back.replace("/callback/google", "/callback/telegram");
    assert_eq!(
        location(arrive(&mut ada, &mixed_up).await),
        over,
        "mixed up"
    );

    let back = depart(&app, &issuer, &mut ada, "answered-by-another").await;
    assert_eq!(
        location(arrive(&mut ada, &back).await),
        "/sign-in?problem=upstream-refused"
    );
    let back = depart(&app, &issuer, &mut ada, "good").await;
    let doubled = format!("{back}&code=c-2");
    assert_eq!(
        location(arrive(&mut ada, &doubled).await),
        "/sign-in?problem=upstream-refused"
    );

    let back = depart(&app, &issuer, &mut ada, "good").await;
    app.clock
        .advance(std::time::Duration::from_secs(10 * 60 + 1));
    assert_eq!(location(arrive(&mut ada, &back).await), over, "too late");
    app.stop().await;
}

#[tokio::test]
async fn a_lie_of_the_issuer_signs_nobody_in() {
    let issuer = forging().await;
    let app = start(&issuer).await;
    for scenario in [
        "forged",
        "alg-none",
        "wrong-aud",
        "wrong-nonce",
        "expired",
        "more-scopes",
    ] {
        let mut browser = browser(&app);
        let end = sign_in(&app, &issuer, &mut browser, scenario).await;
        assert_eq!(end, "/sign-in?problem=upstream-refused", "{scenario}");
        assert!(browser.cookies.is_empty(), "{scenario}");
    }
    app.stop().await;
}

// Promise Y26
#[tokio::test]
async fn an_upstream_is_linked_by_its_owner_and_told_when_it_is_disconnected() {
    let mut issuer = forging().await;
    let app = start(&issuer).await;
    let mut owner = member(&app, "ada@example.org").await;
    let begun: Value = read(
        &owner
            .post(&format!("{BASE}/identities/google"), &json!({}))
            .await,
    );
    let back = go(&app, &issuer, begun["go_to"].as_str().unwrap(), "good").await;
    // The step is the owner's: who is signed in as somebody else, or as nobody, cannot finish it.
    let mut other = member(&app, "eve@example.org").await;
    other.cookies.insert(
        "__Host-unisono-step".to_owned(),
        owner.cookies["__Host-unisono-step"].clone(),
    );
    let end = leads_to(&arrive(&mut other, &back).await);
    assert_eq!(end, "/account?problem=not-signed-in");

    let path = link(&app, &issuer, &mut owner, "good").await;

    let begun: Value = read(
        &other
            .post(&format!("{BASE}/identities/google"), &json!({}))
            .await,
    );
    let back = go(&app, &issuer, begun["go_to"].as_str().unwrap(), "good").await;
    let end = leads_to(&arrive(&mut other, &back).await);
    assert_eq!(end, "/account?problem=linked-elsewhere");

    assert_eq!(kind(&other.send("DELETE", &path).await), "not-yours");
    assert_eq!(owner.send("DELETE", &path).await.status, 204);
    issuer.hears("revoked").await;
    let linked: Value = read(&owner.send("GET", &format!("{BASE}/identities")).await);
    assert_eq!(linked, json!([]));
    app.stop().await;
}

#[tokio::test]
async fn the_last_way_in_stays() {
    let issuer = forging().await;
    let app = start(&issuer).await;
    let mut ada = browser(&app);
    sign_in(&app, &issuer, &mut ada, "unproved-address").await;
    assert_eq!(agree(&app, &mut ada).await.status, 200);
    let linked: Value = read(&ada.send("GET", &format!("{BASE}/identities")).await);
    let path = format!("{BASE}/identities/{}", linked[0]["id"].as_str().unwrap());
    assert_eq!(kind(&ada.send("DELETE", &path).await), "last-way-in");
    app.stop().await;
}

#[tokio::test]
async fn another_site_cannot_send_somebody_to_an_upstream() {
    let issuer = forging().await;
    let app = start(&issuer).await;
    let mut browser = browser(&app);
    let foreign = [("sec-fetch-site", "cross-site")];
    let refused = browser.request("GET", "/auth/google", &foreign, b"").await;
    assert_eq!(refused.status, 403);
    assert_eq!(
        browser.send("GET", "/auth/spotify").await.status,
        404,
        "it is off here"
    );
    assert_eq!(browser.send("GET", "/auth/nobody").await.status, 404);
    let on: Value = read(&browser.send("GET", &format!("{BASE}/upstreams")).await);
    assert_eq!(
        on,
        json!([{"name": "google", "title": "Google"}, {"name": "telegram", "title": "Telegram"}])
    );
    app.stop().await;
}
