//! `cargo xtask asvs`: each requirement of OWASP ASVS 5.0, levels 1 and 2, with what holds it here.
//!
//! `docs/asvs.json` says it in our own words, item by item. A claim that names a test or a file that is not there is a
//! fault, and so is an item of level 1 that applies and is open.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::process::ExitCode;

use serde_json::Value;

use crate::failure::{Failure, Result};
use crate::house::House;
use crate::promises;
use crate::report::Report;

const LIST: &str = "docs/asvs.json";

/// How many requirements the standard has at each level, so that none is left out.
const COUNTS: [(u64, usize); 2] = [(1, 70), (2, 183)];

/// How an item stands here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    Held,
    Open,
    NotApplicable,
}

/// A requirement, as the list states it.
#[derive(Debug)]
struct Item {
    id: String,
    level: u64,
    text: String,
    status: Status,
    tests: Vec<String>,
    /// The file that holds it, or where it is written down.
    place: Option<String>,
    /// Why it is open or does not apply.
    reason: Option<String>,
}

/// Prints the list and the score; fails when a claim is wrong.
pub(crate) fn command(house: &House) -> Result<ExitCode> {
    Ok(report(house)?.print())
}

pub(crate) fn report(house: &House) -> Result<Report> {
    let items = parse(&house.text(LIST.as_ref())?)?;
    let tests = promises::tests(house)?;
    let known: BTreeSet<&str> = tests.iter().map(promises::Test::name).collect();
    let mut faults = faults(&items, &known, |file| house.root.join(file).is_file());
    faults.extend(left_out(&items));
    let text = told(&items);
    Ok(Report { text, faults })
}

fn parse(text: &str) -> Result<Vec<Item>> {
    let broken = |what: &str| Failure::new(format!("{LIST}: {what}"));
    let list: Value = serde_json::from_str(text).map_err(|error| broken(&error.to_string()))?;
    let rows = list["items"]
        .as_array()
        .ok_or_else(|| broken("no list `items`"))?;
    rows.iter()
        .map(|row| item(row).map_err(|what| broken(&format!("{what}: {row}"))))
        .collect()
}

fn item(row: &Value) -> std::result::Result<Item, &'static str> {
    let word = |key: &str| row[key].as_str().map(str::to_owned);
    let status = match row["status"].as_str() {
        Some("held") => Status::Held,
        Some("open") => Status::Open,
        Some("not-applicable") => Status::NotApplicable,
        _ => return Err("no status that is known"),
    };
    let tests = row["tests"].as_array().into_iter().flatten();
    Ok(Item {
        id: word("id").ok_or("no id")?,
        level: row["level"].as_u64().ok_or("no level")?,
        text: word("text").ok_or("no text")?,
        status,
        tests: tests
            .map(|name| {
                name.as_str()
                    .map(str::to_owned)
                    .ok_or("a test without a name")
            })
            .collect::<std::result::Result<_, _>>()?,
        place: word("place"),
        reason: word("reason"),
    })
}

fn faults(items: &[Item], tests: &BTreeSet<&str>, is_file: impl Fn(&str) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for item in items {
        let id = &item.id;
        if !ids.insert(id) {
            faults.push(format!("{id} is listed twice"));
        }
        for test in item
            .tests
            .iter()
            .filter(|test| !tests.contains(test.as_str()))
        {
            faults.push(format!(
                "{id} claims the test `{test}`, which does not exist"
            ));
        }
        if let Some(place) = item.place.as_deref().filter(|place| !is_file(place)) {
            faults.push(format!("{id} names {place}, which is not there"));
        }
        match item.status {
            Status::Held if item.tests.is_empty() && item.place.is_none() => {
                faults.push(format!("{id} is held by nothing"));
            }
            Status::Open | Status::NotApplicable if item.reason.is_none() => {
                faults.push(format!("{id} has no reason"));
            }
            Status::Open if item.level == 1 => {
                faults.push(format!("{id} is of level 1, applies, and is open"));
            }
            _ => {}
        }
    }
    faults
}

fn left_out(items: &[Item]) -> Vec<String> {
    let mut faults = Vec::new();
    for (level, count) in COUNTS {
        let listed = items.iter().filter(|item| item.level == level).count();
        if listed != count {
            faults.push(format!(
                "{listed} items of level {level} are listed, and the standard has {count}"
            ));
        }
    }
    faults
}

fn told(items: &[Item]) -> String {
    let mut text = String::new();
    let mut scores: BTreeMap<(u64, Status), usize> = BTreeMap::new();
    for item in items {
        *scores.entry((item.level, item.status)).or_default() += 1;
        let mark = match item.status {
            Status::Held => "held",
            Status::Open => "open",
            Status::NotApplicable => "-",
        };
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{mark:<4} L{} {:<7} {}",
            item.level, item.id, item.text
        );
        let why = item.reason.iter().chain(&item.place).chain(&item.tests);
        for line in why {
            let _ = writeln!(text, "                {line}");
        }
    }
    for (level, _) in COUNTS {
        let count = |status| scores.get(&(level, status)).copied().unwrap_or(0);
        let (held, open, without) = (
            count(Status::Held),
            count(Status::Open),
            count(Status::NotApplicable),
        );
        let applies = held + open;
        let _ = writeln!(
            text,
            "level {level}: {held} of {applies} that apply are held, {open} are open; {without} do not apply"
        );
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(rows: &str) -> Vec<Item> {
        parse(&format!("{{ \"items\": [{rows}] }}")).expect("the list is well formed")
    }

    fn found(rows: &str) -> Vec<String> {
        let known = BTreeSet::from(["kept"]);
        faults(&list(rows), &known, |file| file == "there.rs")
    }

    #[test]
    fn what_is_held_by_a_test_or_a_file_is_fine() {
        let rows = r#"{"id":"1.1.1","level":1,"text":"a","status":"held","tests":["kept"]},
            {"id":"1.1.2","level":2,"text":"b","status":"held","place":"there.rs"},
            {"id":"1.1.3","level":1,"text":"c","status":"not-applicable","reason":"no such thing"},
            {"id":"1.1.4","level":2,"text":"d","status":"open","reason":"not yet"}"#;
        assert_eq!(found(rows), Vec::<String>::new());
        let told = told(&list(rows));
        assert!(
            told.ends_with(
                "level 1: 1 of 1 that apply are held, 0 are open; 1 do not apply\n\
                 level 2: 1 of 2 that apply are held, 1 are open; 0 do not apply"
            ),
            "{told}"
        );
    }

    #[test]
    fn each_wrong_claim_is_a_fault() {
        let rows = r#"{"id":"1","level":1,"text":"a","status":"held","tests":["gone"]},
            {"id":"1","level":2,"text":"b","status":"held","place":"gone.rs"},
            {"id":"2","level":2,"text":"c","status":"held"},
            {"id":"3","level":2,"text":"d","status":"open"},
            {"id":"4","level":1,"text":"e","status":"open","reason":"later"}"#;
        assert_eq!(
            found(rows),
            [
                "1 claims the test `gone`, which does not exist",
                "1 is listed twice",
                "1 names gone.rs, which is not there",
                "2 is held by nothing",
                "3 has no reason",
                "4 is of level 1, applies, and is open",
            ]
        );
    }

    #[test]
    fn no_item_of_the_standard_is_left_out() {
        assert_eq!(
            left_out(&[]),
            [
                "0 items of level 1 are listed, and the standard has 70",
                "0 items of level 2 are listed, and the standard has 183",
            ]
        );
    }
}
