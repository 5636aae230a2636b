//! WebSocket frames (RFC 6455, section 5): ours are written once for however many are sent them, a client's are cut
//! from the stream of its bytes.
//!
//! No extension is spoken, so a frame holds what was said as it is.

mod reader;

use std::sync::Arc;

use crate::ServerMessage;

pub use reader::{Fault, Heard, Reader};

const LAST: u8 = 0x80;
const CONTINUATION: u8 = 0x0;
const TEXT: u8 = 0x1;
const BINARY: u8 = 0x2;
const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;
const PONG: u8 = 0xa;
/// A frame of a kind from here on is about the connection.
const FIRST_CONTROL: u8 = 0x8;
/// Lengths that stand for a longer field of 2 or 8 bytes.
const LENGTH_16: u8 = 126;
const LENGTH_64: u8 = 127;
/// The most that a control frame carries.
const CONTROL_BYTES_MAX: usize = 125;
/// The longest head of a frame that is not masked.
const HEAD_BYTES_MAX: usize = 10;
/// Room for a candidate, the most frequent message, so that its text is not moved while it grows.
const TEXT_BYTES_USUAL: usize = 512;

/// One whole frame of the server's, head and all. A clone shares its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame(Arc<[u8]>);

impl Frame {
    /// A message, as JSON.
    #[must_use]
    pub fn text(message: &ServerMessage) -> Self {
        Self::new(TEXT, TEXT_BYTES_USUAL, |payload| {
            serde_json::to_writer(payload, message)
                .expect("messages have text keys and no failing parts");
        })
    }

    /// Bytes, such as the answer to a question for the time.
    #[must_use]
    pub fn binary(payload: &[u8]) -> Self {
        Self::of_bytes(BINARY, payload)
    }

    /// A question whether the client is still there.
    #[must_use]
    pub fn ping() -> Self {
        Self::of_bytes(PING, &[])
    }

    /// The answer to a client's ping, which carried `payload`.
    #[must_use]
    pub fn pong(payload: &[u8]) -> Self {
        Self::of_bytes(PONG, payload)
    }

    /// The last frame, with its code (section 7.4) and a short reason.
    #[must_use]
    pub fn close(code: u16, reason: &str) -> Self {
        Self::of_bytes(CLOSE, &[&code.to_be_bytes(), reason.as_bytes()].concat())
    }

    /// All bytes of the frame, in the order in which they are sent.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    fn of_bytes(kind: u8, payload: &[u8]) -> Self {
        let is_control = kind >= FIRST_CONTROL;
        assert!(
            !is_control || payload.len() <= CONTROL_BYTES_MAX,
            "all control frames of ours are short"
        );
        Self::new(kind, payload.len(), |bytes| {
            bytes.extend_from_slice(payload);
        })
    }

    /// What `write` puts behind room for the head, which is as long as the payload asks.
    fn new(kind: u8, bytes_usual: usize, write: impl FnOnce(&mut Vec<u8>)) -> Self {
        let mut bytes = Vec::with_capacity(HEAD_BYTES_MAX + bytes_usual);
        bytes.extend_from_slice(&[0; HEAD_BYTES_MAX]);
        write(&mut bytes);
        let length = bytes.len() - HEAD_BYTES_MAX;
        let mut head = vec![LAST | kind];
        match (u8::try_from(length), u16::try_from(length)) {
            (Ok(short), _) if short < LENGTH_16 => head.push(short),
            (_, Ok(middle)) => {
                head.push(LENGTH_16);
                head.extend_from_slice(&middle.to_be_bytes());
            }
            _ => {
                head.push(LENGTH_64);
                head.extend_from_slice(&(length as u64).to_be_bytes());
            }
        }
        let begin = HEAD_BYTES_MAX - head.len();
        bytes[begin..HEAD_BYTES_MAX].copy_from_slice(&head);
        Self(Arc::from(&bytes[begin..]))
    }
}

#[cfg(test)]
mod tests;
