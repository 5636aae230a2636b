//! The inventory in words: rows that belong together are told once.

use std::collections::{BTreeMap, BTreeSet};

use privacy::{Grounds, Inventory, Policy, PolicyRow, Purpose, Safeguard, text_key, word};

use crate::texts::Language;

/// The purposes in the order in which people are told of them.
pub(super) const PURPOSES: [Purpose; 12] = [
    Purpose::ListeningTogether,
    Purpose::FindingMusic,
    Purpose::Account,
    Purpose::Plans,
    Purpose::Payments,
    Purpose::Security,
    Purpose::Preferences,
    Purpose::History,
    Purpose::Notices,
    Purpose::Support,
    Purpose::Rights,
    Purpose::Operation,
];

/// What is kept for one purpose.
pub(super) struct Section {
    pub(super) title: String,
    pub(super) cards: Vec<Card>,
}

/// One kind of data that is kept for one reason and time.
pub(super) struct Card {
    pub(super) title: String,
    pub(super) facts: Vec<Fact>,
}

#[derive(Clone)]
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) text: String,
}

/// A cookie, or a key in the browser's storage.
pub(super) struct Kept {
    pub(super) name: String,
    pub(super) what: String,
    pub(super) how_long: String,
}

/// Hosts that are told the same for the same reason.
#[derive(Clone)]
pub(super) struct Addressed {
    pub(super) title: String,
    pub(super) hosts: Vec<String>,
    pub(super) facts: Vec<Fact>,
    /// Where they say themselves what they do with it.
    pub(super) policy: Option<String>,
}

/// What the cards of one section are told apart by: category, retention, basis.
type CardKey<'a> = (&'a str, &'a str, &'a str);

/// The purposes for which something about people is kept.
pub(super) fn sections(policy: &Policy, t: Language) -> Vec<Section> {
    let sections = PURPOSES.iter().map(|purpose| {
        let mut cards: BTreeMap<CardKey<'_>, Vec<&PolicyRow>> = BTreeMap::new();
        for row in rows_for(policy, *purpose) {
            let key = (
                row.category.as_str(),
                row.retention.as_str(),
                row.basis.as_str(),
            );
            cards.entry(key).or_default().push(row);
        }
        Section {
            title: say(t, "purpose", &word(purpose)),
            cards: cards
                .iter()
                .map(|(key, rows)| card(*key, rows, t))
                .collect(),
        }
    });
    sections
        .filter(|section| !section.cards.is_empty())
        .collect()
}

/// The names of the purposes for which nothing about people is kept, though something is.
pub(super) fn impersonal(policy: &Policy, inventory: &Inventory, t: Language) -> String {
    let is_served = |purpose: &Purpose| inventory.rules().any(|(_, rule)| rule.purpose == *purpose);
    let without = PURPOSES
        .iter()
        .filter(|purpose| rows_for(policy, **purpose).next().is_none() && is_served(purpose));
    let names: Vec<String> = without
        .map(|purpose| say(t, "purpose", &word(purpose)))
        .collect();
    t.list(&names)
}

fn rows_for(policy: &Policy, purpose: Purpose) -> impl Iterator<Item = &PolicyRow> {
    let purpose = word(&purpose);
    policy.rows.iter().filter(move |row| row.purpose == purpose)
}

fn card((category, retention, basis): CardKey<'_>, rows: &[&PolicyRow], t: Language) -> Card {
    let all = |family, words: fn(&PolicyRow) -> &BTreeSet<String>| {
        let words: BTreeSet<&String> = rows.iter().flat_map(|row| words(row)).collect();
        say_all(t, family, words)
    };
    let places: BTreeSet<&String> = rows.iter().map(|row| &row.place).collect();
    let laws: BTreeSet<&str> = rows
        .iter()
        .flat_map(|row| row.laws.iter().map(String::as_str))
        .collect();
    let laws = laws.into_iter().map(|law| format!("; {law}"));
    let why = say(t, "basis", basis) + &laws.collect::<String>();
    let mut facts = vec![
        fact(t, "privacy-how-long", say(t, "retention", retention)),
        fact(t, "privacy-why", why),
        fact(t, "privacy-from", all("source", |row| &row.sources)),
        fact(
            t,
            "privacy-seen-by",
            all("visibility", |row| &row.visibility),
        ),
        fact(t, "privacy-where", say_all(t, "place", places)),
    ];
    let given_to = all("recipient", |row| &row.recipients);
    if !given_to.is_empty() {
        facts.push(fact(t, "privacy-given-to", given_to));
    }
    Card {
        title: say(t, "category", category),
        facts,
    }
}

