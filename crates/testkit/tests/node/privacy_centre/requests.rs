//! Requests and their clock.

use std::time::Duration;

use ::privacy::RequestKind;

use super::*;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Promises S41, Y46: a request has its day, and the page says when that has passed.
#[tokio::test]
async fn a_request_shows_the_day_until_which_it_must_be_answered() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let asked = [("kind", "review"), ("message", "A person, please.")];
    let answer = send(&mut ada, "ask", &asked).await;
    assert_eq!(leads_to(&answer), "/privacy/me?done=asked#requests");
    let shown = page(&mut ada).await;
    assert!(
        shown.contains("datetime=\"2026-12-22\""),
        "30 days after 22 November"
    );
    assert!(shown.contains("waits for its answer"));
    for (days, words) in [
        (21, "must be answered soon"),
        (10, "is late; you may complain"),
    ] {
        app.clock.advance(days * DAY);
        let body = serde_json::json!({ "email": "ada@example.org", "password": PASSWORD });
        ada.post("/api/v1/account/sign-in", &body).await;
        assert!(page(&mut ada).await.contains(words), "{words}");
    }
    let store = app.store().await;
    let [request] = &store.requests(0, 10).await.unwrap()[..] else {
        panic!("one request");
    };
    let now = base::Clock::now(&app.clock);
    let answer = store::RequestAnswer {
        outcome: "looked at",
        ..Default::default()
    };
    let answered = store.answer_request(request.id, &answer, now).await;
    assert_eq!(answered.unwrap(), store::Answered::Done);
    store.close().await;
    let shown = page(&mut ada).await;
    assert!(shown.contains("answered on") && !shown.contains("A person, please."));
    app.stop().await;
}

/// A server that could write to guests.
async fn start_with_mail() -> TestApp {
    TestApp::start_with(write_letters).await
}

/// The page works without script, and a sum against robots does not: letters to one address are few instead.
#[tokio::test]
async fn who_asks_again_without_an_account_is_asked_for_no_sum() {
    let app = start_with_mail().await;
    let mut guest = browser(&app);
    let asked = [
        ("kind", "erasure"),
        ("message", "please"),
        ("email", "one@example.org"),
    ];
    for time in 1..=5 {
        tick(&app);
        let begun = send(&mut guest, "ask", &asked).await;
        assert_eq!(begun.status, 200, "time {time}: {}", begun.body);
    }
    tick(&app);
    assert_eq!(send(&mut guest, "ask", &asked).await.status, 429);
    app.stop().await;
}

/// Somebody without an account asks, and proves the address by the code that is mailed there. What is said about a
/// child comes first.
#[tokio::test]
async fn without_an_account_a_request_counts_once_its_code_is_back() {
    let app = start_with_mail().await;
    let mut guest = browser(&app);
    let waiting = async || {
        let store = app.store().await;
        let requests = store.requests(0, 10).await.unwrap();
        store.close().await;
        requests
    };
    for (kind, email) in [("erasure", "one@example.org"), ("child", "two@example.org")] {
        tick(&app);
        let asked = [("kind", kind), ("message", "please"), ("email", email)];
        let before = waiting().await.len();
        let begun = send(&mut guest, "ask", &asked).await;
        assert_eq!(begun.status, 200, "{}", begun.body);
        assert_eq!(waiting().await.len(), before, "nothing counts yet");
        let (_, rest) = begun.body.split_once("name=\"ticket\" value=\"").unwrap();
        let ticket = rest.split('"').next().unwrap();
        let wrong = send(
            &mut guest,
            "ask/code",
            &[("ticket", ticket), ("code", "00000000")],
        )
        .await;
        assert_eq!(wrong.status, 403);
        let code = code(&app, email).await;
        let right = send(
            &mut guest,
            "ask/code",
            &[("ticket", ticket), ("code", &code)],
        )
        .await;
        assert_eq!(leads_to(&right), "/privacy/me?done=asked#requests");
    }
    let kinds: Vec<RequestKind> = waiting().await.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [RequestKind::Child, RequestKind::Erasure]);
    let bad = send(
        &mut guest,
        "ask",
        &[("kind", "erasure"), ("message", ""), ("email", "x")],
    )
    .await;
    assert_eq!(bad.status, 422);
    app.stop().await;
}

#[tokio::test]
async fn a_server_without_mail_says_so_and_offers_guests_no_form() {
    let app = start().await;
    let shown = page(&mut browser(&app)).await;
    assert!(shown.contains("This server sends no mail"));
    assert!(!shown.contains("name=\"email\""));
    app.stop().await;
}

/// Promise S42: the page names the authority that the operator has set, else the list of all.
#[tokio::test]
async fn the_page_says_where_to_complain() {
    let app = start().await;
    assert!(page(&mut browser(&app)).await.contains("edpb.europa.eu"));
    app.stop().await;
    let app = TestApp::start_with(|settings| {
        settings.authority_url = "https://authority.example/complain".to_owned();
    })
    .await;
    let shown = page(&mut browser(&app)).await;
    assert!(shown.contains("href=\"https://authority.example/complain\""));
    app.stop().await;
}
