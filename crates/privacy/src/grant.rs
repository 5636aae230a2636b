//! What a member may let whoever runs the installation look at, and for how long: one kind of data, for hours.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use base::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Category, ExportPlan, ExportTable, Inventory};

/// What one grant shows. Which columns these are, the inventory says by `grant`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GrantScope {
    /// Profile and settings.
    Profile,
    /// Where and how the account was signed in to.
    SignIns,
    /// Rooms that are open or saved, without their codes.
    Rooms,
    /// Links that were looked at.
    History,
    /// Whether the member is followed, and what they were told.
    Notices,
    /// The plan, and what was paid for it.
    Plan,
}

/// Text that names no scope, or no length of a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a grant that can be given")]
pub struct BadGrant;

impl GrantScope {
    /// Every scope, in the order in which people are offered them.
    pub const ALL: [Self; 6] = [
        Self::Profile,
        Self::SignIns,
        Self::Rooms,
        Self::History,
        Self::Notices,
        Self::Plan,
    ];

    /// As stored, and as forms name it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::SignIns => "sign-ins",
            Self::Rooms => "rooms",
            Self::History => "history",
            Self::Notices => "notices",
            Self::Plan => "plan",
        }
    }
}

impl fmt::Display for GrantScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for GrantScope {
    type Err = BadGrant;

    fn from_str(text: &str) -> Result<Self, BadGrant> {
        let mut scopes = Self::ALL.into_iter();
        scopes.find(|scope| scope.as_str() == text).ok_or(BadGrant)
    }
}

/// How long a grant lasts: a day at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantLength {
    /// One hour.
    Hour,
    /// Four hours.
    FourHours,
    /// A day.
    Day,
}

impl GrantLength {
    /// Every length; the first is what people are offered unless they choose.
    pub const ALL: [Self; 3] = [Self::Hour, Self::FourHours, Self::Day];

    /// In hours, as forms name it.
    #[must_use]
    pub const fn hours(self) -> u32 {
        match self {
            Self::Hour => 1,
            Self::FourHours => 4,
            Self::Day => 24,
        }
    }

    /// When a grant ends that is given at `now`.
    #[must_use]
    pub fn end(self, now: Timestamp) -> Timestamp {
        now.after(self.hours() * Duration::from_secs(60 * 60))
    }
}

impl FromStr for GrantLength {
    type Err = BadGrant;

    fn from_str(text: &str) -> Result<Self, BadGrant> {
        let mut lengths = Self::ALL.into_iter();
        let found = lengths.find(|length| length.hours().to_string() == text);
        found.ok_or(BadGrant)
    }
}

/// What became of a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantState {
    /// It opens what it is for.
    Running,
    /// It was taken back.
    Revoked(Timestamp),
    /// Its time is over.
    Over,
}

impl GrantState {
    /// What has become by `now` of a grant that ends at `ends_at`.
    #[must_use]
    pub fn of(ends_at: Timestamp, revoked_at: Option<Timestamp>, now: Timestamp) -> Self {
        match revoked_at {
            Some(at) => Self::Revoked(at),
            None if now < ends_at => Self::Running,
            None => Self::Over,
        }
    }
}

impl ExportPlan {
    /// What of a copy a grant of `scope` shows.
    #[must_use]
    pub fn within(&self, scope: GrantScope) -> Self {
        let tables = self.tables.iter().map(|table| ExportTable {
            holding: table.holding.clone(),
            columns: table
                .columns
                .iter()
                .filter(|column| column.rule.grant == Some(scope))
                .cloned()
                .collect(),
            item: None,
        });
        Self {
            tables: tables.filter(|table| !table.columns.is_empty()).collect(),
        }
    }
}

/// A column that a grant would show, and that none may: it is not in the copy of whom it is about, or it opens something.
pub(crate) fn ungrantable(inventory: &Inventory) -> Option<String> {
    let mut granted = inventory.rules().filter(|(_, rule)| rule.grant.is_some());
    let bad = granted.find(|(name, rule)| {
        !name.starts_with("table.") || !rule.export || rule.category == Category::Credential
    });
    bad.map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_scope_and_length_is_read_as_it_is_stored() {
        for scope in GrantScope::ALL {
            assert_eq!(scope.to_string().parse(), Ok(scope));
            assert_eq!(crate::word(&scope), scope.as_str());
        }
        for length in GrantLength::ALL {
            assert_eq!(length.hours().to_string().parse(), Ok(length));
        }
        assert_eq!("everything".parse::<GrantScope>(), Err(BadGrant));
        assert_eq!("25".parse::<GrantLength>(), Err(BadGrant));
    }

    #[test]
    fn a_grant_runs_until_its_end_and_never_longer_than_a_day() {
        let given = Timestamp::from_unix_ms(1_795_000_000_000);
        let day = Duration::from_secs(24 * 60 * 60);
        for length in GrantLength::ALL {
            let end = length.end(given);
            assert!(end <= given.after(day));
            let before = Timestamp::from_unix_ms(end.unix_ms() - 1);
            assert_eq!(GrantState::of(end, None, before), GrantState::Running);
            assert_eq!(GrantState::of(end, None, end), GrantState::Over);
            let revoked = GrantState::of(end, Some(given), given);
            assert_eq!(revoked, GrantState::Revoked(given));
        }
    }
}
