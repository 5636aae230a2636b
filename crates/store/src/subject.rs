//! All of one subject, found by the plans that follow from the inventory: to be counted, copied or erased.
//!
//! The statements are put together at run time. Their words are this file's, and names of tables and columns that were
//! compiled in with the inventory; what comes from outside is only ever bound.

mod erase;
mod export;
mod rewrite;
mod statement;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use base::{AccountId, RoomId};
use privacy::{Holding, Plans, Subject};

pub use erase::{ACCOUNTS, Begun, Unfinished};
pub use export::{Cell, TableCopy};
pub use rewrite::{Left, Rewritten};

use crate::db::fetch;
use crate::{Store, StoreError, inventory};
use statement::{bound, condition, run};

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
        for step in &plans().erasure.steps {
            let rows = self.count(&step.holding, subject).await?;
            if rows > 0 {
                counts.insert(step.holding.table.clone(), rows);
            }
        }
        Ok(counts)
    }

    async fn count(&self, holding: &Holding, subject: &Subject) -> Result<u64, StoreError> {
        let Some((condition, names)) = condition(holding, subject) else {
            return Ok(0);
        };
        let sql = format!("SELECT COUNT(*) FROM {} WHERE {condition}", holding.table);
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
}

impl Store {
    /// The open rooms that `subject` has opened: they end with whoever opened them.
    pub async fn rooms_opened_by(&self, subject: &Subject) -> Result<Vec<RoomId>, StoreError> {
        const TABLE: &str = "rooms";
        let steps = &plans().erasure.steps;
        let step = steps.iter().find(|step| step.holding.table == TABLE);
        let Some((condition, names)) = step.and_then(|step| condition(&step.holding, subject))
        else {
            return Ok(Vec::new());
        };
        let sql = format!("SELECT id FROM {TABLE} WHERE closed_at IS NULL AND ({condition})");
        let rows: Vec<(String,)> = run!(self.db, query_as, sql, names, fetch_all)?;
        let ids = rows.into_iter().map(|(id,)| id.parse());
        ids.collect::<Result<_, _>>()
            .map_err(|_| StoreError::Corrupt("a room has an unreadable id".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table that belongs to somebody is never read row by row, however many rows others have.
    #[tokio::test]
    async fn every_way_to_a_subject_goes_by_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("unisono.db").display().to_string();
        let store = Store::open(&crate::Settings::at(file)).await.unwrap();
        let subject =
            Subject::of_account(AccountId::new(base::Timestamp::default(), &base::OsEntropy))
                .with_principal("ab".to_owned())
                .with_device_key(&base::Secret::new([7; 32]));
        for step in &plans().erasure.steps {
            let table = &step.holding.table;
            for path in &step.holding.paths {
                let one = Holding {
                    table: table.clone(),
                    paths: vec![path.clone()],
                };
                let (condition, names) = condition(&one, &subject).expect("it has every name");
                let sql =
                    format!("EXPLAIN QUERY PLAN SELECT COUNT(*) FROM {table} WHERE {condition}");
                let plan: Vec<(i64, i64, i64, String)> =
                    run!(store.db, query_as, sql, names, fetch_all).unwrap();
                let scans = plan
                    .iter()
                    .filter(|(_, _, _, line)| line.starts_with("SCAN"));
                let scans: Vec<&String> = scans.map(|(_, _, _, line)| line).collect();
                assert!(scans.is_empty(), "{table} by {}: {scans:?}", path.column);
            }
        }
        store.close().await;
    }

    #[test]
    fn plans_can_be_made_of_the_compiled_inventory() {
        assert_eq!(Plans::of(inventory()).map(|_| ()), Ok(()));
    }
}
