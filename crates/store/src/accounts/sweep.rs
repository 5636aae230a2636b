//! What goes by itself when its time is over.

use std::time::Duration;

use base::Timestamp;

use crate::db::execute;
use crate::{BATCH_MAX, Store, StoreError};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How long what happened to an account, and what its member was told, stays to be read.
const TOLD: Duration = Duration::from_secs(90 * DAY.as_secs());

impl Store {
    /// Deletes up to a batch of each kind of thing of accounts whose time was over at `now`, sessions left out, and
    /// their traces in SQLite's files. Gives how many went: zero when nothing is left to do.
    pub async fn sweep_accounts(&self, now: Timestamp) -> Result<u64, StoreError> {
        let at = now.unix_ms();
        let told_before = at.saturating_sub(i64::try_from(TOLD.as_millis()).unwrap_or(i64::MAX));
        let batch = i64::from(BATCH_MAX);
        let gone = [
            execute!(
                self.db,
                "DELETE FROM tickets WHERE id IN
                   (SELECT id FROM tickets WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
                at,
                batch,
            )?,
            execute!(
                self.db,
                "DELETE FROM mails WHERE id IN
                   (SELECT id FROM mails WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
                at,
                batch,
            )?,
            execute!(
                self.db,
                "DELETE FROM spent_proofs WHERE hash IN
                   (SELECT hash FROM spent_proofs WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
                at,
                batch,
            )?,
            execute!(
                self.db,
                "DELETE FROM security_events WHERE id IN
                   (SELECT id FROM security_events WHERE at <= $1 ORDER BY at LIMIT $2)",
                told_before,
                batch,
            )?,
            execute!(
                self.db,
                "DELETE FROM notices WHERE id IN
                   (SELECT id FROM notices WHERE made_at <= $1 ORDER BY made_at LIMIT $2)",
                told_before,
                batch,
            )?,
            self.sweep_looked_at(now).await?,
        ];
        let gone = gone.iter().sum();
        if gone > 0 {
            self.empty_log().await?;
        }
        Ok(gone)
    }

    /// Each member has chosen for how many days; -1 is for as long as the account.
    async fn sweep_looked_at(&self, now: Timestamp) -> Result<u64, StoreError> {
        execute!(
            self.db,
            "DELETE FROM looked_at WHERE (account_id, page) IN
               (SELECT l.account_id, l.page FROM accounts AS a JOIN looked_at AS l ON l.account_id = a.id
                WHERE a.history_days >= 0 AND l.at <= $1 - a.history_days * $2 LIMIT $3)",
            now.unix_ms(),
            i64::try_from(DAY.as_millis()).unwrap_or(i64::MAX),
            i64::from(BATCH_MAX),
        )
    }
}
