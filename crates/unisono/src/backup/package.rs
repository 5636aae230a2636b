//! What a backup is made of: a line that says what follows, then the database, all of it compressed.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Write};

use base::{Secret, Timestamp};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

/// The form of what follows.
const FORM: &str = "unisono-backup/1";
/// The first line is a few hundred bytes.
const LINE_BYTES_MAX: u64 = 4_096;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// What the first line says.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    form: String,
    /// When the database was as it is here.
    pub(super) made_at: Timestamp,
    /// Days that this backup may live.
    keep_days: u32,
    /// What opens the sealed columns, as 64 hexadecimal digits: without it the database is not whole.
    sealing_key: String,
    /// The length of the database.
    bytes: u64,
}

impl About {
    pub(super) fn new(
        made_at: Timestamp,
        keep_days: u32,
        key: &Secret<String>,
        bytes: u64,
    ) -> Self {
        Self {
            form: FORM.to_owned(),
            made_at,
            keep_days,
            sealing_key: key.expose().clone(),
            bytes,
        }
    }

    /// When this backup was to be gone.
    pub(super) fn over_at(&self) -> Timestamp {
        let span = i64::from(self.keep_days).saturating_mul(DAY_MS);
        Timestamp::from_unix_ms(self.made_at.unix_ms().saturating_add(span))
    }

    pub(super) fn sealing_key(&self) -> Secret<String> {
        Secret::new(self.sealing_key.clone())
    }
}

/// Writes a package.
pub(super) fn pack(about: &About, database: &mut File, to: impl Write) -> io::Result<()> {
    let mut packing = GzEncoder::new(to, Compression::default());
    serde_json::to_writer(&mut packing, about)?;
    packing.write_all(b"\n")?;
    io::copy(database, &mut packing)?;
    packing.finish()?.flush()
}

/// Reads a package and writes its database. An error says that it is not whole.
pub(super) fn unpack(
    from: impl Read,
    accept: impl FnOnce(&About) -> io::Result<File>,
) -> io::Result<About> {
    let mut packed = BufReader::new(GzDecoder::new(from));
    let mut line = String::new();
    (&mut packed).take(LINE_BYTES_MAX).read_line(&mut line)?;
    let about: About = serde_json::from_str(&line)?;
    if about.form != FORM {
        return Err(io::Error::from(io::ErrorKind::InvalidData));
    }
    let mut database = accept(&about)?;
    let written = io::copy(&mut packed, &mut database)?;
    if written != about.bytes {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
    }
    database.sync_all()?;
    Ok(about)
}
