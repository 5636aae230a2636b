//! A new password for who forgot the old one.

use super::*;

async fn ask(app: &TestApp, browser: &mut TestBrowser, email: &str) -> Answer {
    tick(app);
    let work = browser.work("sign-in").await;
    let body = json!({ "email": email, "proof_of_work": work });
    browser.post("/api/v1/account/reset", &body).await
}

async fn token(app: &TestApp, email: &str) -> String {
    let Letter::ResetLink { address } = letter(app, email).await else {
        panic!("no link was mailed");
    };
    address.expose().split_once('#').unwrap().1.to_owned()
}

async fn complete(browser: &mut TestBrowser, token: &str, password: &str) -> Answer {
    let body = json!({ "token": token, "password": password });
    browser.post("/api/v1/account/reset/complete", &body).await
}

/// Sets a new password for the account at `email`, by the link that is mailed there.
pub(super) async fn reset(app: &TestApp, email: &str, password: &str) {
    let mut browser = browser(app);
    assert_eq!(ask(app, &mut browser, email).await.status, 202);
    let link = token(app, email).await;
    let set = complete(&mut browser, &link, password).await;
    assert_eq!(set.status, 204, "{}", set.body);
}

// Promise S32
#[tokio::test]
async fn a_reset_link_works_once_for_an_hour_and_ends_every_session() {
    let app = start().await;
    let mut ada = member(&app, "ada@example.org").await;
    let mut other = browser(&app);
    assert_eq!(ask(&app, &mut other, "ada@example.org").await.status, 202);
    let link = token(&app, "ada@example.org").await;
    app.clock.advance(std::time::Duration::from_secs(59 * 60));
    let weak = complete(&mut other, &link, "password").await;
    assert_eq!(
        kind(&weak),
        "weak-password",
        "and the link is not lost for it"
    );
    let own = complete(&mut other, &link, "example.example1").await;
    assert_eq!(kind(&own), "weak-password", "it is the address");
    let unknown = complete(&mut other, "made-up", "password").await;
    assert_eq!(
        kind(&unknown),
        "ticket-over",
        "nothing is looked at without a link"
    );
    let set = complete(&mut other, &link, "six brand new quiet words").await;
    assert_eq!(set.status, 204, "{}", set.body);
    assert_eq!(account(&mut ada).await.status, 401, "all sessions end");
    let again = complete(&mut other, &link, "yet another quiet phrase").await;
    assert_eq!(kind(&again), "ticket-over");
    assert_eq!(
        sign_in(&mut other, "ada@example.org", PASSWORD)
            .await
            .status,
        403
    );
    assert_eq!(
        sign_in(&mut other, "ada@example.org", "six brand new quiet words")
            .await
            .status,
        200
    );
    app.stop().await;
}

// Promise S32
#[tokio::test]
async fn a_reset_link_is_dead_after_an_hour_and_when_a_newer_one_is_made() {
    let app = start().await;
    member(&app, "ada@example.org").await;
    let mut other = browser(&app);
    ask(&app, &mut other, "ada@example.org").await;
    let older = token(&app, "ada@example.org").await;
    app.clock.advance(std::time::Duration::from_secs(60));
    ask(&app, &mut other, "ada@example.org").await;
    let newer = token(&app, "ada@example.org").await;
    assert_ne!(older, newer);
    let dead = complete(&mut other, &older, "six brand new quiet words").await;
    assert_eq!(kind(&dead), "ticket-over");
    app.clock.advance(std::time::Duration::from_secs(61 * 60));
    let late = complete(&mut other, &newer, "six brand new quiet words").await;
    assert_eq!(kind(&late), "ticket-over");
    app.stop().await;
}

#[tokio::test]
async fn asking_for_an_unknown_address_looks_the_same_and_mails_nobody() {
    let app = start().await;
    let mut browser = browser(&app);
    let answer = ask(&app, &mut browser, "nobody@example.org").await;
    assert_eq!((answer.status, answer.body.as_str()), (202, ""));
    assert!(app.letters().await.is_empty());
    app.stop().await;
}
