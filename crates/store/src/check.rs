//! Compares the live schema with the inventory: a column that nobody declared does not ship.

use std::collections::BTreeSet;
use std::fmt;

use crate::db::Db;
use crate::{Inventory, Store, StoreError, inventory};

/// One place where the database and the inventory disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The database has this `table.column`, which nobody declared.
    Undeclared(String),
    /// The inventory declares this `table.column`, which the database lacks.
    Missing(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undeclared(place) => write!(f, "{place} is not in the inventory"),
            Self::Missing(place) => write!(f, "{place} is not in the database"),
        }
    }
}

impl Store {
    /// Fails with every column that the database has and the inventory lacks, or the other way round.
    pub async fn check_inventory(&self) -> Result<(), StoreError> {
        let differences = differences(inventory(), &live_columns(&self.db).await?);
        if differences.is_empty() {
            return Ok(());
        }
        Err(StoreError::Undeclared(differences))
    }
}

fn differences(declared: &Inventory, live: &BTreeSet<String>) -> Vec<Difference> {
    let declared: BTreeSet<String> = declared
        .table
        .iter()
        .flat_map(|(table, rules)| {
            rules
                .column
                .keys()
                .map(move |column| format!("{table}.{column}"))
        })
        .collect();
    let undeclared = live
        .difference(&declared)
        .cloned()
        .map(Difference::Undeclared);
    let missing = declared.difference(live).cloned().map(Difference::Missing);
    undeclared.chain(missing).collect()
}

/// Every `table.column` of the database. The two databases describe themselves differently.
async fn live_columns(db: &Db) -> Result<BTreeSet<String>, StoreError> {
    let columns: Vec<(String, String)> =
        match db {
            Db::Sqlite { write, .. } => sqlx::query_as(
                "SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_xinfo(m.name) AS c
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite@_%' ESCAPE '@'",
            )
            .fetch_all(write)
            .await?,
            Db::Postgres(pool) => {
                sqlx::query_as(
                    "SELECT CAST(c.table_name AS TEXT), CAST(c.column_name AS TEXT)
                 FROM information_schema.columns AS c
                 JOIN information_schema.tables AS t
                   ON t.table_schema = c.table_schema AND t.table_name = c.table_name
                 WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'",
                )
                .fetch_all(pool)
                .await?
            }
        };
    Ok(columns
        .into_iter()
        .map(|(table, column)| format!("{table}.{column}"))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    // Promise S1
    #[test]
    fn differences_are_named_in_both_directions() {
        let mut live: BTreeSet<String> = inventory()
            .table
            .iter()
            .flat_map(|(table, rules)| {
                rules
                    .column
                    .keys()
                    .map(move |name| format!("{table}.{name}"))
            })
            .collect();
        assert_eq!(differences(inventory(), &live), []);
        live.remove("rooms.code");
        live.insert("rooms.nickname".to_owned());
        let found = differences(inventory(), &live);
        assert_eq!(
            found.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [
                "rooms.nickname is not in the inventory",
                "rooms.code is not in the database"
            ]
        );
    }
}
