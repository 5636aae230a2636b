//! Rules that look at the documents: what a crate does not know, the list of decisions, links that lead somewhere.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

const DECISIONS: &str = "docs/decisions/";

/// A file's name, relative to the root, and its text.
pub(super) type Text = (String, String);

/// Each crate's doc says what the crate does not know.
pub(super) fn crate_faults(texts: &[Text]) -> Vec<String> {
    let mut crates: BTreeSet<&str> = BTreeSet::new();
    for (name, _) in texts {
        if let Some((name, _)) = name
            .strip_prefix("crates/")
            .and_then(|rest| rest.split_once('/'))
        {
            crates.insert(name);
        }
    }
    let doc = |name: &str| {
        ["lib.rs", "main.rs"].iter().find_map(|file| {
            let path = format!("crates/{name}/src/{file}");
            texts
                .iter()
                .find(|(other, _)| *other == path)
                .map(|(_, text)| crate_doc(text))
        })
    };
    let is_modest = |doc: &str| doc.replace('*', "").contains("does not know");
    crates
        .into_iter()
        .filter(|name| !doc(name).is_some_and(|doc| is_modest(&doc)))
        .map(|name| format!("crates/{name}: its doc does not say what this crate does not know"))
        .collect()
}

fn crate_doc(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(str::trim)
        .collect();
    lines.join(" ")
}

/// Decisions are numbered without a gap, and the index lists each of them.
pub(super) fn decision_faults(texts: &[Text]) -> Vec<String> {
    let index = format!("{DECISIONS}README.md");
    let index = texts
        .iter()
        .find(|(name, _)| *name == index)
        .map_or("", |(_, text)| text);
    let records: Vec<&str> = texts
        .iter()
        .filter_map(|(name, _)| name.strip_prefix(DECISIONS))
        .filter(|name| *name != "README.md")
        .collect();
    let mut faults = Vec::new();
    for (expected, record) in (1..).zip(&records) {
        if !record.starts_with(&format!("{expected:04}-")) {
            faults.push(format!(
                "{DECISIONS}{record}: should be number {expected:04}"
            ));
        }
        if !index.contains(&format!("({record})")) {
            faults.push(format!("{DECISIONS}README.md: does not list {record}"));
        }
    }
    faults
}

/// A relative link in a document leads to a file.
pub(super) fn link_faults(texts: &[Text], exists: &dyn Fn(&Path) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, text) in texts.iter().filter(|(name, _)| name.ends_with(".md")) {
        let folder = Path::new(name).parent().unwrap_or(Path::new(""));
        for (index, line) in text.lines().enumerate() {
            for target in links(line) {
                let is_elsewhere = target.contains("://")
                    || target.starts_with('#')
                    || target.starts_with("mailto:");
                let file = target.split('#').next().unwrap_or_default();
                if !is_elsewhere && !exists(&joined(folder, file)) {
                    faults.push(format!(
                        "{name}:{}: the link to `{target}` leads nowhere",
                        index + 1
                    ));
                }
            }
        }
    }
    faults
}

fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
}

fn joined(folder: &Path, target: &str) -> PathBuf {
    let mut path = folder.to_path_buf();
    for part in Path::new(target).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[(&str, &str)]) -> Vec<Text> {
        list.iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn a_crate_says_what_it_does_not_know() {
        let house = texts(&[
            (
                "crates/room/src/lib.rs",
                "//! Rules.\n//!\n//! This crate does **not** know\n//! sockets.\n",
            ),
            (
                "crates/web/src/lib.rs",
                "//! Routes.\n\n/// It does not know SQL.\nfn answer() {}\n",
            ),
        ]);
        assert_eq!(
            crate_faults(&house),
            ["crates/web: its doc does not say what this crate does not know"]
        );
    }

    #[test]
    fn the_index_lists_every_decision_in_order() {
        let whole = texts(&[
            ("docs/decisions/0001-one.md", ""),
            ("docs/decisions/0002-two.md", ""),
            (
                "docs/decisions/README.md",
                "[one](0001-one.md) [two](0002-two.md)",
            ),
        ]);
        assert!(decision_faults(&whole).is_empty());
        let broken = texts(&[
            ("docs/decisions/0001-one.md", ""),
            ("docs/decisions/0003-three.md", ""),
            ("docs/decisions/README.md", "[one](0001-one.md)"),
        ]);
        assert_eq!(
            decision_faults(&broken),
            [
                "docs/decisions/0003-three.md: should be number 0002",
                "docs/decisions/README.md: does not list 0003-three.md",
            ]
        );
    }

    #[test]
    fn a_link_to_a_missing_file_is_found_from_the_folder_of_its_document() {
        let docs = texts(&[(
            "docs/relay.md",
            "[a](../README.md) [b](missing.md#part) [c](https://example.org) [d](#here)",
        )]);
        let exists = |file: &Path| file == Path::new("README.md");
        assert_eq!(
            link_faults(&docs, &exists),
            ["docs/relay.md:1: the link to `missing.md#part` leads nowhere"]
        );
    }
}
