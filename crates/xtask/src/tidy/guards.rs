//! Rules for what guards people, where no compiler and no single test would see it gone.
//!
//! Each answers for a requirement in `docs/asvs.json`.

/// Hash functions that are broken or too short, and the files where a protocol that others speak has nothing else.
/// MD5: TURN's long-term credential (RFC 8489, section 9.2.2). SHA-1: STUN's MESSAGE-INTEGRITY (RFC 8489, section 14.5) and
/// coturn's passwords, authenticator apps (RFC 6238), the opening of a WebSocket (RFC 6455, section 4.2.2).
const WEAK_HASHES: [(&str, &[&str]); 3] = [
    ("md5::", &["crates/relay/src/stun/integrity.rs"]),
    (
        "sha1::",
        &[
            "crates/account/src/totp.rs",
            "crates/relay/src/stun/integrity.rs",
            "crates/web/src/socket/upgrade.rs",
        ],
    ),
    (concat!("SHA1_FOR", "_LEGACY_USE_ONLY"), &[]),
];

/// Who signs by STUN's code: the protocol itself, and the passwords as coturn makes them.
const STUN_CODE: &str = "hmac_sha1(";
const STUN_CODE_FILES: [&str; 2] = ["crates/relay/src/stun/", "crates/relay/src/credentials.rs"];

/// A statement that is no literal, and the files that make it of the inventory's own names, never of what people write.
const MADE_STATEMENT: &str = "AssertSqlSafe";
const MADE_STATEMENT_FILES: [&str; 6] = [
    "crates/store/src/sweep.rs",
    "crates/store/src/subject/erase.rs",
    "crates/store/src/subject/export.rs",
    "crates/store/src/subject/indexes.rs",
    "crates/store/src/subject/rewrite.rs",
    "crates/store/src/subject/statement.rs",
];

/// What browsers have given up: plug-ins and their documents.
const OUTDATED: [&str; 7] = [
    "<applet",
    "<object",
    "<embed",
    "ActiveXObject",
    "navigator.plugins",
    "application/x-shockwave",
    "document.write(",
];

/// What a password's field must not do to whoever pastes, or lets a program fill it in.
const IN_THE_WAY: [&str; 4] = [
    "onpaste",
    "readonly",
    "autocomplete=\"off\"",
    "type=\"text\"",
];

/// What an account would have that asks for a hint or a secret question.
const HINTS: [&str; 4] = [
    "password_hint",
    "secret_question",
    "security_question",
    "maiden",
];

/// What is wrong with the file called `name` that says `text`.
pub(super) fn faults(name: &str, text: &str) -> Vec<String> {
    let mut faults = match name.rsplit('/').next() {
        Some("Cargo.toml") => unchecked_memory(name, text),
        Some("Cargo.lock") => unknown_crates(name, text),
        Some("package-lock.json") => unknown_packages(name, text),
        _ => Vec::new(),
    };
    let is_ours = name.starts_with("crates/") && !name.starts_with("crates/xtask/");
    let is_page = name.starts_with("frontend/src/") || name.starts_with("crates/web/templates/");
    if name.ends_with(".rs") && is_ours {
        faults.extend(weak_hashes(name, text));
        faults.extend(made_statements(name, text));
    }
    if is_page {
        faults.extend(words(name, text, &OUTDATED, "browsers gave this up"));
    }
    if name.ends_with(".html") {
        faults.extend(password_fields(name, text));
    }
    if name == "openapi.json" || name.ends_with(".sql") {
        faults.extend(words(name, text, &HINTS, "no hints, no secret questions"));
    }
    faults
}

fn words(name: &str, text: &str, words: &[&str], why: &str) -> Vec<String> {
    let lines = (1..).zip(text.lines());
    let found = lines.flat_map(|(number, line)| {
        let found = words.iter().filter(move |word| line.contains(**word));
        found.map(move |word| format!("{name}:{number}: {why}: `{word}`"))
    });
    found.collect()
}

