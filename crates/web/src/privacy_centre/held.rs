//! What is held, in words.

use app::{Held, HeldTable, Shown, Unshown};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use privacy::{AtRest, rfc3339, text_key, word};

use crate::texts::Language;

/// What is held for one reason.
pub(crate) struct Reason {
    pub(crate) title: String,
    pub(crate) count: String,
    pub(crate) facts: Vec<Fact>,
    pub(crate) tables: Vec<Table>,
}

pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) text: String,
}

pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) has_items: bool,
    pub(crate) rows: Vec<Row>,
    /// How many more there are, in words.
    pub(crate) more: Option<String>,
}

pub(crate) struct Row {
    pub(crate) item: Option<String>,
    pub(crate) values: Vec<Value>,
}

pub(crate) struct Value {
    pub(crate) column: &'static str,
    pub(crate) text: String,
    /// A picture in place of a text.
    pub(crate) picture: Option<String>,
    /// Whether it says a moment.
    pub(crate) is_moment: bool,
    pub(crate) editor: Option<String>,
}

/// A column of which no value is shown.
pub(super) struct Hidden {
    pub(crate) place: String,
    pub(crate) text: String,
}

pub(crate) fn reasons(held: &[Held], t: Language) -> Vec<Reason> {
    held.iter().map(|held| reason(held, t)).collect()
}

fn reason(held: &Held, t: Language) -> Reason {
    let facts = held.facts(t).into_iter();
    Reason {
        title: held.title(t),
        count: t.with("centre-held-count", "count", held.values() as u64),
        facts: facts.map(|(label, text)| Fact { label, text }).collect(),
        tables: held.tables.iter().map(|held| table(held, t)).collect(),
    }
}

fn table(held: &HeldTable, t: Language) -> Table {
    let rows = held.rows.iter().map(|row| Row {
        item: row.item.as_ref().map(|item| item.expose().clone()),
        values: row
            .values
            .iter()
            .map(|value| Value {
                column: value.column,
                text: in_words(&value.shown, t),
                picture: picture(&value.shown),
                is_moment: matches!(value.shown, Shown::Moment(_)),
                editor: value.editor.clone(),
            })
            .collect(),
    });
    Table {
        name: held.name,
        has_items: held.has_items,
        rows: rows.collect(),
        more: (held.more > 0).then(|| t.with("centre-held-more", "count", held.more as u64)),
    }
}

fn in_words(shown: &Shown, t: Language) -> String {
    match shown {
        Shown::Text(text) => text.expose().clone(),
        Shown::Number(number) => number.to_string(),
        Shown::Boolean(true) => t.say("centre-yes"),
        Shown::Boolean(false) => t.say("centre-no"),
        Shown::Moment(moment) => rfc3339(*moment),
        Shown::Picture(_) => t.say("centre-picture"),
    }
}

fn picture(shown: &Shown) -> Option<String> {
    let Shown::Picture(bytes) = shown else {
        return None;
    };
    let bytes = STANDARD.encode(bytes.expose());
    Some(format!("data:image/jpeg;base64,{bytes}"))
}

pub(super) fn hidden(unshown: &[Unshown], t: Language) -> Vec<Hidden> {
    let columns = unshown.iter().map(|one| {
        let purpose = t.say(&text_key("purpose", &word(&one.purpose)));
        let how = match one.at_rest {
            AtRest::Hashed(scheme) => t.with("centre-hidden-hashed", "kind", scheme.as_str()),
            AtRest::Sealed => t.say("centre-hidden-sealed"),
            AtRest::Plain | AtRest::NotStored => t.say("centre-hidden-plain"),
        };
        Hidden {
            place: one.place.clone(),
            text: format!("{purpose}; {how}"),
        }
    });
    columns.collect()
}
