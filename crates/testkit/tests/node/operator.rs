//! What whoever runs an installation does for it, with a whole server: backup and restore, letters to all, sums, failures.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use base::AnnouncementId;
use outbound::Letter;
use serde_json::{Value, json};
use store::{PolicyRow, RetentionRun};
use testkit::command::{address, banner, log_of, unisono};
use testkit::http::get;
use testkit::{Follow, RoomClient, TestApp, TestBrowser, TestSocket, create, device_key, join};
use tokio::process::{Child, Command};

use crate::accounts::{PASSWORD, member, sign_in, start};

const MINUTE: Duration = Duration::from_secs(60);
const CANARY: &str = "op-canary@example.org";

/// A folder with an operator's own key beside the data.
pub(crate) struct Home {
    pub(crate) folder: tempfile::TempDir,
    recipient: String,
    /// How many commands were given.
    commands: AtomicUsize,
}

impl Home {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let identity = Identity::generate();
        std::fs::write(
            folder.path().join("key.txt"),
            identity.to_string().expose_secret(),
        )
        .unwrap();
        Self {
            folder,
            recipient: identity.to_public().to_string(),
            commands: AtomicUsize::new(0),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.commands.fetch_add(1, Relaxed);
        let mut command = unisono(arguments, self.folder.path());
        command
            .env("UNISONO_LISTEN", "127.0.0.1:0")
            .env("UNISONO_ACCOUNTS__PASSWORD_COST", "4")
            .env("UNISONO_BACKUP__FOLDER", self.path("backups"))
            .env(
                "UNISONO_BACKUP__RECIPIENTS",
                format!("[\"{}\"]", self.recipient),
            );
        command
    }

    async fn serve(&self) -> (Child, String) {
        banner(&mut self.command(&["serve"])).await
    }

    async fn run(&self, arguments: &[&str]) -> Output {
        let output = self.command(arguments).output().await.unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {error}");
        output
    }

    /// Runs a command that must work, and gives what it prints.
    pub(crate) async fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments).await;
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    async fn restore(&self, backup: &str, more: &[&str]) -> String {
        let key = self.path("key.txt").display().to_string();
        let words = ["restore", backup, "--identity", &key];
        self.said(&[&words, more].concat()).await
    }

    fn database_with(&self, text: &str) -> bool {
        let files = ["unisono.db", "unisono.db-wal"];
        files.iter().any(|name| {
            let bytes = std::fs::read(self.path("unisono").join(name)).unwrap_or_default();
            bytes
                .windows(text.len())
                .any(|part| part == text.as_bytes())
        })
    }
}

/// Becomes the first operator by the link of the banner.
async fn become_operator(text: &str) -> TestBrowser {
    let secret = text
        .split("/setup#")
        .nth(1)
        .and_then(|rest| rest.lines().next())
        .expect("a fresh installation prints the link");
    let mut browser = TestBrowser::new(address(text));
    let body = json!({ "token": secret.trim(), "email": CANARY, "password": PASSWORD });
    let made = browser.post("/api/v1/account/setup", &body).await;
    assert_eq!(made.status, 200, "{}", made.body);
    browser
}

/// Journey J14: five commands at most. Promise T35
#[tokio::test]
async fn from_an_empty_folder_to_a_wiped_machine_and_back() {
    let home = Home::new();
    let (server, text) = home.serve().await;
    let node = address(&text);
    become_operator(&text).await;
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(get(node, path, &[]).await.status, 200, "{path}");
    }
    let mut caster = TestSocket::open(node, &[]).await.unwrap();
    caster.say(create()).await;
    let code = caster.welcome().await.room.code.to_string();
    let key = device_key(1);
    let mut host = RoomClient::create(node, &key, "party").await;
    host.granted(json!({ "do": "add", "items": [song("First"), song("Second")] }))
        .await;
    let (room, queue) = (host.code(), host.state.queue.clone());
    assert_eq!(host.titles(), ["First", "Second"]);
    let backup = home.said(&["backup"]).await;
    assert!(Path::new(&backup).is_file(), "{backup}");
    log_of(server).await;
    std::fs::remove_dir_all(home.path("unisono")).unwrap();

    let told = home.restore(&backup, &[]).await;
    assert!(told.contains("0 people were erased since"), "{told}");
    let (server, text) = home.serve().await;
    assert!(!text.contains("/setup#"), "there is an operator: {text}");
    let mut browser = TestBrowser::new(address(&text));
    let answer = sign_in(&mut browser, CANARY, PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let mut guest = TestSocket::open(address(&text), &[]).await.unwrap();
    guest.say(join(&code)).await;
    assert_eq!(guest.welcome().await.room.code.to_string(), code);
    let back = Follow {
        code: room,
        key,
        ..Follow::default()
    };
    let host = RoomClient::follow(address(&text), &back).await.unwrap();
    assert_eq!(host.state.queue, queue);
    log_of(server).await;
    assert!(home.commands.load(Relaxed) <= 5);
}

fn song(title: &str) -> Value {
    json!({ "source": "demo", "name": title.to_lowercase(), "title": title, "duration_ms": 180_000 })
}

