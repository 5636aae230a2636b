//! Link pages that members looked at, for as long as each has chosen.

use base::{AccountId, PageId, Timestamp};

use super::fits;
use crate::db::{execute, fetch, transaction};
use crate::{BATCH_MAX, Store, StoreError};

/// Pages that are remembered for one account.
pub const LOOKED_AT_MAX: u32 = 2_000;

/// A page that a member looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookedAt {
    /// The page.
    pub page: PageId,
    /// When, the last time.
    pub at: Timestamp,
}

/// Forgets in an open transaction what the account looked at longer ago than its owner wants; gives how many pages. What is
/// only kept waits for the end of that, as in the sweep, unless no history is wanted at all: that is an objection.
macro_rules! forget_looked_at {
    ($open:ident, $id:expr, $now:expr) => {
        sqlx::query(
            "DELETE FROM looked_at WHERE account_id = $1 AND EXISTS
               (SELECT 1 FROM accounts AS a WHERE a.id = $1
                AND (a.history_days = 0
                     OR a.history_days > 0 AND a.restricted_at IS NULL AND looked_at.at <= $2 - a.history_days * $3))",
        )
        .bind($id)
        .bind($now.unix_ms())
        .bind($crate::sweep::DAY_MS)
        .execute(&mut *$open)
        .await?
        .rows_affected()
    };
}

pub(super) use forget_looked_at;

impl Store {
    /// Remembers that the member looked at a page, if they want that and there is such a page. The oldest go beyond
    /// [`LOOKED_AT_MAX`].
    pub async fn keep_looked_at(
        &self,
        account: AccountId,
        page: PageId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let account = account.to_string();
        transaction!(self.db, |open| {
            let kept = sqlx::query(
                "INSERT INTO looked_at (account_id, page, at)
                 SELECT a.id, p.id, $3 FROM accounts AS a, link_pages AS p
                 WHERE a.id = $1 AND a.history_days <> 0 AND a.restricted_at IS NULL AND p.id = $2
                 ON CONFLICT (account_id, page) DO UPDATE SET at = EXCLUDED.at",
            )
            .bind(&account)
            .bind(page.to_string())
            .bind(now.unix_ms())
            .execute(&mut *open)
            .await?
            .rows_affected();
            sqlx::query(
                "DELETE FROM looked_at WHERE account_id = $1 AND at <=
                   (SELECT at FROM looked_at WHERE account_id = $1 ORDER BY at DESC LIMIT 1 OFFSET $2)",
            )
            .bind(&account)
            .bind(i64::from(LOOKED_AT_MAX))
            .execute(&mut *open)
            .await?;
            Ok(kept > 0)
        })
    }

    /// Up to `limit` pages that the member looked at before `before`, the latest first.
    pub async fn looked_at(
        &self,
        account: AccountId,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<LookedAt>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String, i64),
            "SELECT page, at FROM looked_at WHERE account_id = $1 AND at < $2 ORDER BY at DESC, page LIMIT $3",
            account.to_string(),
            before.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        let looked_at = rows.into_iter().map(|(page, at)| {
            Ok(LookedAt {
                page: fits("looked_at.page", page.parse())?,
                at: Timestamp::from_unix_ms(at),
            })
        });
        looked_at.collect()
    }

    /// Forgets that the member looked at this page, or at any; gives how many were forgotten.
    pub async fn delete_looked_at(
        &self,
        account: AccountId,
        page: Option<PageId>,
    ) -> Result<u64, StoreError> {
        let deleted = execute!(
            self.db,
            "DELETE FROM looked_at WHERE account_id = $1 AND ($2 = '' OR page = $2)",
            account.to_string(),
            page.map_or_else(String::new, |page| page.to_string()),
        )?;
        if deleted > 0 {
            self.empty_log_if_free().await;
        }
        Ok(deleted)
    }
}
