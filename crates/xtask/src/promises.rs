//! `cargo xtask promises`: each promise of `docs/promises.toml` with the tests that prove it.
//!
//! A test proves a promise when a comment above it says `Promise S17` (or `Promises S17, S18`), or when its name
//! says so: `promise_s17_...` in Rust, `'S17: ...'` in a browser journey.
//!
//! `duty` names the text by which the policy says that keeping it is up to whoever runs the server: what a program can only
//! support is never told as a fact.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::process::ExitCode;

use toml::Table;

use crate::failure::{Failure, Result};
use crate::house::House;
use crate::report::Report;

const LIST: &str = "docs/promises.toml";

/// Where the policy's texts are, in every language.
const POLICY: [&str; 3] = [
    "locales/en/privacy.ftl",
    "locales/ru/privacy.ftl",
    "locales/ar/privacy.ftl",
];

/// Where tests live, and this program, which only talks about them but for the rules of the house.
const FOLDERS: &[&str] = &["crates", "frontend/src", "e2e"];
const NOT_TESTS: &str = "crates/xtask/";
const RULES: &str = "crates/xtask/src/tidy/";

/// The test that the policy words each duty. It shows that a duty is said, and supports nothing.
const WORDING: &str = "privacy_words_what_no_program_can_keep_as_the_duty_of_the_operator";

/// How a list of claims begins, each of which is a test on both databases.
const TEST_LIST: &str = "on_both_databases! {";

/// How a test begins in the browser's languages.
const TEST_CALLS: &[&str] = &["test(", "it(", "journey(", "scenario(", "check(", "name: "];

/// A promise as the list states it.
#[derive(Debug)]
struct Promise {
    id: String,
    text: String,
    /// Tests that the row claims by name, beside those that carry its number.
    claims: Vec<String>,
    /// The text of the policy that makes it the operator's duty.
    duty: Option<String>,
}

/// A test, and the promises that it says it proves.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Test {
    name: String,
    file: String,
    proves: BTreeSet<String>,
}

