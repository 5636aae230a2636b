//! Keys that all nodes of an installation share.

use base::Secret;

use crate::db::{execute, fetch_one};
use crate::{Store, StoreError};

impl Store {
    /// The secret called `name`: `candidate` when there was none, else the one that was there first.
    pub async fn node_secret(
        &self,
        name: &str,
        candidate: Secret<[u8; 32]>,
    ) -> Result<Secret<[u8; 32]>, StoreError> {
        execute!(
            self.db,
            "INSERT INTO node_secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
            name,
            candidate.expose().as_slice(),
        )?;
        let (value,) = fetch_one!(
            self.db,
            (Vec<u8>,),
            "SELECT value FROM node_secrets WHERE name = $1",
            name,
        )?;
        let value = <[u8; 32]>::try_from(value)
            .map_err(|_| StoreError::Corrupt("a node secret has another length".to_owned()))?;
        Ok(Secret::new(value))
    }

    /// Deletes the secret called `name`, if there is one.
    pub async fn forget_node_secret(&self, name: &str) -> Result<(), StoreError> {
        execute!(self.db, "DELETE FROM node_secrets WHERE name = $1", name)?;
        Ok(())
    }
}
