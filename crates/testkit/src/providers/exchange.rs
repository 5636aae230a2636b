//! A request as the providers' parts see it, and their answer.

use axum::extract::Query;
use axum::http::{HeaderMap, Method, Uri};
use serde_json::Value;

/// A request to one official host.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) host: String,
    pub(super) method: Method,
    /// Without the host prefix; percent signs undone.
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Ask {
    /// Takes `/{official host}/path?query` apart.
    pub(super) fn read(method: Method, uri: &Uri, headers: HeaderMap, body: String) -> Self {
        let whole = uri.path().trim_start_matches('/');
        let (host, path) = whole.split_once('/').unwrap_or((whole, ""));
        Self {
            host: host.to_owned(),
            method,
            path: format!("/{}", plain(path)),
            query: pairs(uri.query().unwrap_or_default()),
            headers,
            body,
        }
    }

    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as a form.
    pub(super) fn form(&self) -> Vec<(String, String)> {
        pairs(&self.body)
    }

    /// The path in its parts, without empty ones.
    pub(super) fn parts(&self) -> Vec<&str> {
        self.path
            .split('/')
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// A number among the parameters, at most `max`.
    pub(super) fn count(&self, name: &str, default: usize, max: usize) -> usize {
        let asked = self.param(name).and_then(|text| text.parse().ok());
        asked.unwrap_or(default).min(max)
    }
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let uri = format!("/?{query}").parse::<Uri>().ok();
    let found = uri.and_then(|uri| Query::try_from_uri(&uri).ok());
    found.map(|Query(pairs)| pairs).unwrap_or_default()
}

/// Text without its percent signs, as in a path: a plus stays a plus.
fn plain(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let code = others
            .get(..2)
            .and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &others[2..];
            }
            _ => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// An answer.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

impl Reply {
    /// Status 200 and JSON.
    pub(super) fn json(value: &Value) -> Self {
        Self::with_json(200, value)
    }

    pub(super) fn with_json(status: u16, value: &Value) -> Self {
        Self::text(
            status,
            "application/json; charset=utf-8",
            &value.to_string(),
        )
    }

    pub(super) fn text(status: u16, kind: &str, body: &str) -> Self {
        Self {
            status,
            headers: vec![("content-type", kind.to_owned())],
            body: body.as_bytes().to_vec(),
        }
    }

    pub(super) fn bytes(kind: &str, body: Vec<u8>) -> Self {
        Self {
            status: 200,
            headers: vec![("content-type", kind.to_owned())],
            body,
        }
    }

    /// No body at all.
    pub(super) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub(super) fn redirect(location: &str) -> Self {
        Self::empty(302).with("location", location)
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
