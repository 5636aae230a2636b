//! Where a test's data lives, and what lies there byte by byte.

use std::collections::BTreeMap;

use privacy::{Inventory, Plans};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use store::{Settings, Store, inventory, plans};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::postgres::Postgres;

/// Name and kind of every column, by table.
pub(crate) type Columns = BTreeMap<String, Vec<(String, String)>>;
/// What stands in each column of one row, in bytes.
pub(crate) type Row = BTreeMap<String, Vec<u8>>;

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

    pub(crate) fn url(&self) -> String {
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

    /// A store that keeps to another inventory, or to other plans.
    pub(crate) async fn store_by(
        &self,
        inventory: &'static Inventory,
        plans: &'static Plans,
    ) -> Store {
        let settings = Settings::at(self.url());
        Store::open_by(&settings, inventory, plans).await.unwrap()
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
        self.tamper(sql.concat() + "DELETE FROM room_invites; DELETE FROM erasures;")
            .await;
    }

    /// Name and kind of every column, by table.
    pub(crate) async fn columns() -> &'static Columns {
        static COLUMNS: OnceCell<Columns> = OnceCell::const_new();
        COLUMNS.get_or_init(|| Box::pin(read_columns())).await
    }

    /// Every row of every table that the inventory declares.
    pub(crate) async fn rows(&self) -> BTreeMap<String, Vec<Row>> {
        let mut all = BTreeMap::new();
        for (table, columns) in Self::columns().await {
            let digits: Vec<String> = columns
                .iter()
                .map(|(name, kind)| match (self, kind.as_str()) {
                    (Self::Sqlite(_), _) => format!("COALESCE(hex({name}), '')"),
                    (Self::Postgresql(_), "bytea") => {
                        format!("COALESCE(encode({name}, 'hex'), '')")
                    }
                    (Self::Postgresql(_), _) => {
                        let text = format!("convert_to(CAST({name} AS TEXT), 'UTF8')");
                        format!("COALESCE(encode({text}, 'hex'), '')")
                    }
                })
                .collect();
            let sql = format!("SELECT {} FROM {table}", digits.join(" || ',' || "));
            let lines = self.lines(sql).await;
            let rows = lines.iter().map(|line| {
                let values = line.split(',').map(bytes);
                let names = columns.iter().map(|(name, _)| name.clone());
                names.zip(values).collect()
            });
            all.insert(table.clone(), rows.collect());
        }
        all
    }

    /// The first column of what is asked for.
    pub(crate) async fn lines(&self, sql: String) -> Vec<String> {
        let sql = AssertSqlSafe(sql);
        match self {
            Self::Sqlite(_) => {
                let mut connection = SqliteConnection::connect(&self.url()).await.unwrap();
                sqlx::query_scalar(sql).fetch_all(&mut connection).await
            }
            Self::Postgresql(_) => {
                let mut connection = sqlx::PgConnection::connect(&self.url()).await.unwrap();
                sqlx::query_scalar(sql).fetch_all(&mut connection).await
            }
        }
        .unwrap()
    }
}

async fn read_columns() -> Columns {
    let scratch = Home::sqlite();
    let store = scratch.store().await;
    let mut connection = SqliteConnection::connect(&scratch.url()).await.unwrap();
    let mut columns = Columns::new();
    for table in inventory().table.keys() {
        let sql = format!("SELECT name, lower(type) FROM pragma_table_xinfo('{table}')");
        let query = sqlx::query_as(AssertSqlSafe(sql));
        let of_table = query.fetch_all(&mut connection).await.unwrap();
        columns.insert(table.clone(), of_table);
    }
    connection.close().await.unwrap();
    store.close().await;
    columns
}

fn bytes(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16);
    pairs.map(|pair| byte(pair).unwrap()).collect()
}
