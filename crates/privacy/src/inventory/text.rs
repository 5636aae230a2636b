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

/// What a column that names a subject holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// The id of an account.
    Account,
    /// What stands for a device, or an account, in rooms: text.
    Principal,
    /// The hash of the key by which a device opened a room: bytes.
    DeviceKey,
}

/// How a row belongs to a subject.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Owner {
    /// To nobody: `none`.
    #[default]
    None,
    /// Each of these columns names a subject: `account_id`, `shared(from_id, to_id)`, `principal(person)` or
    /// `device-key(host_key_hash)`.
    Named {
        /// What the columns hold.
        kind: NameKind,
        /// The columns.
        columns: Vec<String>,
    },
    /// To whom the row of another table belongs, by that table's own rule: `via(room_id = rooms.id)`.
    Via {
        /// The column here that is equal to theirs.
        column: String,
        /// The other table.
        table: String,
        /// Its column.
        their_column: String,
    },
}

impl TryFrom<String> for Owner {
    type Error = BadWord;

    fn try_from(text: String) -> Result<Self, BadWord> {
        let named = |kind, list: &str| Self::Named {
            kind,
            columns: columns(list),
        };
        let owner = match parts(&text) {
            ("none", None) => Some(Self::None),
            ("via", Some(path)) => via(path),
            ("shared", Some(list)) => Some(named(NameKind::Account, list)),
            ("principal", Some(list)) => Some(named(NameKind::Principal, list)),
            ("device-key", Some(list)) => Some(named(NameKind::DeviceKey, list)),
            (column, None) => Some(named(NameKind::Account, column)),
            _ => None,
        };
        owner.filter(Owner::is_of_names).ok_or(BadWord(text))
    }
}

impl Owner {
    /// Every column and table is called as a statement may call it unquoted.
    fn is_of_names(&self) -> bool {
        match self {
            Self::None => true,
            Self::Named { columns, .. } => columns.iter().all(|column| is_name(column)),
            Self::Via {
                column,
                table,
                their_column,
            } => [column, table, their_column]
                .into_iter()
                .all(|name| is_name(name)),
        }
    }
}

/// Reads `column = table.column`.
fn via(path: &str) -> Option<Owner> {
    let (column, theirs) = path.split_once('=')?;
    let (table, their_column) = theirs.split_once('.')?;
    Some(Owner::Via {
        column: column.trim().to_owned(),
        table: table.trim().to_owned(),
        their_column: their_column.trim().to_owned(),
    })
}

/// Whether a table or column may be called this: the names of statements are made of nothing else.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// What erasing a subject does to a row.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Erase {
    /// The row goes.
    Delete,
    /// These columns are emptied, and no longer say whose the row was.
    Anonymise(Vec<String>),
    /// The row stays, for this reason.
    Keep(String),
    /// The document in this column concerns several people and is written anew without this one, by the rules of
    /// what it is.
    Rewrite(String),
}

impl TryFrom<String> for Erase {
    type Error = BadWord;

    fn try_from(text: String) -> Result<Self, BadWord> {
        match parts(&text) {
            ("delete", None) => Ok(Self::Delete),
            ("anonymise", Some(list)) => Ok(Self::Anonymise(columns(list))),
            ("keep", Some(reason)) => Ok(Self::Keep(reason.to_owned())),
            ("rewrite", Some(column)) => Ok(Self::Rewrite(column.to_owned())),
            _ => Err(BadWord(text)),
        }
    }
}

/// When rows of a table are deleted by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Sweep {
    /// Once the moment in this column has passed: `past(expires_at)`.
    Past(String),
    /// So many days after the moment in this column: `older(at, 90d)`.
    Older {
        /// The column.
        column: String,
        /// The days.
        days: u32,
    },
    /// After as many days as the row's account has chosen, and never where it has chosen a negative number:
    /// `chosen(at, account_id, history_days)`.
    Chosen {
        /// The column with the moment.
        column: String,
        /// The column that names the account.
        account: String,
        /// The column of `accounts` with the days.
        days_column: String,
    },
    /// So many days after the moment in a column; where it has none and the row is nobody's account's, after the moment in
    /// another: `settled(closed_at, opened_at, account_id, 90d)`.
    Settled {
        /// The column with the moment.
        column: String,
        /// The column with the moment that counts until then.
        began: String,
        /// The column that names the account.
        account: String,
        /// The days.
        days: u32,
    },
    /// So many days after the moment in a column; where the row has none and none of being confirmed either, so many days
    /// after it was begun. Where it is confirmed and has none, so many days after it was begun as well, unless it ends with an
    /// account: `confirmed(answered_at, 90d, checked_at, asked_at, 30d, account_id, 180d)`.
    Confirmed {
        /// The column with the moment.
        column: String,
        /// The days.
        days: u32,
        /// The column with the moment of being confirmed.
        confirmed: String,
        /// The column with the moment of beginning.
        began: String,
        /// The days of what nobody confirms.
        unconfirmed_days: u32,
        /// The column that names the account.
        account: String,
        /// The days of what nobody answers and no account ends.
        unanswered_days: u32,
    },
}

