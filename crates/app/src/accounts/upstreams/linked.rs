//! The upstreams that an account is linked to, and taking a link back.

use std::time::Duration;

use account::Upstream;
use base::{IdentityId, Secret, Timestamp};
use serde::Serialize;
use store::{IdentityRemoval, IdentityRow};
use utoipa::ToSchema;

use crate::App;
use crate::accounts::news::News;
use crate::accounts::{AccountRefusal, Caller, LiveSession};

/// How often an upstream is told that our access is over, and how long it is left alone between.
const REVOKE_TRIES: u32 = 3;
const REVOKE_PAUSE: Duration = Duration::from_secs(20);

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

    /// Disconnects an upstream, unless it is the last way in, and tells it that our access is over.
    pub async fn disconnect(
        &self,
        caller: &Caller,
        session: &LiveSession,
        id: IdentityId,
    ) -> Result<(), AccountRefusal> {
        let account = session.account();
        let store = &self.inner.store;
        let removed = store.remove_identity(account, id, self.mails_codes()).await;
        match removed.map_err(|error| self.account_failure(&error))? {
            IdentityRemoval::Removed(row) => {
                self.take_back(&row);
                self.tell(caller, account, News::UpstreamRemoved).await;
                Ok(())
            }
            IdentityRemoval::NotThere => Err(AccountRefusal::NotYours),
            IdentityRemoval::LastWayIn => Err(AccountRefusal::LastWayIn),
        }
    }

    /// Tells the upstream of a link that is gone that our access is over. Nobody waits for it.
    pub(crate) fn take_back(&self, row: &IdentityRow) {
        let (Some(token), Ok(upstream)) = (row.token.clone(), row.upstream.parse()) else {
            return;
        };
        let app = self.clone();
        self.inner.tasks.spawn(async move {
            let stopping = app.inner.stopping.clone();
            stopping
                .run_until_cancelled(app.revoke(upstream, token))
                .await;
        });
    }

    async fn revoke(&self, upstream: Upstream, token: Secret<String>) {
        for _ in 0..REVOKE_TRIES {
            let revoked = self.inner.links.outbound().revoke(upstream, &token).await;
            let Err(error) = revoked else {
                return;
            };
            tracing::warn!(%upstream, %error, "an upstream was not told that our access is over");
            tokio::time::sleep(REVOKE_PAUSE).await;
        }
    }
}
