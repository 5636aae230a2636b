//! Free sessions as they are kept: two moments each.

use base::{AccountId, Timestamp};

use crate::db::{execute, fetch_optional};
use crate::{Store, StoreError};

/// Whose a free session is.
#[derive(Clone, PartialEq, Eq)]
pub enum Holder {
    /// A member.
    Account(AccountId),
    /// A guest, by what stands for the device.
    Guest(String),
}

impl Holder {
    /// As it is kept.
    fn name(&self) -> String {
        match self {
            Self::Account(account) => account.to_string(),
            Self::Guest(principal) => principal.clone(),
        }
    }
}

impl std::fmt::Debug for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[holder]")
    }
}

/// A free session as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreeSessionRow {
    /// When it ends.
    pub ends_at: Timestamp,
    /// When the next may begin.
    pub free_again_at: Timestamp,
}

impl Store {
    /// The last free session of `holder`, until the next may begin and a little longer.
    pub async fn free_session(
        &self,
        holder: &Holder,
    ) -> Result<Option<FreeSessionRow>, StoreError> {
        let row = fetch_optional!(
            self.db,
            (i64, i64),
            "SELECT ends_at, free_again_at FROM free_sessions WHERE holder = $1",
            holder.name(),
        )?;
        Ok(row.map(|(ends_at, free_again_at)| FreeSessionRow {
            ends_at: Timestamp::from_unix_ms(ends_at),
            free_again_at: Timestamp::from_unix_ms(free_again_at),
        }))
    }

    /// Keeps a free session that begins at `now`; false when another one runs or rests, or the member is gone.
    pub async fn begin_free_session(
        &self,
        holder: &Holder,
        session: FreeSessionRow,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let begun = execute!(
            self.db,
            "INSERT INTO free_sessions (holder, ends_at, free_again_at)
             SELECT $1, $2, $3 WHERE $4 OR EXISTS (SELECT 1 FROM accounts WHERE id = $1)
             ON CONFLICT (holder) DO UPDATE SET ends_at = EXCLUDED.ends_at, free_again_at = EXCLUDED.free_again_at
             WHERE free_sessions.free_again_at <= $5",
            holder.name(),
            session.ends_at.unix_ms(),
            session.free_again_at.unix_ms(),
            matches!(holder, Holder::Guest(_)),
            now.unix_ms(),
        )?;
        Ok(begun > 0)
    }
}
