//! Which way the databases find what they are asked for: by an index to everything of somebody, however many others there
//! are, and by none to what people wrote freely.

use base::{AccountId, OsEntropy, Secret, Timestamp};
use privacy::Category;
use sqlx::AssertSqlSafe;
use tempfile::TempDir;

use super::statement::{Statement, bound, copying, counting, erasing, erasing_rows, opened};
use super::*;
use crate::Settings;
use crate::db::Db;

#[path = "../../../testkit/src/postgres.rs"]
#[expect(unreachable_pub, reason = "the file belongs to another crate as well")]
mod postgres;

use postgres::Postgres;

async fn on_sqlite() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("unisono.db").display().to_string();
    let store = Store::open(&Settings::at(file)).await.unwrap();
    (folder, store)
}

async fn on_postgresql() -> (Postgres, Store) {
    let server = Postgres::start().unwrap();
    let store = Store::open(&Settings::at(server.url())).await.unwrap();
    (server, store)
}

/// A member with two devices: one path then has several names.
fn member() -> Subject {
    Subject::of_account(AccountId::new(Timestamp::default(), &OsEntropy))
        .with_principal("ab".to_owned())
        .with_principal("cd".to_owned())
        .with_device_key(&Secret::new([7; 32]))
        .with_device_key(&Secret::new([8; 32]))
}

/// Every statement that is run for a copy of what is held of somebody, for what a grant shows of it, and for its erasure.
fn statements() -> Vec<Statement> {
    let (plans, member) = (plans(), member());
    let mut all = vec![opened(&plans.erasure, &member)];
    for step in &plans.erasure.steps {
        all.push(Some(counting(&step.holding, &member).unwrap()));
        all.push(erasing(step, &member));
    }
    let granted = plans.granted.values();
    for table in granted.chain([&plans.export]).flat_map(|plan| &plan.tables) {
        all.push(Some(copying(table, &member).unwrap()));
        if table.item.is_some() {
            for item in [None, Some("one")] {
                all.push(erasing_rows(table, &member, item));
            }
        }
    }
    all.into_iter().flatten().collect()
}

/// How SQLite would go about it.
async fn sqlite_way(store: &Store, (sql, names): &Statement) -> Vec<String> {
    let Db::Sqlite { write, .. } = &store.db else {
        panic!("SQLite")
    };
    let sql = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
    let query = bound!(sqlx::query_as(sql), names);
    let lines: Vec<(i64, i64, i64, String)> = query.fetch_all(write).await.unwrap();
    lines.into_iter().map(|(.., line)| line).collect()
}

/// How PostgreSQL would go about it where reading a whole table is the last resort.
async fn postgresql_way(store: &Store, (sql, names): &Statement) -> Vec<String> {
    let Db::Postgres(pool) = &store.db else {
        panic!("PostgreSQL")
    };
    let mut open = pool.begin().await.unwrap();
    let last_resort = sqlx::query("SET LOCAL enable_seqscan = off");
    last_resort.execute(&mut *open).await.unwrap();
    let query = bound!(
        sqlx::query_as(AssertSqlSafe(format!("EXPLAIN {sql}"))),
        names
    );
    let lines: Vec<(String,)> = query.fetch_all(&mut *open).await.unwrap();
    lines.into_iter().map(|(line,)| line).collect()
}

/// What of a way reads a table, or an index, from its first row to its last. A scan of PostgreSQL's says by which condition
/// it goes in the line that follows.
fn whole_scans(way: &[String]) -> Vec<&String> {
    let following = way.iter().skip(1).map(String::as_str).chain([""]);
    let lines = way.iter().zip(following);
    let whole = lines.filter(|(line, next)| {
        let is_of_index = ["Index Scan", "Index Only Scan"]
            .iter()
            .any(|it| line.contains(it));
        line.starts_with("SCAN")
            || line.contains("Seq Scan")
            || (is_of_index && !next.contains("Index Cond"))
    });
    whole.map(|(line, _)| line).collect()
}

fn assert_goes_by_index((sql, _): &Statement, way: &[String]) {
    let whole = whole_scans(way);
    assert!(whole.is_empty(), "{sql}\n{whole:?}");
}

#[tokio::test]
async fn sqlite_finds_all_of_somebody_by_indexes() {
    let (_folder, store) = on_sqlite().await;
    for statement in &statements() {
        assert_goes_by_index(statement, &sqlite_way(&store, statement).await);
    }
    store.close().await;
}

