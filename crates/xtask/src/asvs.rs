//! `cargo xtask asvs`: each requirement of OWASP ASVS 5.0, levels 1 and 2, with what holds it here.
//!
//! `docs/asvs.json` says it in our own words, item by item. What is held names the tests that prove it; what the standard
//! wants written down names the section of a document. A claim that names what is not there is a fault, and so is an item
//! of level 1 that applies and is open, or one of level 2 less than we promise.

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

/// How many requirements of level 2 are held at least.
const HELD_OF_LEVEL_2_MIN: usize = 130;

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
    /// The file that holds it, or the section where it is written down: `docs/page.md#section`.
    place: Option<String>,
    /// What a protocol of others demands against it, though the item is held otherwise.
    except: Option<String>,
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
    let mut faults = faults(&items, &known, |place| is_there(house, place));
    faults.extend(left_out(&items));
    faults.extend(too_few(&items));
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
    let word = |key: &str| {
        let word = row[key].as_str().filter(|word| !word.trim().is_empty());
        word.map(str::to_owned)
    };
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
        except: word("except"),
        reason: word("reason"),
    })
}

/// Whether a place is there: a file, or a section of a document.
fn is_there(house: &House, place: &str) -> bool {
    match place.split_once('#') {
        None => house.root.join(place).is_file(),
        Some((file, section)) => {
            let text = house.text(file.as_ref());
            file.ends_with(".md") && text.is_ok_and(|text| has_section(&text, section))
        }
    }
}

/// Whether a heading of the document is reached by `#section`. What looks like one inside of an example is none.
fn has_section(text: &str, section: &str) -> bool {
    let mut is_example = false;
    for line in text.lines() {
        is_example ^= line.starts_with("```");
        if !is_example && line.starts_with('#') && anchor(line) == section {
            return true;
        }
    }
    false
}

/// The name by which links reach a heading.
fn anchor(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    words
        .chars()
        .filter(|letter| letter.is_alphanumeric() || [' ', '-', '_'].contains(letter))
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .collect()
}

fn faults(items: &[Item], tests: &BTreeSet<&str>, is_there: impl Fn(&str) -> bool) -> Vec<String> {
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
        if let Some(place) = item.place.as_deref().filter(|place| !is_there(place)) {
            faults.push(format!("{id} names {place}, which is not there"));
        }
        faults.extend(misfit(item).map(|what| format!("{id} {what}")));
    }
    faults
}

/// What an item lacks for its status.
fn misfit(item: &Item) -> Option<&'static str> {
    let is_section = |place: &str| place.contains('#');
    match (item.status, item.place.as_deref()) {
        (Status::Held, None) if item.tests.is_empty() => Some("is held by nothing"),
        (Status::Held, Some(place)) if item.tests.is_empty() && !is_section(place) => {
            Some("names a file alone: name the test that proves it, or the section that says it")
        }
        (Status::Open | Status::NotApplicable, _) if item.reason.is_none() => Some("has no reason"),
        (Status::Open, _) if item.level == 1 => Some("is of level 1, applies, and is open"),
        (Status::Open | Status::NotApplicable, _) if item.except.is_some() => {
            Some("has an exception, which only what is held can have")
        }
        _ => None,
    }
}