/// Promise T40
#[tokio::test]
async fn who_was_erased_after_the_backup_is_gone_before_the_restored_server_answers() {
    let home = Home::new();
    let (server, text) = home.serve().await;
    let mut operator = become_operator(&text).await;
    let backup = home.said(&["backup"]).await;
    let wish = json!({ "word": "erase", "now": true });
    let left = operator.send_json("DELETE", "/api/v1/account", &wish).await;
    assert_eq!(left.status, 200, "{}", left.body);
    log_of(server).await;
    let told = home.restore(&backup, &["--replace"]).await;
    assert!(told.contains("1 people were erased since"), "{told}");
    assert!(home.database_with(CANARY), "the backup was made before");
    let (server, text) = home.serve().await;
    assert!(text.contains("/setup#"), "nobody is operator: {text}");
    assert!(!home.database_with(CANARY));
    let mut browser = TestBrowser::new(address(&text));
    let answer = sign_in(&mut browser, CANARY, PASSWORD).await;
    assert_ne!(answer.status, 200);
    log_of(server).await;
}

/// Promises T41, Y52
#[tokio::test]
async fn a_changed_policy_is_told_to_every_member_once_in_their_language() {
    let app = start().await;
    let members = ["ada@example.org", "ben@example.org"];
    for email in members {
        member(&app, email).await;
    }
    let store = app.store().await;
    let now = base::Clock::now(&app.clock);
    let policy = PolicyRow {
        version: "a1b2".to_owned(),
        published_at: now,
        change: "more".to_owned(),
        model: "{}".to_owned(),
    };
    let before = store.policy_in_force().await.unwrap();
    for is_new in [true, false] {
        let letters = Some((AnnouncementId::new(now, &base::OsEntropy), "policy"));
        let published = store.publish_policy(&policy, before, letters).await;
        assert_eq!(published.unwrap(), is_new);
    }
    for _ in 0..200 {
        app.clock.advance(MINUTE);
        let rounds = store.announcements(1).await.unwrap();
        if rounds[0].completed_at.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let letters = app.letters().await;
    let mut told: Vec<&str> = letters
        .iter()
        .filter(|(_, letter)| matches!(letter, Letter::PolicyChanged { .. }))
        .map(|(to, _)| to.as_typed())
        .collect();
    told.sort_unstable();
    assert_eq!(told, members);
    let round = store.announcements(1).await.unwrap().remove(0);
    assert_eq!((round.letters, round.passed), (2, None));
    store.close().await;
    app.stop().await;
}

#[tokio::test]
async fn a_server_that_did_not_delete_for_26_hours_is_not_ready() {
    let app = TestApp::start().await;
    let store = app.store().await;
    let now = base::Clock::now(&app.clock);
    for (hours, status) in [(25, 200), (27, 503)] {
        let ago = i64::from(hours) * 3_600_000;
        let run = RetentionRun {
            ran_at: base::Timestamp::from_unix_ms(now.unix_ms() - ago),
            counts: store::Counts::new(),
        };
        // The server writes its own first run once, at its start.
        for _ in 0..200 {
            store.note_retention("all", &run).await.unwrap();
            let answer = get(app.address(), "/readyz", &[]).await;
            if answer.status == status {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(get(app.address(), "/readyz", &[]).await.status, status);
    }
    store.close().await;
    app.stop().await;
}

/// Promises T18, T20, Y8
#[tokio::test]
async fn sums_know_a_family_of_devices_and_nobody_who_asked_to_be_left_out() {
    const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:999.7) Gecko/20100101 Firefox/999.7";
    let app = TestApp::start().await;
    let agent = ("user-agent", AGENT);
    for wish in [None, None, Some(("sec-gpc", "1")), Some(("dnt", "1"))] {
        let headers: Vec<(&str, &str)> = [agent].into_iter().chain(wish).collect();
        assert_eq!(get(app.address(), "/privacy", &headers).await.status, 200);
    }
    let mut caster = app.socket().await;
    caster.say(create()).await;
    caster.welcome().await;
    let mut silent = TestSocket::open(app.address(), &[("sec-gpc", "1")])
        .await
        .unwrap();
    silent.say(create()).await;
    silent.welcome().await;
    let store = app.store().await;
    let day = base::Clock::now(&app.clock);
    let mut counts = Vec::new();
    for _ in 0..200 {
        app.clock.advance(MINUTE);
        counts = store.counts_since(day, 100).await.unwrap();
        // Sums may reach the store in two turns.
        if counts.len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let told: Vec<(&str, &str, u64)> = counts
        .iter()
        .map(|one| (one.what.as_str(), one.family.as_str(), one.count))
        .collect();
    assert_eq!(told, [("cast", "", 1), ("page", "Firefox on Linux", 2)]);
    store.close().await;
    for entry in std::fs::read_dir(app.folder().join("data")).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains("999.7"));
    }
    app.stop().await;
}

/// Promises T29, S15: a list says which failures there are and when; what one of them says is shown by its reference, and
/// that it was looked at is noted. Listing is not looking.
#[tokio::test]
async fn the_reference_of_a_failure_finds_it_and_that_somebody_looked_is_written_down() {
    use sqlx::{Connection as _, Executor as _};

    let home = Home::new();
    let (server, text) = home.serve().await;
    let file = home.path("unisono").join("unisono.db");
    let url = format!("sqlite:{}", file.display());
    let mut database = sqlx::SqliteConnection::connect(&url).await.unwrap();
    database
        .execute("ALTER TABLE link_pages RENAME TO hidden")
        .await
        .unwrap();
    let mut references = Vec::new();
    for _ in 0..2 {
        let answer = get(address(&text), "/api/v1/links/0123456789", &[]).await;
        assert_eq!(answer.status, 500, "{}", answer.body);
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        references.push(problem["reference"].as_str().unwrap().to_owned());
    }
    assert_ne!(references[0], references[1], "it says nothing of who asks");
    database
        .execute("ALTER TABLE hidden RENAME TO link_pages")
        .await
        .unwrap();
    for _ in 0..200 {
        let kept: Vec<(String,)> = sqlx::query_as("SELECT reference FROM errors")
            .fetch_all(&mut database)
            .await
            .unwrap();
        if kept.iter().any(|(one,)| *one == references[1]) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    database.close().await.unwrap();
    let listed = home.said(&["errors", "list"]).await;
    for line in listed.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(words.len(), 2, "a reference and a time: {line}");
        assert!(words[0].starts_with("UNI-") && words[1].ends_with('Z'));
    }
    assert!(listed.contains(&references[0]) && !listed.contains("table"));
    let shown = home.said(&["errors", "show", &references[0]]).await;
    assert!(
        shown.contains("no such table") && shown.contains("nobody has looked"),
        "{shown}"
    );
    let again = home.said(&["errors", "show", &references[0]]).await;
    assert!(again.contains("looked at before"), "{again}");
    log_of(server).await;
}

/// Why an upstream signed nobody in is found by the reference of the page to which the person is led.
#[tokio::test]
async fn the_reference_of_a_refused_sign_in_finds_why_the_upstream_did_not_say_who_it_is() {
    let home = Home::new();
    let nobody = "http://127.0.0.1:1";
    let settings = format!(
        "[outbound.mirrors]\n\"oauth2.googleapis.com\" = \"{nobody}\"\n\"www.googleapis.com\" = \"{nobody}\"\n\
         [outbound.upstreams.google]\nclient_id = \"app-1\"\nclient_secret = \"s3cret\"\n"
    );
    std::fs::write(home.path("unisono.toml"), settings).unwrap();
    let (server, text) = home.serve().await;
    let mut browser = TestBrowser::new(address(&text));
    let mut told = Vec::new();
    for (says, why) in [
        ("code=code-canary", "could not be reached"),
        ("error=error-canary", "the upstream said no"),
        ("error=access_denied", "the person said no"),
    ] {
        let sent = browser.send("GET", "/auth/google").await;
        let way = sent.header("location").unwrap();
        let (_, state) = way.split_once("&state=").unwrap();
        let state = state.split('&').next().unwrap();
        let back = format!("/auth/callback/google?state={state}&{says}");
        let end = browser.send("GET", &back).await;
        let to = end.header("location").unwrap();
        let (page, reference) = to.split_once("&reference=").unwrap();
        assert_eq!(page, "/sign-in?problem=upstream-refused");
        told.push((reference.to_owned(), why));
    }
    let log = log_of(server).await;
    for (reference, why) in told {
        let lines: Vec<&str> = log.lines().filter(|it| it.contains(&reference)).collect();
        assert_eq!(lines.len(), 1, "{log}");
        // What a stranger can bring about at will is no failure of ours.
        assert_eq!(
            lines[0].contains("WARN"),
            why == "could not be reached",
            "{log}"
        );
        assert!(lines[0].contains(why), "{why}: {log}");
    }
    assert!(!log.contains("canary"), "{log}");
}

/// What was refused is found in the log by its reference, and the line names neither who asked nor what for.
#[tokio::test]
async fn the_reference_of_a_refusal_finds_one_line_of_the_log_that_names_nobody() {
    let home = Home::new();
    let (server, text) = home.serve().await;
    let mut references = Vec::new();
    for path in ["/api/v1/links/canary0001", "/l/canary0001"] {
        let answer = get(address(&text), path, &[("accept", "text/html")]).await;
        assert_eq!(answer.status, 404, "{}", answer.body);
        let start = answer.body.find("UNI-").unwrap();
        references.push(answer.body[start..start + 23].to_owned());
    }
    let listed = home.said(&["errors", "list"]).await;
    assert_eq!(listed, "Nothing has failed.", "a refusal is no failure");
    let log = log_of(server).await;
    for (reference, route) in references.iter().zip(["/api/v1/links/{id}", "/l/{id}"]) {
        let lines: Vec<&str> = log.lines().filter(|it| it.contains(reference)).collect();
        assert_eq!(lines.len(), 1, "{log}");
        assert!(
            lines[0].contains(route) && lines[0].contains("no-page"),
            "{log}"
        );
    }
    assert!(!log.contains("canary0001"), "{log}");
}
