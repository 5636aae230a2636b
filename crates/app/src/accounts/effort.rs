//! What people show against robots: a sum that their device did, or what the check of another service gave their browser.

use std::time::Duration;

use account::{Purpose, SpentProof};
use base::{Rate, Secret};
use outbound::{Failure, NotConfirmed};

use super::{AccountRefusal, Caller};
use crate::App;

/// Checks of one client that the other service is asked about. More would use up what it may be asked for everybody; the
/// sum remains.
pub(super) const CHECKS: Rate = Rate::per(10, Duration::from_secs(60));
/// Clients that are remembered.
pub(super) const CHECKERS_MAX: usize = 10_000;

/// What somebody shows against robots.
#[derive(Clone, Debug)]
pub enum Effort {
    /// The solved challenge.
    Sum(String),
    /// What the check of another service gave their browser, because they wanted that in place of the sum.
    Checked {
        /// As the browser brought it.
        token: Secret<String>,
        /// The name of this server on the page where that happened.
        host: String,
    },
}

impl App {
    /// The key that pages show to the check of another service; none where nobody is checked there.
    #[must_use]
    pub fn check_site_key(&self) -> Option<&str> {
        self.inner.links.outbound().check_site_key()
    }

    /// Looks at what somebody shows, and uses it up. Whatever is wrong with it, the sum remains.
    pub(super) async fn spend_effort(
        &self,
        caller: &Caller,
        effort: &Effort,
        purpose: Purpose,
    ) -> Result<(), AccountRefusal> {
        let spent = match effort {
            Effort::Sum(proof) => {
                let checked = self.inner.accounts.work.verify(proof, purpose, self.now());
                checked.map_err(|_| AccountRefusal::ProofOfWorkNeeded)?
            }
            Effort::Checked { token, host } => {
                let accounts = &self.inner.accounts;
                let counted = accounts.checks.take(caller.client, self.now());
                counted.map_err(|_| AccountRefusal::ProofOfWorkNeeded)?;
                self.confirm_check(token, host, purpose).await?
            }
        };
        let is_new = self.inner.store.spend_proof(&spent.hash, spent.ends).await;
        match is_new.map_err(|error| self.account_failure(&error))? {
            true => Ok(()),
            false => Err(AccountRefusal::ProofOfWorkNeeded),
        }
    }

    async fn confirm_check(
        &self,
        token: &Secret<String>,
        host: &str,
        purpose: Purpose,
    ) -> Result<SpentProof, AccountRefusal> {
        let outbound = self.inner.links.outbound();
        let confirmed = outbound
            .confirm_check(token, purpose.as_str(), host, self.now())
            .await;
        confirmed.map_err(|error| {
            let is_ours = matches!(
                error,
                NotConfirmed::Failed(Failure::Budget { .. } | Failure::Resting { .. })
            );
            if !is_ours && !matches!(error, NotConfirmed::Refused | NotConfirmed::Off) {
                tracing::warn!(%error, "a check against robots was not confirmed, so a sum is asked for");
            }
            AccountRefusal::ProofOfWorkNeeded
        })
    }
}
