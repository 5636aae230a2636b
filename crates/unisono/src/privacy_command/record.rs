//! `unisono privacy record`: the record of processing, made of the inventory.

use std::collections::BTreeSet;

use privacy::{Policy, RecordEntry, record, rfc3339, text_key};
use serde_json::json;
use texts::Language;

use super::Desk;

const LANGUAGE: Language = Language::English;

pub(super) fn write(desk: &Desk<'_>, is_json: bool) -> String {
    let policy = Policy::of(desk.held);
    let version = policy.version(&texts::POLICY);
    let entries = record(&policy);
    if is_json {
        let record = json!({
            "controller": desk.site,
            "made_at": rfc3339(desk.now),
            "policy": version,
            "purposes": entries,
        });
        return format!("{record:#}");
    }
    let mut text = format!(
        "# Record of processing activities (GDPR, Article 30)\n\nService: {}\nMade at: {}\nPolicy: {version}\n\n\
         Name and contact of the controller, and of a representative or data protection officer where there is one, are the \
         operator's to add.\n",
        desk.site,
        rfc3339(desk.now),
    );
    for entry in &entries {
        text += &section(entry);
    }
    text
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
    for (title, words) in [
        ("Recipients", &entry.recipients),
        ("Countries of recipients", &entry.countries),
        ("Stored", &entry.measures),
    ] {
        section += &line(title, words.iter().cloned());
    }
    section
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
