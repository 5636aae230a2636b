//! What authorities ask for: the record of processing (GDPR, Article 30) and the categories of the CCPA.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{Grounds, Policy, Safeguard};

/// One purpose, as the record of processing has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecordEntry {
    /// Why.
    pub purpose: String,
    /// What allows it.
    pub bases: BTreeSet<String>,
    /// The kinds of data.
    pub categories: BTreeSet<String>,
    /// Who receives it.
    pub recipients: BTreeSet<String>,
    /// Where those are, and what makes it lawful to tell them something about people there.
    pub countries: BTreeMap<String, BTreeSet<Safeguard>>,
    /// How long it is held.
    pub retention: BTreeSet<String>,
    /// How it is stored.
    pub measures: BTreeSet<String>,
}

/// One category of the CCPA (California Civil Code 1798.140(v)(1)), with what 1798.110(c) asks to be told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CcpaRow {
    /// Its letter there.
    pub letter: char,
    /// What it is called there.
    pub name: &'static str,
    /// The kinds of data here that belong to it; none where none is collected.
    pub categories: BTreeSet<String>,
    /// Where they come from.
    pub sources: BTreeSet<String>,
    /// Why they are collected.
    pub purposes: BTreeSet<String>,
    /// To whom they are disclosed for such a purpose.
    pub recipients: BTreeSet<String>,
    /// How long they are held.
    pub retention: BTreeSet<String>,
    /// Never: there is no way for it.
    pub is_sold: bool,
    /// Never: there is no way for it.
    pub is_shared_for_advertising: bool,
}

/// The categories of the law, and the kinds of data here that belong to each.
const CCPA: [(char, &str, &[&str]); 12] = [
    (
        'A',
        "identifiers",
        &[
            "contact",
            "account",
            "identity",
            "chosen-name",
            "connection",
            "credential",
        ],
    ),
    ('B', "customer records", &["contact", "profile"]),
    ('C', "protected classifications", &[]),
    ('D', "commercial information", &["payment"]),
    ('E', "biometric information", &[]),
    (
        'F',
        "internet activity",
        &["activity", "room", "preference", "choice"],
    ),
    ('G', "geolocation", &[]),
    ('H', "audio, electronic, visual or similar", &["profile"]),
    ('I', "professional or employment information", &[]),
    ('J', "education information", &[]),
    ('K', "inferences", &[]),
    (
        'L',
        "sensitive personal information",
        &["credential", "message"],
    ),
];

/// The record of processing that follows from a policy and what the operator states for other countries, by purpose.
#[must_use]
pub fn record(policy: &Policy, grounds: &Grounds) -> Vec<RecordEntry> {
    let purposes: BTreeSet<&String> = policy.rows.iter().map(|row| &row.purpose).collect();
    let entry = |purpose: &String| {
        let mut entry = RecordEntry {
            purpose: purpose.clone(),
            ..RecordEntry::default()
        };
        for row in policy.rows.iter().filter(|row| row.purpose == *purpose) {
            entry.bases.insert(row.basis.clone());
            entry.categories.insert(row.category.clone());
            entry.recipients.extend(row.recipients.iter().cloned());
            entry.retention.insert(row.retention.clone());
            entry.measures.extend(row.at_rest.iter().cloned());
        }
        for asked in policy
            .asked
            .iter()
            .filter(|asked| asked.purpose == *purpose)
        {
            entry.recipients.insert(asked.host.clone());
            let safeguard = Safeguard::of(&asked.fields, &asked.country, grounds);
            let country = entry.countries.entry(asked.country.clone());
            country.or_default().insert(safeguard);
        }
        entry
    };
    purposes.into_iter().map(entry).collect()
}

/// The categories of the CCPA, each with what belongs to it here.
#[must_use]
pub fn ccpa(policy: &Policy) -> Vec<CcpaRow> {
    let row = |(letter, name, ours): (char, &'static str, &[&str])| {
        let mut entry = CcpaRow {
            letter,
            name,
            ..CcpaRow::default()
        };
        let rows = policy.rows.iter();
        for row in rows.filter(|row| ours.contains(&&*row.category)) {
            entry.categories.insert(row.category.clone());
            entry.sources.extend(row.sources.iter().cloned());
            entry.purposes.insert(row.purpose.clone());
            entry.recipients.extend(row.recipients.iter().cloned());
            entry.retention.insert(row.retention.clone());
        }
        entry
    };
    CCPA.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Asked, Ground, PolicyRow};

    fn policy(category: &str) -> Policy {
        let one = |word: &str| BTreeSet::from([word.to_owned()]);
        let row = PolicyRow {
            place: "server".to_owned(),
            purpose: "account".to_owned(),
            category: category.to_owned(),
            basis: "contract".to_owned(),
            retention: "account".to_owned(),
            sources: one("provided"),
            visibility: one("self"),
            recipients: one("mail-server"),
            at_rest: one("plain"),
            laws: BTreeSet::new(),
            names: one("table.accounts.email"),
        };
        Policy {
            rows: vec![row],
            ..Policy::default()
        }
    }

    #[test]
    fn the_record_names_each_purpose_once_with_all_that_belongs_to_it() {
        let mut policy = policy("contact");
        for field in ["title", "email-address"] {
            policy.asked.push(Asked {
                host: format!("{field}.example"),
                fields: BTreeSet::from([field.to_owned()]),
                purpose: "account".to_owned(),
                country: "US".to_owned(),
            });
        }
        let grounds = Grounds::from([("US".to_owned(), Ground::Clauses)]);
        let record = record(&policy, &grounds);
        assert_eq!(record.len(), 1);
        let recipients = ["email-address.example", "mail-server", "title.example"];
        assert!(record[0].recipients.iter().eq(recipients));
        let safeguards = [Safeguard::NotNeeded, Safeguard::Stated(Ground::Clauses)];
        assert_eq!(record[0].countries["US"], BTreeSet::from(safeguards));
    }

    // Promises Y42, Y44
    #[test]
    fn the_categories_of_the_law_name_what_is_collected_and_nothing_is_sold() {
        let rows = ccpa(&policy("contact"));
        let collected = rows.iter().filter(|row| !row.categories.is_empty());
        let letters: String = collected.map(|row| row.letter).collect();
        assert_eq!(letters, "AB");
        assert!(
            rows.iter()
                .all(|row| !row.is_sold && !row.is_shared_for_advertising)
        );
    }
}
