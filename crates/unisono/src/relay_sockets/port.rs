//! The UDP port of one allocation.

use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket as StdUdpSocket};
use std::sync::Arc;

use relay::{AllocationId, NoPort, Opening};
use socket2::SockRef;
use tokio::net::UdpSocket;
use tokio::task::AbortHandle;

use super::engine::Engine;
use super::{BATCH_MAX, bind_udp};

/// Asked of the kernel for the port of one allocation, which carries one stream of sound.
const RECEIVE_BUFFER_BYTES: usize = 256 * 1024;
/// Ports tried for one allocation before it is refused.
const PORTS_TRIED_MAX: usize = 256;

/// An open port. Dropping it closes it.
pub(super) struct Port {
    socket: Arc<UdpSocket>,
    reader: AbortHandle,
}

impl Port {
    /// Sends `data`, and says whether that was possible.
    pub(super) fn send(&self, data: &[u8], peer: SocketAddr) -> bool {
        SockRef::from(&*self.socket)
            .send_to(data, &peer.into())
            .is_ok()
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

/// Opens a port and says the address that others reach it at.
pub(super) fn open(engine: &Arc<Engine>, opening: &Opening) -> Result<(Port, SocketAddr), NoPort> {
    let listen = engine.settings.listen.ip();
    if listen.is_ipv6() != matches!(opening.family, relay::Family::V6) {
        return Err(NoPort::Family);
    }
    let address = reached_at(engine, opening.client.address).ok_or(NoPort::Family)?;
    let socket = bind_any(engine, listen, opening.even_port).ok_or(NoPort::Full)?;
    let port = socket.local_addr().map_err(|_| NoPort::Full)?.port();
    let socket = Arc::new(UdpSocket::from_std(socket).map_err(|_| NoPort::Full)?);
    let task = serve(Arc::clone(engine), opening.id, Arc::clone(&socket));
    let reader = engine.tasks.spawn(task).abort_handle();
    Ok((Port { socket, reader }, SocketAddr::new(address, port)))
}

/// The address that the client reached us at, unless the operator or the listening address says it.
fn reached_at(engine: &Engine, client: SocketAddr) -> Option<IpAddr> {
    let listen = engine.settings.listen.ip();
    let known = engine
        .settings
        .external
        .filter(|external| external.is_ipv6() == listen.is_ipv6());
    if known.is_some() || !listen.is_unspecified() {
        return known.or(Some(listen));
    }
    // Connecting a UDP socket sends nothing; it makes the kernel choose the way to the client.
    let probe = StdUdpSocket::bind((listen, 0)).ok()?;
    probe.connect(client).ok()?;
    Some(probe.local_addr().ok()?.ip())
}

/// A socket on a free port of the range, searched from a random place (RFC 8656, section 7.2).
fn bind_any(engine: &Engine, listen: IpAddr, even: bool) -> Option<StdUdpSocket> {
    let range = &engine.settings.relay_ports;
    let first = u32::from(*range.start());
    let count = (u32::from(*range.end()) + 1)
        .checked_sub(first)
        .filter(|count| *count > 0)?;
    let mut random = [0; 4];
    engine.entropy.fill(&mut random);
    let start = u32::from_be_bytes(random) % count;
    (0..count)
        .filter_map(|step| u16::try_from(first + (start + step) % count).ok())
        .filter(|port| !even || port % 2 == 0)
        .take(PORTS_TRIED_MAX)
        .find_map(|port| bind_udp(SocketAddr::new(listen, port), RECEIVE_BUFFER_BYTES).ok())
}

/// Takes what peers send to the port.
async fn serve(engine: Arc<Engine>, id: AllocationId, socket: Arc<UdpSocket>) {
    while socket.readable().await.is_ok() {
        let mut state = engine.state();
        let now = engine.now();
        for _ in 0..BATCH_MAX {
            match socket.try_recv_from(&mut state.buffer) {
                Ok((length, peer)) => engine.take_from_peer(&mut state, id, peer, length, now),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                // What an earlier packet met on its way is reported here and concerns nobody now.
                Err(_) => {}
            }
        }
    }
}
