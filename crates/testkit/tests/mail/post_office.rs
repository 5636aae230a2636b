//! A real mail server for one test: `aiosmtpd` with STARTTLS and a password.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use base::Secret;
use outbound::{MailSettings, MailTls};
use serde_json::Value;
use testkit::python::python;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

/// Longer than a start or a message takes, even on a crowded machine.
const PATIENCE: Duration = Duration::from_secs(60);
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mail/server.py");

pub(crate) struct PostOffice {
    port: u16,
    certificate: PathBuf,
    lines: Lines<BufReader<ChildStdout>>,
    process: Child,
}

impl PostOffice {
    pub(crate) async fn open(folder: &Path) -> Self {
        let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
        certify(&certificate, &key).await;
        let mut process = Command::new(python())
            .arg(SCRIPT)
            .args([&certificate, &key])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("there is a Python");
        let stdout = process.stdout.take().expect("its output is piped");
        let mut lines = BufReader::new(stdout).lines();
        let first = timeout(PATIENCE, lines.next_line()).await.unwrap().unwrap();
        let port = first.expect("a Python with the packages of e2e/requirements.txt");
        Self {
            port: port.parse().unwrap(),
            certificate,
            lines,
            process,
        }
    }

    pub(crate) fn settings(&self) -> MailSettings {
        MailSettings {
            host: "localhost".to_owned(),
            port: Some(self.port),
            tls: MailTls::Starttls,
            user: "unisono".to_owned(),
            password: Some(Secret::new("canary-password".to_owned())),
            from: "Unisono <noreply@listen.example>".to_owned(),
            certificate: Some(self.certificate.clone()),
        }
    }

    /// The next message that was taken.
    pub(crate) async fn message(&mut self) -> Value {
        let line = timeout(PATIENCE, self.lines.next_line()).await.unwrap();
        serde_json::from_str(&line.unwrap().unwrap()).unwrap()
    }

    /// Ends the server: from now on nobody listens.
    pub(crate) async fn close(mut self) {
        self.process.kill().await.unwrap();
    }
}

async fn certify(certificate: &Path, key: &Path) {
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
        .args(["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-keyout")
        .arg(key)
        .arg("-out")
        .arg(certificate)
        .output()
        .await
        .expect("openssl is installed");
    assert!(made.status.success(), "{made:?}");
}
