//! What people wrote to whoever runs the installation, and the answers.

use account::EmailAddress;
use base::{AccountId, EntryId, Personal, Timestamp};

use crate::db::{execute, fetch, fetch_optional, transaction};
use crate::{BATCH_MAX, Store, StoreError};

/// Threads that wait for an answer at once.
pub const THREADS_MAX: u32 = 1_000;
/// Messages and answers of one thread.
pub const THREAD_MESSAGES_MAX: u32 = 100;

/// A conversation with whoever runs the installation.
#[derive(Clone, Debug)]
pub struct ThreadRow {
    /// Its name. Whoever has it may read and delete the thread.
    pub id: EntryId,
    /// What the person may quote.
    pub reference: String,
    /// Whose, where they have an account.
    pub account: Option<AccountId>,
    /// Where the answer goes, for those without one.
    pub contact: Option<EmailAddress>,
    /// What it is about.
    pub topic: String,
    /// In which language they wrote.
    pub language: String,
    /// The server's address as the person knows it.
    pub origin: String,
    /// When it began.
    pub opened_at: Timestamp,
    /// When it was answered or given up.
    pub closed_at: Option<Timestamp>,
}

/// One message of a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadMessage {
    /// Its name.
    pub id: EntryId,
    /// Whether the operator wrote it.
    pub is_answer: bool,
    /// What it says.
    pub text: Personal<String>,
    /// When.
    pub at: Timestamp,
}

type Columns = (
    String,
    String,
    Option<String>,
    Option<String>,
    String,
    String,
    String,
    i64,
    Option<i64>,
);

impl TryFrom<Columns> for ThreadRow {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        let (id, reference, account, contact, topic, language, origin, opened, closed) = columns;
        let contact = contact.map(|text| EmailAddress::parse(&text)).transpose();
        Ok(Self {
            id: id.parse().map_err(|_| damaged("id"))?,
            reference,
            account: account
                .map(|id| id.parse())
                .transpose()
                .map_err(|_| damaged("account_id"))?,
            contact: contact.map_err(|_| damaged("contact"))?,
            topic,
            language,
            origin,
            opened_at: Timestamp::from_unix_ms(opened),
            closed_at: closed.map(Timestamp::from_unix_ms),
        })
    }
}

fn damaged(column: &str) -> StoreError {
    StoreError::Corrupt(format!("a support thread has an unreadable {column}"))
}

impl Store {
    /// Keeps a new thread with its first message; false when as many wait as may.
    pub async fn open_thread(
        &self,
        thread: &ThreadRow,
        first: &ThreadMessage,
    ) -> Result<bool, StoreError> {
        let id = thread.id.to_string();
        transaction!(self.db, |open| {
            let kept = sqlx::query(
                "INSERT INTO support_threads (id, reference, account_id, contact, topic, language, origin, opened_at)
                 SELECT $1, $2, $3, $4, $5, $6, $7, $8
                 WHERE (SELECT COUNT(*) FROM support_threads WHERE closed_at IS NULL) < $9",
            )
            .bind(&id)
            .bind(&thread.reference)
            .bind(thread.account.map(|account| account.to_string()))
            .bind(thread.contact.as_ref().map(EmailAddress::as_typed))
            .bind(&thread.topic)
            .bind(&thread.language)
            .bind(&thread.origin)
            .bind(thread.opened_at.unix_ms())
            .bind(i64::from(THREADS_MAX))
            .execute(&mut *open)
            .await?
            .rows_affected();
            if kept > 0 {
                sqlx::query(
                    "INSERT INTO support_messages (id, thread_id, is_answer, text, at) VALUES ($1, $2, $3, $4, $5)",
                )
                .bind(first.id.to_string())
                .bind(&id)
                .bind(first.is_answer)
                .bind(first.text.expose())
                .bind(first.at.unix_ms())
                .execute(&mut *open)
                .await?;
            }
            Ok(kept > 0)
        })
    }

