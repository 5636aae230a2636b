//! What is wrong with a setting, without its value: one that stands in the wrong place may be a key or a password.

use figment::Error;
use figment::error::{Actual, Kind};

/// Stands in the place of a value.
const HIDDEN: &str = "[hidden]";

/// The same complaints, which name settings and sources but quote nothing.
pub(super) fn without_values(error: Error) -> Error {
    let mut errors: Vec<Error> = error.into_iter().collect();
    for error in &mut errors {
        error.kind = hidden(error.kind.clone());
    }
    // The last one comes first, and holds those before it.
    let chained = errors.into_iter().rev().reduce(Error::chain);
    chained.expect("an error holds itself at least")
}

fn hidden(kind: Kind) -> Kind {
    match kind {
        Kind::InvalidType(actual, expected) => Kind::InvalidType(sort(actual), expected),
        Kind::InvalidValue(actual, expected) => Kind::InvalidValue(sort(actual), expected),
        Kind::UnknownVariant(_, expected) => Kind::UnknownVariant(HIDDEN.to_owned(), expected),
        Kind::Unsupported(actual) => Kind::Unsupported(sort(actual)),
        Kind::UnsupportedKey(actual, expected) => Kind::UnsupportedKey(sort(actual), expected),
        Kind::ISizeOutOfRange(_) | Kind::USizeOutOfRange(_) => {
            Kind::Message("a number is out of range".to_owned())
        }
        Kind::Message(text) => Kind::Message(without_source(&text)),
        other => other,
    }
}

/// What sort of value it is. A password may look like a number.
fn sort(actual: Actual) -> Actual {
    let sort = match actual {
        Actual::Bool(_) => "bool",
        Actual::Unsigned(_) | Actual::Signed(_) => "int",
        Actual::Float(_) => "float",
        Actual::Char(_) | Actual::Str(_) => "string",
        Actual::Bytes(_) => "bytes",
        other => return other,
    };
    Actual::Other(sort.to_owned())
}

/// A file that does not parse is quoted behind a margin such as `12 | `; the words around it say where and what is wrong.
fn without_source(text: &str) -> String {
    let is_quoted = |line: &&str| {
        let line = line
            .trim_start()
            .trim_start_matches(|c: char| c.is_ascii_digit());
        line.trim_start().starts_with('|')
    };
    let lines: Vec<&str> = text.lines().filter(|line| !is_quoted(line)).collect();
    lines.join("\n")
}
