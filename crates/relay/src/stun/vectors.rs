//! The test vectors of RFC 5769, plus what must hold for any bytes.

use std::net::SocketAddr;

use proptest::prelude::*;

use super::attribute::{self, Masked};
use super::*;

/// Section 2.1, a request with short-term credentials.
const REQUEST: &str = "
    00010058 2112a442 b7e7a701 bc34d686 fa87dfae 80220010 5354554e 20746573 7420636c 69656e74
    00240004 6e0001ff 80290008 932ff9b1 51263b36 00060009 6576746a 3a683676 59202020 00080014
    9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2 80280004 e57a3bcf";
/// Section 2.2, an answer with an IPv4 address.
const ANSWER_V4: &str = "
    0101003c 2112a442 b7e7a701 bc34d686 fa87dfae 8022000b 74657374 20766563 746f7220 00200008
    0001a147 e112a643 00080014 2b91f599 fd9e90c3 8c7489f9 2af9ba53 f06be7d7 80280004 c07d4c96";
/// Section 2.3, an answer with an IPv6 address.
const ANSWER_V6: &str = "
    01010048 2112a442 b7e7a701 bc34d686 fa87dfae 8022000b 74657374 20766563 746f7220 00200014
    0002a147 0113a9fa a5d3f179 bc25f4b5 bed2b9d9 00080014 a382954e 4be67bf1 1784c97c 8292c275
    bfe3ed41 80280004 c8fb0b4c";
/// Section 2.4, a request with long-term credentials.
const LONG_TERM: &str = "
    00010060 2112a442 78ad3433 c6ad72c0 29da412e 00060012 e3839ee3 8388e383 aae38383 e382afe3
    82b90000 0015001c 662f2f34 39396b39 35346436 4f4c3334 6f4c3946 53547679 36347341 0014000b
    6578616d 706c652e 6f726700 00080014 f6702465 6dd64a3e 02b8e071 2e85c9a2 8ca89666";

const PASSWORD: &[u8] = b"VOkJxbRl1RmTxUk/WvJxBt";
const SOFTWARE: u16 = 0x8022;

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn mapped(message: &Message) -> Option<SocketAddr> {
    Masked::read(
        message.value(attribute::XOR_MAPPED_ADDRESS)?,
        message.transaction,
    )
}

#[test]
fn the_sample_request_is_signed_and_whole() {
    let bytes = bytes(REQUEST);
    let message = Message::read(&bytes).unwrap();
    assert_eq!(
        (message.class, message.method),
        (Class::Request, Method::Binding)
    );
    assert_eq!(message.text(attribute::USERNAME), Some("evtj:h6vY"));
    assert!(message.is_signed_with(PASSWORD));
    assert!(!message.is_signed_with(b"another"));
}

#[test]
fn the_sample_answers_are_signed_and_name_the_address() {
    for (hex, address) in [
        (ANSWER_V4, "192.0.2.1:32853"),
        (ANSWER_V6, "[2001:db8:1234:5678:11:2233:4455:6677]:32853"),
    ] {
        let bytes = bytes(hex);
        let message = Message::read(&bytes).unwrap();
        assert_eq!(message.class, Class::Success);
        assert_eq!(message.text(SOFTWARE), Some("test vector"));
        assert_eq!(mapped(&message), Some(address.parse().unwrap()));
        assert!(message.is_signed_with(PASSWORD));
    }
}

