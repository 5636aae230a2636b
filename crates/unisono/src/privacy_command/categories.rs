//! `unisono privacy categories`: the table that California's law asks for, made of the inventory.

use privacy::{CcpaRow, ccpa};

use super::Desk;
use super::record::{Report, line, say};

const CATEGORIES: Report<CcpaRow> = Report {
    title: "Categories of personal information (California Civil Code, 1798.110(c))",
    note: "Nothing of it is sold, and nothing is shared for advertising: there is no way for either. For the twelve months \
           before, see also what changed at /privacy#changes.",
    rows_name: "categories",
    rows: |policy, _| ccpa(policy),
    section,
};

pub(super) fn write(desk: &Desk<'_>, is_json: bool) -> String {
    CATEGORIES.write(desk, is_json)
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
