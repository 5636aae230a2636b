//! Requests that nobody thought of: schemathesis makes them from `openapi.json`, by a fixed seed and within a bound, once as a
//! guest and once as a member. No door may fail, and each answer has the kind that the description says.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that fails"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use base::{Clock, Timestamp};
use base64::prelude::{BASE64_STANDARD, Engine};
use outbound::Letter;
use serde_json::{Value, json};
use store::{SessionRow, Store};
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
/// The reports of a run, in its folder.
const SUMMARY: &str = "summary.json";
const EVENTS: &str = "events.ndjson";

/// The doors that can cost somebody the account: they open to a late proof alone.
const SENSITIVE: [&str; 14] = [
    "DELETE /api/v1/account",
    "DELETE /api/v1/account/identities/{name}",
    "DELETE /api/v1/account/passkeys/{id}",
    "DELETE /api/v1/account/password",
    "DELETE /api/v1/account/sessions",
    "DELETE /api/v1/account/sessions/{id}",
    "DELETE /api/v1/account/totp",
    "GET /api/v1/account/copy",
    "POST /api/v1/account/email",
    "POST /api/v1/account/identities/{name}",
    "POST /api/v1/account/passkeys",
    "POST /api/v1/account/password",
    "POST /api/v1/account/recovery-codes",
    "POST /api/v1/account/totp",
];
/// The kind of the answer to whoever has no late proof.
const UNPROVED: &str = "prove-it-again";

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

/// A member who stays signed in and proves who they are all the time, whatever a run does with their session.
struct Member {
    cookie: String,
    session: SessionRow,
    store: Store,
}

impl Member {
    /// Registers.
    async fn new(app: &TestApp) -> Self {
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
        let account: Value = read(&browser.send("GET", "/api/v1/account").await);
        let account = account["id"].as_str().unwrap().parse().unwrap();
        let store = app.store().await;
        let mut sessions = store.sessions(account).await.unwrap();
        Self {
            cookie: format!("__Host-unisono={}", browser.cookies["__Host-unisono"]),
            session: sessions.pop().unwrap(),
            store,
        }
    }

    /// Proves once more who they are, as doors that can cost the account ask for it, by the same cookie. A session that the
    /// run has ended begins again.
    async fn prove(&self, now: Timestamp) {
        let SessionRow { session, device } = &self.session;
        let id = session.id;
        let proved = self.store.prove_session(id, id, session.proved_by, now);
        if !proved.await.unwrap() {
            let again = session.proved_again(session.proved_by, now);
            let begun = self.store.insert_session(&again, device).await.unwrap();
            assert!(begun.is_some(), "the account is gone");
        }
    }
}

/// What a run did, as its reports say.
struct Report {
    /// How many operations were tried, and how many there are.
    operations: (u64, u64),
    /// How many chains of requests were sent, each made of the answers before it.
    scenarios: usize,
    /// Each answer: to which operation, its status, and the kind of problem that it names.
    answers: Vec<(String, u64, String)>,
}

impl Report {
    fn read(folder: &Path) -> Self {
        let summary = std::fs::read_to_string(folder.join(SUMMARY)).unwrap();
        let summary: Value = serde_json::from_str(&summary).unwrap();
        let count = |what: &str| summary["operations"][what].as_u64().unwrap();
        let events = std::fs::read_to_string(folder.join(EVENTS)).unwrap();
        let events = events.lines().filter(|line| !line.is_empty());
        let events = events.map(|line| serde_json::from_str::<Value>(line).unwrap());
        let (mut scenarios, mut answers) = (0, Vec::new());
        for event in events {
            let about = &event["ScenarioFinished"];
            let recorded = about["recorder"]["interactions"].as_object();
            let Some(recorded) = recorded.filter(|recorded| !recorded.is_empty()) else {
                continue;
            };
            if about["phase"] == "stateful" {
                scenarios += 1;
            }
            for (case, interaction) in recorded {
                let asked = &about["recorder"]["cases"][case]["value"];
                answers.extend(answer(asked, &interaction["response"]));
            }
        }
        Self {
            operations: (count("tested"), count("total")),
            scenarios,
            answers,
        }
    }

    /// Which of the doors that can cost somebody the account were opened, if only to refuse what was asked there.
    fn opened(&self) -> BTreeSet<&str> {
        let opened = self
            .answers
            .iter()
            .filter(|(_, status, kind)| *status != 401 && kind != UNPROVED);
        let doors = opened.map(|(door, ..)| door.as_str());
        doors.filter(|door| SENSITIVE.contains(door)).collect()
    }
}

/// The answer to one request; none where nothing came back.
fn answer(asked: &Value, response: &Value) -> Option<(String, u64, String)> {
    let status = response["status_code"].as_u64()?;
    let door = format!("{} {}", asked["method"].as_str()?, asked["path"].as_str()?);
    let body = BASE64_STANDARD.decode(response["content"]["$base64"].as_str().unwrap_or_default());
    let problem = serde_json::from_slice(&body.unwrap()).unwrap_or(Value::Null);
    let kind = problem["type"].as_str().unwrap_or_default();
    let kind = kind.rsplit('/').next().unwrap_or_default();
    Some((door, status, kind.to_owned()))
}

/// Has requests made against `app`, by `member` or by a guest; gives what they did.
async fn run(app: &TestApp, member: Option<&Member>) -> Report {
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
        .args(["--report", "json,ndjson", "--report-json-path", SUMMARY])
        .args(["--report-ndjson-path", EVENTS])
        // As a page of ours would: without it every door is closed.
        .args(["--header", "Sec-Fetch-Site: same-origin"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .kill_on_drop(true);
    if let Some(member) = member {
        command.args(["--header", &format!("Cookie: {}", member.cookie)]);
    }
    let ticking = async {
        loop {
            sleep(TICK).await;
            app.clock.advance(TOCK);
            if let Some(member) = member {
                member.prove(app.clock.now()).await;
            }
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
    let report = Report::read(folder.path());
    let (tried, there) = report.operations;
    assert_eq!((tried, there), (doors(), doors()), "{said}");
    assert!(report.scenarios > 0, "{said}");
    report
}

fn doors() -> u64 {
    let document: Value =
        serde_json::from_str(&std::fs::read_to_string(DOCUMENT).unwrap()).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let methods = paths.map(|methods| methods.as_object().unwrap().len() as u64);
    methods.sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_door_fails_whatever_a_guest_sends() {
    let providers = Providers::start().await;
    let app = start(&providers).await;
    let report = run(&app, None).await;
    let opened = report.opened();
    assert!(opened.is_empty(), "{opened:?}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_door_fails_whatever_a_member_sends() {
    let providers = Providers::start().await;
    let app = start(&providers).await;
    let member = Member::new(&app).await;
    let report = run(&app, Some(&member)).await;
    assert_eq!(report.opened(), BTreeSet::from(SENSITIVE));
    let is_unproved = |(_, _, kind): &&(String, u64, String)| kind == UNPROVED;
    let unproved = report.answers.iter().find(is_unproved);
    assert_eq!(unproved, None, "the proof was always young enough");
    member.store.close().await;
    app.stop().await;
}
