//! A copy of everything of somebody, to be taken along: lines of JSON, their schema, pictures, and a page to read.

use base::Timestamp;
use privacy::{Form, Subject, rfc3339};
use room::{Part, Principal, Room};
use serde_json::{Map, Value, json};
use store::{Cell, StoreError, TableCopy};
use texts::Language;

use super::RightsRefusal;
use super::archive::{Archive, TooLarge};
use super::copy_page::page;
use crate::App;

/// The form of a copy, for programs that read it.
pub(super) const FORM: &str = "unisono-copy/1";

/// What is put into an archive, table by table.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) lines: Vec<Map<String, Value>>,
}

impl App {
    /// A ZIP archive of everything of `subject` that may be given to them, as it is at this moment, with a page to
    /// read in `language`.
    pub async fn export(
        &self,
        subject: &Subject,
        language: Language,
    ) -> Result<Vec<u8>, RightsRefusal> {
        let failed = |error: StoreError| self.rights_failure(&error);
        let now = self.now();
        let digest = self.ledger_digest(subject).await.map_err(failed)?;
        if self
            .inner
            .store
            .is_being_erased(&digest)
            .await
            .map_err(failed)?
        {
            return Err(RightsRefusal::BeingErased);
        }
        let copies = self.inner.store.copy_of(subject).await.map_err(failed)?;
        let schema = self.inner.store.copy_schema().await.map_err(failed)?;
        let packed = pack(&copies, subject, &schema, now, language);
        packed.map_err(|error| failed(StoreError::Other(error.to_string())))
    }
}

/// The rows of each table, as they are in an archive but for its files.
pub(super) fn tables(copies: &[TableCopy], subject: &Subject) -> Map<String, Value> {
    // What would be a file beside the lines is named only.
    let mut left_out = Archive::default();
    let tables = copies.iter().filter_map(|copy| {
        let Table { name, lines } = table(copy, subject, &mut left_out).ok()?;
        Some((name, json!(lines)))
    });
    tables.collect()
}

pub(super) fn pack(
    copies: &[TableCopy],
    subject: &Subject,
    schema: &Value,
    now: Timestamp,
    language: Language,
) -> Result<Vec<u8>, TooLarge> {
    let mut archive = Archive::default();
    let mut tables = Vec::new();
    for copy in copies {
        tables.push(table(copy, subject, &mut archive)?);
    }
    for table in &tables {
        let lines = table
            .lines
            .iter()
            .map(|line| json!(line).to_string() + "\n");
        let lines: String = lines.collect();
        archive.add(&format!("data/{}.jsonl", table.name), lines.as_bytes())?;
    }
    let about = json!({
        "form": FORM,
        "made_at": rfc3339(now),
        "rows": tables.iter().map(|it| (it.name.clone(), json!(it.lines.len()))).collect::<Map<_, _>>(),
    });
    archive.add("about.json", about.to_string().as_bytes())?;
    archive.add("schema.json", schema.to_string().as_bytes())?;
    archive.add(
        "index.html",
        page(copies, &tables, now, language).as_bytes(),
    )?;
    Ok(archive.finish())
}

pub(super) fn table(
    copy: &TableCopy,
    subject: &Subject,
    archive: &mut Archive,
) -> Result<Table, TooLarge> {
    let name = copy.table.holding.table.clone();
    let mut lines = Vec::with_capacity(copy.rows.len());
    for (number, row) in copy.rows.iter().enumerate() {
        let mut line = Map::new();
        for (place, (column, cell)) in copy.table.columns.iter().zip(row).enumerate() {
            let form = column.form(copy.kinds[place]);
            let value = match (form, cell) {
                (_, Cell::Empty) => Value::Null,
                (Form::Part, Cell::Text(document)) => part(document, subject),
                (Form::File, Cell::Bytes(bytes)) => {
                    let file = format!("media/{name}-{}-{}.jpg", column.name, number + 1);
                    archive.add(&file, bytes)?;
                    Value::String(file)
                }
                (Form::Moment, Cell::Integer(ms)) => {
                    Value::String(rfc3339(Timestamp::from_unix_ms(*ms)))
                }
                (_, Cell::Text(text)) => Value::String(text.clone()),
                (_, Cell::Integer(number)) => json!(number),
                (_, Cell::Boolean(is_so)) => json!(is_so),
                // Nothing that is sealed is given away unopened.
                (_, Cell::Bytes(_)) => Value::Null,
            };
            line.insert(column.name.clone(), value);
        }
        lines.push(line);
    }
    Ok(Table { name, lines })
}

/// What a room's document holds of the subject, and of nobody else.
pub(super) fn part(document: &str, subject: &Subject) -> Value {
    let Ok(room) = serde_json::from_str::<Room>(document) else {
        return Value::Null;
    };
    let principals = subject.principals().iter();
    let principals = principals.filter_map(|it| it.parse::<Principal>().ok());
    // One for each of their devices that is known there.
    let held = principals.filter(|it| room.principals().any(|one| one == it));
    let parts: Vec<Part> = held.map(|it| room.part_of(&it)).collect();
    json!(parts)
}
