//! What is held about somebody: every value, with why, by what right, since when and for how long. Made of the inventory
//! alone, so a new table is shown by its entry.

use base::{Personal, Timestamp};
use privacy::{AtRest, Basis, Category, Form, Purpose, Retention, Rule, Source, Subject};
use store::{Cell, StoreError, TableCopy, inventory, plans};

use super::RightsRefusal;
use super::copy::part;
use crate::{AccountRefusal, App, LiveSession};

/// Rows of one table that are shown; the copy has all of them.
const SHOWN_MAX: usize = 500;

/// A value as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Text.
    Text(Personal<String>),
    /// A number.
    Number(i64),
    /// Yes or no.
    Boolean(bool),
    /// A moment.
    Moment(Timestamp),
    /// A picture (JPEG).
    Picture(Personal<Vec<u8>>),
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldValue {
    /// The column.
    pub column: &'static str,
    /// What stands there.
    pub shown: Shown,
    /// Where it is corrected, as a path of the pages.
    pub editor: Option<String>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRow {
    /// What names it, where it can be erased apart from everything else.
    pub item: Option<Personal<String>>,
    /// Its values.
    pub values: Vec<HeldValue>,
}

/// Rows of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldTable {
    /// Its name.
    pub name: &'static str,
    /// Whether its rows can be erased apart from everything else.
    pub has_items: bool,
    /// The rows.
    pub rows: Vec<HeldRow>,
    /// How many more there are in the copy.
    pub more: usize,
}

/// What is held for the same reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The kind of data.
    pub category: Category,
    /// Why it is held.
    pub purpose: Purpose,
    /// What allows it.
    pub basis: Basis,
    /// Where it comes from.
    pub sources: Vec<Source>,
    /// How long it is held.
    pub retention: Retention,
    /// Others who receive it.
    pub recipients: Vec<&'static str>,
    /// The first moment in any of the rows.
    pub since: Option<Timestamp>,
    /// The rows, by table.
    pub tables: Vec<HeldTable>,
}

impl Held {
    /// How many values there are.
    #[must_use]
    pub fn values(&self) -> usize {
        let rows = self.tables.iter().flat_map(|table| &table.rows);
        rows.map(|row| row.values.len()).sum()
    }
}

/// A column that is kept and not shown: it is only compared, or sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unshown {
    /// `table.column`.
    pub place: String,
    /// The kind of data.
    pub category: Category,
    /// Why it is held.
    pub purpose: Purpose,
    /// How it is stored.
    pub at_rest: &'static AtRest,
    /// In how many rows.
    pub rows: u64,
}

/// All that is held about somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// What is shown, by reason.
    pub held: Vec<Held>,
    /// What is not.
    pub unshown: Vec<Unshown>,
}

impl App {
    /// What is held about the member behind a session.
    pub async fn holdings(&self, session: &LiveSession) -> Result<Holdings, AccountRefusal> {
        let subject = self.subject_of_account(session.account()).await?;
        Ok(self.what_is_held(&subject).await?)
    }

    /// What is held about `subject`.
    pub async fn what_is_held(&self, subject: &Subject) -> Result<Holdings, RightsRefusal> {
        let failed = |error: StoreError| self.rights_failure(&error);
        let store = &self.inner.store;
        let copies = store.copy_of(subject).await.map_err(failed)?;
        let counts = store.counts_of(subject).await.map_err(failed)?;
        Ok(Holdings {
            held: held_in(&copies, subject, self.now()),
            unshown: unshown(&counts),
        })
    }
}

/// What copies show of `subject`, by reason.
pub(crate) fn held_in(copies: &[TableCopy], subject: &Subject, now: Timestamp) -> Vec<Held> {
    let mut held = Vec::new();
    for copy in copies {
        gather(copy, subject, now, &mut held);
    }
    held
}

