//! The outbox of mails. A sent mail is deleted; one that can't be sent waits for its next turn until its time is over.

use base::{AccountId, EntryId, Personal, Timestamp};

use super::fits;
use crate::db::{execute, execute_returning, fetch, fetch_one, fetch_optional, transaction};
use crate::sealed::{Place, Sealer};
use crate::{BATCH_MAX, Store, StoreError};

/// Mails that may wait at once.
pub const MAILS_MAX: u32 = 10_000;

const SEALED_LETTER: &str = "mails.sealed_letter";

/// Whether a mail stays once it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stays {
    Yes,
    No,
}

/// A mail that is about to wait.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// Its name.
    pub id: EntryId,
    /// To whose account it is; none for whoever has none.
    pub account: Option<AccountId>,
    /// Which of the closed list of letters it is.
    pub template: String,
    /// In which language.
    pub language: String,
    /// Recipient and what the text is made of, as JSON.
    pub letter: Personal<String>,
    /// When it was written. Its first turn is at once.
    pub created_at: Timestamp,
    /// When it is no use any more.
    pub expires_at: Timestamp,
}

/// A mail that waits.
#[derive(Clone, Debug)]
pub struct MailRow {
    /// Its name.
    pub id: EntryId,
    /// To whose account it is; none for whoever has none.
    pub account: Option<AccountId>,
    /// Which of the closed list of letters it is.
    pub template: String,
    /// In which language.
    pub language: String,
    /// Recipient and what the text is made of, as JSON.
    pub letter: Personal<String>,
    /// How often it was tried to send it, the turn under way included.
    pub attempts: u32,
    /// When its next turn is.
    pub next_at: Timestamp,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it is no use any more.
    pub expires_at: Timestamp,
}

type Columns = (
    String,
    Option<String>,
    String,
    String,
    Vec<u8>,
    i64,
    i64,
    i64,
    i64,
);

impl Store {
    fn mail_row(&self, columns: Columns) -> Result<MailRow, StoreError> {
        let (id, account, template, language, sealed, attempts, next, created, expires) = columns;
        let letter = self.sealer.open(place(&id), &sealed)?;
        let account = account.map(|account| account.parse()).transpose();
        Ok(MailRow {
            id: fits("mails.id", id.parse())?,
            account: fits("mails.account_id", account)?,
            template,
            language,
            letter: Personal::new(fits(SEALED_LETTER, String::from_utf8(letter))?),
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
            next_at: Timestamp::from_unix_ms(next),
            created_at: Timestamp::from_unix_ms(created),
            expires_at: Timestamp::from_unix_ms(expires),
        })
    }

    /// Puts a mail into the outbox; false when it holds as many as it may.
    pub async fn put_mail(&self, mail: &NewMail) -> Result<bool, StoreError> {
        self.write_mail(mail, Stays::Yes).await
    }

    /// Does what [`Store::put_mail`] does and keeps nothing of it, so that both take as long.
    pub async fn put_mail_for_nobody(&self, mail: &NewMail) -> Result<(), StoreError> {
        self.write_mail(mail, Stays::No).await.map(|_| ())
    }