fn weak_hashes(name: &str, text: &str) -> Vec<String> {
    let why = "SHA-256, unless a protocol has nothing else";
    let mut faults = Vec::new();
    for (word, files) in WEAK_HASHES {
        if !files.contains(&name) {
            faults.extend(words(name, text, &[word], why));
        }
    }
    if !STUN_CODE_FILES.iter().any(|file| name.starts_with(file)) {
        faults.extend(words(name, text, &[STUN_CODE], why));
    }
    faults
}

/// Tests change databases behind the store's back.
fn made_statements(name: &str, text: &str) -> Vec<String> {
    let is_test = name.contains("/tests");
    if is_test || MADE_STATEMENT_FILES.contains(&name) {
        return Vec::new();
    }
    words(name, text, &[MADE_STATEMENT], "statements are literals")
}

/// Every crate of ours takes the lints of the workspace, and those forbid unsafe code.
fn unchecked_memory(name: &str, text: &str) -> Vec<String> {
    let has = |line: &str| text.lines().any(|other| other.trim() == line);
    let is_safe = match name {
        "Cargo.toml" => has("unsafe_code = \"forbid\""),
        _ if name.starts_with("crates/") => text.contains("[lints]\nworkspace = true"),
        _ => true,
    };
    let fault = || format!("{name}: lets unsafe code in");
    (!is_safe).then(fault).into_iter().collect()
}

/// Every crate that is not ours comes from the one registry, and as it was when it was looked at.
fn unknown_crates(name: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for package in text.split("[[package]]").skip(1) {
        let value = |key: &str| {
            let start = format!("{key} = ");
            package.lines().find_map(|line| line.strip_prefix(&start))
        };
        let is_known = value("source")
            .is_none_or(|source| source.starts_with("\"registry+") && value("checksum").is_some());
        if !is_known {
            let package = value("name").unwrap_or("a crate");
            faults.push(format!("{name}: {package} is of no registry, or unchecked"));
        }
    }
    faults
}

/// The same for the packages of the pages.
fn unknown_packages(name: &str, text: &str) -> Vec<String> {
    let list: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let Some(packages) = list["packages"].as_object() else {
        return vec![format!("{name}: lists no packages")];
    };
    let mut faults = Vec::new();
    // The first is our own.
    for (package, facts) in packages.iter().filter(|(package, _)| !package.is_empty()) {
        if facts["integrity"].as_str().is_none() {
            faults.push(format!("{name}: {package} is of no registry, or unchecked"));
        }
    }
    faults
}

