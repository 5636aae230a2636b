//! Where the server is, seen from a client: the address to share and the host of the relay.

use std::net::IpAddr;

/// How one client reached us, which decides what it can pass on to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Scheme and authority for links, such as `http://192.168.1.20:8080`.
    pub origin: String,
    /// The host part of `stun:` and `turn:` addresses.
    pub host: String,
}

impl Place {
    /// The place of a client that asked for `scheme://host:port`.
    ///
    /// A client on this very machine asked for a loopback name; others need `private_address` instead, if there is one.
    #[must_use]
    pub fn seen_as(
        scheme: &str,
        host: &str,
        port: Option<u16>,
        private_address: Option<IpAddr>,
    ) -> Self {
        let host = match private_address {
            Some(address) if Self::is_loopback(host) => bracketed(address),
            _ => host.to_owned(),
        };
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        Self {
            origin: format!("{scheme}://{host}{port}"),
            host,
        }
    }

    /// Whether `host`, a name or an address, means the machine that asks.
    #[must_use]
    pub fn is_loopback(host: &str) -> bool {
        let name = host.trim_start_matches('[').trim_end_matches(']');
        name.parse::<IpAddr>()
            .map_or(host == "localhost", |address| address.is_loopback())
    }

    pub(crate) fn link(&self, code: protocol::RoomCode) -> String {
        format!("{}/r/{code}", self.origin)
    }
}

fn bracketed(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_on_this_machine_passes_on_the_private_address() {
        let private = Some("192.168.1.20".parse().unwrap());
        let place = Place::seen_as("http", "localhost", Some(8080), private);
        assert_eq!(
            place.link("K7M4QX".parse().unwrap()),
            "http://192.168.1.20:8080/r/K7M4QX"
        );
        assert_eq!(place.host, "192.168.1.20");
        let place = Place::seen_as("http", "127.0.0.1", Some(8080), None);
        assert_eq!(place.origin, "http://127.0.0.1:8080");
    }

    #[test]
    fn other_clients_pass_on_what_they_asked_for() {
        let private = Some("192.168.1.20".parse().unwrap());
        let place = Place::seen_as("https", "listen.example", None, private);
        assert_eq!(place.origin, "https://listen.example");
        assert_eq!(place.host, "listen.example");
    }
}
