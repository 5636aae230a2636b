//! Files as raw bytes, for what must not be in any of them.

use std::fs;
use std::path::Path;

/// Every file under `folder` whose bytes hold `canary`.
///
/// # Panics
/// When a file can't be read.
#[must_use]
pub fn files_with(folder: &Path, canary: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder that can be read") {
            let path = entry.expect("an entry that can be read").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path).expect("a file that can be read");
            let mut parts = bytes.windows(canary.len());
            if parts.any(|part| part == canary.as_bytes()) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}
