//! An issuer that people sign in at, in a process of its own: one that is certified, one of OAuth 2 alone, or one that lies
//! when it is told to.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

use crate::http::get;

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
        Self::start("forging.mjs", &[issuer, client_id, client_secret]).await
    }

    /// One of OAuth 2 alone, in the place of `issuer`: Spotify or Yandex.
    pub async fn plain(issuer: &str, client_id: &str, client_secret: &str) -> Self {
        Self::start("plain.mjs", &[issuer, client_id, client_secret]).await
    }

    /// One that is certified, in the place of `issuer`, and whose people say yes to everything. It sends them back to
    /// `back_to` only.
    pub async fn certified(
        issuer: &str,
        client_id: &str,
        client_secret: &str,
        back_to: &str,
    ) -> Self {
        let arguments = [issuer, client_id, client_secret, "ES256", back_to];
        Self::start("provider.mjs", &arguments).await
    }

    async fn start(script: &str, arguments: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e/issuers");
        let mut process = Command::new("node")
            .arg(folder.join(script))
            .args(arguments)
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

    /// Goes through a certified one as a browser does. Gives the address that it sends back to.
    pub async fn walk(&self, way: &str) -> String {
        let way: String = way.bytes().map(|byte| format!("%{byte:02X}")).collect();
        get(self.address, &format!("/walk?url={way}"), &[])
            .await
            .body
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
