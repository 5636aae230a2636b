//! The parts that statements about a subject are put together from.

use privacy::{Deed, ErasurePlan, ErasureStep, ExportTable, Holding, Name, Path, Subject};

/// A statement, and what is to be bound to it.
pub(super) type Statement = (String, Vec<Name>);

/// Counts the rows that belong to `subject`; none when no row can.
pub(super) fn counting(holding: &Holding, subject: &Subject) -> Option<Statement> {
    let (condition, names) = condition(holding, subject)?;
    let sql = format!("SELECT COUNT(*) FROM {} WHERE {condition}", holding.table);
    Some((sql, names))
}

/// Reads what a copy shows of one table.
pub(super) fn copying(table: &ExportTable, subject: &Subject) -> Option<Statement> {
    let (condition, names) = condition(&table.holding, subject)?;
    let columns: Vec<&str> = table.columns.iter().map(|it| it.name.as_str()).collect();
    let (columns, table) = (columns.join(", "), &table.holding.table);
    let sql = format!("SELECT {columns} FROM {table} WHERE {condition} ORDER BY 1");
    Some((sql, names))
}

/// Does one step of an erasure; none where nothing is left to be done by a statement.
pub(super) fn erasing(step: &ErasureStep, subject: &Subject) -> Option<Statement> {
    let (condition, names) = condition(&step.holding, subject)?;
    let table = &step.holding.table;
    let sql = match &step.deed {
        Deed::Delete => format!("DELETE FROM {table} WHERE {condition}"),
        Deed::Empty(columns) => {
            let emptied: Vec<String> = columns.iter().map(|it| format!("{it} = NULL")).collect();
            let emptied = emptied.join(", ");
            format!("UPDATE {table} SET {emptied} WHERE {condition}")
        }
        Deed::Rewrite(_) | Deed::Keep(_) => return None,
    };
    Some((sql, names))
}

/// Erases the row of one table that `item` names, or all of `subject`, apart from everything else.
pub(super) fn erasing_rows(
    table: &ExportTable,
    subject: &Subject,
    item: Option<&str>,
) -> Option<Statement> {
    let (condition, mut names) = condition(&table.holding, subject)?;
    let mut sql = format!("DELETE FROM {} WHERE ({condition})", table.holding.table);
    if let Some(item) = item {
        names.push(Name::Text(item.to_owned()));
        let column = &table.columns[table.item?].name;
        sql += &format!(" AND {column} = ${}", names.len());
    }
    Some((sql, names))
}

/// Finds the open rooms that `subject` has opened.
pub(super) fn opened(plan: &ErasurePlan, subject: &Subject) -> Option<Statement> {
    const TABLE: &str = "rooms";
    let step = plan.steps.iter().find(|step| step.holding.table == TABLE)?;
    let (condition, names) = condition(&step.holding, subject)?;
    let sql = format!("SELECT id FROM {TABLE} WHERE closed_at IS NULL AND ({condition})");
    Some((sql, names))
}

/// The condition that a row belongs to `subject`, and what is to be bound to it; none when no row can. All names that a
/// path leads to stand in one list: PostgreSQL goes by no index where two subqueries are joined by OR.
fn condition(holding: &Holding, subject: &Subject) -> Option<Statement> {
    let mut names = Vec::new();
    let mut conditions = Vec::new();
    for path in &holding.paths {
        let first = names.len() + 1;
        names.extend(subject.names(path.kind));
        let places: Vec<String> = (first..=names.len()).map(|it| format!("${it}")).collect();
        if !places.is_empty() {
            conditions.push(of_path(path, &places.join(", ")));
        }
    }
    (!names.is_empty()).then(|| (conditions.join(" OR "), names))
}

fn of_path(path: &Path, places: &str) -> String {
    let innermost = format!("{} IN ({places})", path.column);
    let outward = path.joins.iter().rev();
    outward.fold(innermost, |inner, join| {
        let (column, table, theirs) = (&join.column, &join.table, &join.their_column);
        format!("{column} IN (SELECT {theirs} FROM {table} WHERE {inner})")
    })
}

/// Binds names to a query.
macro_rules! bound {
    ($query:expr, $names:expr) => {{
        let mut query = $query;
        for name in $names {
            query = match name {
                privacy::Name::Text(text) => query.bind(text.clone()),
                privacy::Name::Bytes(bytes) => query.bind(bytes.clone()),
            };
        }
        query
    }};
}

/// Runs a statement of this module on whichever database is open, for reading.
macro_rules! run {
    ($db:expr, $kind:ident, $sql:expr, $names:expr, $method:ident) => {
        match &$db {
            $crate::db::Db::Sqlite { read, .. } => {
                bound!(sqlx::$kind(sqlx::AssertSqlSafe($sql)), &$names)
                    .$method(read)
                    .await
            }
            $crate::db::Db::Postgres(pool) => {
                bound!(sqlx::$kind(sqlx::AssertSqlSafe($sql)), &$names)
                    .$method(pool)
                    .await
            }
        }
        .map_err($crate::StoreError::from)
    };
}

pub(super) use {bound, run};

#[cfg(test)]
mod tests {
    use super::*;
    use privacy::{Join, NameKind};

    #[test]
    fn a_row_belongs_to_somebody_by_any_path_and_any_name() {
        let direct = Path {
            joins: Vec::new(),
            kind: NameKind::Principal,
            column: "principal".to_owned(),
        };
        let join = Join {
            column: "room_id".to_owned(),
            table: "room_people".to_owned(),
            their_column: "room_id".to_owned(),
        };
        let via = Path {
            joins: vec![join],
            ..direct.clone()
        };
        let holding = Holding {
            table: "room_events".to_owned(),
            paths: vec![direct, via],
        };
        let subject = Subject::default()
            .with_principal("ab".to_owned())
            .with_principal("cd".to_owned());
        let (condition, names) = condition(&holding, &subject).unwrap();
        assert_eq!(
            condition,
            "principal IN ($1, $2) OR room_id IN (SELECT room_id FROM room_people WHERE principal IN ($3, $4))"
        );
        assert_eq!(names.len(), 4);
        assert!(super::condition(&holding, &Subject::default()).is_none());
    }
}
