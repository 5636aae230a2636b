//! Signing in, and trying to without the right to.

use super::*;

#[tokio::test]
async fn a_password_signs_in_and_a_wrong_one_says_no_more_than_an_unknown_address() {
    let app = start().await;
    member(&app, "ada@example.org").await;
    let mut other = browser(&app);
    let wrong = sign_in(&mut other, "ada@example.org", "not her password").await;
    let unknown = sign_in(&mut other, "nobody@example.org", "not her password").await;
    assert_eq!((wrong.status, unknown.status), (403, 403));
    assert_eq!(words(&wrong), words(&unknown));
    assert_eq!(wrong.headers.len(), unknown.headers.len());
    assert_eq!(
        sign_in(&mut other, "ada@example.org", PASSWORD)
            .await
            .status,
        200
    );
    assert_eq!(account(&mut other).await.status, 200);
    app.stop().await;
}

#[tokio::test]
async fn a_mailed_code_signs_in_only_where_it_was_asked_for() {
    let app = start().await;
    member(&app, "ada@example.org").await;
    let mut other = browser(&app);
    tick(&app);
    let work = other.work("sign-in").await;
    let body = json!({ "email": "ada@example.org", "proof_of_work": work });
    let asked = other.post("/api/v1/account/sign-in/code", &body).await;
    assert_eq!(asked.status, 202, "{}", asked.body);
    let ticket: Value = read(&asked);
    let code = code(&app, "ada@example.org").await;
    let foreign = json!({ "ticket": "t_00000000000000000000000000000000", "code": code });
    let path = "/api/v1/account/sign-in/code/verify";
    assert_eq!(kind(&other.post(path, &foreign).await), "ticket-over");
    let right =
        json!({ "ticket": ticket["ticket"], "code": format!(" {}-{} ", &code[..4], &code[4..]) });
    assert_eq!(other.post(path, &right).await.status, 200);
    assert_eq!(kind(&other.post(path, &right).await), "ticket-over", "once");
    app.stop().await;
}

#[tokio::test]
async fn a_code_for_an_unknown_address_looks_the_same_and_opens_nothing() {
    let app = start().await;
    let mut browser = browser(&app);
    let asked = browser
        .post(
            "/api/v1/account/sign-in/code",
            &json!({ "email": "nobody@example.org" }),
        )
        .await;
    assert_eq!(asked.status, 202);
    assert!(app.letters().await.is_empty());
    let ticket: Value = read(&asked);
    let body = json!({ "ticket": ticket["ticket"], "code": "12345678" });
    let answer = browser
        .post("/api/v1/account/sign-in/code/verify", &body)
        .await;
    assert_eq!(kind(&answer), "wrong-code");
    app.stop().await;
}

// Promises S46, Y32
#[tokio::test]
async fn guessing_is_slowed_down_first_by_work_and_then_by_waiting() {
    let app = start().await;
    member(&app, "ada@example.org").await;
    let mut guesser = browser(&app);
    let mut seen = Vec::new();
    for _ in 0..14 {
        let answer = sign_in(&mut guesser, "ada@example.org", "a wrong password").await;
        let mut found = kind(&answer);
        if found == "proof-of-work-needed" {
            let body = json!({
                "email": "ada@example.org", "password": "a wrong password",
                "proof_of_work": guesser.work("sign-in").await,
            });
            let worked = guesser.post("/api/v1/account/sign-in", &body).await;
            if worked.status == 429 {
                assert!(worked.header("retry-after").is_some());
            }
            found = format!("{found} {}", kind(&worked));
        }
        seen.push(found);
    }
    assert_eq!(seen[0], "wrong-credentials");
    assert!(
        seen.contains(&"proof-of-work-needed wrong-credentials".to_owned()),
        "{seen:?}"
    );
    assert!(
        seen.iter().any(|found| found.contains("too-many-tries")),
        "{seen:?}"
    );
    app.stop().await;
}

#[tokio::test]
async fn pages_of_other_sites_cannot_sign_anybody_in() {
    let app = start().await;
    let mut browser = browser(&app);
    let body = json!({ "email": "ada@example.org", "password": PASSWORD }).to_string();
    let json_kind = ("content-type", "application/json");
    for header in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let answer = browser
            .request(
                "POST",
                "/api/v1/account/sign-in",
                &[header, json_kind],
                body.as_bytes(),
            )
            .await;
        assert_eq!(kind(&answer), "foreign-page");
    }
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let answer = browser
        .request(
            "POST",
            "/api/v1/account/sign-in",
            &form,
            b"email=a&password=b",
        )
        .await;
    assert_eq!(kind(&answer), "wrong-kind");
    app.stop().await;
}

#[tokio::test]
async fn without_https_from_another_machine_sign_in_says_what_it_needs() {
    let app = start().await;
    let mut browser = browser(&app);
    let host = [
        ("host", "192.168.1.20:8080"),
        ("content-type", "application/json"),
    ];
    // The second `host` line would be refused; this client sends only its own.
    let mut head = String::from("POST /api/v1/account/sign-in HTTP/1.1\r\nconnection: close\r\n");
    for (name, value) in host {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("content-length: 2\r\n\r\n{}");
    let answer = testkit::http::exchange(app.address(), head.as_bytes()).await;
    assert_eq!(kind(&answer), "https-needed");
    assert_eq!(browser.send("GET", "/api/v1/about").await.status, 200);
    app.stop().await;
}

#[tokio::test]
async fn refusals_are_in_the_readers_language() {
    let app = start().await;
    let mut browser = browser(&app);
    let kind = [
        ("content-type", "application/json"),
        ("accept-language", "ru"),
    ];
    let body = json!({ "email": "x", "password": "y" }).to_string();
    let answer = browser
        .request("POST", "/api/v1/account/sign-in", &kind, body.as_bytes())
        .await;
    assert_eq!(answer.header("content-language"), Some("ru"));
    assert!(answer.body.contains("Это не адрес"), "{}", answer.body);
    app.stop().await;
}
