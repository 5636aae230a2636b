//! What the pages tell members.

use base::{AccountId, EntryId, Personal, Timestamp};

use super::fits;
use super::ways_in::hold_account;
use crate::db::{execute, fetch, transaction};
use crate::{BATCH_MAX, Store, StoreError};

/// Notices that are kept for one account.
pub const NOTICES_MAX: u32 = 200;

/// Something that the pages tell a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its name.
    pub id: EntryId,
    /// What kind of thing it tells.
    pub kind: String,
    /// What it is about, as JSON.
    pub about: Personal<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When the member saw it.
    pub seen_at: Option<Timestamp>,
}

impl Store {
    /// Keeps a notice for the member. The oldest go beyond [`NOTICES_MAX`]. False when the account is gone.
    pub async fn insert_notice(
        &self,
        account: AccountId,
        notice: &Notice,
    ) -> Result<bool, StoreError> {
        let account = account.to_string();
        transaction!(self.db, |open| {
            if !hold_account!(open, &account) {
                return Ok(false);
            }
            sqlx::query(
                "INSERT INTO notices (id, account_id, kind, about, made_at, seen_at) VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(notice.id.to_string())
            .bind(&account)
            .bind(&notice.kind)
            .bind(notice.about.expose())
            .bind(notice.made_at.unix_ms())
            .bind(notice.seen_at.map(Timestamp::unix_ms))
            .execute(&mut *open)
            .await?;
            sqlx::query(
                "DELETE FROM notices WHERE id IN
                   (SELECT id FROM notices WHERE account_id = $1 ORDER BY made_at DESC, id LIMIT 1000 OFFSET $2)",
            )
            .bind(&account)
            .bind(i64::from(NOTICES_MAX))
            .execute(&mut *open)
            .await?;
            Ok(true)
        })
    }

    /// Up to `limit` notices of the member, the newest first.
    pub async fn notices(&self, account: AccountId, limit: u32) -> Result<Vec<Notice>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String, String, String, i64, Option<i64>),
            "SELECT id, kind, about, made_at, seen_at FROM notices WHERE account_id = $1
             ORDER BY made_at DESC, id LIMIT $2",
            account.to_string(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        let notices = rows.into_iter().map(|(id, kind, about, made_at, seen_at)| {
            Ok(Notice {
                id: fits("notices.id", id.parse())?,
                kind,
                about: Personal::new(about),
                made_at: Timestamp::from_unix_ms(made_at),
                seen_at: seen_at.map(Timestamp::from_unix_ms),
            })
        });
        notices.collect()
    }

    /// Notes that the member has seen all notices that were made up to `until`; gives how many were new.
    pub async fn see_notices(
        &self,
        account: AccountId,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        execute!(
            self.db,
            "UPDATE notices SET seen_at = $3 WHERE account_id = $1 AND made_at <= $2 AND seen_at IS NULL",
            account.to_string(),
            until.unix_ms(),
            now.unix_ms(),
        )
    }

    /// Forgets all notices of the member; gives how many there were.
    pub async fn delete_notices(&self, account: AccountId) -> Result<u64, StoreError> {
        execute!(
            self.db,
            "DELETE FROM notices WHERE account_id = $1",
            account.to_string(),
        )
    }
}
