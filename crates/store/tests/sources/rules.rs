//! What the inventory says of everything that is kept.

use std::collections::BTreeSet;

use privacy::{AtRest, Basis, Category, Purpose, Retention, Visibility};
use store::inventory;

// Promises T19, Y49
#[test]
fn what_a_browser_keeps_is_for_its_person_and_nothing_of_it_is_about_the_layout() {
    let kept = inventory().rules();
    let kept = kept.filter(|(place, _)| place.starts_with("browser_storage."));
    let mut preferences = Vec::new();
    for (place, rule) in kept {
        let is_own = rule.visibility == Visibility::Subject && rule.recipients.is_empty();
        assert!(is_own && rule.purpose != Purpose::Operation, "{place}");
        if rule.category == Category::Preference {
            preferences.push(
                place
                    .trim_start_matches("browser_storage.local.")
                    .to_owned(),
            );
        }
    }
    let chosen = [
        "unisono.embeds",
        "unisono.hosts",
        "unisono.language",
        "unisono.links",
        "unisono.name",
        "unisono.nudge",
        "unisono.service",
        "unisono.shortcuts",
        "unisono.theme",
    ];
    assert_eq!(preferences, chosen);
    let all = inventory().rules().map(|(place, _)| place);
    let all =
        all.filter(|place| place.starts_with("browser_storage.") || place.starts_with("cookie."));
    let whole = [
        "browser_storage.indexed-db.unisono.certificate",
        "browser_storage.local.unisono.embeds",
        "browser_storage.local.unisono.host",
        "browser_storage.local.unisono.hosts",
        "browser_storage.local.unisono.language",
        "browser_storage.local.unisono.links",
        "browser_storage.local.unisono.name",
        "browser_storage.local.unisono.nudge",
        "browser_storage.local.unisono.resting",
        "browser_storage.local.unisono.rooms",
        "browser_storage.local.unisono.saved",
        "browser_storage.local.unisono.service",
        "browser_storage.local.unisono.session",
        "browser_storage.local.unisono.shortcuts",
        "browser_storage.local.unisono.theme",
        "browser_storage.session.unisono.resume",
        "browser_storage.session.unisono.seat",
        "cookie.__Host-unisono",
        "cookie.__Host-unisono-policy",
        "cookie.__Host-unisono-step",
    ];
    assert_eq!(
        all.collect::<BTreeSet<_>>(),
        whole.map(str::to_owned).into()
    );
}

/// The first word of a place that tells of a judgement about a person, by its stem.
fn rating(place: &str) -> Option<&str> {
    const STEMS: [&str; 12] = [
        "scor", "rating", "rated", "risk", "trust", "reput", "karma", "segment", "predict",
        "profil", "likel", "propens",
    ];
    // Longer words that begin alike tell of nothing: personal.
    const WORDS: [&str; 2] = ["persona", "personas"];
    let mut words = place.split(|letter: char| !letter.is_alphanumeric());
    words.find(|word| STEMS.iter().any(|stem| word.starts_with(stem)) || WORDS.contains(word))
}

#[test]
fn a_rating_is_found_by_the_stem_of_its_word() {
    for (place, word) in [
        ("table.accounts.scores", Some("scores")),
        ("table.account_scoring.id", Some("scoring")),
        ("table.accounts.risk_level", Some("risk")),
        ("table.predictions.of", Some("predictions")),
        ("held.personas", Some("personas")),
        ("table.accounts.personal_name", None),
        ("table.operating_acts.id", None),
    ] {
        assert_eq!(rating(place), word, "{place}");
    }
}

// Promise Y18
#[test]
fn nothing_that_is_kept_or_held_rates_a_person() {
    for (place, rule) in inventory().rules() {
        assert_eq!(rating(&place), None, "{place}");
        // What limits count by is over by itself, within a day at most.
        let is_counted = rule.at_rest == AtRest::NotStored && rule.purpose == Purpose::Security;
        let is_short =
            [Retention::ADay, Retention::HandOver, Retention::Membership].contains(&rule.retention);
        assert!(!is_counted || is_short, "{place}");
    }
}

// Promise Y17
#[test]
fn what_the_law_makes_us_keep_names_its_law() {
    for (place, rule) in inventory().rules() {
        let has_law = inventory().law_of(&place).is_some();
        assert!(rule.basis != Basis::LegalObligation || has_law, "{place}");
    }
    for (start, law) in &inventory().law {
        assert!(law.starts_with("GDPR, Article "), "{law}");
        let mut owed = inventory()
            .rules()
            .filter(|(_, rule)| rule.basis == Basis::LegalObligation);
        assert!(owed.any(|(place, _)| place.starts_with(start)), "{start}");
    }
}