fn too_few(items: &[Item]) -> Option<String> {
    let held = items
        .iter()
        .filter(|item| item.level == 2 && item.status == Status::Held)
        .count();
    (held < HELD_OF_LEVEL_2_MIN).then(|| {
        format!("{held} items of level 2 are held, and we promise {HELD_OF_LEVEL_2_MIN} at least")
    })
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
            Status::Held if item.except.is_some() => "but",
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
        let why = item.reason.iter().chain(&item.except);
        for line in why.chain(&item.place).chain(&item.tests) {
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
        let _ = write!(
            text,
            "level {level}: {held} of {applies} that apply are held, {open} are open; {without} do not apply"
        );
        let excepting = |item: &&Item| item.level == level && item.except.is_some();
        let _ = match items.iter().filter(excepting).count() {
            0 => writeln!(text),
            count => writeln!(text, "; held but for an exception: {count}"),
        };
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
        let places = ["there.rs", "page.md#rules"];
        faults(&list(rows), &known, |place| places.contains(&place))
    }

    #[test]
    fn what_is_held_by_a_test_or_a_section_is_fine() {
        let rows = r#"{"id":"1.1.1","level":1,"text":"a","status":"held","tests":["kept"],"place":"there.rs"},
            {"id":"1.1.2","level":2,"text":"b","status":"held","place":"page.md#rules"},
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
    fn an_item_of_level_1_that_is_not_held_is_a_fault() {
        let rows =
            r#"{"id":"1","level":1,"text":"a","status":"open","reason":"later","tests":["kept"]}"#;
        assert_eq!(found(rows), ["1 is of level 1, applies, and is open"]);
    }

    #[test]
    fn what_is_open_or_does_not_apply_has_its_reason() {
        let rows = r#"{"id":"1","level":2,"text":"a","status":"open"},
            {"id":"2","level":1,"text":"b","status":"not-applicable","reason":" "}"#;
        assert_eq!(found(rows), ["1 has no reason", "2 has no reason"]);
    }

    #[test]
    fn what_is_held_names_something_that_proves_it_and_is_there() {
        let rows = r#"{"id":"1","level":1,"text":"a","status":"held"},
            {"id":"2","level":1,"text":"b","status":"held","place":"there.rs"},
            {"id":"3","level":1,"text":"c","status":"held","tests":["gone"]},
            {"id":"4","level":2,"text":"d","status":"held","place":"page.md#gone"}"#;
        assert_eq!(
            found(rows),
            [
                "1 is held by nothing",
                "2 names a file alone: name the test that proves it, or the section that says it",
                "3 claims the test `gone`, which does not exist",
                "4 names page.md#gone, which is not there",
            ]
        );
    }

    #[test]
    fn an_item_of_level_2_less_than_promised_is_a_fault() {
        let row = r#"{"id":"1","level":2,"text":"a","status":"held","tests":["kept"]}"#;
        let held = |count: usize| list(&vec![row; count].join(","));
        assert_eq!(too_few(&held(HELD_OF_LEVEL_2_MIN)), None);
        assert_eq!(
            too_few(&held(HELD_OF_LEVEL_2_MIN - 1)).as_deref(),
            Some("129 items of level 2 are held, and we promise 130 at least")
        );
        let of_level_1 = list(&vec![row.replace('2', "1"); 200].join(","));
        assert!(too_few(&of_level_1).is_some());
    }

    #[test]
    fn an_exception_is_told_and_counted() {
        let rows = r#"{"id":"1","level":1,"text":"a","status":"held","tests":["kept"],"except":"an old protocol"}"#;
        assert_eq!(found(rows), Vec::<String>::new());
        let told = told(&list(rows));
        assert!(told.starts_with("but  L1 1"), "{told}");
        assert!(told.contains("an old protocol"), "{told}");
        assert!(
            told.contains("0 do not apply; held but for an exception: 1\n"),
            "{told}"
        );
        let open =
            r#"{"id":"1","level":2,"text":"a","status":"open","reason":"later","except":"x"}"#;
        assert_eq!(
            found(open),
            ["1 has an exception, which only what is held can have"]
        );
    }

    #[test]
    fn a_section_is_a_heading_and_no_line_of_an_example() {
        let page = "# A page\n\n## Who may: do what?\n```ini\n# Rights\n```\n";
        assert!(has_section(page, "a-page") && has_section(page, "who-may-do-what"));
        assert!(!has_section(page, "rights") && !has_section(page, "page"));
    }

    #[test]
    fn each_wrong_claim_is_a_fault() {
        let rows = r#"{"id":"1","level":1,"text":"a","status":"held","tests":["gone"]},
            {"id":"1","level":2,"text":"b","status":"held","tests":["kept"],"place":"gone.rs"},
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