impl TryFrom<String> for Sweep {
    type Error = BadWord;

    fn try_from(text: String) -> Result<Self, BadWord> {
        let (word, list) = parts(&text);
        let arguments = columns(list.unwrap_or_default());
        let sweep = match (word, arguments.as_slice()) {
            ("past", [column]) => Some(Self::Past(column.clone())),
            ("older", [column, span]) => days(span).map(|days| Self::Older {
                column: column.clone(),
                days,
            }),
            ("chosen", [column, account, days]) => Some(Self::Chosen {
                column: column.clone(),
                account: account.clone(),
                days_column: days.clone(),
            }),
            ("settled", [column, began, account, span]) => days(span).map(|days| Self::Settled {
                column: column.clone(),
                began: began.clone(),
                account: account.clone(),
                days,
            }),
            ("confirmed", arguments) => confirmed(arguments),
            _ => None,
        };
        let is_of_names = |sweep: &Self| match sweep {
            Self::Past(column) | Self::Older { column, .. } => is_name(column),
            Self::Chosen {
                column,
                account,
                days_column,
            } => [column, account, days_column]
                .into_iter()
                .all(|it| is_name(it)),
            Self::Settled {
                column,
                began,
                account,
                ..
            } => [column, began, account].into_iter().all(|it| is_name(it)),
            Self::Confirmed {
                column,
                confirmed,
                began,
                account,
                ..
            } => [column, confirmed, began, account]
                .into_iter()
                .all(|it| is_name(it)),
        };
        sweep.filter(is_of_names).ok_or(BadWord(text))
    }
}

impl Sweep {
    /// The column with the moment.
    #[must_use]
    pub fn column(&self) -> &str {
        match self {
            Self::Past(column)
            | Self::Older { column, .. }
            | Self::Chosen { column, .. }
            | Self::Settled { column, .. }
            | Self::Confirmed { column, .. } => column,
        }
    }
}

fn confirmed(arguments: &[String]) -> Option<Sweep> {
    let [
        column,
        span,
        confirmed,
        began,
        unconfirmed,
        account,
        unanswered,
    ] = arguments
    else {
        return None;
    };
    Some(Sweep::Confirmed {
        column: column.clone(),
        days: days(span)?,
        confirmed: confirmed.clone(),
        began: began.clone(),
        unconfirmed_days: days(unconfirmed)?,
        account: account.clone(),
        unanswered_days: days(unanswered)?,
    })
}

/// Reads `90d`.
fn days(span: &str) -> Option<u32> {
    span.strip_suffix('d')?.parse().ok()
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
            Sweep::try_from("older(at, 90d)".to_owned()),
            Ok(Sweep::Older {
                column: "at".to_owned(),
                days: 90
            })
        );
        assert_eq!(
            Owner::try_from("via(room_id = rooms.id)".to_owned()),
            Ok(Owner::Via {
                column: "room_id".to_owned(),
                table: "rooms".to_owned(),
                their_column: "id".to_owned()
            })
        );
        assert_eq!(
            Owner::try_from("shared(from_id, to_id)".to_owned()),
            Ok(Owner::Named {
                kind: NameKind::Account,
                columns: vec!["from_id".to_owned(), "to_id".to_owned()]
            })
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
        for text in [
            "",
            "via(rooms)",
            "via(room_id)",
            "column(x)",
            "Account",
            "shared(a b)",
            "principal(a;b)",
        ] {
            assert!(Owner::try_from(text.to_owned()).is_err(), "{text}");
        }
        for text in [
            "",
            "past",
            "past()",
            "older(at)",
            "older(at, 90)",
            "chosen(at)",
            "settled(at, begun_at, account_id)",
            "settled(at, begun at, account_id, 90d)",
            "confirmed(at, 90d, checked_at, asked_at, 30d)",
            "confirmed(at, 90d, checked_at, asked_at, 30d, account_id, ever)",
            "confirmed(at, 90d, checked_at, asked at, 30d, account_id, 180d)",
            "confirmed(at, 90d, checked_at, asked_at, 30d, account id, 180d)",
        ] {
            assert!(Sweep::try_from(text.to_owned()).is_err(), "{text}");
        }
        for text in ["", "keep", "keep()", "rewrite", "anonymise", "delete(x)"] {
            assert!(Erase::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
