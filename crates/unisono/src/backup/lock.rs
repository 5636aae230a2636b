//! Locking and opening with age (age-encryption.org/v1): a key for each backup, itself locked to the operator's recipients.

use std::fs;
use std::io::{BufReader, Read, Write};
use std::path::Path;

use age::secrecy::ExposeSecret as _;
use age::x25519::{Identity, Recipient};
use age::{Decryptor, Encryptor, IdentityFile};

use super::NoBackup;
use super::folder::unusable;

/// A public key of the operator.
pub(super) fn recipient(text: &str) -> Result<Recipient, NoBackup> {
    text.trim()
        .parse()
        .map_err(|_| NoBackup::Recipient(text.to_owned()))
}

/// The key of one backup. Its secret half is written nowhere but locked to the recipients.
pub(super) fn new_day_key() -> Identity {
    Identity::generate()
}

/// The secret half of a day's key, locked to the recipients.
pub(super) fn locked_key(
    day: &Identity,
    recipients: &[String],
    to: impl Write,
) -> Result<(), NoBackup> {
    let recipients: Vec<Recipient> = recipients
        .iter()
        .map(|it| recipient(it))
        .collect::<Result<_, _>>()?;
    let each = recipients.iter().map(|it| it as &dyn age::Recipient);
    let locking = Encryptor::with_recipients(each).map_err(|_| NoBackup::NoRecipient)?;
    let file = Path::new("the key");
    let written = locking.wrap_output(to).and_then(|mut open| {
        open.write_all(day.to_string().expose_secret().as_bytes())?;
        open.finish()
    });
    written.map(|_| ()).map_err(|error| unusable(file, error))
}

/// A way into a file that only the day's key opens.
pub(super) fn locked<W: Write>(
    day: &Identity,
    to: W,
) -> Result<age::stream::StreamWriter<W>, NoBackup> {
    let public = day.to_public();
    let locking = Encryptor::with_recipients(std::iter::once(&public as &dyn age::Recipient))
        .map_err(|_| NoBackup::NoRecipient)?;
    let file = Path::new("the backup");
    locking
        .wrap_output(to)
        .map_err(|error| unusable(file, error))
}

/// The key of a backup's day, opened with the operator's identities.
pub(super) fn day_key(key: &Path, identities: &Path) -> Result<Identity, NoBackup> {
    let text = fs::File::open(identities).map_err(|error| unusable(identities, error))?;
    let none = || NoBackup::NoIdentity(identities.to_owned());
    let ours = IdentityFile::from_buffer(BufReader::new(text)).map_err(|_| none())?;
    let ours = ours.into_identities().map_err(|_| none())?;
    if ours.is_empty() {
        return Err(none());
    }
    let file = fs::File::open(key).map_err(|_| NoBackup::NoDayKey(key.to_owned()))?;
    let each = ours.iter().map(|it| it.as_ref() as &dyn age::Identity);
    let mut text = String::new();
    let mut open = opened(file, key, each)?;
    let damaged = || NoBackup::Damaged(key.to_owned());
    open.read_to_string(&mut text).map_err(|_| damaged())?;
    text.parse().map_err(|_| damaged())
}

/// What a locked file holds.
pub(super) fn opened<'a, R: Read>(
    from: R,
    file: &Path,
    identities: impl Iterator<Item = &'a dyn age::Identity>,
) -> Result<age::stream::StreamReader<R>, NoBackup> {
    let damaged = || NoBackup::Damaged(file.to_owned());
    let locked = Decryptor::new(from).map_err(|_| damaged())?;
    locked.decrypt(identities).map_err(|error| match error {
        age::DecryptError::NoMatchingKeys | age::DecryptError::DecryptionFailed => {
            NoBackup::WrongKey(file.to_owned())
        }
        _ => damaged(),
    })
}
