//! What makes it lawful that something about a person is told in another country (GDPR, chapter V).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What says nothing about a person: a recording, what the operator is called there, and what this program failed at. All
/// else may.
const OF_NOBODY: [&str; 10] = [
    "title",
    "artist",
    "album",
    "isrc",
    "barcode",
    "id",
    "picture",
    "operator-key",
    "operator-contact",
    "failure",
];

/// What whoever runs an installation states for the recipients in one country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// The same law holds there as for the operator, so nothing is transferred (GDPR, Article 44).
    SameLaw,
    /// It was decided that data is protected well enough there: Article 45.
    Adequacy,
    /// Contract clauses that were adopted for this: Article 46(2).
    Clauses,
}

/// What stands beside a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Safeguard {
    /// It is told nothing about a person, so none is needed.
    NotNeeded,
    /// The operator has stated none.
    Unstated,
    /// The operator has stated this one.
    #[serde(untagged)]
    Stated(Ground),
}

/// What an operator states, by country as an ISO 3166-1 code.
pub type Grounds = BTreeMap<String, Ground>;

impl Safeguard {
    /// Of a recipient in `country` that is told `fields`.
    pub fn of<'a>(
        fields: impl IntoIterator<Item = &'a String>,
        country: &str,
        grounds: &Grounds,
    ) -> Self {
        let mut fields = fields.into_iter();
        match grounds.get(country) {
            _ if fields.all(|field| OF_NOBODY.contains(&field.as_str())) => Self::NotNeeded,
            Some(ground) => Self::Stated(*ground),
            None => Self::Unstated,
        }
    }
}

/// Whether this is the form of a country's code.
#[must_use]
pub fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word;

    fn of(fields: &[&str]) -> Safeguard {
        let fields: Vec<String> = fields.iter().map(|&field| field.to_owned()).collect();
        let grounds = Grounds::from([("US".to_owned(), Ground::Clauses)]);
        Safeguard::of(&fields, "US", &grounds)
    }

    #[test]
    fn whoever_is_told_of_music_alone_needs_no_safeguard_and_anybody_else_does() {
        assert_eq!(of(&["title", "operator-key"]), Safeguard::NotNeeded);
        assert_eq!(of(&["failure", "operator-key"]), Safeguard::NotNeeded);
        assert_eq!(of(&[]), Safeguard::NotNeeded);
        let clauses = Safeguard::Stated(Ground::Clauses);
        assert_eq!(of(&["title", "email-address"]), clauses);
        assert_eq!(of(&["something-new"]), clauses);
        let fields = ["letter".to_owned()];
        let unstated = Safeguard::of(&fields, "DE", &Grounds::new());
        assert_eq!(unstated, Safeguard::Unstated);
    }

    #[test]
    fn each_safeguard_has_a_word() {
        let grounds = [Ground::SameLaw, Ground::Adequacy, Ground::Clauses];
        let words = grounds.map(|ground| word(&Safeguard::Stated(ground)));
        assert_eq!(words, ["same-law", "adequacy", "clauses"]);
        assert_eq!(word(&Safeguard::NotNeeded), "not-needed");
        // Article 49 is for what happens now and then, not for a service (recital 111).
        assert!(serde_json::from_str::<Ground>("\"asked\"").is_err());
        assert!(serde_json::from_str::<Ground>("\"adequacy\"").is_ok());
        assert!(is_country("PT") && !is_country("pt") && !is_country("PRT"));
    }
}
