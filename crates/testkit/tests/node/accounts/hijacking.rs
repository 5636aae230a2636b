//! Traps that are laid for an address before its owner has an account, or while somebody else reads its mail: each is gone
//! when the owner comes.
//!
//! The five of Sudhodanan and Paverd, Pre-hijacked Accounts (USENIX Security 2022), each by its name there.

use std::collections::BTreeSet;

use sqlx::Connection as _;
use testkit::http::get;
use testkit::issuer::Issuer;

use super::factors::{add_app, app_code};
use super::resetting::reset;
use super::upstreams::{forging, trust};
use super::*;

const ADA: &str = "ada@example.org";
/// The address that the issuer vouches for.
const ADA_AT_GOOGLE: &str = "ada@gmail.com";
const BASE: &str = "/api/v1/account";
const ORIGIN: &str = "https://u.example";
const NEW_PASSWORD: &str = "six brand new quiet words";
const BACK: &str = "/auth/callback/google";

/// What the issuer, told to do as in `scenario`, sends a browser back to that comes by `way`.
async fn at_google(app: &TestApp, issuer: &Issuer, way: &str, scenario: &str) -> String {
    let (_, way) = way.split_once(&issuer.address.to_string()).unwrap();
    let now = app.clock.now().unix_s();
    let way = format!("{way}&scenario={scenario}&now={now}");
    let answer = get(issuer.address, &way, &[]).await;
    let back = answer.header("location").unwrap();
    let (_, question) = back.split_once(BACK).unwrap();
    format!("{BACK}{question}")
}

/// Comes back from the issuer, as a browser does that another site sends; gives where it ends.
async fn come_back(browser: &mut TestBrowser, back: &str) -> String {
    let foreign = [("sec-fetch-site", "cross-site")];
    leads_to(&browser.request("GET", back, &foreign, b"").await)
}

/// Signs in at Google; gives where the browser ends.
async fn come_by_google(
    app: &TestApp,
    issuer: &Issuer,
    browser: &mut TestBrowser,
    scenario: &str,
) -> String {
    let sent = browser.send("GET", "/auth/google?to=/account").await;
    let way = sent.header("location").unwrap().to_owned();
    let back = at_google(app, issuer, &way, scenario).await;
    come_back(browser, &back).await
}

/// Has come by Google without an account, and agrees to have one.
async fn agree(app: &TestApp, browser: &mut TestBrowser) -> Value {
    let body = json!({"agreed_version": policy_version(app).await, "is_of_age": true});
    let made = browser
        .post(&format!("{BASE}/upstreams/agree"), &body)
        .await;
    assert_eq!(made.status, 200, "{}", made.body);
    read(&made)
}

/// Sends a code for a step that was begun with `begun`.
async fn finish(browser: &mut TestBrowser, path: &str, begun: &Value, code: &str) -> Answer {
    let body = json!({ "ticket": begun["ticket"], "code": code });
    browser.post(&format!("{BASE}{path}"), &body).await
}

/// Begins a step that is mailed, and reads the code.
async fn begin_by_mail(
    app: &TestApp,
    browser: &mut TestBrowser,
    (path, body): (&str, Value),
    email: &str,
) -> (Value, String) {
    tick(app);
    let begun = browser.post(&format!("{BASE}{path}"), &body).await;
    assert_eq!(begun.status, 202, "{}", begun.body);
    (read(&begun), code(app, email).await)
}

