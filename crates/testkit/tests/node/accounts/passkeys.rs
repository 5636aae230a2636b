//! Passkeys, with a device in software.

use serde_json::{Value, json};
use testkit::authenticator::SoftAuthenticator;
use testkit::browser::json as read;
use testkit::http::Answer;
use testkit::{TestApp, TestBrowser};

use super::{account, browser, kind, member};

const ORIGIN: &str = "https://u.example";
const BASE: &str = "/api/v1/account";

async fn start() -> TestApp {
    TestApp::start_with(|settings| {
        settings.accounts.password_cost = 4;
        settings.accounts.proof_of_work_cost = 1;
        settings.public_url = Some(ORIGIN.to_owned());
    })
    .await
}

async fn begin(browser: &mut TestBrowser, path: &str) -> Value {
    let answer = browser.post(&format!("{BASE}{path}"), &json!({})).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    read(&answer)
}

/// Makes a passkey on `device`.
async fn make(browser: &mut TestBrowser, device: &mut SoftAuthenticator) -> Answer {
    let begun = begin(browser, "/passkeys").await;
    let credential = device.create(&begun["options"]).expect("a passkey");
    let body = json!({"ticket": begun["ticket"], "credential": credential, "name": "Laptop"});
    browser
        .post(&format!("{BASE}/passkeys/verify"), &body)
        .await
}

/// Signs in by the passkey on `device`.
async fn sign_in(browser: &mut TestBrowser, device: &mut SoftAuthenticator) -> Answer {
    let begun = begin(browser, "/sign-in/passkey").await;
    let credential = device.get(&begun["options"]).expect("a passkey");
    let body = json!({"ticket": begun["ticket"], "credential": credential});
    browser
        .post(&format!("{BASE}/sign-in/passkey/verify"), &body)
        .await
}

#[tokio::test]
async fn a_passkey_is_made_and_signs_in_without_a_name() {
    let app = start().await;
    let mut owner = member(&app, "ada@example.org").await;
    let mut device = SoftAuthenticator::new(ORIGIN);
    let begun = begin(&mut owner, "/passkeys").await;
    let options = &begun["options"];
    assert_eq!(options["rp"]["id"], "u.example");
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(
        options["authenticatorSelection"]["userVerification"],
        "required"
    );
    let handle = options["user"]["id"].as_str().unwrap().to_owned();
    assert_eq!(handle.len(), 86, "64 bytes");
    let made = make(&mut owner, &mut device).await;
    assert_eq!(made.status, 200, "{}", made.body);

    let mut elsewhere = browser(&app);
    let signed_in = sign_in(&mut elsewhere, &mut device).await;
    assert_eq!(signed_in.status, 200, "{}", signed_in.body);
    let account: Value = read(&signed_in);
    assert_eq!(account["email"], "ada@example.org");
    assert_eq!(account["ways_in"]["passkeys"], 1);
    let listed: Value = read(&elsewhere.send("GET", &format!("{BASE}/passkeys")).await);
    assert_eq!(listed[0]["name"], "Laptop");
    assert!(listed[0]["last_used_day"].is_i64());

    let again = begin(&mut owner, "/passkeys").await;
    assert_eq!(
        again["options"]["user"]["id"].as_str().map(str::len),
        Some(86)
    );
    assert!(
        device.create(&again["options"]).is_none(),
        "this device has one"
    );
    app.stop().await;
}

#[tokio::test]
async fn answers_of_another_site_device_or_moment_are_refused() {
    let app = start().await;
    let mut owner = member(&app, "ada@example.org").await;
    let mut device = SoftAuthenticator::new(ORIGIN);
    assert_eq!(make(&mut owner, &mut device).await.status, 200);
    let mut stranger = browser(&app);

    device.origin = "https://u.example.evil.example".to_owned();
    let refused = sign_in(&mut stranger, &mut device).await;
    assert_eq!(
        (refused.status, kind(&refused).as_str()),
        (403, "wrong-passkey")
    );
    device.origin = ORIGIN.to_owned();

    device.signs_for = Some("evil.example".to_owned());
    assert_eq!(
        kind(&sign_in(&mut stranger, &mut device).await),
        "wrong-passkey"
    );
    device.signs_for = None;

    device.is_verified = false;
    assert_eq!(
        kind(&sign_in(&mut stranger, &mut device).await),
        "wrong-passkey"
    );
    device.is_verified = true;

    let mut unknown = SoftAuthenticator::new(ORIGIN);
    let options = json!({"user": {"id": "AAAA"}, "rp": {"id": "u.example"}, "challenge": "AAAA"});
    unknown.create(&options);
    let refused = sign_in(&mut stranger, &mut unknown).await;
    assert_eq!(refused.status, 403, "{}", refused.body);

    let begun = begin(&mut stranger, "/sign-in/passkey").await;
    let credential = device.get(&begun["options"]).unwrap();
    let other = begin(&mut stranger, "/sign-in/passkey").await;
    let verify = format!("{BASE}/sign-in/passkey/verify");
    let crossed = json!({"ticket": other["ticket"], "credential": credential});
    assert_eq!(
        kind(&stranger.post(&verify, &crossed).await),
        "wrong-passkey"
    );
    let right = json!({"ticket": begun["ticket"], "credential": credential});
    assert_eq!(stranger.post(&verify, &right).await.status, 200);
    assert_eq!(
        kind(&stranger.post(&verify, &right).await),
        "ticket-over",
        "replayed"
    );
    app.stop().await;
}

