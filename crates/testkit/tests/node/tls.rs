//! https from certificate files, with HTTP/2.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use testkit::TestApp;
use tokio::net::TcpStream;
use tokio::process::Command;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};
use unisono::settings::TlsFiles;

const PATIENCE: Duration = Duration::from_secs(20);

/// A certificate for `localhost` and its key, made for this test.
pub(crate) async fn certificate(folder: &Path) -> TlsFiles {
    let files = TlsFiles {
        certificate: folder.join("cert.pem"),
        key: folder.join("key.pem"),
    };
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
        ])
        .args(["-nodes", "-days", "2", "-subj", "/CN=localhost"])
        .args([
            "-addext",
            "subjectAltName=DNS:localhost,DNS:unisono.example,IP:127.0.0.1",
        ])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-out")
        .arg(&files.certificate)
        .arg("-keyout")
        .arg(&files.key)
        .output()
        .await
        .expect("openssl is installed");
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    files
}

#[tokio::test]
async fn pages_are_served_by_https_and_http_2() {
    let folder = tempfile::tempdir().unwrap();
    let files = certificate(folder.path()).await;
    let authority = files.certificate.clone();
    let app = TestApp::start_with(|settings| settings.tls = Some(files)).await;
    for version in ["--http2", "--http1.1"] {
        let url = format!("https://localhost:{}/healthz", app.address().port());
        let output = Command::new("curl")
            .args([
                "--silent",
                "--show-error",
                version,
                "--write-out",
                "%{http_version}",
            ])
            .arg("--cacert")
            .arg(&authority)
            .arg(url)
            .output()
            .await
            .expect("curl is installed");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let expected = if version == "--http2" {
            "ok\n2"
        } else {
            "ok\n1.1"
        };
        assert_eq!(
            text,
            expected,
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

/// The next JSON text of the kind `kind`.
async fn hear(socket: &mut WebSocketStream<TlsStream<TcpStream>>, kind: &str) -> Value {
    loop {
        let heard = timeout(PATIENCE, socket.next()).await;
        let heard = heard.expect("an answer in time");
        if let Message::Text(text) = heard.expect("an open socket").unwrap() {
            let value: Value = serde_json::from_str(&text).unwrap();
            if value["kind"] == kind {
                return value;
            }
        }
    }
}

#[tokio::test]
async fn a_room_is_followed_over_tls() {
    let folder = tempfile::tempdir().unwrap();
    let files = certificate(folder.path()).await;
    let authority = CertificateDer::from_pem_file(&files.certificate).unwrap();
    let app = TestApp::start_with(|settings| settings.tls = Some(files)).await;
    let mut roots = RootCertStore::empty();
    roots.add(authority).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let tcp = TcpStream::connect(app.address()).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let tls = TlsConnector::from(Arc::new(config));
    let tls = tls.connect(name, tcp).await.unwrap();
    let url = format!("wss://localhost:{}/api/v1/socket", app.address().port());
    let (mut socket, _) = client_async(url, tls).await.unwrap();
    let mut create = testkit::create();
    create["queue"] = json!({ "preset": "party" });
    socket
        .send(Message::text(create.to_string()))
        .await
        .unwrap();
    hear(&mut socket, "snapshot").await;
    for number in 0..30 {
        let command = json!({ "do": "rename", "name": format!("Name {number}") });
        let said = json!({ "kind": "command", "cmd_id": number.to_string(), "command": command });
        socket.send(Message::text(said.to_string())).await.unwrap();
    }
    for number in 0..30 {
        let answered = hear(&mut socket, "answered").await;
        assert_eq!(answered["cmd_id"], number.to_string());
    }
}

#[test]
fn files_that_are_no_certificate_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("nonsense.pem");
    std::fs::write(&file, "nonsense").unwrap();
    let refusal = web::Tls::from_files(&file, &file)
        .err()
        .expect("a refusal")
        .to_string();
    assert!(refusal.contains("PEM"), "{refusal}");
    assert!(web::Tls::from_files(&PathBuf::from("nowhere.pem"), &file).is_err());
}
