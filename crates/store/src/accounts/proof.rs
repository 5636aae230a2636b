//! Proofs of work and invitations that were used.

use base::Timestamp;

use crate::db::{execute, fetch_one};
use crate::{Store, StoreError};

impl Store {
    /// Uses up a proof; false when it was used before. It is remembered until it would have expired.
    pub async fn spend_proof(
        &self,
        hash: &[u8; 32],
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let inserted = execute!(
            self.db,
            "INSERT INTO spent_proofs (hash, expires_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING",
            hash.as_slice(),
            expires_at.unix_ms(),
        )?;
        Ok(inserted > 0)
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
