//! The upstreams that an account is linked to, and taking a link back.

use account::Upstream;
use base::{IdentityId, Timestamp};
use serde::Serialize;
use store::Removal;
use utoipa::ToSchema;

use crate::App;
use crate::accounts::news::News;
use crate::accounts::{AccountRefusal, Caller, LiveSession};

/// Who an account is at an upstream, as its owner sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IdentityView {
    /// Its name here.
    #[schema(value_type = String)]
    pub id: IdentityId,
    /// The upstream's name in addresses.
    pub upstream: String,
    /// What people call the upstream.
    pub title: String,
    /// Since when, in Unix milliseconds.
    #[schema(value_type = i64)]
    pub connected_at: Timestamp,
}

impl App {
    /// The upstreams that are linked to the account, the oldest first.
    pub async fn identities(
        &self,
        session: &LiveSession,
    ) -> Result<Vec<IdentityView>, AccountRefusal> {
        let rows = self.inner.store.identities(session.account()).await;
        let rows = rows.map_err(|error| self.account_failure(&error))?;
        let views = rows.into_iter().map(|row| {
            let known: Option<Upstream> = row.upstream.parse().ok();
            IdentityView {
                id: row.id,
                title: known.map_or_else(|| row.upstream.clone(), |one| one.title().to_owned()),
                upstream: row.upstream,
                connected_at: row.connected_at,
            }
        });
        Ok(views.collect())
    }

    /// Disconnects an upstream, unless it is the last way in. That our access is over it is told in its own time.
    pub async fn disconnect(
        &self,
        caller: &Caller,
        session: &LiveSession,
        id: IdentityId,
    ) -> Result<(), AccountRefusal> {
        let account = session.account();
        let by_mail = self.mails_codes();
        let removed = self
            .inner
            .store
            .remove_identity(account, id, by_mail, self.now());
        match removed
            .await
            .map_err(|error| self.account_failure(&error))?
        {
            Removal::Removed => {
                self.inner.accounts.revocation_waits.notify_one();
                self.tell(caller, account, News::UpstreamRemoved).await;
                Ok(())
            }
            Removal::NotThere => Err(AccountRefusal::NotYours),
            Removal::LastWayIn => Err(AccountRefusal::LastWayIn),
        }
    }
}
