//! Who asks: a key in place of an address, and the address they used for us.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use app::Place;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{Extensions, HeaderMap, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base::{ClientAddress, ClientKey};

use crate::metrics::objects_to_counting;
use crate::problem::General;
use crate::settings::split_port;
use crate::way::{Between, Way};
use crate::{Settings, Web};

/// The other end of the connection, put into each request by the accept loop. It has no Debug.
#[derive(Clone, Copy)]
pub struct PeerAddress {
    /// Its address and port.
    pub address: SocketAddr,
    /// Whether the connection is encrypted by us.
    pub is_tls: bool,
}

/// Who asks.
pub(crate) struct Visitor {
    pub(crate) key: ClientKey,
    pub(crate) place: Place,
    pub(crate) is_this_machine: bool,
    /// Whether they have not asked to be left out of what is counted.
    pub(crate) may_be_counted: bool,
    is_https: bool,
    /// `host:port` as the client wrote it.
    authority: String,
}

impl Visitor {
    /// Whether a browser's `Origin` is ours. A client that sends none is no browser.
    pub(crate) fn is_own_origin(&self, headers: &HeaderMap, settings: &Settings) -> bool {
        let Some(origin) = headers.get(header::ORIGIN) else {
            return true;
        };
        let Some((_, authority)) = origin
            .to_str()
            .ok()
            .and_then(|origin| origin.split_once("://"))
        else {
            return false;
        };
        self.is_own_authority(authority, settings)
    }

    /// Whether a page of ours asks, or a program that is no browser. `none`: a person typed the address.
    pub(crate) fn asks_from_here(&self, headers: &HeaderMap, settings: &Settings) -> bool {
        match headers.get("sec-fetch-site") {
            Some(site) => site == "same-origin" || site == "none",
            None => self.is_own_origin(headers, settings),
        }
    }

    /// Whether browsers keep a cookie that is for safe ways only: https, or a name of the machine itself.
    pub(crate) fn keeps_cookies(&self) -> bool {
        self.is_https || Place::is_loopback(split_port(&self.authority).0)
    }

    /// The origin of our pages as this client has written it; the public one where there is one.
    pub(crate) fn origin(&self, settings: &Settings) -> String {
        let scheme = if self.is_https { "https" } else { "http" };
        match settings.public_origin() {
            Some(_) => self.place.origin.clone(),
            None => format!("{scheme}://{}", self.authority.to_ascii_lowercase()),
        }
    }

    /// The host name of our pages as this client has written it; the public one where there is one.
    pub(crate) fn page_host(&self, settings: &Settings) -> String {
        match settings.public_origin() {
            Some((_, host, _)) => host.to_ascii_lowercase(),
            None => split_port(&self.authority).0.to_ascii_lowercase(),
        }
    }

    /// The path of an address of this server, as this client or the public knows it.
    pub(crate) fn own_path<'a>(&self, address: &'a str, settings: &Settings) -> Option<&'a str> {
        let (_, rest) = address.split_once("://")?;
        let (authority, _) = rest.split_once('/')?;
        let is_own = self.is_own_authority(authority, settings)
            || self.place.origin.ends_with(&format!("//{authority}"));
        is_own.then(|| &rest[authority.len()..])
    }

    fn is_own_authority(&self, authority: &str, settings: &Settings) -> bool {
        let is_public = settings
            .public_origin()
            .is_some_and(|(_, host, port)| split_port(authority) == (host, port));
        authority.eq_ignore_ascii_case(&self.authority) || is_public
    }
}

