//! Signed-in browsers.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::*;
use crate::two_nodes::TwoNodes;

const COOKIE: &str = "__Host-unisono";

// Promises S24, C4
#[tokio::test]
async fn the_cookie_names_a_session_and_nothing_else() {
    let app = start().await;
    let browser = member(&app, "ada@example.org").await;
    let token = &browser.cookies[COOKIE];
    let payload = token.split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    let mut names: Vec<&String> = claims.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["aud", "exp", "iat", "sid"]);
    app.stop().await;
}

// Promise S25
#[tokio::test]
async fn a_session_ends_after_thirty_days_whatever_happens() {
    let app = start().await;
    let mut browser = member(&app, "ada@example.org").await;
    let day = std::time::Duration::from_secs(24 * 60 * 60);
    for days in [10, 10, 9] {
        app.clock.advance(days * day);
        assert_eq!(account(&mut browser).await.status, 200);
    }
    app.clock.advance(day + std::time::Duration::from_secs(1));
    assert_eq!(account(&mut browser).await.status, 401);
    app.stop().await;
}

#[tokio::test]
async fn a_session_that_nobody_uses_for_two_weeks_ends() {
    let app = start().await;
    let mut browser = member(&app, "ada@example.org").await;
    let day = std::time::Duration::from_secs(24 * 60 * 60);
    app.clock.advance(14 * day);
    let mut early = browser.clone();
    assert_eq!(account(&mut early).await.status, 200);
    app.clock.advance(15 * day);
    assert_eq!(account(&mut browser).await.status, 401);
    app.stop().await;
}

// Promise Y31
#[tokio::test]
async fn signing_in_makes_a_new_session_and_signing_out_kills_its_copy() {
    let app = start().await;
    let mut browser = member(&app, "ada@example.org").await;
    let before = browser.cookies[COOKIE].clone();
    assert_eq!(
        sign_in(&mut browser, "ada@example.org", PASSWORD)
            .await
            .status,
        200
    );
    assert_ne!(
        browser.cookies[COOKIE], before,
        "no session is carried over"
    );
    let mut copy = browser.clone();
    let out = browser.send("POST", "/api/v1/account/sign-out").await;
    assert_eq!(out.status, 204);
    assert!(out.header("clear-site-data").is_some());
    assert!(browser.cookies.is_empty());
    assert_eq!(
        account(&mut copy).await.status,
        401,
        "a copied cookie is dead as well"
    );
    app.stop().await;
}

// Promise Y31
#[tokio::test]
async fn who_signs_in_or_proves_it_again_gets_a_new_name_and_the_old_one_is_dead() {
    let app = start().await;
    let mut browser = member(&app, "ada@example.org").await;
    let mut first = browser.clone();
    sign_in(&mut browser, "ada@example.org", PASSWORD).await;
    assert_eq!(
        account(&mut first).await.status,
        401,
        "one browser has one session"
    );
    let mut second = browser.clone();
    let proof = json!({ "password": PASSWORD });
    let proved = browser.post("/api/v1/account/prove", &proof).await;
    assert_eq!(proved.status, 204, "{}", proved.body);
    assert_ne!(browser.cookies[COOKIE], second.cookies[COOKIE]);
    assert_eq!(account(&mut second).await.status, 401);
    let sessions: Vec<Value> = read(&browser.send("GET", "/api/v1/account/sessions").await);
    assert_eq!(sessions.len(), 1);
    let day = std::time::Duration::from_secs(24 * 60 * 60);
    for _ in 0..2 {
        app.clock.advance(10 * day);
        assert_eq!(account(&mut browser).await.status, 200);
    }
    app.clock
        .advance(10 * day + std::time::Duration::from_secs(1));
    assert_eq!(
        account(&mut browser).await.status,
        401,
        "a proof prolongs nothing"
    );
    app.stop().await;
}

#[tokio::test]
async fn who_is_signed_in_asks_for_mails_without_a_proof_of_work() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    for number in 0..4 {
        let code = ada.post("/api/v1/account/prove/code", &json!({})).await;
        assert_eq!(code.status, 202, "{}", code.body);
        let wish = json!({ "email": format!("ada-{number}@example.org") });
        let changed = ada.post("/api/v1/account/email", &wish).await;
        assert_eq!(changed.status, 202, "{}", changed.body);
    }
    app.stop().await;
}

