//! Making an account.

use account::{EmailAddress, Rank};

use super::*;

// Promises Y3, T10
#[tokio::test]
async fn an_address_and_the_code_that_is_mailed_to_it_make_an_account() {
    let app = start().await;
    let mut browser = browser(&app);
    let ticket = begin(&app, &mut browser, "ada@example.org", None).await;
    assert_eq!(
        account(&mut browser).await.status,
        401,
        "not before the code"
    );
    let body = json!({ "ticket": ticket, "code": code(&app, "ada@example.org").await });
    let answer = browser.post("/api/v1/account/register/verify", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let made: Value = read(&account(&mut browser).await);
    assert_eq!(made["email"], "ada@example.org");
    assert_eq!(made["rank"], "member");
    assert_eq!(made["ways_in"]["has_password"], false);
    app.stop().await;
}

#[tokio::test]
async fn an_address_that_has_an_account_gets_the_same_answer_and_its_owner_a_letter() {
    let app = start().await;
    member(&app, "ada@example.org").await;
    let mut stranger = browser(&app);
    let ticket = begin(
        &app,
        &mut stranger,
        "ADA@example.org",
        Some("another long password"),
    )
    .await;
    assert!(matches!(
        letter(&app, "ada@example.org").await,
        Letter::AccountThere
    ));
    for guess in ["00000000", "12345678", "99999999"] {
        let body = json!({ "ticket": ticket, "code": guess });
        let answer = stranger
            .post("/api/v1/account/register/verify", &body)
            .await;
        assert_eq!(kind(&answer), "wrong-code");
    }
    assert_eq!(
        sign_in(&mut stranger, "ada@example.org", "another long password")
            .await
            .status,
        403
    );
    assert_eq!(
        sign_in(&mut stranger, "ada@example.org", PASSWORD)
            .await
            .status,
        200
    );
    app.stop().await;
}

/// The owner of an address verifies later than a squatter registered it: nothing of the squatter is left.
#[tokio::test]
async fn who_registers_somebody_elses_address_gains_nothing_when_the_owner_comes() {
    let app = start().await;
    let mut squatter = browser(&app);
    let squat = begin(
        &app,
        &mut squatter,
        "ada@example.org",
        Some("the squatter's own phrase"),
    )
    .await;
    let stolen = code(&app, "ada@example.org").await;
    let mut owner = member(&app, "ada@example.org").await;
    // Even with the code that the owner was mailed for it, the squat has no effect any more.
    let body = json!({ "ticket": squat, "code": stolen });
    let answer = squatter
        .post("/api/v1/account/register/verify", &body)
        .await;
    assert_eq!(kind(&answer), "ticket-over");
    assert_eq!(
        sign_in(
            &mut squatter,
            "ada@example.org",
            "the squatter's own phrase"
        )
        .await
        .status,
        403
    );
    assert_eq!(account(&mut owner).await.status, 200);
    app.stop().await;
}

// Promise Y15
#[tokio::test]
async fn a_code_opens_its_own_step_only_five_times_and_for_ten_minutes() {
    let app = start().await;
    let mut browser = browser(&app);
    let first = begin(&app, &mut browser, "ada@example.org", None).await;
    let first_code = code(&app, "ada@example.org").await;
    let second = begin(&app, &mut browser, "ben@example.org", None).await;
    let body = json!({ "ticket": second, "code": first_code });
    let answer = browser.post("/api/v1/account/register/verify", &body).await;
    assert_eq!(
        kind(&answer),
        "wrong-code",
        "the code of one step fails in another"
    );
    for _ in 0..4 {
        let body = json!({ "ticket": second, "code": "00000000" });
        browser.post("/api/v1/account/register/verify", &body).await;
    }
    let body = json!({ "ticket": second, "code": code(&app, "ben@example.org").await });
    let answer = browser.post("/api/v1/account/register/verify", &body).await;
    assert_eq!(
        kind(&answer),
        "ticket-over",
        "after five wrong ones the right one is none"
    );
    app.clock.advance(std::time::Duration::from_secs(601));
    let body = json!({ "ticket": first, "code": first_code });
    let answer = browser.post("/api/v1/account/register/verify", &body).await;
    assert_eq!(kind(&answer), "ticket-over");
    app.stop().await;
}

// Promise Y32
#[tokio::test]
async fn a_proof_of_work_is_asked_for_and_counts_once() {
    let app = start().await;
    let mut browser = browser(&app);
    let work = browser.work("register").await;
    let body = |email: &str, work: &str, version: &str| {
        json!({
            "email": email, "agreed_version": version, "is_of_age": true, "proof_of_work": work,
        })
    };
    let version = policy_version(&app).await;
    let path = "/api/v1/account/register";
    let answer = browser
        .post(path, &body("ada@example.org", &work, &version))
        .await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    let again = browser
        .post(path, &body("ben@example.org", &work, &version))
        .await;
    assert_eq!(kind(&again), "proof-of-work-needed", "replayed");
    let other = browser.work("sign-in").await;
    let other = browser
        .post(path, &body("ben@example.org", &other, &version))
        .await;
    assert_eq!(
        kind(&other),
        "proof-of-work-needed",
        "made for something else"
    );
    let none = browser
        .post(path, &body("ben@example.org", "", &version))
        .await;
    assert_eq!(kind(&none), "proof-of-work-needed");
    app.stop().await;
}

// Promise C18
#[tokio::test]
async fn age_policy_address_and_password_are_asked_for_in_words() {
    let app = start().await;
    let mut browser = browser(&app);
    let version = policy_version(&app).await;
    let good = json!({
        "email": "ada@example.org", "agreed_version": version, "is_of_age": true, "proof_of_work": "",
    });
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body
    };
    for (body, expected) in [
        (with("is_of_age", json!(false)), "not-of-age"),
        (with("agreed_version", json!("another")), "other-policy"),
        (with("email", json!("ada")), "bad-email"),
        (
            with("email", json!("ada@example.org\r\nBcc: all@example.org")),
            "bad-email",
        ),
        (with("email", json!(7)), "unreadable-body"),
    ] {
        let answer = browser.post("/api/v1/account/register", &body).await;
        assert_eq!(kind(&answer), expected, "{body}");
    }
    for (password, why) in [("unisono2026", "names-you"), ("short", "too-short")] {
        let mut body = with("password", json!(password));
        body["proof_of_work"] = json!(browser.work("register").await);
        let answer = browser.post("/api/v1/account/register", &body).await;
        let problem: Value = read(&answer);
        assert_eq!(kind(&answer), "weak-password");
        assert_eq!(problem["why"], why);
    }
    assert!(app.letters().await.is_empty());
    app.stop().await;
}

