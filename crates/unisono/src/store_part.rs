//! The database, opened with the key that seals what a copy of it must not give away.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use base::{Entropy, Secret};
use store::Store;

use crate::private_folder;
use crate::server::StartError;
use crate::settings::Settings;

/// The key's file in the data folder. It belongs into a backup, and not beside the database's copy.
pub const KEY_FILE: &str = "sealing.key";
const KEY_BYTES: usize = 32;

/// Why there is no key to seal with. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum NoSealingKey {
    /// The setting holds something else.
    #[error("sealing_key must be 64 hexadecimal digits; one is made by: openssl rand -hex 32")]
    Setting,
    /// The file holds something else.
    #[error("{} does not hold 64 hexadecimal digits; bring back the file from a backup", .0.display())]
    File(PathBuf),
    /// The file can be neither read nor made.
    #[error("{} cannot be used: {error}; make the folder writable or set sealing_key", file.display())]
    Unusable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// Makes the data folder where there is none, and opens the store.
pub async fn open(settings: &Settings, entropy: &dyn Entropy) -> Result<Store, StartError> {
    private_folder::make(&settings.data_dir).map_err(|error| StartError::DataFolder {
        folder: settings.data_dir.clone(),
        error,
    })?;
    let sealing_key = Some(sealing_key(settings, entropy)?);
    let settings = store::Settings {
        sealing_key,
        ..settings.store()
    };
    Ok(Store::open(&settings).await?)
}

/// The key as 64 hexadecimal digits, for a backup.
pub(crate) fn sealing_key_text(
    settings: &Settings,
    entropy: &dyn Entropy,
) -> Result<Secret<String>, NoSealingKey> {
    let key = sealing_key(settings, entropy)?;
    let digits = key.expose().iter().map(|byte| format!("{byte:02x}"));
    Ok(Secret::new(digits.collect()))
}

/// The key as set, or as its file holds it; the first start makes the file.
fn sealing_key(
    settings: &Settings,
    entropy: &dyn Entropy,
) -> Result<Secret<[u8; KEY_BYTES]>, NoSealingKey> {
    if let Some(text) = &settings.sealing_key {
        return read_key(text.expose()).ok_or(NoSealingKey::Setting);
    }
    let file = settings.data_dir.join(KEY_FILE);
    let unusable = |error| NoSealingKey::Unusable {
        file: file.clone(),
        error,
    };
    let text = match fs::read_to_string(&file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make(&file, entropy).map_err(unusable)?;
            fs::read_to_string(&file).map_err(unusable)?
        }
        text => text.map_err(unusable)?,
    };
    read_key(&text).ok_or(NoSealingKey::File(file))
}

/// Puts a new key there at once and whole, unless somebody else was faster.
fn make(file: &Path, entropy: &dyn Entropy) -> io::Result<()> {
    let unique = u128::from_be_bytes(entropy.bytes16());
    let draft = file.with_extension(format!("{unique:032x}"));
    let mut options = OpenOptions::new();
    let mut open = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)?;
    let digits: String = entropy
        .bytes32()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let placed = open
        .write_all(format!("{digits}\n").as_bytes())
        .and_then(|()| open.sync_all())
        .and_then(|()| fs::hard_link(&draft, file));
    fs::remove_file(&draft)?;
    match placed {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Reads 64 hexadecimal digits.
pub(crate) fn read_key(text: &str) -> Option<Secret<[u8; KEY_BYTES]>> {
    let digits = text.trim().as_bytes();
    let is_whole = digits.len() == 2 * KEY_BYTES && digits.iter().all(u8::is_ascii_hexdigit);
    let mut key = [0; KEY_BYTES];
    for (byte, pair) in key.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    is_whole.then(|| Secret::new(key))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use base::OsEntropy;

    use super::*;

    fn settings(folder: &Path) -> Settings {
        Settings {
            data_dir: folder.to_owned(),
            ..Settings::default()
        }
    }

    #[test]
    fn the_first_start_makes_a_key_that_later_ones_find() {
        let folder = tempfile::tempdir().unwrap();
        let first = sealing_key(&settings(folder.path()), &OsEntropy).unwrap();
        let later = sealing_key(&settings(folder.path()), &OsEntropy).unwrap();
        assert_eq!(first, later);
        let files: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(files.len(), 1, "nothing else is left");
        let mode = fs::metadata(folder.path().join(KEY_FILE)).unwrap();
        assert_eq!(mode.permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_key_that_is_set_counts_and_no_file_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let set = |text: &str| {
            let settings = Settings {
                sealing_key: Some(Secret::new(text.to_owned())),
                ..settings(folder.path())
            };
            sealing_key(&settings, &OsEntropy)
        };
        assert_eq!(set(&"0a".repeat(32)).unwrap(), Secret::new([10; 32]));
        for wrong in ["", "0a", &"0g".repeat(32), &"é".repeat(32)] {
            assert!(matches!(set(wrong), Err(NoSealingKey::Setting)), "{wrong}");
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_damaged_file_is_no_reason_to_make_another() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(KEY_FILE), "0a0b").unwrap();
        let key = sealing_key(&settings(folder.path()), &OsEntropy);
        assert!(matches!(key, Err(NoSealingKey::File(_))));
    }
}
