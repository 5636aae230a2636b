//! Cutting a client's frames from the stream of its bytes, wherever the stream was torn.

use std::ops::Range;

use super::{
    BINARY, CLOSE, CONTINUATION, CONTROL_BYTES_MAX, FIRST_CONTROL, LAST, LENGTH_16, LENGTH_64,
    PING, PONG, TEXT,
};

const RESERVED: u8 = 0x70;
const KIND: u8 = 0x0f;
const MASKED: u8 = 0x80;
const MASK_BYTES: usize = 4;

/// What came of one frame.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard<'a> {
    /// A whole message, as text.
    Text(&'a str),
    /// A whole message of bytes.
    Binary(&'a [u8]),
    /// A part of a message that goes on in the next frame.
    Part,
    /// A question whether we are still there; the answer carries the same.
    Ping(&'a [u8]),
    /// The answer to ours, or a sign of life.
    Pong,
    /// The client's last frame, with its code if it has one.
    Close(Option<u16>),
}

/// Why a stream cannot be read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// This is not how the protocol is spoken.
    #[error("{0}")]
    Malformed(&'static str),
    /// A text is not UTF-8.
    #[error("a text is not UTF-8")]
    NotText,
    /// A message is longer than the reader takes.
    #[error("a message is too long")]
    TooBig,
}

/// Takes bytes in, gives frames out. It holds nothing while it waits for the first byte of a message.
#[derive(Debug)]
pub struct Reader {
    message_bytes_max: usize,
    /// What came, from `begin` on not told yet.
    held: Vec<u8>,
    begin: usize,
    /// The parts of a message so far.
    parts: Vec<u8>,
    /// What those parts are, while another is awaited.
    awaited: Option<Kind>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Binary,
}

/// What comes before a frame's payload.
struct Head {
    is_last: bool,
    kind: u8,
    mask: [u8; MASK_BYTES],
    bytes: usize,
    payload_bytes: usize,
}

impl Reader {
    /// A reader of messages that have at most `message_bytes_max` bytes.
    #[must_use]
    pub const fn new(message_bytes_max: usize) -> Self {
        Self {
            message_bytes_max,
            held: Vec::new(),
            begin: 0,
            parts: Vec::new(),
            awaited: None,
        }
    }

    /// Takes what came in.
    pub fn push(&mut self, bytes: &[u8]) {
        self.forget_told();
        self.held.drain(..self.begin);
        self.begin = 0;
        self.held.extend_from_slice(bytes);
    }

    /// The next frame that is whole. A stream with a fault has none after it.
    #[expect(
        clippy::should_implement_trait,
        reason = "what is given borrows from the reader"
    )]
    pub fn next(&mut self) -> Result<Option<Heard<'_>>, Fault> {
        self.forget_told();
        let Some(head) = Head::read(&self.held[self.begin..])? else {
            return Ok(None);
        };
        self.check(&head)?;
        let Some(payload) = self.unmask(&head) else {
            return Ok(None);
        };
        match (head.kind, head.is_last) {
            (CLOSE, _) => code(&self.held[payload]).map(|code| Some(Heard::Close(code))),
            (PING, _) => Ok(Some(Heard::Ping(&self.held[payload]))),
            (PONG, _) => Ok(Some(Heard::Pong)),
            (TEXT, true) => text(&self.held[payload]).map(Some),
            (BINARY, true) => Ok(Some(Heard::Binary(&self.held[payload]))),
            (kind, is_last) => {
                self.parts.extend_from_slice(&self.held[payload]);
                self.awaited = Kind::of(kind).or(self.awaited);
                if !is_last {
                    return Ok(Some(Heard::Part));
                }
                match self.awaited.take() {
                    Some(Kind::Text) => text(&self.parts).map(Some),
                    _ => Ok(Some(Heard::Binary(&self.parts))),
                }
            }
        }
    }

    /// Bytes that there is room for.
    #[cfg(test)]
    pub(super) fn capacity(&self) -> usize {
        self.held.capacity() + self.parts.capacity()
    }

    /// Lets go of what was told, so that a client that says nothing costs nothing.
    fn forget_told(&mut self) {
        if self.begin == self.held.len() {
            self.held = Vec::new();
            self.begin = 0;
        }
        if self.awaited.is_none() {
            self.parts = Vec::new();
        }
    }

    /// Whether a frame may come now (section 5.4), and is not too long.
    fn check(&self, head: &Head) -> Result<(), Fault> {
        if head.kind >= FIRST_CONTROL {
            return head.check_control();
        }
        match (head.kind, self.awaited) {
            (CONTINUATION, None) => return Err(Fault::Malformed("no message goes on here")),
            (TEXT | BINARY, Some(_)) => return Err(Fault::Malformed("another message goes on")),
            (CONTINUATION | TEXT | BINARY, _) => {}
            _ => return Err(Fault::Malformed("there is no such frame")),
        }
        let left = self.message_bytes_max - self.parts.len();
        if head.payload_bytes > left {
            return Err(Fault::TooBig);
        }
        Ok(())
    }

    /// Where the payload lies, readable now; `None` while some of it is on its way.
    fn unmask(&mut self, head: &Head) -> Option<Range<usize>> {
        let begin = self.begin + head.bytes;
        let end = begin + head.payload_bytes;
        let payload = self.held.get_mut(begin..end)?;
        for some in payload.chunks_mut(MASK_BYTES) {
            for (byte, mask) in some.iter_mut().zip(head.mask) {
                *byte ^= mask;
            }
        }
        self.begin = end;
        Some(begin..end)
    }
}

