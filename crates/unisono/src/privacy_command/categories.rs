//! `unisono privacy categories`: the table that California's law asks for, made of the inventory.

use privacy::{CcpaRow, Policy, ccpa, rfc3339};
use serde_json::json;

use super::Desk;
use super::record::{line, say};

pub(super) fn write(desk: &Desk<'_>, is_json: bool) -> String {
    let policy = Policy::of(desk.held);
    let version = policy.version(&texts::POLICY);
    let rows = ccpa(&policy);
    if is_json {
        let report = json!({
            "controller": desk.site,
            "made_at": rfc3339(desk.now),
            "policy": version,
            "categories": rows,
        });
        return format!("{report:#}");
    }
    let mut text = format!(
        "# Categories of personal information (California Civil Code, 1798.110(c))\n\nService: {}\nMade at: {}\n\
         Policy: {version}\n\nNothing of it is sold, and nothing is shared for advertising: there is no way for either. \
         For the twelve months before, see also what changed at /privacy#changes.\n",
        desk.site,
        rfc3339(desk.now),
    );
    for row in &rows {
        text += &section(row);
    }
    text
}

fn section(row: &CcpaRow) -> String {
    let title = format!("\n## {}. {}\n", row.letter, row.name);
    if row.categories.is_empty() {
        return title + "- Not collected\n";
    }
    let mut section = title;
    for (name, family, words) in [
        ("Collected", "category", &row.categories),
        ("From", "source", &row.sources),
        ("Why", "purpose", &row.purposes),
        ("Held", "retention", &row.retention),
    ] {
        section += &line(name, words.iter().map(|word| say(family, word)));
    }
    section + &line("Disclosed to", row.recipients.iter().cloned())
}
