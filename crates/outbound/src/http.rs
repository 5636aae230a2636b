//! What is sent and what comes back, apart from the wire: tests put recorded answers in its place.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

use base::{Secret, Timestamp};
use reqwest::header::{HeaderMap, LOCATION, RETRY_AFTER};
use serde::Serialize;
use url::Url;

use crate::Failure;

/// The largest answer of a provider that is read.
const JSON_MAX: usize = 1024 * 1024;

/// Carries a request to its host. Every wait is bounded by the caller.
pub(crate) trait Http: Send + Sync {
    fn fetch(&self, request: Request) -> Fetching<'_>;
}

/// An answer on its way.
pub(crate) type Fetching<'a> = Pin<Box<dyn Future<Output = Result<Reply, Failure>> + Send + 'a>>;

/// A request: nothing in it says who asks.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// The official address, whatever mirror answers.
    pub(crate) url: Url,
    /// Content type and text, to POST.
    pub(crate) body: Option<(&'static str, Secret<String>)>,
    pub(crate) authorization: Option<Secret<String>>,
    /// To DELETE what is there.
    pub(crate) is_delete: bool,
    /// What makes the host do it once, however often it is asked.
    pub(crate) idempotency_key: Option<String>,
    /// A header of the host's own, with a key.
    pub(crate) key: Option<(&'static str, Secret<String>)>,
    /// Further fixed headers that the host asks for.
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) limit: BodyLimit,
}

/// How much of an answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyLimit {
    /// A longer one is refused.
    Whole(usize),
    /// A longer one is cut off.
    Start(usize),
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// Asks `host` for the path of these segments, each written as it is.
    pub(crate) fn get(host: &'static str, path: &[&str]) -> Self {
        let mut url =
            Url::parse(&format!("https://{host}/")).expect("hosts of the register are plain names");
        url.path_segments_mut()
            .expect("an https address has a path")
            .pop_if_empty()
            .extend(path);
        Self::at(url)
    }

    pub(crate) fn at(url: Url) -> Self {
        Self {
            url,
            body: None,
            authorization: None,
            is_delete: false,
            idempotency_key: None,
            key: None,
            headers: Vec::new(),
            limit: BodyLimit::Whole(JSON_MAX),
        }
    }

    pub(crate) fn query(mut self, name: &str, value: &str) -> Self {
        self.url.query_pairs_mut().append_pair(name, value);
        self
    }

    pub(crate) fn json(mut self, body: &impl Serialize) -> Self {
        let text = serde_json::to_string(body).expect("what is sent are plain texts and numbers");
        self.body = Some(("application/json", Secret::new(text)));
        self
    }

    pub(crate) fn form(mut self, fields: &[(&str, &str)]) -> Self {
        let text = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.body = Some(("application/x-www-form-urlencoded", Secret::new(text)));
        self
    }

    pub(crate) fn text(mut self, kind: &'static str, text: String) -> Self {
        self.body = Some((kind, Secret::new(text)));
        self
    }

    pub(crate) fn authorization(mut self, scheme: &str, secret: &Secret<String>) -> Self {
        self.authorization = Some(Secret::new(format!("{scheme} {}", secret.expose())));
        self
    }

    pub(crate) fn delete(mut self) -> Self {
        self.is_delete = true;
        self
    }

    pub(crate) fn idempotency_key(mut self, key: &str) -> Self {
        self.idempotency_key = Some(key.to_owned());
        self
    }

    pub(crate) fn key(mut self, name: &'static str, key: Secret<String>) -> Self {
        self.key = Some((name, key));
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(crate) fn limit(mut self, limit: BodyLimit) -> Self {
        self.limit = limit;
        self
    }
}

impl Reply {
    /// Whether the host says that there is no such thing.
    pub(crate) fn is_none(&self) -> bool {
        matches!(self.status, 404 | 410)
    }

    pub(crate) fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION)?.to_str().ok()
    }

    /// How long the host asks to be left alone: seconds or a date (RFC 9110, section 10.2.3).
    pub(crate) fn retry_after(&self, now: Timestamp) -> Option<Duration> {
        let text = self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let then = httpdate::parse_http_date(text)
            .ok()?
            .duration_since(SystemTime::UNIX_EPOCH)
            .ok()?;
        Some(Timestamp::default().after(then).since(now))
    }

    /// A whole number in a header.
    pub(crate) fn number(&self, header: &str) -> Option<u64> {
        self.headers.get(header)?.to_str().ok()?.trim().parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(retry_after: &str) -> Option<Duration> {
        let mut reply = Reply {
            status: 429,
            headers: HeaderMap::new(),
            body: Vec::new(),
        };
        reply
            .headers
            .insert(RETRY_AFTER, retry_after.parse().unwrap());
        reply.retry_after(Timestamp::from_unix_ms(784_111_777_000))
    }

    #[test]
    fn a_rest_is_read_as_seconds_and_as_a_date() {
        assert_eq!(rest("30"), Some(Duration::from_secs(30)));
        assert_eq!(
            rest("Sun, 06 Nov 1994 08:50:37 GMT"),
            Some(Duration::from_secs(60))
        );
        assert_eq!(rest("Sun, 06 Nov 1994 08:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(rest("soon"), None);
    }

    #[test]
    fn what_a_person_typed_cannot_leave_its_place_in_an_address() {
        let request =
            Request::get("api.deezer.com", &["search", "a/../b?c#d"]).query("q", "x&y=z#\u{1}");
        assert_eq!(
            request.url.as_str(),
            "https://api.deezer.com/search/a%2F..%2Fb%3Fc%23d?q=x%26y%3Dz%23%01"
        );
    }

    #[test]
    fn a_request_prints_no_secret() {
        let canary = Secret::new("canary".to_owned());
        let request = Request::get("api.spotify.com", &["v1"])
            .authorization("Bearer", &canary)
            .form(&[("a", "canary")]);
        assert!(!format!("{request:?}").contains("canary"));
    }
}