// Promise Y31
#[tokio::test]
async fn an_owner_sees_each_browser_and_ends_one_or_all_others() {
    let app = start().await;
    let mut laptop = member(&app, "ada@example.org").await;
    let mut phone =
        browser(&app).called("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1");
    sign_in(&mut phone, "ada@example.org", PASSWORD).await;
    let mut tablet = browser(&app);
    sign_in(&mut tablet, "ada@example.org", PASSWORD).await;
    let sessions: Vec<Value> = read(&laptop.send("GET", "/api/v1/account/sessions").await);
    assert_eq!(sessions.len(), 3);
    assert_eq!(
        sessions
            .iter()
            .filter(|session| session["is_this"] == true)
            .count(),
        1
    );
    let of_phone = sessions.iter().find(|session| {
        session["device"].as_str().unwrap().contains("Phone")
            || session["device"].as_str().unwrap().contains("iOS")
    });
    let id = of_phone.unwrap()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/account/sessions/{id}");
    assert_eq!(laptop.send("DELETE", &path).await.status, 204);
    assert_eq!(account(&mut phone).await.status, 401);
    assert_eq!(account(&mut tablet).await.status, 200);
    assert_eq!(
        laptop
            .send("DELETE", "/api/v1/account/sessions")
            .await
            .status,
        204
    );
    assert_eq!(account(&mut tablet).await.status, 401);
    assert_eq!(account(&mut laptop).await.status, 200);
    app.stop().await;
}

// Promise Y33
#[tokio::test]
async fn nobody_ends_a_session_of_somebody_else() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut ben = member(&app, "ben@example.org").await;
    let sessions: Vec<Value> = read(&ada.send("GET", "/api/v1/account/sessions").await);
    let path = format!(
        "/api/v1/account/sessions/{}",
        sessions[0]["id"].as_str().unwrap()
    );
    assert_eq!(kind(&ben.send("DELETE", &path).await), "not-yours");
    assert_eq!(account(&mut ada).await.status, 200);
    app.stop().await;
}