/// The sample pads with spaces and we with zeros, so only what does not depend on padding can be equal.
#[test]
fn the_sample_answers_are_built_up_to_the_padding() {
    for (hex, address) in [
        (ANSWER_V4, "192.0.2.1:32853"),
        (ANSWER_V6, "[2001:db8:1234:5678:11:2233:4455:6677]:32853"),
    ] {
        let sample = bytes(hex);
        let transaction = Message::read(&sample).unwrap().transaction;
        let mut buffer = Vec::new();
        let built = Writer::new(&mut buffer, Class::Success, Method::Binding, transaction)
            .value(SOFTWARE, b"test vector")
            .address(attribute::XOR_MAPPED_ADDRESS, address.parse().unwrap())
            .sign(PASSWORD)
            .fingerprint()
            .finish();
        let signed_at = built.len() - 32;
        assert_eq!(built[..35], sample[..35]);
        assert_eq!(built[36..signed_at + 4], sample[36..signed_at + 4]);
        assert!(Message::read(built).unwrap().is_signed_with(PASSWORD));
    }
}

/// The password is given after SASLprep, as the section says it is used.
#[test]
fn the_long_term_request_is_signed_and_built_to_the_byte() {
    let sample = bytes(LONG_TERM);
    let message = Message::read(&sample).unwrap();
    let username = message.text(attribute::USERNAME).unwrap();
    let realm = message.text(attribute::REALM).unwrap();
    let key = LongTermKey::new(username, realm, "TheMatrIX");
    assert!(message.is_signed_with(key.as_bytes()));

    let mut buffer = Vec::new();
    let built = Writer::new(
        &mut buffer,
        Class::Request,
        Method::Binding,
        message.transaction,
    )
    .value(attribute::USERNAME, username.as_bytes())
    .value(attribute::NONCE, message.value(attribute::NONCE).unwrap())
    .value(attribute::REALM, realm.as_bytes())
    .sign(key.as_bytes())
    .finish();
    assert_eq!(built, sample);
}

#[test]
fn a_changed_byte_breaks_the_fingerprint() {
    let sample = bytes(REQUEST);
    let fingerprint_at = sample.len() - 8;
    for at in 0..fingerprint_at {
        let mut changed = sample.clone();
        changed[at] ^= 1;
        let read = Message::read(&changed);
        assert!(
            read.is_none() || !read.unwrap().is_signed_with(PASSWORD),
            "byte {at}"
        );
    }
}

#[test]
fn what_follows_the_signature_is_not_part_of_the_message() {
    let mut buffer = Vec::new();
    let written = Writer::new(
        &mut buffer,
        Class::Request,
        Method::Refresh,
        TransactionId([7; 12]),
    )
    .sign(b"key")
    .number(attribute::LIFETIME, 600)
    .finish();
    let message = Message::read(written).unwrap();
    assert!(message.is_signed());
    assert_eq!(message.number(attribute::LIFETIME), None);
}

proptest! {
    #[test]
    fn reading_any_bytes_never_panics(mut bytes in proptest::collection::vec(any::<u8>(), 0..200), whole: bool) {
        if whole && bytes.len() >= HEADER {
            let length = u16::try_from(bytes.len() - HEADER).unwrap().to_be_bytes();
            bytes[0] = 0;
            bytes[1] = 3;
            bytes[2..4].copy_from_slice(&length);
            bytes[4..8].copy_from_slice(&COOKIE.to_be_bytes());
        }
        if let Some(message) = Message::read(&bytes) {
            prop_assert!(message.attributes().count() <= bytes.len() / 4);
            prop_assert!(message.peers().count() <= bytes.len() / 4);
            prop_assert!(!message.is_signed_with(b"key"));
        }
        let _ = ChannelData::read(&bytes);
        let _ = first_frame(&bytes);
    }

    #[test]
    fn addresses_read_back_as_written(v6: bool, bits: u128, port: u16, id: [u8; 12]) {
        let transaction = TransactionId(id);
        let address: SocketAddr = if v6 {
            (std::net::Ipv6Addr::from_bits(bits), port).into()
        } else {
            (std::net::Ipv4Addr::from_bits((bits & 0xffff_ffff) as u32), port).into()
        };
        let masked = Masked::new(address, transaction);
        prop_assert_eq!(Masked::read(masked.as_bytes(), transaction), Some(address));
    }
}