impl Test {
    /// What it is called.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

/// Prints the list; fails when a claim is wrong.
pub(crate) fn command(house: &House) -> Result<ExitCode> {
    Ok(report(house)?.print())
}

pub(crate) fn report(house: &House) -> Result<Report> {
    let promises = parse(&house.text(LIST.as_ref())?)?;
    let tests = tests(house)?;
    let mut report = compare(&promises, &tests);
    if !tests.iter().any(|test| test.name == WORDING) {
        let lacking = format!("the test `{WORDING}`, which proves nothing alone, does not exist");
        report.faults.push(lacking);
    }
    for file in POLICY {
        let policy = house.text(file.as_ref())?;
        report.faults.extend(unwritten(&promises, file, &policy));
    }
    Ok(report)
}

/// Every test there is.
pub(crate) fn tests(house: &House) -> Result<Vec<Test>> {
    let mut tests = Vec::new();
    for folder in FOLDERS {
        for file in house.files(folder)? {
            let name = file.to_string_lossy().into_owned();
            if name.starts_with(RULES) || !name.starts_with(NOT_TESTS) {
                let found = match file.extension().and_then(|word| word.to_str()) {
                    Some("rs") => rust_tests(&name, &house.text(&file)?),
                    Some("ts" | "mjs" | "js") => script_tests(&name, &house.text(&file)?),
                    _ => Vec::new(),
                };
                tests.extend(found);
            }
        }
    }
    Ok(tests)
}

fn parse(text: &str) -> Result<Vec<Promise>> {
    let broken = |what: &str| Failure::new(format!("{LIST}: {what}"));
    let table: Table = text.parse().map_err(|error| broken(&format!("{error}")))?;
    let rows = table
        .get("promises")
        .and_then(|rows| rows.as_array())
        .ok_or_else(|| broken("no list `promises`"))?;
    let mut promises = Vec::new();
    for row in rows {
        let word = |key: &str| {
            row.get(key)
                .and_then(|value| value.as_str())
                .map(str::to_owned)
        };
        let claims = row.get("tests").and_then(|tests| tests.as_array());
        promises.push(Promise {
            id: word("id").ok_or_else(|| broken("a row without an id"))?,
            text: word("text").ok_or_else(|| broken("a row without a text"))?,
            duty: word("duty"),
            claims: claims
                .into_iter()
                .flatten()
                .filter_map(|name| name.as_str().map(str::to_owned))
                .collect(),
        });
    }
    Ok(promises)
}

/// The duties that a file of the policy does not word.
fn unwritten(promises: &[Promise], file: &str, policy: &str) -> Vec<String> {
    let lacking = promises.iter().filter_map(|promise| {
        let start = format!("{} = ", promise.duty.as_ref()?);
        let is_there = policy.lines().any(|line| line.starts_with(&start));
        (!is_there).then(|| format!("{} is a duty that {file} does not word", promise.id))
    });
    lacking.collect()
}

fn compare(promises: &[Promise], tests: &[Test]) -> Report {
    let mut report = listed(promises, tests);
    report.faults = faults(promises, tests);
    report
}

fn faults(promises: &[Promise], tests: &[Test]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ids = BTreeMap::new();
    for promise in promises {
        if ids.insert(promise.id.as_str(), promise).is_some() {
            faults.push(format!("{} is listed twice", promise.id));
        }
        for claim in promise
            .claims
            .iter()
            .filter(|claim| !tests.iter().any(|test| test.name == **claim))
        {
            faults.push(format!(
                "{} claims the test `{claim}`, which does not exist",
                promise.id
            ));
        }
    }
    for test in tests {
        for id in test
            .proves
            .iter()
            .filter(|id| !ids.contains_key(id.as_str()))
        {
            faults.push(format!(
                "{}: `{}` proves {id}, which is not in the list",
                test.file, test.name
            ));
        }
    }
    faults
}

/// Each promise with its tests.
fn listed(promises: &[Promise], tests: &[Test]) -> Report {
    let mut text = String::new();
    let (mut proven, mut duties) = (0, 0);
    for promise in promises {
        let proofs: Vec<&Test> = tests
            .iter()
            .filter(|test| test.proves.contains(&promise.id) || promise.claims.contains(&test.name))
            .collect();
        let is_supported = proofs.iter().any(|test| test.name != WORDING);
        proven += usize::from(is_supported);
        let mark = match (is_supported, &promise.duty) {
            (false, _) => "open  ",
            (true, Some(_)) => "duty  ",
            (true, None) => "proven",
        };
        duties += usize::from(mark == "duty  ");
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{mark} {:<4} {}", promise.id, promise.text);
        for test in proofs {
            let _ = writeln!(text, "              {}: {}", test.file, test.name);
        }
    }
    let _ = write!(
        text,
        "{proven} of {} promises have a test, {duties} of them also the operator's word",
        promises.len()
    );
    Report {
        text,
        faults: Vec::new(),
    }
}

fn rust_tests(file: &str, text: &str) -> Vec<Test> {
    let mut tests = Vec::new();
    let mut proves = BTreeSet::new();
    let mut is_test = false;
    let mut is_list = false;
    for line in text.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix("//") {
            proves.extend(promised(comment));
        } else if line.starts_with("#[") {
            is_test |= line.contains("test]") || line.contains("test(");
        } else {
            is_list = line.ends_with(TEST_LIST) || (is_list && line != "}");
            let listed = line.strip_suffix(',').filter(|_| is_list);
            if let Some(name) = function(line).filter(|_| is_test).or(listed) {
                if name.contains("promise") {
                    proves.extend(ids(&name.replace('_', " ").to_uppercase()));
                }
                tests.push(Test {
                    name: name.to_owned(),
                    file: file.to_owned(),
                    proves: proves.clone(),
                });
            }
            proves.clear();
            is_test = false;
        }
    }
    tests
}

fn function(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once("fn ")?;
    let is_declaration = before
        .split_whitespace()
        .all(|word| ["pub", "async"].contains(&word));
    rest.split(['(', '<']).next().filter(|_| is_declaration)
}

fn script_tests(file: &str, text: &str) -> Vec<Test> {
    let mut tests = Vec::new();
    let mut proves = BTreeSet::new();
    let mut lines = text.lines().map(str::trim);
    while let Some(line) = lines.next() {
        if line.starts_with("//") || line.starts_with('*') || line.starts_with("/*") {
            proves.extend(promised(line));
            continue;
        }
        let called = TEST_CALLS
            .iter()
            .find_map(|call| begun(line).strip_prefix(call));
        // A long call has its name on the next line.
        let name = called.and_then(|rest| match rest {
            "" => lines.next().and_then(quoted),
            rest => quoted(rest),
        });
        if let Some(name) = name {
            proves.extend(ids(name));
            tests.push(Test {
                name: name.to_owned(),
                file: file.to_owned(),
                proves: proves.clone(),
            });
        }
        proves.clear();
    }
    tests
}

/// The line without what may stand before a test's call or its entry in a list.
fn begun(line: &str) -> &str {
    ["{ ", "await ", "export const ", "export "]
        .iter()
        .find_map(|word| line.strip_prefix(word))
        .unwrap_or(line)
}

fn quoted(text: &str) -> Option<&str> {
    let quote = text
        .chars()
        .next()
        .filter(|mark| ['\'', '"', '`'].contains(mark))?;
    text[1..].split(quote).next()
}

/// The promises that a comment names.
fn promised(comment: &str) -> BTreeSet<String> {
    let has_word = comment.contains("Promise ") || comment.contains("Promises ");
    if has_word {
        ids(comment)
    } else {
        BTreeSet::new()
    }
}

