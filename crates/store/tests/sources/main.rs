//! The sources name no log field and no browser storage that the inventory does not declare, and it declares none
//! that they do not name.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that fails"
)]

mod rules;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use store::{StorageKind, inventory};

/// Every file below `folder` whose name ends in one of `endings`, with its text.
fn texts(folder: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else if endings
            .iter()
            .any(|ending| path.to_string_lossy().ends_with(ending))
        {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    assert!(!found.is_empty(), "{folder} should hold sources");
    found
}

mod log_lines {
    /// The macros of `tracing` that write a line or give lines their fields.
    const MACROS: [&str; 8] = [
        "trace", "debug", "info", "warn", "error", "event", "span", "_span",
    ];

    /// The arguments of each log macro in `source`, as they are written.
    pub(crate) fn calls(source: &str) -> Vec<&str> {
        let mut calls = Vec::new();
        for (bang, _) in source.match_indices("!(") {
            let word = source[..bang]
                .rsplit(|c: char| c != '_' && !c.is_alphanumeric())
                .next();
            let is_log = word.is_some_and(|word| {
                MACROS
                    .iter()
                    .any(|name| word == *name || (word.ends_with("_span") && *name == "_span"))
            });
            if is_log {
                calls.push(until_closed(&source[bang + 2..]));
            }
        }
        calls
    }

    /// The fields of one call: `name = value`, `%name`, `?name` or `name` before the message.
    pub(crate) fn fields(call: &str) -> Vec<String> {
        let mut fields = Vec::new();
        for argument in arguments(call) {
            if argument.starts_with('"') {
                break;
            }
            let is_level = argument.contains("Level::");
            let is_option = ["target:", "parent:", "name:"]
                .iter()
                .any(|o| argument.starts_with(o));
            if argument.is_empty() || is_level || is_option {
                continue;
            }
            let name = argument.split('=').next().unwrap_or(argument);
            fields.push(name.trim().trim_start_matches(['%', '?']).to_owned());
        }
        fields
    }

    /// Whether the message takes values into its text, where no inventory sees them.
    pub(crate) fn message_has_values(call: &str) -> bool {
        let message = arguments(call)
            .into_iter()
            .find(|argument| argument.starts_with('"'));
        message.is_some_and(|message| message.contains('{'))
    }

    fn until_closed(text: &str) -> &str {
        let end = split_points(text, |depth, c| depth == 0 && c == ')').next();
        &text[..end.unwrap_or(text.len())]
    }

    fn arguments(call: &str) -> Vec<&str> {
        let mut arguments = Vec::new();
        let mut start = 0;
        for comma in split_points(call, |depth, c| depth == 0 && c == ',') {
            arguments.push(call[start..comma].trim());
            start = comma + 1;
        }
        arguments.push(call[start..].trim());
        arguments
    }

    /// Where `wanted` holds, outside of string literals, with the depth of brackets there.
    fn split_points(text: &str, wanted: fn(i32, char) -> bool) -> impl Iterator<Item = usize> {
        let (mut depth, mut quoted, mut escaped) = (0, false, false);
        text.char_indices().filter_map(move |(place, c)| {
            if quoted {
                quoted = escaped || c != '"';
                escaped = c == '\\' && !escaped;
                return None;
            }
            let is_wanted = wanted(depth, c);
            match c {
                '"' => quoted = true,
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
            is_wanted.then_some(place)
        })
    }
}

// Promise S1
#[test]
fn the_log_fields_are_the_declared_ones() {
    let mut used = BTreeSet::new();
    for (path, source) in texts("..", &[".rs"]) {
        let is_server = path.components().any(|part| part.as_os_str() == "src")
            && !path.components().any(|part| part.as_os_str() == "xtask");
        if !is_server {
            continue;
        }
        let file = path.display();
        assert!(
            !source.contains("instrument("),
            "{file}: write events with named fields instead"
        );
        for call in log_lines::calls(&source) {
            assert!(
                !log_lines::message_has_values(call),
                "{file}: a value in a message: {call}"
            );
            used.extend(log_lines::fields(call));
        }
    }
    let declared = inventory().log_field.keys().cloned().collect();
    assert_eq!(differences("log field", &used, &declared), [""; 0]);
}

/// What is used and not declared, or the other way round, by name: what every gate of this file fails with.
fn differences(kind: &str, used: &BTreeSet<String>, declared: &BTreeSet<String>) -> Vec<String> {
    let undeclared = used.difference(declared);
    let unused = declared.difference(used);
    let undeclared = undeclared.map(|name| format!("{kind} {name} is not in the inventory"));
    let unused = unused.map(|name| format!("{kind} {name} is in no source"));
    undeclared.chain(unused).collect()
}

#[test]
fn a_log_field_a_storage_key_and_a_cookie_that_nobody_declared_are_named() {
    let declared =
        |names: Vec<&String>| -> BTreeSet<String> { names.into_iter().cloned().collect() };
    let source = "tracing::info!(canary_field, \"x\"); localStorage.setItem('unisono.canary', x); \"__Host-canary\"";
    let fields: BTreeSet<String> = log_lines::calls(source)
        .iter()
        .flat_map(|call| log_lines::fields(call))
        .collect();
    let of_log = declared(inventory().log_field.keys().collect());
    let used = &fields | &of_log;
    assert_eq!(
        differences("log field", &used, &of_log),
        ["log field canary_field is not in the inventory"]
    );
    let keys = inventory()
        .browser_storage
        .values()
        .flat_map(|keys| keys.keys());
    let of_browser = declared(keys.collect());
    let used = &storage_keys(source) | &of_browser;
    assert_eq!(
        differences("storage key", &used, &of_browser),
        ["storage key unisono.canary is not in the inventory"]
    );
    let of_cookies = declared(inventory().cookie.keys().collect());
    let used = &cookies(source) | &of_cookies;
    assert_eq!(
        differences("cookie", &used, &of_cookies),
        ["cookie __Host-canary is not in the inventory"]
    );
}

/// The names of cookies in `source`: ours all begin alike.
fn cookies(source: &str) -> BTreeSet<String> {
    let places = source.match_indices("\"__Host-");
    places
        .filter_map(|(place, _)| source[place + 1..].split('"').next())
        .filter(|name| {
            name.bytes()
                .all(|it| it == b'_' || it == b'-' || it.is_ascii_alphanumeric())
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_cookies_are_the_declared_ones() {
    let mut used = BTreeSet::new();
    for (_, source) in texts("../web/src", &[".rs"]) {
        used.extend(cookies(&source));
    }
    let declared = inventory().cookie.keys().cloned().collect();
    assert_eq!(differences("cookie", &used, &declared), [""; 0]);
}

#[test]
fn log_fields_are_found_in_every_form() {
    let source = r#"
        tracing::info!(target: "x", room = %id(a, "b)"), ?error, count, "kept, {not}", count);
        warn!("no field");
        tracing::info_span!("request", reference);
        format!("{error}");
    "#;
    let calls = log_lines::calls(source);
    let fields: Vec<Vec<String>> = calls.iter().map(|call| log_lines::fields(call)).collect();
    assert_eq!(fields[0], ["room", "error", "count"]);
    assert_eq!(fields[1..], [vec![], Vec::<String>::new()]);
    assert_eq!(calls.len(), 3);
    assert!(log_lines::message_has_values(calls[0]));
    assert!(!log_lines::message_has_values(calls[1]));
}

/// The string literals of `source` that begin like a key of ours.
fn storage_keys(source: &str) -> BTreeSet<String> {
    let starts = ["'unisono.", "\"unisono.", "`unisono."];
    let places = starts.iter().flat_map(|start| source.match_indices(start));
    places
        .map(|(place, start)| {
            let key = &source[place + 1..];
            key[..key.find(&start[..1]).unwrap_or(key.len())].to_owned()
        })
        .collect()
}

/// What pages and the service worker are built from, without their tests.
fn scripts() -> impl Iterator<Item = (PathBuf, String)> {
    let endings = [".ts", ".svelte", ".js", ".html"];
    let folders = ["../../frontend/src", "../../frontend/build"];
    let found = folders
        .into_iter()
        .flat_map(move |folder| texts(folder, &endings));
    found.filter(|(path, _)| !path.to_string_lossy().ends_with(".test.ts"))
}

#[test]
fn the_browser_storage_is_the_declared_one() {
    let mut used = BTreeSet::new();
    for (_, source) in scripts() {
        used.extend(storage_keys(&source));
    }
    let keys = inventory()
        .browser_storage
        .values()
        .flat_map(|keys| keys.keys());
    let declared = keys.cloned().collect();
    assert_eq!(differences("storage key", &used, &declared), [""; 0]);
}

#[test]
fn storage_is_reached_by_declared_names_only() {
    for (path, source) in scripts() {
        let opened = [
            "Storage.setItem(",
            "Storage.getItem(",
            "indexedDB.open(",
            "caches.open(",
        ];
        let places = opened.iter().flat_map(|open| source.match_indices(open));
        for (place, open) in places {
            let name = source[place + open.len()..].trim_start();
            let is_key = name.starts_with("'unisono.") || !name.starts_with(['\'', '"', '`']);
            assert!(
                is_key,
                "{}: {open}{}",
                path.display(),
                name.lines().next().unwrap_or_default()
            );
        }
    }
}

#[test]
fn no_page_sets_a_cookie() {
    for (path, source) in scripts() {
        assert!(!source.contains("document.cookie"), "{}", path.display());
        assert!(!source.contains("cookieStore"), "{}", path.display());
    }
}

#[test]
fn keys_are_found_in_every_kind_of_quote() {
    let source =
        "a('unisono.one'); const b = \"unisono.two\"; `unisono.three` unisono.toml 'unisono/1'";
    let keys = ["unisono.one", "unisono.three", "unisono.two"];
    assert_eq!(storage_keys(source), keys.map(str::to_owned).into());
    assert_eq!(
        inventory()
            .storage_keys(StorageKind::Session)
            .collect::<Vec<_>>(),
        ["unisono.resume", "unisono.seat"]
    );
}

/// `source` without the tests that stand at its end. A line `mod tests;` cuts nothing off.
fn without_tests(source: &str) -> &str {
    const MARK: &str = "#[cfg(test)]\n";
    let mut marks = source.match_indices(MARK);
    let tests = marks.find(|(place, _)| {
        let line = source[place + MARK.len()..].lines().next();
        line.is_some_and(|line| line.ends_with("mod tests {"))
    });
    tests.map_or(source, |(place, _)| &source[..place])
}

#[test]
fn only_tests_that_stand_in_a_source_are_cut_off_it() {
    let beside = "#[cfg(test)]\nmod tests;\nfn kept() {}\n";
    assert_eq!(without_tests(beside), beside);
    let within = format!("{beside}#[cfg(test)]\npub(super) mod tests {{\n}}\n");
    assert_eq!(without_tests(&within), beside);
}

#[test]
fn what_is_kept_is_reached_by_the_store_alone() {
    const STATEMENTS: [&str; 5] = [
        "sqlx",
        "\"SELECT ",
        "\"INSERT INTO ",
        "\"UPDATE ",
        "\"DELETE FROM ",
    ];
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut read = 0;
    for (path, source) in texts("..", &[".rs"]) {
        let path = path.strip_prefix(&crates).unwrap();
        let has = |name: &str| path.components().any(|part| part.as_os_str() == name);
        let is_server = has("src")
            && !["store", "testkit", "xtask", "tests", "tests.rs"]
                .iter()
                .any(|it| has(it));
        if !is_server {
            continue;
        }
        read += 1;
        let code = without_tests(&source);
        for statement in STATEMENTS {
            assert!(!code.contains(statement), "{}: {statement}", path.display());
        }
    }
    assert!(read > 100, "{read}");
    for (path, manifest) in texts("..", &["Cargo.toml"]) {
        let built_in = manifest
            .split("[dev-dependencies]")
            .next()
            .unwrap_or_default();
        let is_development = ["testkit", "xtask"]
            .iter()
            .any(|name| path.ends_with(format!("{name}/Cargo.toml")));
        if built_in.contains("\nsqlx") && !is_development {
            assert!(path.ends_with("store/Cargo.toml"), "{}", path.display());
        }
    }
}
