//! The bytes of STUN (RFC 8489) and TURN (RFC 8656), read and written without copies.

pub(crate) mod attribute;
mod channel;
mod integrity;
mod message;
#[cfg(test)]
mod vectors;
mod writer;

pub(crate) use channel::{ChannelData, ChannelNumber, write_channel_data};
pub use channel::{Frame, MESSAGE_MAX, first_frame};
pub(crate) use integrity::{LongTermKey, hmac_sha1};
pub(crate) use message::{Class, Message, Method, TransactionId};
pub(crate) use writer::Writer;

/// The fixed value in every header (RFC 8489, section 5).
const COOKIE: u32 = 0x2112_A442;
/// Bytes before the first attribute.
const HEADER: usize = 20;
