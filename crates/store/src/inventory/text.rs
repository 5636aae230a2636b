//! The words of the inventory that carry an argument, such as `hashed(bcrypt)`.

use serde::Deserialize;

/// A word of the inventory that is not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not understood here")]
pub struct BadWord(String);

/// How something is stored.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum AtRest {
    /// As it is.
    Plain,
    /// As a hash, by the named scheme.
    Hashed(String),
    /// Encrypted.
    Sealed,
    /// Not at all: it lives in memory only.
    NotStored,
}

impl TryFrom<String> for AtRest {
    type Error = BadWord;

    fn try_from(text: String) -> Result<Self, BadWord> {
        match parts(&text) {
            ("plain", None) => Ok(Self::Plain),
            ("hashed", Some(scheme)) => Ok(Self::Hashed(scheme.to_owned())),
            ("sealed", None) => Ok(Self::Sealed),
            ("not-stored", None) => Ok(Self::NotStored),
            _ => Err(BadWord(text)),
        }
    }
}

/// How a row belongs to a subject.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Owner {
    /// To nobody.
    None,
    /// This column names the subject.
    Column(String),
    /// The row that this table's column names belongs to the subject.
    Via {
        /// The table of that row.
        table: String,
        /// The column that names it.
        column: String,
    },
    /// Each of these columns names a subject.
    Shared(Vec<String>),
}

impl TryFrom<String> for Owner {
    type Error = BadWord;

    fn try_from(text: String) -> Result<Self, BadWord> {
        let owner = match parts(&text) {
            ("none", None) => Some(Self::None),
            ("via", Some(path)) => path.split_once('.').map(|(table, column)| Self::Via {
                table: table.to_owned(),
                column: column.to_owned(),
            }),
            ("shared", Some(list)) => Some(Self::Shared(columns(list))),
            (column, None) if !column.is_empty() => Some(Self::Column(column.to_owned())),
            _ => None,
        };
        owner.ok_or(BadWord(text))
    }
}

/// What erasing a subject does to a row.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Erase {
    /// The row goes.
    Delete,
    /// These columns are emptied.
    Anonymise(Vec<String>),
    /// The row stays, for this reason.
    Keep(String),
}

impl TryFrom<String> for Erase {
    type Error = BadWord;

    fn try_from(text: String) -> Result<Self, BadWord> {
        match parts(&text) {
            ("delete", None) => Ok(Self::Delete),
            ("anonymise", Some(list)) => Ok(Self::Anonymise(columns(list))),
            ("keep", Some(reason)) => Ok(Self::Keep(reason.to_owned())),
            _ => Err(BadWord(text)),
        }
    }
}

/// Splits `word(argument)`. An empty argument counts as part of the word, which then is not understood.
fn parts(text: &str) -> (&str, Option<&str>) {
    text.strip_suffix(')')
        .and_then(|open| open.split_once('('))
        .filter(|(_, argument)| !argument.is_empty())
        .map_or((text, None), |(word, argument)| (word, Some(argument)))
}

fn columns(list: &str) -> Vec<String> {
    list.split(',')
        .map(|column| column.trim().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_with_their_arguments() {
        assert_eq!(
            AtRest::try_from("hashed(bcrypt)".to_owned()),
            Ok(AtRest::Hashed("bcrypt".to_owned()))
        );
        assert_eq!(
            Owner::try_from("via(rooms.id)".to_owned()),
            Ok(Owner::Via {
                table: "rooms".to_owned(),
                column: "id".to_owned()
            })
        );
        assert_eq!(
            Owner::try_from("shared(from_id, to_id)".to_owned()),
            Ok(Owner::Shared(vec![
                "from_id".to_owned(),
                "to_id".to_owned()
            ]))
        );
        assert_eq!(
            Erase::try_from("keep(invoices are kept by law)".to_owned()),
            Ok(Erase::Keep("invoices are kept by law".to_owned()))
        );
    }

    #[test]
    fn a_word_without_its_argument_is_refused() {
        for text in ["hashed", "hashed()", "plain(x)", "Plain", ""] {
            assert!(AtRest::try_from(text.to_owned()).is_err(), "{text}");
        }
        for text in ["", "via(rooms)", "column(x)"] {
            assert!(Owner::try_from(text.to_owned()).is_err(), "{text}");
        }
        for text in ["", "keep", "keep()", "anonymise", "delete(x)"] {
            assert!(Erase::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
