//! What went out: every request that the fixture got, word for word.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;

use super::exchange::Ask;

/// Older requests are forgotten, so that a long load does not fill the memory.
const REQUESTS_MAX: usize = 50_000;

/// One request that went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outgoing {
    /// When it came, in microseconds since the providers started.
    pub at_us: u64,
    /// The official host.
    pub host: String,
    /// `GET` or `POST`.
    pub method: String,
    /// Percent signs undone.
    pub path: String,
    /// Names and values, decoded.
    pub query: Vec<(String, String)>,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Outgoing {
    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Everything in it as one text, to look for what must not be there.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{self:?}")
    }
}

/// The record of what went out.
#[derive(Debug, Default)]
pub(super) struct Recorder(Mutex<Vec<Outgoing>>);

impl Recorder {
    pub(super) fn note(&self, ask: &Ask, at: Duration) {
        let headers = ask.headers.iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        let outgoing = Outgoing {
            at_us: u64::try_from(at.as_micros()).unwrap_or(u64::MAX),
            host: ask.host.clone(),
            method: ask.method.to_string(),
            path: ask.path.clone(),
            query: ask.query.clone(),
            headers: headers.collect(),
            body: ask.body.clone(),
        };
        let mut requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if requests.len() == REQUESTS_MAX {
            requests.drain(..REQUESTS_MAX / 2);
        }
        requests.push(outgoing);
    }

    pub(super) fn all(&self) -> Vec<Outgoing> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(super) fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}
