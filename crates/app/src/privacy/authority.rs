//! The letter to a data protection authority about a breach: the fields of GDPR, Article 33(3), in their order.

use base::Timestamp;
use privacy::{Breach, BreachFacts, BreachNature, rfc3339};
use texts::{Language, plain};

use super::announcing::categories;

/// The letter as it is handed in at `now`, or was when the authority was told.
pub fn authority_letter(breach: &Breach, language: Language, site: &str, now: Timestamp) -> String {
    let facts = &breach.facts;
    let said = |texts| BreachFacts::in_language(texts, language.tag()).to_owned();
    let count = |number: Option<u64>| number.map_or_else(String::new, |it| language.number(it));
    let nature: Vec<String> = facts
        .nature
        .iter()
        .map(|it| language.say(of(*it)))
        .collect();
    let mut fields = vec![
        ("mail-authority-site", site.to_owned()),
        ("mail-authority-aware", rfc3339(breach.aware_at)),
        (
            "mail-authority-sent",
            rfc3339(breach.authority_told_at.unwrap_or(now)),
        ),
    ];
    fields.extend(
        breach
            .late_reason
            .iter()
            .map(|reason| ("mail-authority-late", reason.clone())),
    );
    fields.extend([
        ("mail-authority-event", said(&facts.event)),
        ("mail-authority-nature", language.list(&nature)),
        ("mail-authority-kinds", categories(facts, language)),
        ("mail-authority-people", count(facts.people)),
        ("mail-authority-records", count(facts.records)),
        ("mail-authority-contact", facts.contact.clone()),
        ("mail-authority-consequences", said(&facts.consequences)),
        ("mail-authority-measures", said(&facts.measures)),
        ("mail-authority-risk", risk(breach, language)),
    ]);
    let mut letter = format!("{}\n", language.say("mail-authority-title"));
    for (title, text) in fields {
        letter += &format!("\n{}: {text}\n", language.say(title));
    }
    plain(&letter)
}

fn risk(breach: &Breach, language: Language) -> String {
    let risk = match breach.facts.is_high_risk {
        true => language.say("mail-authority-risk-high"),
        false => language.say("mail-authority-risk-low"),
    };
    match breach.people_told_at {
        Some(told) => {
            let told = language.with("mail-authority-told", "day", rfc3339(told));
            format!("{risk}; {told}")
        }
        None => risk,
    }
}

const fn of(nature: BreachNature) -> &'static str {
    match nature {
        BreachNature::Confidentiality => "mail-authority-nature-confidentiality",
        BreachNature::Integrity => "mail-authority-nature-integrity",
        BreachNature::Availability => "mail-authority-nature-availability",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::time::Duration;

    use super::*;

    fn breach() -> Breach {
        let texts = |name: &str| -> BTreeMap<String, String> {
            let tags = ["en", "ru"].into_iter();
            tags.map(|tag| (tag.to_owned(), format!("the {name} in {tag}")))
                .collect()
        };
        let facts = BreachFacts {
            nature: BTreeSet::from([BreachNature::Confidentiality]),
            categories: BTreeSet::from(["contact".to_owned()]),
            people: Some(12_345),
            records: Some(40),
            contact: "privacy@listen.example".to_owned(),
            event: texts("event"),
            consequences: texts("consequences"),
            measures: texts("measures"),
            is_high_risk: true,
            no_risk_because: String::new(),
        };
        Breach::new(Timestamp::from_unix_ms(1_795_305_600_000), facts)
    }

    /// Promise Y54
    #[test]
    fn the_letter_to_the_authority_holds_every_field_of_the_law_and_its_dates() {
        let breach = breach();
        let now = breach.aware_at.after(Duration::from_secs(80 * 3_600));
        let told = breach.tell_authority(now, Some("nobody was here")).unwrap();
        let letter = authority_letter(&told, Language::English, "listen.example", now);
        for part in [
            "listen.example",
            "2026-11-22T00:00:00Z",
            "2026-11-25T08:00:00Z",
            "nobody was here",
            "the event in en",
            "confidentiality",
            "Your e-mail address",
            "12,345",
            "40",
            "privacy@listen.example",
            "the consequences in en",
            "the measures in en",
            "a high risk is likely",
        ] {
            assert!(letter.contains(part), "{part}: {letter}");
        }
    }

    #[test]
    fn the_letter_is_written_in_the_language_of_the_authority() {
        let breach = breach();
        let letter = authority_letter(&breach, Language::Russian, "s", breach.aware_at);
        assert!(
            letter.contains("конфиденциальность") && letter.contains("the event in ru"),
            "{letter}"
        );
        assert!(!letter.contains('\u{2068}'));
    }
}
