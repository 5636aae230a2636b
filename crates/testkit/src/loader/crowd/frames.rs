//! Cutting server frames (RFC 6455, section 5) from bytes where they lie: nothing is copied but what a read tore.

const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;
const TEXT: u8 = 0x1;

/// What came in.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard<'a> {
    Text(&'a [u8]),
    Ping(&'a [u8]),
    Close,
    Other,
}

/// The first whole frame of `bytes`, and how long it is.
pub(super) fn first(bytes: &[u8]) -> Option<(Heard<'_>, usize)> {
    let (&kind, &length) = (bytes.first()?, bytes.get(1)?);
    let (begin, length): (usize, usize) = match length & 0x7f {
        126 => (
            4,
            usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?)),
        ),
        127 => {
            let length = u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?);
            (10, usize::try_from(length).ok()?)
        }
        length => (2, usize::from(length)),
    };
    let payload = bytes.get(begin..begin.checked_add(length)?)?;
    let heard = match kind & 0x0f {
        TEXT => Heard::Text(payload),
        PING => Heard::Ping(payload),
        CLOSE => Heard::Close,
        _ => Heard::Other,
    };
    Some((heard, begin + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_frame_waits_for_its_rest() {
        let stream = [0x81, 2, b'h', b'i', 0x89, 0, 0x88, 0];
        assert_eq!(first(&stream[..3]), None);
        assert_eq!(first(&stream), Some((Heard::Text(b"hi"), 4)));
        assert_eq!(first(&stream[4..]), Some((Heard::Ping(b""), 2)));
        assert_eq!(first(&stream[6..]), Some((Heard::Close, 2)));
    }

    #[test]
    fn long_frames_say_their_length_in_more_bytes() {
        let mut stream = vec![0x81, 126, 1, 44];
        stream.extend([b'x'; 300]);
        assert_eq!(first(&stream).map(|(_, length)| length), Some(304));
        let mut stream = vec![0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0];
        stream.extend(vec![b'x'; 65_536]);
        assert_eq!(first(&stream).map(|(_, length)| length), Some(65_546));
        let impossible = [0x81, 127, 255, 255, 255, 255, 255, 255, 255, 255];
        assert_eq!(first(&impossible), None);
    }
}