    /// Adds a message, which opens the thread again, or an answer, which closes it; false when the thread is gone or
    /// holds as much as it may.
    pub async fn add_to_thread(
        &self,
        thread: EntryId,
        message: &ThreadMessage,
    ) -> Result<bool, StoreError> {
        let thread = thread.to_string();
        let closed_at = message.is_answer.then_some(message.at.unix_ms());
        transaction!(self.db, |open| {
            let held = sqlx::query(
                "UPDATE support_threads SET closed_at = $2
                 WHERE id = $1 AND (SELECT COUNT(*) FROM support_messages WHERE thread_id = $1) < $3",
            )
            .bind(&thread)
            .bind(closed_at)
            .bind(i64::from(THREAD_MESSAGES_MAX))
            .execute(&mut *open)
            .await?
            .rows_affected();
            if held > 0 {
                sqlx::query(
                    "INSERT INTO support_messages (id, thread_id, is_answer, text, at) VALUES ($1, $2, $3, $4, $5)",
                )
                .bind(message.id.to_string())
                .bind(&thread)
                .bind(message.is_answer)
                .bind(message.text.expose())
                .bind(message.at.unix_ms())
                .execute(&mut *open)
                .await?;
            }
            Ok(held > 0)
        })
    }

    /// The thread of this name.
    pub async fn thread(&self, id: EntryId) -> Result<Option<ThreadRow>, StoreError> {
        fetch_optional!(
            self.db,
            Columns,
            "SELECT id, reference, account_id, contact, topic, language, origin, opened_at, closed_at
             FROM support_threads WHERE id = $1",
            id.to_string(),
        )?
        .map(ThreadRow::try_from)
        .transpose()
    }

    /// The thread that quotes this reference.
    pub async fn thread_by_reference(
        &self,
        reference: &str,
    ) -> Result<Option<ThreadRow>, StoreError> {
        fetch_optional!(
            self.db,
            Columns,
            "SELECT id, reference, account_id, contact, topic, language, origin, opened_at, closed_at
             FROM support_threads WHERE reference = $1",
            reference,
        )?
        .map(ThreadRow::try_from)
        .transpose()
    }

    /// Up to `limit` threads, those that wait first, the oldest first.
    pub async fn threads(&self, limit: u32) -> Result<Vec<ThreadRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT id, reference, account_id, contact, topic, language, origin, opened_at, closed_at
             FROM support_threads ORDER BY CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END, opened_at, id LIMIT $1",
            i64::from(limit.min(BATCH_MAX)),
        )?;
        rows.into_iter().map(ThreadRow::try_from).collect()
    }

    /// Up to `limit` threads of the member, the newest first.
    pub async fn threads_of(
        &self,
        account: AccountId,
        limit: u32,
    ) -> Result<Vec<ThreadRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT id, reference, account_id, contact, topic, language, origin, opened_at, closed_at
             FROM support_threads WHERE account_id = $1 ORDER BY opened_at DESC, id LIMIT $2",
            account.to_string(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        rows.into_iter().map(ThreadRow::try_from).collect()
    }

    /// What a thread says, in order.
    pub async fn thread_messages(&self, id: EntryId) -> Result<Vec<ThreadMessage>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String, bool, String, i64),
            "SELECT id, is_answer, text, at FROM support_messages WHERE thread_id = $1 ORDER BY at, id",
            id.to_string(),
        )?;
        let messages = rows.into_iter().map(|(id, is_answer, text, at)| {
            Ok(ThreadMessage {
                id: id.parse().map_err(|_| damaged("message"))?,
                is_answer,
                text: Personal::new(text),
                at: Timestamp::from_unix_ms(at),
            })
        });
        messages.collect()
    }

    /// Closes a thread without an answer; false when it is gone or closed.
    pub async fn close_thread(&self, id: EntryId, now: Timestamp) -> Result<bool, StoreError> {
        let closed = execute!(
            self.db,
            "UPDATE support_threads SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL",
            id.to_string(),
            now.unix_ms(),
        )?;
        Ok(closed > 0)
    }

    /// Deletes a thread with all that it says, to the last byte; false when it is gone.
    pub async fn delete_thread(&self, id: EntryId) -> Result<bool, StoreError> {
        let deleted = execute!(
            self.db,
            "DELETE FROM support_threads WHERE id = $1",
            id.to_string(),
        )?;
        self.empty_log().await?;
        Ok(deleted > 0)
    }
}
