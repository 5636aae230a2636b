//! Tables of what is pasted, and what comes of it.

use music::{Link, Reject, parse};

/// One line of a table: what is pasted, and what comes of it in words.
pub(crate) struct Case {
    pub(crate) input: String,
    pub(crate) expected: String,
}

/// Lines of `input, platform, kind, id, context, note`. A refused input has the platform `reject` and, in place of the
/// kind, the reason if the table gives it.
pub(crate) fn cases(table: &str) -> Vec<Case> {
    let lines = table.lines().skip(1).filter(|line| !line.starts_with("# "));
    let case = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [input, platform, kind, id, context, _note] = cells[..] else {
            panic!("six columns: {line}");
        };
        let expected = match (platform, kind) {
            ("reject", "-") => "reject".to_owned(),
            ("reject", reason) => format!("reject {reason}"),
            _ => format!("{platform} {kind} {id} {context}"),
        };
        Case {
            input: unescaped(input),
            expected,
        }
    };
    lines.map(case).collect()
}

pub(crate) fn own_cases() -> Vec<Case> {
    cases(include_str!("../data/links.tsv"))
}

/// Tables cannot hold tabs, line ends and invisible characters as they are.
fn unescaped(cell: &str) -> String {
    let mut text = String::new();
    let mut rest = cell;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let mut letters = after.chars();
        match letters.next() {
            Some('t') => text.push('\t'),
            Some('n') => text.push('\n'),
            Some('u') => {
                let (code, left) = after[2..].split_once('}').expect("a brace ends the code");
                let code = u32::from_str_radix(code, 16).expect("the code is hexadecimal");
                text.push(char::from_u32(code).expect("the code is a character's"));
                rest = left;
                continue;
            }
            Some('\\') => text.push('\\'),
            other => panic!("no escape of the table: {other:?} in {cell}"),
        }
        rest = letters.as_str();
    }
    text + rest
}

fn said<T: serde::Serialize>(value: T) -> String {
    let word = serde_json::to_value(value).expect("a name is JSON");
    word.as_str().expect("a name is text").to_owned()
}

fn in_words(parsed: &Result<Link, Reject>) -> String {
    match parsed {
        Ok(link) => {
            let context = link.context();
            let entries = [
                ("storefront", &context.storefront),
                ("album", &context.album),
            ];
            let entries: Vec<String> = entries
                .iter()
                .filter_map(|(key, value)| Some(format!("{key}={}", value.as_ref()?)))
                .collect();
            let (platform, kind) = (link.platform().name(), said(link.kind()));
            format!("{platform} {kind} {} {}", link.id(), entries.join(";"))
        }
        Err(reject) => format!("reject {}", said(reject)),
    }
}

pub(crate) fn wrong(cases: &[Case]) -> Vec<String> {
    let judged = cases.iter().map(|case| {
        let found = in_words(&parse(&case.input));
        let is_right =
            found == case.expected || (case.expected == "reject" && found.starts_with("reject "));
        (!is_right).then(|| {
            format!(
                "{}\n   expected {}\n   found    {found}",
                case.input, case.expected
            )
        })
    });
    judged.flatten().collect()
}
