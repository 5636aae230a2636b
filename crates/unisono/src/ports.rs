//! Finding a port to listen on.

use std::io;
use std::net::{SocketAddr, TcpListener};

use socket2::{Domain, Protocol, Socket, Type};

/// Connections that may wait to be accepted; the system's own bound is usually the same.
const BACKLOG: i32 = 4096;
/// Ports tried after the preferred one.
const FURTHER_PORTS: u16 = 20;

/// Why there is no listener.
#[derive(Debug, thiserror::Error)]
pub enum NoPort {
    /// The address was asked for and something else has it.
    #[error("{0} is in use; stop the other program, or set UNISONO_LISTEN to another address")]
    Busy(SocketAddr),
    /// Ports below 1024 need a right.
    #[error("{0} may not be opened by this user; use a port from 1024 up, or a proxy")]
    Forbidden(SocketAddr),
    /// This machine does not have the address.
    #[error("{0} is not an address of this machine; set UNISONO_LISTEN to one that is")]
    NotOurs(SocketAddr),
    /// Anything else.
    #[error("cannot listen on {0}: {1}")]
    Other(SocketAddr, io::Error),
}

/// Listens on exactly `address`.
pub fn listen(address: SocketAddr) -> Result<TcpListener, NoPort> {
    bind(address).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => NoPort::Busy(address),
        io::ErrorKind::PermissionDenied => NoPort::Forbidden(address),
        io::ErrorKind::AddrNotAvailable => NoPort::NotOurs(address),
        _ => NoPort::Other(address, error),
    })
}

/// Listens on `address` or, when it is taken, on one of the next ports.
pub fn listen_near(address: SocketAddr) -> Result<TcpListener, NoPort> {
    let last = address.port().saturating_add(FURTHER_PORTS);
    let ports = address.port()..=last;
    let candidates = ports.map(|port| SocketAddr::new(address.ip(), port));
    let mut outcome = Err(NoPort::Busy(address));
    for candidate in candidates {
        outcome = listen(candidate);
        if !matches!(outcome, Err(NoPort::Busy(_))) {
            break;
        }
    }
    outcome
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    socket.set_reuse_address(true)?;
    if address.is_ipv6() {
        // [::] then takes IPv4 clients as well.
        socket.set_only_v6(false)?;
    }
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    socket.set_nonblocking(true)?;
    Ok(socket.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_or_passed_over() {
        let first = listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let taken = first.local_addr().unwrap();
        let refusal = listen(taken).unwrap_err();
        assert!(matches!(refusal, NoPort::Busy(_)), "{refusal}");
        assert!(refusal.to_string().contains("UNISONO_LISTEN"));
        let second = listen_near(taken).unwrap().local_addr().unwrap();
        assert!(second.port() > taken.port());
    }
}
