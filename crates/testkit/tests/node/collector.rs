//! The operator's own collector of failures, in place of which a listener of the test hears what the real program sends.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use serde_json::{Value, json};
use sqlx::{Connection as _, Executor as _};
use testkit::command::{address, banner, log_of, unisono};
use testkit::files::files_with;
use testkit::http::get;
use testkit::{TestApp, TestBrowser};
use tokio::net::TcpListener;

use crate::accounts::PASSWORD;

const CANARY: &str = "collector-canary@example.org";
/// An address of documentation (RFC 5737), as if a part of the program had broken the rules of the log.
const ADDRESS: &str = "203.0.113.7";
const CODE: &str = "K7M4QX";
/// Makes the database fail with words that it must never say, wherever a session is begun.
const BROKEN: &str = "CREATE TRIGGER broken BEFORE INSERT ON sessions BEGIN SELECT RAISE(ABORT, \
     'broken for collector-canary@example.org from 203.0.113.7 in K7M4QX'); END";
/// How often a test looks before it gives up, and how long it waits in between.
const LOOKS: u32 = 500;
const PAUSE: Duration = Duration::from_millis(20);

/// What the collector was sent: path, key, body.
type Heard = Arc<Mutex<Vec<(String, String, String)>>>;

/// A collector that answers with this status.
async fn collector(status: StatusCode) -> (String, Heard) {
    async fn hear(
        State((status, heard)): State<(StatusCode, Heard)>,
        uri: Uri,
        headers: HeaderMap,
        body: Bytes,
    ) -> StatusCode {
        let key = headers.get("x-sentry-auth").unwrap().to_str().unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        let request = (uri.to_string(), key.to_owned(), body);
        heard.lock().unwrap().push(request);
        status
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let dsn = format!("http://key4711@{}/7", listener.local_addr().unwrap());
    let heard = Heard::default();
    let router = Router::new()
        .fallback(hear)
        .with_state((status, Arc::clone(&heard)));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (dsn, heard)
}

fn program(arguments: &[&str], folder: &Path, dsn: &str) -> tokio::process::Command {
    let mut command = unisono(arguments, folder);
    command
        .env("UNISONO_LISTEN", "127.0.0.1:0")
        .env("UNISONO_ACCOUNTS__PASSWORD_COST", "4")
        .env("UNISONO_ERRORS__DSN", dsn);
    command
}

async fn database(folder: &Path) -> sqlx::SqliteConnection {
    let file = folder.join("unisono").join("unisono.db");
    let url = format!("sqlite:{}", file.display());
    sqlx::SqliteConnection::connect(&url).await.unwrap()
}

async fn break_sessions(folder: &Path) {
    let mut database = database(folder).await;
    database.execute(BROKEN).await.unwrap();
    database.close().await.unwrap();
}

/// Takes the words out of the file that the test itself has put there.
async fn forget_what_broke(folder: &Path) {
    let mut database = database(folder).await;
    for statement in [
        "DROP TRIGGER broken",
        "VACUUM",
        "PRAGMA wal_checkpoint(TRUNCATE)",
    ] {
        database.execute(statement).await.unwrap();
    }
    database.close().await.unwrap();
}

/// Becomes the first operator.
async fn set_up(text: &str) {
    let secret = text.split("/setup#").nth(1).unwrap();
    let secret = secret.lines().next().unwrap().trim();
    let body = json!({ "token": secret, "email": CANARY, "password": PASSWORD });
    let mut browser = TestBrowser::new(address(text));
    let made = browser.post("/api/v1/account/setup", &body).await;
    assert_eq!(made.status, 200, "{}", made.body);
}

/// Tries to sign in, and gives the reference of what failed.
async fn fail(text: &str) -> String {
    let mut browser = TestBrowser::new(address(text));
    let body = json!({ "email": CANARY, "password": PASSWORD });
    let answer = browser.post("/api/v1/account/sign-in", &body).await;
    assert_eq!(answer.status, 500, "{}", answer.body);
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    problem["reference"].as_str().unwrap().to_owned()
}

/// All that the database keeps of a failure, as soon as it does.
async fn kept_of(folder: &Path, reference: &str) -> String {
    let mut database = database(folder).await;
    for _ in 0..LOOKS {
        let kept: Option<(String,)> =
            sqlx::query_as("SELECT what FROM errors WHERE reference = $1")
                .bind(reference)
                .fetch_optional(&mut database)
                .await
                .unwrap();
        if let Some((what,)) = kept {
            database.close().await.unwrap();
            return what;
        }
        tokio::time::sleep(PAUSE).await;
    }
    panic!("{reference} was not kept");
}

async fn first_of(heard: &Heard) -> (String, String, String) {
    for _ in 0..LOOKS {
        if let Some(first) = heard.lock().unwrap().first() {
            return first.clone();
        }
        tokio::time::sleep(PAUSE).await;
    }
    panic!("the collector was told of nothing");
}

/// Promises C19, T29: the collector is told of a failure by the reference that the person was shown, and of no person.
#[tokio::test]
async fn the_collector_hears_of_a_failure_by_its_reference_and_of_no_person() {
    let (dsn, heard) = collector(StatusCode::OK).await;
    let folder = tempfile::tempdir().unwrap();
    let (server, text) = banner(&mut program(&["serve"], folder.path(), &dsn)).await;
    set_up(&text).await;
    break_sessions(folder.path()).await;
    let reference = fail(&text).await;
    let (path, key, body) = first_of(&heard).await;
    assert_eq!(path, "/api/7/envelope/");
    assert!(key.starts_with("Sentry sentry_version=7, sentry_key=key4711, sentry_client=unisono/"));
    let lines: Vec<Value> = body
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let [head, item, event] = &lines[..] else {
        panic!("three lines: {body}")
    };
    assert_eq!(item["type"], "event");
    assert_eq!(item["length"], body.lines().nth(2).unwrap().len());
    assert_eq!(head["event_id"], event["event_id"]);
    assert_eq!(event["tags"], json!({ "reference": reference }));
    let what = event["logentry"]["formatted"].as_str().unwrap();
    let scrubbed = "broken for [removed] from [removed] in [removed]";
    assert!(
        what.starts_with("the store failed") && what.contains(scrubbed),
        "{what}"
    );
    let known = "event_id level logentry logger platform release tags timestamp";
    let fields: Vec<&String> = event.as_object().unwrap().keys().collect();
    assert!(
        fields.iter().map(|it| it.as_str()).eq(known.split(' ')),
        "{fields:?}"
    );
    for person in [CANARY, ADDRESS, CODE, "127.0.0.1"] {
        assert!(!body.contains(person), "{person}");
    }
    let kept = kept_of(folder.path(), &reference).await;
    assert!(kept.contains(scrubbed), "{kept}");
    for person in [CANARY, ADDRESS, CODE, "127.0.0.1"] {
        assert!(!kept.contains(person), "{person}: {kept}");
    }
    let log = log_of(server).await;
    assert!(
        log.contains(&reference) && !log.contains("key4711"),
        "{log}"
    );
    forget_what_broke(folder.path()).await;
    for place in [ADDRESS, CODE] {
        assert!(files_with(folder.path(), place).is_empty(), "{place}");
    }
}

/// Promise C19: a collector that refuses, or is not there, costs nobody anything, and is no failure to be told of.
#[tokio::test]
async fn a_collector_that_refuses_or_is_not_there_holds_up_nothing_and_is_asked_once() {
    let (refusing, heard) = collector(StatusCode::SERVICE_UNAVAILABLE).await;
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let away = format!("http://key4711@{}/7", closed.local_addr().unwrap());
    drop(closed);
    for dsn in [refusing, away] {
        let folder = tempfile::tempdir().unwrap();
        let (server, text) = banner(&mut program(&["serve"], folder.path(), &dsn)).await;
        set_up(&text).await;
        break_sessions(folder.path()).await;
        let mut references = Vec::new();
        for _ in 0..3 {
            references.push(fail(&text).await);
        }
        let mut metrics = String::new();
        for _ in 0..LOOKS {
            metrics = get(address(&text), "/metrics", &[]).await.body;
            if metrics.contains("unisono_failures_not_told 3") {
                break;
            }
            tokio::time::sleep(PAUSE).await;
        }
        assert!(metrics.contains("unisono_failures_not_told 3"), "{metrics}");
        assert!(metrics.contains("unisono_failures_told 0"), "{metrics}");
        assert_eq!(get(address(&text), "/", &[]).await.status, 200);
        for reference in &references {
            kept_of(folder.path(), reference).await;
        }
        let mut list = program(&["errors", "list"], folder.path(), &dsn);
        let kept = list.output().await.unwrap();
        let kept = String::from_utf8(kept.stdout).unwrap();
        assert_eq!(kept.lines().count(), 3, "{kept}");
        let log = log_of(server).await;
        let complaints = log.lines().filter(|line| line.contains("errors.dsn"));
        let complaints: Vec<&str> = complaints.collect();
        let [complaint] = complaints[..] else {
            panic!("said once: {log}")
        };
        assert!(!complaint.contains("UNI-") && !complaint.contains("key4711"));
    }
    assert_eq!(heard.lock().unwrap().len(), 1, "nothing is sent again");
}

/// Promise C19: the policy names the collector where one is set, and not otherwise.
#[tokio::test]
async fn the_policy_names_the_collector_only_where_one_is_set() {
    let (dsn, heard) = collector(StatusCode::OK).await;
    let words = ["errors.dsn", "what this program failed at"];
    let without = TestApp::start().await;
    let with = TestApp::start_with(|settings| {
        settings.errors.dsn = Some(base::Secret::new(dsn.clone()));
    })
    .await;
    for (app, is_named) in [(&without, false), (&with, true)] {
        let page = get(app.address(), "/privacy", &[]).await.body;
        for word in words {
            assert_eq!(page.contains(word), is_named, "{word}");
        }
        assert!(!page.contains("key4711"));
    }
    without.stop().await;
    with.stop().await;
    assert!(heard.lock().unwrap().is_empty(), "nothing failed");
}

/// Promise C19: what is no DSN stops the start and is not quoted; the doctor names the host alone.
#[tokio::test]
async fn a_wrong_dsn_stops_the_start_and_the_doctor_names_the_host_alone() {
    let folder = tempfile::tempdir().unwrap();
    for (dsn, said) in [
        ("key4711", "errors.dsn must be an address"),
        ("https://glitchtip.example/7", "errors.dsn has no key"),
        (
            "https://key4711@glitchtip.example/",
            "errors.dsn does not end with a project",
        ),
        ("http://key4711@glitchtip.example/7", "errors.dsn is http"),
    ] {
        let ended = program(&["serve"], folder.path(), dsn)
            .output()
            .await
            .unwrap();
        assert!(!ended.status.success());
        let error = String::from_utf8(ended.stderr).unwrap();
        assert!(
            error.contains(said) && !error.contains("key4711"),
            "{error}"
        );
    }
    let dsn = "https://key4711@glitchtip.example/7";
    for arguments in [&["doctor"][..], &["config", "check"]] {
        let ended = program(arguments, folder.path(), dsn)
            .output()
            .await
            .unwrap();
        let said = String::from_utf8(ended.stdout).unwrap();
        assert!(!said.contains("key4711"), "{said}");
        let is_doctor = arguments == ["doctor"];
        assert_eq!(
            said.contains("collector at glitchtip.example,"),
            is_doctor,
            "{said}"
        );
    }
}
