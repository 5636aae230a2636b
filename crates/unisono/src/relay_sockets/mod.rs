//! The relay on real sockets: UDP and TCP on one port for clients, and one UDP port for each allocation.

mod engine;
mod port;
mod stream;

use std::io;
use std::net::{
    IpAddr, Ipv4Addr, SocketAddr, TcpListener as StdTcpListener, UdpSocket as StdUdpSocket,
};
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{Clock, Entropy};
use relay::{Client, Counters, Credentials, Directory, Host, Server, Transport};
use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::{TcpListener, UdpSocket};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use self::engine::Engine;

/// Asked of the kernel for the port that all clients share; at 20,000 packets a second it holds
/// what arrives in the longest wait for a processor.
const RECEIVE_BUFFER_BYTES: usize = 4 * 1024 * 1024;
/// Ports tried after the wished one before giving up.
const PORTS_TRIED_MAX: u16 = 50;
/// Connections waiting to be accepted.
const BACKLOG: i32 = 256;
/// Packets handled before the lock on the state is given back.
const BATCH_MAX: usize = 64;

/// Where the relay listens and what it says about itself.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where clients are awaited, by UDP and TCP. The next free port is taken when this one is busy,
    /// any free one for 0. Default `0.0.0.0:3478`.
    pub listen: SocketAddr,
    /// Ports for allocations. Default 49152 to 65535 (RFC 8656, section 7.2).
    pub relay_ports: RangeInclusive<u16>,
    /// The address that others reach the relay ports at, where it is not one of this machine's.
    /// Default none: the address that the client reached.
    pub external: Option<IpAddr>,
    /// Other ports of ours on this machine, which no peer may be at. Default none.
    pub own_ports: Vec<u16>,
    /// Limits and rules. Default as [`relay::Settings`] says.
    pub rules: relay::Settings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::UNSPECIFIED, 3478)),
            relay_ports: 49_152..=65_535,
            external: None,
            own_ports: Vec::new(),
            rules: relay::Settings::default(),
        }
    }
}

/// A running relay.
pub struct RelaySockets {
    port: u16,
    engine: Arc<Engine>,
    tasks: TaskTracker,
}

impl RelaySockets {
    /// Opens the sockets and serves until `stop` is cancelled. To be called inside a runtime.
    pub fn start(
        settings: Settings,
        directory: Arc<Mutex<Directory>>,
        credentials: Credentials,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        stop: CancellationToken,
    ) -> io::Result<Self> {
        let (udp, tcp) = bind_pair(settings.listen)?;
        let port = udp.local_addr()?.port();
        let host = host(&settings, port);
        let rules = settings.rules.clone();
        let server = Server::new(rules, host, credentials, directory, &*entropy);
        let tasks = TaskTracker::new();
        let udp = UdpSocket::from_std(udp)?;
        let tcp = TcpListener::from_std(tcp)?;
        let engine = Arc::new(Engine::new(
            settings,
            port,
            server,
            udp,
            clock,
            entropy,
            tasks.clone(),
        ));
        tasks.spawn(serve_datagrams(Arc::clone(&engine), stop.clone()));
        tasks.spawn(stream::accept(Arc::clone(&engine), tcp, stop.clone()));
        tasks.spawn(keep_time(Arc::clone(&engine), stop));
        tasks.close();
        Ok(Self {
            port,
            engine,
            tasks,
        })
    }

    /// The port in use, UDP and TCP.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// What happened so far, without a name or an address in it.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.engine.state().server.counters()
    }

    /// Packets that could not be sent, because a buffer was full or the way was closed.
    #[must_use]
    pub fn unsent(&self) -> u64 {
        self.engine.state().ways.unsent
    }

    /// Waits until everything has ended after `stop` was cancelled.
    pub async fn stopped(&self) {
        self.tasks.wait().await;
    }
}

/// Takes what clients send by UDP.
async fn serve_datagrams(engine: Arc<Engine>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            ready = engine.udp.readable() => if ready.is_err() { return },
        }
        let mut state = engine.state();
        let now = engine.now();
        for _ in 0..BATCH_MAX {
            match engine.udp.try_recv_from(&mut state.buffer) {
                Ok((length, address)) => {
                    let transport = Transport::Udp;
                    engine.take(&mut state, Client { transport, address }, length, now);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                // What an earlier packet met on its way is reported here and concerns nobody now.
                Err(_) => {}
            }
        }
    }
}

/// Ends what has run out, and everything in the end.
async fn keep_time(engine: Arc<Engine>, stop: CancellationToken) {
    const TICK: Duration = Duration::from_secs(1);
    /// A laptop may have joined another network.
    const TICKS_BETWEEN_HOSTS: u32 = 30;
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut count = 0_u32;
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            _ = ticks.tick() => {}
        }
        count = count.wrapping_add(1);
        let host = count
            .is_multiple_of(TICKS_BETWEEN_HOSTS)
            .then(|| host(&engine.settings, engine.port));
        let mut state = engine.state();
        if let Some(host) = host {
            state.server.set_host(host);
        }
        state.server.tick(engine.now());
        state.close_ended();
    }
    engine.state().close_all();
}

/// This machine as the relay must protect it.
fn host(settings: &Settings, port: u16) -> Host {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let mut addresses: Vec<IpAddr> = interfaces.iter().map(if_addrs::Interface::ip).collect();
    addresses.extend(settings.external);
    let mut ports = settings.own_ports.clone();
    ports.push(port);
    Host { addresses, ports }
}

/// UDP and TCP on the same port: the wished one, or the next that is free for both.
fn bind_pair(listen: SocketAddr) -> io::Result<(StdUdpSocket, StdTcpListener)> {
    let mut failure = io::Error::from(io::ErrorKind::AddrInUse);
    for step in 0..=PORTS_TRIED_MAX {
        let wished = match listen.port() {
            0 => 0,
            port => port.checked_add(step).ok_or(io::ErrorKind::AddrInUse)?,
        };
        match bind_both(SocketAddr::new(listen.ip(), wished)) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => failure = error,
            outcome => return outcome,
        }
    }
    Err(failure)
}

fn bind_both(address: SocketAddr) -> io::Result<(StdUdpSocket, StdTcpListener)> {
    let udp = bind_udp(address, RECEIVE_BUFFER_BYTES)?;
    let same = SocketAddr::new(address.ip(), udp.local_addr()?.port());
    let tcp = Socket::new(Domain::for_address(same), Type::STREAM, Some(Protocol::TCP))?;
    // Connections of an earlier run may still be closing.
    #[cfg(unix)]
    tcp.set_reuse_address(true)?;
    tcp.set_nonblocking(true)?;
    tcp.bind(&same.into())?;
    tcp.listen(BACKLOG)?;
    Ok((udp, tcp.into()))
}

/// A bound UDP socket with as much of a receive buffer as the kernel grants.
fn bind_udp(address: SocketAddr, receive_buffer_bytes: usize) -> io::Result<StdUdpSocket> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::DGRAM,
        Some(Protocol::UDP),
    )?;
    socket.set_nonblocking(true)?;
    socket.set_recv_buffer_size(receive_buffer_bytes)?;
    socket.bind(&address.into())?;
    Ok(socket.into())
}
