//! The register of what authorities have asked for.

use base::{AccountId, LegalRequestId, Timestamp};
use privacy::{ActorDigest, LegalRequest, LegalState};

use crate::accounts::{all_sealed, write_mails};
use crate::db::{execute, fetch, fetch_optional, transaction};
use crate::{MAILS_MAX, NewMail, Stepped, Store, StoreError};

/// A request by an authority, as the register holds it.
#[derive(Clone, Debug)]
pub struct LegalRow {
    /// Its name.
    pub id: LegalRequestId,
    /// Whom it is about, while there is such an account.
    pub account: Option<AccountId>,
    /// Who asks.
    pub authority: String,
    /// What they call it.
    pub file: String,
    /// When it was written down.
    pub recorded_at: Timestamp,
    /// By whom.
    pub recorded_by: ActorDigest,
    /// How far it has come.
    pub request: LegalRequest,
}

type Columns = (
    String,
    Option<String>,
    String,
    String,
    bool,
    i64,
    Vec<u8>,
    Option<i64>,
    Option<Vec<u8>>,
    Option<i64>,
    Option<i64>,
);

impl TryFrom<Columns> for LegalRow {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        let (
            id,
            account,
            authority,
            file,
            is_sealed,
            recorded,
            by,
            released,
            second,
            refused,
            told,
        ) = columns;
        let damaged = || StoreError::Corrupt("a legal request cannot be read".to_owned());
        let digest = |bytes: Vec<u8>| ActorDigest::try_from(bytes).map_err(|_| damaged());
        let recorded_by = digest(by)?;
        let at = Timestamp::from_unix_ms;
        let state = match (released, second, refused) {
            (Some(released), Some(second), _) => LegalState::Released {
                at: at(released),
                by: digest(second)?,
            },
            (_, _, Some(refused)) => LegalState::Refused { at: at(refused) },
            _ => LegalState::Recorded { by: recorded_by },
        };
        Ok(Self {
            id: id.parse().map_err(|_| damaged())?,
            account: account
                .map(|id| id.parse())
                .transpose()
                .map_err(|_| damaged())?,
            authority,
            file,
            recorded_at: at(recorded),
            recorded_by,
            request: LegalRequest {
                is_sealed,
                state,
                told_at: told.map(at),
            },
        })
    }
}

/// When a request was released, by whom, and when it was refused.
fn decided(state: &LegalState) -> (Option<i64>, Option<&[u8]>, Option<i64>) {
    match state {
        LegalState::Recorded { .. } => (None, None, None),
        LegalState::Released { at, by } => (Some(at.unix_ms()), Some(by.as_slice()), None),
        LegalState::Refused { at } => (None, None, Some(at.unix_ms())),
    }
}

impl Store {
    /// Writes a request by an authority down. Nothing is ever taken out of the register.
    pub async fn record_legal_request(&self, row: &LegalRow) -> Result<(), StoreError> {
        let (released, second, refused) = decided(&row.request.state);
        execute!(
            self.db,
            "INSERT INTO legal_requests (id, account_id, authority, file, is_sealed, recorded_at, recorded_by, released_at,
                                         released_by, refused_at, told_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            row.id.to_string(),
            row.account.map(|id| id.to_string()),
            &row.authority,
            &row.file,
            row.request.is_sealed,
            row.recorded_at.unix_ms(),
            row.recorded_by.as_slice(),
            released,
            second,
            refused,
            row.request.told_at.map(Timestamp::unix_ms),
        )?;
        Ok(())
    }

    /// Takes a request from where `row` says it is to `next`, and puts the letter that goes with it into the outbox.
    pub async fn step_legal_request(
        &self,
        row: &LegalRow,
        next: &LegalRequest,
        letter: Option<&NewMail>,
    ) -> Result<Stepped, StoreError> {
        let mails = all_sealed(&self.sealer, letter.map_or(&[], std::slice::from_ref))?;
        let (released, second, refused) = decided(&next.state);
        let (was_released, _, was_refused) = decided(&row.request.state);
        let is_taken = transaction!(self.db, |open| {
            let taken = sqlx::query(
                "UPDATE legal_requests SET is_sealed = $2, released_at = $3, released_by = $4, refused_at = $5, told_at = $6
                 WHERE id = $1 AND is_sealed = $7 AND COALESCE(released_at, 0) = $8 AND COALESCE(refused_at, 0) = $9
                   AND COALESCE(told_at, 0) = $10 AND ($11 = 0 OR (SELECT COUNT(*) FROM mails) + $11 <= $12)",
            )
            .bind(row.id.to_string())
            .bind(next.is_sealed)
            .bind(released)
            .bind(second)
            .bind(refused)
            .bind(next.told_at.map(Timestamp::unix_ms))
            .bind(row.request.is_sealed)
            .bind(was_released.unwrap_or_default())
            .bind(was_refused.unwrap_or_default())
            .bind(row.request.told_at.map_or(0, Timestamp::unix_ms))
            .bind(i64::from(letter.is_some()))
            .bind(i64::from(MAILS_MAX))
            .execute(&mut *open)
            .await?
            .rows_affected();
            if taken > 0 {
                write_mails!(open, &mails);
            }
            taken > 0
        });
        if is_taken {
            return Ok(Stepped::Done);
        }
        let kept = self.legal_request(row.id).await?;
        match kept.is_some_and(|kept| kept.request == row.request) {
            true => Ok(Stepped::OutboxFull),
            false => Ok(Stepped::Changed),
        }
    }

    /// The request called `id`.
    pub async fn legal_request(&self, id: LegalRequestId) -> Result<Option<LegalRow>, StoreError> {
        fetch_optional!(
            self.db,
            Columns,
            "SELECT id, account_id, authority, file, is_sealed, recorded_at, recorded_by, released_at, released_by,
                    refused_at, told_at
             FROM legal_requests WHERE id = $1",
            id.to_string(),
        )?
        .map(LegalRow::try_from)
        .transpose()
    }

    /// Up to `limit` requests, the latest first.
    pub async fn legal_requests(&self, limit: u32) -> Result<Vec<LegalRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT id, account_id, authority, file, is_sealed, recorded_at, recorded_by, released_at, released_by,
                    refused_at, told_at
             FROM legal_requests ORDER BY recorded_at DESC, id LIMIT $1",
            i64::from(limit),
        )?;
        rows.into_iter().map(LegalRow::try_from).collect()
    }
}
