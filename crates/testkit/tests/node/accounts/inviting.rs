//! Where only the invited may make an account.

use std::time::Duration;

use ::account::{OperatorAct, RegistrationRule};
use testkit::files::files_with;

use super::*;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const PAGE: (&str, &str) = ("accept", "text/html");

async fn start_by_invitation() -> TestApp {
    TestApp::start_with(|settings| {
        settings.accounts.password_cost = 4;
        settings.accounts.proof_of_work_cost = 1;
        settings.accounts.registration = RegistrationRule::Invited;
    })
    .await
}

async fn operator(app: &TestApp) -> TestBrowser {
    let mut browser = browser(app);
    let token = app.setup_secret().unwrap();
    let body = json!({ "token": token, "email": "op@example.org", "password": PASSWORD });
    let answer = browser.post("/api/v1/account/setup", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    browser
}

async fn sends(browser: &mut TestBrowser, form: &str) -> Answer {
    browser
        .request("POST", "/admin/invite", &[FORM, PAGE], form.as_bytes())
        .await
}

/// The invitation in a page or a letter.
fn invitation_in(text: &str) -> String {
    let (_, rest) = text.split_once("/register#invitation=").unwrap();
    let is_of_it = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    rest.chars().take_while(is_of_it).collect()
}

async fn invites(operator: &mut TestBrowser, email: &str) -> String {
    let form = format!("email={}", email.replace('@', "%40"));
    let page = sends(operator, &form).await;
    assert_eq!(page.status, 200, "{}", page.body);
    invitation_in(&page.body)
}

/// Asks for an account with what was brought along.
async fn registers(
    app: &TestApp,
    browser: &mut TestBrowser,
    email: &str,
    invitation: Option<&str>,
) -> Answer {
    tick(app);
    let body = json!({
        "email": email,
        "agreed_version": policy_version(app).await,
        "is_of_age": true,
        "proof_of_work": browser.work("register").await,
        "invitation": invitation,
    });
    browser.post("/api/v1/account/register", &body).await
}

async fn finishes(app: &TestApp, browser: &mut TestBrowser, email: &str, begun: &Answer) -> Answer {
    let begun: Value = read(begun);
    let body = json!({ "ticket": begun["ticket"], "code": code(app, email).await });
    browser.post("/api/v1/account/register/verify", &body).await
}

// Promise C12
#[tokio::test]
async fn without_an_invitation_known_and_unknown_addresses_get_one_refusal_and_no_letter() {
    let app = start_by_invitation().await;
    operator(&app).await;
    let mut stranger = browser(&app);
    let terms: Value = read(&stranger.send("GET", "/api/v1/account/terms").await);
    assert_eq!(terms["registration"], "invited");
    let known = registers(&app, &mut stranger, "op@example.org", None).await;
    let unknown = registers(&app, &mut stranger, "ada@example.org", None).await;
    assert_eq!(
        (known.status, kind(&known)),
        (403, "invited-only".to_owned())
    );
    assert_eq!(words(&known), words(&unknown));
    let made_up = Some("A".repeat(75));
    let known = registers(&app, &mut stranger, "op@example.org", made_up.as_deref()).await;
    let unknown = registers(&app, &mut stranger, "ada@example.org", made_up.as_deref()).await;
    assert_eq!(
        (known.status, kind(&known)),
        (403, "invitation-over".to_owned())
    );
    assert_eq!(words(&known), words(&unknown));
    assert!(app.letters().await.is_empty());
    let terms = stranger.request("GET", "/terms", &[PAGE], b"").await;
    assert!(terms.body.contains("by invitation"), "the terms say so");
    app.stop().await;
}

// Promise C12
#[tokio::test]
async fn an_invitation_makes_one_account_for_its_own_address() {
    let app = start_by_invitation().await;
    let mut op = operator(&app).await;
    let invitation = invites(&mut op, "ada@example.org").await;
    let mut ada = browser(&app);
    let other = registers(&app, &mut ada, "eve@example.org", Some(&invitation)).await;
    assert_eq!(kind(&other), "invitation-over", "it is for one address");
    let begun = registers(&app, &mut ada, "Ada@example.org", Some(&invitation)).await;
    assert_eq!(begun.status, 202, "{}", begun.body);
    // A second step by the same invitation, before the first one is finished.
    let mut elsewhere = browser(&app);
    let again = registers(&app, &mut elsewhere, "ada@example.org", Some(&invitation)).await;
    let late_code = code(&app, "ada@example.org").await;
    let first_code = app
        .letters()
        .await
        .into_iter()
        .rev()
        .find_map(|(to, letter)| {
            let is_hers = to.as_typed() == "Ada@example.org";
            match letter {
                Letter::RegistrationCode { code } if is_hers => Some(code.expose().clone()),
                _ => None,
            }
        });
    let ticket: Value = read(&begun);
    let body = json!({ "ticket": ticket["ticket"], "code": first_code.unwrap() });
    let made = ada.post("/api/v1/account/register/verify", &body).await;
    assert_eq!(made.status, 200, "{}", made.body);
    // The account has another address by now, so that nothing but the invitation stands in the way.
    move_to_other_address(&app, &mut ada).await;
    let ticket: Value = read(&again);
    let body = json!({ "ticket": ticket["ticket"], "code": late_code });
    let twice = elsewhere
        .post("/api/v1/account/register/verify", &body)
        .await;
    assert_eq!(kind(&twice), "invitation-over", "it counts once");
    let begun = registers(&app, &mut elsewhere, "ada@example.org", Some(&invitation)).await;
    assert_eq!(
        kind(&begun),
        "invitation-over",
        "and is not begun with again"
    );
    app.stop().await;
}

async fn move_to_other_address(app: &TestApp, browser: &mut TestBrowser) {
    tick(app);
    let body = json!({ "email": "ada@elsewhere.example" });
    let begun = browser.post("/api/v1/account/email", &body).await;
    let begun: Value = read(&begun);
    let code = code(app, "ada@elsewhere.example").await;
    let body = json!({ "ticket": begun["ticket"], "code": code });
    let moved = browser.post("/api/v1/account/email/verify", &body).await;
    assert_eq!(moved.status, 200, "{}", moved.body);
}

#[tokio::test]
async fn an_invitation_lasts_seven_days() {
    let app = start_by_invitation().await;
    let mut op = operator(&app).await;
    let ada = invites(&mut op, "ada@example.org").await;
    let ben = invites(&mut op, "ben@example.org").await;
    let mut browser = browser(&app);
    app.clock.advance(7 * DAY - Duration::from_secs(60));
    let begun = registers(&app, &mut browser, "ada@example.org", Some(&ada)).await;
    assert_eq!(begun.status, 202, "{}", begun.body);
    let made = finishes(&app, &mut browser, "ada@example.org", &begun).await;
    assert_eq!(made.status, 200, "{}", made.body);
    app.clock.advance(Duration::from_secs(61));
    let late = registers(&app, &mut browser, "ben@example.org", Some(&ben)).await;
    assert_eq!(kind(&late), "invitation-over");
    app.stop().await;
}

#[tokio::test]
async fn nothing_is_kept_of_who_is_invited_by_a_link_and_a_letter_only_until_it_is_sent() {
    let app = start_by_invitation().await;
    let mut op = operator(&app).await;
    invites(&mut op, "canary@example.org").await;
    assert!(app.letters().await.is_empty());
    let found = files_with(app.folder(), "canary");
    assert!(found.is_empty(), "{found:?}");
    tick(&app);
    let mailed = sends(&mut op, "email=canary%40example.org&mail_in=ru").await;
    assert_eq!(mailed.status, 200, "{}", mailed.body);
    assert!(
        !mailed.body.contains("invitation="),
        "it is in the letter alone"
    );
    let Letter::Invitation { address } = letter(&app, "canary@example.org").await else {
        panic!("another letter");
    };
    let mut canary = browser(&app);
    let invitation = invitation_in(address.expose());
    let begun = registers(&app, &mut canary, "canary@example.org", Some(&invitation)).await;
    assert_eq!(begun.status, 202, "{}", begun.body);
    let store = app.store().await;
    let acts = store.acts(10).await.unwrap();
    store.close().await;
    let noted: Vec<_> = acts.iter().map(|row| (row.act, row.account)).collect();
    assert_eq!(noted, [(OperatorAct::Invite, None); 2]);
    app.stop().await;
}

#[tokio::test]
async fn only_an_operator_who_proved_it_of_late_invites_and_only_where_it_opens_something() {
    let app = start_by_invitation().await;
    let mut op = operator(&app).await;
    let mut ada = browser(&app);
    let unknown = ada.request("POST", "/nowhere", &[FORM, PAGE], b"").await;
    let form = "email=ada%40example.org";
    assert_eq!(sends(&mut ada, form).await.status, unknown.status);
    let bad = sends(&mut op, "email=ada").await;
    assert_eq!(bad.status, 422, "{}", bad.body);
    app.clock.advance(Duration::from_secs(601));
    let stale = sends(&mut op, form).await;
    assert_eq!(stale.status, 403);
    assert!(!stale.body.contains("invitation="));
    let overview = op.request("GET", "/admin", &[PAGE], b"").await;
    assert!(
        overview.body.contains("id=\"invite-password\""),
        "it is asked for"
    );
    let right = format!("{form}&password={}", PASSWORD.replace(' ', "+"));
    assert_eq!(sends(&mut op, &right).await.status, 200);
    let as_act = "account=00000000-0000-7000-8000-000000000000&act=invite";
    let as_act = op.request(
        "POST",
        "/admin/account/act",
        &[FORM, PAGE],
        as_act.as_bytes(),
    );
    assert_eq!(as_act.await.status, 400, "it is no act on an account");
    let app = app
        .restart_with(|settings| settings.accounts.registration = RegistrationRule::Open)
        .await;
    let overview = op.request("GET", "/admin", &[PAGE], b"").await;
    assert!(!overview.body.contains("/admin/invite"));
    assert_eq!(sends(&mut op, &right).await.status, 409);
    app.stop().await;
}
