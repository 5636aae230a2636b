//! Who a member may reach through the relay.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;

use crate::address::Kind;
use crate::directory::Place;
use crate::{Directory, Refusal};

/// The lowest port that data may go to outside of opened networks. Browsers send from ports above it; below are
/// services (RFC 6335, section 6) that nobody in a room needs and that a relay must not be turned against.
const PEER_PORT_MIN: u16 = 1024;

/// This machine as others see it: what a relay must protect first.
#[derive(Clone, Default)]
pub struct Host {
    /// Every address that leads here, the one behind a router too. Loopback needs no mention.
    pub addresses: Vec<IpAddr>,
    /// Ports that something of ours listens on. No setting opens them to peers.
    pub ports: Vec<u16>,
}

/// The rules about peers.
pub(crate) struct Policy {
    pub(crate) host: Host,
    pub(crate) private_networks: bool,
    pub(crate) allowed: Vec<IpNet>,
}

impl Policy {
    /// Whether the member at `place` may have a permission for `peer`.
    ///
    /// A permission is for an address, not for a port (RFC 8656, section 9): a router in front of the
    /// peer may change the port that signalling saw. `is_relayed` says that another member of the
    /// room has an allocation at the peer's address.
    pub(crate) fn permits(
        &self,
        peer: SocketAddr,
        place: Place,
        directory: &Directory,
        is_relayed: bool,
    ) -> Result<(), Refusal> {
        let address = peer.ip().to_canonical();
        if self.is_own_port(peer) {
            return Err(Refusal::OwnPort);
        }
        if is_relayed || self.is_opened(address) {
            return Ok(());
        }
        match Kind::of(address) {
            Kind::Special => Err(Refusal::SpecialPeer),
            _ if self.is_here(address) => Err(Refusal::OwnPort),
            Kind::Private if !self.private_networks => Err(Refusal::PrivatePeer),
            _ if directory.another_is_at(place, address) => Ok(()),
            _ => Err(Refusal::UnknownPeer),
        }
    }

    /// Whether data may go to `peer` by the network, given a permission for its address.
    ///
    /// Members reach each other's allocations without the network, so what is left of this machine
    /// is none of their business unless the operator opened it.
    pub(crate) fn lets_out(&self, peer: SocketAddr) -> bool {
        let address = peer.ip().to_canonical();
        if self.is_opened(address) {
            return !self.is_own_port(peer);
        }
        !self.is_here(address) && peer.port() >= PEER_PORT_MIN
    }

    /// Whether the operator opened the network of `address`.
    pub(crate) fn is_opened(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.allowed
            .iter()
            .any(|network| network.contains(&address))
    }

    fn is_own_port(&self, peer: SocketAddr) -> bool {
        self.host.ports.contains(&peer.port()) && self.is_here(peer.ip().to_canonical())
    }

    fn is_here(&self, address: IpAddr) -> bool {
        address.is_loopback() || address.is_unspecified() || self.host.addresses.contains(&address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{MemberId, OsEntropy, RoomId, Timestamp};

    struct Scene {
        policy: Policy,
        directory: Directory,
        place: Place,
    }

    impl Scene {
        /// Another member offered every address that the tests ask for.
        fn new(private_networks: bool, allowed: &[&str], candidates: &[&str]) -> Self {
            let room = RoomId::new(Timestamp::default(), &OsEntropy);
            let mut directory = Directory::new();
            let other = MemberId::new(&OsEntropy);
            for candidate in candidates {
                let candidate = SocketAddr::new(candidate.parse().unwrap(), 4000);
                directory.saw_candidate(room, other, candidate);
            }
            let host = Host {
                addresses: vec!["203.0.113.1".parse().unwrap()],
                ports: vec![3478],
            };
            let allowed = allowed
                .iter()
                .map(|network| network.parse().unwrap())
                .collect();
            Self {
                policy: Policy {
                    host,
                    private_networks,
                    allowed,
                },
                directory,
                place: Place {
                    room,
                    member: MemberId::new(&OsEntropy),
                },
            }
        }

        fn permits(&self, address: &str, port: u16, is_relayed: bool) -> Result<(), Refusal> {
            let peer = SocketAddr::new(address.parse().unwrap(), port);
            self.policy
                .permits(peer, self.place, &self.directory, is_relayed)
        }
    }

    const SPECIAL: [&str; 9] = [
        "127.0.0.1",
        "0.0.0.0",
        "169.254.1.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
    ];
    const PRIVATE: [&str; 4] = ["10.0.0.1", "192.168.1.1", "fd00::1", "::ffff:10.0.0.9"];

    #[test]
    fn a_member_reaches_where_another_member_said_to_be() {
        let scene = Scene::new(false, &[], &["198.51.100.7", "2600::7"]);
        assert_eq!(scene.permits("198.51.100.7", 4000, false), Ok(()));
        assert_eq!(scene.permits("198.51.100.7", 9, false), Ok(()));
        assert_eq!(scene.permits("2600::7", 4000, false), Ok(()));
        assert_eq!(
            scene.permits("198.51.100.8", 4000, false),
            Err(Refusal::UnknownPeer)
        );
    }

    #[test]
    fn a_lie_about_candidates_opens_neither_this_machine_nor_its_networks() {
        let scene = Scene::new(false, &[], &[&SPECIAL[..], &PRIVATE[..]].concat());
        for address in SPECIAL {
            assert_eq!(
                scene.permits(address, 4000, false),
                Err(Refusal::SpecialPeer),
                "{address}"
            );
        }
        for address in PRIVATE {
            assert_eq!(
                scene.permits(address, 4000, false),
                Err(Refusal::PrivatePeer),
                "{address}"
            );
        }
        let scene = Scene::new(true, &[], &[&SPECIAL[..], &PRIVATE[..]].concat());
        for address in SPECIAL {
            assert_eq!(
                scene.permits(address, 4000, false),
                Err(Refusal::SpecialPeer),
                "{address}"
            );
        }
        for address in PRIVATE {
            assert_eq!(scene.permits(address, 4000, false), Ok(()), "{address}");
        }
    }

    #[test]
    fn our_own_ports_stay_closed_whatever_is_opened() {
        let scene = Scene::new(true, &["0.0.0.0/0", "::/0"], &["203.0.113.1"]);
        for address in [
            "203.0.113.1",
            "127.0.0.1",
            "127.1.2.3",
            "::1",
            "::ffff:127.0.0.1",
            "0.0.0.0",
        ] {
            let peer = SocketAddr::new(address.parse().unwrap(), 3478);
            assert_eq!(
                scene.permits(address, 3478, true),
                Err(Refusal::OwnPort),
                "{address}"
            );
            assert!(!scene.policy.lets_out(peer), "{address}");
            assert_eq!(scene.permits(address, 4000, false), Ok(()), "{address}");
        }
        assert!(scene.policy.lets_out("198.51.100.7:3478".parse().unwrap()));
    }

    #[test]
    fn this_machine_is_reached_at_allocations_only() {
        let scene = Scene::new(true, &[], &["203.0.113.1"]);
        assert_eq!(
            scene.permits("203.0.113.1", 4000, false),
            Err(Refusal::OwnPort)
        );
        assert_eq!(scene.permits("203.0.113.1", 4000, true), Ok(()));
        assert!(!scene.policy.lets_out("203.0.113.1:4000".parse().unwrap()));
        assert_eq!(scene.permits("127.0.0.1", 4000, true), Ok(()));
    }
}