/// Puts the values of one table where those are that are held for the same reason.
fn gather(copy: &TableCopy, subject: &Subject, now: Timestamp, held: &mut Vec<Held>) {
    let since = since(copy, now);
    for (number, row) in copy.rows.iter().enumerate() {
        for (place, (column, cell)) in copy.table.columns.iter().zip(row).enumerate() {
            let form = column.form(copy.kinds[place]);
            let Some(shown) = shown(form, cell, subject).filter(|_| column.rule.is_personal())
            else {
                continue;
            };
            let place = reason(held, &column.rule);
            let reason = &mut held[place];
            reason.since = [reason.since, since].into_iter().flatten().min();
            let table = table_of(reason, copy);
            if number >= SHOWN_MAX {
                table.more = copy.rows.len() - SHOWN_MAX;
                continue;
            }
            let editor = column.rule.editor.as_deref();
            row_of(table, number, copy).values.push(HeldValue {
                column: &column.name,
                shown,
                editor: editor.map(|editor| filled(editor, copy, row)),
            });
        }
    }
    // A row is begun for each of its reasons by its first value, and the number of it is not needed any more.
    for table in held.iter_mut().flat_map(|held| &mut held.tables) {
        table.rows.retain(|row| !row.values.is_empty());
    }
}

/// The first moment in any of the rows, until `now`.
pub(super) fn since(copy: &TableCopy, now: Timestamp) -> Option<Timestamp> {
    let moments = copy.rows.iter().filter_map(|row| first_moment(copy, row));
    moments.filter(|moment| *moment <= now).min()
}

fn first_moment(copy: &TableCopy, row: &[Cell]) -> Option<Timestamp> {
    let cells = copy.table.columns.iter().zip(row).enumerate();
    let moments =
        cells.filter_map(
            |(place, (column, cell))| match (column.form(copy.kinds[place]), cell) {
                (Form::Moment, Cell::Integer(ms)) => Some(Timestamp::from_unix_ms(*ms)),
                _ => None,
            },
        );
    moments.min()
}

/// The place of what is held for the reason that `rule` gives, begun where nothing was.
pub(super) fn reason(held: &mut Vec<Held>, rule: &'static Rule) -> usize {
    let is_same = |one: &Held| {
        one.category == rule.category
            && one.purpose == rule.purpose
            && one.basis == rule.basis
            && one.retention == rule.retention
            && one.recipients.iter().eq(&rule.recipients)
    };
    let found = held.iter().position(is_same);
    let place = found.unwrap_or_else(|| {
        held.push(Held {
            category: rule.category,
            purpose: rule.purpose,
            basis: rule.basis,
            sources: Vec::new(),
            retention: rule.retention,
            recipients: rule.recipients.iter().map(String::as_str).collect(),
            since: None,
            tables: Vec::new(),
        });
        held.len() - 1
    });
    let reason = &mut held[place];
    if !reason.sources.contains(&rule.source) {
        reason.sources.push(rule.source);
    }
    place
}

fn table_of<'h>(reason: &'h mut Held, copy: &TableCopy) -> &'h mut HeldTable {
    let name = copy.table.holding.table.as_str();
    let is_last = reason.tables.last().is_some_and(|table| table.name == name);
    if !is_last {
        reason.tables.push(HeldTable {
            name,
            has_items: false,
            rows: Vec::new(),
            more: 0,
        });
    }
    reason
        .tables
        .last_mut()
        .expect("one was pushed if none was there")
}

/// The row with this number; those before it that hold nothing for this reason stay empty until the end.
fn row_of<'h>(table: &'h mut HeldTable, number: usize, copy: &TableCopy) -> &'h mut HeldRow {
    while table.rows.len() <= number {
        table.rows.push(HeldRow {
            item: None,
            values: Vec::new(),
        });
    }
    let row = &mut table.rows[number];
    if let Some(Cell::Text(item)) = copy.table.item.map(|place| &copy.rows[number][place]) {
        table.has_items = true;
        row.item = Some(Personal::new(item.clone()));
    }
    row
}

/// An editor's path with the row's own values for what stands in braces.
fn filled(editor: &str, copy: &TableCopy, row: &[Cell]) -> String {
    let columns = copy.table.columns.iter().zip(row);
    columns.fold(editor.to_owned(), |path, (column, cell)| match cell {
        Cell::Text(text) => path.replace(&format!("{{{}}}", column.name), text),
        _ => path,
    })
}

