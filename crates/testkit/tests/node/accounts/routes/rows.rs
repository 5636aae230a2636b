//! The rows that the database holds of somebody, to see that nobody else changes them.

use super::*;

/// What grows by what others try: its owner is told of it.
const TELLING: [&str; 2] = ["mails", "security_events"];
/// What its owner changes by looking on.
const OF_USE: &str = "last_used_day";

/// A row of somebody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) table: String,
    /// By what it can be erased alone.
    pub(super) item: Option<String>,
    /// Each column with its value.
    cells: Vec<String>,
}

/// What an account has here, in an order of its own.
pub(super) async fn rows(app: &TestApp, account: &str) -> Vec<Row> {
    let account = account.parse().unwrap();
    let subject = app.app().subject_of_account(account).await.unwrap();
    let store = app.store().await;
    let copies = store.copy_of(&subject).await.unwrap();
    store.close().await;
    let mut rows = Vec::new();
    for copy in copies {
        let table = &copy.table.holding.table;
        if TELLING.contains(&table.as_str()) {
            continue;
        }
        for row in copy.rows {
            let item = copy.table.item.map(|place| match &row[place] {
                store::Cell::Text(name) => name.clone(),
                other => format!("{other:?}"),
            });
            let columns = copy.table.columns.iter().map(|column| &column.name);
            let columns = columns.zip(&row).filter(|(name, _)| *name != OF_USE);
            rows.push(Row {
                table: table.clone(),
                item,
                cells: columns
                    .map(|(name, cell)| format!("{name}: {cell:?}"))
                    .collect(),
            });
        }
    }
    rows.sort();
    rows
}
