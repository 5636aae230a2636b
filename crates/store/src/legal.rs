//! The register of what authorities have asked for.

use base::{AccountId, LegalRequestId, Timestamp};
use privacy::{ActorDigest, LegalRequest, LegalState};

use crate::db::{execute, fetch, fetch_optional};
use crate::{Store, StoreError};

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

impl Store {
    /// Keeps a request by an authority as it is now. Nothing is ever taken out of the register.
    pub async fn keep_legal_request(&self, row: &LegalRow) -> Result<(), StoreError> {
        let (released, second, refused) = match &row.request.state {
            LegalState::Recorded { .. } => (None, None, None),
            LegalState::Released { at, by } => (Some(at.unix_ms()), Some(by.as_slice()), None),
            LegalState::Refused { at } => (None, None, Some(at.unix_ms())),
        };
        execute!(
            self.db,
            "INSERT INTO legal_requests (id, account_id, authority, file, is_sealed, recorded_at, recorded_by, released_at,
                                         released_by, refused_at, told_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT (id) DO UPDATE SET is_sealed = EXCLUDED.is_sealed, released_at = EXCLUDED.released_at,
                                            released_by = EXCLUDED.released_by, refused_at = EXCLUDED.refused_at,
                                            told_at = EXCLUDED.told_at",
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
