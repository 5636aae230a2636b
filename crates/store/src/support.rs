//! What people wrote to whoever runs the installation, and the answers.

use account::EmailAddress;
use base::{AccountId, EntryId, Personal, Timestamp};

use crate::accounts::{all_sealed, hold_account, write_mails};
use crate::db::{execute, fetch, fetch_optional, transaction};
use crate::{BATCH_MAX, MAILS_MAX, NewMail, Store, StoreError};

/// Threads of guests that wait for an answer at once. They are no bound for members.
pub const GUEST_THREADS_MAX: u32 = 1_000;
/// Threads of one member that wait for an answer at once.
pub const MEMBER_THREADS_MAX: u32 = 5;
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
    /// When it began, or was opened again.
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

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is kept.
    Kept,
    /// The thread is gone, or holds as much as it may.
    NoRoom,
    /// It would open the thread again, and as many of its member, or of guests, wait as may.
    TooManyWait {
        /// Whose thread it is.
        account: Option<AccountId>,
    },
    /// The outbox has no room for the letter.
    OutboxFull,
}

/// As many threads as may wait, of a member or of all guests together.
const fn waiting_max(account: Option<AccountId>) -> u32 {
    match account {
        Some(_) => MEMBER_THREADS_MAX,
        None => GUEST_THREADS_MAX,
    }
}

/// Puts a message into a thread within an open transaction.
macro_rules! write_message {
    ($open:ident, $thread:expr, $message:expr) => {
        sqlx::query(
            "INSERT INTO support_messages (id, thread_id, is_answer, text, at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind($message.id.to_string())
        .bind($thread)
        .bind($message.is_answer)
        .bind($message.text.expose())
        .bind($message.at.unix_ms())
        .execute(&mut *$open)
        .await?;
    };
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
    /// Keeps a new thread with its first message; false when as many of the member, or of guests, wait as may.
    pub async fn open_thread(
        &self,
        thread: &ThreadRow,
        first: &ThreadMessage,
    ) -> Result<bool, StoreError> {
        let id = thread.id.to_string();
        let account = thread.account.map(|account| account.to_string());
        transaction!(self.db, |open| {
            if let Some(account) = &account
                && !hold_account!(open, account)
            {
                return Ok(false);
            }
            let kept = sqlx::query(
                "INSERT INTO support_threads (id, reference, account_id, contact, topic, language, origin, opened_at)
                 SELECT $1, $2, $3, $4, $5, $6, $7, $8
                 WHERE (SELECT COUNT(*) FROM support_threads WHERE closed_at IS NULL AND COALESCE(account_id, '') = $9)
                       < $10",
            )
            .bind(&id)
            .bind(&thread.reference)
            .bind(&account)
            .bind(thread.contact.as_ref().map(EmailAddress::as_typed))
            .bind(&thread.topic)
            .bind(&thread.language)
            .bind(&thread.origin)
            .bind(thread.opened_at.unix_ms())
            .bind(account.as_deref().unwrap_or_default())
            .bind(i64::from(waiting_max(thread.account)))
            .execute(&mut *open)
            .await?
            .rows_affected();
            if kept > 0 {
                write_message!(open, &id, first);
            }
            Ok(kept > 0)
        })
    }

    /// Adds a message, which opens the thread again, or an answer, which closes it and goes out by a letter where there is
    /// one: both are kept or neither is.
    pub async fn add_to_thread(
        &self,
        thread: EntryId,
        message: &ThreadMessage,
        letter: Option<&NewMail>,
    ) -> Result<Added, StoreError> {
        let Some(row) = self.thread(thread).await? else {
            return Ok(Added::NoRoom);
        };
        let id = thread.to_string();
        let account = row.account.map(|account| account.to_string());
        let closed_at = message.is_answer.then_some(message.at.unix_ms());
        let mails = all_sealed(&self.sealer, letter.map_or(&[], std::slice::from_ref))?;
        let held = transaction!(self.db, |open| {
            if let Some(account) = &account
                && !hold_account!(open, account)
            {
                return Ok(Added::NoRoom);
            }
            let held = sqlx::query(
                "UPDATE support_threads
                 SET opened_at = CASE WHEN $2 IS NULL AND closed_at IS NOT NULL THEN $3 ELSE opened_at END,
                     closed_at = $2
                 WHERE id = $1 AND (SELECT COUNT(*) FROM support_messages WHERE thread_id = $1) < $4
                   AND ($2 IS NOT NULL OR closed_at IS NULL
                        OR (SELECT COUNT(*) FROM support_threads AS other
                            WHERE other.closed_at IS NULL AND COALESCE(other.account_id, '') = $5) < $6)
                   AND ($7 = 0 OR (SELECT COUNT(*) FROM mails) + $7 <= $8)",
            )
            .bind(&id)
            .bind(closed_at)
            .bind(message.at.unix_ms())
            .bind(i64::from(THREAD_MESSAGES_MAX))
            .bind(account.as_deref().unwrap_or_default())
            .bind(i64::from(waiting_max(row.account)))
            .bind(mails.len() as i64)
            .bind(i64::from(MAILS_MAX))
            .execute(&mut *open)
            .await?
            .rows_affected();
            if held > 0 {
                write_mails!(open, &mails);
                write_message!(open, &id, message);
            }
            held
        });
        match held > 0 {
            true => Ok(Added::Kept),
            false => self.why_not_added(&row, letter.is_some()).await,
        }
    }

    /// What stood in the way of a message, or of an answer with its letter.
    async fn why_not_added(
        &self,
        thread: &ThreadRow,
        has_letter: bool,
    ) -> Result<Added, StoreError> {
        let messages = self.thread_messages(thread.id).await?.len();
        if !(1..THREAD_MESSAGES_MAX as usize).contains(&messages) {
            return Ok(Added::NoRoom);
        }
        let account = thread.account;
        Ok(match has_letter {
            true => Added::OutboxFull,
            false => Added::TooManyWait { account },
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
        if deleted > 0 {
            self.empty_log_if_free().await;
        }
        Ok(deleted > 0)
    }
}
