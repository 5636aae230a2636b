//! The policy as rows, made of the inventory: what is printed is what is done, and its version is its fingerprint.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{AtRest, Basis, Erase, Grounds, Inventory, Purpose, Rule, Safeguard, Visibility};

/// A word of the inventory as it is written there.
///
/// # Panics
/// Never for the vocabularies of this crate: each word is text.
#[must_use]
pub fn word(of: &impl Serialize) -> String {
    match serde_json::to_value(of) {
        Ok(serde_json::Value::String(word)) => word,
        _ => unreachable!("the words of the inventory are text"),
    }
}

/// The name of the text that says what a word means, such as `privacy-retention-room-at-most-24h`.
#[must_use]
pub fn text_key(family: &str, word: &str) -> String {
    let word = word.replace("<=", "-at-most-").replace('+', "-and-");
    format!("privacy-{family}-{word}")
}

/// Where something is held.
const PLACES: [&str; 5] = ["server", "browser", "cookie", "log", "memory"];
/// What all players are for.
const PLAYERS_SERVE: Purpose = Purpose::ListeningTogether;

/// What is held in one place for one reason.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PolicyRow {
    /// `server`, `browser`, `cookie`, `log` or `memory`.
    pub place: String,
    /// Why.
    pub purpose: String,
    /// The kind of data.
    pub category: String,
    /// What allows it.
    pub basis: String,
    /// How long.
    pub retention: String,
    /// Where it comes from.
    pub sources: BTreeSet<String>,
    /// Who sees it.
    pub visibility: BTreeSet<String>,
    /// Others who receive it.
    pub recipients: BTreeSet<String>,
    /// How it is stored: `plain`, `hashed`, `sealed` or `not-stored`.
    pub at_rest: BTreeSet<String>,
    /// The laws that make us hold it, where that is what allows it.
    #[serde(default)]
    pub laws: BTreeSet<String>,
    /// The full names of the columns, keys and fields.
    pub names: BTreeSet<String>,
}

impl PolicyRow {
    /// What makes two rows of two policies the same row.
    fn key(&self) -> [&str; 5] {
        [
            &self.place,
            &self.purpose,
            &self.category,
            &self.basis,
            &self.retention,
        ]
    }
}

/// A host that the server itself asks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Asked {
    /// The host.
    pub host: String,
    /// What it is told.
    pub fields: BTreeSet<String>,
    /// Why.
    pub purpose: String,
    /// Where it is.
    pub country: String,
}

impl Asked {
    /// Whether it is told anything about people. If not, nothing of theirs serves its purpose.
    fn is_about_people(&self) -> bool {
        Safeguard::of(&self.fields, &self.country, &Grounds::new()) != Safeguard::NotNeeded
    }
}

/// A service whose own player may be loaded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Player {
    /// Its name here.
    pub name: String,
    /// Who is behind it.
    pub recipient: String,
    /// What it learns.
    pub fields: BTreeSet<String>,
    /// Where it is.
    pub country: String,
}

/// The policy of one installation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// What is held, by place and reason.
    pub rows: Vec<PolicyRow>,
    /// The hosts that are asked.
    pub asked: Vec<Asked>,
    /// The players that may be loaded.
    pub players: Vec<Player>,
    /// What erasure does to each table, in the inventory's words.
    pub erasure: BTreeMap<String, String>,
}

/// How far one policy differs from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// The same is held: only words, or names of columns, are others.
    Wording,
    /// Less is held, or for a shorter time.
    Less,
    /// More is held, or told to more: people are told of it before.
    More,
}

/// What people are owed when the policy changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// Nothing: the change is editorial, or less is held.
    None,
    /// To be told.
    Notice,
    /// To be asked: there is a new purpose, and nothing of theirs serves it before they have agreed.
    Consent,
}

/// What differs between two policies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Differences {
    /// Rows, hosts and players that were not there.
    pub added: Vec<String>,
    /// Rows, hosts and players that are there no more.
    pub removed: Vec<String>,
}

