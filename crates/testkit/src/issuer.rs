//! An issuer that people sign in at, in a process of its own: one that is certified, or one that lies when it is told to.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

/// Longer than a start takes, even on a crowded machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// An issuer that runs until it is dropped.
pub struct Issuer {
    _process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Issuer {
    /// One that lies when it is told to, in the place of `issuer`.
    pub async fn forging(issuer: &str, client_id: &str, client_secret: &str) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e/issuers/forging.mjs");
        let mut process = Command::new("node")
            .arg(script)
            .args([issuer, client_id, client_secret])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("node is installed");
        let stdout = process.stdout.take().expect("its output is piped");
        let mut lines = BufReader::new(stdout).lines();
        let first = timeout(PATIENCE, lines.next_line()).await;
        let first = first
            .expect("it starts in time")
            .expect("its output is text");
        let port = first.and_then(|line| line.parse().ok());
        let port: u16 = port.expect("run `npm ci` in e2e first");
        Self {
            _process: process,
            lines,
            address: SocketAddr::from(([127, 0, 0, 1], port)),
        }
    }

    /// Waits until it has said `word`; gives what it has said before.
    pub async fn hears(&mut self, word: &str) -> Vec<String> {
        let mut before = Vec::new();
        let reading = async {
            while let Ok(Some(line)) = self.lines.next_line().await {
                if line.contains(word) {
                    return before;
                }
                before.push(line);
            }
            panic!("the issuer ended");
        };
        timeout(PATIENCE, reading)
            .await
            .expect("it hears of it in time")
    }
}
