//! Letting whoever runs the installation look at one kind of one's data, for hours: given, taken back, and each look seen.

use base::{AccountId, EntryId, Timestamp};
use privacy::{GrantLength, GrantScope, GrantState};
use store::{GrantRow, StoreError};

use crate::accounts::LiveSession;
use crate::{AccountRefusal, App, Held, Operator, actor_digest};

/// Bytes of the digest by which a member tells operators apart.
const MARK_BYTES: usize = 8;

/// A grant, as whoever gave it sees it.
#[derive(Clone, Debug)]
pub struct GrantView {
    /// Its name.
    pub id: EntryId,
    /// What it shows.
    pub scope: GrantScope,
    /// When it was given.
    pub given_at: Timestamp,
    /// When it ends, or ended, by itself.
    pub ends_at: Timestamp,
    /// What became of it.
    pub state: GrantState,
    /// Every look that followed, the newest first.
    pub looks: Vec<GrantLook>,
}

/// A look that somebody had by a grant.
#[derive(Clone, Debug)]
pub struct GrantLook {
    /// What tells the operator from others and names nobody.
    pub operator: String,
    /// When.
    pub at: Timestamp,
}

/// A grant that runs, as operators see it.
#[derive(Clone, Debug)]
pub struct RunningGrant {
    /// Whose data it shows.
    pub account: AccountId,
    /// Which of it.
    pub scope: GrantScope,
    /// When it ends.
    pub ends_at: Timestamp,
}

/// The columns that a grant of `scope` shows, as `table.column`.
pub fn columns_of_grant(scope: GrantScope) -> impl Iterator<Item = String> {
    let tables = store::plans().granted.get(&scope);
    let tables = tables.into_iter().flat_map(|plan| &plan.tables);
    tables.flat_map(|table| {
        let name = &table.holding.table;
        let columns = table.columns.iter();
        columns.map(move |column| format!("{name}.{}", column.name))
    })
}

impl App {
    /// Lets whoever runs the installation look at one kind of the member's data. It takes the place of a grant of the same
    /// kind that still runs.
    pub async fn give_grant(
        &self,
        session: &LiveSession,
        scope: GrantScope,
        length: GrantLength,
    ) -> Result<(), AccountRefusal> {
        let now = self.now();
        let grant = GrantRow {
            id: EntryId::new(self.entropy()),
            account: session.account(),
            scope,
            given_at: now,
            ends_at: length.end(now),
            revoked_at: None,
        };
        let given = self.inner.store.give_grant(&grant).await;
        match given.map_err(|error| self.account_failure(&error))? {
            true => Ok(()),
            false => Err(AccountRefusal::TooMany),
        }
    }

    /// Takes a grant back, at once.
    pub async fn revoke_grant(
        &self,
        session: &LiveSession,
        grant: EntryId,
    ) -> Result<(), AccountRefusal> {
        let store = &self.inner.store;
        let revoked = store.revoke_grant(session.account(), grant, self.now());
        match revoked
            .await
            .map_err(|error| self.account_failure(&error))?
        {
            true => Ok(()),
            false => Err(AccountRefusal::NotYours),
        }
    }

    /// What the member has allowed, with every look that followed, the newest first.
    pub async fn grants(&self, session: &LiveSession) -> Result<Vec<GrantView>, AccountRefusal> {
        let failed = |error: StoreError| self.account_failure(&error);
        let store = &self.inner.store;
        let rows = store.grants_of(session.account()).await.map_err(failed)?;
        let looks = store.granted_views_of(session.account()).await;
        let looks = looks.map_err(failed)?;
        let now = self.now();
        let views = rows.into_iter().map(|row| GrantView {
            id: row.id,
            scope: row.scope,
            given_at: row.given_at,
            ends_at: row.ends_at,
            state: GrantState::of(row.ends_at, row.revoked_at, now),
            looks: looks
                .iter()
                .filter(|look| look.grant == row.id)
                .map(|look| GrantLook {
                    operator: look.operator.clone(),
                    at: look.at,
                })
                .collect(),
        });
        Ok(views.collect())
    }

    /// The grants that run, for whoever may use them.
    pub async fn running_grants(&self, _: &Operator) -> Result<Vec<RunningGrant>, AccountRefusal> {
        let rows = self.inner.store.running_grants(self.now()).await;
        let rows = rows.map_err(|error| self.account_failure(&error))?;
        let running = rows.into_iter().map(|row| RunningGrant {
            account: row.account,
            scope: row.scope,
            ends_at: row.ends_at,
        });
        Ok(running.collect())
    }

    /// What a running grant of this account and scope shows; none without one. The look is noted first, and seen by whom
    /// it concerns.
    pub async fn look_by_grant(
        &self,
        operator: &Operator,
        account: AccountId,
        scope: GrantScope,
    ) -> Result<Option<Vec<Held>>, AccountRefusal> {
        let failed = |error: StoreError| self.account_failure(&error);
        let store = &self.inner.store;
        let id = EntryId::new(self.entropy());
        let mark = operator_mark(operator.session().account());
        let noted = store.note_granted_view(id, (account, scope), &mark, self.now());
        if !noted.await.map_err(failed)? {
            return Ok(None);
        }
        let subject = self.subject_of_account(account).await?;
        let copies = store.granted_of(&subject, scope).await.map_err(failed)?;
        Ok(Some(crate::privacy::held_in(&copies, &subject, self.now())))
    }
}

/// What a member sees of an operator: the beginning of their digest, which tells two apart and names none.
#[must_use]
pub fn operator_mark(operator: AccountId) -> String {
    let digest = actor_digest(operator);
    let bytes = digest.iter().take(MARK_BYTES);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}
