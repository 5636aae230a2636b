//! The database of a running node, for what no method reads or does.

use sqlx::{Connection as _, SqliteConnection};
use testkit::TestApp;

/// The node's database, opened once more.
pub(crate) async fn open(app: &TestApp) -> SqliteConnection {
    let file = app.folder().join("data").join("unisono.db");
    let url = format!("sqlite:{}", file.display());
    SqliteConnection::connect(&url).await.unwrap()
}

/// Does to it what no method does.
pub(crate) async fn tamper(app: &TestApp, sql: &'static str) {
    let mut database = open(app).await;
    sqlx::raw_sql(sql).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
}
