//! The ways in which rows belong to somebody, followed from table to table.

use super::BadPlan;
use crate::{Inventory, NameKind, Owner};

/// One step from a table to the one by whose rows it belongs to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// The column here.
    pub column: String,
    /// The other table.
    pub table: String,
    /// Its column with the same value.
    pub their_column: String,
}

/// One way in which rows belong to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The steps from table to table; none when the row itself names its owner.
    pub joins: Vec<Join>,
    /// What the last table's column holds.
    pub kind: NameKind,
    /// That column.
    pub column: String,
}

/// Every way in which rows of `table` belong to somebody.
pub(super) fn of(inventory: &Inventory, table: &str) -> Result<Vec<Path>, BadPlan> {
    follow(inventory, table, &mut Vec::new())
}

fn follow(
    inventory: &Inventory,
    name: &str,
    behind: &mut Vec<String>,
) -> Result<Vec<Path>, BadPlan> {
    if let Some(first) = behind
        .first()
        .filter(|_| behind.iter().any(|it| it == name))
    {
        return Err(BadPlan::Circle(first.clone()));
    }
    let unknown = |place: &str, name: &str| BadPlan::Unknown {
        place: place.to_owned(),
        name: name.to_owned(),
    };
    let Some(table) = inventory.table.get(name) else {
        let place = behind.last().map_or(name, String::as_str);
        return Err(unknown(place, name));
    };
    let is_column = |column: &String| table.column.contains_key(column);
    let mut paths = Vec::new();
    for owner in [&table.owner, &table.device_owner] {
        match owner {
            Owner::None => {}
            Owner::Named { kind, columns } => {
                if let Some(column) = columns.iter().find(|it| !is_column(it)) {
                    return Err(unknown(name, column));
                }
                paths.extend(columns.iter().map(|column| Path {
                    joins: Vec::new(),
                    kind: *kind,
                    column: column.clone(),
                }));
            }
            Owner::Via {
                column,
                table,
                their_column,
            } => {
                if !is_column(column) {
                    return Err(unknown(name, column));
                }
                behind.push(name.to_owned());
                let theirs = follow(inventory, table, behind)?;
                behind.pop();
                let has_column = |it: &crate::Table| it.column.contains_key(their_column);
                if !inventory.table.get(table).is_some_and(has_column) {
                    return Err(unknown(name, &format!("{table}.{their_column}")));
                }
                let join = Join {
                    column: column.clone(),
                    table: table.clone(),
                    their_column: their_column.clone(),
                };
                paths.extend(theirs.into_iter().map(|mut path| {
                    path.joins.insert(0, join.clone());
                    path
                }));
            }
        }
    }
    Ok(paths)
}
