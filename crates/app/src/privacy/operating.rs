//! What whoever runs the installation does for people's rights from the command line, whether or not the server runs.

use base::{AccountId, Timestamp};
use privacy::Subject;
use store::{Store, StoreError};
use texts::Language;

use super::copy::pack;
use super::language_of;
use crate::access::person_of_account;

/// A member, with the devices that they have said are theirs.
pub async fn subject_in(store: &Store, account: AccountId) -> Result<Subject, StoreError> {
    let own = person_of_account(account).to_string();
    let subject = Subject::of_account(account).with_principal(own);
    let devices = store.devices_of(account).await?;
    Ok(devices.into_iter().fold(subject, Subject::with_principal))
}

/// A ZIP archive of everything of a member that may be given to them, with a page in the language they are written to in.
pub async fn copy_of_account(
    store: &Store,
    account: AccountId,
    now: Timestamp,
) -> Result<Vec<u8>, StoreError> {
    let subject = subject_in(store, account).await?;
    let copies = store.copy_of(&subject).await?;
    let schema = store.copy_schema().await?;
    let owner = store.account(account).await?;
    let language = owner.as_ref().map_or(Language::English, language_of);
    let packed = pack(&copies, &subject, &schema, now, language);
    packed.map_err(|error| StoreError::Other(error.to_string()))
}
