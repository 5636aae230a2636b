//! One socket of the crowd: its upgrade, what it still has to send, and what a read tore.

use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;

use mio::net::TcpStream;

use super::frames::{self, Heard};
use crate::loader::{LoadError, frame};

const HEAD_END: &[u8] = b"\r\n\r\n";

/// How far a socket has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The answer to the upgrade is awaited.
    Upgrading,
    /// It talks, but is not in its room yet.
    Greeting,
    Seated,
    /// The server closed it.
    Lost,
}

/// What to do about a frame.
pub(super) enum Reply {
    Nothing,
    Say(String),
}

pub(super) struct Socket {
    pub(super) stream: TcpStream,
    pub(super) room: usize,
    pub(super) number: usize,
    pub(super) stage: Stage,
    /// It does not read any more.
    pub(super) is_deaf: bool,
    /// Messages of the room that it has heard.
    pub(super) heard: usize,
    held: Vec<u8>,
    unsent: Vec<u8>,
}

impl Socket {
    pub(super) fn connect(
        address: SocketAddr,
        room: usize,
        number: usize,
    ) -> Result<Self, LoadError> {
        let stream = std::net::TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        Ok(Self {
            stream: TcpStream::from_std(stream),
            room,
            number,
            stage: Stage::Upgrading,
            is_deaf: false,
            heard: 0,
            held: Vec::new(),
            unsent: Vec::new(),
        })
    }

    /// Asks for the upgrade (RFC 6455, section 4.1).
    pub(super) fn upgrade(&mut self, address: SocketAddr, path: &str) -> Result<(), LoadError> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
        );
        self.send(request.as_bytes())
    }

    pub(super) fn say(&mut self, text: &str) -> Result<(), LoadError> {
        self.send(&frame::text(text))
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), LoadError> {
        self.unsent.extend_from_slice(bytes);
        self.flush()
    }

    /// Sends what the kernel takes; the rest waits for the next call.
    pub(super) fn flush(&mut self) -> Result<(), LoadError> {
        while !self.unsent.is_empty() {
            match self.stream.write(&self.unsent) {
                Ok(count) => drop(self.unsent.drain(..count)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(_) => {
                    self.stage = Stage::Lost;
                    self.unsent.clear();
                }
            }
        }
        Ok(())
    }

    pub(super) fn is_blocked(&self) -> bool {
        !self.unsent.is_empty()
    }

    /// Reads all there is, and lets `hear` see each text. `buffer` is shared by all sockets.
    pub(super) fn read(
        &mut self,
        buffer: &mut [u8],
        mut hear: impl FnMut(&mut Stage, &mut usize, &[u8]) -> Result<Reply, LoadError>,
    ) -> Result<(), LoadError> {
        loop {
            let count = match self.stream.read(buffer) {
                Ok(0) => {
                    self.stage = Stage::Lost;
                    return Ok(());
                }
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(_) => {
                    self.stage = Stage::Lost;
                    return Ok(());
                }
            };
            let torn = std::mem::take(&mut self.held);
            let joined;
            let bytes = if torn.is_empty() {
                &buffer[..count]
            } else {
                joined = [torn.as_slice(), &buffer[..count]].concat();
                joined.as_slice()
            };
            let used = self.take(bytes, &mut hear)?;
            self.held.extend_from_slice(&bytes[used..]);
            if count < buffer.len() {
                return Ok(());
            }
        }
    }

    /// Goes through whole frames; returns how many bytes those were.
    fn take(
        &mut self,
        bytes: &[u8],
        hear: &mut impl FnMut(&mut Stage, &mut usize, &[u8]) -> Result<Reply, LoadError>,
    ) -> Result<usize, LoadError> {
        let mut used = 0;
        if self.stage == Stage::Upgrading {
            let Some(head) = bytes.windows(4).position(|bytes| bytes == HEAD_END) else {
                return Ok(0);
            };
            if !bytes.starts_with(b"HTTP/1.1 101 ") {
                let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
                return Err(LoadError::Unexpected(text));
            }
            used = head + HEAD_END.len();
            self.stage = Stage::Greeting;
            // An empty text stands for the upgrade itself.
            if let Reply::Say(text) = hear(&mut self.stage, &mut self.heard, b"")? {
                self.say(&text)?;
            }
        }
        while let Some((heard, length)) = frames::first(&bytes[used..]) {
            used += length;
            match heard {
                Heard::Text(text) => {
                    if let Reply::Say(text) = hear(&mut self.stage, &mut self.heard, text)? {
                        self.say(&text)?;
                    }
                }
                Heard::Ping(payload) => {
                    let pong = frame::pong(payload);
                    self.send(&pong)?;
                }
                Heard::Close => self.stage = Stage::Lost,
                Heard::Other => {}
            }
        }
        Ok(used)
    }
}
