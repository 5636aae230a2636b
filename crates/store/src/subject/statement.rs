//! The parts that statements about a subject are put together from.

use privacy::{Holding, Name, Path, Subject};

/// The condition that a row belongs to `subject`, and what is to be bound to it; none when no row can.
pub(super) fn condition(holding: &Holding, subject: &Subject) -> Option<(String, Vec<Name>)> {
    let mut names = Vec::new();
    let mut conditions = Vec::new();
    for path in &holding.paths {
        for name in subject.names(path.kind) {
            names.push(name);
            conditions.push(of_path(path, names.len()));
        }
    }
    (!names.is_empty()).then(|| (conditions.join(" OR "), names))
}

fn of_path(path: &Path, place: usize) -> String {
    let innermost = format!("{} = ${place}", path.column);
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
        let subject = Subject::default().with_principal("ab".to_owned());
        let (condition, names) = condition(&holding, &subject).unwrap();
        assert_eq!(
            condition,
            "principal = $1 OR room_id IN (SELECT room_id FROM room_people WHERE principal = $2)"
        );
        assert_eq!(names.len(), 2);
        assert!(super::condition(&holding, &Subject::default()).is_none());
    }
}
