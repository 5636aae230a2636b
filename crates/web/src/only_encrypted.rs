//! A server with a public https address speaks to nobody in the clear over a network.

use std::net::IpAddr;

use app::Place;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;
use crate::settings::split_port;
use crate::visitor::{PeerAddress, was_forwarded};
use crate::{Settings, Web};

/// What machines ask each other without a name: they tell nothing about anybody.
const PROBES: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// What is known of the way by which a request came.
struct Came<'a> {
    from: IpAddr,
    is_tls: bool,
    /// What a proxy in between says of the way to it.
    proto: Option<&'a str>,
    host: &'a str,
    path: &'a str,
}

impl Came<'_> {
    fn is_by_trusted_proxy(&self, settings: &Settings) -> bool {
        let from = self.from.to_canonical();
        let mut trusted = settings.trusted_proxies.iter();
        trusted.any(|network| network.contains(&from))
    }

    /// Whether others on the way could have read it. What this very machine sends passes no network; a proxy that
    /// the settings trust has said so if it was open up to there.
    fn is_open(&self, settings: &Settings) -> bool {
        let is_readable = match self.is_by_trusted_proxy(settings) {
            true => self.proto.is_some_and(|proto| proto != "https"),
            false => !self.is_tls && !self.from.to_canonical().is_loopback(),
        };
        is_readable && !Place::is_loopback(split_port(self.host).0) && !PROBES.contains(&self.path)
    }
}

/// Sends people who came in the clear to the public address, and refuses programs, so that they notice.
pub(crate) async fn check(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match refused(&parts, &web.inner.settings) {
        Some(answer) => answer,
        None => next.run(Request::from_parts(parts, body)).await,
    }
}

fn refused(request: &Parts, settings: &Settings) -> Option<Response> {
    let ("https", ..) = settings.public_origin()? else {
        return None;
    };
    let peer = request.extensions.get::<PeerAddress>()?;
    let text = |name| request.headers.get(name)?.to_str().ok();
    let came = Came {
        from: peer.address.ip(),
        is_tls: peer.is_tls,
        proto: text("x-forwarded-proto"),
        host: text("host").unwrap_or_default(),
        path: request.uri.path(),
    };
    if !came.is_open(settings) {
        return None;
    }
    if was_forwarded(&request.headers) && !came.is_by_trusted_proxy(settings) {
        // Sent to the public address, people would come by the same proxy again, in circles.
        let next = "Whoever runs this server: name the proxy that passes requests on in trusted_proxies, as docs/proxies.md says.";
        let title = "The proxy in front of this server is not known to it";
        return Some(Problem::new(StatusCode::FORBIDDEN, title, next).into_response());
    }
    let is_page = [Method::GET, Method::HEAD].contains(&request.method);
    if !is_page || came.path.starts_with("/api/") {
        let next = "Nothing that is sent in the clear is answered. Use the https address.";
        let problem = Problem::new(StatusCode::FORBIDDEN, "Only https is spoken here", next);
        return Some(problem.into_response());
    }
    let path = request.uri.path_and_query();
    let path = path.map_or("/", PathAndQuery::as_str);
    let there = format!("{}{path}", settings.public_url.trim_end_matches('/'));
    Some((StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, there)]).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_open(from: &str, is_tls: bool, proto: Option<&str>, host: &str, path: &str) -> bool {
        let settings = Settings {
            trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
            ..Settings::default()
        };
        let from = from.parse().unwrap();
        let came = Came {
            from,
            is_tls,
            proto,
            host,
            path,
        };
        came.is_open(&settings)
    }

    /// Promises S45, T34, Y34
    #[test]
    fn who_comes_by_a_proxy_that_is_not_named_is_sent_in_no_circle() {
        let settings = Settings {
            public_url: "https://u.example".to_owned(),
            trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
            ..Settings::default()
        };
        for (from, status) in [
            ("172.17.0.1", StatusCode::FORBIDDEN),
            ("10.1.2.3", StatusCode::TEMPORARY_REDIRECT),
        ] {
            let peer = PeerAddress {
                address: (from.parse::<IpAddr>().unwrap(), 4711).into(),
                is_tls: false,
            };
            let request = Request::builder()
                .uri("/cast")
                .header("host", "u.example")
                .header("x-forwarded-proto", "http")
                .extension(peer)
                .body(axum::body::Body::empty());
            let (parts, _) = request.unwrap().into_parts();
            let answer = refused(&parts, &settings).unwrap();
            assert_eq!(answer.status(), status, "{from}");
        }
    }

    #[test]
    fn what_came_in_the_clear_over_a_network_is_open_and_nothing_else() {
        let stranger = "203.0.113.9";
        assert!(is_open(stranger, false, None, "u.example", "/"));
        // Whoever is no proxy of ours says nothing about the way.
        assert!(is_open(stranger, false, Some("https"), "u.example", "/"));
        assert!(is_open(
            stranger,
            false,
            None,
            "203.0.113.1:8080",
            "/api/v1/account"
        ));
        assert!(is_open("10.1.2.3", false, Some("http"), "u.example", "/"));
        assert!(!is_open("10.1.2.3", false, Some("https"), "u.example", "/"));
        assert!(!is_open(stranger, true, None, "u.example", "/"));
        assert!(!is_open(stranger, false, None, "203.0.113.1", "/healthz"));
        assert!(!is_open("127.0.0.1", false, None, "u.example", "/"));
    }
}
