//! What must not be kept is in no file and in no log.

use serde_json::json;
use testkit::command::{address, banner, log_of, unisono};
use testkit::files::files_with;
use testkit::http::get;
use testkit::{TestApp, TestSocket, create, join};

const ADDRESS: &str = "203.0.113.77";

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

/// Promises T16, T17, Y9: a client's address is written nowhere, over 1,000 requests of every kind.
#[tokio::test]
async fn a_client_address_is_in_no_log_and_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = unisono(&["serve"], folder.path());
    command
        .env("UNISONO_LISTEN", "127.0.0.1:0")
        .env("UNISONO_TRUSTED_PROXIES", r#"["127.0.0.1/32"]"#)
        .env("UNISONO_LOG", "json");
    let (server, text) = banner(&mut command).await;
    let node = address(&text);
    let from = [("x-forwarded-for", ADDRESS)];
    for number in 0..1_000 {
        let path = ["/", "/nowhere", "/api/v1/socket", "/metrics", "/readyz"][number % 5];
        get(node, path, &from).await;
    }
    for _ in 0..30 {
        if let Ok(mut socket) = TestSocket::open(node, &from).await {
            socket.say(join("zzzzzz")).await;
            socket.refusal().await;
            socket.say_text("nonsense".to_owned()).await;
            socket.refusal().await;
        }
    }
    let log = log_of(server).await;
    assert!(!log.contains(ADDRESS), "{log}");
    assert_eq!(files_with(folder.path(), ADDRESS), Vec::<String>::new());
}
