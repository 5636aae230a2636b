//! Clients that come by TCP, because their network lets no datagrams out.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use relay::{Client, Frame, MESSAGE_MAX, Transport, first_frame};
use socket2::SockRef;
use tokio::io::Interest;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::engine::{Engine, State};

/// Connections at once.
const STREAMS_MAX: usize = 4096;
/// Connections at once from one address: a household's, or an office's behind one router.
const STREAMS_PER_ADDRESS_MAX: usize = 256;
/// What waits for a slow client; more is dropped, as a full link would.
const UNSENT_BYTES_MAX: usize = 64 * 1024;
/// How long a client may be silent. Permissions want renewal every 5 minutes.
const SILENCE_MAX: Duration = Duration::from_secs(15 * 60);
/// How long a client may take for its first message.
const FIRST_MESSAGE_WITHIN: Duration = Duration::from_secs(10);
/// Pause after a connection could not be accepted, which is when no file descriptor is left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// The way out to one client.
pub(super) struct Outlet {
    socket: Arc<TcpStream>,
    waiting: Vec<u8>,
    wake: Arc<Notify>,
}

impl Outlet {
    /// Sends `message` now or soon, and says whether there was room for it.
    pub(super) fn send(&mut self, message: &[u8]) -> bool {
        if self.waiting.len() + message.len() > UNSENT_BYTES_MAX {
            return false;
        }
        let written = if self.waiting.is_empty() {
            match SockRef::from(&*self.socket).send(message) {
                Ok(written) => written,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => 0,
                Err(_) => return false,
            }
        } else {
            0
        };
        if written < message.len() {
            self.waiting.extend_from_slice(&message[written..]);
            self.wake.notify_one();
        }
        true
    }

    /// Sends what waits, as far as the client takes it.
    fn flush(&mut self) -> io::Result<()> {
        while !self.waiting.is_empty() {
            match self.socket.try_write(&self.waiting) {
                Ok(written) => drop(self.waiting.drain(..written)),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// Takes connections, as many as there may be.
pub(super) async fn accept(engine: Arc<Engine>, listener: TcpListener, stop: CancellationToken) {
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((socket, address)) = accepted else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        // Sound must not wait for more sound; a failure only costs delay.
        let _ = socket.set_nodelay(true);
        let socket = Arc::new(socket);
        let wake = Arc::new(Notify::new());
        let outlet = Outlet {
            socket: Arc::clone(&socket),
            waiting: Vec::new(),
            wake: Arc::clone(&wake),
        };
        if enter(&mut engine.state(), address, outlet) {
            let connection = Connection {
                engine: Arc::clone(&engine),
                client: Client {
                    transport: Transport::Tcp,
                    address,
                },
                socket,
                wake,
                begun: Vec::new(),
                has_spoken: false,
            };
            engine.tasks.spawn(connection.run(stop.clone()));
        }
    }
}

/// Notes the way to a new client, if there is space for one.
fn enter(state: &mut State, address: SocketAddr, outlet: Outlet) -> bool {
    let from_there = state
        .ways
        .streams
        .keys()
        .filter(|other| other.ip() == address.ip())
        .count();
    if state.ways.streams.len() >= STREAMS_MAX || from_there >= STREAMS_PER_ADDRESS_MAX {
        return false;
    }
    state.ways.streams.insert(address, outlet);
    true
}

/// One client's connection.
struct Connection {
    engine: Arc<Engine>,
    client: Client,
    socket: Arc<TcpStream>,
    wake: Arc<Notify>,
    /// The start of a message whose end has not arrived.
    begun: Vec<u8>,
    has_spoken: bool,
}

/// Why a connection ends.
struct Over;

impl Connection {
    async fn run(mut self, stop: CancellationToken) {
        loop {
            let patience = if self.has_spoken {
                SILENCE_MAX
            } else {
                FIRST_MESSAGE_WITHIN
            };
            let step = tokio::select! {
                () = stop.cancelled() => Err(Over),
                () = self.wake.notified() => tokio::select! {
                    () = stop.cancelled() => Err(Over),
                    drained = self.drain() => drained,
                },
                ready = timeout(patience, self.socket.readable()) => match ready {
                    Ok(Ok(())) => self.read(),
                    _ => Err(Over),
                },
            };
            if step.is_err() {
                break;
            }
        }
        let mut state = self.engine.state();
        state.ways.streams.remove(&self.client.address);
        state.server.client_gone(self.client);
        state.close_ended();
    }

    /// Sends what waits, once the client takes more. What it says meanwhile waits too.
    async fn drain(&self) -> Result<(), Over> {
        loop {
            let ready = timeout(SILENCE_MAX, self.socket.ready(Interest::WRITABLE)).await;
            if !matches!(ready, Ok(Ok(_))) {
                return Err(Over);
            }
            let mut state = self.engine.state();
            let outlet = state
                .ways
                .streams
                .get_mut(&self.client.address)
                .ok_or(Over)?;
            outlet.flush().map_err(|_| Over)?;
            if outlet.waiting.is_empty() {
                return Ok(());
            }
        }
    }

    /// Takes what has arrived.
    fn read(&mut self) -> Result<(), Over> {
        let engine = Arc::clone(&self.engine);
        let mut state = engine.state();
        match self.socket.try_read(&mut state.buffer) {
            Ok(0) => return Err(Over),
            Ok(length) => self.begun.extend_from_slice(&state.buffer[..length]),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
            Err(_) => return Err(Over),
        }
        let now = engine.now();
        let mut at = 0;
        loop {
            match first_frame(&self.begun[at..]) {
                Frame::Whole(length) => {
                    let message = &self.begun[at..at + length];
                    engine.take_message(&mut state, self.client, message, now);
                    self.has_spoken = true;
                    at += length;
                }
                Frame::Partial => break,
                Frame::Broken => return Err(Over),
            }
        }
        self.begun.drain(..at);
        if self.begun.is_empty() && self.begun.capacity() > MESSAGE_MAX {
            self.begun = Vec::new();
        }
        Ok(())
    }
}
