//! Accounts, through the doors that pages use, with the letters read from the outbox.

mod bringing_along;
mod checks;
mod enumeration;
mod factors;
mod follows;
mod hijacking;
mod in_rooms;
mod inviting;
mod leaving;
mod own_rooms;
mod passkeys;
mod profile;
mod refusing;
mod registering;
mod resetting;
mod revoking;
mod routes;
mod sessions;
mod signing_in;
mod upstreams;
mod ways_in;

use ::account::EmailAddress;
use base::{Clock, Secret};
use outbound::Letter;
use serde_json::{Value, json};
use testkit::browser::json as read;
use testkit::http::Answer;
use testkit::{TestApp, TestBrowser};

pub(crate) const PASSWORD: &str = "seven quiet otters hum";

/// A node whose proofs of work cost nothing to speak of.
pub(crate) async fn start() -> TestApp {
    TestApp::start_with(|settings| {
        settings.accounts.password_cost = 4;
        settings.accounts.proof_of_work_cost = 1;
    })
    .await
}

/// A mail server is set, though nothing listens there: letters wait.
pub(crate) fn write_letters(settings: &mut unisono::Settings) {
    settings.mail.host = "localhost".to_owned();
    settings.mail.port = Some(1);
    settings.mail.from = "Unisono <noreply@listen.example>".to_owned();
}

/// Lets a millisecond pass, so that what comes next is newer than all before.
pub(crate) fn tick(app: &TestApp) {
    app.clock.advance(std::time::Duration::from_millis(1));
}

pub(crate) fn browser(app: &TestApp) -> TestBrowser {
    TestBrowser::new(app.address())
}

/// What kind of problem an answer is.
pub(super) fn kind(answer: &Answer) -> String {
    let problem: Value = read(answer);
    let kind = problem["type"].as_str().unwrap_or_default();
    kind.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Where an answer leads; where that is a refusal, without the reference of it, which no other one has.
fn leads_to(answer: &Answer) -> String {
    let to = answer.header("location").unwrap();
    let known = to.split_once("&reference=UNI-").map(|(known, _)| known);
    assert_eq!(known.is_some(), to.contains("?problem="), "{to}");
    known.unwrap_or(to).to_owned()
}

/// All that an answer says but its reference, which no other one has.
pub(super) fn words(answer: &Answer) -> Value {
    let mut problem: Value = read(answer);
    let reference = problem.as_object_mut().unwrap().remove("reference");
    assert!(reference.is_some());
    problem
}

async fn policy_version(app: &TestApp) -> String {
    app.app().policy_version().to_owned()
}

/// Registers, up to the code that is mailed; gives the ticket.
async fn begin(
    app: &TestApp,
    browser: &mut TestBrowser,
    email: &str,
    password: Option<&str>,
) -> String {
    tick(app);
    let version = policy_version(app).await;
    begin_at(browser, email, password, &version).await
}

/// The same where the policy that is in force has this version.
async fn begin_at(
    browser: &mut TestBrowser,
    email: &str,
    password: Option<&str>,
    agreed_version: &str,
) -> String {
    let body = json!({
        "email": email,
        "password": password,
        "agreed_version": agreed_version,
        "is_of_age": true,
        "proof_of_work": browser.work("register").await,
    });
    let answer = browser.post("/api/v1/account/register", &body).await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    let begun: Value = read(&answer);
    begun["ticket"].as_str().unwrap().to_owned()
}

/// The newest letter to `email`.
pub(crate) async fn letter(app: &TestApp, email: &str) -> Letter {
    newest(app.letters().await, email)
}

fn newest(letters: Vec<(EmailAddress, Letter)>, email: &str) -> Letter {
    let found = letters.into_iter().find(|(to, _)| to.as_typed() == email);
    found.unwrap_or_else(|| panic!("no letter to {email}")).1
}

/// The newest code that was mailed to `email`.
pub(crate) async fn code(app: &TestApp, email: &str) -> String {
    code_of(letter(app, email).await)
}

fn code_of(letter: Letter) -> String {
    let code: Secret<String> = match letter {
        Letter::RegistrationCode { code }
        | Letter::SignInCode { code }
        | Letter::ConfirmCode { code }
        | Letter::NewAddressCode { code }
        | Letter::RequestCode { code } => code,
        other => panic!("no code in {:?}", other.kind()),
    };
    code.expose().clone()
}

/// A browser that has just made an account.
pub(crate) async fn member(app: &TestApp, email: &str) -> TestBrowser {
    let mut browser = browser(app);
    let ticket = begin(app, &mut browser, email, Some(PASSWORD)).await;
    let code = code(app, email).await;
    verify(&mut browser, &ticket, &code).await;
    browser
}

async fn verify(browser: &mut TestBrowser, ticket: &str, code: &str) {
    let body = json!({ "ticket": ticket, "code": code });
    let answer = browser.post("/api/v1/account/register/verify", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

/// Leaves no room in the outbox.
pub(crate) async fn fill_outbox(app: &TestApp) {
    let store = app.store().await;
    let now = app.clock.now();
    let mut is_full = false;
    while !is_full {
        let mail = store::NewMail {
            id: base::EntryId::new(&base::OsEntropy),
            account: None,
            template: Letter::AccountThere.template().to_owned(),
            language: "en".to_owned(),
            letter: base::Personal::default(),
            created_at: now,
            expires_at: now.after(std::time::Duration::from_secs(600)),
        };
        is_full = !store.put_mail(&mail).await.unwrap();
    }
    store.close().await;
}

/// Signs in by password.
pub(crate) async fn sign_in(browser: &mut TestBrowser, email: &str, password: &str) -> Answer {
    let body = json!({ "email": email, "password": password });
    browser.post("/api/v1/account/sign-in", &body).await
}

/// Who the node says that this browser is.
pub(crate) async fn account(browser: &mut TestBrowser) -> Answer {
    browser.send("GET", "/api/v1/account").await
}
