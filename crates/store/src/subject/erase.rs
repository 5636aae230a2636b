//! Everything of a subject goes, at once and to the byte, and the ledger says that it did.

use base::{ReceiptId, Timestamp};
use privacy::{Deed, Subject};

use super::Counts;
use super::statement::{bound, counting, erasing, erasing_rows};
use crate::accounts::{all_sealed, outlive_links, write_mails};
use crate::db::{Db, execute, fetch, transaction};
use crate::{NewMail, Store, StoreError};

/// The table whose row goes with the account.
pub const ACCOUNTS: &str = "accounts";

/// What became of an erasure that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// It may begin.
    New,
    /// Somebody has asked for the same before, and it is under way.
    UnderWay,
}

/// An erasure that was cut off.
#[derive(Clone, Debug)]
pub struct Unfinished {
    /// Its name.
    pub id: ReceiptId,
    /// Whom it is about.
    pub subject: Subject,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// Whether they were erased once already: a restore has brought them back.
    pub was_done_before: bool,
}

impl Store {
    /// Notes that everything of `subject` is to go. `digest` is what the ledger keeps of them.
    pub async fn begin_erasure(
        &self,
        id: ReceiptId,
        subject: &Subject,
        digest: &[u8; 32],
        now: Timestamp,
    ) -> Result<Begun, StoreError> {
        let names = serde_json::to_string(subject).expect("a subject has a JSON form");
        let begun = execute!(
            self.db,
            "INSERT INTO erasures (id, subject, names, begun_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            id.to_string(),
            digest.as_slice(),
            names,
            now.unix_ms(),
        )?;
        Ok(match begun {
            0 => Begun::UnderWay,
            _ => Begun::New,
        })
    }

    /// The erasures that were begun and not completed.
    pub async fn unfinished_erasures(&self) -> Result<Vec<Unfinished>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String, String, i64, i64),
            "SELECT id, names, begun_at,
                    (SELECT COUNT(*) FROM erasures AS done
                     WHERE done.subject = erasures.subject AND done.completed_at IS NOT NULL)
             FROM erasures WHERE completed_at IS NULL AND names IS NOT NULL ORDER BY begun_at",
        )?;
        let damaged = |_| StoreError::Corrupt("an unfinished erasure cannot be read".to_owned());
        rows.into_iter()
            .map(|(id, names, begun, done)| {
                Ok(Unfinished {
                    begun_at: Timestamp::from_unix_ms(begun),
                    was_done_before: done > 0,
                    id: id.parse().map_err(|_| damaged(()))?,
                    subject: serde_json::from_str(&names).map_err(|_| damaged(()))?,
                })
            })
            .collect()
    }

    /// Erases all of `subject`, counts again that nothing is left, and completes the ledger's line, in one transaction. What
    /// upstreams are to take back waits from then on, without a name. Then what was written before it is taken out of the
    /// log, at once or as soon as nobody reads that. Documents of several people must have been written anew.
    pub async fn erase(
        &self,
        id: ReceiptId,
        subject: &Subject,
        now: Timestamp,
    ) -> Result<Counts, StoreError> {
        self.erase_and_tell(id, subject, (&[], None), now).await
    }

    /// The same with the letter that tells the owner of an account, who is nobody here any more. It waits in the outbox, sealed
    /// and on nobody's account, from the moment at which the account is gone, and only if it was there: nobody is told twice,
    /// and nobody of less. A full outbox has room for it, since there is one for each account at most. The ledger gets a line
    /// for each of `names` as well, which are digests of what the subject was called beside its first name: a restored backup
    /// may know them by any of these.
    pub async fn erase_and_tell(
        &self,
        id: ReceiptId,
        subject: &Subject,
        (names, letter): (&[[u8; 32]], Option<&NewMail>),
        now: Timestamp,
    ) -> Result<Counts, StoreError> {
        let mails = all_sealed(&self.sealer, letter.map_or(&[], std::slice::from_ref))?;
        let counts = transaction!(self.db, |open| {
            outlive_links!(self, open, subject.account(), now);
            let mut counts = Counts::new();
            for step in &self.plans.erasure.steps {
                let Some((sql, names)) = erasing(step, subject) else {
                    continue;
                };
                let query = bound!(sqlx::query(sqlx::AssertSqlSafe(sql)), &names);
                let rows = query.execute(&mut *open).await?.rows_affected();
                if rows > 0 {
                    counts.insert(step.holding.table.clone(), rows);
                }
            }
            for step in &self.plans.erasure.steps {
                let table = &step.holding.table;
                let Some((sql, names)) = counting(&step.holding, subject) else {
                    continue;
                };
                if matches!(step.deed, Deed::Keep(_)) {
                    continue;
                }
                let query = bound!(sqlx::query_as(sqlx::AssertSqlSafe(sql)), &names);
                let (left,): (i64,) = query.fetch_one(&mut *open).await?;
                if left > 0 {
                    return Err(StoreError::NotErased(table.clone()));
                }
            }
            if counts.contains_key(ACCOUNTS) {
                write_mails!(open, &mails);
            }
            let told = serde_json::to_string(&counts).expect("counts have a JSON form");
            sqlx::query(
                "UPDATE erasures SET completed_at = $2, counts = $3, names = NULL WHERE id = $1 AND completed_at IS NULL",
            )
            .bind(id.to_string())
            .bind(now.unix_ms())
            .bind(told)
            .execute(&mut *open)
            .await?;
            for (number, digest) in (1..).zip(names) {
                sqlx::query(
                    "INSERT INTO erasures (id, subject, begun_at, completed_at, counts)
                     SELECT $2, $3, begun_at, completed_at, '{}' FROM erasures WHERE id = $1 ON CONFLICT DO NOTHING",
                )
                .bind(id.to_string())
                .bind(format!("{id}.{number}"))
                .bind(digest.as_slice())
                .execute(&mut *open)
                .await?;
            }
            counts
        });
        self.empty_log_if_free().await;
        Ok(counts)
    }

    /// Whether everything of the subject with this digest is being erased just now.
    pub async fn is_being_erased(&self, digest: &[u8; 32]) -> Result<bool, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String,),
            "SELECT id FROM erasures WHERE subject = $1 AND completed_at IS NULL LIMIT 1",
            digest.as_slice(),
        )?;
        Ok(!rows.is_empty())
    }

    /// Erases of `table` the row of `subject` that `item` names, or all of theirs, where the inventory lets rows of it go
    /// apart from everything else. None where it does not.
    pub async fn erase_rows(
        &self,
        table: &str,
        subject: &Subject,
        item: Option<&str>,
    ) -> Result<Option<u64>, StoreError> {
        let mut tables = self.plans.export.tables.iter();
        let planned = tables.find(|planned| planned.holding.table == table);
        let Some(planned) = planned.filter(|planned| planned.item.is_some()) else {
            return Ok(None);
        };
        let Some((sql, names)) = erasing_rows(planned, subject, item) else {
            return Ok(Some(0));
        };
        let sql = sqlx::AssertSqlSafe(sql);
        let erased = match &self.db {
            Db::Sqlite { write, .. } => bound!(sqlx::query(sql), &names)
                .execute(write)
                .await?
                .rows_affected(),
            Db::Postgres(pool) => bound!(sqlx::query(sql), &names)
                .execute(pool)
                .await?
                .rows_affected(),
        };
        if erased > 0 {
            self.empty_log_if_free().await;
        }
        Ok(Some(erased))
    }
}
