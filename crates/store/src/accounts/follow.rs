//! Who wants to hear when a host opens a room.

use account::{EmailAddress, UserName};
use base::{AccountId, EntryId, Timestamp};

use super::fits;
use super::ways_in::hold_account;
use crate::db::{execute, fetch, fetch_optional, transaction};
use crate::{BATCH_MAX, Store, StoreError};

/// Hosts that one account may follow.
pub const FOLLOWS_MAX: u32 = 500;
/// Members that may follow one host: a room that opens then fills a tenth of the outbox at most.
pub const FOLLOWERS_MAX: u32 = 1_000;

/// That a member follows a host.
#[derive(Clone, Debug)]
pub struct FollowRow {
    /// Its name. Whoever has it may stop the mails, so it stands in their links.
    pub id: EntryId,
    /// Who follows.
    pub account: AccountId,
    /// Whom.
    pub host: AccountId,
    /// What the host calls itself by now.
    pub host_name: Option<UserName>,
    /// Since when mails are wanted; none while the person has not confirmed it.
    pub mails_since: Option<Timestamp>,
    /// Since when.
    pub followed_at: Timestamp,
}

/// Whom a room's opening is told.
#[derive(Clone, Debug)]
pub struct Follower {
    /// The name of their following.
    pub follow: EntryId,
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
    /// It is kept, or was, under this name.
    Follows(EntryId),
    /// There is no such host, they are not followed by anybody, or the member is gone.
    NoHost,
    /// The member follows as many as one may, or the host has as many followers.
    TooMany,
}

type Columns = (String, String, String, Option<String>, Option<i64>, i64);

impl TryFrom<Columns> for FollowRow {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        let (id, account, host, host_name, mails_since, followed_at) = columns;
        let host_name = host_name.map(|name| UserName::parse(&name)).transpose();
        Ok(Self {
            id: fits("follows.id", id.parse())?,
            account: fits("follows.account_id", account.parse())?,
            host: fits("follows.host_id", host.parse())?,
            host_name: fits("accounts.user_name", host_name)?,
            mails_since: mails_since.map(Timestamp::from_unix_ms),
            followed_at: Timestamp::from_unix_ms(followed_at),
        })
    }
}

impl Store {
    /// Follows a host, without mails. Who follows already does so under the name they have.
    pub async fn follow(
        &self,
        id: EntryId,
        account: AccountId,
        host: AccountId,
        now: Timestamp,
    ) -> Result<Following, StoreError> {
        let (account, host) = (account.to_string(), host.to_string());
        let (kept,): (String,) = transaction!(self.db, |open| {
            if !hold_account!(open, &account) {
                return Ok(Following::NoHost);
            }
            let (hosts, follows, followers): (i64, i64, i64) = sqlx::query_as(
                "SELECT (SELECT COUNT(*) FROM hosts WHERE account_id = $2 AND account_id <> $1),
                        (SELECT COUNT(*) FROM follows WHERE account_id = $1 AND host_id <> $2),
                        (SELECT COUNT(*) FROM follows WHERE host_id = $2 AND account_id <> $1)",
            )
            .bind(&account)
            .bind(&host)
            .fetch_one(&mut *open)
            .await?;
            if hosts == 0 {
                return Ok(Following::NoHost);
            }
            if follows >= i64::from(FOLLOWS_MAX) || followers >= i64::from(FOLLOWERS_MAX) {
                return Ok(Following::TooMany);
            }
            sqlx::query(
                "INSERT INTO follows (id, account_id, host_id, followed_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (account_id, host_id) DO NOTHING",
            )
            .bind(id.to_string())
            .bind(&account)
            .bind(&host)
            .bind(now.unix_ms())
            .execute(&mut *open)
            .await?;
            sqlx::query_as("SELECT id FROM follows WHERE account_id = $1 AND host_id = $2")
                .bind(&account)
                .bind(&host)
                .fetch_one(&mut *open)
                .await?
        });
        Ok(Following::Follows(fits("follows.id", kept.parse())?))
    }

    /// Sets since when mails are wanted, or that none are; false when nobody follows by this name any more.
    pub async fn set_follow_mails(
        &self,
        id: EntryId,
        mails_since: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let changed = execute!(
            self.db,
            "UPDATE follows SET mails_since = $2 WHERE id = $1",
            id.to_string(),
            mails_since.map(Timestamp::unix_ms),
        )?;
        Ok(changed > 0)
    }

    /// The member follows by this name no more; false when they did not.
    pub async fn unfollow(&self, account: AccountId, id: EntryId) -> Result<bool, StoreError> {
        let deleted = execute!(
            self.db,
            "DELETE FROM follows WHERE id = $2 AND account_id = $1",
            account.to_string(),
            id.to_string(),
        )?;
        Ok(deleted > 0)
    }

    /// The following of this name.
    pub async fn follow_called(&self, id: EntryId) -> Result<Option<FollowRow>, StoreError> {
        fetch_optional!(
            self.db,
            Columns,
            "SELECT f.id, f.account_id, f.host_id, a.user_name, f.mails_since, f.followed_at
             FROM follows AS f JOIN accounts AS a ON a.id = f.host_id WHERE f.id = $1",
            id.to_string(),
        )?
        .map(FollowRow::try_from)
        .transpose()
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
            "SELECT f.id, f.account_id, f.host_id, a.user_name, f.mails_since, f.followed_at
             FROM follows AS f JOIN accounts AS a ON a.id = f.host_id WHERE f.account_id = $1 AND f.host_id = $2",
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
            "SELECT f.id, f.account_id, f.host_id, a.user_name, f.mails_since, f.followed_at
             FROM follows AS f JOIN accounts AS a ON a.id = f.host_id
             WHERE f.account_id = $1 ORDER BY f.followed_at DESC, f.id",
            account.to_string(),
        )?;
        rows.into_iter().map(FollowRow::try_from).collect()
    }

    /// Up to `limit` who followed the host `before` that moment, after the one called `after`. Who is locked, restricted
    /// or about to be erased is left out.
    pub async fn followers(
        &self,
        host: AccountId,
        before: Timestamp,
        after: Option<AccountId>,
        limit: u32,
    ) -> Result<Vec<Follower>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String, String, Option<String>, Option<String>),
            "SELECT f.id, a.id, CASE WHEN f.mails_since IS NULL THEN NULL ELSE a.email END, a.language
             FROM follows AS f JOIN accounts AS a ON a.id = f.account_id
             WHERE f.host_id = $1 AND a.id > $2 AND f.followed_at < $3
               AND a.locked_at IS NULL AND a.restricted_at IS NULL AND a.erase_at IS NULL
             ORDER BY a.id LIMIT $4",
            host.to_string(),
            after.map_or_else(String::new, |id| id.to_string()),
            before.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        let followers = rows.into_iter().map(|(follow, account, email, language)| {
            let email = email.map(|email| EmailAddress::parse(&email)).transpose();
            Ok(Follower {
                follow: fits("follows.id", follow.parse())?,
                account: fits("follows.account_id", account.parse())?,
                email: fits("accounts.email", email)?,
                language,
            })
        });
        followers.collect()
    }
}
