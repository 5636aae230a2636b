//! Who accounts are at upstreams. Only issuer and subject link, never an address.

use base::{AccountId, IdentityId, Personal, Secret, Timestamp};

use super::fits;
use super::revocation::write_revocation;
use super::ways_in::{Removal, has_way_in, hold_account};
use crate::db::{execute, fetch, fetch_optional, transaction};
use crate::sealed::Place;
use crate::{Store, StoreError};

const SEALED_TOKEN: &str = "identities.sealed_token";

/// A link to an upstream that is about to be kept.
#[derive(Clone, Debug)]
pub struct NewIdentity {
    /// What we call it.
    pub id: IdentityId,
    /// Our name of the upstream.
    pub upstream: String,
    /// Who says so.
    pub issuer: String,
    /// Who the person is there.
    pub subject: Personal<String>,
    /// What revokes our access there; none where nothing is kept.
    pub token: Option<Secret<String>>,
    /// When.
    pub connected_at: Timestamp,
}

impl NewIdentity {
    pub(crate) fn sealed(&self, store: &Store) -> Result<Option<Vec<u8>>, StoreError> {
        let id = self.id.to_string();
        let place = Place {
            column: SEALED_TOKEN,
            row: &id,
        };
        let token = self.token.as_ref();
        token
            .map(|token| store.sealer.seal(place, token.expose().as_bytes()))
            .transpose()
    }
}

/// A link to an upstream as it is kept.
#[derive(Clone, Debug)]
pub struct IdentityRow {
    /// What we call it.
    pub id: IdentityId,
    /// Whose it is.
    pub account: AccountId,
    /// Our name of the upstream.
    pub upstream: String,
    /// Who says so.
    pub issuer: String,
    /// Who the person is there.
    pub subject: Personal<String>,
    /// What revokes our access there; none where nothing is kept.
    pub token: Option<Secret<String>>,
    /// Since when.
    pub connected_at: Timestamp,
}

/// Inserts a link to an upstream in an open transaction.
macro_rules! insert {
    ($open:ident, $account:expr, $identity:expr, $sealed:expr) => {
        sqlx::query(
            "INSERT INTO identities (id, account_id, upstream, issuer, subject, sealed_token, connected_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind($identity.id.to_string())
        .bind($account)
        .bind(&$identity.upstream)
        .bind(&$identity.issuer)
        .bind($identity.subject.expose())
        .bind($sealed.as_deref())
        .bind($identity.connected_at.unix_ms())
        .execute(&mut *$open)
        .await?
    };
}

pub(crate) use insert;

type Columns = (String, String, String, String, String, Option<Vec<u8>>, i64);

impl Store {
    /// What revokes our access by the link called `id`, which it was sealed for.
    pub(super) fn identity_token(
        &self,
        id: &str,
        sealed: &[u8],
    ) -> Result<Secret<String>, StoreError> {
        let place = Place {
            column: SEALED_TOKEN,
            row: id,
        };
        let token = self.sealer.open(place, sealed)?;
        Ok(Secret::new(fits(SEALED_TOKEN, String::from_utf8(token))?))
    }

    fn identity_row(&self, columns: Columns) -> Result<IdentityRow, StoreError> {
        let (id, account, upstream, issuer, subject, sealed, connected_at) = columns;
        let token = sealed.map(|sealed| self.identity_token(&id, &sealed));
        let token = token.transpose()?;
        Ok(IdentityRow {
            id: fits("identities.id", id.parse())?,
            account: fits("identities.account_id", account.parse())?,
            upstream,
            issuer,
            subject: Personal::new(subject),
            token,
            connected_at: Timestamp::from_unix_ms(connected_at),
        })
    }

    /// Links the account to an upstream; false when somebody is linked to that subject already.
    pub async fn insert_identity(
        &self,
        account: AccountId,
        identity: &NewIdentity,
    ) -> Result<bool, StoreError> {
        let inserted = execute!(
            self.db,
            "INSERT INTO identities (id, account_id, upstream, issuer, subject, sealed_token, connected_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (issuer, subject) DO NOTHING",
            identity.id.to_string(),
            account.to_string(),
            &identity.upstream,
            &identity.issuer,
            identity.subject.expose(),
            identity.sealed(self)?,
            identity.connected_at.unix_ms(),
        )?;
        Ok(inserted > 0)
    }

    /// The link to this subject of this issuer.
    pub async fn identity_by_subject(
        &self,
        issuer: &str,
        subject: &Personal<String>,
    ) -> Result<Option<IdentityRow>, StoreError> {
        fetch_optional!(
            self.db,
            Columns,
            "SELECT id, account_id, upstream, issuer, subject, sealed_token, connected_at
             FROM identities WHERE issuer = $1 AND subject = $2",
            issuer,
            subject.expose(),
        )?
        .map(|columns| self.identity_row(columns))
        .transpose()
    }

    /// Keeps another token that revokes our access by this link; false when the link is gone.
    pub async fn renew_identity_token(
        &self,
        id: IdentityId,
        token: &Secret<String>,
    ) -> Result<bool, StoreError> {
        let id = id.to_string();
        let place = Place {
            column: SEALED_TOKEN,
            row: &id,
        };
        let sealed = self.sealer.seal(place, token.expose().as_bytes())?;
        let changed = execute!(
            self.db,
            "UPDATE identities SET sealed_token = $2 WHERE id = $1",
            &id,
            sealed.as_slice(),
        )?;
        Ok(changed > 0)
    }

    /// The links of the account to upstreams, the oldest first.
    pub async fn identities(&self, account: AccountId) -> Result<Vec<IdentityRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT id, account_id, upstream, issuer, subject, sealed_token, connected_at
             FROM identities WHERE account_id = $1 ORDER BY connected_at, id",
            account.to_string(),
        )?;
        rows.into_iter()
            .map(|columns| self.identity_row(columns))
            .collect()
    }

    /// Deletes a link to an upstream unless nothing else opens the account; a code by mail counts when `by_mail`. What
    /// revokes our access there waits from then on until the upstream was told.
    pub async fn remove_identity(
        &self,
        account: AccountId,
        id: IdentityId,
        by_mail: bool,
        now: Timestamp,
    ) -> Result<Removal, StoreError> {
        let account = account.to_string();
        let id = id.to_string();
        transaction!(self.db, |open| {
            if !hold_account!(open, &account) {
                return Ok(Removal::NotThere);
            }
            let deleted: Option<(String, Option<Vec<u8>>)> = sqlx::query_as(
                "DELETE FROM identities WHERE id = $1 AND account_id = $2 RETURNING upstream, sealed_token",
            )
            .bind(&id)
            .bind(&account)
            .fetch_optional(&mut *open)
            .await?;
            let Some((upstream, sealed)) = deleted else {
                return Ok(Removal::NotThere);
            };
            if !has_way_in!(open, &account, by_mail) {
                return Ok(Removal::LastWayIn);
            }
            let revocation = sealed.and_then(|sealed| self.revocation_of(&id, upstream, &sealed));
            if let Some(revocation) = revocation {
                write_revocation!(open, revocation, now);
            }
        });
        Ok(Removal::Removed)
    }
}
