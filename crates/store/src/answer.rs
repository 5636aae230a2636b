//! What answers a request of somebody's, all of it at once.

use base::{AccountId, RequestId, Timestamp};

use crate::accounts::{all_sealed, write_mails};
use crate::db::transaction;
use crate::{MAILS_MAX, NewMail, Store, StoreError};

/// How a request is answered.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestAnswer<'a> {
    /// What the person is told.
    pub outcome: &'a str,
    /// The letter that tells them.
    pub letter: Option<&'a NewMail>,
    /// The account that is erased with all of its own, because they asked for that.
    pub erases: Option<AccountId>,
}

/// What became of an answer. What is not done is not begun either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// The request is closed, the letter waits in the outbox, and the erasure is due.
    Done,
    /// The request was answered before, or who asks was not checked, or there is none.
    NotOpen,
    /// The account that was to be erased is gone.
    NoAccount,
    /// The outbox has no room for the letter.
    OutboxFull,
}

impl Store {
    /// Answers a request, and forgets what was written and where the answer went.
    pub async fn answer_request(
        &self,
        id: RequestId,
        answer: &RequestAnswer<'_>,
        now: Timestamp,
    ) -> Result<Answered, StoreError> {
        let mails = all_sealed(
            &self.sealer,
            answer.letter.map_or(&[], std::slice::from_ref),
        )?;
        let is_closed = transaction!(self.db, |open| {
            let closed = sqlx::query(
                "UPDATE requests SET answered_at = $2, outcome = $3, contact = NULL, message = NULL
                 WHERE id = $1 AND answered_at IS NULL AND checked_at IS NOT NULL
                   AND ($4 = 0 OR (SELECT COUNT(*) FROM mails) + $4 <= $5)",
            )
            .bind(id.to_string())
            .bind(now.unix_ms())
            .bind(answer.outcome)
            .bind(mails.len() as i64)
            .bind(i64::from(MAILS_MAX))
            .execute(&mut *open)
            .await?
            .rows_affected();
            if closed > 0 {
                write_mails!(open, &mails);
            }
            if let (true, Some(account)) = (closed > 0, answer.erases) {
                let due = sqlx::query(
                    "UPDATE accounts SET erase_at = $2, version = version + 1 WHERE id = $1",
                )
                .bind(account.to_string())
                .bind(now.unix_ms())
                .execute(&mut *open)
                .await?
                .rows_affected();
                if due == 0 {
                    return Ok(Answered::NoAccount);
                }
            }
            closed > 0
        });
        if is_closed {
            self.empty_log_if_free().await;
            return Ok(Answered::Done);
        }
        let request = self.request(id).await?;
        let is_open = |request: &crate::RequestRow| {
            request.checked_at.is_some() && request.answered_at.is_none()
        };
        match request.as_ref().is_some_and(is_open) {
            true => Ok(Answered::OutboxFull),
            false => Ok(Answered::NotOpen),
        }
    }
}