#[tokio::test]
async fn postgresql_finds_all_of_somebody_by_indexes() {
    let (_server, store) = on_postgresql().await;
    // Among no rooms at all, an index of those that are open would do as well.
    crate::db::execute!(
        store.db,
        "INSERT INTO rooms (id, code, host_key_hash, ask_first, removed_members, created_at, expires_at, version)
         SELECT CAST(n AS TEXT), CAST(n AS TEXT), convert_to(CAST(n AS TEXT), 'UTF8'), FALSE, '', n, n, 1
         FROM generate_series(1, 2000) AS n",
    )
    .unwrap();
    crate::db::execute!(store.db, "ANALYZE rooms").unwrap();
    for statement in &statements() {
        assert_goes_by_index(statement, &postgresql_way(&store, statement).await);
    }
    store.close().await;
}

/// So that the two above would notice it.
#[tokio::test]
async fn an_index_that_is_missing_is_noticed_on_both_databases() {
    let mut all = statements().into_iter();
    let lost = all
        .find(|(sql, _)| sql.starts_with("DELETE FROM notices"))
        .unwrap();
    let (_folder, sqlite) = on_sqlite().await;
    let (_server, postgresql) = on_postgresql().await;
    for store in [&sqlite, &postgresql] {
        crate::db::execute!(store.db, "DROP INDEX notices_by_account").unwrap();
    }
    assert!(!whole_scans(&sqlite_way(&sqlite, &lost).await).is_empty());
    assert!(!whole_scans(&postgresql_way(&postgresql, &lost).await).is_empty());
}

/// Every index of the database: its table, and the columns or expressions that it is made of, in words.
async fn indexes(db: &Db) -> Vec<(String, String)> {
    match db {
        Db::Sqlite { read, .. } => {
            sqlx::query_as(
                "SELECT m.name, COALESCE(i.name, '') || ' ' || COALESCE(made.sql, '')
                 FROM sqlite_master AS m JOIN pragma_index_list(m.name) AS l JOIN pragma_index_info(l.name) AS i
                 LEFT JOIN sqlite_master AS made ON made.type = 'index' AND made.name = l.name
                 WHERE m.type = 'table'",
            )
            .fetch_all(read)
            .await
        }
        Db::Postgres(pool) => {
            sqlx::query_as(
                "SELECT CAST(t.relname AS TEXT), pg_get_indexdef(i.indexrelid)
                 FROM pg_index AS i JOIN pg_class AS t ON t.oid = i.indrelid
                 WHERE t.relnamespace = CAST(current_schema() AS regnamespace)",
            )
            .fetch_all(pool)
            .await
        }
    }
    .unwrap()
}

/// The `table.column`s that people write freely and that an index is made of.
async fn indexed_words(db: &Db) -> Vec<String> {
    let indexes = indexes(db).await;
    assert!(!indexes.is_empty());
    let mut found = Vec::new();
    for (table, declared) in &inventory().table {
        let columns = declared.column.iter();
        let free = columns.filter(|(_, rule)| rule.category == Category::Message);
        for (column, _) in free {
            let is_named = |made: &str| {
                let mut words = made.split(|it: char| !it.is_alphanumeric() && it != '_');
                words.any(|word| word == column)
            };
            if indexes
                .iter()
                .any(|(of, made)| of == table && is_named(made))
            {
                found.push(format!("{table}.{column}"));
            }
        }
    }
    found
}

/// Promise T25: of every migration there is, and of those to come.
#[tokio::test]
async fn what_people_write_freely_is_never_indexed() {
    let (_folder, sqlite) = on_sqlite().await;
    let (_server, postgresql) = on_postgresql().await;
    for store in [&sqlite, &postgresql] {
        assert_eq!(indexed_words(&store.db).await, [""; 0], "{store:?}");
    }
    // One on a column, and one on what is computed from it: both would be found.
    for store in [&sqlite, &postgresql] {
        crate::db::execute!(store.db, "CREATE INDEX by_words ON requests (message)").unwrap();
        crate::db::execute!(
            store.db,
            "CREATE INDEX by_letters ON support_messages (lower(text))"
        )
        .unwrap();
        let found = indexed_words(&store.db).await;
        assert_eq!(found, ["requests.message", "support_messages.text"]);
    }
}
