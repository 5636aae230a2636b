//! The outbox of revocations: tokens that upstreams are to take back, since the links that they came with are gone.
//!
//! A row names nobody, since it outlives the link and maybe the account. It goes with the upstream's word. It holds the day on
//! which the link went and not the moment, by which other tables would name somebody; so whoever puts a turn off names no
//! moment of it either.

use base::{EntryId, OsEntropy, Secret, Timestamp};

use super::fits;
use crate::db::{execute, execute_returning, fetch_one};
use crate::sealed::Place;
use crate::{BATCH_MAX, Store, StoreError};

/// Revocations that may wait at once. A link goes in any case; a token that finds no room here ends by itself.
pub(crate) const REVOCATIONS_MAX: u32 = 10_000;

const SEALED_TOKEN: &str = "revocations.sealed_token";

/// A token that an upstream is to take back.
#[derive(Clone, Debug)]
pub struct RevocationRow {
    /// Its name.
    pub id: EntryId,
    /// Our name of the upstream.
    pub upstream: String,
    /// What revokes our access there.
    pub token: Secret<String>,
    /// How often the upstream was told, the turn under way included.
    pub attempts: u32,
    /// The day on which the link went.
    pub created_at: Timestamp,
}

/// A revocation that is about to wait, sealed for its row.
pub(crate) struct NewRevocation {
    pub(crate) id: String,
    pub(crate) upstream: String,
    pub(crate) sealed: Vec<u8>,
}

type Columns = (String, String, Vec<u8>, i64, i64);

/// Puts a revocation into the outbox within an open transaction.
macro_rules! write_revocation {
    ($open:ident, $revocation:expr, $now:expr) => {
        sqlx::query(
            "INSERT INTO revocations (id, upstream, sealed_token, attempts, next_at, created_at)
             SELECT $1, $2, $3, 0, $4, $4 WHERE (SELECT COUNT(*) FROM revocations) < $5",
        )
        .bind(&$revocation.id)
        .bind(&$revocation.upstream)
        .bind(&$revocation.sealed)
        .bind(::account::day_of($now).unix_ms())
        .bind(i64::from($crate::accounts::REVOCATIONS_MAX))
        .execute(&mut *$open)
        .await?
    };
}

/// Puts what revokes our access by each link of an account into the outbox, within an open transaction in which they go.
macro_rules! outlive_links {
    ($store:expr, $open:ident, $account:expr, $now:expr) => {
        let links: Vec<(String, String, Vec<u8>)> = sqlx::query_as(
            "SELECT id, upstream, sealed_token FROM identities WHERE account_id = $1 AND sealed_token IS NOT NULL",
        )
        .bind($account)
        .fetch_all(&mut *$open)
        .await?;
        for (id, upstream, sealed) in links {
            if let Some(revocation) = $store.revocation_of(&id, upstream, &sealed) {
                $crate::accounts::write_revocation!($open, revocation, $now);
            }
        }
    };
}

pub(crate) use {outlive_links, write_revocation};

impl Store {
    /// What is to wait once the link called `identity` is gone. A token that does not open is of no use to anybody, and
    /// holds no link up.
    pub(crate) fn revocation_of(
        &self,
        identity: &str,
        upstream: String,
        sealed: &[u8],
    ) -> Option<NewRevocation> {
        let token = self.identity_token(identity, sealed).ok()?;
        let id = EntryId::new(&OsEntropy).to_string();
        let sealed = self.sealer.seal(place(&id), token.expose().as_bytes());
        Some(NewRevocation {
            sealed: sealed.ok()?,
            id,
            upstream,
        })
    }

    fn revocation_row(&self, columns: Columns) -> Result<RevocationRow, StoreError> {
        let (id, upstream, sealed, attempts, created) = columns;
        let token = self.sealer.open(place(&id), &sealed)?;
        Ok(RevocationRow {
            id: fits("revocations.id", id.parse())?,
            upstream,
            token: Secret::new(fits(SEALED_TOKEN, String::from_utf8(token))?),
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
            created_at: Timestamp::from_unix_ms(created),
        })
    }

    /// Takes up to `limit` revocations whose turn has come. Nobody else gets them before `until`.
    pub async fn take_due_revocations(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<RevocationRow>, StoreError> {
        // The outer condition is checked again when another node takes the same row first.
        let rows = execute_returning!(
            self.db,
            Columns,
            "UPDATE revocations SET attempts = attempts + 1, next_at = $2
             WHERE next_at <= $1 AND id IN
               (SELECT id FROM revocations WHERE next_at <= $1 ORDER BY next_at LIMIT $3)
             RETURNING id, upstream, sealed_token, attempts, created_at",
            now.unix_ms(),
            until.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        // One that does not open holds the others up no longer than its week.
        let rows = rows.into_iter();
        let rows = rows.filter_map(|columns| self.revocation_row(columns).ok());
        Ok(rows.collect())
    }

    /// Says when the next turn of a revocation is.
    pub async fn put_off_revocation(
        &self,
        id: EntryId,
        next_at: Timestamp,
    ) -> Result<(), StoreError> {
        execute!(
            self.db,
            "UPDATE revocations SET next_at = $2 WHERE id = $1",
            id.to_string(),
            next_at.unix_ms(),
        )?;
        Ok(())
    }

    /// The upstream has taken a token back, or is not told any more; so this database forgets it, to the byte.
    pub async fn end_revocation(&self, id: EntryId) -> Result<(), StoreError> {
        execute!(
            self.db,
            "DELETE FROM revocations WHERE id = $1",
            id.to_string(),
        )?;
        self.empty_log_if_free().await;
        Ok(())
    }

    /// How many tokens upstreams are still to take back.
    pub async fn revocation_count(&self) -> Result<u64, StoreError> {
        let (count,) = fetch_one!(self.db, (i64,), "SELECT COUNT(*) FROM revocations")?;
        Ok(count.unsigned_abs())
    }
}

const fn place(revocation: &str) -> Place<'_> {
    Place {
        column: SEALED_TOKEN,
        row: revocation,
    }
}
