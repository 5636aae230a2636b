//! What an operator can set about failures.

use base::Secret;
use serde::{Deserialize, Serialize};

use super::{hidden, secret};
use crate::collector::Dsn;

/// Where failures are told, beside the list that `unisono errors` shows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ErrorSettings {
    /// The address of a project at the operator's own collector (GlitchTip, Sentry), as its settings show it:
    /// `https://KEY@glitchtip.example/PROJECT`. Unset: failures are kept here for 30 days, and told nobody.
    #[serde(serialize_with = "hidden", deserialize_with = "secret")]
    pub dsn: Option<Secret<String>>,
}

/// Settings about failures that can't be used. Each message says what to do, and quotes nothing: there is a key in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadErrorSettings {
    /// It is no address.
    #[error(
        "errors.dsn must be an address such as https://KEY@glitchtip.example/PROJECT, without a query; copy it from the \
         settings of the project at your collector, or leave it out to keep failures here alone"
    )]
    Address,
    /// There is no key in it.
    #[error(
        "errors.dsn has no key of letters and digits before the host; copy the whole DSN from the settings of the project \
         at your collector"
    )]
    NoKey,
    /// There is no project in it.
    #[error(
        "errors.dsn does not end with a project, such as /7; copy the whole DSN from the settings of the project at your \
         collector"
    )]
    NoProject,
    /// What failed would be readable on its way.
    #[error(
        "errors.dsn is http, which anybody on the way can read: use https, or the address of a collector on this machine \
         or in a private network, such as http://KEY@192.168.1.9:8000/7 (a name is not enough, since it may lead anywhere)"
    )]
    Readable,
}

impl ErrorSettings {
    /// Whether failures are told to a collector.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.dsn.is_some()
    }

    /// The host of the collector, if there is one that can be told.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        let dsn = self.read().ok().flatten()?;
        Some(dsn.host().to_owned())
    }

    /// Whether the collector can be told by these.
    pub fn check(&self) -> Result<(), BadErrorSettings> {
        self.read().map(drop)
    }

    pub(crate) fn read(&self) -> Result<Option<Dsn>, BadErrorSettings> {
        let dsn = self.dsn.as_ref();
        dsn.map(|dsn| Dsn::read(dsn.expose().trim())).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(dsn: &str) -> ErrorSettings {
        serde_json::from_value(serde_json::json!({ "dsn": dsn })).unwrap()
    }

    #[test]
    fn the_host_is_told_and_the_key_is_not() {
        let settings = read("https://canary@glitchtip.example:8443/7");
        assert!(settings.is_on() && settings.check().is_ok());
        assert_eq!(settings.host().as_deref(), Some("glitchtip.example"));
        let shown = serde_json::to_string(&settings).unwrap() + &format!("{settings:?}");
        assert!(shown.contains("[set]") && !shown.contains("canary"));
    }

    #[test]
    fn a_refusal_names_the_setting_and_quotes_nothing_of_it() {
        for broken in [
            "canary",
            "ftp://canary@a.example/1",
            "https://a.example/canary",
            "https://canary@a.example/",
            "http://canary@a.example/1",
        ] {
            let settings = read(broken);
            let said = settings.check().unwrap_err().to_string();
            assert!(said.starts_with("errors.dsn ") && !said.contains("canary"));
            assert_eq!(settings.host(), None);
        }
        assert_eq!(ErrorSettings::default().check(), Ok(()));
        assert!(!ErrorSettings::default().is_on());
    }
}
