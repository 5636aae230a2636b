//! What an operator can set about accounts, with the defaults.

use account::RegistrationRule;
use serde::{Deserialize, Serialize};

/// Settings of accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AccountSettings {
    /// Who may make an account: `open`, `invited` or `closed`.
    pub registration: RegistrationRule,
    /// bcrypt cost of passwords, 10 to 16. Each step doubles the time of a check.
    pub password_cost: u32,
    /// The age from which people may have an account, 13 to 18. It is asked, not stored.
    pub minimum_age: u8,
    /// Rounds of PBKDF2 for each of the 500 to 1,500 steps of a proof of work. 1,000 takes a laptop 1.5 s.
    pub proof_of_work_cost: u32,
}

impl Default for AccountSettings {
    fn default() -> Self {
        Self {
            registration: RegistrationRule::Open,
            password_cost: 12,
            minimum_age: 16,
            proof_of_work_cost: 1_000,
        }
    }
}
