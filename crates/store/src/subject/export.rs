//! A copy of all that is held about a subject and may be given to them.

use privacy::{ExportPlan, ExportTable, GrantScope, Kind, Subject};
use sqlx::Row;

use super::statement::{bound, copying};
use crate::db::Db;
use crate::{Store, StoreError};

/// One value of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// There is none.
    Empty,
    /// Text.
    Text(String),
    /// A number, or a moment in Unix milliseconds.
    Integer(i64),
    /// Yes or no.
    Boolean(bool),
    /// A picture, or something sealed.
    Bytes(Vec<u8>),
}

/// The rows of one table that belong to a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableCopy {
    /// What the table and its columns are.
    pub table: &'static ExportTable,
    /// What each column holds.
    pub kinds: Vec<Kind>,
    /// The values, in the order of the columns.
    pub rows: Vec<Vec<Cell>>,
}

/// Reads the values of rows, of whichever database.
macro_rules! cells {
    ($rows:expr, $kinds:expr) => {{
        let mut copied = Vec::new();
        for row in $rows {
            let mut cells = Vec::with_capacity($kinds.len());
            for (place, kind) in $kinds.iter().enumerate() {
                let cell = match kind {
                    Kind::Text => row.try_get::<Option<String>, _>(place)?.map(Cell::Text),
                    Kind::Integer => row.try_get::<Option<i64>, _>(place)?.map(Cell::Integer),
                    Kind::Boolean => row.try_get::<Option<bool>, _>(place)?.map(Cell::Boolean),
                    Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(place)?.map(Cell::Bytes),
                };
                cells.push(cell.unwrap_or(Cell::Empty));
            }
            copied.push(cells);
        }
        copied
    }};
}

/// Reads all tables in one transaction, so that what changes meanwhile is in the copy wholly or not at all.
macro_rules! copy_all {
    ($open:ident, $plan:expr, $subject:expr, $kinds:expr) => {{
        let mut copies = Vec::new();
        for table in &$plan.tables {
            let Some((sql, names)) = copying(table, $subject) else {
                continue;
            };
            let columns: Vec<&str> = table.columns.iter().map(|it| it.name.as_str()).collect();
            let kinds = $kinds.of(&table.holding.table, &columns)?;
            let query = bound!(sqlx::query(sqlx::AssertSqlSafe(sql)), &names);
            let rows = query.fetch_all(&mut *$open).await?;
            let rows = cells!(rows, kinds);
            if !rows.is_empty() {
                copies.push(TableCopy { table, kinds, rows });
            }
        }
        copies
    }};
}

impl Store {
    /// The tables of a copy of which something is taken in elsewhere, each with what its columns hold.
    pub async fn imported_tables(
        &self,
    ) -> Result<Vec<(&'static ExportTable, Vec<Kind>)>, StoreError> {
        let kinds = self.kinds().await?;
        let tables = self.plans.export.tables.iter();
        let tables = tables.filter(|table| table.imported().next().is_some());
        let tables = tables.map(|table| {
            let columns: Vec<&str> = table.columns.iter().map(|it| it.name.as_str()).collect();
            Ok((table, kinds.of(&table.holding.table, &columns)?))
        });
        tables.collect()
    }

    /// The JSON Schema of everybody's copy.
    pub async fn copy_schema(&self) -> Result<serde_json::Value, StoreError> {
        let kinds = self.kinds().await?;
        let kind = |table: &str, column: &str| kinds.get(table, column);
        Ok(self.plans.export.schema(kind))
    }

    /// Everything of `subject` that may be given to them, as it was at one moment.
    pub async fn copy_of(&self, subject: &Subject) -> Result<Vec<TableCopy>, StoreError> {
        self.copy(&self.plans.export, subject).await
    }

    /// What of `subject` a grant of `scope` shows, as it was at one moment. Nothing else is read.
    pub async fn granted_of(
        &self,
        subject: &Subject,
        scope: GrantScope,
    ) -> Result<Vec<TableCopy>, StoreError> {
        match self.plans.granted.get(&scope) {
            Some(plan) => self.copy(plan, subject).await,
            None => Ok(Vec::new()),
        }
    }

    async fn copy(
        &self,
        plan: &'static ExportPlan,
        subject: &Subject,
    ) -> Result<Vec<TableCopy>, StoreError> {
        let kinds = self.kinds().await?;
        Ok(match &self.db {
            Db::Sqlite { read, .. } => {
                let mut open = read.begin().await?;
                let copies = copy_all!(open, plan, subject, kinds);
                open.rollback().await?;
                copies
            }
            Db::Postgres(pool) => {
                let mut open = pool.begin().await?;
                sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                    .execute(&mut *open)
                    .await?;
                let copies = copy_all!(open, plan, subject, kinds);
                open.rollback().await?;
                copies
            }
        })
    }
}
