//! The data inventory: everything that is kept, shown, logged or sent, and why. The policy is made from it.

mod rule;
mod text;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use rule::{
    Basis, Category, Egress, Email, Embed, FurtherUse, Purpose, Retention, Rule, Source,
    StorageKind, Visibility,
};
pub use text::{AtRest, BadWord, Erase, NameKind, Owner, Sweep};

/// What one installation holds, by the place where it is held.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Inventory {
    /// Database tables by name.
    pub table: BTreeMap<String, Table>,
    /// Cookies by name: this list is also what the server may set.
    pub cookie: BTreeMap<String, Rule>,
    /// What a page keeps in the browser, by kind of storage and key.
    pub browser_storage: BTreeMap<StorageKind, BTreeMap<String, Rule>>,
    /// The named fields that a log line may have.
    pub log_field: BTreeMap<String, Rule>,
    /// The hosts that the server itself may call.
    pub egress: BTreeMap<String, Egress>,
    /// The services whose own player a person may load into a page, by name.
    pub embed: BTreeMap<String, Embed>,
    /// Data about people that is held in memory and never written.
    pub memory: BTreeMap<String, Rule>,
    /// The letters that are sent, by the name of their kind.
    pub email: BTreeMap<String, Email>,
    /// The law that makes us hold what rests on a legal obligation, by the beginning of its full name.
    pub law: BTreeMap<String, String>,
}

/// One database table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// How a row belongs to an account.
    pub owner: Owner,
    /// How a row belongs to a device of a guest, or of a member who said so. Default: it does not.
    #[serde(default)]
    pub device_owner: Owner,
    /// What erasing the subject does to a row.
    pub erase: Erase,
    /// The column by which the owner names one row, to have it erased apart from everything else. Default: rows go only
    /// with what they belong to.
    #[serde(default)]
    pub item: Option<String>,
    /// Which rows are deleted by themselves. Default: a job of their own looks after them, or none goes by itself.
    #[serde(default)]
    pub sweep: Option<Sweep>,
    /// The columns by name.
    pub column: BTreeMap<String, Rule>,
}

/// An inventory file that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum BadInventory {
    /// It has an unknown word or field, or lacks one.
    #[error("{file}: {reason}")]
    Unreadable {
        /// Which file.
        file: &'static str,
        /// What the reader of TOML says.
        reason: Box<toml::de::Error>,
    },
    /// Two entries speak of the same place.
    #[error("{file}: {name} is declared twice")]
    Twice {
        /// The file of the second entry.
        file: &'static str,
        /// The place.
        name: String,
    },
}

impl Inventory {
    /// Every rule with the full name of its place, such as `table.rooms.code`.
    pub fn rules(&self) -> impl Iterator<Item = (String, &Rule)> {
        let columns = self.table.iter().flat_map(|(table, declared)| {
            let place = move |column: &String| format!("table.{table}.{column}");
            declared
                .column
                .iter()
                .map(move |(column, rule)| (place(column), rule))
        });
        let stored = self.browser_storage.iter().flat_map(|(kind, keys)| {
            keys.iter()
                .map(move |(key, rule)| (format!("browser_storage.{kind}.{key}"), rule))
        });
        let named = |family: &'static str, rules| {
            let rules: &BTreeMap<String, Rule> = rules;
            rules
                .iter()
                .map(move |(name, rule)| (format!("{family}.{name}"), rule))
        };
        columns
            .chain(named("cookie", &self.cookie))
            .chain(stored)
            .chain(named("log_field", &self.log_field))
            .chain(named("memory", &self.memory))
    }

    /// The law that makes us hold what is at the place of this full name.
    #[must_use]
    pub fn law_of(&self, place: &str) -> Option<&str> {
        let mut laws = self.law.iter();
        let law = laws.find(|(start, _)| place.starts_with(start.as_str()))?;
        Some(law.1)
    }

    /// What is left where nothing is done for `purpose`: an installation that sells nothing keeps nothing of payments.
    #[must_use]
    pub fn without(&self, purpose: Purpose) -> Self {
        let mut left = self.clone();
        let serves = |_: &String, rule: &mut Rule| rule.purpose != purpose;
        for table in left.table.values_mut() {
            table.column.retain(serves);
        }
        left.table.retain(|_, table| !table.column.is_empty());
        left.browser_storage
            .values_mut()
            .for_each(|keys| keys.retain(serves));
        left.cookie.retain(serves);
        left.log_field.retain(serves);
        left.memory.retain(serves);
        left.embed.retain(|_, embed| embed.purpose != purpose);
        left.email.retain(|_, email| email.purpose != purpose);
        left.egress.retain(|_, egress| {
            egress.also.retain(|further| further.purpose != purpose);
            egress.purpose != purpose || egress.go_on_with_the_next()
        });
        left
    }

    /// What is left where the setting `switch` is off: what it turns on is not there.
    #[must_use]
    pub fn without_switch(&self, switch: &str) -> Self {
        let mut left = self.clone();
        left.embed
            .retain(|_, embed| embed.switch.as_deref() != Some(switch));
        left.egress.retain(|_, egress| {
            egress.also.retain(|further| further.switch != switch);
            egress.switch != switch || egress.go_on_with_the_next()
        });
        left
    }

    /// The keys that pages may use in one kind of browser storage.
    pub fn storage_keys(&self, kind: StorageKind) -> impl Iterator<Item = &str> {
        self.browser_storage
            .get(&kind)
            .into_iter()
            .flatten()
            .map(|(key, _)| key.as_str())
    }

    /// Reads files, each given by its name and text.
    pub fn read(files: &[(&'static str, &str)]) -> Result<Self, BadInventory> {
        let mut whole = Self::default();
        for &(file, text) in files {
            let part: Self = toml::from_str(text).map_err(|reason| BadInventory::Unreadable {
                file,
                reason: Box::new(reason),
            })?;
            whole
                .add(part)
                .map_err(|name| BadInventory::Twice { file, name })?;
        }
        Ok(whole)
    }

    fn add(&mut self, part: Self) -> Result<(), String> {
        join(&mut self.table, part.table)?;
        join(&mut self.cookie, part.cookie)?;
        for (kind, keys) in part.browser_storage {
            join(self.browser_storage.entry(kind).or_default(), keys)?;
        }
        join(&mut self.log_field, part.log_field)?;
        join(&mut self.egress, part.egress)?;
        join(&mut self.embed, part.embed)?;
        join(&mut self.memory, part.memory)?;
        join(&mut self.law, part.law)?;
        join(&mut self.email, part.email)
    }
}

fn join<T>(whole: &mut BTreeMap<String, T>, part: BTreeMap<String, T>) -> Result<(), String> {
    for (name, value) in part {
        if whole.contains_key(&name) {
            return Err(name);
        }
        whole.insert(name, value);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_means_nothing_is_named_with_its_file_and_its_line() {
        for (text, key) in [
            ("[tabel.accounts]\n", "tabel"),
            ("[table.accounts]\nkeep_for = \"ever\"\n", "keep_for"),
        ] {
            let read = Inventory::read(&[("accounts.toml", text)]);
            let told = read.unwrap_err().to_string();
            assert!(told.starts_with("accounts.toml: "), "{told}");
            assert!(told.contains(&format!("unknown field `{key}`")), "{told}");
            assert!(told.contains("line "), "{told}");
        }
    }
}