impl Head {
    /// The head at the front of `bytes`; `None` while some of it is on its way.
    fn read(bytes: &[u8]) -> Result<Option<Self>, Fault> {
        let &[first, second, ref rest @ ..] = bytes else {
            return Ok(None);
        };
        if first & RESERVED != 0 {
            return Err(Fault::Malformed("no extension was agreed on"));
        }
        if second & MASKED == 0 {
            return Err(Fault::Malformed("a client masks what it says"));
        }
        let field = match second & !MASKED {
            LENGTH_16 => rest
                .first_chunk()
                .map(|bytes| (2, u64::from(u16::from_be_bytes(*bytes)))),
            LENGTH_64 => rest
                .first_chunk()
                .map(|bytes| (8, u64::from_be_bytes(*bytes))),
            length => Some((0, u64::from(length))),
        };
        let Some((field_bytes, length)) = field else {
            return Ok(None);
        };
        let Some(mask) = rest[field_bytes..].first_chunk() else {
            return Ok(None);
        };
        Ok(Some(Self {
            is_last: first & LAST != 0,
            kind: first & KIND,
            mask: *mask,
            bytes: 2 + field_bytes + MASK_BYTES,
            payload_bytes: usize::try_from(length).map_err(|_| Fault::TooBig)?,
        }))
    }

    fn check_control(&self) -> Result<(), Fault> {
        if !matches!(self.kind, CLOSE | PING | PONG) {
            return Err(Fault::Malformed("there is no such frame"));
        }
        if !self.is_last || self.payload_bytes > CONTROL_BYTES_MAX {
            return Err(Fault::Malformed("a control frame is short and whole"));
        }
        Ok(())
    }
}

impl Kind {
    const fn of(kind: u8) -> Option<Self> {
        match kind {
            TEXT => Some(Self::Text),
            BINARY => Some(Self::Binary),
            _ => None,
        }
    }
}

fn text(payload: &[u8]) -> Result<Heard<'_>, Fault> {
    std::str::from_utf8(payload)
        .map(Heard::Text)
        .map_err(|_| Fault::NotText)
}

/// The code that a Close begins with (section 5.5.1).
fn code(payload: &[u8]) -> Result<Option<u16>, Fault> {
    match payload {
        [] => Ok(None),
        [_] => Err(Fault::Malformed("half a close code")),
        [high, low, ..] => Ok(Some(u16::from_be_bytes([*high, *low]))),
    }
}
