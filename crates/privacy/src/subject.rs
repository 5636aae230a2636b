//! Whom data is about, by every name under which tables know them.

use base::{AccountId, Secret};
use serde::{Deserialize, Serialize};

use crate::NameKind;

/// One name of a subject, as a column holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// In a column of text.
    Text(String),
    /// In a column of bytes.
    Bytes(Vec<u8>),
}

/// The person that data is about: an account with its devices, or a guest's devices alone.
///
/// Its JSON is kept while an erasure is under way, so that one which was cut off can be completed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    account: Option<String>,
    principals: Vec<String>,
    device_keys: Vec<Vec<u8>>,
}

impl Subject {
    /// A member.
    #[must_use]
    pub fn of_account(account: AccountId) -> Self {
        Self {
            account: Some(account.to_string()),
            ..Self::default()
        }
    }

    /// Adds what stands for an account, or a device, in rooms.
    #[must_use]
    pub fn with_principal(mut self, principal: String) -> Self {
        if !self.principals.contains(&principal) {
            self.principals.push(principal);
        }
        self
    }

    /// Adds the hash of the key by which a device opened a room.
    #[must_use]
    pub fn with_device_key(mut self, hash: &Secret<[u8; 32]>) -> Self {
        let hash = hash.expose().to_vec();
        if !self.device_keys.contains(&hash) {
            self.device_keys.push(hash);
        }
        self
    }

    /// The account, as text.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// What stands for them in rooms.
    #[must_use]
    pub fn principals(&self) -> &[String] {
        &self.principals
    }

    /// Their names of one kind.
    #[must_use]
    pub fn names(&self, kind: NameKind) -> Vec<Name> {
        let texts = |texts: &[String]| texts.iter().cloned().map(Name::Text).collect();
        match kind {
            NameKind::Account => texts(self.account.as_slice()),
            NameKind::Principal => texts(&self.principals),
            NameKind::DeviceKey => self.device_keys.iter().cloned().map(Name::Bytes).collect(),
        }
    }

    /// Each name alone, as a subject of its own, in the order in which [`Self::distinction`] looks for one.
    #[must_use]
    pub fn apart(&self) -> Vec<Self> {
        let account = self.account.iter().map(|account| Self {
            account: Some(account.clone()),
            ..Self::default()
        });
        let principals = self.principals.iter().map(|principal| Self {
            principals: vec![principal.clone()],
            ..Self::default()
        });
        let device_keys = self.device_keys.iter().map(|key| Self {
            device_keys: vec![key.clone()],
            ..Self::default()
        });
        account.chain(principals).chain(device_keys).collect()
    }

    /// The same with the names of `other`, who is the same person.
    #[must_use]
    pub fn joined(mut self, other: Self) -> Self {
        self.account = self.account.or(other.account);
        self = other
            .principals
            .into_iter()
            .fold(self, Self::with_principal);
        for key in other.device_keys {
            if !self.device_keys.contains(&key) {
                self.device_keys.push(key);
            }
        }
        self
    }

    /// What tells this subject from others, for a ledger that keeps only a digest of it: the account if there is one,
    /// else the first device.
    #[must_use]
    pub fn distinction(&self) -> Vec<u8> {
        let account = self.account.iter().map(|it| it.as_bytes().to_vec());
        let devices = self.principals.iter().map(|it| it.as_bytes().to_vec());
        let mut all = account.chain(devices).chain(self.device_keys.clone());
        all.next().unwrap_or_default()
    }

    /// Whether nobody is meant.
    #[must_use]
    pub fn is_nobody(&self) -> bool {
        *self == Self::default()
    }
}

impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[subject]")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use base::{OsEntropy, Timestamp};

    use super::*;

    #[test]
    fn a_subject_is_found_by_every_name_and_prints_none() {
        let subject = Subject::default()
            .with_principal("ab".to_owned())
            .with_principal("ab".to_owned())
            .with_device_key(&Secret::new([7; 32]));
        assert_eq!(subject.names(NameKind::Account), []);
        assert_eq!(
            subject.names(NameKind::Principal),
            [Name::Text("ab".to_owned())]
        );
        assert_eq!(
            subject.names(NameKind::DeviceKey),
            [Name::Bytes(vec![7; 32])]
        );
        assert_eq!(format!("{subject:?}"), "[subject]");
        assert!(Subject::default().is_nobody() && !subject.is_nobody());
    }

    #[test]
    fn a_subject_is_its_names_apart_joined() {
        let subject = Subject::of_account(AccountId::new(Timestamp::default(), &OsEntropy))
            .with_principal("ab".to_owned())
            .with_principal("cd".to_owned())
            .with_device_key(&Secret::new([7; 32]));
        let apart = subject.apart();
        assert_eq!(apart.len(), 4);
        assert_eq!(apart[0].distinction(), subject.distinction());
        let distinctions: BTreeSet<Vec<u8>> = apart.iter().map(Subject::distinction).collect();
        assert_eq!(distinctions.len(), 4);
        let twice = apart.iter().chain(&apart).cloned();
        let joined = twice.fold(Subject::default(), Subject::joined);
        assert_eq!(joined, subject);
    }
}
