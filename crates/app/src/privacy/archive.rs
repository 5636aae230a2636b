//! A ZIP archive in memory (PKWARE's APPNOTE 6.3.10): deflated files, no encryption, no ZIP64.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// The longest archive: sizes are written in 32 bits.
const BYTES_MAX: usize = u32::MAX as usize;
/// The most files: their number is written in 16 bits.
const FILES_MAX: usize = u16::MAX as usize;
/// Version 2.0 of the format, which has deflation.
const VERSION: u16 = 20;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
const DEFLATED: u16 = 8;
/// 1980-01-01, the first day that the format knows: what is in a copy says itself when it was made.
const DATE: u16 = (1 << 5) | 1;

/// More than the format holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the copy is too large for one archive")]
pub(crate) struct TooLarge;

/// An archive that is being written.
#[derive(Default)]
pub(crate) struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    files: usize,
}

impl Archive {
    /// Adds a file. Names are plain and lead nowhere.
    pub(crate) fn add(&mut self, name: &str, content: &[u8]) -> Result<(), TooLarge> {
        let deflated = deflate(content);
        let offset = self.bytes.len();
        let is_small = |size: usize| size < BYTES_MAX / 2;
        if !(is_small(offset + deflated.len()) && is_small(content.len()))
            || self.files == FILES_MAX
        {
            return Err(TooLarge);
        }
        let mut crc = Crc::new();
        crc.update(content);
        let mut about = Vec::with_capacity(26);
        for half in [VERSION, FLAGS, DEFLATED, 0, DATE] {
            about.extend(half.to_le_bytes());
        }
        for word in [crc.sum(), short(deflated.len()), short(content.len())] {
            about.extend(word.to_le_bytes());
        }
        about.extend((name.len() as u16).to_le_bytes());
        about.extend(0_u16.to_le_bytes());
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&about);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(deflated);
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(VERSION.to_le_bytes());
        self.directory.extend(&about);
        // No comment, first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(short(offset).to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.files += 1;
        Ok(())
    }

    /// The whole archive.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        let (offset, length) = (self.bytes.len(), self.directory.len());
        self.bytes.append(&mut self.directory);
        self.bytes.extend(b"PK\x05\x06");
        self.bytes.extend([0; 4]);
        for _ in 0..2 {
            self.bytes.extend((self.files as u16).to_le_bytes());
        }
        self.bytes.extend(short(length).to_le_bytes());
        self.bytes.extend(short(offset).to_le_bytes());
        self.bytes.extend([0; 2]);
        self.bytes
    }
}

/// A size that was checked against the bounds above.
const fn short(size: usize) -> u32 {
    size as u32
}

fn deflate(content: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(content);
    written
        .and_then(|()| encoder.finish())
        .expect("writing into memory does not fail")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::DeflateDecoder;

    use super::*;

    fn number(bytes: &[u8]) -> usize {
        bytes
            .iter()
            .rev()
            .fold(0, |sum, byte| (sum << 8) | usize::from(*byte))
    }

    #[test]
    fn what_was_put_in_comes_out_by_the_directory_at_the_end() {
        let mut archive = Archive::default();
        let files = [
            ("data/rooms.jsonl", "{}\n".repeat(100)),
            ("ключ.txt", String::new()),
        ];
        for (name, content) in &files {
            archive.add(name, content.as_bytes()).unwrap();
        }
        let bytes = archive.finish();
        let end = &bytes[bytes.len() - 22..];
        assert_eq!(
            (&end[..4], number(&end[10..12])),
            (b"PK\x05\x06".as_slice(), 2)
        );
        let mut entry = &bytes[number(&end[16..20])..];
        for (name, content) in &files {
            assert_eq!(&entry[..4], b"PK\x01\x02");
            let [deflated, size] = [number(&entry[20..24]), number(&entry[24..28])];
            let [name_length, offset] = [number(&entry[28..30]), number(&entry[42..46])];
            assert_eq!(&entry[46..46 + name_length], name.as_bytes());
            let start = offset + 30 + name_length;
            let mut text = String::new();
            let mut decoder = DeflateDecoder::new(&bytes[start..start + deflated]);
            decoder.read_to_string(&mut text).unwrap();
            assert_eq!((&text, text.len()), (content, size));
            entry = &entry[46 + name_length..];
        }
    }
}
