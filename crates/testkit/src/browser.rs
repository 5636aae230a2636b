//! A browser without a window: it keeps cookies, sends forms as pages do, and knows nothing else.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use account::Challenge;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::http::{Answer, exchange, exchange_bytes};

/// What a page would send from a computer.
const USER_AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// A browser that is open on a node's pages.
#[derive(Clone)]
pub struct TestBrowser {
    address: SocketAddr,
    user_agent: String,
    /// By name, as the node set them.
    pub cookies: BTreeMap<String, String>,
}

impl TestBrowser {
    /// A browser that has never been here.
    #[must_use]
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            user_agent: USER_AGENT.to_owned(),
            cookies: BTreeMap::new(),
        }
    }

    /// The same with another name for its program.
    #[must_use]
    pub fn called(self, user_agent: &str) -> Self {
        let user_agent = user_agent.to_owned();
        Self { user_agent, ..self }
    }

    /// The node that it is open on.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its cookies, as it sends them.
    #[must_use]
    pub fn cookie_line(&self) -> String {
        let pairs = self.cookies.iter();
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    /// Sends a request without a body.
    pub async fn send(&mut self, method: &str, path: &str) -> Answer {
        self.request(method, path, &[], b"").await
    }

    /// Sends JSON.
    pub async fn send_json(&mut self, method: &str, path: &str, body: &Value) -> Answer {
        let body = body.to_string();
        let kind = [("content-type", "application/json")];
        self.request(method, path, &kind, body.as_bytes()).await
    }

    /// Posts JSON.
    pub async fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.send_json("POST", path, body).await
    }

    /// Sends anything.
    pub async fn request(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let head = self.head(method, path, headers, body.len());
        let answer = exchange(self.address, &[head.as_bytes(), body].concat()).await;
        self.keep_cookies(&answer);
        answer
    }

    /// Fetches a file, byte by byte. Cookies that come with it are not kept.
    pub async fn download(&self, path: &str) -> Vec<u8> {
        const HEAD_END: &[u8] = b"\r\n\r\n";
        let head = self.head("GET", path, &[], 0);
        let answer = exchange_bytes(self.address, head.as_bytes()).await;
        let is_end = |part: &[u8]| part == HEAD_END;
        let end = answer.windows(HEAD_END.len()).position(is_end);
        assert!(answer.starts_with(b"HTTP/1.1 200 "), "{path}");
        answer[end.expect("a head ends") + HEAD_END.len()..].to_vec()
    }

    fn head(&self, method: &str, path: &str, headers: &[(&str, &str)], length: usize) -> String {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nconnection: close\r\nhost: {}\r\nuser-agent: {}\r\n",
            self.address, self.user_agent
        );
        if !headers.iter().any(|(name, _)| *name == "sec-fetch-site") {
            head.push_str("sec-fetch-site: same-origin\r\n");
        }
        if length > 0 || method != "GET" {
            head.push_str(&format!("content-length: {length}\r\n"));
        }
        if !self.cookies.is_empty() {
            head.push_str(&format!("cookie: {}\r\n", self.cookie_line()));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        head
    }

    /// A proof of work for `purpose`, as a page's worker makes it.
    pub async fn work(&mut self, purpose: &str) -> String {
        let path = format!("/api/v1/account/proof-of-work?for={purpose}");
        let challenge: Challenge = json(&self.send("GET", &path).await);
        challenge.solve().expect("the challenge has an answer")
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        let set = answer.headers.iter();
        for line in set.filter_map(|line| line.strip_prefix("set-cookie: ")) {
            let pair = line.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                match line.contains("Max-Age=0") {
                    true => self.cookies.remove(name),
                    false => self.cookies.insert(name.to_owned(), value.to_owned()),
                };
            }
        }
    }
}

/// The JSON of an answer.
///
/// # Panics
///
/// When it is something else.
#[must_use]
pub fn json<T: DeserializeOwned>(answer: &Answer) -> T {
    serde_json::from_str(&answer.body)
        .unwrap_or_else(|error| panic!("{error}: {} {}", answer.status, answer.body))
}
