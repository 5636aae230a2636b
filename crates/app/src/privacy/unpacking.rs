//! Reads a ZIP archive that somebody brings (PKWARE's APPNOTE 6.3.10): within bounds, and only the files that are asked for.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::Crc;
use flate2::read::DeflateDecoder;

/// Files in an archive: a copy has one for each table and picture.
const FILES_MAX: usize = 4_096;
/// What all that is read may unfold to, in bytes. An archive that claims more is not looked into.
const UNFOLDED_MAX: usize = 32 * 1024 * 1024;
/// What one file may unfold to, in bytes.
const FILE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// The directory's end has 22 bytes, and a comment of at most 65,535.
const END_BYTES: usize = 22;
const COMMENT_MAX: usize = 65_535;
const ENTRY_BYTES: usize = 46;
const HEADER_BYTES: usize = 30;
const STORED: usize = 0;
const DEFLATED: usize = 8;

/// An archive that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadArchive {
    /// It is something else.
    #[error("this is no archive")]
    NoArchive,
    /// Its end is missing, or something in it is not as it says itself.
    #[error("the archive is not whole")]
    Damaged,
    /// It unfolds to more than any copy has.
    #[error("the archive unfolds to too much")]
    TooLarge,
}

/// The files of an archive.
pub(crate) struct Files<'a> {
    bytes: &'a [u8],
    entries: BTreeMap<&'a [u8], Entry>,
    /// What may still be unfolded, in bytes.
    left: usize,
}

#[derive(Clone, Copy)]
struct Entry {
    method: usize,
    crc: usize,
    packed: usize,
    size: usize,
    offset: usize,
}

impl<'a> Files<'a> {
    /// Reads the directory.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, BadArchive> {
        let end = end_of(bytes).ok_or_else(|| match bytes.starts_with(b"PK") {
            true => BadArchive::Damaged,
            false => BadArchive::NoArchive,
        })?;
        let [count, offset] = [number(end, 10, 2)?, number(end, 16, 4)?];
        if count > FILES_MAX {
            return Err(BadArchive::TooLarge);
        }
        let mut directory = bytes.get(offset..).ok_or(BadArchive::Damaged)?;
        let mut entries = BTreeMap::new();
        for _ in 0..count {
            let (name, entry, rest) = next_entry(directory)?;
            if entries.insert(name, entry).is_some() {
                return Err(BadArchive::Damaged);
            }
            directory = rest;
        }
        let claimed = entries.values().map(|entry| entry.size).sum::<usize>();
        if claimed > UNFOLDED_MAX {
            return Err(BadArchive::TooLarge);
        }
        Ok(Self {
            bytes,
            entries,
            left: UNFOLDED_MAX,
        })
    }

    /// The content of a file; none when there is no such file.
    pub(crate) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, BadArchive> {
        let Some(entry) = self.entries.get(name.as_bytes()) else {
            return Ok(None);
        };
        if entry.size > FILE_BYTES_MAX.min(self.left) {
            return Err(BadArchive::TooLarge);
        }
        self.left -= entry.size;
        let packed = self.packed(entry).ok_or(BadArchive::Damaged)?;
        let mut content = Vec::new();
        // One byte more than it claims shows that it lies, and is where unfolding ends.
        let most = entry.size as u64 + 1;
        let unfolded = match entry.method {
            STORED => packed.take(most).read_to_end(&mut content),
            DEFLATED => DeflateDecoder::new(packed)
                .take(most)
                .read_to_end(&mut content),
            _ => return Err(BadArchive::Damaged),
        };
        let mut crc = Crc::new();
        crc.update(&content);
        match unfolded {
            Ok(size) if size == entry.size && crc.sum() as usize == entry.crc => Ok(Some(content)),
            _ => Err(BadArchive::Damaged),
        }
    }

    fn packed(&self, entry: &Entry) -> Option<&'a [u8]> {
        let header = self.bytes.get(entry.offset..)?;
        let header = header.strip_prefix(b"PK\x03\x04").and(Some(header))?;
        let names = number(header, 26, 2).ok()? + number(header, 28, 2).ok()?;
        let start = HEADER_BYTES + names;
        header.get(start..start.checked_add(entry.packed)?)
    }
}

/// The end of the directory, which is the end of the archive.
fn end_of(bytes: &[u8]) -> Option<&[u8]> {
    let last = bytes.len().checked_sub(END_BYTES)?;
    let first = last.saturating_sub(COMMENT_MAX);
    (first..=last).rev().find_map(|place| {
        let end = &bytes[place..];
        let is_end = end.starts_with(b"PK\x05\x06")
            && number(end, 20, 2).ok() == Some(end.len() - END_BYTES);
        is_end.then_some(end)
    })
}

