//! A breach of personal data: what is known of it, and by when who must be told (GDPR, Articles 33 and 34).

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use base::Timestamp;
use serde::{Deserialize, Serialize};

/// How long after becoming aware of it the authority must know (Article 33(1)).
pub const BREACH_HOURS_MAX: u64 = 72;
/// The same as a span.
pub const TELL_WITHIN: Duration = Duration::from_secs(BREACH_HOURS_MAX * 60 * 60);
/// A text of the register: a page at most.
const TEXT_CHARS_MAX: usize = 4_000;

/// What a breach took from the data (EDPB Guidelines 9/2022, paragraph 15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BreachNature {
    /// Somebody saw it who must not.
    Confidentiality,
    /// Somebody changed it who must not.
    Integrity,
    /// It is lost, or cannot be got at.
    Availability,
}

/// What is known of a breach: the fields of Article 33(3). It names nobody whose data it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BreachFacts {
    /// (a) What it took from the data.
    pub nature: BTreeSet<BreachNature>,
    /// (a) The kinds of data, in the words of the inventory.
    pub categories: BTreeSet<String>,
    /// (a) About how many people.
    pub people: Option<u64>,
    /// (a) About how many records.
    pub records: Option<u64>,
    /// (b) Who is asked for more.
    pub contact: String,
    /// What happened, by language tag.
    pub event: BTreeMap<String, String>,
    /// (c) What is likely to follow for people, by language tag.
    pub consequences: BTreeMap<String, String>,
    /// (d) What was done and is planned against it, by language tag.
    pub measures: BTreeMap<String, String>,
    /// Whether it is likely to be a high risk for people, so that they are told themselves (Article 34(1)).
    pub is_high_risk: bool,
    /// Why a risk for people is unlikely, so that the authority need not be told (Article 33(1)); empty where it must be.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub no_risk_because: String,
}

/// A breach, and who was told of it when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// When somebody here became aware of it: the clock starts.
    pub aware_at: Timestamp,
    /// What is known.
    pub facts: BreachFacts,
    /// When the authority was told.
    pub authority_told_at: Option<Timestamp>,
    /// Why it was told late.
    pub late_reason: Option<String>,
    /// When telling the people began.
    pub people_told_at: Option<Timestamp>,
}

/// Why a step of a breach cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BreachRefusal {
    /// Facts are missing that must be in the letter.
    #[error("Article 33(3) wants these as well: {}", .0.join(", "))]
    Missing(Vec<&'static str>),
    /// The 72 hours are over and nobody says why.
    #[error(
        "the 72 hours are over; the authority must be told why (Article 33(1)): add --late-because"
    )]
    LateReason,
    /// It was done before.
    #[error("this was done before")]
    Done,
    /// A text is longer than a page.
    #[error("{0} is longer than a page")]
    TooLong(&'static str),
    /// It is called a high risk and none at once.
    #[error(
        "a breach is no high risk and none at once: empty no_risk_because, or set is_high_risk = false"
    )]
    TwoRisks,
}

/// Whether a text says anything.
fn says(text: &str) -> bool {
    !text.trim().is_empty()
}

impl BreachFacts {
    /// What of Article 33(3) is not known yet.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let is_told = |texts: &BTreeMap<String, String>| texts.values().any(|it| says(it));
        let fields = [
            ("nature", !self.nature.is_empty()),
            ("categories", !self.categories.is_empty()),
            ("people", self.people.is_some()),
            ("records", self.records.is_some()),
            ("contact", says(&self.contact)),
            ("event", is_told(&self.event)),
            ("consequences", is_told(&self.consequences)),
            ("measures", is_told(&self.measures)),
        ];
        let missing = fields.into_iter().filter(|(_, is_there)| !is_there);
        missing.map(|(name, _)| name).collect()
    }

    /// Why the authority need not be told, where that is so. It stays in the register all the same (Article 33(5)).
    #[must_use]
    pub fn no_risk(&self) -> Option<&str> {
        let reason = self.no_risk_because.trim();
        (!reason.is_empty()).then_some(reason)
    }

    /// Fails on a text that no letter should hold, and on two judgements of one risk.
    ///
    /// # Errors
    /// A text is longer than a page, or the breach is called a high risk and none.
    pub fn check(&self) -> Result<(), BreachRefusal> {
        let texts = |name, texts: &BTreeMap<String, String>| {
            let mut texts = texts.values();
            let is_long = texts.any(|it| it.chars().count() > TEXT_CHARS_MAX);
            if is_long {
                return Err(BreachRefusal::TooLong(name));
            }
            Ok(())
        };
        texts("event", &self.event)?;
        texts("consequences", &self.consequences)?;
        texts("measures", &self.measures)?;
        for (name, text) in [
            ("contact", &self.contact),
            ("no_risk_because", &self.no_risk_because),
        ] {
            if text.chars().count() > TEXT_CHARS_MAX {
                return Err(BreachRefusal::TooLong(name));
            }
        }
        match self.is_high_risk && self.no_risk().is_some() {
            true => Err(BreachRefusal::TwoRisks),
            false => Ok(()),
        }
    }

    /// A text in the language with this tag; where it was not written in it, in English, else in any other.
    #[must_use]
    pub fn in_language<'a>(texts: &'a BTreeMap<String, String>, tag: &str) -> &'a str {
        let said = |tag| texts.get(tag).filter(|it| says(it));
        let text = said(tag).or_else(|| said("en"));
        text.or_else(|| texts.values().find(|it| says(it)))
            .map_or("", String::as_str)
    }
}