impl FromRequestParts<Web> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        let inner = &web.inner;
        let settings = &inner.settings;
        let peer = peer(&parts.extensions);
        let way = Way::of(&parts.headers, peer, settings);
        let forwarded = match way.between {
            Between::Trusted(_) => forwarded_for(&parts.headers, &|it| settings.trusts(it)),
            Between::Nobody | Between::Unknown => None,
        };
        let address = forwarded.unwrap_or(peer.address.ip());
        let is_https = way.is_encrypted();
        let authority = authority(&parts.headers, &parts.uri);
        let authority = authority.unwrap_or_default().to_owned();
        let (host, port) = split_port(&authority);
        let scheme = if is_https { "https" } else { "http" };
        let place = match settings.public_origin() {
            Some((scheme, host, port)) => Place::seen_as(scheme, host, port, None),
            None => Place::seen_as(scheme, host, port, inner.private_address),
        };
        Ok(Self {
            key: inner.app.client_key(ClientAddress::new(address)),
            place,
            is_https,
            is_this_machine: address.to_canonical().is_loopback() && way.between == Between::Nobody,
            may_be_counted: !objects_to_counting(&parts.headers),
            authority,
        })
    }
}

/// The other end of the connection that a request came by.
pub(crate) fn peer(extensions: &Extensions) -> PeerAddress {
    *extensions
        .get()
        .expect("the accept loop puts the peer's address into every request")
}

/// `host:port` as the client wrote it.
pub(crate) fn authority<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> Option<&'a str> {
    let from_host = headers.get(header::HOST);
    let from_host = from_host.and_then(|host| host.to_str().ok());
    from_host.or_else(|| uri.authority().map(Authority::as_str))
}

/// The last address in `X-Forwarded-For` that no trusted proxy has: what came before it may be made up.
fn forwarded_for(headers: &HeaderMap, trusted: &impl Fn(IpAddr) -> bool) -> Option<IpAddr> {
    let values = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = values
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let addresses = hops
        .iter()
        .rev()
        .map_while(|hop| hop.parse::<IpAddr>().ok());
    addresses.into_iter().find(|&address| !trusted(address))
}

/// Refuses names that are not ours, so that a foreign name pointed at this address opens nothing (DNS rebinding).
pub(crate) async fn check_host(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let known = authority(&parts.headers, &parts.uri)
        .is_some_and(|authority| is_our_name(authority, &web.inner.settings));
    if !known {
        return General::OtherName.into_response();
    }
    next.run(Request::from_parts(parts, body)).await
}

fn is_our_name(authority: &str, settings: &Settings) -> bool {
    const LOCAL: [&str; 5] = [".local", ".localhost", ".home.arpa", ".lan", ".internal"];
    let (host, _) = split_port(authority);
    let host = host.to_ascii_lowercase();
    let is_address = host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    let is_public = settings
        .public_origin()
        .is_some_and(|(_, public, _)| public == host);
    let is_local = !host.contains('.') || LOCAL.iter().any(|ending| host.ends_with(ending));
    is_address || is_public || is_local || settings.host_names.contains(&host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_untrusted_hop_counts() {
        let mut headers = HeaderMap::new();
        headers.insert(
            "x-forwarded-for",
            "203.0.113.9, 198.51.100.4, 10.0.0.2".parse().unwrap(),
        );
        let proxies: ipnet::IpNet = "10.0.0.0/8".parse().unwrap();
        let address = forwarded_for(&headers, &|address| proxies.contains(&address));
        assert!(address == "198.51.100.4".parse().ok());
        headers.insert("x-forwarded-for", "unknown".parse().unwrap());
        assert!(forwarded_for(&headers, &|_| false).is_none());
    }

    #[test]
    fn foreign_names_are_not_ours() {
        let settings = Settings {
            public_url: "https://listen.example".to_owned(),
            host_names: vec!["other.example".to_owned()],
            ..Settings::default()
        };
        for name in [
            "localhost:8080",
            "192.168.1.2",
            "[::1]:80",
            "laptop",
            "laptop.local",
            "listen.example",
            "other.example",
        ] {
            assert!(is_our_name(name, &settings), "{name}");
        }
        for name in ["evil.example", "listen.example.evil.example", ""] {
            assert_eq!(is_our_name(name, &settings), name.is_empty(), "{name}");
        }
    }
}
