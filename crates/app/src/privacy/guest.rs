//! What rooms keep of a browser without an account: whoever holds its keys may see it, take it along and erase it.

use std::time::Duration;

use base::{ClientKey, Rate, Secret, SharedThrottle};
use serde_json::{Map, Value};
use texts::Language;

use super::copy::tables;
use super::{Receipt, RightsRefusal, Subject};
use crate::App;
use crate::access::{device_key_hash, person_of_device};

/// Keys that one browser keeps: one for each room that it was in or opened, and a few more.
const KEYS_MAX: usize = 64;
/// A device key has 32 hexadecimal digits; nothing longer is looked at.
const KEY_CHARS_MAX: usize = 64;
/// How often one client may ask: every table is read for it.
const ASKED: Rate = Rate::per(20, Duration::from_secs(60));
/// Clients whose asking is remembered.
const CLIENTS_MAX: usize = 10_000;

/// Who asked how often.
pub(crate) struct GuestsAsked(SharedThrottle<ClientKey>);

impl Default for GuestsAsked {
    fn default() -> Self {
        Self(SharedThrottle::new(ASKED, CLIENTS_MAX))
    }
}

/// The rows of each table, as in a copy.
pub type GuestCopy = Map<String, Value>;

impl App {
    /// What is held by `keys`, table by table.
    pub async fn held_by_keys(
        &self,
        client: ClientKey,
        keys: &[Secret<String>],
    ) -> Result<GuestCopy, RightsRefusal> {
        let subject = self.guest(client, keys)?;
        let copies = self.inner.store.copy_of(&subject).await;
        let copies = copies.map_err(|error| self.rights_failure(&error))?;
        Ok(tables(&copies, &subject))
    }

    /// A ZIP archive of what is held by `keys`, with a page to read in `language`.
    pub async fn copy_by_keys(
        &self,
        client: ClientKey,
        keys: &[Secret<String>],
        language: Language,
    ) -> Result<Vec<u8>, RightsRefusal> {
        self.export(&self.guest(client, keys)?, language).await
    }

    /// Erases what is held by `keys`, at once and for good. Rooms that these keys opened end.
    pub async fn erase_by_keys(
        &self,
        client: ClientKey,
        keys: &[Secret<String>],
    ) -> Result<Receipt, RightsRefusal> {
        self.erase(&self.guest(client, keys)?).await
    }

    fn guest(&self, client: ClientKey, keys: &[Secret<String>]) -> Result<Subject, RightsRefusal> {
        if keys.is_empty()
            || keys.len() > KEYS_MAX
            || keys.iter().any(|key| key.expose().len() > KEY_CHARS_MAX)
        {
            return Err(RightsRefusal::Nobody);
        }
        let asked = &self.inner.guests_asked.0;
        asked
            .take(client, self.now())
            .map_err(|wait| RightsRefusal::TooMany { wait })?;
        Ok(keys.iter().fold(Subject::default(), |subject, key| {
            subject
                .with_principal(person_of_device(key).to_string())
                .with_device_key(&device_key_hash(key))
        }))
    }
}
