//! What an operator can set about links, with the defaults.

use serde::{Deserialize, Serialize};

/// Settings of link conversion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinkSettings {
    /// Who may correct a match: `everyone` or `nobody`.
    pub corrections: Corrections,
    /// Links of one client in a minute that music services are asked about. Known links are free.
    pub conversions_per_client_minute: u32,
    /// Corrections of one client in a minute.
    pub corrections_per_client_minute: u32,
    /// Pages that are kept. The longest unopened go first.
    pub pages: u32,
    /// Pictures that are kept, of about 50 KB. The oldest go first.
    pub pictures: u32,
}

impl Default for LinkSettings {
    fn default() -> Self {
        Self {
            corrections: Corrections::Everyone,
            conversions_per_client_minute: 30,
            corrections_per_client_minute: 10,
            pages: 500_000,
            pictures: 4_000,
        }
    }
}

/// Who may correct a match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Corrections {
    /// Everybody who can open the page.
    #[default]
    Everyone,
    /// Nobody.
    Nobody,
}
