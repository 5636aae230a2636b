//! What another installation takes in of a subject's copy: the columns that the inventory marks, and nothing else of it.

use std::collections::BTreeMap;

use base::Timestamp;
use serde_json::Value;

use crate::moment::from_rfc3339;
use crate::{ExportColumn, ExportTable, Form, Kind};

/// A value of a copy that is taken in. What is empty there is not among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Text.
    Text(String),
    /// A number.
    Number(i64),
    /// A moment, to the second.
    Moment(Timestamp),
    /// Yes or no.
    Boolean(bool),
    /// The name of a file beside the lines.
    File(String),
}

/// The values of one line, by column.
pub type TakenRow = BTreeMap<String, Taken>;

/// A line of a copy that is not as its schema says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of {table} is not as the schema says")]
pub struct BadLine {
    /// The table.
    pub table: String,
    /// The line, counted from one.
    pub line: usize,
}

impl ExportTable {
    /// The columns that another installation takes in, each with its place among all.
    pub fn imported(&self) -> impl Iterator<Item = (usize, &ExportColumn)> {
        let columns = self.columns.iter().enumerate();
        columns.filter(|(_, column)| column.rule.import)
    }

    /// Reads the lines of this table's file. `kinds` says what each of its columns holds. What is in a line beside the
    /// columns that are taken in, such as those of another version of the program, is not looked at.
    ///
    /// # Errors
    /// A line is no object, or holds something else than a copy does.
    pub fn take_in(&self, lines: &str, kinds: &[Kind]) -> Result<Vec<TakenRow>, BadLine> {
        let rows = lines.lines().enumerate().map(|(place, line)| {
            let row = self.take_in_line(line, kinds);
            row.ok_or_else(|| BadLine {
                table: self.holding.table.clone(),
                line: place + 1,
            })
        });
        rows.collect()
    }

    fn take_in_line(&self, line: &str, kinds: &[Kind]) -> Option<TakenRow> {
        let line: BTreeMap<String, Value> = serde_json::from_str(line).ok()?;
        let mut row = TakenRow::new();
        for (place, column) in self.imported() {
            let value = line.get(&column.name)?;
            if !value.is_null() {
                let taken = taken(column.form(kinds[place]), value)?;
                row.insert(column.name.clone(), taken);
            }
        }
        Some(row)
    }
}

fn taken(form: Form, value: &Value) -> Option<Taken> {
    match form {
        Form::Text => value.as_str().map(|text| Taken::Text(text.to_owned())),
        Form::Number => value.as_i64().map(Taken::Number),
        Form::Moment => value.as_str().and_then(from_rfc3339).map(Taken::Moment),
        Form::Boolean => value.as_bool().map(Taken::Boolean),
        Form::File => value.as_str().map(|name| Taken::File(name.to_owned())),
        // What several people have in common is nobody's to carry elsewhere.
        Form::Part => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Inventory, Plans};

    /// A table with one column of each form, and one that is not taken in.
    fn table() -> (ExportTable, Vec<Kind>) {
        let columns = [
            ("account_id", false),
            ("at", true),
            ("is_so", true),
            ("jpeg", true),
            ("name", true),
            ("number", true),
        ];
        let columns = columns.map(|(name, import)| {
            format!(
                r#"
                [table.things.column.{name}]
                category = "profile"
                purpose = "account"
                basis = "contract"
                source = "provided"
                retention = "account"
                visibility = "self"
                export = true
                import = {import}
                rectify = false
                recipients = []
                at_rest = "plain"
                "#
            )
        });
        let head = "[table.things]\nowner = \"account_id\"\nerase = \"delete\"\n".to_owned();
        let text = head + &columns.concat();
        let plans = Plans::of(&Inventory::read(&[("test", &text)]).unwrap()).unwrap();
        let kinds = [
            Kind::Text,
            Kind::Integer,
            Kind::Boolean,
            Kind::Bytes,
            Kind::Text,
            Kind::Integer,
        ];
        (plans.export.tables[0].clone(), kinds.to_vec())
    }

    const LINE: &str = r#"{"account_id":"a","at":"2026-11-22T11:07:00Z","is_so":true,"jpeg":"media/a.jpg","name":"n","number":7}"#;

    #[test]
    fn marked_columns_are_taken_in_and_no_others() {
        let (table, kinds) = table();
        let rows = table.take_in(&format!("{LINE}\n"), &kinds).unwrap();
        let row: Vec<(&str, &Taken)> = rows[0].iter().map(|(name, it)| (&**name, it)).collect();
        let at = Taken::Moment(Timestamp::from_unix_ms(1_795_345_620_000));
        assert_eq!(
            row,
            [
                ("at", &at),
                ("is_so", &Taken::Boolean(true)),
                ("jpeg", &Taken::File("media/a.jpg".to_owned())),
                ("name", &Taken::Text("n".to_owned())),
                ("number", &Taken::Number(7)),
            ]
        );
        let empty = LINE.replace("\"n\"", "null");
        let rows = table.take_in(&empty, &kinds).unwrap();
        assert!(!rows[0].contains_key("name"));
        assert_eq!(table.take_in("", &kinds), Ok(Vec::new()));
    }

    #[test]
    fn a_line_that_is_not_as_the_schema_says_is_named() {
        let (table, kinds) = table();
        let damaged = [
            LINE[..20].to_owned(),
            "[]".to_owned(),
            LINE.replace("true", "\"true\""),
            LINE.replace("7}", "7.5}"),
            LINE.replace("11:07", "25:07"),
            LINE.replace("\"name\"", "\"nam\""),
        ];
        for line in damaged {
            let read = table.take_in(&format!("{LINE}\n{line}\n"), &kinds);
            let named = BadLine {
                table: "things".to_owned(),
                line: 2,
            };
            assert_eq!(read, Err(named), "{line}");
        }
    }
}
