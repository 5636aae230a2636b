//! Lets people paste anything: any text, or a known link with a few bytes changed.
//!
//! Whatever is recognised in it has an address that is recognised as the same, is a fixed point, and does not depend
//! on what is added for tracking. Nothing but the hosts of services leads anywhere.

#![no_main]

use libfuzzer_sys::fuzz_target;
use music::{Kind, Link, Platform, parse};

/// Their canonical addresses do not say in which album a track was.
const FORGETS_ALBUMS: [Platform; 3] = [Platform::Spotify, Platform::Tidal, Platform::AmazonMusic];

/// What people are known to paste, one a line, up to the first tab.
const KNOWN: &str = include_str!("../../crates/music/tests/data/links.tsv");

/// What is pasted. An input that begins with a byte that no text has changes a known line: a place and a byte each.
fn pasted(input: &[u8]) -> String {
    let [0xff, high, low, edits @ ..] = input else {
        return String::from_utf8_lossy(input).into_owned();
    };
    let number = usize::from(u16::from_be_bytes([*high, *low]));
    let lines: Vec<&str> = KNOWN.lines().collect();
    let cell = lines[number % lines.len()].split('\t').next();
    let mut text = cell.unwrap_or_default().as_bytes().to_vec();
    for edit in edits.chunks_exact(2) {
        if let Some(byte) = text.get_mut(usize::from(edit[0])) {
            *byte = edit[1];
        } else {
            text.push(edit[1]);
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

fn found(address: &str) -> Link {
    parse(address).unwrap_or_else(|reject| panic!("{address}: {reject}"))
}

fuzz_target!(|input: &[u8]| {
    let Ok(link) = parse(&pasted(input)) else {
        return;
    };
    let canonical = link.canonical();
    let again = found(&canonical);
    assert_eq!(again.canonical(), canonical);
    assert_eq!(
        (again.platform(), again.kind(), again.id()),
        (link.platform(), link.kind(), link.id())
    );
    assert_eq!(again.context().storefront, link.context().storefront);
    if !FORGETS_ALBUMS.contains(&link.platform()) {
        assert_eq!(again, link);
    }
    let joint = if canonical.contains('?') { '&' } else { '?' };
    assert_eq!(
        found(&format!("({canonical}{joint}si=1&utm_source=x#y).")),
        again
    );
    if let Some(uri) = link.app_uri() {
        assert_eq!(found(&uri).canonical(), canonical);
    }
    if link.kind() != Kind::Short {
        let parts = Link::new(
            link.platform(),
            link.kind(),
            link.id(),
            link.context().clone(),
        );
        let parts = parts.expect("the parts of a link make a link");
        assert_eq!((parts.id(), parts.context()), (link.id(), link.context()));
    }
});