impl Policy {
    /// The policy that follows from an inventory.
    #[must_use]
    pub fn of(inventory: &Inventory) -> Self {
        let mut rows: BTreeMap<Vec<String>, PolicyRow> = BTreeMap::new();
        for (name, rule) in inventory.rules().filter(|(_, rule)| rule.is_personal()) {
            let new = new_row(place(&name), rule);
            let key = new.key().map(str::to_owned).to_vec();
            let row = rows.entry(key).or_insert(new);
            if rule.basis == Basis::LegalObligation {
                row.laws.extend(inventory.law_of(&name).map(str::to_owned));
            }
            row.names.insert(name);
            row.sources.insert(word(&rule.source));
            row.visibility.insert(word(&rule.visibility));
            if rule.grant.is_some() {
                row.visibility.insert(word(&Visibility::OperatorWithGrant));
            }
            row.recipients.extend(rule.recipients.iter().cloned());
            row.at_rest.insert(at_rest(&rule.at_rest).to_owned());
        }
        let mut rows: Vec<PolicyRow> = rows.into_values().collect();
        let order = |row: &PolicyRow| PLACES.iter().position(|place| *place == row.place);
        rows.sort_by_key(order);
        Self {
            rows,
            asked: asked(inventory),
            players: players(inventory),
            erasure: erasure(inventory),
        }
    }

    /// The version of the policy: a fingerprint of all of it and of the texts that it is told with.
    #[must_use]
    pub fn version(&self, texts: &[&str]) -> String {
        let json = serde_json::to_vec(self).expect("a policy has a JSON form");
        let mut digest = Sha256::new();
        digest.update(json);
        for text in texts {
            digest.update([0]);
            digest.update(text.as_bytes());
        }
        let bytes: [u8; 32] = digest.finalize().into();
        bytes[..6]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// What differs from an earlier policy.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Differences {
        let (now, then) = (self.statements(), earlier.statements());
        Differences {
            added: now.difference(&then).cloned().collect(),
            removed: then.difference(&now).cloned().collect(),
        }
    }

    /// The purposes for which more is held or told than by `earlier`, in the inventory's words.
    #[must_use]
    pub fn concerned_since(&self, earlier: &Self) -> BTreeSet<String> {
        let then = earlier.statements();
        let new = self.lines().into_iter();
        let new = new.filter(|(line, _)| !then.contains(line));
        new.map(|(_, purpose)| purpose).collect()
    }

    /// What people are owed because this policy follows `earlier`.
    #[must_use]
    pub fn duty_since(&self, earlier: &Self) -> Duty {
        let purposes = |policy: &Self| -> BTreeSet<String> {
            let rows = policy.rows.iter().map(|row| row.purpose.clone());
            let asked = policy.asked.iter().filter(|asked| asked.is_about_people());
            let asked = asked.map(|asked| asked.purpose.clone());
            rows.chain(asked).collect()
        };
        match self.since(earlier).change() {
            Change::Wording | Change::Less => Duty::None,
            Change::More if purposes(self).is_subset(&purposes(earlier)) => Duty::Notice,
            Change::More => Duty::Consent,
        }
    }

    /// All that counts when two policies are compared, as lines: who holds what, why, how long, and who is told.
    fn statements(&self) -> BTreeSet<String> {
        self.lines().into_iter().map(|(line, _)| line).collect()
    }

    /// The same, each with the purpose that it serves.
    fn lines(&self) -> Vec<(String, String)> {
        let mut lines = Vec::new();
        for row in &self.rows {
            let key = row.key().join(" · ");
            let seen_by = row.visibility.iter().chain(&row.recipients);
            lines.extend(seen_by.map(|by| (format!("{key} · {by}"), row.purpose.clone())));
        }
        for asked in &self.asked {
            let Asked { host, purpose, .. } = asked;
            let fields = asked.fields.iter();
            lines.extend(fields.map(|field| {
                let line = format!("{host} · {purpose} · {field}");
                (line, purpose.clone())
            }));
        }
        for player in &self.players {
            let Player {
                name, recipient, ..
            } = player;
            let fields = player.fields.iter();
            lines.extend(fields.map(|field| {
                let line = format!("{name} · {recipient} · {field}");
                (line, word(&PLAYERS_SERVE))
            }));
        }
        lines
    }
}

