//! Who wants to hear when a host opens a room.

use account::EmailAddress;
use base::{AccountId, Timestamp};

use super::fits;
use super::ways_in::hold_account;
use crate::db::{execute, fetch, fetch_optional, transaction};
use crate::{BATCH_MAX, Store, StoreError};

/// Hosts that one account may follow.
pub const FOLLOWS_MAX: u32 = 500;

/// That a member follows a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowRow {
    /// Who follows.
    pub account: AccountId,
    /// Whom.
    pub host: AccountId,
    /// Since when mails are wanted; none while the person has not confirmed it.
    pub mails_since: Option<Timestamp>,
    /// Since when.
    pub followed_at: Timestamp,
}

/// Whom a room's opening is told.
#[derive(Clone, Debug)]
pub struct Follower {
    /// Who follows.
    pub account: AccountId,
    /// Where the mail goes; none when no mail is wanted.
    pub email: Option<EmailAddress>,
    /// In which language.
    pub language: Option<String>,
}

/// What became of the wish to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Following {
    /// It is kept, or was.
    Follows,
    /// There is no such host, or the member is gone.
    NoHost,
    /// The member follows as many as one may.
    TooMany,
}

type Columns = (String, String, Option<i64>, i64);

impl TryFrom<Columns> for FollowRow {
    type Error = StoreError;

    fn try_from((account, host, mails_since, followed_at): Columns) -> Result<Self, StoreError> {
        Ok(Self {
            account: fits("follows.account_id", account.parse())?,
            host: fits("follows.host_id", host.parse())?,
            mails_since: mails_since.map(Timestamp::from_unix_ms),
            followed_at: Timestamp::from_unix_ms(followed_at),
        })
    }
}

impl Store {
    /// Follows a host, without mails.
    pub async fn follow(
        &self,
        account: AccountId,
        host: AccountId,
        now: Timestamp,
    ) -> Result<Following, StoreError> {
        let (account, host) = (account.to_string(), host.to_string());
        transaction!(self.db, |open| {
            if !hold_account!(open, &account) {
                return Ok(Following::NoHost);
            }
            let (others,): (i64,) = sqlx::query_as(
                "SELECT COUNT(*) FROM follows WHERE account_id = $1 AND host_id <> $2",
            )
            .bind(&account)
            .bind(&host)
            .fetch_one(&mut *open)
            .await?;
            if others >= i64::from(FOLLOWS_MAX) {
                return Ok(Following::TooMany);
            }
            let (hosts,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM accounts WHERE id = $1")
                .bind(&host)
                .fetch_one(&mut *open)
                .await?;
            if hosts == 0 {
                return Ok(Following::NoHost);
            }
            sqlx::query(
                "INSERT INTO follows (account_id, host_id, followed_at) VALUES ($1, $2, $3)
                 ON CONFLICT (account_id, host_id) DO NOTHING",
            )
            .bind(&account)
            .bind(&host)
            .bind(now.unix_ms())
            .execute(&mut *open)
            .await?;
            Ok(Following::Follows)
        })
    }

    /// Sets since when mails about the host are wanted, or that none are; false when the member does not follow.
    pub async fn set_follow_mails(
        &self,
        account: AccountId,
        host: AccountId,
        mails_since: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let changed = execute!(
            self.db,
            "UPDATE follows SET mails_since = $3 WHERE account_id = $1 AND host_id = $2",
            account.to_string(),
            host.to_string(),
            mails_since.map(Timestamp::unix_ms),
        )?;
        Ok(changed > 0)
    }

    /// Follows the host no more; false when the member did not.
    pub async fn unfollow(&self, account: AccountId, host: AccountId) -> Result<bool, StoreError> {
        let deleted = execute!(
            self.db,
            "DELETE FROM follows WHERE account_id = $1 AND host_id = $2",
            account.to_string(),
            host.to_string(),
        )?;
        Ok(deleted > 0)
    }

    /// Whether and how the member follows the host.
    pub async fn follow_of(
        &self,
        account: AccountId,
        host: AccountId,
    ) -> Result<Option<FollowRow>, StoreError> {
        fetch_optional!(
            self.db,
            Columns,
            "SELECT account_id, host_id, mails_since, followed_at FROM follows WHERE account_id = $1 AND host_id = $2",
            account.to_string(),
            host.to_string(),
        )?
        .map(FollowRow::try_from)
        .transpose()
    }

    /// Whom the member follows, the latest first.
    pub async fn follows(&self, account: AccountId) -> Result<Vec<FollowRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT account_id, host_id, mails_since, followed_at FROM follows
             WHERE account_id = $1 ORDER BY followed_at DESC, host_id",
            account.to_string(),
        )?;
        rows.into_iter().map(FollowRow::try_from).collect()
    }

    /// Up to `limit` followers of the host after the one called `after`. Who is locked, restricted or about to be
    /// erased is left out.
    pub async fn followers(
        &self,
        host: AccountId,
        after: Option<AccountId>,
        limit: u32,
    ) -> Result<Vec<Follower>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String, Option<String>, Option<String>),
            "SELECT a.id, CASE WHEN f.mails_since IS NULL THEN NULL ELSE a.email END, a.language
             FROM follows AS f JOIN accounts AS a ON a.id = f.account_id
             WHERE f.host_id = $1 AND a.id > $2
               AND a.locked_at IS NULL AND a.restricted_at IS NULL AND a.erase_at IS NULL
             ORDER BY a.id LIMIT $3",
            host.to_string(),
            after.map_or_else(String::new, |id| id.to_string()),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        let followers = rows.into_iter().map(|(account, email, language)| {
            let email = email.map(|email| EmailAddress::parse(&email)).transpose();
            Ok(Follower {
                account: fits("follows.account_id", account.parse())?,
                email: fits("accounts.email", email)?,
                language,
            })
        });
        followers.collect()
    }
}