/// Every word such as S17, T9 or Y51.
fn ids(text: &str) -> BTreeSet<String> {
    let is_id = |word: &&str| {
        word.strip_prefix(['S', 'T', 'Y']).is_some_and(|number| {
            (1..=2).contains(&number.len()) && number.bytes().all(|digit| digit.is_ascii_digit())
        })
    };
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(is_id)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proving(tests: &[Test]) -> Vec<(&str, Vec<&str>)> {
        tests
            .iter()
            .map(|test| {
                (
                    test.name.as_str(),
                    test.proves.iter().map(String::as_str).collect(),
                )
            })
            .collect()
    }

    #[test]
    fn a_rust_test_proves_what_its_comment_or_its_name_says() {
        let text = "
            /// Promises S17 and T16.
            #[tokio::test]
            async fn signalling_is_forgotten() {}

            on_both_databases! {
                a_room_is_kept,
                /// Promise T38
                a_row_goes,
            }

            #[test]
            fn promise_s24_one_cookie() {}

            /// Promise S3, said of something that is no test.
            fn helper() {}

            #[test]
            fn at_t1_nothing_is_promised_by_accident() {}
        ";
        assert_eq!(
            proving(&rust_tests(
                "a.rs",
                &text.replace("_is_promised", "_happens")
            )),
            [
                ("signalling_is_forgotten", vec!["S17", "T16"]),
                ("a_room_is_kept", vec![]),
                ("a_row_goes", vec!["T38"]),
                ("promise_s24_one_cookie", vec!["S24"]),
                ("at_t1_nothing_happens_by_accident", vec![]),
            ]
        );
    }

    #[test]
    fn a_browser_journey_proves_what_its_comment_or_its_name_says() {
        let text = "
            test('S23: no page asks another origin', async () => {});
            // Promise T9
            journey(\"a guest casts\", async () => {
            journey(
              'S3: a name on its own line',
            const wait = new Promise (resolve => resolve(S1));
        ";
        assert_eq!(
            proving(&script_tests("a.mjs", text)),
            [
                ("S23: no page asks another origin", vec!["S23"]),
                ("a guest casts", vec!["T9"]),
                ("S3: a name on its own line", vec!["S3"])
            ]
        );
    }

    fn list() -> Vec<Promise> {
        parse("promises = [{ id = \"S1\", text = \"first\", tests = [\"kept\"] }, { id = \"S2\", text = \"second\" }]")
            .expect("the list is well formed")
    }

    fn test(name: &str, proves: &[&str]) -> Test {
        Test {
            name: name.to_owned(),
            file: "a.rs".to_owned(),
            proves: proves.iter().map(|id| (*id).to_owned()).collect(),
        }
    }

    #[test]
    fn a_row_that_claims_a_missing_test_is_a_fault() {
        assert_eq!(
            compare(&list(), &[]).faults,
            ["S1 claims the test `kept`, which does not exist"]
        );
        assert!(compare(&list(), &[test("kept", &[])]).faults.is_empty());
    }

    #[test]
    fn a_test_that_proves_an_unlisted_promise_is_a_fault() {
        let tests = [test("kept", &[]), test("other", &["S99"])];
        assert_eq!(
            compare(&list(), &tests).faults,
            ["a.rs: `other` proves S99, which is not in the list"]
        );
    }

    #[test]
    fn rows_without_a_test_are_open() {
        let report = compare(&list(), &[test("kept", &[])]);
        assert!(report.text.contains("proven S1   first"), "{}", report.text);
        assert!(
            report.text.contains("open   S2   second"),
            "{}",
            report.text
        );
        assert!(
            report
                .text
                .ends_with("1 of 2 promises have a test, 0 of them also the operator's word"),
            "{}",
            report.text
        );
    }

    #[test]
    fn what_only_the_operator_can_keep_is_told_apart_and_worded_in_the_policy() {
        let mut promises = list();
        for promise in &mut promises {
            promise.duty = Some("privacy-duty-sale".to_owned());
        }
        let report = compare(&promises, &[test("kept", &[])]);
        assert!(report.text.contains("duty   S1   first"), "{}", report.text);
        assert!(
            report.text.contains("open   S2   second"),
            "no test, no proof"
        );
        let said = [test("kept", &[]), test(WORDING, &["S1", "S2"])];
        let report = compare(&promises, &said);
        assert!(
            report.text.contains("open   S2   second"),
            "to word a duty supports nothing"
        );
        assert!(report.text.contains("1 of 2 promises have a test"));
        let worded = unwritten(&promises, "a.ftl", "privacy-duty-sale = To sell nothing.");
        assert!(worded.is_empty(), "{worded:?}");
        let lacking = unwritten(&promises[..1], "a.ftl", "privacy-duty-sale-not = x");
        assert_eq!(lacking, ["S1 is a duty that a.ftl does not word"]);
    }
}