    async fn write_mail(&self, mail: &NewMail, stays: Stays) -> Result<bool, StoreError> {
        let id = mail.id.to_string();
        let account = mail.account.map(|account| account.to_string());
        let sealed = sealed(&self.sealer, mail)?;
        let inserted = transaction!(self.db, |open| {
            let inserted = sqlx::query(
                "INSERT INTO mails (id, account_id, template, language, sealed_letter, attempts, next_at, created_at,
                                    expires_at)
                 SELECT $1, $2, $3, $4, $5, 0, $6, $6, $7 WHERE (SELECT COUNT(*) FROM mails) < $8",
            )
            .bind(&id)
            .bind(&account)
            .bind(&mail.template)
            .bind(&mail.language)
            .bind(&sealed)
            .bind(mail.created_at.unix_ms())
            .bind(mail.expires_at.unix_ms())
            .bind(i64::from(MAILS_MAX))
            .execute(&mut *open)
            .await?
            .rows_affected();
            // Another name deletes nothing and takes as long.
            let gone = match stays {
                Stays::Yes => "",
                Stays::No => id.as_str(),
            };
            sqlx::query("DELETE FROM mails WHERE id = $1")
                .bind(gone)
                .execute(&mut *open)
                .await?;
            inserted
        });
        Ok(inserted > 0)
    }

    /// Takes up to `limit` mails whose turn has come, the longest waiting first. Nobody else gets them before `until`,
    /// so that whoever dies while sending only delays them.
    pub async fn take_due_mails(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<MailRow>, StoreError> {
        // The outer condition is checked again when another node takes the same row first.
        let rows = execute_returning!(
            self.db,
            Columns,
            "UPDATE mails SET attempts = attempts + 1, next_at = $2
             WHERE next_at <= $1 AND expires_at > $1 AND id IN
               (SELECT id FROM mails WHERE next_at <= $1 AND expires_at > $1 ORDER BY next_at LIMIT $3)
             RETURNING id, account_id, template, language, sealed_letter, attempts, next_at, created_at, expires_at",
            now.unix_ms(),
            until.unix_ms(),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        rows.into_iter()
            .map(|columns| self.mail_row(columns))
            .collect()
    }

    /// Says when the next turn of a mail is; false when it is gone.
    pub async fn put_off_mail(&self, id: EntryId, next_at: Timestamp) -> Result<bool, StoreError> {
        let changed = execute!(
            self.db,
            "UPDATE mails SET next_at = $2 WHERE id = $1",
            id.to_string(),
            next_at.unix_ms(),
        )?;
        Ok(changed > 0)
    }

    /// Deletes a mail: it was sent, or will never be. False when it is gone.
    pub async fn delete_mail(&self, id: EntryId) -> Result<bool, StoreError> {
        let deleted = execute!(self.db, "DELETE FROM mails WHERE id = $1", id.to_string(),)?;
        Ok(deleted > 0)
    }

    /// The mail called `id`.
    pub async fn mail(&self, id: EntryId) -> Result<Option<MailRow>, StoreError> {
        fetch_optional!(
            self.db,
            Columns,
            "SELECT id, account_id, template, language, sealed_letter, attempts, next_at, created_at, expires_at
             FROM mails WHERE id = $1",
            id.to_string(),
        )?
        .map(|columns| self.mail_row(columns))
        .transpose()
    }

    /// Up to `limit` mails that wait, the newest first.
    pub async fn mails(&self, limit: u32) -> Result<Vec<MailRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT id, account_id, template, language, sealed_letter, attempts, next_at, created_at, expires_at
             FROM mails ORDER BY created_at DESC, id LIMIT $1",
            i64::from(limit.min(BATCH_MAX)),
        )?;
        rows.into_iter()
            .map(|columns| self.mail_row(columns))
            .collect()
    }

    /// How many mails wait.
    pub async fn mail_count(&self) -> Result<u64, StoreError> {
        let (count,) = fetch_one!(self.db, (i64,), "SELECT COUNT(*) FROM mails")?;
        Ok(count.unsigned_abs())
    }
}

/// Puts mails into the outbox within an open transaction. Each comes with what it tells, sealed.
macro_rules! write_mails {
    ($open:ident, $mails:expr) => {
        for (mail, letter) in $mails {
            sqlx::query(
                "INSERT INTO mails (id, account_id, template, language, sealed_letter, attempts, next_at, created_at,
                                    expires_at)
                 VALUES ($1, $2, $3, $4, $5, 0, $6, $6, $7)",
            )
            .bind(mail.id.to_string())
            .bind(mail.account.map(|account| account.to_string()))
            .bind(&mail.template)
            .bind(&mail.language)
            .bind(letter.as_slice())
            .bind(mail.created_at.unix_ms())
            .bind(mail.expires_at.unix_ms())
            .execute(&mut *$open)
            .await?;
        }
    };
}

pub(crate) use write_mails;

/// Each mail with what it tells, sealed for its row.
pub(crate) fn all_sealed<'a>(
    sealer: &Sealer,
    mails: &'a [NewMail],
) -> Result<Vec<(&'a NewMail, Vec<u8>)>, StoreError> {
    let sealed = mails.iter().map(|mail| Ok((mail, sealed(sealer, mail)?)));
    sealed.collect()
}

/// What a mail tells, sealed for its row.
fn sealed(sealer: &Sealer, mail: &NewMail) -> Result<Vec<u8>, StoreError> {
    let id = mail.id.to_string();
    sealer.seal(place(&id), mail.letter.expose().as_bytes())
}

const fn place(mail: &str) -> Place<'_> {
    Place {
        column: SEALED_LETTER,
        row: mail,
    }
}
