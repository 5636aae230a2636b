//! ChannelData (RFC 8656, section 12.4), and where one message ends and the next begins on a TCP stream.

use super::HEADER;

/// Bytes before the data of a ChannelData message.
const CHANNEL_HEADER: usize = 4;

/// The longest message there is here: more than any path carries unbroken, less than any length field.
pub const MESSAGE_MAX: usize = 16 * 1024;

/// A number that stands for a peer on one allocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ChannelNumber(u16);

impl ChannelNumber {
    /// Takes numbers up to 0x7FFF, as RFC 5766 allowed and older clients still use.
    pub(crate) const fn new(number: u16) -> Option<Self> {
        match number {
            0x4000..=0x7FFF => Some(Self(number)),
            _ => None,
        }
    }
}

/// A message on a channel.
pub(crate) struct ChannelData<'a> {
    pub(crate) number: ChannelNumber,
    pub(crate) data: &'a [u8],
}

impl<'a> ChannelData<'a> {
    /// Reads `bytes`; padding behind the data is allowed.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        let (&[n0, n1, l0, l1], rest) = bytes.split_first_chunk::<CHANNEL_HEADER>()?;
        let length = usize::from(u16::from_be_bytes([l0, l1]));
        Some(Self {
            number: ChannelNumber::new(u16::from_be_bytes([n0, n1]))?,
            data: rest.get(..length)?,
        })
    }
}

/// Writes `data` for channel `number` into `buffer`, padded to four bytes where `padded`.
pub(crate) fn write_channel_data<'a>(
    buffer: &'a mut Vec<u8>,
    number: ChannelNumber,
    data: &[u8],
    padded: bool,
) -> &'a [u8] {
    let length = u16::try_from(data.len()).expect("data fits a datagram");
    buffer.clear();
    buffer.extend_from_slice(&number.0.to_be_bytes());
    buffer.extend_from_slice(&length.to_be_bytes());
    buffer.extend_from_slice(data);
    if padded {
        buffer.resize(buffer.len().next_multiple_of(4), 0);
    }
    buffer
}

/// What a TCP stream begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// A message of this many bytes, padding included.
    Whole(usize),
    /// A message that has not arrived completely.
    Partial,
    /// Neither STUN nor ChannelData, or longer than [`MESSAGE_MAX`]: the stream has lost its way.
    Broken,
}

/// Finds the end of the first message in `stream` (RFC 8656, section 12.5; RFC 8489, section 6.2.2).
#[must_use]
pub fn first_frame(stream: &[u8]) -> Frame {
    let Some(&[first, _, l0, l1]) = stream.first_chunk() else {
        return Frame::Partial;
    };
    let length = usize::from(u16::from_be_bytes([l0, l1]));
    let whole = match first {
        0x00..=0x3F if length % 4 == 0 => HEADER + length,
        0x40..=0x7F => CHANNEL_HEADER + length.next_multiple_of(4),
        _ => return Frame::Broken,
    };
    match whole {
        _ if whole > MESSAGE_MAX => Frame::Broken,
        _ if whole > stream.len() => Frame::Partial,
        _ => Frame::Whole(whole),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_stream_is_cut_where_messages_end() {
        assert_eq!(first_frame(&[]), Frame::Partial);
        assert_eq!(first_frame(&[0x40, 0, 0, 1, 9]), Frame::Partial);
        assert_eq!(
            first_frame(&[0x40, 0, 0, 1, 9, 0, 0, 0, 7]),
            Frame::Whole(8)
        );
        assert_eq!(first_frame(&[0x40, 0, 0, 0, 7]), Frame::Whole(4));
        assert_eq!(first_frame(&[0; 21]), Frame::Whole(20));
        assert_eq!(first_frame(&[0, 1, 0, 3]), Frame::Broken);
        assert_eq!(first_frame(b"GET / HTTP/1.1"), Frame::Broken);
        assert_eq!(first_frame(&[0x40, 0, 0xff, 0xff]), Frame::Broken);
        assert_eq!(first_frame(&[0x80, 0, 0, 0]), Frame::Broken);
    }

    proptest! {
        #[test]
        fn channel_data_reads_back_as_written(
            number in 0x4000u16..0x8000,
            data in proptest::collection::vec(any::<u8>(), 0..300),
            padded: bool,
        ) {
            let mut buffer = Vec::new();
            let number = ChannelNumber::new(number).unwrap();
            let written = write_channel_data(&mut buffer, number, &data, padded);
            let read = ChannelData::read(written).unwrap();
            prop_assert_eq!(read.number, number);
            prop_assert_eq!(read.data, &data);
            if padded {
                prop_assert_eq!(first_frame(written), Frame::Whole(written.len()));
            }
        }
    }
}