#[tokio::test]
async fn the_first_operator_is_made_by_the_link_of_the_start_once() {
    let app = start().await;
    let secret = app.setup_secret().unwrap();
    let mut browser = browser(&app);
    let body = json!({ "token": secret, "email": "op@example.org", "password": PASSWORD });
    let answer = browser.post("/api/v1/account/setup", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let made: Value = read(&account(&mut browser).await);
    assert_eq!(made["rank"], "operator");
    let body = json!({ "token": secret, "email": "eve@example.org", "password": PASSWORD });
    let again = browser.post("/api/v1/account/setup", &body).await;
    assert_eq!(kind(&again), "ticket-over");
    let app = app.restart().await;
    assert_eq!(app.setup_secret(), None, "there is an operator");
    app.stop().await;
}

#[tokio::test]
async fn nobody_without_the_link_of_the_start_learns_who_has_an_account() {
    let app = start().await;
    let secret = app.setup_secret().unwrap();
    member(&app, "ada@example.org").await;
    let mut stranger = browser(&app);
    let mut tell = async |token: &str, email: &str| {
        let body = json!({ "token": token, "email": email, "password": PASSWORD });
        kind(&stranger.post("/api/v1/account/setup", &body).await)
    };
    for email in ["ada@example.org", "nobody@example.org"] {
        assert_eq!(tell("made-up", email).await, "ticket-over");
    }
    assert_eq!(tell(&secret, "ada@example.org").await, "address-taken");
    let store = app.store().await;
    let ada = EmailAddress::parse("ada@example.org").unwrap();
    let ada = store.account_by_email(&ada).await.unwrap().unwrap().id;
    store.set_rank(ada, Rank::Operator).await.unwrap();
    store.close().await;
    let late = tell(&secret, "eve@example.org").await;
    assert_eq!(late, "ticket-over", "there is an operator by now");
    app.stop().await;
}