/// A password is not shown while it is typed, may be pasted, and programs that keep passwords find its field.
fn password_fields(name: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let fields = line
            .split("<input")
            .skip(1)
            .filter(|field| field.contains("name=\"password\""));
        for field in fields {
            let is_hidden = field.contains("type=\"password\"");
            if !is_hidden || IN_THE_WAY.iter().any(|word| field.contains(word)) {
                faults.push(format!(
                    "{name}:{number}: a password is hidden, pasted and filled in"
                ));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn md5_and_sha1_stand_only_where_a_protocol_has_nothing_else() {
        let (md5, sha1) = ("use md5::Md5;", "use sha1::Sha1;");
        for (file, line) in [
            ("crates/relay/src/stun/integrity.rs", md5),
            ("crates/relay/src/stun/integrity.rs", sha1),
            ("crates/account/src/totp.rs", sha1),
            ("crates/relay/src/credentials.rs", "hmac_sha1(secret, &[])"),
        ] {
            assert!(faults(file, line).is_empty(), "{file} {line}");
        }
        for (file, line) in [
            ("crates/account/src/totp.rs", md5),
            ("crates/relay/src/credentials.rs", md5),
            ("crates/store/src/sealed.rs", sha1),
            ("crates/relay/src/nonce.rs", "hmac_sha1(&self.key, &parts)"),
            (
                "crates/outbound/src/mail.rs",
                "&ring::digest::SHA1_FOR_LEGACY_USE_ONLY",
            ),
        ] {
            assert_eq!(faults(file, line).len(), 1, "{file} {line}");
        }
    }

    #[test]
    fn statements_are_literals_but_for_those_the_inventory_makes() {
        let line = "sqlx::query(sqlx::AssertSqlSafe(sql))";
        assert!(faults("crates/store/src/sweep.rs", line).is_empty());
        assert!(faults("crates/store/tests/subject/home.rs", line).is_empty());
        assert_eq!(
            faults("crates/store/src/support.rs", line),
            ["crates/store/src/support.rs:1: statements are literals: `AssertSqlSafe`"]
        );
    }

    #[test]
    fn every_crate_forbids_unsafe_code() {
        let ours = "[package]\nname = \"room\"\n\n[lints]\nworkspace = true\n";
        assert!(faults("crates/room/Cargo.toml", ours).is_empty());
        let root = "[workspace.lints.rust]\nunsafe_code = \"forbid\"\n";
        assert!(faults("Cargo.toml", root).is_empty());
        for (file, text) in [
            ("crates/room/Cargo.toml", "[package]\nname = \"room\"\n"),
            (
                "Cargo.toml",
                "[workspace.lints.rust]\nunsafe_code = \"warn\"\n",
            ),
        ] {
            let found = faults(file, text);
            assert_eq!(found, [format!("{file}: lets unsafe code in")]);
        }
    }

    #[test]
    fn libraries_come_from_their_registry_and_unchanged() {
        let crates = "[[package]]\nname = \"ours\"\n\n[[package]]\nname = \"theirs\"\nsource = \"registry+there\"\nchecksum = \"1\"\n";
        assert!(faults("Cargo.lock", crates).is_empty());
        for wrong in [
            crates.replace("registry+", "git+"),
            crates.replace("checksum", "sum"),
        ] {
            let found = faults("Cargo.lock", &wrong);
            assert_eq!(
                found,
                ["Cargo.lock: \"theirs\" is of no registry, or unchecked"]
            );
        }
        let packages =
            r#"{"packages":{"":{"name":"ours"},"node_modules/a":{"integrity":"sha512-1"}}}"#;
        assert!(faults("e2e/package-lock.json", packages).is_empty());
        let wrong = packages.replace("integrity", "link");
        assert_eq!(faults("e2e/package-lock.json", &wrong).len(), 1);
        assert_eq!(faults("e2e/package-lock.json", "{}").len(), 1);
    }

    #[test]
    fn no_page_needs_what_browsers_gave_up() {
        let page = "frontend/src/views/Home.svelte";
        assert!(faults(page, "<audio src={it}></audio>").is_empty());
        for line in [
            "<object data=\"a\">",
            "<embed src=\"a\">",
            "new ActiveXObject('a')",
        ] {
            assert_eq!(faults(page, line).len(), 1, "{line}");
        }
    }

    #[test]
    fn fields_for_a_password_are_hidden_and_let_it_be_pasted_and_filled_in() {
        let form = "crates/web/templates/form.html";
        let field = "<input name=\"password\" type=\"password\" autocomplete=\"current-password\">";
        assert!(faults(form, field).is_empty());
        assert!(faults(form, "<input name=\"code\" autocomplete=\"off\">").is_empty());
        for wrong in [
            field.replace("type=\"password\" ", ""),
            field.replace("type=\"password\"", "type=\"text\""),
            field.replace("current-password", "off"),
            field.replace("autocomplete", "readonly autocomplete"),
            field.replace("autocomplete", "onpaste=\"a()\" autocomplete"),
        ] {
            assert_eq!(faults(form, &wrong).len(), 1, "{wrong}");
        }
    }

    #[test]
    fn no_account_has_a_hint_or_a_secret_question() {
        let table = "CREATE TABLE a (\n    hash TEXT,\n    password_hint TEXT\n);";
        let name = "crates/store/migrations/0001_a.sql";
        assert_eq!(faults(name, table).len(), 1);
        assert!(faults(name, &table.replace("password_hint", "salt")).is_empty());
        assert_eq!(faults("openapi.json", "\"security_question\": {").len(), 1);
    }
}
