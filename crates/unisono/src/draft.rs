//! Files that are there whole or not at all, for their owner alone.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// A new file for its owner alone, which takes its place whole or not at all.
pub(crate) struct Draft {
    file: PathBuf,
    draft: PathBuf,
    open: fs::File,
}

impl Draft {
    /// Begins one that is written as `draft`; what a killed process has left there goes.
    pub(crate) fn begin(file: &Path, draft: PathBuf) -> io::Result<Self> {
        let _ = fs::remove_file(&draft);
        let open = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&draft)?;
        Ok(Self {
            file: file.to_owned(),
            draft,
            open,
        })
    }

    /// What is written so far, to write on.
    pub(crate) const fn open(&mut self) -> &mut fs::File {
        &mut self.open
    }

    /// The same with more in it.
    pub(crate) fn with(mut self, bytes: &[u8]) -> io::Result<Self> {
        self.open.write_all(bytes)?;
        Ok(self)
    }

    /// The same, so that what is in it survives a machine that stops.
    pub(crate) fn lasting(self) -> io::Result<Self> {
        self.open.sync_all()?;
        Ok(self)
    }

    /// It takes its place.
    pub(crate) fn finish(self) -> io::Result<()> {
        self.open.sync_all()?;
        fs::rename(&self.draft, &self.file)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // One that has taken its place is not here any more.
        let _ = fs::remove_file(&self.draft);
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_is_there_whole_or_not_at_all_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("copy.zip");
        let part = folder.path().join("copy.zip.part");
        fs::write(&part, "left by a killed process").unwrap();
        let begun = Draft::begin(&file, part.clone()).unwrap();
        let begun = begun.with(b"all of ").unwrap().lasting().unwrap();
        assert!(part.exists() && !file.exists());
        drop(begun);
        assert!(!part.exists() && !file.exists(), "given up");
        let begun = Draft::begin(&file, part.clone()).unwrap();
        let whole = begun.with(b"all of ").unwrap().with(b"it").unwrap();
        whole.finish().unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"all of it");
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(!part.exists());
    }
}