fn shown(form: Form, cell: &Cell, subject: &Subject) -> Option<Shown> {
    let text = |text: String| Some(Shown::Text(Personal::new(text)));
    match (form, cell) {
        (_, Cell::Empty) => None,
        (Form::Part, Cell::Text(document)) => {
            let part = part(document, subject);
            text(serde_json::to_string_pretty(&part).unwrap_or_default())
        }
        (Form::File, Cell::Bytes(bytes)) => Some(Shown::Picture(Personal::new(bytes.clone()))),
        (Form::Moment, Cell::Integer(ms)) => Some(Shown::Moment(Timestamp::from_unix_ms(*ms))),
        (_, Cell::Text(value)) => text(value.clone()),
        (_, Cell::Integer(number)) => Some(Shown::Number(*number)),
        (_, Cell::Boolean(is_so)) => Some(Shown::Boolean(*is_so)),
        // Nothing that is sealed is given away unopened.
        (_, Cell::Bytes(_)) => None,
    }
}

/// The columns about a person that are kept in tables of which they have rows, and of which no value is shown.
fn unshown(counts: &store::Counts) -> Vec<Unshown> {
    let steps = plans().erasure.steps.iter();
    let mut tables: Vec<(&str, u64)> = steps
        .filter_map(|step| {
            let name = step.holding.table.as_str();
            Some((name, *counts.get(name)?))
        })
        .collect();
    tables.sort_unstable();
    let columns = tables.into_iter().flat_map(|(name, rows)| {
        let declared = inventory().table.get(name).into_iter();
        let columns = declared.flat_map(|table| &table.column);
        let hidden = columns.filter(|(_, rule)| !rule.export && rule.is_personal());
        hidden.map(move |(column, rule)| Unshown {
            place: format!("{name}.{column}"),
            category: rule.category,
            purpose: rule.purpose,
            at_rest: &rule.at_rest,
            rows,
        })
    });
    columns.collect()
}

#[cfg(test)]
pub(super) mod tests {
    use privacy::{Inventory, Kind, Plans};

    use super::*;

    /// A table that this program has never heard of, by its entry in an inventory.
    const ENTRY: &str = r#"
        [table.letters]
        owner = "account_id"
        erase = "delete"
        item = "id"
        [table.letters.column.account_id]
        category = "account"
        purpose = "account"
        basis = "contract"
        source = "generated"
        retention = "account"
        visibility = "never"
        export = false
        rectify = false
        recipients = []
        at_rest = "plain"
        [table.letters.column.id]
        category = "message"
        purpose = "notices"
        basis = "consent"
        source = "provided"
        retention = "90d"
        visibility = "self"
        export = true
        rectify = true
        editor = "/letters/{id}"
        recipients = []
        at_rest = "plain"
        [table.letters.column.sent_at]
        category = "message"
        purpose = "notices"
        basis = "consent"
        source = "observed"
        retention = "90d"
        visibility = "self"
        export = true
        rectify = false
        recipients = []
        at_rest = "plain"
    "#;

    /// Somebody's rows of that table, by what they hold.
    pub(in crate::privacy) fn letters(ids: [&str; 2]) -> TableCopy {
        let plans = Plans::of(&Inventory::read(&[("new", ENTRY)]).unwrap()).unwrap();
        let [table] = &Box::leak(Box::new(plans)).export.tables[..] else {
            panic!("one table");
        };
        let row = |id: &str, ms| vec![Cell::Text(id.to_owned()), Cell::Integer(ms)];
        TableCopy {
            table,
            kinds: vec![Kind::Text, Kind::Integer],
            rows: vec![row(ids[0], 2_000), row(ids[1], 1_000)],
        }
    }

    #[test]
    fn a_new_table_is_shown_by_its_entry_alone() {
        let copy = letters(["one", "two"]);
        let mut held = Vec::new();
        let now = Timestamp::from_unix_ms(3_000);
        gather(&copy, &Subject::default(), now, &mut held);
        let [reason] = &held[..] else {
            panic!("one reason");
        };
        assert_eq!(reason.category, Category::Message);
        assert_eq!(reason.sources, [Source::Provided, Source::Observed]);
        assert_eq!(reason.since, Some(Timestamp::from_unix_ms(1_000)));
        let [table] = &reason.tables[..] else {
            panic!("one table");
        };
        assert!(table.name == "letters" && table.has_items && table.rows.len() == 2);
        let value = &table.rows[1].values[0];
        let text = Shown::Text(Personal::new("two".to_owned()));
        assert_eq!((value.column, &value.shown), ("id", &text));
        assert_eq!(value.editor.as_deref(), Some("/letters/two"));
    }
}
