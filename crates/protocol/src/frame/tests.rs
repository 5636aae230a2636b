use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::{ErrorCode, Failure};

const BOUND: usize = 1000;

/// A client's frame.
fn masked(first: u8, payload: &[u8], mask: [u8; 4]) -> Vec<u8> {
    let mut frame = vec![first];
    match payload.len() {
        length @ ..126 => frame.push(0x80 | u8::try_from(length).unwrap()),
        length @ ..65_536 => {
            frame.push(0x80 | 126);
            frame.extend_from_slice(&u16::try_from(length).unwrap().to_be_bytes());
        }
        length => {
            frame.push(0x80 | 127);
            frame.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }
    frame.extend_from_slice(&mask);
    let masks = mask.iter().cycle();
    frame.extend(payload.iter().zip(masks).map(|(byte, mask)| byte ^ mask));
    frame
}

fn plain(first: u8, payload: &[u8]) -> Vec<u8> {
    masked(first, payload, [1, 2, 3, 4])
}

/// Everything that `reader` has to tell, up to its first fault.
fn told(reader: &mut Reader) -> Vec<String> {
    let mut told = Vec::new();
    loop {
        match reader.next() {
            Ok(Some(heard)) => told.push(format!("{heard:?}")),
            Ok(None) => return told,
            Err(fault) => {
                told.push(format!("{fault:?}"));
                return told;
            }
        }
    }
}

fn read(bytes: &[u8]) -> Vec<String> {
    let mut reader = Reader::new(BOUND);
    reader.push(bytes);
    told(&mut reader)
}

#[test]
fn our_frames_say_their_length_in_as_few_bytes_as_they_can() {
    for (length, head) in [
        (0, vec![0x82, 0]),
        (125, vec![0x82, 125]),
        (126, vec![0x82, 126, 0, 126]),
        (65_535, vec![0x82, 126, 255, 255]),
        (65_536, vec![0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]),
    ] {
        let payload = vec![7; length];
        let frame = Frame::binary(&payload);
        assert_eq!(frame.as_bytes(), [head, payload].concat());
    }
}

#[test]
fn a_message_is_one_text_frame() {
    let failure = Failure::new(ErrorCode::Busy, "come later");
    let message = ServerMessage::Error(failure);
    let json = serde_json::to_vec(&message).unwrap();
    let frame = Frame::text(&message);
    assert_eq!(frame.as_bytes()[0], 0x81);
    assert!(frame.as_bytes().ends_with(&json));
}

#[test]
fn control_frames_carry_what_they_are_for() {
    assert_eq!(Frame::ping().as_bytes(), [0x89, 0]);
    assert_eq!(Frame::pong(b"!").as_bytes(), [0x8a, 1, b'!']);
    assert_eq!(Frame::close(1012, "x").as_bytes(), [0x88, 3, 3, 0xf4, b'x']);
}

#[test]
fn messages_come_out_as_they_were_said() {
    let long = "é".repeat(400);
    let stream = [
        plain(0x81, b"hi"),
        plain(0x82, &[0, 255]),
        plain(0x81, long.as_bytes()),
        plain(0x89, b"?"),
        plain(0x8a, b""),
        plain(0x88, &[3, 232]),
    ];
    let expected = [
        r#"Text("hi")"#.to_owned(),
        "Binary([0, 255])".to_owned(),
        format!("Text({long:?})"),
        "Ping([63])".to_owned(),
        "Pong".to_owned(),
        "Close(Some(1000))".to_owned(),
    ];
    assert_eq!(read(&stream.concat()), expected);
}

#[test]
fn a_message_in_parts_is_put_together_around_a_ping() {
    let stream = [
        plain(0x01, "h\u{e9}".as_bytes().split_at(2).0),
        plain(0x89, b""),
        plain(0x80, "h\u{e9}".as_bytes().split_at(2).1),
        plain(0x81, b"next"),
    ];
    let expected = ["Part", "Ping([])", "Text(\"h\u{e9}\")", r#"Text("next")"#];
    assert_eq!(read(&stream.concat()), expected);
}

#[test]
fn what_breaks_the_rules_ends_the_stream() {
    let malformed = |reason: &str| vec![format!("Malformed({reason:?})")];
    let unmasked = [0x81, 1, b'x', 0, 0, 0, 0, 0];
    assert_eq!(read(&unmasked), malformed("a client masks what it says"));
    for (frame, reason) in [
        (plain(0xc1, b"x"), "no extension was agreed on"),
        (plain(0x80, b"x"), "no message goes on here"),
        (plain(0x83, b"x"), "there is no such frame"),
        (plain(0x8b, b"x"), "there is no such frame"),
        (plain(0x09, b"x"), "a control frame is short and whole"),
        (plain(0x89, &[0; 126]), "a control frame is short and whole"),
        (plain(0x88, &[3]), "half a close code"),
    ] {
        assert_eq!(read(&frame), malformed(reason), "{frame:?}");
    }
    let torn = [plain(0x01, b"x"), plain(0x81, b"y")].concat();
    assert_eq!(read(&torn)[1..], malformed("another message goes on"));
    assert_eq!(read(&plain(0x81, &[0xff])), ["NotText"]);
}

#[test]
fn a_message_over_the_bound_is_refused_by_its_length_alone() {
    assert_eq!(read(&plain(0x81, &[b'x'; BOUND])).len(), 1);
    let longer = plain(0x81, &[b'x'; BOUND + 1]);
    assert_eq!(read(&longer[..8]), ["TooBig"]);
    let endless = [
        0x81, 0xff, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0,
    ];
    assert_eq!(read(&endless), ["TooBig"]);
    let parts = [plain(0x01, &[b'x'; BOUND]), plain(0x80, b"x")].concat();
    assert_eq!(read(&parts), ["Part", "TooBig"]);
}

#[test]
fn who_says_nothing_costs_nothing() {
    let mut reader = Reader::new(BOUND);
    let said = [plain(0x01, b"x"), plain(0x80, b"y"), plain(0x81, b"z")];
    reader.push(&said.concat());
    assert_eq!(told(&mut reader).len(), 3);
    assert_eq!(reader.capacity(), 0);
}

proptest! {
    /// However a stream is torn, the same is heard.
    #[test]
    fn where_the_stream_is_torn_makes_no_difference(
        frames in vec((0_u8..16, any::<bool>(), vec(any::<u8>(), 0..200), any::<[u8; 4]>()), 0..8),
        tears in vec(1_usize..40, 1..20),
    ) {
        let stream: Vec<u8> = frames
            .iter()
            .flat_map(|(kind, is_last, payload, mask)| {
                masked(kind | u8::from(*is_last) << 7, payload, *mask)
            })
            .collect();
        let at_once = read(&stream);
        let mut reader = Reader::new(BOUND);
        let mut found = Vec::new();
        let mut rest = stream.as_slice();
        for tear in tears.iter().cycle() {
            let is_broken = found.last().is_some_and(|last: &String| {
                last.starts_with("Malformed") || last == "NotText" || last == "TooBig"
            });
            if rest.is_empty() || is_broken {
                break;
            }
            let (some, more) = rest.split_at((*tear).min(rest.len()));
            reader.push(some);
            found.extend(told(&mut reader));
            rest = more;
        }
        prop_assert_eq!(found, at_once);
    }

    /// Nothing that comes makes the reader hold more than one message and what was pushed at once.
    #[test]
    fn what_is_held_is_bounded(chunks in vec(vec(any::<u8>(), 0..300), 0..30)) {
        let mut reader = Reader::new(BOUND);
        for chunk in chunks {
            reader.push(&chunk);
            let is_broken = told(&mut reader).last().is_some_and(|last| {
                last.starts_with("Malformed") || last == "NotText" || last == "TooBig"
            });
            if is_broken {
                break;
            }
            // A buffer that grows has up to twice the room that it needs.
            prop_assert!(reader.capacity() <= 2 * (BOUND + HEAD_BYTES_MAX + 4 + BOUND) + 300);
        }
    }
}
