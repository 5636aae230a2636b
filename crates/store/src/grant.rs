//! What members let whoever runs the installation look at, and each look that followed.

use base::{AccountId, EntryId, Timestamp};
use privacy::{GrantLength, GrantScope};

use crate::accounts::hold_account;
use crate::db::{execute, fetch, transaction};
use crate::{BATCH_MAX, Store, StoreError};

/// Grants of one account that are kept, running or over.
pub const GRANTS_MAX: u32 = 100;
/// Looks that one grant allows.
pub const GRANT_VIEWS_MAX: u32 = 200;

/// What a member has allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantRow {
    /// Its name.
    pub id: EntryId,
    /// Whose data it shows.
    pub account: AccountId,
    /// Which of it.
    pub scope: GrantScope,
    /// When it was given.
    pub given_at: Timestamp,
    /// When it ends by itself.
    pub ends_at: Timestamp,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

/// A look that a grant allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantedView {
    /// By which grant.
    pub grant: EntryId,
    /// What tells the operator from others and names nobody.
    pub operator: String,
    /// When.
    pub at: Timestamp,
}

type Columns = (String, String, String, i64, i64, Option<i64>);

impl TryFrom<Columns> for GrantRow {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        let (id, account, scope, given, ends, revoked) = columns;
        Ok(Self {
            id: id.parse().map_err(|_| damaged("id"))?,
            account: account.parse().map_err(|_| damaged("account_id"))?,
            scope: scope.parse().map_err(|_| damaged("scope"))?,
            given_at: Timestamp::from_unix_ms(given),
            ends_at: Timestamp::from_unix_ms(ends),
            revoked_at: revoked.map(Timestamp::from_unix_ms),
        })
    }
}

/// None that runs at `now` was given at this moment or before.
fn oldest_running(now: Timestamp) -> Timestamp {
    let longest = GrantLength::ALL.into_iter().map(GrantLength::hours).max();
    let longest_ms = i64::from(longest.unwrap_or(0)) * 60 * 60 * 1_000;
    Timestamp::from_unix_ms(now.unix_ms().saturating_sub(longest_ms))
}

fn damaged(column: &str) -> StoreError {
    StoreError::Corrupt(format!("a grant has an unreadable {column}"))
}

impl Store {
    /// Keeps a new grant, in place of one of the same scope that still runs; false when the account has as many as may be
    /// kept.
    pub async fn give_grant(&self, grant: &GrantRow) -> Result<bool, StoreError> {
        let id = grant.id.to_string();
        let account = grant.account.to_string();
        let given_at = grant.given_at.unix_ms();
        Ok(transaction!(self.db, |open| {
            if !hold_account!(open, &account) {
                return Ok(false);
            }
            let kept = sqlx::query(
                "INSERT INTO support_grants (id, account_id, scope, given_at, ends_at)
                 SELECT $1, $2, $3, $4, $5
                 WHERE (SELECT COUNT(*) FROM support_grants WHERE account_id = $2) < $6",
            )
            .bind(&id)
            .bind(&account)
            .bind(grant.scope.as_str())
            .bind(given_at)
            .bind(grant.ends_at.unix_ms())
            .bind(i64::from(GRANTS_MAX))
            .execute(&mut *open)
            .await?
            .rows_affected();
            if kept > 0 {
                sqlx::query(
                    "UPDATE support_grants SET revoked_at = $4
                     WHERE account_id = $2 AND scope = $3 AND id <> $1 AND revoked_at IS NULL AND ends_at > $4",
                )
                .bind(&id)
                .bind(&account)
                .bind(grant.scope.as_str())
                .bind(given_at)
                .execute(&mut *open)
                .await?;
            }
            kept > 0
        }))
    }

    /// Takes a running grant of the account back; false when it has none of this name.
    pub async fn revoke_grant(
        &self,
        account: AccountId,
        grant: EntryId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let revoked = execute!(
            self.db,
            "UPDATE support_grants SET revoked_at = $3
             WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL AND ends_at > $3",
            grant.to_string(),
            account.to_string(),
            now.unix_ms(),
        )?;
        Ok(revoked > 0)
    }

    /// The grants of the account, the newest first.
    pub async fn grants_of(&self, account: AccountId) -> Result<Vec<GrantRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT id, account_id, scope, given_at, ends_at, revoked_at FROM support_grants
             WHERE account_id = $1 ORDER BY given_at DESC, id LIMIT $2",
            account.to_string(),
            i64::from(GRANTS_MAX),
        )?;
        rows.into_iter().map(GrantRow::try_from).collect()
    }

    /// Every look that followed by grants of the account, the newest first.
    pub async fn granted_views_of(
        &self,
        account: AccountId,
    ) -> Result<Vec<GrantedView>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String, String, i64),
            "SELECT grant_id, operator, at FROM support_views
             WHERE grant_id IN (SELECT id FROM support_grants WHERE account_id = $1) ORDER BY at DESC, id",
            account.to_string(),
        )?;
        let views = rows.into_iter().map(|(grant, operator, at)| {
            Ok(GrantedView {
                grant: grant.parse().map_err(|_| damaged("look"))?,
                operator,
                at: Timestamp::from_unix_ms(at),
            })
        });
        views.collect()
    }

    /// The grants that run at `now`, those first that end first. A locked account has none: its owner could take none back.
    pub async fn running_grants(&self, now: Timestamp) -> Result<Vec<GrantRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT id, account_id, scope, given_at, ends_at, revoked_at FROM support_grants
             WHERE given_at > $2 AND given_at <= $1 AND ends_at > $1 AND revoked_at IS NULL
               AND account_id IN (SELECT id FROM accounts WHERE locked_at IS NULL)
             ORDER BY ends_at, id LIMIT $3",
            now.unix_ms(),
            oldest_running(now).unix_ms(),
            i64::from(BATCH_MAX),
        )?;
        rows.into_iter().map(GrantRow::try_from).collect()
    }

    /// Notes a look at `scope` of the account, if a grant of it runs at this moment and allows one more: false when none
    /// does. One statement decides and notes, so that nothing is seen unnoted.
    pub async fn note_granted_view(
        &self,
        id: EntryId,
        (account, scope): (AccountId, GrantScope),
        operator: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let noted = execute!(
            self.db,
            "INSERT INTO support_views (id, grant_id, operator, at)
             SELECT $1, allowed.id, $4, $5 FROM support_grants AS allowed
             WHERE allowed.account_id = $2 AND allowed.scope = $3 AND allowed.revoked_at IS NULL
               AND allowed.given_at <= $5 AND allowed.ends_at > $5
               AND allowed.account_id IN (SELECT id FROM accounts WHERE locked_at IS NULL)
               AND (SELECT COUNT(*) FROM support_views WHERE grant_id = allowed.id) < $6
             ORDER BY allowed.given_at DESC, allowed.id LIMIT 1",
            id.to_string(),
            account.to_string(),
            scope.as_str(),
            operator,
            now.unix_ms(),
            i64::from(GRANT_VIEWS_MAX),
        )?;
        Ok(noted > 0)
    }
}
