//! The folder of backups: what lies in it, by which names, and how it is taken out again.

use std::fs::{self, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use base::Timestamp;
use privacy::rfc3339;

use super::NoBackup;
use crate::draft::Draft;

/// The ledger of erasures, beside the backups.
pub(super) const LEDGER: &str = "erasures.ledger";
const DATA_END: &str = ".backup.age";
const KEY_END: &str = ".key.age";
const PART_END: &str = ".part";
const START: &str = "unisono-";

/// One backup: its data, and the key of its day. Neither is worth anything without the other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    /// When it was made.
    pub(super) made_at: Timestamp,
    pub(super) data: PathBuf,
    pub(super) key: PathBuf,
}

impl Pair {
    /// The pair that is made at `now`: `unisono-20261122T030000Z`.
    pub(super) fn new(folder: &Path, now: Timestamp) -> Self {
        let stamp: String = rfc3339(now)
            .chars()
            .filter(|it| !['-', ':'].contains(it))
            .collect();
        Self {
            made_at: Timestamp::from_unix_ms(now.unix_s() * 1_000),
            data: folder.join(format!("{START}{stamp}{DATA_END}")),
            key: folder.join(format!("{START}{stamp}{KEY_END}")),
        }
    }

    /// Both files, what opens the other first.
    pub(super) const fn files(&self) -> [&PathBuf; 2] {
        [&self.key, &self.data]
    }

    /// The key that belongs to a file of data.
    pub(super) fn key_of(data: &Path) -> PathBuf {
        let name = data.file_name().unwrap_or_default().to_string_lossy();
        let name = name.strip_suffix(DATA_END).unwrap_or(&name).to_owned();
        data.with_file_name(name + KEY_END)
    }
}

/// Every backup of the folder, the oldest first. A key without data counts: it is destroyed in its time.
pub(super) fn pairs(folder: &Path) -> io::Result<Vec<Pair>> {
    let mut pairs = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let stamp = name.strip_suffix(DATA_END).or(name.strip_suffix(KEY_END));
        if let Some(made_at) = stamp.and_then(moment) {
            pairs.push(Pair::new(folder, made_at));
        }
    }
    pairs.sort();
    pairs.dedup();
    Ok(pairs)
}

/// The moment in a name.
fn moment(stamp: &str) -> Option<Timestamp> {
    let digits = stamp.strip_prefix(START)?;
    let read = chrono::NaiveDateTime::parse_from_str(digits, "%Y%m%dT%H%M%SZ").ok()?;
    Some(Timestamp::from_unix_ms(read.and_utc().timestamp_millis()))
}

/// Every half of a backup that was never made whole.
pub(super) fn parts(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut parts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(START) && name.ends_with(PART_END) {
            parts.push(file);
        }
    }
    Ok(parts)
}

/// Where a file is written before it takes its place.
pub(super) fn draft_of(file: &Path) -> PathBuf {
    file.with_extension(&PART_END[1..])
}

/// A new file for its owner alone, which takes its place whole or not at all.
pub(super) fn begin(file: &Path) -> Result<Draft, NoBackup> {
    Draft::begin_anew(file, draft_of(file)).map_err(|error| unusable(file, error))
}

/// Writes a new file for its owner alone, whole or not at all.
pub(super) fn put(
    file: &Path,
    write: impl FnOnce(&mut fs::File) -> Result<(), NoBackup>,
) -> Result<(), NoBackup> {
    let mut draft = begin(file)?;
    write(draft.open())?;
    draft.finish().map_err(|error| unusable(file, error))
}

/// Takes a file away after writing over it, so that what it held is not in the free space of the disk. What a disk does
/// below that is its own matter.
pub(super) fn destroy(file: &Path) -> io::Result<()> {
    let opened = match OpenOptions::new().write(true).open(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        opened => opened,
    };
    let mut open = opened?;
    let mut left = open.metadata()?.len();
    open.seek(SeekFrom::Start(0))?;
    let zeros = [0; 64 * 1024];
    while left > 0 {
        let part = usize::try_from(left).map_or(zeros.len(), |left| left.min(zeros.len()));
        open.write_all(&zeros[..part])?;
        left -= part as u64;
    }
    open.sync_all()?;
    fs::remove_file(file)
}

pub(super) fn unusable(file: &Path, error: io::Error) -> NoBackup {
    NoBackup::File {
        file: file.to_owned(),
        error,
    }
}