/// The name of the directory's next file, where it is, and the rest of the directory.
fn next_entry(directory: &[u8]) -> Result<(&[u8], Entry, &[u8]), BadArchive> {
    if !directory.starts_with(b"PK\x01\x02") {
        return Err(BadArchive::Damaged);
    }
    let at = |place, length| number(directory, place, length);
    let [name, extra, comment] = [at(28, 2)?, at(30, 2)?, at(32, 2)?];
    let entry = Entry {
        method: at(10, 2)?,
        crc: at(16, 4)?,
        packed: at(20, 4)?,
        size: at(24, 4)?,
        offset: at(42, 4)?,
    };
    let name_end = ENTRY_BYTES + name;
    let named = directory.get(ENTRY_BYTES..name_end);
    let rest = directory.get(name_end + extra + comment..);
    match (named, rest) {
        (Some(name), Some(rest)) => Ok((name, entry, rest)),
        _ => Err(BadArchive::Damaged),
    }
}

/// A number of two or four bytes, the lowest first.
fn number(bytes: &[u8], place: usize, length: usize) -> Result<usize, BadArchive> {
    let bytes = bytes
        .get(place..place + length)
        .ok_or(BadArchive::Damaged)?;
    let bytes = bytes.iter().rev();
    Ok(bytes.fold(0, |sum, byte| (sum << 8) | usize::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::super::archive::Archive;
    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = Archive::default();
        for (name, content) in files {
            archive.add(name, content).unwrap();
        }
        archive.finish()
    }

    fn read(bytes: &[u8], name: &str) -> Result<Option<Vec<u8>>, BadArchive> {
        Files::open(bytes)?.read(name)
    }

    #[test]
    fn what_was_packed_is_read_and_a_comment_is_in_nobodys_way() {
        let lines = b"{}\n".repeat(1_000);
        let mut bytes = archive(&[("data/a.jsonl", &lines), ("empty", b"")]);
        assert_eq!(read(&bytes, "data/a.jsonl"), Ok(Some(lines)));
        assert_eq!(read(&bytes, "empty"), Ok(Some(Vec::new())));
        assert_eq!(read(&bytes, "data/b.jsonl"), Ok(None));
        let length = bytes.len();
        bytes[length - 2] = 3;
        bytes.extend(b"abc");
        assert_eq!(read(&bytes, "empty"), Ok(Some(Vec::new())));
    }

    #[test]
    fn half_an_archive_is_not_read_wherever_it_ends() {
        let whole = archive(&[("a", b"some words"), ("b", b"more words")]);
        for length in 0..whole.len() {
            let bad = Files::open(&whole[..length]).err();
            let expected = match length {
                0 | 1 => BadArchive::NoArchive,
                _ => BadArchive::Damaged,
            };
            assert_eq!(bad, Some(expected), "{length}");
        }
    }

    #[test]
    fn a_byte_that_was_changed_is_noticed() {
        let whole = archive(&[("a", b"some words that are long enough to be packed")]);
        for place in HEADER_BYTES + 1..whole.len() - END_BYTES {
            let mut damaged = whole.clone();
            damaged[place] ^= 0x5a;
            // Versions, dates and attributes say nothing of the content.
            let content = read(&damaged, "a");
            let is_same = content == read(&whole, "a");
            assert!(is_same || !matches!(content, Ok(Some(_))), "{place}");
        }
        assert_eq!(
            Files::open(b"no archive at all, but long").err(),
            Some(BadArchive::NoArchive)
        );
    }

    /// What is claimed is looked at first; who claims less than there is, is not unfolded further than they claim.
    #[test]
    fn a_bomb_is_not_unfolded() {
        let zeros = vec![0; FILE_BYTES_MAX + 1];
        assert_eq!(
            read(&archive(&[("a", &zeros)]), "a"),
            Err(BadArchive::TooLarge)
        );
        let half = &zeros[..FILE_BYTES_MAX - 1];
        let many = archive(&[("a", half), ("b", half), ("c", half)]);
        assert_eq!(Files::open(&many).err(), Some(BadArchive::TooLarge));
        let mut lies = archive(&[("a", half)]);
        let size = lies.len() - END_BYTES - 1 - ENTRY_BYTES + 24;
        lies[size..size + 4].copy_from_slice(&10_u32.to_le_bytes());
        assert_eq!(read(&lies, "a"), Err(BadArchive::Damaged));
        let mut crowd = Archive::default();
        for number in 0..=FILES_MAX {
            crowd.add(&number.to_string(), b"").unwrap();
        }
        assert_eq!(
            Files::open(&crowd.finish()).err(),
            Some(BadArchive::TooLarge)
        );
    }
}
