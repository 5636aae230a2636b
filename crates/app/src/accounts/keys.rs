//! The keys of session tokens, which are replaced by themselves.
//!
//! Time is cut into periods of as long as a session lives. A token is signed by its period's key, so that at any moment
//! the keys of two periods are good, and an older one signs and reads nothing any more. All nodes find the same keys.

use std::sync::{Arc, PoisonError, RwLock};

use account::{Session, TokenKey, TokenKeys};
use base::Secret;

use super::AccountRefusal;
use crate::App;

/// The keys of one period.
#[derive(Default)]
pub(crate) struct SessionKeys(RwLock<Option<(i64, Arc<TokenKeys>)>>);

impl SessionKeys {
    fn of(&self, period: i64) -> Option<Arc<TokenKeys>> {
        let held = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let held = held.as_ref().filter(|held| held.0 == period);
        held.map(|held| Arc::clone(&held.1))
    }
}

impl App {
    /// The keys that are good now.
    pub(super) async fn session_keys(&self) -> Result<Arc<TokenKeys>, AccountRefusal> {
        let life_ms = i64::try_from(Session::LIFE.as_millis()).unwrap_or(i64::MAX);
        let period = self.now().unix_ms().div_euclid(life_ms);
        let held = &self.inner.accounts.keys;
        if let Some(keys) = held.of(period) {
            return Ok(keys);
        }
        let current = self.session_key(period).await?;
        let older = self.session_key(period - 1).await?;
        let forgotten = self.inner.store.forget_node_secret(&name(period - 2)).await;
        forgotten.map_err(|error| self.account_failure(&error))?;
        let keys = Arc::new(TokenKeys::new(current, vec![older]));
        *held.0.write().unwrap_or_else(PoisonError::into_inner) = Some((period, Arc::clone(&keys)));
        Ok(keys)
    }

    async fn session_key(&self, period: i64) -> Result<TokenKey, AccountRefusal> {
        let candidate = Secret::new(self.inner.entropy.bytes32());
        let key = self.inner.store.node_secret(&name(period), candidate).await;
        let key = key.map_err(|error| self.account_failure(&error))?;
        Ok(TokenKey {
            id: period.to_string(),
            key,
        })
    }
}

fn name(period: i64) -> String {
    format!("session-token-{period}")
}