/// The classic-federated merge: a stranger registers the address by password, its owner comes by an upstream.
#[tokio::test]
async fn a_classic_federated_merge_leaves_the_stranger_outside() {
    let issuer = forging().await;
    let app = TestApp::start_with(|settings| trust(settings, &issuer)).await;
    let mut eve = browser(&app);
    let strangers = "the stranger's own phrase";
    let ticket = begin(&app, &mut eve, ADA_AT_GOOGLE, Some(strangers)).await;
    let stolen = code(&app, ADA_AT_GOOGLE).await;

    let mut ada = browser(&app);
    come_by_google(&app, &issuer, &mut ada, "good").await;
    let adas = agree(&app, &mut ada).await;
    assert_eq!(adas["email"], ADA_AT_GOOGLE);
    assert_eq!(adas["ways_in"]["has_password"], false);

    // Even with the code, which only the owner of the address gets.
    let begun = json!({ "ticket": ticket });
    let late = finish(&mut eve, "/register/verify", &begun, &stolen).await;
    assert_eq!(kind(&late), "ticket-over");
    let refused = sign_in(&mut eve, ADA_AT_GOOGLE, strangers).await;
    assert_eq!(kind(&refused), "wrong-credentials");
    assert_eq!(account(&mut eve).await.status, 401);
    let now: Value = read(&account(&mut ada).await);
    assert_eq!(now["ways_in"], adas["ways_in"]);
    app.stop().await;
}

/// The unexpired session: somebody who once read the owner's mail keeps a session of the account that its owner takes back.
#[tokio::test]
async fn an_unexpired_session_ends_when_the_owner_sets_a_password() {
    let app = start().await;
    // A stranger who reads no mail has no session to keep.
    let mut stranger = browser(&app);
    begin(&app, &mut stranger, ADA, Some("the stranger's own phrase")).await;
    assert_eq!(account(&mut stranger).await.status, 401);

    let mut eve = member(&app, ADA).await;
    let mut elsewhere = browser(&app);
    assert_eq!(sign_in(&mut elsewhere, ADA, PASSWORD).await.status, 200);
    reset(&app, ADA, NEW_PASSWORD).await;
    for browser in [&mut eve, &mut elsewhere] {
        assert_eq!(account(browser).await.status, 401);
        let again = sign_in(browser, ADA, PASSWORD).await;
        assert_eq!(kind(&again), "wrong-credentials");
    }
    let mut ada = browser(&app);
    assert_eq!(sign_in(&mut ada, ADA, NEW_PASSWORD).await.status, 200);
    app.stop().await;
}

