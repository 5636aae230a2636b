//! https from certificate files, with HTTP/2.

use std::path::{Path, PathBuf};

use testkit::TestApp;
use tokio::process::Command;
use unisono::settings::TlsFiles;

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