/// What is kept in one place in the browser, each by its name.
pub(super) fn kept(policy: &Policy, place: &str, t: Language) -> Vec<Kept> {
    let rows = policy.rows.iter().filter(|row| row.place == place);
    rows.flat_map(|row| row.names.iter().map(move |name| (row, name)))
        .map(|(row, name)| Kept {
            name: name
                .trim_start_matches("browser_storage.")
                .trim_start_matches("cookie.")
                .to_owned(),
            what: say(t, "category", &row.category),
            how_long: say(t, "retention", &row.retention),
        })
        .collect()
}

/// What hosts are told apart by: purpose, switch, country, fields, and what they say themselves.
type HostKey<'a> = (String, &'a str, &'a str, &'a [String], Option<&'a str>);

/// The hosts that the server itself asks.
pub(super) fn hosts(inventory: &Inventory, grounds: &Grounds, t: Language) -> Vec<Addressed> {
    let mut groups: BTreeMap<HostKey<'_>, Vec<String>> = BTreeMap::new();
    for (host, egress) in &inventory.egress {
        let (country, policy) = (egress.country.as_str(), egress.policy.as_deref());
        let whole = (egress.purpose, &egress.switch, &egress.fields);
        let also = egress.also.iter();
        let also = also.map(|more| (more.purpose, &more.switch, &more.fields));
        for (purpose, switch, fields) in std::iter::once(whole).chain(also) {
            let fields = fields.as_slice();
            let key = (word(&purpose), switch.as_str(), country, fields, policy);
            groups.entry(key).or_default().push(host.clone());
        }
    }
    let groups = groups
        .into_iter()
        .map(|((purpose, switch, country, fields, policy), hosts)| {
            let told = match fields {
                [] => t.say("privacy-hosts-told-nothing"),
                fields => say_all(t, "field", fields),
            };
            Addressed {
                title: say(t, "purpose", &purpose),
                hosts,
                facts: vec![
                    fact(t, "privacy-hosts-told", told),
                    fact(t, "privacy-country", say_country(t, country)),
                    safeguard(fields, country, grounds, t),
                    fact(t, "privacy-switch", switch.to_owned()),
                ],
                policy: policy.map(str::to_owned),
            }
        });
    groups.collect()
}

/// The services whose own player may be loaded.
pub(super) fn players(inventory: &Inventory, grounds: &Grounds, t: Language) -> Vec<Addressed> {
    embeds(inventory, grounds, t, |purpose| {
        purpose != Purpose::Security
    })
}

/// The services that may check whether somebody is a robot.
pub(super) fn checks(inventory: &Inventory, grounds: &Grounds, t: Language) -> Vec<Addressed> {
    embeds(inventory, grounds, t, |purpose| {
        purpose == Purpose::Security
    })
}

fn embeds(
    inventory: &Inventory,
    grounds: &Grounds,
    t: Language,
    is_told: fn(Purpose) -> bool,
) -> Vec<Addressed> {
    let told = inventory.embed.values();
    let told = told.filter(|embed| is_told(embed.purpose)).map(|embed| {
        let origins = embed
            .scripts
            .iter()
            .chain(&embed.frames)
            .chain(&embed.connects);
        let hosts: BTreeSet<&str> = origins
            .map(|origin| origin.trim_start_matches("https://"))
            .collect();
        Addressed {
            title: embed.recipient.clone(),
            hosts: hosts.into_iter().map(str::to_owned).collect(),
            facts: [
                Some(fact(
                    t,
                    "privacy-hosts-told",
                    say_all(t, "field", &embed.fields),
                )),
                Some(fact(t, "privacy-why", say(t, "basis", &word(&embed.basis)))),
                Some(fact(t, "privacy-country", say_country(t, &embed.country))),
                Some(safeguard(&embed.fields, &embed.country, grounds, t)),
                embed
                    .switch
                    .clone()
                    .map(|switch| fact(t, "privacy-switch", switch)),
            ]
            .into_iter()
            .flatten()
            .collect(),
            policy: Some(embed.policy.clone()),
        }
    });
    told.collect()
}

fn safeguard(fields: &[String], country: &str, grounds: &Grounds, t: Language) -> Fact {
    let safeguard = Safeguard::of(fields, country, grounds);
    fact(
        t,
        "privacy-safeguard",
        say(t, "safeguard", &word(&safeguard)),
    )
}

fn fact(t: Language, label: &str, text: String) -> Fact {
    Fact {
        label: t.say(label),
        text,
    }
}

fn say(t: Language, family: &str, word: &str) -> String {
    t.say(&text_key(family, word))
}

fn say_all<'a>(t: Language, family: &str, words: impl IntoIterator<Item = &'a String>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| say(t, family, word)).collect();
    t.list(&words)
}

fn say_country(t: Language, country: &str) -> String {
    say(t, "country", &country.to_ascii_lowercase())
}
