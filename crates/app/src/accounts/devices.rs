//! What a guest did on a device becomes the member's, once the member says that the device is theirs.

use base::Secret;

use super::{AccountRefusal, LiveSession};
use crate::App;
use crate::access::{device_key_hash, person_of_device};

/// Keys that one browser keeps: one for each room that it was in or opened, and a few more.
const KEYS_MAX: usize = 64;
/// A device key has 32 hexadecimal digits; nothing longer is looked at.
const KEY_CHARS_MAX: usize = 64;

impl App {
    /// Links the devices that hold `keys` to the account, and gives how many open rooms became its own.
    pub async fn bring_devices(
        &self,
        session: &LiveSession,
        keys: &[Secret<String>],
    ) -> Result<u64, AccountRefusal> {
        if keys.len() > KEYS_MAX || keys.iter().any(|key| key.expose().len() > KEY_CHARS_MAX) {
            return Err(AccountRefusal::TooMany);
        }
        let (account, store) = (session.account(), &self.inner.store);
        let failed = |error| self.account_failure(&error);
        let principals: Vec<String> = keys
            .iter()
            .map(|key| person_of_device(key).to_string())
            .collect();
        let linked = store.link_devices(account, &principals, self.now()).await;
        linked.map_err(failed)?;
        let mut rooms = 0;
        for key in keys {
            let hash = device_key_hash(key);
            rooms += store
                .claim_rooms(account, hash.expose())
                .await
                .map_err(failed)?;
        }
        Ok(rooms)
    }
}
