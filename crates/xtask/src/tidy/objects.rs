//! Rules for scripts of pages: nothing that came from outside becomes the name of a field.
//!
//! Who could choose such a name could write `__proto__` and change every object of the page. What is found by a name of
//! somebody's choice is kept in a `Map`.

/// Ways to copy fields, or to reach what all objects share.
const WORDS: [&str; 4] = [
    "__proto__",
    ".prototype[",
    "setPrototypeOf(",
    "Object.assign(",
];

/// What is wrong with the file called `name` that says `text`. Tests bring their own objects.
pub(super) fn faults(name: &str, text: &str) -> Vec<String> {
    let is_script = [".ts", ".svelte", ".js", ".mjs"]
        .iter()
        .any(|end| name.ends_with(end));
    let is_test = name.ends_with(".test.ts") || name.contains("/test/");
    if !name.starts_with("frontend/src/") || !is_script || is_test || name.contains(".gen.") {
        return Vec::new();
    }
    let mut faults = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for word in WORDS.iter().filter(|word| line.contains(**word)) {
            faults.push(format!(
                "{name}:{}: objects are not merged: `{word}`",
                index + 1
            ));
        }
        if writes_under_computed_name(line) {
            faults.push(format!(
                "{name}:{}: a field under a computed name; use a Map",
                index + 1
            ));
        }
    }
    faults
}

/// Whether `line` sets `something[name]`, by `=` or an operator that ends with it.
fn writes_under_computed_name(line: &str) -> bool {
    let mut opened = Vec::new();
    for (at, letter) in line.char_indices() {
        match letter {
            '[' => opened.push(at),
            ']' => {
                let Some(from) = opened.pop() else { continue };
                let name = &line[from + 1..at];
                if indexes(&line[..from]) && is_computed(name) && is_set(&line[at + 1..]) {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// Whether a bracket after `before` picks a part of something: lists and patterns stand free.
fn indexes(before: &str) -> bool {
    let last = before.chars().next_back();
    last.is_some_and(|letter| letter.is_alphanumeric() || "_$)]".contains(letter))
}

/// Whether a name is found out while running. What stands in quotes or is a number was chosen by us.
fn is_computed(name: &str) -> bool {
    let first = name.trim_start().chars().next();
    first.is_some_and(|letter| !letter.is_ascii_digit() && !"'\"".contains(letter))
}

fn is_set(after: &str) -> bool {
    let after = after.trim_start();
    let after = after.trim_start_matches(['+', '-', '*', '/', '|', '&', '?']);
    after.starts_with('=') && !after.starts_with("==") && !after.starts_with("=>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> usize {
        faults("frontend/src/room/room.ts", line).len()
    }

    #[test]
    fn no_script_of_a_page_writes_a_field_that_somebody_else_could_name() {
        for line in [
            "kept[name] = value;",
            "this.kept[message.key] ??= [];",
            "of(a)[`x${name}`] += 1;",
            "Object.assign(settings, message);",
            "if (it.__proto__) {",
        ] {
            assert_eq!(found(line), 1, "{line}");
        }
        for line in [
            "kept.set(name, value);",
            "const [first, second] = pair;",
            "ice: Welcome['ice_servers'] = [];",
            "let names: string[] = [];",
            "if (kept[name] === value) {",
            "const one = kept[name];",
            "pair[0] = 1;",
        ] {
            assert_eq!(found(line), 0, "{line}");
        }
    }

    #[test]
    fn only_what_pages_run_is_looked_at() {
        let line = "kept[name] = value;";
        for name in [
            "frontend/src/a.test.ts",
            "e2e/run.mjs",
            "frontend/src/api/schema.gen.ts",
        ] {
            assert!(faults(name, line).is_empty(), "{name}");
        }
    }
}
