//! Where a test's data lives, and what lies there byte by byte.

use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use store::{Settings, Store, plans};
use tempfile::TempDir;

use crate::postgres::Postgres;

/// A database of one kind, gone when the test ends.
pub(crate) enum Home {
    Sqlite(TempDir),
    Postgresql(Box<Postgres>),
}

impl Home {
    pub(crate) fn sqlite() -> Self {
        Self::Sqlite(tempfile::tempdir().unwrap())
    }

    pub(crate) fn postgresql() -> Self {
        let server = Postgres::start().unwrap_or_else(|error| panic!("{error}"));
        Self::Postgresql(Box::new(server))
    }

    fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => {
                format!("sqlite:{}", folder.path().join("unisono.db").display())
            }
            Self::Postgresql(server) => server.url(),
        }
    }

    pub(crate) async fn store(&self) -> Store {
        Store::open(&Settings::at(self.url())).await.unwrap()
    }

    /// Does behind the store's back what no method of it does, and looks at no foreign key.
    pub(crate) async fn tamper(&self, sql: String) {
        if let Self::Sqlite(_) = self {
            let mut connection = SqliteConnection::connect(&self.url()).await.unwrap();
            let sql = format!("PRAGMA foreign_keys = OFF; PRAGMA secure_delete = ON; {sql}");
            sqlx::raw_sql(AssertSqlSafe(sql))
                .execute(&mut connection)
                .await
                .unwrap();
            connection.close().await.unwrap();
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url()).await.unwrap();
            let sql = format!("SET session_replication_role = replica; {sql}");
            sqlx::raw_sql(AssertSqlSafe(sql))
                .execute(&mut connection)
                .await
                .unwrap();
        }
    }

    /// Whether the files of the database hold these bytes; nothing is said where another process writes them.
    pub(crate) fn holds(&self, bytes: &[u8]) -> Option<bool> {
        let Self::Sqlite(folder) = self else {
            return None;
        };
        let files = std::fs::read_dir(folder.path()).unwrap();
        let mut files = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
        Some(files.any(|file| file.windows(bytes.len()).any(|window| window == bytes)))
    }

    /// Every table that belongs to somebody is empty again.
    pub(crate) async fn empty(&self) {
        let tables = plans().erasure.steps.iter().map(|step| &step.holding.table);
        let sql: Vec<String> = tables
            .map(|table| format!("DELETE FROM {table};"))
            .collect();
        self.tamper(sql.concat() + "DELETE FROM erasures;").await;
    }

    /// Name and kind of every column of a table.
    pub(crate) async fn columns(table: &str) -> Vec<(String, String)> {
        let scratch = Self::sqlite();
        let store = scratch.store().await;
        let mut connection = SqliteConnection::connect(&scratch.url()).await.unwrap();
        let sql = format!("SELECT name, lower(type) FROM pragma_table_xinfo('{table}')");
        let columns = sqlx::query_as(AssertSqlSafe(sql))
            .fetch_all(&mut connection)
            .await;
        connection.close().await.unwrap();
        store.close().await;
        columns.unwrap()
    }

    /// Fails where no index begins with the column.
    pub(crate) async fn must_index(&self, table: &str, column: &str) {
        let mut connection = SqliteConnection::connect(&self.url()).await.unwrap();
        let sql = format!(
            "SELECT COUNT(*) FROM pragma_index_list('{table}') AS l JOIN pragma_index_info(l.name) AS i
             WHERE i.seqno = 0 AND i.name = '{column}'"
        );
        let (indexes,): (i64,) = sqlx::query_as(AssertSqlSafe(sql))
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert!(indexes > 0, "{table}.{column} has no index");
        connection.close().await.unwrap();
    }
}
