//! Requests that nobody thought of: schemathesis makes them from `openapi.json`, by a fixed seed and within a bound, once as a
//! guest and once as a member. No door may fail, and each answer has the kind that the description says.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that fails"
)]

use std::process::Stdio;
use std::time::Duration;

use outbound::Letter;
use serde_json::{Value, json};
use testkit::browser::json as read;
use testkit::providers::Providers;
use testkit::python::python;
use testkit::{TestApp, TestBrowser};
use tokio::process::Command;
use tokio::time::{sleep, timeout};

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi.json");
/// Both runs together stay within a minute and a half.
const SECONDS: &str = "35";
/// Longer than a run and its beginning take, even on a crowded machine.
const PATIENCE: Duration = Duration::from_secs(300);
/// For one door in one phase.
const EXAMPLES: &str = "12";
const SEED: &str = "1";
/// So that throttles let go of what was tried: the clock of the node runs this much faster.
const TICK: Duration = Duration::from_millis(50);
const TOCK: Duration = Duration::from_secs(60);
const EMAIL: &str = "ada@example.org";

/// What ends the session that a member's run is made with. The guest's run tries these as well.
const ENDS_THE_RUN: [&str; 2] = ["account_sessions_sign_out", "account_leaving_leave"];

/// A node whose music services are stand-ins.
async fn start(providers: &Providers) -> TestApp {
    let mirrors = providers.mirrors();
    TestApp::start_with(|settings| {
        settings.outbound.mirrors = mirrors;
        settings.outbound.unlimited_mirrors = true;
        settings.accounts.password_cost = 4;
        settings.accounts.proof_of_work_cost = 1;
    })
    .await
}

/// The cookie of a new member.
async fn member(app: &TestApp) -> String {
    let mut browser = TestBrowser::new(app.address());
    let body = json!({
        "email": EMAIL,
        "password": "seven quiet otters hum",
        "agreed_version": app.app().policy_version(),
        "is_of_age": true,
        "proof_of_work": browser.work("register").await,
    });
    let begun: Value = read(&browser.post("/api/v1/account/register", &body).await);
    let letters = app.letters().await.into_iter();
    let code = letters.into_iter().find_map(|(_, letter)| match letter {
        Letter::RegistrationCode { code } => Some(code.expose().clone()),
        _ => None,
    });
    let body = json!({ "ticket": begun["ticket"], "code": code.unwrap() });
    let made = browser.post("/api/v1/account/register/verify", &body).await;
    assert_eq!(made.status, 200, "{}", made.body);
    format!("__Host-unisono={}", browser.cookies["__Host-unisono"])
}

/// Has requests made against `app`; gives what was printed.
async fn run(app: &TestApp, cookie: Option<&str>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(python());
    command
        .args(["-m", "schemathesis.cli", "run", DOCUMENT])
        .args(["--url", &format!("http://{}", app.address())])
        .args(["--checks", "not_a_server_error,content_type_conformance"])
        .args(["--phases", "examples,coverage,fuzzing,stateful"])
        .args(["--max-examples", EXAMPLES, "--max-time", SECONDS])
        .args(["--seed", SEED, "--no-shrink", "--continue-on-failure"])
        .args(["--request-timeout", "20", "--no-color"])
        .args(["--suppress-health-check", "all", "--warnings", "off"])
        // As a page of ours would: without it every door is closed.
        .args(["--header", "Sec-Fetch-Site: same-origin"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .kill_on_drop(true);
    if let Some(cookie) = cookie {
        command.args(["--header", &format!("Cookie: {cookie}")]);
        for operation in ENDS_THE_RUN {
            command.args(["--exclude-operation-id", operation]);
        }
    }
    let ticking = async {
        loop {
            sleep(TICK).await;
            app.clock.advance(TOCK);
        }
    };
    let output = tokio::select! {
        output = timeout(PATIENCE, command.output()) => output,
        () = ticking => unreachable!("the clock runs for ever"),
    };
    let output = output.expect("a run ends in time").unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    said
}

/// How many doors were tried, of how many, as the run says at its end.
fn tried(said: &str) -> (usize, usize) {
    let number = |label: &str| {
        let line = said
            .lines()
            .find_map(|line| line.trim().strip_prefix(label));
        let number = line.and_then(|rest| rest.trim().split('/').next()?.parse().ok());
        number.unwrap_or_else(|| panic!("no line {label} in {said}"))
    };
    (number("Tested:"), number("Selected:"))
}

fn doors() -> usize {
    let document: Value =
        serde_json::from_str(&std::fs::read_to_string(DOCUMENT).unwrap()).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    paths
        .map(|methods| methods.as_object().unwrap().len())
        .sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_door_fails_whatever_a_guest_sends() {
    let providers = Providers::start().await;
    let app = start(&providers).await;
    let said = run(&app, None).await;
    assert_eq!(tried(&said), (doors(), doors()), "{said}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_door_fails_whatever_a_member_sends() {
    let providers = Providers::start().await;
    let app = start(&providers).await;
    let cookie = member(&app).await;
    let said = run(&app, Some(&cookie)).await;
    let expected = doors() - ENDS_THE_RUN.len();
    assert_eq!(tried(&said), (expected, expected), "{said}");
    app.stop().await;
}
