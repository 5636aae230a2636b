//! The form of a subject's copy: what each value looks like, and the JSON Schema that says so.

use serde_json::{Map, Value, json};

use crate::{ExportColumn, ExportPlan};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A number, or a moment in Unix milliseconds.
    Integer,
    /// Yes or no.
    Boolean,
    /// A picture, or something sealed.
    Bytes,
}

/// What a copy shows for a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The text.
    Text,
    /// The number.
    Number,
    /// A moment, by RFC 3339.
    Moment,
    /// Yes or no.
    Boolean,
    /// The name of a file beside it.
    File,
    /// The subject's part of a document about several people.
    Part,
}

impl ExportColumn {
    /// What a copy shows for it. Columns of moments are called `at`, `..._at`, `..._day` or `..._since`.
    #[must_use]
    pub fn form(&self, kind: Kind) -> Form {
        let ends = ["_at", "_day", "_since"];
        let is_moment = self.name == "at" || ends.iter().any(|end| self.name.ends_with(end));
        match kind {
            _ if self.is_shared => Form::Part,
            Kind::Text => Form::Text,
            Kind::Integer if is_moment => Form::Moment,
            Kind::Integer => Form::Number,
            Kind::Boolean => Form::Boolean,
            Kind::Bytes if self.is_sealed() => Form::Text,
            Kind::Bytes => Form::File,
        }
    }
}

impl Form {
    fn schema(self) -> Value {
        match self {
            Self::Text => json!({ "type": ["string", "null"] }),
            Self::Number => json!({ "type": ["integer", "null"] }),
            Self::Moment => json!({ "type": ["string", "null"], "format": "date-time" }),
            Self::Boolean => json!({ "type": ["boolean", "null"] }),
            Self::File => json!({ "type": ["string", "null"], "contentMediaType": "image/jpeg" }),
            Self::Part => json!({ "type": ["array", "null"], "items": { "type": "object" } }),
        }
    }
}

impl ExportPlan {
    /// The JSON Schema (draft 2020-12) of a copy: `$defs` holds what one line of each table's file looks like.
    #[must_use]
    pub fn schema(&self, kind: impl Fn(&str, &str) -> Option<Kind>) -> Value {
        let tables = self.tables.iter().map(|table| {
            let name = &table.holding.table;
            let columns = table.columns.iter().filter_map(|column| {
                let form = column.form(kind(name, &column.name)?);
                Some((column.name.clone(), form.schema()))
            });
            let columns: Map<String, Value> = columns.collect();
            let names: Vec<&String> = columns.keys().collect();
            let line = json!({
                "type": "object",
                "required": names,
                "properties": columns,
                "additionalProperties": false,
            });
            (name.clone(), line)
        });
        let tables: Map<String, Value> = tables.collect();
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "A copy of what one installation of Unisono holds about one person",
            "$defs": tables,
        })
    }
}
