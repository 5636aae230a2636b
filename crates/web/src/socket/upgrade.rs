//! The way from a request to a socket (RFC 6455, section 4.2).

use std::future::Future;

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Version, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper::upgrade::OnUpgrade;
use sha1::{Digest, Sha1};

use super::peer::Peer;
use crate::problem::General;

/// What the protocol puts behind a client's key (section 1.3).
const SUFFIX: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const VERSION: &str = "13";

/// A request that asks for a socket.
pub(crate) struct Upgrade {
    accept: HeaderValue,
    connection: OnUpgrade,
}

impl<S: Send + Sync> FromRequestParts<S> for Upgrade {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        Self::of(parts).ok_or_else(|| only_sockets(parts.version))
    }
}

/// What is asked for instead (RFC 9110, section 15.5.22; RFC 6455, section 4.4). HTTP/2 has no upgrade and forbids its
/// headers (RFC 9113, section 8.2.2).
fn only_sockets(version: Version) -> Response {
    let mut response = General::OnlySockets.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::SEC_WEBSOCKET_VERSION,
        HeaderValue::from_static(VERSION),
    );
    if version <= Version::HTTP_11 {
        headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    }
    response
}

impl Upgrade {
    fn of(parts: &mut Parts) -> Option<Self> {
        let headers = &parts.headers;
        let asks = names(headers, &header::CONNECTION, "upgrade")
            && names(headers, &header::UPGRADE, "websocket")
            && names(headers, &header::SEC_WEBSOCKET_VERSION, VERSION);
        let key = headers.get(header::SEC_WEBSOCKET_KEY).filter(|_| asks)?;
        let accept = HeaderValue::try_from(accept(key.as_bytes())).ok()?;
        let connection = parts.extensions.remove()?;
        Some(Self { accept, connection })
    }

    /// The answer, and the socket that is there once it was sent.
    pub(super) fn accept(self) -> (Response, impl Future<Output = Option<Peer>>) {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        let headers = answer.headers_mut();
        headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        headers.insert(header::SEC_WEBSOCKET_ACCEPT, self.accept);
        let connection = self.connection;
        let coming = async move { Some(Peer::new(connection.await.ok()?)) };
        (answer, coming)
    }
}

/// Whether the header `name` has `word` in its list.
fn names(headers: &HeaderMap, name: &HeaderName, word: &str) -> bool {
    let is_word = |text: &str| text.trim().eq_ignore_ascii_case(word);
    let values = headers.get_all(name).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.split(',').any(is_word))
}

/// What proves that the server understood (section 4.2.2).
fn accept(key: &[u8]) -> String {
    let mut hash = Sha1::new();
    hash.update(key);
    hash.update(SUFFIX);
    STANDARD.encode(hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_the_standard_gets_the_answer_of_the_standard() {
        let answer = accept(b"dGhlIHNhbXBsZSBub25jZQ==");
        assert_eq!(answer, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    #[test]
    fn a_header_may_name_several_things() {
        let mut headers = HeaderMap::new();
        let value = HeaderValue::from_static("keep-alive, Upgrade");
        headers.insert(header::CONNECTION, value);
        assert!(names(&headers, &header::CONNECTION, "upgrade"));
        assert!(!names(&headers, &header::CONNECTION, "up"));
        assert!(!names(&headers, &header::UPGRADE, "websocket"));
    }
}
