//! `unisono privacy record`: the record of processing, made of the inventory.

use std::collections::BTreeSet;

use privacy::{Grounds, Policy, RecordEntry, record, rfc3339, text_key, word};
use serde::Serialize;
use serde_json::json;
use texts::Language;

use super::Desk;

const LANGUAGE: Language = Language::English;

const RECORD: Report<RecordEntry> = Report {
    title: "Record of processing activities (GDPR, Article 30)",
    note: "Name and contact of the controller, and of a representative or data protection officer where there is one, are \
           the operator's to add.",
    rows_name: "purposes",
    rows: record,
    section,
};

/// A document for authorities that follows from the policy.
pub(super) struct Report<R> {
    pub(super) title: &'static str,
    pub(super) note: &'static str,
    /// What its rows are called in JSON.
    pub(super) rows_name: &'static str,
    pub(super) rows: fn(&Policy, &Grounds) -> Vec<R>,
    pub(super) section: fn(&R) -> String,
}

impl<R: Serialize> Report<R> {
    pub(super) fn write(&self, desk: &Desk<'_>, is_json: bool) -> String {
        let policy = Policy::of(desk.held);
        let version = policy.version(&texts::POLICY);
        let (rows, made_at) = ((self.rows)(&policy, desk.grounds), rfc3339(desk.now));
        if is_json {
            let report = json!({
                "controller": desk.site,
                "made_at": made_at,
                "policy": version,
                self.rows_name: rows,
            });
            return format!("{report:#}");
        }
        let head = format!(
            "# {}\n\nService: {}\nMade at: {made_at}\nPolicy: {version}\n\n{}\n",
            self.title, desk.site, self.note,
        );
        rows.iter()
            .fold(head, |text, row| text + &(self.section)(row))
    }
}

pub(super) fn write(desk: &Desk<'_>, is_json: bool) -> String {
    RECORD.write(desk, is_json)
}

fn section(entry: &RecordEntry) -> String {
    let mut section = format!("\n## {}\n", say("purpose", &entry.purpose));
    for (title, family, words) in [
        ("Allowed by", "basis", &entry.bases),
        ("Categories of data", "category", &entry.categories),
        ("Time limits for erasure", "retention", &entry.retention),
    ] {
        section += &line(title, words.iter().map(|word| say(family, word)));
    }
    let countries = entry.countries.iter().map(|(country, safeguards)| {
        let safeguards: Vec<String> = safeguards
            .iter()
            .map(|safeguard| say("safeguard", &word(safeguard)))
            .collect();
        format!("{country} ({})", safeguards.join("; "))
    });
    section
        + &line("Recipients", entry.recipients.iter().cloned())
        + &line("Countries of recipients, with the safeguard", countries)
        + &line("Stored", entry.measures.iter().cloned())
}

pub(super) fn line(title: &str, words: impl Iterator<Item = String>) -> String {
    let words: BTreeSet<String> = words.collect();
    let words: Vec<String> = words.into_iter().collect();
    match words.is_empty() {
        true => format!("- {title}: none\n"),
        false => format!("- {title}: {}\n", words.join("; ")),
    }
}

pub(super) fn say(family: &str, word: &str) -> String {
    texts::plain(&LANGUAGE.say(&text_key(family, word)))
}