#[tokio::test]
async fn forged_and_altered_tokens_name_nobody() {
    let app = start().await;
    let mut browser = member(&app, "ada@example.org").await;
    let token = browser.cookies[COOKIE].clone();
    let parts: Vec<&str> = token.split('.').collect();
    let none = URL_SAFE_NO_PAD.encode(br#"{"alg":"none","typ":"unisono-session+jwt","kid":"1"}"#);
    let forged = [
        format!("{none}.{}.", parts[1]),
        format!("{}.{}.{}", parts[0], parts[1], "A".repeat(43)),
        format!("{}.{}", parts[0], parts[1]),
        String::new(),
        "x".repeat(10_000),
    ];
    for value in forged {
        browser.cookies.insert(COOKIE.to_owned(), value);
        assert_eq!(account(&mut browser).await.status, 401);
    }
    browser.cookies.insert(COOKIE.to_owned(), token);
    assert_eq!(account(&mut browser).await.status, 200);
    app.stop().await;
}

#[tokio::test]
async fn what_can_cost_the_account_asks_for_a_proof_of_the_last_ten_minutes() {
    let app = start().await;
    let mut browser = member(&app, "ada@example.org").await;
    app.clock.advance(std::time::Duration::from_secs(601));
    let change = json!({ "current": PASSWORD, "password": "another five quiet words" });
    let refused = browser.post("/api/v1/account/password", &change).await;
    assert_eq!(kind(&refused), "prove-it-again");
    let wrong = browser
        .post(
            "/api/v1/account/prove",
            &json!({ "password": "wrong wrong" }),
        )
        .await;
    assert_eq!(kind(&wrong), "wrong-credentials");
    let proved = browser
        .post("/api/v1/account/prove", &json!({ "password": PASSWORD }))
        .await;
    assert_eq!(proved.status, 204, "{}", proved.body);
    assert_eq!(
        browser
            .post("/api/v1/account/password", &change)
            .await
            .status,
        204
    );
    app.stop().await;
}

/// Whoever is being looked at by the old password while the new one is set is not let in by it afterwards.
#[tokio::test]
async fn a_password_that_is_changed_meanwhile_leaves_nobody_signed_in_by_it() {
    let app = start().await;
    let mut owner = member(&app, "ada@example.org").await;
    let [mut one, mut two, mut three] = [(); 3].map(|()| TestBrowser::new(app.address()));
    let change = json!({ "current": PASSWORD, "password": "another five quiet words" });
    let (_, _, _, changed) = tokio::join!(
        sign_in(&mut one, "ada@example.org", PASSWORD),
        sign_in(&mut two, "ada@example.org", PASSWORD),
        sign_in(&mut three, "ada@example.org", PASSWORD),
        owner.post("/api/v1/account/password", &change),
    );
    assert_eq!(changed.status, 204, "{}", changed.body);
    for browser in [&mut one, &mut two, &mut three] {
        assert_eq!(account(browser).await.status, 401);
    }
    assert_eq!(account(&mut owner).await.status, 200);
    app.stop().await;
}

#[tokio::test]
async fn an_operator_locks_an_account_out_at_once() {
    let app = start().await;
    let mut browser = member(&app, "ada@example.org").await;
    let made: Value = read(&account(&mut browser).await);
    let id = made["id"].as_str().unwrap().parse().unwrap();
    app.store()
        .await
        .set_locked(id, Some(base::Timestamp::default()))
        .await
        .unwrap();
    assert_eq!(account(&mut browser).await.status, 401);
    assert_eq!(
        kind(&sign_in(&mut browser, "ada@example.org", PASSWORD).await),
        "locked"
    );
    app.stop().await;
}

/// The codes of a socket's end until it is closed.
async fn closed(socket: &mut testkit::TestSocket) -> Option<u16> {
    loop {
        if let Err(testkit::Closed(code)) = socket.next().await {
            return code;
        }
    }
}

// Promise Y31
#[tokio::test]
async fn the_sockets_of_a_session_end_with_it_and_a_guests_do_not() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let cookie = format!("{COOKIE}={}", ada.cookies[COOKIE]);
    let mut hers = testkit::TestSocket::open(app.address(), &[("cookie", &cookie)])
        .await
        .unwrap();
    hers.say(testkit::create()).await;
    hers.hear().await;
    let mut guests = app.socket().await;
    guests.say(testkit::create()).await;
    guests.hear().await;
    ada.send("POST", "/api/v1/account/sign-out").await;
    assert_eq!(closed(&mut hers).await, Some(4002));
    guests.ping().await;
    app.stop().await;
}

#[tokio::test]
async fn a_session_that_ends_on_one_node_fails_on_the_next_request_to_another() {
    let two = TwoNodes::start().await;
    let (here, there) = (&two.here, &two.there);
    let mut ada = member(here, "ada@example.org").await;
    let mut elsewhere = browser(there);
    elsewhere.cookies.clone_from(&ada.cookies);
    assert_eq!(account(&mut elsewhere).await.status, 200);
    let ended = ada.send("POST", "/api/v1/account/sign-out").await;
    assert_eq!(ended.status, 204, "{}", ended.body);
    assert_eq!(account(&mut elsewhere).await.status, 401);
    two.stop().await;
}

/// As another node or the command line ends it: this one learns it from the database.
#[tokio::test]
async fn a_session_that_ends_elsewhere_takes_its_sockets_within_two_seconds() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let cookie = format!("{COOKIE}={}", ada.cookies[COOKIE]);
    let mut socket = testkit::TestSocket::open(app.address(), &[("cookie", &cookie)])
        .await
        .unwrap();
    socket.say(testkit::create()).await;
    socket.hear().await;
    let made: Value = read(&account(&mut ada).await);
    let id = made["id"].as_str().unwrap().parse().unwrap();
    app.store().await.delete_sessions(id, None).await.unwrap();
    app.clock.advance(std::time::Duration::from_secs(2));
    assert_eq!(closed(&mut socket).await, Some(4002));
    app.stop().await;
}
