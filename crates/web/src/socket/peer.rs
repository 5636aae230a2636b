//! The other end of a socket: what it says, what it is told, and how it is left.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use app::Outbox;
use hyper::upgrade::Upgraded;
use protocol::frame::{Fault, Frame, Heard, Reader};
use protocol::room::CommandId;
use protocol::{BadMessage, ClientMessage, ErrorCode, Failure, MESSAGE_BYTES_MAX, ServerMessage};
use sync::TimeRequest;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::time::timeout;

use super::close;
use super::wires::{Reading, apart};

/// How long a peer may take nothing of what we send. One that does not read is cut off.
pub(super) const SEND_WITHIN: Duration = Duration::from_secs(10);
/// How long a peer may take to answer our Close.
const CLOSE_WAIT: Duration = Duration::from_secs(2);
/// One read: a message of usual length, or several that came together.
const READ_BYTES: usize = 4096;

/// The peer is gone, or reads so slowly that it may as well be.
pub(super) struct Lost;

/// What a peer said.
pub(super) enum Said {
    /// A message, or why it is none.
    Message(Result<ClientMessage, Unread>),
    /// A question for the time.
    Time(TimeRequest),
    /// A question whether we are here, with the answer to it.
    Ping(Frame),
    /// A sign of life, or a part of a message.
    Nothing,
    /// It takes its leave.
    Close(Option<u16>),
    /// It does not speak the protocol: with what we close.
    Fault(u16, &'static str),
    /// It is gone without a word.
    Gone,
}

/// What was said and is no message.
pub(super) struct Unread {
    pub(super) why: Failure,
    /// The command that it was to be, if it was to be one.
    pub(super) command: Option<CommandId>,
}

/// The other end of a socket.
pub(super) struct Peer {
    reading: Reading,
    reader: Reader,
    outbox: Arc<Outbox>,
}

impl Peer {
    pub(super) fn new(upgraded: Upgraded) -> Self {
        let (came, reading, wire) = apart(upgraded);
        let mut reader = Reader::new(MESSAGE_BYTES_MAX);
        reader.push(&came);
        Self {
            reading,
            reader,
            outbox: Arc::new(Outbox::new(wire)),
        }
    }

    pub(super) const fn outbox(&self) -> &Arc<Outbox> {
        &self.outbox
    }

    /// What the peer says next.
    pub(super) async fn hear(&mut self) -> Said {
        loop {
            if let Some(said) = self.said() {
                return said;
            }
            if !self.more().await {
                return Said::Gone;
            }
        }
    }

    /// What the peer has said already, one at a time.
    pub(super) fn said(&mut self) -> Option<Said> {
        match self.reader.next() {
            Ok(heard) => heard.as_ref().map(understood),
            Err(fault) => Some(broken(fault)),
        }
    }

    /// Waits for bytes; false when no more will come.
    pub(super) async fn more(&mut self) -> bool {
        let reader = &mut self.reader;
        came(&mut self.reading, |bytes| reader.push(bytes)).await
    }

    /// Sends `frame` after all that waits, without waiting for the peer.
    pub(super) fn say(&self, frame: Frame) -> Result<(), Lost> {
        self.outbox.say(frame).map_err(|_| Lost)
    }

    /// Waits until the peer has taken all that waits for it.
    pub(super) async fn wait_until_out(&mut self) -> Result<(), Lost> {
        timeout(SEND_WITHIN, self.outbox.out())
            .await
            .map_err(|_| Lost)
    }

    /// Answers the peer's own Close.
    pub(super) async fn part(self, code: Option<u16>) {
        let frame = Frame::close(code.unwrap_or(close::NORMAL), "");
        if self.outbox.say_last(frame).is_ok() {
            let _ = timeout(CLOSE_WAIT, self.outbox.out()).await;
        }
    }

    /// Says goodbye and waits a moment for the answer, so that the code is not lost in a reset.
    pub(super) async fn close(mut self, code: u16, reason: &str) {
        let said = self.outbox.say_last(Frame::close(code, reason));
        if said.is_err() || self.wait_until_out().await.is_err() {
            return;
        }
        let _ = timeout(CLOSE_WAIT, self.pass_over()).await;
    }

    /// Until the peer takes its leave.
    async fn pass_over(&mut self) {
        loop {
            match self.hear().await {
                Said::Close(_) | Said::Gone => return,
                // Nothing after this can be read.
                Said::Fault(..) => break,
                _ => {}
            }
        }
        while came(&mut self.reading, |_| {}).await {}
    }
}

/// The room may know of the socket a little longer.
impl Drop for Peer {
    fn drop(&mut self) {
        self.outbox.close();
    }
}

pub(super) fn invalid(message: &str) -> Failure {
    Failure::new(ErrorCode::Invalid, message)
}

pub(super) fn error_frame(failure: Failure) -> Frame {
    Frame::text(&ServerMessage::Error(failure))
}

fn understood(heard: &Heard<'_>) -> Said {
    match *heard {
        Heard::Text(text) => Said::Message(parsed(text)),
        Heard::Binary(bytes) => match TimeRequest::parse(bytes) {
            Ok(question) => Said::Time(question),
            Err(_) => Said::Message(Err(Unread {
                why: invalid("not a time frame"),
                command: None,
            })),
        },
        Heard::Ping(payload) => Said::Ping(Frame::pong(payload)),
        Heard::Pong | Heard::Part => Said::Nothing,
        Heard::Close(code) => Said::Close(code),
    }
}

fn parsed(text: &str) -> Result<ClientMessage, Unread> {
    ClientMessage::parse(text).map_err(|error| Unread {
        why: match error {
            BadMessage::Version(_) => Failure::new(ErrorCode::Version, error.to_string()),
            _ => invalid(&error.to_string()),
        },
        command: ClientMessage::command_in(text),
    })
}

fn broken(fault: Fault) -> Said {
    match fault {
        Fault::Malformed(reason) => Said::Fault(close::PROTOCOL, reason),
        Fault::NotText => Said::Fault(close::NOT_TEXT, "a text is UTF-8"),
        Fault::TooBig => Said::Fault(close::TOO_BIG, "a message has at most 64 KiB"),
    }
}

/// Waits for bytes and lets `take` have them; false when no more will come.
async fn came(reading: &mut Reading, mut take: impl FnMut(&[u8])) -> bool {
    poll_fn(|context| poll_came(reading, context, &mut take)).await
}

/// The room to read into is there for a moment only: an idle socket needs none.
fn poll_came(
    reading: &mut Reading,
    context: &mut Context<'_>,
    take: &mut impl FnMut(&[u8]),
) -> Poll<bool> {
    let mut room = [0; READ_BYTES];
    let mut buffer = ReadBuf::new(&mut room);
    let is_read = ready!(Pin::new(reading).poll_read(context, &mut buffer)).is_ok();
    let bytes = buffer.filled();
    take(bytes);
    Poll::Ready(is_read && !bytes.is_empty())
}
