//! By which way a request came, as far as what is said of it can be believed.

use std::net::IpAddr;

use axum::http::HeaderMap;

use crate::Settings;
use crate::visitor::PeerAddress;

/// Who stands between us and whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Between {
    /// Nobody that says so.
    Nobody,
    /// A proxy that the settings trust. Whether it was asked by https, where it tells.
    Trusted(Option<bool>),
    /// A proxy whose word counts for nothing.
    Unknown,
}

/// By which way a request came.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    pub(crate) between: Between,
    pub(crate) peer: PeerAddress,
}

impl Way {
    /// The way of a request with these headers, from this other end of the connection.
    pub(crate) fn of(headers: &HeaderMap, peer: PeerAddress, settings: &Settings) -> Self {
        let between = match (was_forwarded(headers), settings.trusts(peer.address.ip())) {
            (false, _) => Between::Nobody,
            (true, true) => Between::Trusted(asked_by_https(headers)),
            (true, false) => Between::Unknown,
        };
        Self { between, peer }
    }

    /// Whether it was encrypted, up to us or up to a proxy that the settings trust.
    pub(crate) const fn is_encrypted(&self) -> bool {
        match self.between {
            Between::Trusted(Some(is_https)) => is_https,
            Between::Trusted(None) | Between::Nobody | Between::Unknown => self.peer.is_tls,
        }
    }
}

impl Settings {
    /// Whether what this address says of others is believed.
    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        let mut trusted = self.trusted_proxies.iter();
        trusted.any(|network| network.contains(&address))
    }
}

/// Whether a proxy passed the request on, one that the settings trust or another.
pub(crate) fn was_forwarded(headers: &HeaderMap) -> bool {
    const MARKS: [&str; 9] = [
        "cf-connecting-ip",
        "forwarded",
        "true-client-ip",
        "via",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-port",
        "x-forwarded-proto",
        "x-real-ip",
    ];
    MARKS.iter().any(|name| headers.contains_key(*name))
}

/// What a proxy says of the way to it. The first of several is the outermost; some name the protocol of a socket.
fn asked_by_https(headers: &HeaderMap) -> Option<bool> {
    let said = headers.get("x-forwarded-proto")?.to_str().ok()?;
    let outermost = said.split(',').next().unwrap_or(said).trim();
    let is = |name| outermost.eq_ignore_ascii_case(name);
    Some(is("https") || is("wss"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(from: &str, headers: &[(&'static str, &str)]) -> Between {
        let settings = Settings {
            trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
            ..Settings::default()
        };
        let peer = PeerAddress {
            address: (from.parse::<IpAddr>().unwrap(), 4711).into(),
            is_tls: false,
        };
        let headers = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        Way::of(&HeaderMap::from_iter(headers), peer, &settings).between
    }

    #[test]
    fn only_a_trusted_proxy_says_by_which_way_it_was_asked() {
        for (said, expected) in [
            ("https", true),
            ("HTTPS", true),
            ("wss", true),
            ("https, http", true),
            ("http", false),
            ("http, https", false),
            ("ws", false),
        ] {
            let headers = [("x-forwarded-proto", said)];
            let trusted = Between::Trusted(Some(expected));
            assert_eq!(between("10.1.2.3", &headers), trusted, "{said}");
            assert_eq!(between("::ffff:10.1.2.3", &headers), trusted, "{said}");
            assert_eq!(between("192.0.2.7", &headers), Between::Unknown, "{said}");
        }
        let silent = [("x-forwarded-for", "192.0.2.7")];
        assert_eq!(between("10.1.2.3", &silent), Between::Trusted(None));
        assert_eq!(between("10.1.2.3", &[]), Between::Nobody);
    }

    /// A proxy on this machine that sets one of these alone does not make strangers this machine.
    #[test]
    fn whatever_a_proxy_is_known_by_tells_that_there_is_one() {
        for mark in [
            "CF-Connecting-IP",
            "Forwarded",
            "True-Client-IP",
            "Via",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Proto",
            "X-Real-IP",
        ] {
            let headers = [(mark, "203.0.113.9")];
            assert_eq!(between("127.0.0.1", &headers), Between::Unknown, "{mark}");
            let trusted = between("10.1.2.3", &headers);
            assert!(matches!(trusted, Between::Trusted(_)), "{mark}");
        }
        assert_eq!(between("127.0.0.1", &[]), Between::Nobody);
    }
}
