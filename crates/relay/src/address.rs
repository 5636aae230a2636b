//! Which kinds of address a relay must not reach by itself.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What an address is for, as far as the relay cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One host somewhere on the Internet.
    Public,
    /// One host in somebody's own network.
    Private,
    /// Anything a peer cannot be: this machine, this link, many hosts at once, or nothing.
    Special,
}

impl Kind {
    /// Judges `address`; an IPv6 address that carries an IPv4 address is judged by what it carries.
    pub(crate) fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => Self::of_v4(address),
            IpAddr::V6(address) => match embedded(address) {
                Some(inside) => Self::of_v4(inside),
                None => Self::of_v6(address),
            },
        }
    }

    fn of_v4(address: Ipv4Addr) -> Self {
        let [first, second, third, _] = address.octets();
        match (first, second, third) {
            // "This network", loopback, link-local, protocol assignments (RFC 6890), multicast and reserved.
            (0 | 127 | 224.., ..) | (169, 254, _) | (192, 0, 0) => Self::Special,
            // RFC 1918, shared address space (RFC 6598) and benchmarking (RFC 2544).
            (10, ..)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (100, 64..=127, _)
            | (198, 18..=19, _) => Self::Private,
            _ => Self::Public,
        }
    }

    fn of_v6(address: Ipv6Addr) -> Self {
        let [first, second, third, ..] = address.segments();
        match first {
            // Unspecified, loopback and the deprecated form of IPv4 inside IPv6.
            0 => Self::Special,
            // Local-use translation (RFC 8215): where the IPv4 part lies is not said by the address.
            0x64 if (second, third) == (0xff9b, 1) => Self::Special,
            // Link-local, formerly site-local, multicast.
            0xfe80..=0xfeff | 0xff00.. => Self::Special,
            // Unique local (RFC 4193).
            0xfc00..=0xfdff => Self::Private,
            _ => Self::Public,
        }
    }
}

/// The IPv4 address that packets to `address` end up at: mapped, translated (RFC 6052), 6to4 or Teredo.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return Some(mapped);
    }
    let [a, b, c, d, e, f, g, h] = address.segments();
    let join = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    match (a, b, c, d, e, f) {
        (0x64, 0xff9b, 0, 0, 0, 0) => Some(join(g, h)),
        (0x2002, ..) => Some(join(b, c)),
        // Teredo hides the client's address by inverting it (RFC 4380, section 4).
        (0x2001, 0, ..) => Some(join(!g, !h)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kind(address: &str) -> Kind {
        Kind::of(address.parse().unwrap())
    }

    #[test]
    fn hosts_on_the_internet_are_public() {
        for address in [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "223.255.255.255",
            "2600::1",
        ] {
            assert_eq!(kind(address), Kind::Public, "{address}");
        }
    }

    #[test]
    fn hosts_in_own_networks_are_private() {
        let private = [
            "10.0.0.1",
            "172.16.0.1",
            "172.31.9.9",
            "192.168.1.1",
            "100.64.0.1",
            "fd00::1",
        ];
        for address in private {
            assert_eq!(kind(address), Kind::Private, "{address}");
        }
    }

    #[test]
    fn what_no_peer_can_be_is_special() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "224.0.0.1",
            "239.255.255.250",
            "255.255.255.255",
            "240.0.0.1",
            "192.0.0.8",
            "::",
            "::1",
            "::127.0.0.1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "64:ff9b:1::a00:1",
        ] {
            assert_eq!(kind(address), Kind::Special, "{address}");
        }
    }

    #[test]
    fn an_address_inside_an_address_counts() {
        for address in [
            "::ffff:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "2002:7f00:1::1",
            "2001:0:1:2:3:4:80ff:fffe",
        ] {
            assert_eq!(kind(address), Kind::Special, "{address}");
        }
        for address in [
            "::ffff:10.0.0.1",
            "64:ff9b::192.168.0.1",
            "2002:a00:1::1",
            "2001:0:1:2:3:4:f5ff:fffe",
        ] {
            assert_eq!(kind(address), Kind::Private, "{address}");
        }
        assert_eq!(kind("64:ff9b::1.1.1.1"), Kind::Public);
    }

    proptest! {
        #[test]
        fn mapping_never_changes_the_verdict(bits: u32) {
            let plain = Ipv4Addr::from_bits(bits);
            let mapped = IpAddr::V6(plain.to_ipv6_mapped());
            prop_assert_eq!(Kind::of(mapped), Kind::of(IpAddr::V4(plain)));
        }
    }
}
