//! A server with a public https address speaks to nobody in the clear over a network.

use app::Place;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::General;
use crate::settings::split_port;
use crate::visitor::{authority, peer};
use crate::way::{Between, Way};
use crate::{Settings, Web};

/// What machines ask each other without a name: they tell nothing about anybody.
const PROBES: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// What is wrong with the way that a request came by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// Others on the way could have read it.
    Open,
    /// By a proxy that is not known, so that nobody knows how it came to that one.
    UnknownProxy,
    /// By a proxy that does not tell how it came to it.
    SilentProxy,
}

impl Fault {
    /// What this very machine sends passes no network, nor what is sent to it by a name of its own: that holds for a
    /// container's published port as well.
    fn of(way: Way, host: &str) -> Option<Self> {
        let is_local = way.peer.address.ip().to_canonical().is_loopback()
            || Place::is_loopback(split_port(host).0);
        match way.between {
            _ if way.is_encrypted() => None,
            Between::Nobody if is_local => None,
            Between::Nobody | Between::Trusted(Some(_)) => Some(Self::Open),
            Between::Trusted(None) => Some(Self::SilentProxy),
            Between::Unknown => Some(Self::UnknownProxy),
        }
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
    let Some(("https", host, port)) = settings.public_origin() else {
        return None;
    };
    if PROBES.contains(&request.uri.path()) {
        return None;
    }
    let way = Way::of(&request.headers, peer(&request.extensions), settings);
    let named = authority(&request.headers, &request.uri).unwrap_or_default();
    // By an unknown or silent proxy, people who are sent to the public address would come by it again, in circles.
    let refusal = match Fault::of(way, named)? {
        Fault::Open if is_page(request) => {
            let path = request.uri.path_and_query();
            let path = path.map_or("/", PathAndQuery::as_str);
            let there = Place::seen_as("https", host, port, None).origin + path;
            let there = [(header::LOCATION, there)];
            return Some((StatusCode::TEMPORARY_REDIRECT, there).into_response());
        }
        Fault::Open => General::OnlyHttps,
        Fault::UnknownProxy => General::UnknownProxy,
        Fault::SilentProxy => General::SilentProxy,
    };
    Some(refusal.into_response())
}

fn is_page(request: &Parts) -> bool {
    let is_read = [Method::GET, Method::HEAD].contains(&request.method);
    is_read && !request.uri.path().starts_with("/api/")
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;
    use crate::PeerAddress;

    fn fault(from: &str, is_tls: bool, between: Between, host: &str) -> Option<Fault> {
        let address = (from.parse::<IpAddr>().unwrap(), 4711).into();
        let peer = PeerAddress { address, is_tls };
        Fault::of(Way { between, peer }, host)
    }

    /// Promises S45, T34, Y34
    #[test]
    fn what_came_in_the_clear_over_a_network_is_open_and_nothing_else() {
        use Between::{Nobody, Trusted, Unknown};
        let (stranger, own, name) = ("203.0.113.9", "127.0.0.1", "u.example");
        assert_eq!(fault(stranger, false, Nobody, name), Some(Fault::Open));
        assert_eq!(
            fault(stranger, false, Nobody, "203.0.113.1:8080"),
            Some(Fault::Open)
        );
        assert_eq!(fault(stranger, true, Nobody, name), None);
        assert_eq!(fault(own, false, Nobody, name), None);
        // A container's published port, asked on the machine that it is published on.
        assert_eq!(fault("172.17.0.1", false, Nobody, "localhost:8080"), None);
        for host in [name, "localhost"] {
            for from in [stranger, own] {
                let of = |between| fault(from, false, between, host);
                assert_eq!(of(Trusted(Some(true))), None);
                assert_eq!(of(Trusted(Some(false))), Some(Fault::Open));
                assert_eq!(of(Trusted(None)), Some(Fault::SilentProxy));
                assert_eq!(of(Unknown), Some(Fault::UnknownProxy));
            }
        }
    }

    #[test]
    fn nobody_is_sent_in_circles_and_pages_of_the_public_address_are_led_there() {
        let settings = Settings {
            public_url: "https://u.example/".to_owned(),
            trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
            ..Settings::default()
        };
        let ask = |from: &str, said: &str, path: &str| {
            let address = (from.parse::<IpAddr>().unwrap(), 4711).into();
            let request = Request::builder()
                .uri(path)
                .header("host", "u.example")
                .header("x-forwarded-proto", said)
                .extension(PeerAddress {
                    address,
                    is_tls: false,
                })
                .body(axum::body::Body::empty());
            refused(&request.unwrap().into_parts().0, &settings)
        };
        let circle = ask("172.17.0.1", "http", "/cast").unwrap();
        assert_eq!(circle.status(), StatusCode::FORBIDDEN);
        let led = ask("10.1.2.3", "http", "/cast?lang=ru").unwrap();
        assert_eq!(led.status(), StatusCode::TEMPORARY_REDIRECT);
        assert_eq!(led.headers()["location"], "https://u.example/cast?lang=ru");
        let program = ask("10.1.2.3", "http", "/api/v1/about").unwrap();
        assert_eq!(program.status(), StatusCode::FORBIDDEN);
        assert!(ask("10.1.2.3", "wss", "/api/v1/socket").is_none());
        assert!(ask("172.17.0.1", "http", "/healthz").is_none());
    }
}
