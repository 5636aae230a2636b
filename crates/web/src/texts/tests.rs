//! The catalogues hold what the server shows, and in every language the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use axum::http::{HeaderMap, HeaderValue, header};

use super::*;

const EVERY: [Language; 4] = [
    Language::English,
    Language::Russian,
    Language::Arabic,
    Language::Pseudo,
];

fn wished(wishes: &str) -> Language {
    let mut headers = HeaderMap::new();
    headers.insert(
        header::ACCEPT_LANGUAGE,
        HeaderValue::from_str(wishes).unwrap(),
    );
    Language::wished(&headers)
}

#[test]
fn the_most_wished_language_that_we_speak_is_taken() {
    assert_eq!(wished("ru-RU,ru;q=0.9,en;q=0.8"), Language::Russian);
    assert_eq!(wished("de-DE, ar-EG;q=0.5, en;q=0.3"), Language::Arabic);
    assert_eq!(wished("en;q=0.2, ru;q=0.7"), Language::Russian);
    assert_eq!(wished("ru;q=0, *;q=0.1"), Language::English);
    assert_eq!(wished("en-XA"), Language::Pseudo);
    assert_eq!(wished(";;q=,,, ;q=x"), Language::English);
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src"), root.join("templates")];
    let mut ids = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("tests.rs") {
                let source = fs::read_to_string(&path).unwrap_or_default();
                let texts = source.split('"').filter(|text| {
                    let known = ["link-", "rooms-", "common-"];
                    known.iter().any(|start| text.starts_with(start))
                        && !text.ends_with('-')
                        && text
                            .bytes()
                            .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
                });
                ids.extend(texts.map(str::to_owned));
                // Each kind of refusal has two texts, named after it.
                let kinds = source.split("facts!(\"").skip(1);
                let kinds = kinds.filter_map(|rest| rest.split('"').next());
                ids.extend(kinds.flat_map(|kind| {
                    let title = format!("link-refused-{kind}");
                    [format!("{title}-next"), title]
                }));
            }
        }
    }
    ids
}

fn messages(sources: [&str; 3]) -> BTreeSet<String> {
    let lines = sources.into_iter().flat_map(str::lines);
    lines
        .filter_map(|line| line.split_once(" ="))
        .map(|(id, _)| id.to_owned())
        .filter(|id| id.starts_with(|letter: char| letter.is_ascii_lowercase()))
        .collect()
}

#[test]
fn every_text_that_is_shown_is_there_and_the_other_way_round() {
    let shown = shown();
    assert!(shown.len() > 50, "{}", shown.len());
    for (language, sources) in [("en", ENGLISH), ("ru", RUSSIAN), ("ar", ARABIC)] {
        let there = messages(sources);
        let missing: Vec<_> = shown.difference(&there).collect();
        assert!(missing.is_empty(), "{language} has no {missing:?}");
        let unused: Vec<_> = there
            .difference(&shown)
            .filter(|id| !id.starts_with("common-"))
            .collect();
        assert!(unused.is_empty(), "{language}: nobody shows {unused:?}");
    }
}

#[test]
fn every_message_is_whole_in_every_language() {
    let numbers = ["count", "seconds", "done", "total"];
    for id in messages(ENGLISH)
        .iter()
        .filter(|id| !id.starts_with("common-"))
    {
        let arguments = |number: u64| -> FluentArgs<'_> {
            let texts = [
                "title", "services", "album", "kind", "service", "outcome", "example",
            ];
            let texts = texts.iter().map(|name| (*name, FluentValue::from("x")));
            let numbers = numbers
                .iter()
                .map(|name| (*name, FluentValue::from(number)));
            texts.chain(numbers).collect()
        };
        for language in EVERY {
            for number in 0..=120 {
                let bundle = language.bundle();
                let pattern = bundle.get_message(id).unwrap().value().unwrap();
                let mut errors = Vec::new();
                let text = bundle.format_pattern(pattern, Some(&arguments(number)), &mut errors);
                assert!(
                    errors.is_empty() && !text.is_empty(),
                    "{id} in {language:?}: {errors:?}"
                );
            }
        }
    }
}
