//! What happened to accounts, for their owners to see.

use base::{AccountId, EntryId, Timestamp};

use super::fits;
use crate::db::{execute, fetch};
use crate::{BATCH_MAX, Store, StoreError};

/// Something that happened to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityEvent {
    /// Its name.
    pub id: EntryId,
    /// What happened, such as `signed-in`.
    pub kind: String,
    /// Family of browser and system that did it.
    pub device: String,
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// Notes what happened to the account.
    pub async fn insert_security_event(
        &self,
        account: AccountId,
        event: &SecurityEvent,
    ) -> Result<(), StoreError> {
        execute!(
            self.db,
            "INSERT INTO security_events (id, account_id, kind, device, at) VALUES ($1, $2, $3, $4, $5)",
            event.id.to_string(),
            account.to_string(),
            &event.kind,
            &event.device,
            event.at.unix_ms(),
        )?;
        Ok(())
    }

    /// Up to `limit` things that happened to the account, the newest first.
    pub async fn security_events(
        &self,
        account: AccountId,
        limit: u32,
    ) -> Result<Vec<SecurityEvent>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String, String, String, i64),
            "SELECT id, kind, device, at FROM security_events WHERE account_id = $1 ORDER BY at DESC, id LIMIT $2",
            account.to_string(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        let events = rows.into_iter().map(|(id, kind, device, at)| {
            Ok(SecurityEvent {
                id: fits("security_events.id", id.parse())?,
                kind,
                device,
                at: Timestamp::from_unix_ms(at),
            })
        });
        events.collect()
    }
}
