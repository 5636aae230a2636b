//! Lets a client send any bytes: the first says how often the stream is torn, the rest is the stream.
//!
//! However it is torn, the same is heard, nothing panics, and no message is longer than the bound.

#![no_main]

use libfuzzer_sys::fuzz_target;
use protocol::frame::{Heard, Reader};

const BOUND: usize = 1000;

/// What is heard until the first fault, which is part of it.
fn told(reader: &mut Reader, into: &mut Vec<String>) -> bool {
    loop {
        match reader.next() {
            Ok(Some(heard)) => {
                if let Heard::Text(text) = heard {
                    assert!(text.len() <= BOUND);
                }
                into.push(format!("{heard:?}"));
            }
            Ok(None) => return true,
            Err(fault) => {
                into.push(format!("{fault:?}"));
                return false;
            }
        }
    }
}

fuzz_target!(|input: &[u8]| {
    let Some((&first, stream)) = input.split_first() else {
        return;
    };
    let mut at_once = Vec::new();
    let mut reader = Reader::new(BOUND);
    reader.push(stream);
    told(&mut reader, &mut at_once);
    let mut torn = Vec::new();
    let mut reader = Reader::new(BOUND);
    for some in stream.chunks(usize::from(first).max(1)) {
        reader.push(some);
        if !told(&mut reader, &mut torn) {
            break;
        }
    }
    assert_eq!(torn, at_once);
});