impl Breach {
    /// A breach that somebody has just become aware of, or says when they did.
    #[must_use]
    pub const fn new(aware_at: Timestamp, facts: BreachFacts) -> Self {
        Self {
            aware_at,
            facts,
            authority_told_at: None,
            late_reason: None,
            people_told_at: None,
        }
    }

    /// Whether the authority is still to be told.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.authority_told_at.is_none() && self.facts.no_risk().is_none()
    }

    /// By when the authority must know.
    #[must_use]
    pub fn due_at(&self) -> Timestamp {
        self.aware_at.after(TELL_WITHIN)
    }

    /// How long there is until then; none when it is over.
    #[must_use]
    pub fn left(&self, now: Timestamp) -> Option<Duration> {
        let left = self.due_at().since(now);
        (!left.is_zero()).then_some(left)
    }

    /// The same breach, with the authority told at `now`.
    ///
    /// # Errors
    /// It was told before, facts are missing, or the 72 hours are over and no reason is given.
    pub fn tell_authority(
        self,
        now: Timestamp,
        late_reason: Option<&str>,
    ) -> Result<Self, BreachRefusal> {
        if self.authority_told_at.is_some() {
            return Err(BreachRefusal::Done);
        }
        let missing = self.facts.missing();
        if !missing.is_empty() {
            return Err(BreachRefusal::Missing(missing));
        }
        let reason = late_reason.map(str::trim).filter(|it| says(it));
        let late_reason = match (self.left(now), reason) {
            (Some(_), _) => None,
            (None, None) => return Err(BreachRefusal::LateReason),
            (None, Some(reason)) if reason.chars().count() > TEXT_CHARS_MAX => {
                return Err(BreachRefusal::TooLong("the reason"));
            }
            (None, Some(reason)) => Some(reason.to_owned()),
        };
        Ok(Self {
            authority_told_at: Some(now),
            late_reason,
            ..self
        })
    }

    /// The same breach, with telling the people begun at `now`: without undue delay, and not bound to the authority's letter.
    ///
    /// # Errors
    /// It was begun before, or what they must be told is not known yet (Article 34(2)).
    pub fn tell_people(self, now: Timestamp) -> Result<Self, BreachRefusal> {
        if self.people_told_at.is_some() {
            return Err(BreachRefusal::Done);
        }
        let needed = ["nature", "contact", "event", "consequences", "measures"];
        let missing = self.facts.missing().into_iter();
        let missing: Vec<_> = missing.filter(|it| needed.contains(it)).collect();
        if !missing.is_empty() {
            return Err(BreachRefusal::Missing(missing));
        }
        Ok(Self {
            people_told_at: Some(now),
            ..self
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> BreachFacts {
        let text = |text: &str| BTreeMap::from([("en".to_owned(), text.to_owned())]);
        BreachFacts {
            nature: BTreeSet::from([BreachNature::Confidentiality]),
            categories: BTreeSet::from(["contact".to_owned()]),
            people: Some(12),
            records: Some(40),
            contact: "privacy@listen.example".to_owned(),
            event: text("A copy of the database was open to everybody."),
            consequences: text("Others may write to you."),
            measures: text("The copy is gone."),
            is_high_risk: true,
            no_risk_because: String::new(),
        }
    }

    fn hours(count: u64) -> Timestamp {
        Timestamp::from_unix_ms(1_790_000_000_000).after(Duration::from_secs(count * 3_600))
    }

    /// Promise Y54
    #[test]
    fn after_72_hours_the_authority_is_told_with_a_reason_alone() {
        let breach = Breach::new(hours(0), facts());
        assert_eq!(breach.left(hours(71)), Some(Duration::from_secs(3_600)));
        let told = breach.clone().tell_authority(hours(71), Some("ignored"));
        assert_eq!(told.unwrap().late_reason, None);
        assert_eq!(breach.left(hours(72)), None);
        for silent in [None, Some(" ")] {
            let late = breach.clone().tell_authority(hours(72), silent);
            assert_eq!(late, Err(BreachRefusal::LateReason));
        }
        let late = breach.tell_authority(hours(72), Some("it took long to see"));
        let late = late.unwrap();
        assert_eq!(late.late_reason.as_deref(), Some("it took long to see"));
        assert_eq!(late.authority_told_at, Some(hours(72)));
        assert_eq!(
            late.tell_authority(hours(73), None),
            Err(BreachRefusal::Done)
        );
    }

    /// Promise Y54
    #[test]
    fn a_letter_waits_for_the_facts_that_the_law_names() {
        let nothing = Breach::new(hours(0), BreachFacts::default());
        let Err(BreachRefusal::Missing(missing)) = nothing.clone().tell_authority(hours(1), None)
        else {
            panic!("nothing is known yet");
        };
        assert_eq!(missing.len(), 8, "{missing:?}");
        let Err(BreachRefusal::Missing(missing)) = nothing.tell_people(hours(1)) else {
            panic!("nothing is known yet");
        };
        assert_eq!(
            missing,
            ["nature", "contact", "event", "consequences", "measures"]
        );
        let told = Breach::new(hours(0), facts())
            .tell_people(hours(1))
            .unwrap();
        assert_eq!(told.people_told_at, Some(hours(1)));
        assert_eq!(told.tell_people(hours(2)), Err(BreachRefusal::Done));
    }

    #[test]
    fn a_breach_without_a_risk_waits_for_nobody_and_says_why() {
        let of = |reason: &str| {
            let no_risk_because = reason.to_owned();
            let is_high_risk = false;
            let facts = BreachFacts {
                no_risk_because,
                is_high_risk,
                ..facts()
            };
            assert_eq!(facts.check(), Ok(()));
            Breach::new(hours(0), facts)
        };
        assert!(of("").waits() && of(" \n").waits());
        let harmless = of(" The lost disk is encrypted. ");
        assert!(!harmless.waits());
        let reason = Some("The lost disk is encrypted.");
        assert_eq!(harmless.facts.no_risk(), reason);
        let anyway = harmless.clone().tell_authority(hours(1), None).unwrap();
        assert_eq!(anyway.authority_told_at, Some(hours(1)));
        let both = BreachFacts {
            is_high_risk: true,
            ..harmless.facts
        };
        assert_eq!(both.check(), Err(BreachRefusal::TwoRisks));
    }

    #[test]
    fn facts_that_were_written_down_before_are_read_and_written_as_they_were() {
        let before = serde_json::to_string(&facts()).unwrap();
        assert!(!before.contains("no_risk"), "{before}");
        let read: BreachFacts = serde_json::from_str(&before).unwrap();
        assert_eq!(read, facts());
    }

    #[test]
    fn a_text_is_told_in_the_readers_language_where_it_was_written_in_it() {
        let texts = |tags: &[&str]| -> BTreeMap<String, String> {
            tags.iter()
                .map(|tag| ((*tag).to_owned(), format!("in {tag}")))
                .collect()
        };
        let said = |tags, tag| BreachFacts::in_language(&texts(tags), tag).to_owned();
        assert_eq!(said(&["en", "ru"], "ru"), "in ru");
        assert_eq!(said(&["en", "ru"], "ar"), "in en");
        assert_eq!(said(&["ru"], "ar"), "in ru");
        assert_eq!(said(&[], "ar"), "");
    }

    #[test]
    fn a_text_that_says_nothing_is_none() {
        let texts = |texts: [(&str, &str); 2]| -> BTreeMap<String, String> {
            texts
                .map(|(tag, text)| (tag.to_owned(), text.to_owned()))
                .into()
        };
        let event = texts([("en", " "), ("ru", "Её видели.")]);
        assert_eq!(BreachFacts::in_language(&event, "en"), "Её видели.");
        let facts = BreachFacts {
            contact: "\n".to_owned(),
            measures: texts([("en", ""), ("ru", " \t")]),
            event,
            ..facts()
        };
        assert_eq!(facts.missing(), ["contact", "measures"]);
    }

    #[test]
    fn a_text_is_a_page_at_most() {
        let mut facts = facts();
        assert_eq!(facts.check(), Ok(()));
        facts.measures.insert("en".to_owned(), "x".repeat(4_001));
        assert_eq!(facts.check(), Err(BreachRefusal::TooLong("measures")));
        facts.measures.clear();
        facts.no_risk_because = "x".repeat(4_001);
        let refused = Err(BreachRefusal::TooLong("no_risk_because"));
        assert_eq!(facts.check(), refused);
    }
}
