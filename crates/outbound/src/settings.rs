//! What an operator can set about the way out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ProviderId;

/// Settings of the way out.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// A switch and keys for each provider. Left out: on if it is documented and needs no key.
    pub providers: BTreeMap<ProviderId, ProviderSettings>,
    /// Other addresses for official hosts, such as a MusicBrainz mirror:
    /// `"musicbrainz.org" = "http://mirror.lan/musicbrainz"`. What is asked, and how, stays the same.
    pub mirrors: BTreeMap<String, String>,
    /// A way to reach the operator (address of a page or an e-mail address), sent in the User-Agent as MusicBrainz asks.
    pub contact: Option<String>,
}

/// One provider's switch and keys.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProviderSettings {
    /// Whether it may be asked. Unset: yes if it is documented and either needs no key or has one.
    pub enabled: Option<bool>,
}
