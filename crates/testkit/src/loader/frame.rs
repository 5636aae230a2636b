//! As much of the WebSocket framing (RFC 6455, section 5) as a loader and a forwarder need.

/// Text of up to this many bytes has a length of two bytes; loads never send more.
const TEXT_BYTES_MAX: usize = u16::MAX as usize;
const TEXT: u8 = 0x1;
const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;
const PONG: u8 = 0xa;
const FINAL: u8 = 0x80;
const MASKED: u8 = 0x80;

/// What came in.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Incoming {
    Text(String),
    Ping(Vec<u8>),
    Close,
    /// Nothing that concerns a loader.
    Other,
}

/// A client's text frame. Its mask is zero, which spares the loader, not the server, the masking.
pub(super) fn text(text: &str) -> Vec<u8> {
    masked(TEXT, text.as_bytes())
}

/// The answer to a ping.
pub(super) fn pong(payload: &[u8]) -> Vec<u8> {
    masked(PONG, payload)
}

fn masked(kind: u8, payload: &[u8]) -> Vec<u8> {
    assert!(payload.len() <= TEXT_BYTES_MAX, "loads send short messages");
    let mut frame = Vec::with_capacity(payload.len() + 8);
    frame.push(FINAL | kind);
    match u8::try_from(payload.len()) {
        Ok(length) if length < 126 => frame.push(MASKED | length),
        _ => {
            frame.push(MASKED | 126);
            let length = u16::try_from(payload.len()).expect("checked above");
            frame.extend_from_slice(&length.to_be_bytes());
        }
    }
    frame.extend_from_slice(&[0; 4]);
    frame.extend_from_slice(payload);
    frame
}

/// Cuts the first whole frame of a client from `held` and turns it into the server's: the same without its mask.
pub(super) fn forwarded(held: &mut Vec<u8>) -> Option<Vec<u8>> {
    let (&first, &second) = (held.first()?, held.get(1)?);
    let (mask_begin, length) = match second & !MASKED {
        126 => {
            let bytes = held.get(2..4)?;
            (4, usize::from(u16::from_be_bytes([bytes[0], bytes[1]])))
        }
        length => (2, usize::from(length)),
    };
    let begin = mask_begin + 4;
    let mask: [u8; 4] = held.get(mask_begin..begin)?.try_into().ok()?;
    let payload = held.get(begin..begin + length)?;
    let mut frame = Vec::with_capacity(mask_begin + length);
    frame.extend([first, second & !MASKED]);
    frame.extend_from_slice(&held[2..mask_begin]);
    frame.extend(
        payload
            .iter()
            .zip(mask.iter().cycle())
            .map(|(byte, mask)| byte ^ mask),
    );
    held.drain(..begin + length);
    Some(frame)
}

/// Cuts frames from a stream of bytes.
#[derive(Debug, Default)]
pub(super) struct Reader {
    held: Vec<u8>,
}

impl Reader {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.held.extend_from_slice(bytes);
    }

    /// The next whole frame; servers don't mask.
    pub(super) fn next(&mut self) -> Option<Incoming> {
        let (&first, &second) = (self.held.first()?, self.held.get(1)?);
        let (begin, length) = match second & !MASKED {
            126 => {
                let bytes = self.held.get(2..4)?;
                (4, usize::from(u16::from_be_bytes([bytes[0], bytes[1]])))
            }
            127 => {
                let bytes: [u8; 8] = self.held.get(2..10)?.try_into().ok()?;
                (10, usize::try_from(u64::from_be_bytes(bytes)).ok()?)
            }
            length => (2, usize::from(length)),
        };
        let payload = self.held.get(begin..begin + length)?;
        let incoming = match first & 0x0f {
            TEXT => Incoming::Text(String::from_utf8_lossy(payload).into_owned()),
            PING => Incoming::Ping(payload.to_vec()),
            CLOSE => Incoming::Close,
            _ => Incoming::Other,
        };
        self.held.drain(..begin + length);
        if self.held.is_empty() {
            // Thousands of idle readers keep nothing.
            self.held = Vec::new();
        }
        Some(incoming)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_cut_wherever_the_stream_was_torn() {
        let long = "x".repeat(300);
        let mut stream = vec![0x81, 2, b'h', b'i', 0x89, 1, b'!'];
        stream.extend_from_slice(&[0x81, 126, 1, 44]);
        stream.extend_from_slice(long.as_bytes());
        stream.extend_from_slice(&[0x88, 0]);
        let mut reader = Reader::default();
        let mut found = Vec::new();
        for byte in stream {
            reader.push(&[byte]);
            found.extend(reader.next());
        }
        let expected = [
            Incoming::Text("hi".to_owned()),
            Incoming::Ping(vec![b'!']),
            Incoming::Text(long),
            Incoming::Close,
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_forwarded_frame_is_whole_and_without_its_mask() {
        let mut held = vec![0x81, 0x82, 1, 2, 3, 4, b'h' ^ 1];
        assert_eq!(forwarded(&mut held), None);
        held.extend([b'i' ^ 2, 0x81]);
        assert_eq!(forwarded(&mut held), Some(vec![0x81, 2, b'h', b'i']));
        assert_eq!(held, [0x81]);
        let long = "y".repeat(200);
        let mut reader = Reader::default();
        reader.push(&forwarded(&mut text(&long)).unwrap());
        assert_eq!(reader.next(), Some(Incoming::Text(long)));
    }

    #[test]
    fn a_client_masks_and_says_the_length() {
        assert_eq!(text("ab"), [0x81, 0x82, 0, 0, 0, 0, b'a', b'b']);
        assert_eq!(text(&"y".repeat(200))[..4], [0x81, 0xfe, 0, 200]);
    }
}
