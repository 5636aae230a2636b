//! All of one subject, found by the plans that follow from the inventory: to be counted, copied or erased.
//!
//! The statements are put together at run time. Their words are this file's, and names of tables and columns that were
//! compiled in with the inventory; what comes from outside is only ever bound.

mod erase;
mod export;
#[cfg(test)]
mod indexes;
mod rewrite;
mod statement;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use base::{AccountId, RoomId, Secret};
use privacy::{Holding, Plans, Subject};

pub use erase::{ACCOUNTS, Begun, Unfinished};
pub use export::{Cell, TableCopy};
pub use rewrite::{Left, Rewritten};

use crate::db::fetch;
use crate::{Store, StoreError, inventory};
use statement::{bound, counting, opened, run};

/// How many rows of which table.
pub type Counts = BTreeMap<String, u64>;

/// The plans of this program's inventory.
pub fn plans() -> &'static Plans {
    static PLANS: LazyLock<Plans> = LazyLock::new(|| {
        Plans::of(inventory())
            .expect("a test makes plans of the compiled inventory, so they can be made")
    });
    &PLANS
}

impl Store {
    /// How many rows of each table belong to `subject`; tables without any are left out.
    pub async fn counts_of(&self, subject: &Subject) -> Result<Counts, StoreError> {
        let mut counts = Counts::new();
        for step in &self.plans.erasure.steps {
            let rows = self.count(&step.holding, subject).await?;
            if rows > 0 {
                counts.insert(step.holding.table.clone(), rows);
            }
        }
        Ok(counts)
    }

    async fn count(&self, holding: &Holding, subject: &Subject) -> Result<u64, StoreError> {
        let Some((sql, names)) = counting(holding, subject) else {
            return Ok(0);
        };
        let (rows,): (i64,) = run!(self.db, query_as, sql, names, fetch_one)?;
        Ok(rows.unsigned_abs())
    }

    /// What stands in rooms for the devices that an account has said are its own.
    pub async fn devices_of(&self, account: AccountId) -> Result<Vec<String>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String,),
            "SELECT principal FROM account_devices WHERE account_id = $1 ORDER BY principal",
            account.to_string(),
        )?;
        Ok(rows.into_iter().map(|(principal,)| principal).collect())
    }

    /// By what free sessions are held, after `after`.
    pub async fn free_holders(&self, after: &str, limit: u32) -> Result<Vec<String>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String,),
            "SELECT holder FROM free_sessions WHERE holder > $1 ORDER BY holder LIMIT $2",
            after,
            i64::from(limit),
        )?;
        Ok(rows.into_iter().map(|(holder,)| holder).collect())
    }

    /// The hashes of the keys by which devices opened rooms, after `after`.
    pub async fn host_keys(
        &self,
        after: &[u8],
        limit: u32,
    ) -> Result<Vec<Secret<[u8; 32]>>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (Vec<u8>,),
            "SELECT DISTINCT host_key_hash FROM rooms WHERE host_key_hash > $1 ORDER BY host_key_hash LIMIT $2",
            after,
            i64::from(limit),
        )?;
        let keys = rows.into_iter().map(|(key,)| key.try_into());
        let keys = keys.map(|key| key.map(Secret::new));
        keys.collect::<Result<_, _>>()
            .map_err(|_| StoreError::Corrupt("a room has an unreadable key".to_owned()))
    }
}

impl Store {
    /// The open rooms that `subject` has opened: they end with whoever opened them.
    pub async fn rooms_opened_by(&self, subject: &Subject) -> Result<Vec<RoomId>, StoreError> {
        let Some((sql, names)) = opened(&self.plans.erasure, subject) else {
            return Ok(Vec::new());
        };
        let rows: Vec<(String,)> = run!(self.db, query_as, sql, names, fetch_all)?;
        let ids = rows.into_iter().map(|(id,)| id.parse());
        ids.collect::<Result<_, _>>()
            .map_err(|_| StoreError::Corrupt("a room has an unreadable id".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_can_be_made_of_the_compiled_inventory() {
        assert_eq!(Plans::of(inventory()).map(|_| ()), Ok(()));
    }
}
