//! ICE candidates, as far as the server must understand them.

use std::net::{IpAddr, SocketAddr};

/// Where a candidate comes from (RFC 8839, section 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CandidateKind {
    /// An interface of the device itself.
    Host,
    /// Seen by a STUN server or by the peer.
    Reflexive,
    /// An address of a relay.
    Relayed,
}

/// One candidate attribute. It holds addresses, so it has no Debug.
#[derive(Clone)]
pub struct Candidate<'a> {
    kind: CandidateKind,
    address: Option<SocketAddr>,
    text: &'a str,
}

impl<'a> Candidate<'a> {
    /// Reads `candidate:...`, with or without `a=` in front. `None` when it is no candidate.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("a=").unwrap_or(text);
        let mut words = text.strip_prefix("candidate:")?.split_ascii_whitespace();
        let (_foundation, _component, _transport) = (words.next()?, words.next()?, words.next()?);
        let (_priority, address, port) = (words.next()?, words.next()?, words.next()?);
        if words.next()? != "typ" {
            return None;
        }
        let kind = match words.next()? {
            "host" => CandidateKind::Host,
            "srflx" | "prflx" => CandidateKind::Reflexive,
            "relay" => CandidateKind::Relayed,
            _ => return None,
        };
        let port: u16 = port.parse().ok()?;
        // A name (mDNS) is no address yet: the peer resolves it by itself.
        let address = address
            .parse::<IpAddr>()
            .ok()
            .map(|address| SocketAddr::new(address, port));
        Some(Self {
            kind,
            address,
            text,
        })
    }

    /// Where it comes from.
    #[must_use]
    pub const fn kind(&self) -> CandidateKind {
        self.kind
    }

    /// Its transport address, unless it is given by name.
    #[must_use]
    pub const fn address(&self) -> Option<SocketAddr> {
        self.address
    }

    /// The attribute without the address that a relay saw its client at (`raddr`, `rport`).
    #[must_use]
    pub fn without_related_address(&self) -> String {
        let mut words = Vec::new();
        let mut hide_next = None;
        for word in self.text.split_ascii_whitespace() {
            words.push(hide_next.take().unwrap_or(word));
            hide_next = match word {
                "raddr" => Some("0.0.0.0"),
                "rport" => Some("0"),
                _ => None,
            };
        }
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RELAY: &str = "candidate:1 1 udp 41885439 192.0.2.9 50000 typ relay raddr 10.0.0.7 rport 4242 generation 0";

    #[test]
    fn a_candidate_tells_its_kind_and_address() {
        let relay = Candidate::parse(RELAY).unwrap();
        assert!(relay.kind() == CandidateKind::Relayed);
        assert_eq!(relay.address(), "192.0.2.9:50000".parse().ok());
        let named = Candidate::parse("a=candidate:1 1 udp 1 ab12.local 5000 typ host").unwrap();
        assert!(named.kind() == CandidateKind::Host && named.address().is_none());
    }

    #[test]
    fn the_related_address_can_be_hidden() {
        assert_eq!(
            Candidate::parse(RELAY).unwrap().without_related_address(),
            "candidate:1 1 udp 41885439 192.0.2.9 50000 typ relay raddr 0.0.0.0 rport 0 generation 0"
        );
    }

    #[test]
    fn other_text_is_no_candidate() {
        for text in [
            "",
            "candidate:",
            "candidate:1 1 udp 1 10.0.0.1 x typ host",
            "hello",
            "a=mid:0",
        ] {
            assert!(Candidate::parse(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text: String) {
            let _ = Candidate::parse(&text);
            let _ = Candidate::parse(&format!("candidate:{text}")).map(|c| c.without_related_address());
        }
    }
}
