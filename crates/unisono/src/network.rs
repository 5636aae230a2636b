//! What this machine is called in its own network.

use std::net::{IpAddr, Ipv4Addr, UdpSocket};

/// The address that other devices in this network reach this machine at, if it has a way out.
///
/// Connecting a datagram socket sends nothing; it only makes the system choose an interface. The target is from the
/// documentation range (RFC 5737), so that it means nobody.
#[must_use]
pub(crate) fn private_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}
