//! What must not be kept is in no file and in no log.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use serde_json::json;
use testkit::command::{address, banner, log_of, unisono};
use testkit::files::files_with;
use testkit::http::get;
use testkit::{TestApp, TestBrowser, TestSocket, create, join};

const ADDRESS: &str = "203.0.113.77";
const AGENT: &str = "Browser/canary-agent";

/// Promises S17 and S8: descriptions, candidates, names and passwords are in no file.
#[tokio::test]
async fn what_passes_through_is_not_kept() {
    let app = TestApp::start().await;
    let mut caster = app.socket().await;
    let mut wish = create();
    wish["password"] = json!("canary-password");
    wish["device"] = json!({ "name": "canary-name" });
    wish["device_key"] = json!("canary-device-key-0000");
    caster.say(wish).await;
    let room = caster.welcome().await;
    let mut guest = app.socket().await;
    let mut wish = join(&room.room.code.to_string());
    wish["password"] = json!("canary-password");
    guest.say(wish).await;
    let me = guest.welcome().await.you.id;
    caster.hear().await;
    let candidate = "candidate:1 1 udp 1 203.0.113.77 5000 typ host canary-candidate";
    caster
        .say(json!({ "kind": "offer", "to": me, "sdp": "canary-sdp a=fingerprint:canary" }))
        .await;
    caster
        .say(json!({ "kind": "candidate", "to": me, "candidate": candidate }))
        .await;
    guest.hear().await;
    guest.hear().await;
    assert_eq!(files_with(app.folder(), "canary"), Vec::<String>::new());
    assert_eq!(files_with(app.folder(), ADDRESS), Vec::<String>::new());
    let code = room.room.code.to_string();
    assert!(
        !files_with(app.folder(), &code).is_empty(),
        "the scan finds what is kept"
    );
}

/// What goes wrong by one client: unknown pages, broken bodies, wrong passwords, and more than is taken of anybody. Gives
/// the statuses of the answers.
async fn misuse(node: SocketAddr) -> BTreeSet<u16> {
    let mut browser = TestBrowser::new(node).called(AGENT);
    let wrong = json!({ "email": "canary@example.org", "password": "canary of a password" });
    let (wrong, json) = (wrong.to_string(), "application/json");
    let (sign_in, form) = (
        "/api/v1/account/sign-in",
        "application/x-www-form-urlencoded",
    );
    let letter = "topic=other&text=Hello&contact=a%40example.org";
    let mut statuses = BTreeSet::new();
    for number in 0..20 {
        let nowhere = format!("/canary-path-{number}?canary-query");
        for (method, path, kind, body) in [
            ("GET", &*nowhere, json, ""),
            ("POST", &*nowhere, json, "{}"),
            ("POST", sign_in, json, "{ canary"),
            ("POST", sign_in, json, &*wrong),
            ("POST", "/support", form, letter),
        ] {
            let headers = [
                ("x-forwarded-for", ADDRESS),
                ("x-forwarded-proto", "https"),
                ("content-type", kind),
            ];
            let answer = browser.request(method, path, &headers, body.as_bytes());
            statuses.insert(answer.await.status);
        }
    }
    statuses
}

/// How many answers of a class the node has counted.
async fn counted(node: SocketAddr, class: &str) -> u64 {
    let text = get(node, "/metrics", &[]).await.body;
    let name = format!("class=\"{class}\"");
    let line = text.lines().find(|line| line.contains(&name));
    line.and_then(|line| line.rsplit(' ').next()?.parse().ok())
        .unwrap_or(0)
}

/// Promises T16, T17, Y9: a client's address is written nowhere, nor what it opened or by which program, over 1,000 requests
/// of every kind, failures and floods among them; the counters know how many there were.
#[tokio::test]
async fn a_client_address_is_in_no_log_and_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = unisono(&["serve"], folder.path());
    command
        .env("UNISONO_LISTEN", "127.0.0.1:0")
        .env("UNISONO_TRUSTED_PROXIES", r#"["127.0.0.1/32"]"#)
        .env("UNISONO_ACCOUNTS__PASSWORD_COST", "4")
        .env("UNISONO_LOG", "json");
    let (server, text) = banner(&mut command).await;
    let node = address(&text);
    let from = [("x-forwarded-for", ADDRESS), ("user-agent", AGENT)];
    let paths = ["/", "/canary-path", "/api/v1/socket", "/metrics", "/readyz"];
    for number in 0..1_000 {
        get(node, paths[number % 5], &from).await;
    }
    let before = counted(node, "4xx").await;
    assert!(before >= 400, "{before} unknown and refused paths");
    let statuses = misuse(node).await;
    for status in [400, 403, 404, 429] {
        assert!(statuses.contains(&status), "{status} of {statuses:?}");
    }
    let after = counted(node, "4xx").await;
    assert!(after > before + 60, "{before} and then {after}");
    for _ in 0..30 {
        if let Ok(mut socket) = TestSocket::open(node, &from).await {
            socket.say(join("zzzzzz")).await;
            socket.refusal().await;
            socket.say_text("nonsense".to_owned()).await;
            socket.refusal().await;
        }
    }
    let log = log_of(server).await;
    for trace in [ADDRESS, "canary"] {
        assert!(!log.contains(trace), "{trace}: {log}");
        assert_eq!(files_with(folder.path(), trace), Vec::<String>::new());
    }
}