impl Differences {
    /// How far the two differ.
    #[must_use]
    pub fn change(&self) -> Change {
        match (self.added.is_empty(), self.removed.is_empty()) {
            (true, true) => Change::Wording,
            (true, false) => Change::Less,
            (false, _) => Change::More,
        }
    }
}

fn new_row(place: &str, rule: &Rule) -> PolicyRow {
    PolicyRow {
        place: place.to_owned(),
        purpose: word(&rule.purpose),
        category: word(&rule.category),
        basis: word(&rule.basis),
        retention: word(&rule.retention),
        sources: BTreeSet::new(),
        visibility: BTreeSet::new(),
        recipients: BTreeSet::new(),
        at_rest: BTreeSet::new(),
        laws: BTreeSet::new(),
        names: BTreeSet::new(),
    }
}

/// The place that the full name of a rule speaks of.
fn place(name: &str) -> &'static str {
    match name.split('.').next() {
        Some("browser_storage") => "browser",
        Some("cookie") => "cookie",
        Some("log_field") => "log",
        Some("memory") => "memory",
        _ => "server",
    }
}

const fn at_rest(at_rest: &AtRest) -> &'static str {
    match at_rest {
        AtRest::Plain => "plain",
        AtRest::Hashed(_) => "hashed",
        AtRest::Sealed => "sealed",
        AtRest::NotStored => "not-stored",
    }
}

fn asked(inventory: &Inventory) -> Vec<Asked> {
    let mut all = Vec::new();
    for (host, egress) in &inventory.egress {
        let whole = (&egress.fields, egress.purpose);
        let also = egress.also.iter().map(|more| (&more.fields, more.purpose));
        all.extend(
            std::iter::once(whole)
                .chain(also)
                .map(|(fields, purpose)| Asked {
                    host: host.clone(),
                    fields: fields.iter().cloned().collect(),
                    purpose: word(&purpose),
                    country: egress.country.clone(),
                }),
        );
    }
    all
}

fn players(inventory: &Inventory) -> Vec<Player> {
    let all = inventory.embed.iter().map(|(name, embed)| Player {
        name: name.clone(),
        recipient: embed.recipient.clone(),
        fields: embed.fields.iter().cloned().collect(),
        country: embed.country.clone(),
    });
    all.collect()
}

