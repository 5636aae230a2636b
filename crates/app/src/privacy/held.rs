//! What is held about somebody: every value, with why, by what right, since when and for how long.

use base::{Personal, Timestamp};
use privacy::{Basis, Category, Form, Purpose, Retention, Rule, Source, Subject, rfc3339};
use store::{Cell, TableCopy};

use super::RightsRefusal;
use crate::App;

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldValue {
    /// `table.column`.
    pub place: String,
    /// What stands there.
    pub value: Personal<String>,
}

/// What is held for the same reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRow {
    /// The kind of data.
    pub category: Category,
    /// Why it is held.
    pub purpose: Purpose,
    /// What allows it.
    pub basis: Basis,
    /// Where it comes from.
    pub source: Source,
    /// How long it is held.
    pub retention: Retention,
    /// Others who receive it.
    pub recipients: Vec<String>,
    /// The first moment among what is held, where it has any.
    pub since: Option<Timestamp>,
    /// The values.
    pub values: Vec<HeldValue>,
}

/// Everything that is held about somebody and may be shown to them, and how many rows there are of the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// By reason.
    pub rows: Vec<HeldRow>,
    /// How many rows of which table, also of what is only compared and never shown.
    pub counts: store::Counts,
}

impl App {
    /// What is held about `subject`.
    pub async fn what_we_hold(&self, subject: &Subject) -> Result<Holdings, RightsRefusal> {
        let failed = |error| self.rights_failure(&error);
        let copies = self.inner.store.copy_of(subject).await.map_err(failed)?;
        let counts = self.inner.store.counts_of(subject).await.map_err(failed)?;
        let mut rows = Vec::new();
        for copy in &copies {
            gather(copy, &mut rows);
        }
        Ok(Holdings { rows, counts })
    }
}

fn gather(copy: &TableCopy, rows: &mut Vec<HeldRow>) {
    for (place, column) in copy.table.columns.iter().enumerate() {
        let form = column.form(copy.kinds[place]);
        let cells = copy.rows.iter().map(|row| &row[place]);
        let held: Vec<&Cell> = cells.filter(|cell| **cell != Cell::Empty).collect();
        if held.is_empty() || !column.rule.is_personal() {
            continue;
        }
        let row = row_for(rows, &column.rule);
        for cell in held {
            if let (Form::Moment, Cell::Integer(ms)) = (form, cell) {
                let moment = Timestamp::from_unix_ms(*ms);
                row.since = Some(row.since.map_or(moment, |since| since.min(moment)));
            }
            let place = format!("{}.{}", copy.table.holding.table, column.name);
            let value = Personal::new(shown(form, cell));
            row.values.push(HeldValue { place, value });
        }
    }
}

fn row_for<'r>(rows: &'r mut Vec<HeldRow>, rule: &Rule) -> &'r mut HeldRow {
    let is_it = |row: &HeldRow| {
        row.category == rule.category
            && row.purpose == rule.purpose
            && row.basis == rule.basis
            && row.source == rule.source
            && row.retention == rule.retention
            && row.recipients == rule.recipients
    };
    let found = rows.iter().position(is_it);
    let place = found.unwrap_or_else(|| {
        rows.push(HeldRow {
            category: rule.category,
            purpose: rule.purpose,
            basis: rule.basis,
            source: rule.source,
            retention: rule.retention,
            recipients: rule.recipients.clone(),
            since: None,
            values: Vec::new(),
        });
        rows.len() - 1
    });
    &mut rows[place]
}

/// A value as a person reads it.
fn shown(form: Form, cell: &Cell) -> String {
    match (form, cell) {
        (Form::Moment, Cell::Integer(ms)) => rfc3339(Timestamp::from_unix_ms(*ms)),
        (Form::Part, _) => "{…}".to_owned(),
        (_, Cell::Empty) => String::new(),
        (_, Cell::Text(text)) => text.clone(),
        (_, Cell::Integer(number)) => number.to_string(),
        (_, Cell::Boolean(is_so)) => is_so.to_string(),
        (_, Cell::Bytes(bytes)) => format!("{} B", bytes.len()),
    }
}
