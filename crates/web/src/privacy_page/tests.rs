use std::collections::BTreeSet;

use app::App;
use privacy::{Differences, Inventory, text_key, word};

use super::*;

fn page(settings: &Settings, dated: Dated, language: Language) -> String {
    let is_asked = true;
    let told = Told {
        inventory: App::inventory(),
        version: "7c21cb90aa11",
        dated,
    };
    draw(settings, told, Tongue { language, is_asked })
}

/// The name of every text that the inventory asks for.
fn asked_for(inventory: &Inventory) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (_, rule) in inventory.rules() {
        keys.extend([
            text_key("category", &word(&rule.category)),
            text_key("purpose", &word(&rule.purpose)),
            text_key("basis", &word(&rule.basis)),
            text_key("source", &word(&rule.source)),
            text_key("retention", &word(&rule.retention)),
            text_key("visibility", &word(&rule.visibility)),
        ]);
        let recipients = rule.recipients.iter();
        keys.extend(recipients.map(|name| text_key("recipient", name)));
    }
    let policy = Policy::of(inventory);
    keys.extend(policy.rows.iter().map(|row| text_key("place", &row.place)));
    let asked = policy.asked.iter().map(|one| (&one.fields, &one.country));
    let players = policy.players.iter().map(|one| (&one.fields, &one.country));
    for (fields, country) in asked.chain(players) {
        keys.extend(fields.iter().map(|field| text_key("field", field)));
        keys.insert(text_key("country", &country.to_ascii_lowercase()));
    }
    keys
}

#[test]
fn privacy_has_a_text_for_each_word_of_the_inventory_in_each_language() {
    let keys = asked_for(App::inventory());
    let lacking: Vec<String> = ["en", "ru", "ar"]
        .iter()
        .zip(texts::POLICY)
        .flat_map(|(language, source)| {
            let has = |key: &String| {
                let start = format!("{key} = ");
                source.lines().any(|line| line.starts_with(&start))
            };
            let lacks = keys.iter().filter(move |key| !has(key));
            lacks.map(move |key| format!("{language}: {key}"))
        })
        .collect();
    assert!(keys.len() > 50, "{}", keys.len());
    assert!(lacking.is_empty(), "no text for {lacking:#?}");
}

#[test]
fn privacy_names_every_cookie_key_and_host() {
    let inventory = App::inventory();
    let stored = inventory.browser_storage.values().flatten();
    let cookies = inventory.cookie.keys();
    let names: Vec<&String> = cookies
        .chain(stored.map(|(key, _)| key))
        .chain(inventory.egress.keys())
        .chain(inventory.egress.values().map(|egress| &egress.switch))
        .chain(inventory.embed.values().map(|embed| &embed.recipient))
        .collect();
    for language in Language::OFFERED {
        let page = page(&Settings::default(), Dated::default(), language);
        for name in &names {
            assert!(page.contains(name.as_str()), "{name}");
        }
    }
}

/// Promise Y13: every purpose for which something about people is kept, with what allows it, from the inventory.
#[test]
fn privacy_tells_each_purpose_with_its_category_basis_and_time() {
    let policy = Policy::of(App::inventory());
    for t in Language::OFFERED {
        let sections = rows::sections(&policy, t);
        for row in &policy.rows {
            let title = t.say(&text_key("purpose", &row.purpose));
            let section = sections.iter().find(|section| section.title == title);
            let is_told = section.unwrap().cards.iter().any(|card| {
                let says = |family, word: &str| {
                    let text = t.say(&text_key(family, word));
                    card.facts.iter().any(|fact| fact.text.contains(&text))
                };
                card.title == t.say(&text_key("category", &row.category))
                    && says("basis", &row.basis)
                    && says("retention", &row.retention)
                    && row.visibility.iter().all(|word| says("visibility", word))
                    && row.sources.iter().all(|word| says("source", word))
                    && row.recipients.iter().all(|word| says("recipient", word))
            });
            assert!(is_told, "{row:?}");
        }
        let page = page(&Settings::default(), Dated::default(), t);
        let told = sections.iter().flat_map(|section| &section.cards);
        for fact in told.flat_map(|card| &card.facts) {
            assert!(page.contains(&fact.text), "{}", fact.text);
        }
    }
}

/// Promises S48, T6: the version in force and those before are dated, each with what it changed.
#[test]
fn privacy_versions_are_dated_and_can_be_compared() {
    let published = |version: &str, ms, added: &[&str]| PublishedPolicy {
        version: version.to_owned(),
        published_at: Timestamp::from_unix_ms(ms),
        differences: Differences {
            added: added.iter().map(|&line| line.to_owned()).collect(),
            removed: Vec::new(),
        },
    };
    let dated = Dated {
        published: vec![
            published("7c21cb90aa11", 1_800_000_000_000, &["server · <new>"]),
            published("00aa00aa00aa", 1_700_000_000_000, &[]),
        ],
        swept_at: Some(Timestamp::from_unix_ms(1_800_100_000_000)),
    };
    let page = page(&Settings::default(), dated, Language::English);
    for part in [
        "Version: <code dir=\"ltr\">7c21cb90aa11</code>",
        "In force since <time datetime=\"2027-01-15\"",
        "datetime=\"2023-11-14\"",
        "00aa00aa00aa",
        "server · &#60;new&#62;",
        "2027-01-16",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains(&Language::English.say("privacy-versions-wording")));
}

#[test]
fn privacy_runs_no_script_and_says_who_answers() {
    let settings = Settings {
        public_url: "https://listen.example".to_owned(),
        ..Settings::default()
    };
    for language in Language::OFFERED {
        let page = page(&settings, Dated::default(), language);
        let scripts = page.matches("<script").count();
        let first_paint = page.matches("<script src=\"/assets/first-paint-").count();
        assert_eq!(scripts, first_paint, "only the shell's own");
        assert!(!page.contains("style=\"") && !page.contains("javascript:"));
        assert!(page.contains("listen.example"));
        assert!(page.contains(&format!("dir=\"{}\"", language.direction())));
    }
}