fn erasure(inventory: &Inventory) -> BTreeMap<String, String> {
    let tables = inventory.table.iter().map(|(name, table)| {
        let deed = match &table.erase {
            Erase::Delete => "delete".to_owned(),
            Erase::Anonymise(columns) => format!("anonymise({})", columns.join(", ")),
            Erase::Keep(reason) => format!("keep({reason})"),
            Erase::Rewrite(column) => format!("rewrite({column})"),
        };
        (name.clone(), deed)
    });
    tables.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inventory(visibility: &str, retention: &str) -> Inventory {
        let text = format!(
            r#"
            [table.people]
            owner = "id"
            erase = "delete"
            [table.people.column.id]
            category = "account"
            purpose = "account"
            basis = "contract"
            source = "generated"
            retention = "{retention}"
            visibility = "{visibility}"
            export = true
            rectify = false
            recipients = []
            at_rest = "plain"
            "#
        );
        Inventory::read(&[("test", &text)]).unwrap()
    }

    // Promises S48, T6
    #[test]
    fn the_version_follows_the_inventory_and_the_texts() {
        let policy = Policy::of(&inventory("self", "account"));
        let version = policy.version(&["a text"]);
        assert_eq!(version.len(), 12);
        assert_eq!(version, policy.version(&["a text"]));
        assert_ne!(version, policy.version(&["another text"]));
        assert_ne!(
            version,
            Policy::of(&inventory("room", "account")).version(&["a text"])
        );
    }

    // Promises T41, Y52
    #[test]
    fn a_change_is_more_when_somebody_new_sees_something() {
        let policies = [("self", "account"), ("room", "account"), ("self", "90d")];
        let [mine, rooms, shorter] =
            policies.map(|(seen, kept)| Policy::of(&inventory(seen, kept)));
        assert_eq!(mine.since(&mine).change(), Change::Wording);
        assert_eq!(rooms.since(&mine).change(), Change::More);
        let concerned = rooms.concerned_since(&mine);
        assert!(concerned.iter().eq(["account"]), "{concerned:?}");
        assert!(mine.concerned_since(&mine).is_empty());
        assert_eq!(mine.since(&Policy::default()).change(), Change::More);
        assert_eq!(Policy::default().since(&mine).change(), Change::Less);
        let differences = shorter.since(&mine);
        assert_eq!(
            differences.added,
            ["server · account · account · contract · 90d · self"]
        );
        assert_eq!(differences.removed.len(), 1);
    }

    // Promises T41, Y52
    #[test]
    fn people_are_told_of_more_and_asked_about_a_new_purpose() {
        let [mine, rooms] = ["self", "room"].map(|seen| Policy::of(&inventory(seen, "account")));
        assert_eq!(mine.duty_since(&mine), Duty::None);
        assert_eq!(rooms.duty_since(&mine), Duty::Notice);
        assert_eq!(Policy::default().duty_since(&mine), Duty::None);
        assert_eq!(mine.duty_since(&Policy::default()), Duty::Consent);
    }

    // Promises C19, T41
    #[test]
    fn nobody_is_asked_about_a_purpose_that_nothing_of_theirs_serves() {
        let mine = Policy::of(&inventory("self", "account"));
        let told = |fields: [&str; 2]| {
            let mut policy = mine.clone();
            policy.asked.push(Asked {
                host: "errors.dsn".to_owned(),
                fields: fields.map(str::to_owned).into(),
                purpose: "operation".to_owned(),
                country: "XX".to_owned(),
            });
            policy
        };
        let duty = |fields| told(fields).duty_since(&mine);
        assert_eq!(duty(["failure", "operator-key"]), Duty::Notice);
        assert_eq!(duty(["failure", "email-address"]), Duty::Consent);
    }

    #[test]
    fn a_law_stands_only_beside_what_is_held_because_of_it() {
        let mut held = inventory("self", "account");
        held.law
            .insert("table.people.".to_owned(), "A law".to_owned());
        assert!(Policy::of(&held).rows[0].laws.is_empty(), "of a contract");
        let rules = &mut held.table.get_mut("people").unwrap().column;
        rules.get_mut("id").unwrap().basis = Basis::LegalObligation;
        assert!(Policy::of(&held).rows[0].laws.iter().eq(["A law"]));
    }

    #[test]
    fn what_is_not_done_here_is_not_told_here() {
        let text = r#"
            [egress."both.example"]
            fields = ["price"]
            purpose = "payments"
            country = "US"
            switch = "payments"
            also = [{ fields = ["id"], purpose = "account", switch = "upstreams" }]
            [egress."one.example"]
            fields = ["price"]
            purpose = "payments"
            country = "US"
            switch = "payments"
        "#;
        let mut whole = Inventory::read(&[("test", text)]).unwrap();
        whole.table = inventory("self", "account").table;
        let left = whole.without(Purpose::Payments);
        let hosts: Vec<&String> = left.egress.keys().collect();
        assert_eq!(hosts, ["both.example"]);
        assert_eq!(left.egress["both.example"].switch, "upstreams");
        assert_eq!(left.table, whole.table);
        assert!(left.without(Purpose::Account).table.is_empty());
    }

    #[test]
    fn a_word_names_its_text() {
        assert_eq!(
            text_key("retention", "room<=24h"),
            "privacy-retention-room-at-most-24h"
        );
        assert_eq!(
            text_key("retention", "room+24h"),
            "privacy-retention-room-and-24h"
        );
    }
}
