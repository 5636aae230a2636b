//! Second factors.

use account::TotpSecret;
use base::{Clock, Timestamp};

use super::*;

/// The code that an app shows at `now`.
pub(super) fn app_code(secret: &str, now: Timestamp) -> String {
    let bits: Vec<u8> = secret
        .bytes()
        .flat_map(|letter| {
            let value = match letter {
                b'A'..=b'Z' => letter - b'A',
                _ => letter - b'2' + 26,
            };
            (0..5).rev().map(move |bit| (value >> bit) & 1)
        })
        .collect();
    let bytes: Vec<u8> = bits
        .chunks_exact(8)
        .map(|byte| byte.iter().fold(0, |value, bit| (value << 1) | bit))
        .collect();
    let secret = TotpSecret::from_bytes(&bytes).unwrap();
    let codes = (0..1_000_000).map(|code| format!("{code:06}"));
    let step = now.unix_ms() / 30_000;
    codes
        .into_iter()
        .find(|code| secret.verify(code, now, step - 1) == Ok(step))
        .unwrap()
}

/// Adds an app to the account behind `browser`; gives its secret and the recovery codes.
pub(super) async fn add_app(app: &TestApp, browser: &mut TestBrowser) -> (String, Vec<String>) {
    let begun: Value = read(&browser.send("POST", "/api/v1/account/totp").await);
    let secret = begun["secret"].as_str().unwrap().to_owned();
    let code = app_code(&secret, app.clock.now());
    let body = json!({ "ticket": begun["ticket"], "code": code });
    let answer = browser.post("/api/v1/account/totp/verify", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let done: Value = read(&answer);
    let codes = done["recovery_codes"].as_array().unwrap().iter();
    (
        secret,
        codes
            .map(|code| code.as_str().unwrap().to_owned())
            .collect(),
    )
}

async fn half_way(browser: &mut TestBrowser) -> Value {
    let answer = sign_in(browser, "ada@example.org", PASSWORD).await;
    let answer: Value = read(&answer);
    answer["second_factor"]["ticket"].clone()
}

async fn finish(browser: &mut TestBrowser, ticket: &Value, code: &str) -> Answer {
    let body = json!({ "ticket": ticket, "code": code });
    browser.post("/api/v1/account/sign-in/factor", &body).await
}

#[tokio::test]
async fn with_an_app_the_password_alone_opens_nothing_and_each_code_opens_once() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let (secret, _) = add_app(&app, &mut ada).await;
    let mut other = browser(&app);
    let ticket = half_way(&mut other).await;
    assert_eq!(account(&mut other).await.status, 401);
    let used = app_code(&secret, app.clock.now());
    let replay = finish(&mut other, &ticket, &used).await;
    assert_eq!(
        kind(&replay),
        "wrong-code",
        "the code that added the app was used"
    );
    app.clock.advance(std::time::Duration::from_secs(30));
    let fresh = app_code(&secret, app.clock.now());
    let ended = finish(&mut other, &ticket, &fresh).await;
    assert_eq!(ended.status, 200, "{}", ended.body);
    let ticket = half_way(&mut other).await;
    let replay = finish(&mut other, &ticket, &fresh).await;
    assert_eq!(kind(&replay), "wrong-code");
    app.stop().await;
}

#[tokio::test]
async fn a_recovery_code_opens_once_and_its_owner_is_told() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let (_, codes) = add_app(&app, &mut ada).await;
    assert_eq!(codes.len(), 10);
    let mut other = browser(&app);
    let ticket = half_way(&mut other).await;
    assert_eq!(finish(&mut other, &ticket, &codes[3]).await.status, 200);
    let told = app.letters().await;
    assert!(
        told.iter()
            .any(|(_, letter)| letter.template() == "recovery-code-used")
    );
    let ticket = half_way(&mut other).await;
    assert_eq!(
        kind(&finish(&mut other, &ticket, &codes[3]).await),
        "wrong-code"
    );
    let left: Value = read(&account(&mut ada).await);
    assert_eq!(left["ways_in"]["recovery_codes_left"], 9);
    app.stop().await;
}

#[tokio::test]
async fn the_last_way_in_stays() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    // No mail server is set here, so no code can be mailed.
    let refused = ada.send("DELETE", "/api/v1/account/password").await;
    assert_eq!(kind(&refused), "last-way-in");
    let mut other = browser(&app);
    assert_eq!(
        sign_in(&mut other, "ada@example.org", PASSWORD)
            .await
            .status,
        200
    );
    app.stop().await;
}

/// What was done stays done, and its codes are shown, though nobody can be told of it.
#[tokio::test]
async fn a_full_outbox_costs_nobody_their_recovery_codes() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    fill_outbox(&app).await;
    let (_, codes) = add_app(&app, &mut ada).await;
    assert_eq!(codes.len(), 10);
    app.stop().await;
}

#[tokio::test]
async fn a_new_password_asks_for_the_old_one() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let path = "/api/v1/account/password";
    let new = "another five quiet words";
    for current in [json!(null), json!("not the right one")] {
        let wish = json!({ "current": current, "password": new });
        assert_eq!(kind(&ada.post(path, &wish).await), "wrong-credentials");
    }
    // As many as would cost a proof of work at the door that strangers come to.
    for _ in 0..5 {
        let wish = json!({ "current": "not the right one", "password": new });
        assert_eq!(kind(&ada.post(path, &wish).await), "wrong-credentials");
    }
    let set = ada
        .post(path, &json!({ "current": PASSWORD, "password": new }))
        .await;
    assert_eq!(set.status, 204, "{}", set.body);
    let mut other = browser(&app);
    assert_eq!(
        sign_in(&mut other, "ada@example.org", new).await.status,
        200
    );
    assert_eq!(
        ada.send("DELETE", path).await.status,
        409,
        "no mail goes out here, so it is the last way in"
    );
    app.stop().await;
}
