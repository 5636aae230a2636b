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
    /// Whether it stays where it was written when this goes.
    stays: bool,
}

impl Draft {
    /// Begins one that is written as `draft`, where nothing may lie.
    pub(crate) fn begin(file: &Path, draft: PathBuf) -> io::Result<Self> {
        Ok(Self {
            open: create(&draft)?,
            file: file.to_owned(),
            draft,
            stays: false,
        })
    }

    /// Begins one in a folder of ours; what a killed process has left as `draft` goes.
    pub(crate) fn begin_anew(file: &Path, draft: PathBuf) -> io::Result<Self> {
        let _ = fs::remove_file(&draft);
        Self::begin(file, draft)
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

    /// It takes its place, and that of what is there.
    pub(crate) fn finish(self) -> io::Result<()> {
        self.open.sync_all()?;
        fs::rename(&self.draft, &self.file)
    }

    /// It takes its place if nothing is there. If it cannot, it stays where it was written: nothing else has it any more.
    pub(crate) fn settle(mut self) -> Result<(), Unsettled> {
        self.stays = true;
        let settled = self.open.sync_all();
        let settled = settled
            .and_then(|()| put_new(&self.draft, &self.file, |from, to| fs::hard_link(from, to)));
        settled.map_err(|error| Unsettled {
            draft: self.draft.clone(),
            error,
        })?;
        self.stays = false;
        Ok(())
    }
}

/// A draft that is whole and could not take its place.
#[derive(Debug)]
pub(crate) struct Unsettled {
    /// Where it lies.
    pub(crate) draft: PathBuf,
    /// What the system said.
    pub(crate) error: io::Error,
}

/// A new file for its owner alone. One that is there is left as it is.
fn create(file: &Path) -> io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    options.open(file)
}

/// Has `file` be what `draft` is, unless there is such a file. It is a link if the file system has links, a copy otherwise.
fn put_new(
    draft: &Path,
    file: &Path,
    link: impl FnOnce(&Path, &Path) -> io::Result<()>,
) -> io::Result<()> {
    match link(draft, file) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => copy_new(draft, file),
        linked => linked,
    }
}

fn copy_new(draft: &Path, file: &Path) -> io::Result<()> {
    let mut from = fs::File::open(draft)?;
    let mut to = create(file)?;
    let copied = io::copy(&mut from, &mut to).and_then(|_| to.sync_all());
    if copied.is_err() {
        let _ = fs::remove_file(file);
    }
    copied
}

impl Drop for Draft {
    fn drop(&mut self) {
        // One that was renamed is not here any more.
        if !self.stays {
            let _ = fs::remove_file(&self.draft);
        }
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
        let begun = Draft::begin_anew(&file, part.clone()).unwrap();
        let begun = begun.with(b"all of ").unwrap().lasting().unwrap();
        assert!(part.exists() && !file.exists());
        drop(begun);
        assert!(!part.exists() && !file.exists(), "given up");
        let begun = Draft::begin_anew(&file, part.clone()).unwrap();
        let whole = begun.with(b"all of ").unwrap().with(b"it").unwrap();
        whole.finish().unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"all of it");
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(!part.exists());
    }

    /// A draft of a whole file, with the place that it is for and the one where it lies.
    fn drafted(folder: &Path) -> (Draft, PathBuf, PathBuf) {
        let file = folder.join("copy.zip");
        let part = folder.join("copy.zip.part");
        let draft = Draft::begin(&file, part.clone()).unwrap();
        (draft.with(b"all of it").unwrap(), file, part)
    }

    #[test]
    fn what_settles_takes_a_free_place_and_leaves_no_draft() {
        let folder = tempfile::tempdir().unwrap();
        let (draft, file, part) = drafted(folder.path());
        draft.settle().unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"all of it");
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(!part.exists());
    }

    #[test]
    fn what_cannot_settle_writes_over_nothing_and_stays_whole_where_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let (draft, file, part) = drafted(folder.path());
        fs::write(&file, "came in between").unwrap();
        let unsettled = draft.settle().unwrap_err();
        assert_eq!(unsettled.error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(unsettled.draft, part);
        assert_eq!(fs::read(&file).unwrap(), b"came in between");
        assert_eq!(fs::read(&part).unwrap(), b"all of it");
    }

    #[test]
    fn a_draft_is_not_begun_where_somebody_else_has_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let part = folder.path().join("copy.zip.part");
        fs::write(&part, "of somebody else").unwrap();
        let begun = Draft::begin(&folder.path().join("copy.zip"), part.clone());
        assert!(begun.is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists));
        assert_eq!(fs::read(&part).unwrap(), b"of somebody else");
    }

    #[test]
    fn a_file_system_without_links_gets_a_copy_that_writes_over_nothing_either() {
        let no_link = |_: &Path, _: &Path| Err(io::ErrorKind::Unsupported.into());
        let folder = tempfile::tempdir().unwrap();
        let (draft, file, part) = drafted(folder.path());
        put_new(&part, &file, no_link).unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"all of it");
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::write(&file, "of somebody else").unwrap();
        let again = put_new(&part, &file, no_link).unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&file).unwrap(), b"of somebody else");
        drop(draft);
    }
}
