//! An issuer in a process of its own, and the little of a browser that is needed to go there.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::timeout;
use url::Url;

/// Longer than a start takes, even on a crowded machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// An issuer that runs until it is dropped.
pub(crate) struct Issuer {
    _process: Child,
    /// Where it is.
    pub(crate) origin: String,
}

/// What a browser needs of an answer.
pub(crate) struct Answer {
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

impl Issuer {
    /// One that lies when it is told to.
    pub(crate) async fn forging(issuer: &str) -> Self {
        Self::start("forging.mjs", &[issuer, "app-1", "s3cret"]).await
    }

    /// One that is certified, and whose people say yes to everything.
    pub(crate) async fn certified(issuer: &str, algorithm: &str, back_to: &str) -> Self {
        let arguments = [issuer, "app-1", "s3cret", algorithm, back_to];
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
        let port = first.expect("it starts in time").unwrap();
        let port = port.expect("run `npm ci` in e2e first");
        // What it says later goes nowhere, but the pipe stays open.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self {
            _process: process,
            origin: format!("http://127.0.0.1:{port}"),
        }
    }

    /// Goes through a certified issuer as a browser does. Gives the address that it was sent back to.
    pub(crate) async fn walk(&self, way: &str) -> String {
        let mut address = Url::parse(&format!("{}/walk", self.origin)).unwrap();
        address.query_pairs_mut().append_pair("url", way);
        get(address.as_str()).await.body
    }
}

/// Asks for an address and follows nothing.
pub(crate) async fn get(address: &str) -> Answer {
    let url = Url::parse(address).unwrap();
    let place = (url.host_str().unwrap(), url.port().unwrap());
    let mut stream = TcpStream::connect(place).await.expect("it listens");
    let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let request = format!(
        "GET {path} HTTP/1.0\r\nHost: {}:{}\r\n\r\n",
        place.0, place.1
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut text = String::new();
    let reading = stream.read_to_string(&mut text);
    timeout(PATIENCE, reading)
        .await
        .expect("an answer in time")
        .unwrap();
    let (head, body) = text.split_once("\r\n\r\n").expect("an HTTP answer");
    let location = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("location")
            .then(|| value.to_owned())
    });
    Answer {
        location,
        body: body.to_owned(),
    }
}
