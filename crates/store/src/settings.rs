//! Where the data lies and how many connections may be open.

use std::path::PathBuf;
use std::time::Duration;

use base::Secret;
use serde::Deserialize;

/// How the store is reached. The binary fills it; every field has a default.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The path of an SQLite file, also as `sqlite:PATH`, or a `postgres://` address, which may hold a password.
    /// Default: `unisono.db` in the working folder.
    pub url: Secret<String>,
    /// Connections that read at the same time; on PostgreSQL all connections of this node. Default 4.
    pub connections_max: u32,
    /// How long a statement waits for a connection or for another writer, in milliseconds. Default 5,000.
    pub wait_ms: u64,
    /// The most pages of 4,096 bytes that the SQLite file may take. Default: what the disk holds.
    pub sqlite_pages_max: Option<u32>,
    /// What seals secrets of accounts. It lies outside the database. Unset: nothing can be sealed.
    #[serde(skip)]
    pub sealing_key: Option<Secret<[u8; 32]>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            url: Secret::new("unisono.db".to_owned()),
            connections_max: 4,
            wait_ms: 5_000,
            sqlite_pages_max: None,
            sealing_key: None,
        }
    }
}

impl Settings {
    /// The defaults, with the data at `url`.
    #[must_use]
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            url: Secret::new(url.into()),
            ..Self::default()
        }
    }

    /// The file of an SQLite database; none where the data lies elsewhere.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        match self.location() {
            Ok(Location::Sqlite(file)) => Some(file),
            Ok(Location::Postgres(_)) | Err(BadAddress) => None,
        }
    }

    pub(crate) fn wait(&self) -> Duration {
        Duration::from_millis(self.wait_ms)
    }

    pub(crate) fn location(&self) -> Result<Location<'_>, BadAddress> {
        let url = self.url.expose().as_str();
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Location::Postgres(url));
        }
        let path = url.strip_prefix("sqlite://").unwrap_or(url);
        let path = path.strip_prefix("sqlite:").unwrap_or(path);
        if path.is_empty() || path.contains("://") || path.starts_with(":memory:") {
            return Err(BadAddress);
        }
        Ok(Location::Sqlite(PathBuf::from(path)))
    }
}

/// An address that names neither an SQLite file nor a PostgreSQL server.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadAddress;

/// The two kinds of place that data can lie in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Location<'a> {
    Sqlite(PathBuf),
    Postgres(&'a str),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(url: &str) -> Result<PathBuf, BadAddress> {
        Settings::at(url).location().map(|location| match location {
            Location::Sqlite(path) => path,
            Location::Postgres(_) => PathBuf::from("(postgres)"),
        })
    }

    #[test]
    fn a_plain_path_is_an_sqlite_file() {
        for url in [
            "data/unisono.db",
            "sqlite:data/unisono.db",
            "sqlite://data/unisono.db",
        ] {
            assert_eq!(location(url), Ok(PathBuf::from("data/unisono.db")), "{url}");
        }
        assert_eq!(
            location("postgresql://db/unisono"),
            Ok(PathBuf::from("(postgres)"))
        );
    }

    #[test]
    fn an_address_of_another_database_is_refused() {
        for url in [
            "",
            "sqlite:",
            "mysql://db/unisono",
            ":memory:",
            "sqlite::memory:",
        ] {
            assert_eq!(location(url), Err(BadAddress), "{url}");
        }
    }

    #[test]
    fn settings_never_print_the_password() {
        let printed = format!("{:?}", Settings::at("postgres://u:canary@db/unisono"));
        assert!(!printed.contains("canary"));
    }
}
