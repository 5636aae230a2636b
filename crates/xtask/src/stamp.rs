//! Doing slow things only when their inputs changed.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// A file that remembers which inputs a product was made from.
pub(crate) struct Stamp {
    file: PathBuf,
}

impl Stamp {
    pub(crate) fn at(file: PathBuf) -> Self {
        Self { file }
    }

    pub(crate) fn is_fresh(&self, digest: &str) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|kept| kept == digest)
    }

    pub(crate) fn keep(&self, digest: &str) -> Result<()> {
        fs::write(&self.file, digest).map_err(|error| Failure::file(&self.file, &error))
    }
}

/// A digest of the names and contents of `files` below `root`. It only guards against forgetting, not against malice.
pub(crate) fn digest(root: &Path, files: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        let path = root.join(file);
        let bytes = fs::read(&path).map_err(|error| Failure::file(&path, &error))?;
        file.hash(&mut hasher);
        bytes.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_input_changes_the_digest_and_only_then_is_the_stamp_stale() {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("the temporary folder can be made");
        let files = [PathBuf::from("input")];
        fs::write(folder.join("input"), "one").expect("the input can be written");
        let first = digest(&folder, &files).expect("the input can be read");
        let stamp = Stamp::at(folder.join("stamp"));
        assert!(!stamp.is_fresh(&first));
        stamp.keep(&first).expect("the stamp can be written");
        assert!(stamp.is_fresh(&digest(&folder, &files).expect("the input can be read")));
        fs::write(folder.join("input"), "two").expect("the input can be written");
        assert!(!stamp.is_fresh(&digest(&folder, &files).expect("the input can be read")));
        fs::remove_dir_all(&folder).expect("the temporary folder can be removed");
    }
}
