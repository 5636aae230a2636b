//! Proofs of work and invitations that were used.

use base::Timestamp;

use crate::db::{fetch_one, transaction};
use crate::{Store, StoreError};

/// Within a transaction: uses up a proof, or gives false when it was used before.
macro_rules! spend {
    ($open:ident, $hash:expr, $expires_at:expr) => {
        sqlx::query("INSERT INTO spent_proofs (hash, expires_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING")
            .bind($hash.as_slice())
            .bind($expires_at.unix_ms())
            .execute(&mut *$open)
            .await?
            .rows_affected()
            > 0
    };
}

pub(crate) use spend;

impl Store {
    /// Uses up a proof; false when it was used before. It is remembered until it would have expired.
    pub async fn spend_proof(
        &self,
        hash: &[u8; 32],
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        transaction!(self.db, |open| { Ok(spend!(open, hash, expires_at)) })
    }

    /// Whether a proof was used up.
    pub async fn is_proof_spent(&self, hash: &[u8; 32]) -> Result<bool, StoreError> {
        let (count,) = fetch_one!(
            self.db,
            (i64,),
            "SELECT COUNT(*) FROM spent_proofs WHERE hash = $1",
            hash.as_slice(),
        )?;
        Ok(count > 0)
    }
}
