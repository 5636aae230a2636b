//! Carries out what the state machine decides. One lock holds it, taken once for many packets.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base::{Clock, Entropy, Timestamp};
use relay::{AllocationId, Client, MESSAGE_MAX, Opening, Output, Server, Transport};
use socket2::SockRef;
use tokio::net::UdpSocket;
use tokio_util::task::TaskTracker;

use super::Settings;
use super::port::{self, Port};
use super::stream::Outlet;

/// Everything the relay's tasks share.
pub(super) struct Engine {
    pub(super) settings: Settings,
    pub(super) port: u16,
    pub(super) udp: UdpSocket,
    pub(super) tasks: TaskTracker,
    pub(super) entropy: Arc<dyn Entropy>,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

/// What changes with each packet.
pub(super) struct State {
    pub(super) server: Server,
    /// What is being read. Shared by all, since a packet is done with before the next is read.
    pub(super) buffer: Box<[u8]>,
    pub(super) ways: Ways,
}

/// The ways out, besides the socket that all UDP clients share.
#[derive(Default)]
pub(super) struct Ways {
    pub(super) streams: HashMap<SocketAddr, Outlet>,
    ports: HashMap<AllocationId, Port>,
    pub(super) unsent: u64,
}

impl Engine {
    pub(super) fn new(
        settings: Settings,
        port: u16,
        server: Server,
        udp: UdpSocket,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        tasks: TaskTracker,
    ) -> Self {
        Self {
            settings,
            port,
            udp,
            tasks,
            entropy,
            clock,
            state: Mutex::new(State {
                server,
                buffer: vec![0; MESSAGE_MAX].into_boxed_slice(),
                ways: Ways::default(),
            }),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Handles the first `length` bytes of the buffer, which `client` sent.
    pub(super) fn take(
        self: &Arc<Self>,
        state: &mut State,
        client: Client,
        length: usize,
        now: Timestamp,
    ) {
        let message = &state.buffer[..length];
        let output = state.server.on_client(client, message, now);
        let opening = state.ways.carry(&self.udp, output);
        self.follow_up(state, opening, now);
    }

    /// Handles `message`, which `client` sent and which is not in the buffer.
    pub(super) fn take_message(
        self: &Arc<Self>,
        state: &mut State,
        client: Client,
        message: &[u8],
        now: Timestamp,
    ) {
        let output = state.server.on_client(client, message, now);
        let opening = state.ways.carry(&self.udp, output);
        self.follow_up(state, opening, now);
    }

    /// Handles the first `length` bytes of the buffer, which arrived from `peer` at an allocation's port.
    pub(super) fn take_from_peer(
        self: &Arc<Self>,
        state: &mut State,
        id: AllocationId,
        peer: SocketAddr,
        length: usize,
        now: Timestamp,
    ) {
        let data = &state.buffer[..length];
        let output = state.server.on_peer(id, peer, data, now);
        let opening = state.ways.carry(&self.udp, output);
        self.follow_up(state, opening, now);
    }

    /// Opens the port that a packet asked for, and closes those that it ended.
    fn follow_up(
        self: &Arc<Self>,
        state: &mut State,
        opening: Option<Box<Opening>>,
        now: Timestamp,
    ) {
        if let Some(opening) = opening {
            let relayed = port::open(self, &opening).map(|(port, relayed)| {
                state.ways.ports.insert(opening.id, port);
                relayed
            });
            let output = state.server.opened(*opening, relayed, now);
            state.ways.carry(&self.udp, output);
        }
        state.close_ended();
    }
}

impl State {
    /// Closes the ports of the allocations that ended.
    pub(super) fn close_ended(&mut self) {
        for id in self.server.take_ended() {
            self.ways.ports.remove(&id);
        }
    }

    /// Closes everything.
    pub(super) fn close_all(&mut self) {
        self.ways.ports.clear();
        self.ways.streams.clear();
    }
}

impl Ways {
    /// Sends what is to be sent, and hands back what is to be opened.
    ///
    /// Sockets are written to without asking tokio whether they are ready: a datagram that finds no
    /// room is dropped, as on any other link.
    fn carry(&mut self, udp: &UdpSocket, output: Output<'_>) -> Option<Box<Opening>> {
        let is_sent = match output {
            Output::Nothing => true,
            Output::Open(opening) => return Some(opening),
            Output::ToClient { client, message } => match client.transport {
                Transport::Udp => {
                    let address = client.address.into();
                    SockRef::from(udp).send_to(message, &address).is_ok()
                }
                Transport::Tcp => self
                    .streams
                    .get_mut(&client.address)
                    .is_some_and(|outlet| outlet.send(message)),
            },
            Output::ToPeer { from, peer, data } => self
                .ports
                .get(&from)
                .is_some_and(|port| port.send(data, peer)),
        };
        self.unsent += u64::from(!is_sent);
        None
    }
}
