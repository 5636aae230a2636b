//! Bodies that are made once and sent often: their validators, and a packed copy for clients that take it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::sync::OnceLock;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;

/// A text and its packed copy, which is made when somebody first takes it.
///
/// What is packed here can be told by its length (the BREACH attack). It holds no secret: no cookie, no token, nothing
/// of who asks, and the same for everybody who knows its address.
pub(crate) struct Packed {
    plain: Bytes,
    etag: HeaderValue,
    gzip: OnceLock<Bytes>,
}

impl Packed {
    pub(crate) fn new(text: impl Into<Bytes>) -> Self {
        let plain = text.into();
        Self {
            etag: etag(&plain),
            plain,
            gzip: OnceLock::new(),
        }
    }

    /// The body as the client takes it, or 304 if it has it already.
    ///
    /// Browsers take brotli over HTTPS only and gzip in the home network too, so that is the one copy there is.
    pub(crate) fn answer(&self, request: &HeaderMap) -> Response {
        let is_packed = takes(request, "gzip");
        let mut response = match is_packed {
            true => fresh(self.gzip().clone(), &self.packed_etag(), request),
            false => fresh(self.plain.clone(), &self.etag, request),
        };
        let headers = response.headers_mut();
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if is_packed {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }

    fn gzip(&self) -> &Bytes {
        self.gzip.get_or_init(|| {
            let mut packer = GzEncoder::new(Vec::new(), Compression::default());
            let packed = packer.write_all(&self.plain).and_then(|()| packer.finish());
            packed.expect("memory takes every byte").into()
        })
    }

    /// Another representation has another strong validator (RFC 9110, section 8.8.1).
    fn packed_etag(&self) -> HeaderValue {
        let plain = self.etag.to_str().expect("it is made of digits");
        let packed = format!("\"{}-gzip\"", plain.trim_matches('"'));
        HeaderValue::try_from(packed).expect("digits and letters fit a header")
    }
}

/// Whether the client takes `coding`: a weight of zero means that it does not (RFC 9110, section 12.5.3).
pub(crate) fn takes(request: &HeaderMap, coding: &str) -> bool {
    let accepted = request.get_all(header::ACCEPT_ENCODING).iter();
    let mut codings = accepted
        .filter_map(|accepted| accepted.to_str().ok())
        .flat_map(|accepted| accepted.split(','));
    codings.any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let is_unwanted = weight
            .trim()
            .strip_prefix("q=")
            .is_some_and(|weight| weight.parse() == Ok(0.0));
        name.trim().eq_ignore_ascii_case(coding) && !is_unwanted
    })
}

/// A strong validator of a body.
pub(crate) fn etag(body: &[u8]) -> HeaderValue {
    let mut hash = DefaultHasher::new();
    body.hash(&mut hash);
    HeaderValue::try_from(format!("\"{:016x}\"", hash.finish()))
        .expect("hexadecimal digits fit a header")
}

/// The body, or 304 for a client that has it already. It is asked for each time, so that nobody sees an old match.
pub(crate) fn fresh(body: impl Into<Body>, etag: &HeaderValue, request: &HeaderMap) -> Response {
    let known = request.get(header::IF_NONE_MATCH);
    let is_known = known
        .and_then(|known| known.to_str().ok())
        .is_some_and(|known| {
            known
                .split(',')
                .any(|one| one.trim().trim_start_matches("W/") == etag)
        });
    let mut response = match is_known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Response::new(body.into()),
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, etag.clone());
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, no-cache"),
    );
    response
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use axum::body::to_bytes;
    use flate2::read::GzDecoder;

    use super::*;

    fn asking(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    async fn body(response: Response) -> Vec<u8> {
        let body = to_bytes(response.into_body(), usize::MAX);
        body.await.unwrap().to_vec()
    }

    #[tokio::test]
    async fn a_client_that_takes_gzip_gets_less_of_the_same() {
        let text = "a page that says the same over and over; ".repeat(100);
        let packed = Packed::new(text.clone());
        let asked = asking(header::ACCEPT_ENCODING, "gzip, deflate, br");
        let response = packed.answer(&asked);
        assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip");
        assert_eq!(response.headers()[header::VARY], "accept-encoding");
        let known = response.headers()[header::ETAG].clone();
        let small = body(response).await;
        assert!(small.len() * 10 < text.len());
        let mut whole = String::new();
        let mut unpacked = GzDecoder::new(small.as_slice());
        unpacked.read_to_string(&mut whole).unwrap();
        assert_eq!(whole, text);
        let mut again = asked;
        again.insert(header::IF_NONE_MATCH, known.clone());
        let response = packed.answer(&again);
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
        again.remove(header::ACCEPT_ENCODING);
        let response = packed.answer(&again);
        assert_eq!(response.status(), StatusCode::OK);
        assert_ne!(response.headers()[header::ETAG], known);
    }

    #[tokio::test]
    async fn others_get_it_as_it_is() {
        let packed = Packed::new("text");
        for accepted in ["", "br", "identity", "gzip;q=0", "gzip; q=0.0, br"] {
            let response = packed.answer(&asking(header::ACCEPT_ENCODING, accepted));
            assert_eq!(response.headers().get(header::CONTENT_ENCODING), None);
            assert_eq!(body(response).await, b"text");
        }
    }
}
