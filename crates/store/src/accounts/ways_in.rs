//! By what accounts are signed in to, and that the last of it stays.

use base::AccountId;

use crate::db::fetch_one;
use crate::{Store, StoreError};

/// By what an account can be signed in to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaysIn {
    /// Whether codes can be mailed to it.
    pub has_email: bool,
    /// Whether it has a password.
    pub has_password: bool,
    /// How many passkeys it has.
    pub passkeys: u32,
    /// Whether an authenticator app is its second factor.
    pub has_totp: bool,
    /// How many recovery codes are unused.
    pub recovery_codes_left: u32,
    /// At how many upstreams it is known.
    pub identities: u32,
}

/// What became of the removal of a way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// It is gone.
    Removed,
    /// There was none such.
    NotThere,
    /// It is the last one, and stays.
    LastWayIn,
}

/// Whether anybody can still get in to account `$1`; a code by mail counts when `$by_mail`.
///
/// A password is asked for by address, so without an address it opens nothing.
macro_rules! has_way_in {
    ($open:ident, $account:expr, $by_mail:expr) => {{
        let (ways,): (i64,) = sqlx::query_as(
            "SELECT CAST((SELECT COUNT(*) FROM passkeys WHERE account_id = $1)
                  + (SELECT COUNT(*) FROM identities WHERE account_id = $1)
                  + (SELECT COUNT(*) FROM accounts AS a WHERE a.id = $1 AND a.email IS NOT NULL
                       AND ($2 OR EXISTS (SELECT 1 FROM account_passwords WHERE account_id = $1))) AS BIGINT)",
        )
        .bind($account)
        .bind($by_mail)
        .fetch_one(&mut *$open)
        .await?;
        ways > 0
    }};
}

/// Makes others that would change the same account wait until this transaction is over.
macro_rules! hold_account {
    ($open:ident, $account:expr) => {
        sqlx::query("UPDATE accounts SET version = version WHERE id = $1")
            .bind($account)
            .execute(&mut *$open)
            .await?
            .rows_affected()
            > 0
    };
}

pub(crate) use {has_way_in, hold_account};

impl Store {
    /// By what the account can be signed in to.
    pub async fn ways_in(&self, id: AccountId) -> Result<WaysIn, StoreError> {
        let (email, password, passkeys, totp, recovery, identities) = fetch_one!(
            self.db,
            (i64, i64, i64, i64, i64, i64),
            "SELECT (SELECT COUNT(*) FROM accounts WHERE id = $1 AND email IS NOT NULL),
                    (SELECT COUNT(*) FROM account_passwords WHERE account_id = $1),
                    (SELECT COUNT(*) FROM passkeys WHERE account_id = $1),
                    (SELECT COUNT(*) FROM account_totp WHERE account_id = $1 AND confirmed_at IS NOT NULL),
                    (SELECT COUNT(*) FROM recovery_codes WHERE account_id = $1),
                    (SELECT COUNT(*) FROM identities WHERE account_id = $1)",
            id.to_string(),
        )?;
        let count = |rows: i64| u32::try_from(rows).unwrap_or(u32::MAX);
        Ok(WaysIn {
            has_email: email > 0,
            has_password: password > 0,
            passkeys: count(passkeys),
            has_totp: totp > 0,
            recovery_codes_left: count(recovery),
            identities: count(identities),
        })
    }
}
