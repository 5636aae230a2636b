//! The catalogues hold what the server shows, and nothing that nobody shows.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that fails"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use texts::{Language, plain};

#[test]
fn the_most_wished_language_that_we_speak_is_taken() {
    assert_eq!(
        Language::wished("ru-RU,ru;q=0.9,en;q=0.8"),
        Language::Russian
    );
    assert_eq!(
        Language::wished("de-DE, ar-EG;q=0.5, en;q=0.3"),
        Language::Arabic
    );
    assert_eq!(Language::wished("en;q=0.2, ru;q=0.7"), Language::Russian);
    assert_eq!(Language::wished("ru;q=0, *;q=0.1"), Language::English);
    assert_eq!(Language::wished("en-XA"), Language::Pseudo);
    assert_eq!(Language::wished(";;q=,,, ;q=x"), Language::English);
    assert_eq!(Language::asked(Some("AR")), Some(Language::Arabic));
    assert_eq!(Language::asked(Some("tlh")), None);
}

#[test]
fn plurals_and_large_numbers_read_as_in_each_language() {
    let views =
        |language: Language, count: u64| plain(&language.with("link-views", "count", count));
    assert_eq!(views(Language::English, 1), "Opened once");
    assert_eq!(views(Language::English, 12_345), "Opened 12,345 times");
    assert_eq!(views(Language::Russian, 22), "Открыта 22 раза");
    assert_eq!(views(Language::Russian, 12_345), "Открыта 12\u{a0}345 раз");
    assert_eq!(views(Language::Arabic, 2), "فُتحت مرتين");
    assert_eq!(views(Language::Arabic, 11), "فُتحت 11 مرة");
}

#[test]
fn the_pseudo_locale_is_longer_and_visibly_so() {
    let long = "It was asked, and lists nothing that is surely the same.";
    let text = Language::Pseudo.say("link-search-not-found");
    let growth = text.chars().count() as f64 / long.chars().count() as f64;
    assert!((1.3..1.5).contains(&growth), "{growth}: {text}");
    assert!(!text.contains("asked"), "{text}");
}

/// Texts in sources that look like messages of a catalogue.
fn shown() -> BTreeSet<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders: Vec<PathBuf> = [
        "web/src",
        "web/templates",
        "outbound/src/mail",
        "outbound/templates",
        "app/src/privacy",
        "app/src/accounts",
    ]
    .iter()
    .map(|folder| crates.join(folder))
    .collect();
    let mut ids = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("tests.rs") {
                ids.extend(shown_in(&path));
            }
        }
    }
    ids
}

fn shown_in(path: &Path) -> impl Iterator<Item = String> {
    let source = fs::read_to_string(path).unwrap_or_default();
    let mut ids: Vec<String> = source
        .split('"')
        .filter(|text| FAMILIES.iter().any(|start| text.starts_with(start)))
        .filter(|text| !text.ends_with('-'))
        .filter(|text| {
            text.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        })
        .map(str::to_owned)
        .collect();
    // Each kind of refusal has two texts, named after it.
    let is_in = |folder: &str| path.components().any(|part| part.as_os_str() == folder);
    let family = match (is_in("accounts"), is_in("problem")) {
        (true, _) => "account-refused",
        (_, true) => "door-refused",
        _ => "link-refused",
    };
    let kinds = source.split("facts!(\"").skip(1);
    for kind in kinds.filter_map(|rest| rest.split('"').next()) {
        let title = format!("{family}-{kind}");
        ids.extend([format!("{title}-next"), title]);
    }
    ids.into_iter()
}

/// The starts of messages that the server shows.
const FAMILIES: [&str; 15] = [
    "link-",
    "rooms-",
    "common-",
    "mail-",
    "privacy-",
    "pages-",
    "admin-",
    "support-",
    "contact-",
    "terms-",
    "account-upstream-",
    "pricing-",
    "plans-",
    "blog-",
    "status-",
];

/// The starts of messages that are named after a word of the data inventory.
const WORDS: [&str; 11] = [
    "privacy-place-",
    "privacy-purpose-",
    "privacy-category-",
    "privacy-basis-",
    "privacy-source-",
    "privacy-retention-",
    "privacy-visibility-",
    "privacy-recipient-",
    "privacy-field-",
    "privacy-country-",
    "privacy-safeguard-",
];

fn messages() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales/en");
    let files = [
        "common", "link", "rooms", "refusals", "mail", "pages", "privacy", "pricing",
    ];
    let sources = files.map(|file| fs::read_to_string(folder.join(format!("{file}.ftl"))).unwrap());
    let lines = sources.iter().flat_map(|source| source.lines());
    lines
        .filter_map(|line| line.split_once(" ="))
        .map(|(id, _)| id.to_owned())
        .filter(|id| id.starts_with(|letter: char| letter.is_ascii_lowercase()))
        .collect()
}

#[test]
fn every_text_that_is_shown_is_there_and_the_other_way_round() {
    let (shown, there) = (shown(), messages());
    assert!(shown.len() > 50, "{}", shown.len());
    let missing: Vec<_> = shown.difference(&there).collect();
    assert!(missing.is_empty(), "there is no {missing:?}");
    // Those are the pages' too.
    let is_shared = |id: &&String| id.starts_with("common-") || id.starts_with("account-refused-");
    let is_word = |id: &&String| WORDS.iter().any(|start| id.starts_with(start));
    let unused: Vec<_> = there
        .difference(&shown)
        .filter(|id| !is_shared(id) && !is_word(id))
        .collect();
    assert!(unused.is_empty(), "nobody shows {unused:?}");
}