/// The trojan identifier: nothing can be hung on an account that is not there yet.
#[tokio::test]
async fn a_trojan_identifier_finds_no_account_to_hang_on() {
    let app = start().await;
    let mut eve = browser(&app);
    begin(&app, &mut eve, ADA, Some("the stranger's own phrase")).await;
    for (method, path) in [
        ("POST", "/api/v1/account/identities/google"),
        ("POST", "/api/v1/account/passkeys"),
        ("POST", "/api/v1/account/totp"),
        ("POST", "/api/v1/account/recovery-codes"),
    ] {
        let refused = eve.send_json(method, path, &json!({})).await;
        assert_eq!(refused.status, 401, "{method} {path}: {}", refused.body);
    }
    let mut ada = member(&app, ADA).await;
    let adas: Value = read(&account(&mut ada).await);
    let ways_in = &adas["ways_in"];
    assert_eq!(
        (&ways_in["passkeys"], &ways_in["identities"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(ways_in["has_totp"], false);
    app.stop().await;
}

/// The unexpired change of address: begun by somebody who once read the owner's mail, to be finished after the owner has
/// taken the account back.
#[tokio::test]
async fn an_unexpired_change_of_address_comes_to_nothing_after_a_reset() {
    let app = start().await;
    let mut eve = member(&app, ADA).await;
    let change = ("/email", json!({ "email": "eve@example.org" }));
    let (begun, eves_code) = begin_by_mail(&app, &mut eve, change, "eve@example.org").await;
    reset(&app, ADA, NEW_PASSWORD).await;
    let finished = finish(&mut eve, "/email/verify", &begun, &eves_code).await;
    assert_eq!(kind(&finished), "not-signed-in");
    // Nor is it finished by the owner, whatever page talks them into it.
    let mut ada = browser(&app);
    assert_eq!(sign_in(&mut ada, ADA, NEW_PASSWORD).await.status, 200);
    let finished = finish(&mut ada, "/email/verify", &begun, &eves_code).await;
    assert_eq!(kind(&finished), "ticket-over");
    let adas: Value = read(&account(&mut ada).await);
    assert_eq!(adas["email"], ADA);
    app.stop().await;
}

/// The same the other way round: to the owner's address, before the owner has an account.
#[tokio::test]
async fn a_change_to_somebody_elses_address_comes_to_nothing_once_its_owner_has_an_account() {
    let app = start().await;
    let mut eve = member(&app, "eve@example.org").await;
    // Even with the code, which only the owner of the address gets.
    let change = ("/email", json!({ "email": ADA }));
    let (begun, stolen) = begin_by_mail(&app, &mut eve, change, ADA).await;
    let mut ada = member(&app, ADA).await;
    let finished = finish(&mut eve, "/email/verify", &begun, &stolen).await;
    assert!((400..500).contains(&finished.status), "{}", finished.body);
    let eves: Value = read(&account(&mut eve).await);
    assert_eq!(eves["email"], "eve@example.org");
    let adas: Value = read(&account(&mut ada).await);
    assert_eq!(adas["email"], ADA);
    let mut again = browser(&app);
    assert_eq!(sign_in(&mut again, ADA, PASSWORD).await.status, 200);
    app.stop().await;
}

/// The identity provider that does not verify: it names the owner's address for somebody else, who has an account first.
#[tokio::test]
async fn a_non_verifying_identity_provider_lends_nobody_an_address() {
    let issuer = forging().await;
    for (scenario, address) in [
        ("unproved-address", ADA_AT_GOOGLE),
        ("foreign-address", "ada@school.example"),
    ] {
        let app = TestApp::start_with(|settings| trust(settings, &issuer)).await;
        let mut eve = browser(&app);
        come_by_google(&app, &issuer, &mut eve, scenario).await;
        let eves = agree(&app, &mut eve).await;
        assert_eq!(eves.get("email"), None, "{scenario}");

        let mut ada = member(&app, address).await;
        let adas: Value = read(&account(&mut ada).await);
        assert_ne!(adas["id"], eves["id"], "{scenario}");
        assert_eq!(adas["ways_in"]["identities"], 0, "{scenario}");
        // The upstream's word opens what is Eve's, then as before.
        let mut again = browser(&app);
        come_by_google(&app, &issuer, &mut again, scenario).await;
        let opened: Value = read(&account(&mut again).await);
        assert_eq!(opened["id"], eves["id"], "{scenario}");
        app.stop().await;
    }
}

/// Steps of Ada's account that somebody else has begun, up to what ends each.
struct Begun {
    eve: TestBrowser,
    change: (Value, String),
    proof: (Value, String),
    sign_in: (Value, String),
    second_factor: Value,
    app_secret: String,
    older_app: Value,
    passkey: Value,
    way_back: String,
    link_step: String,
}

impl Begun {
    /// By Eve, who for a while has Ada's password, mail and session.
    async fn begin(app: &TestApp, issuer: &Issuer) -> Self {
        let mut eve = member(app, ADA).await;
        let older_app: Value = read(&eve.send("POST", &format!("{BASE}/totp")).await);
        let (app_secret, _) = add_app(app, &mut eve).await;
        let change = ("/email", json!({ "email": "eve@example.org" }));
        let change = begin_by_mail(app, &mut eve, change, "eve@example.org").await;
        let proof = begin_by_mail(app, &mut eve, ("/prove/code", json!({})), ADA).await;
        let passkey: Value = read(&eve.post(&format!("{BASE}/passkeys"), &json!({})).await);
        let proving = eve.post(&format!("{BASE}/prove/passkey"), &json!({})).await;
        assert_eq!(proving.status, 200, "{}", proving.body);
        let linking = format!("{BASE}/identities/google");
        let linking: Value = read(&eve.post(&linking, &json!({})).await);
        let way = linking["go_to"].as_str().unwrap();
        let mut other = browser(app);
        let body = json!({ "email": ADA, "proof_of_work": other.work("sign-in").await });
        let sign_in = begin_by_mail(app, &mut other, ("/sign-in/code", body), ADA).await;
        let half_way: Value = read(&super::sign_in(&mut other, ADA, PASSWORD).await);
        Self {
            change,
            proof,
            sign_in,
            second_factor: half_way["second_factor"].clone(),
            app_secret,
            older_app,
            passkey,
            way_back: at_google(app, issuer, way, "good").await,
            link_step: eve.cookies["__Host-unisono-step"].clone(),
            eve,
        }
    }

    /// Tries all of them from `browser`; gives what each is refused for.
    async fn finish(&self, app: &TestApp, browser: &mut TestBrowser) -> Vec<String> {
        let mut refused = Vec::new();
        let shown = app_code(&self.app_secret, app.clock.now());
        for (path, begun, code) in [
            ("/email/verify", &self.change.0, &self.change.1),
            ("/prove", &self.proof.0, &self.proof.1),
            ("/totp/verify", &self.older_app, &shown),
            ("/sign-in/code/verify", &self.sign_in.0, &self.sign_in.1),
            ("/sign-in/factor", &self.second_factor, &shown),
        ] {
            let finished = finish(browser, path, begun, code).await;
            refused.push(format!("{path} {}", kind(&finished)));
        }
        let mut device = testkit::authenticator::SoftAuthenticator::new(ORIGIN);
        let credential = device.create(&self.passkey["options"]).unwrap();
        let ticket = &self.passkey["ticket"];
        let body = json!({ "ticket": ticket, "credential": credential, "name": "Eve's" });
        let path = "/passkeys/verify";
        let finished = browser.post(&format!("{BASE}{path}"), &body).await;
        refused.push(format!("{path} {}", kind(&finished)));
        let step = self.link_step.clone();
        let cookies = &mut browser.cookies;
        cookies.insert("__Host-unisono-step".to_owned(), step);
        refused.push(come_back(browser, &self.way_back).await);
        refused
    }
}

/// The kinds of the steps of accounts that are open.
async fn open_steps(app: &TestApp) -> BTreeSet<String> {
    let file = app.folder().join("data").join("unisono.db");
    let url = format!("sqlite:{}", file.display());
    let mut database = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let kinds = "SELECT kind FROM tickets WHERE account_id IS NOT NULL";
    let kinds = sqlx::query_scalar::<_, String>(kinds).fetch_all(&mut database);
    kinds.await.unwrap().into_iter().collect()
}

/// Promise S32: whatever somebody else has begun on an account, a new password ends it.
#[tokio::test]
async fn a_reset_ends_every_session_and_every_step_of_the_account() {
    let issuer = forging().await;
    let app = TestApp::start_with(|settings| {
        trust(settings, &issuer);
        settings.public_url = Some(ORIGIN.to_owned());
    })
    .await;
    let begun = Begun::begin(&app, &issuer).await;
    let open = open_steps(&app).await;
    let expected = [
        "confirm",
        "new-email",
        "passkey-new",
        "passkey-sign-in",
        "second-factor",
        "sign-in-code",
        "totp",
        "upstream",
    ];
    assert_eq!(open, BTreeSet::from(expected.map(str::to_owned)));
    reset(&app, ADA, NEW_PASSWORD).await;
    assert_eq!(open_steps(&app).await, BTreeSet::new());

    app.clock.advance(std::time::Duration::from_secs(30));
    let mut eve = begun.eve.clone();
    assert_eq!(account(&mut eve).await.status, 401);
    let mut stranger = browser(&app);
    for browser in [&mut eve, &mut stranger] {
        let refused = begun.finish(&app, browser).await;
        let expected = [
            "/email/verify not-signed-in",
            "/prove not-signed-in",
            "/totp/verify not-signed-in",
            "/sign-in/code/verify ticket-over",
            "/sign-in/factor ticket-over",
            "/passkeys/verify not-signed-in",
            "/sign-in?problem=ticket-over",
        ];
        assert_eq!(refused, expected);
        assert_eq!(account(browser).await.status, 401);
    }
    app.stop().await;
}
