//! Compares the live schema with the inventory: a column that nobody declared does not ship.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use privacy::Kind;

use crate::db::Db;
use crate::{Inventory, Store, StoreError};

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
        let differences = differences(self.inventory, &live_columns(&self.db).await?);
        if differences.is_empty() {
            return Ok(());
        }
        Err(StoreError::Undeclared(differences))
    }

    /// Whether what was erased stays in the files of the database until its tables are written anew.
    #[must_use]
    pub const fn keeps_dead_rows(&self) -> bool {
        matches!(self.db, Db::Postgres(_))
    }

    /// Whether the database knows us as a user who may do more than own these tables. SQLite has no users.
    pub async fn may_too_much(&self) -> Result<bool, StoreError> {
        let Db::Postgres(pool) = &self.db else {
            return Ok(false);
        };
        let (may,): (bool,) = sqlx::query_as(
            "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls
                    OR EXISTS (SELECT 1 FROM pg_roles AS other
                               WHERE other.rolname NOT IN (current_user, 'pg_database_owner')
                                 AND pg_has_role(current_user, other.oid, 'MEMBER'))
             FROM pg_roles WHERE rolname = current_user",
        )
        .fetch_one(pool)
        .await?;
        Ok(may)
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

/// What every column of the database holds.
pub(crate) struct Kinds(BTreeMap<(String, String), Kind>);

impl Kinds {
    /// What a column holds.
    pub(crate) fn get(&self, table: &str, column: &str) -> Option<Kind> {
        self.0.get(&(table.to_owned(), column.to_owned())).copied()
    }

    /// What `columns` of `table` hold.
    pub(crate) fn of(&self, table: &str, columns: &[&str]) -> Result<Vec<Kind>, StoreError> {
        let shape = |column: &&str| {
            self.get(table, column).ok_or_else(|| {
                let place = format!("{table}.{column}");
                StoreError::Undeclared(vec![Difference::Missing(place)])
            })
        };
        columns.iter().map(shape).collect()
    }
}

impl Store {
    /// What every column of the database holds.
    pub(crate) async fn kinds(&self) -> Result<Kinds, StoreError> {
        let mut kinds = BTreeMap::new();
        for (table, column, kind) in described(&self.db).await? {
            // The words of both databases for the four kinds that the schema uses.
            let found = match kind.to_ascii_lowercase().as_str() {
                "text" => Kind::Text,
                "bigint" => Kind::Integer,
                "boolean" => Kind::Boolean,
                "bytea" => Kind::Bytes,
                other => {
                    let what = format!("{table}.{column} is of the unknown kind {other}");
                    return Err(StoreError::Corrupt(what));
                }
            };
            kinds.insert((table, column), found);
        }
        Ok(Kinds(kinds))
    }
}

/// Every `table.column` of the database.
async fn live_columns(db: &Db) -> Result<BTreeSet<String>, StoreError> {
    let columns = described(db).await?.into_iter();
    Ok(columns
        .map(|(table, column, _)| format!("{table}.{column}"))
        .collect())
}

/// Table, column and kind of every column. The two databases describe themselves differently.
async fn described(db: &Db) -> Result<Vec<(String, String, String)>, StoreError> {
    Ok(match db {
        Db::Sqlite { write, .. } => {
            sqlx::query_as(
                "SELECT m.name, c.name, c.type FROM sqlite_master AS m JOIN pragma_table_xinfo(m.name) AS c
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite@_%' ESCAPE '@'",
            )
            .fetch_all(write)
            .await?
        }
        Db::Postgres(pool) => {
            sqlx::query_as(
                "SELECT CAST(c.table_name AS TEXT), CAST(c.column_name AS TEXT), CAST(c.data_type AS TEXT)
                 FROM information_schema.columns AS c
                 JOIN information_schema.tables AS t
                   ON t.table_schema = c.table_schema AND t.table_name = c.table_name
                 WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'",
            )
            .fetch_all(pool)
            .await?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory;

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