#[tokio::test]
async fn a_count_that_goes_back_shows_a_copy_and_equal_zeros_do_not() {
    let app = start().await;
    let mut owner = member(&app, "ada@example.org").await;
    let mut device = SoftAuthenticator::new(ORIGIN);
    assert_eq!(make(&mut owner, &mut device).await.status, 200);
    let mut browser = browser(&app);
    device.step = 0;
    for _ in 0..2 {
        assert_eq!(sign_in(&mut browser, &mut device).await.status, 200);
    }
    device.step = 5;
    assert_eq!(sign_in(&mut browser, &mut device).await.status, 200);
    device.step = 0;
    assert_eq!(
        kind(&sign_in(&mut browser, &mut device).await),
        "wrong-passkey"
    );
    device.step = -1;
    assert_eq!(
        kind(&sign_in(&mut browser, &mut device).await),
        "wrong-passkey"
    );
    device.step = 2;
    assert_eq!(sign_in(&mut browser, &mut device).await.status, 200);
    app.stop().await;
}

#[tokio::test]
async fn a_passkey_proves_again_who_one_is_and_nobody_elses_does() {
    let app = start().await;
    let mut owner = member(&app, "ada@example.org").await;
    let mut device = SoftAuthenticator::new(ORIGIN);
    assert_eq!(make(&mut owner, &mut device).await.status, 200);
    let mut other = member(&app, "eve@example.org").await;
    let mut others = SoftAuthenticator::new(ORIGIN);
    assert_eq!(make(&mut other, &mut others).await.status, 200);

    app.clock.advance(std::time::Duration::from_secs(11 * 60));
    let passkeys = format!("{BASE}/passkeys");
    assert_eq!(
        kind(&owner.post(&passkeys, &json!({})).await),
        "prove-it-again"
    );
    for (device, expected) in [(&mut others, 403), (&mut device, 204)] {
        let begun = begin(&mut owner, "/prove/passkey").await;
        let credential = device.get(&begun["options"]).unwrap();
        let body = json!({"ticket": begun["ticket"], "credential": credential});
        let proved = owner.post(&format!("{BASE}/prove"), &body).await;
        assert_eq!(proved.status, expected, "{}", proved.body);
    }
    assert_eq!(owner.post(&passkeys, &json!({})).await.status, 200);
    app.stop().await;
}

/// Promises S46, Y32
#[tokio::test]
async fn passwords_tried_from_everywhere_shut_out_no_owner_with_a_passkey() {
    let app = TestApp::start_with(|settings| {
        settings.accounts.password_cost = 4;
        settings.accounts.proof_of_work_cost = 1;
        settings.public_url = Some(ORIGIN.to_owned());
        settings.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    let mut owner = member(&app, "ada@example.org").await;
    let mut device = SoftAuthenticator::new(ORIGIN);
    assert_eq!(make(&mut owner, &mut device).await.status, 200);
    let mut sprayer = browser(&app);
    let mut told = Vec::new();
    for network in 1..=14 {
        let body = json!({
            "email": "ada@example.org", "password": format!("guess number {network}"),
            "proof_of_work": sprayer.work("sign-in").await,
        });
        let from = format!("203.0.113.{network}");
        let headers = [
            ("content-type", "application/json"),
            ("x-forwarded-for", &*from),
            ("x-forwarded-proto", "https"),
        ];
        let path = format!("{BASE}/sign-in");
        let body = body.to_string();
        let tried = sprayer
            .request("POST", &path, &headers, body.as_bytes())
            .await;
        told.push(kind(&tried));
    }
    assert_eq!(told[0], "wrong-credentials", "{told:?}");
    assert_eq!(told[13], "too-many-tries", "{told:?}");
    let mut elsewhere = browser(&app);
    let signed_in = sign_in(&mut elsewhere, &mut device).await;
    assert_eq!(signed_in.status, 200, "{}", signed_in.body);
    assert_eq!(
        account(&mut owner).await.status,
        200,
        "nor is anybody signed out"
    );
    app.stop().await;
}

#[tokio::test]
async fn a_passkey_is_renamed_and_removed_by_its_owner_alone() {
    let app = start().await;
    let mut owner = member(&app, "ada@example.org").await;
    let mut other = member(&app, "eve@example.org").await;
    let mut device = SoftAuthenticator::new(ORIGIN);
    let made: Value = read(&make(&mut owner, &mut device).await);
    let path = format!("{BASE}/passkeys/{}", made["id"].as_str().unwrap());
    let name = json!({"name": "Phone"});
    assert_eq!(
        kind(&other.send_json("PATCH", &path, &name).await),
        "not-yours"
    );
    assert_eq!(kind(&other.send("DELETE", &path).await), "not-yours");
    assert_eq!(owner.send_json("PATCH", &path, &name).await.status, 204);
    let bad = json!({"name": " "});
    assert_eq!(
        kind(&owner.send_json("PATCH", &path, &bad).await),
        "bad-name"
    );
    assert_eq!(owner.send("DELETE", &path).await.status, 204);
    let mut stranger = browser(&app);
    assert_eq!(
        kind(&sign_in(&mut stranger, &mut device).await),
        "wrong-passkey"
    );
    app.stop().await;
}
