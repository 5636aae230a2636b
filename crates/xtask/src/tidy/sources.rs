//! Rules that look at one file at a time.

use std::path::Path;

/// A file of this many lines is two files.
const LINES_MAX: usize = 500;

/// Kinds of file that people write and read.
const SOURCES: &[&str] = &[
    "css", "html", "js", "mjs", "py", "rs", "sh", "sql", "svelte", "ts",
];

/// Written by tools; their contents are theirs.
const GENERATED: &[&str] = &["Cargo.lock", "LICENSE", "package-lock.json", "openapi.json"];

/// Folders of somebody's machine. Split, so that this file does not break its own rule.
const MACHINE_PATHS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
];

/// Hosts that packages come from: which one is asked is the business of the machine's own set-up.
const REGISTRIES: &[&str] = &[
    concat!("registry.npm", "js"),
    concat!("registry.yarn", "pkg"),
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("files.python", "hosted"),
    concat!("pypi", ".org"),
    concat!("deb.deb", "ian.org"),
];

/// Work that is not done, and tests that do not run.
const UNFINISHED: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("#[ign", "ore"),
    concat!("it.sk", "ip("),
    concat!("test.sk", "ip("),
    concat!("describe.sk", "ip("),
    concat!("it.on", "ly("),
    concat!("test.on", "ly("),
    concat!("describe.on", "ly("),
];

/// Calls that take a bound, written with a bare number or with none at all.
const UNBOUNDED: &[&str] = &[concat!("unbounded", "_channel"), concat!("unbounded", "(")];
const BOUND_CALLS: &[&str] = &[
    "channel(",
    "Semaphore::new(",
    "buffer_unordered(",
    "buffered(",
];

/// What is wrong with the file called `name` that says `text`.
pub(super) fn faults(name: &str, text: &str) -> Vec<String> {
    let extension = Path::new(name)
        .extension()
        .and_then(|word| word.to_str())
        .unwrap_or_default();
    let file = Path::new(name)
        .file_name()
        .and_then(|word| word.to_str())
        .unwrap_or_default();
    if file == "package-lock.json" {
        return text
            .contains("\"resolved\"")
            .then(|| format!("{name}: names where packages were fetched from"))
            .into_iter()
            .collect();
    }
    if GENERATED.contains(&file) || file.contains(".gen.") || extension == "snap" {
        return Vec::new();
    }
    let mut faults = Vec::new();
    let lines = text.lines().count();
    if SOURCES.contains(&extension) && lines >= LINES_MAX {
        faults.push(format!(
            "{name}: {lines} lines, {LINES_MAX} and more are too many"
        ));
    }
    let is_source = SOURCES.contains(&extension);
    let mut is_test = name.contains("/tests/") || name.contains("/benches/");
    for (index, line) in text.lines().enumerate() {
        let mut report = |what: String| faults.push(format!("{name}:{}: {what}", index + 1));
        is_test |= line.starts_with("#[cfg(test)]");
        find(line, MACHINE_PATHS, |word| {
            if !begins_path(line, word) {
                return;
            }
            report(format!("a path of one machine, `{word}`"));
        });
        find(line, REGISTRIES, |word| {
            report(format!("the host of a package registry, `{word}`"));
        });
        if is_source {
            find(line, UNFINISHED, |word| {
                report(format!("unfinished: `{word}`"));
            });
        }
        if extension == "rs" && !is_test {
            find(line, UNBOUNDED, |word| {
                report(format!("nothing is unbounded: `{word}`"));
            });
            find(line, BOUND_CALLS, |call| {
                if follows_digit(line, call) {
                    report(format!("give the bound in `{call}...` a name"));
                }
            });
        }
    }
    faults
}

fn find(line: &str, words: &[&str], mut found: impl FnMut(&str)) {
    for word in words {
        if line.contains(word) {
            found(word);
        }
    }
}

/// Whether `path` begins here, and is not the middle of a relative path or of an address.
fn begins_path(line: &str, path: &str) -> bool {
    let is_inside = |letter: char| letter.is_alphanumeric() || "._-)}".contains(letter);
    line.match_indices(path)
        .any(|(at, _)| !line[..at].ends_with(is_inside))
}

fn follows_digit(line: &str, call: &str) -> bool {
    line.split(call)
        .skip(1)
        .any(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> Vec<String> {
        faults(name, text)
    }

    #[test]
    fn a_file_of_five_hundred_lines_is_too_long_unless_a_tool_wrote_it() {
        let long = "x\n".repeat(LINES_MAX);
        assert_eq!(found("crates/a/src/lib.rs", &long).len(), 1);
        assert!(found("crates/a/src/lib.rs", &"x\n".repeat(LINES_MAX - 1)).is_empty());
        assert!(found("frontend/src/api/schema.gen.ts", &long).is_empty());
        assert!(found("docs/promises.toml", &long).is_empty());
    }

    #[test]
    fn a_path_of_one_machine_is_found_with_its_line() {
        let text = format!("fine\nlet file = \"{}somebody/file\";", MACHINE_PATHS[2]);
        let expected = format!(
            "e2e/run.mjs:2: a path of one machine, `{}`",
            MACHINE_PATHS[2]
        );
        assert_eq!(found("e2e/run.mjs", &text), [expected]);
    }

    #[test]
    fn the_middle_of_a_relative_path_is_no_path_of_a_machine() {
        let text = format!("import Form from '..{}Form.svelte';", MACHINE_PATHS[2]);
        assert!(found("frontend/src/views/Home.ts", &text).is_empty());
    }

    #[test]
    fn a_registry_host_is_found_in_any_text() {
        assert_eq!(
            found("README.md", &format!("see {}.org", REGISTRIES[0])).len(),
            1
        );
        assert!(found("Cargo.lock", &format!("see {}.org", REGISTRIES[0])).is_empty());
    }

    #[test]
    fn a_lock_file_does_not_say_where_packages_came_from() {
        assert_eq!(
            found("frontend/package-lock.json", "\"resolved\": \"somewhere\"").len(),
            1
        );
        assert!(found("frontend/package-lock.json", "\"integrity\": \"sha512\"").is_empty());
    }

    #[test]
    fn unfinished_work_and_tests_that_do_not_run_are_found() {
        for word in UNFINISHED {
            assert_eq!(
                found("frontend/src/a.test.ts", &format!("  {word} later")).len(),
                1,
                "{word}"
            );
        }
    }

    #[test]
    fn a_bound_has_a_name_outside_tests() {
        assert_eq!(
            found(
                "crates/app/src/task.rs",
                "let (to, from) = mpsc::channel(64);"
            )
            .len(),
            1
        );
        assert!(
            found(
                "crates/app/src/task.rs",
                "let (to, from) = mpsc::channel(COMMANDS_MAX);"
            )
            .is_empty()
        );
        assert!(
            found(
                "crates/app/tests/task.rs",
                "let (to, from) = mpsc::channel(64);"
            )
            .is_empty()
        );
        assert!(
            found(
                "crates/app/src/task.rs",
                "#[cfg(test)]\nmod tests {\nmpsc::channel(64);"
            )
            .is_empty()
        );
        assert_eq!(
            found("crates/app/src/task.rs", "mpsc::unbounded_channel()").len(),
            1
        );
    }
}
