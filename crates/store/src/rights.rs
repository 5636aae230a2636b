//! What shows that people's rights are kept: requests, objections and consents.

use base::{AccountId, ConsentId, Personal, RequestId, Timestamp};
use privacy::RequestKind;

use crate::accounts::{all_sealed, hold_account, write_mails};
use crate::db::{execute, fetch, fetch_one, fetch_optional, transaction};
use crate::{MAILS_MAX, NewMail, Store, StoreError};

/// Choices that are kept of each matter of a member, the latest: what they see of them.
pub const CHOICES_KEPT_MAX: u32 = 20;

/// Something that somebody asked for and must be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestRow {
    /// Its name.
    pub id: RequestId,
    /// Whose, where they have an account.
    pub account: Option<AccountId>,
    /// What was asked for.
    pub kind: RequestKind,
    /// What the person wrote about it, until it is answered.
    pub message: Option<Personal<String>>,
    /// Where the answer goes, for those without an account.
    pub contact: Option<Personal<String>>,
    /// When.
    pub asked_at: Timestamp,
    /// When whoever asks was found to be who they say.
    pub checked_at: Option<Timestamp>,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// How.
    pub outcome: Option<String>,
}

/// What became of a request. One that is not kept has sent no letter either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It waits for its answer, and its letter in the outbox.
    Done,
    /// The account is gone.
    NoAccount,
    /// As many wait as may, or the outbox has no room for the letter.
    NoRoom,
}

/// Something that was allowed or refused once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentRow {
    /// What it is about.
    pub matter: String,
    /// Allowed, or refused.
    pub is_given: bool,
    /// When.
    pub made_at: Timestamp,
}

/// The columns of `requests` in the order of every SELECT below.
type RequestColumns = (
    String,
    Option<String>,
    String,
    Option<String>,
    Option<String>,
    i64,
    Option<i64>,
    Option<i64>,
    Option<String>,
);

impl TryFrom<RequestColumns> for RequestRow {
    type Error = StoreError;

    fn try_from(columns: RequestColumns) -> Result<Self, StoreError> {
        let (id, account, kind, message, contact, asked, checked, answered, outcome) = columns;
        let damaged = |_| StoreError::Corrupt("a request has an unreadable id".to_owned());
        Ok(Self {
            id: id.parse().map_err(damaged)?,
            account: account.map(|id| id.parse()).transpose().map_err(damaged)?,
            kind: kind
                .parse()
                .map_err(|_| StoreError::Corrupt("a request is of an unknown kind".to_owned()))?,
            message: message.map(Personal::new),
            contact: contact.map(Personal::new),
            asked_at: Timestamp::from_unix_ms(asked),
            checked_at: checked.map(Timestamp::from_unix_ms),
            answered_at: answered.map(Timestamp::from_unix_ms),
            outcome,
        })
    }
}

impl Store {
    /// Keeps a request; false when `waiting_max` of the same account, or of all without one, wait for their answer already,
    /// or it is gone.
    pub async fn insert_request(
        &self,
        request: &RequestRow,
        waiting_max: u32,
    ) -> Result<bool, StoreError> {
        let asked = self.keep_request(request, waiting_max, None).await?;
        Ok(asked == Asked::Done)
    }

    /// Keeps a request that came by mail, however many wait, with the letter that asks its sender: both or neither.
    pub async fn take_in_request(
        &self,
        request: &RequestRow,
        letter: &NewMail,
    ) -> Result<Asked, StoreError> {
        self.keep_request(request, u32::MAX, Some(letter)).await
    }

    async fn keep_request(
        &self,
        request: &RequestRow,
        waiting_max: u32,
        letter: Option<&NewMail>,
    ) -> Result<Asked, StoreError> {
        let account = request.account.map(|id| id.to_string());
        let mails = all_sealed(&self.sealer, letter.map_or(&[], std::slice::from_ref))?;
        let kept = transaction!(self.db, |open| {
            if let Some(account) = &account
                && !hold_account!(open, account)
            {
                return Ok(Asked::NoAccount);
            }
            let kept = sqlx::query(
                "INSERT INTO requests (id, account_id, kind, message, contact, asked_at, checked_at, answered_at, outcome)
                 SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
                 WHERE (SELECT COUNT(*) FROM requests WHERE answered_at IS NULL AND COALESCE(account_id, '') = $11) < $10
                   AND ($12 = 0 OR (SELECT COUNT(*) FROM mails) + $12 <= $13)",
            )
            .bind(request.id.to_string())
            .bind(&account)
            .bind(request.kind.as_str())
            .bind(request.message.as_ref().map(|it| it.expose().as_str()))
            .bind(request.contact.as_ref().map(|it| it.expose().as_str()))
            .bind(request.asked_at.unix_ms())
            .bind(request.checked_at.map(Timestamp::unix_ms))
            .bind(request.answered_at.map(Timestamp::unix_ms))
            .bind(request.outcome.as_deref())
            .bind(i64::from(waiting_max))
            .bind(account.as_deref().unwrap_or_default())
            .bind(mails.len() as i64)
            .bind(i64::from(MAILS_MAX))
            .execute(&mut *open)
            .await?
            .rows_affected();
            if kept > 0 {
                write_mails!(open, &mails);
            }
            kept > 0
        });
        Ok(match kept {
            true => Asked::Done,
            false => Asked::NoRoom,
        })
    }

    /// Whether an account has asked for this, in these words, and waits for the answer.
    pub async fn waits_for(
        &self,
        account: AccountId,
        kind: RequestKind,
        message: &str,
    ) -> Result<bool, StoreError> {
        let (waiting,) = fetch_one!(
            self.db,
            (i64,),
            "SELECT COUNT(*) FROM requests WHERE account_id = $1 AND kind = $2 AND message = $3 AND answered_at IS NULL",
            account.to_string(),
            kind.as_str(),
            message,
        )?;
        Ok(waiting > 0)
    }

    /// Up to `limit` requests after the first `passed`: those without an answer first, of these what is about a child, then
    /// the oldest.
    pub async fn requests(&self, passed: u32, limit: u32) -> Result<Vec<RequestRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            RequestColumns,
            "SELECT id, account_id, kind, message, contact, asked_at, checked_at, answered_at, outcome FROM requests
             ORDER BY CASE WHEN answered_at IS NOT NULL THEN 2 WHEN kind = 'child' THEN 0 ELSE 1 END, asked_at, id
             LIMIT $1 OFFSET $2",
            i64::from(limit),
            i64::from(passed),
        )?;
        rows.into_iter().map(RequestRow::try_from).collect()
    }

    /// Up to `limit` requests of an account, the latest first.
    pub async fn requests_of(
        &self,
        account: AccountId,
        limit: u32,
    ) -> Result<Vec<RequestRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            RequestColumns,
            "SELECT id, account_id, kind, message, contact, asked_at, checked_at, answered_at, outcome FROM requests
             WHERE account_id = $1 ORDER BY asked_at DESC, id DESC LIMIT $2",
            account.to_string(),
            i64::from(limit),
        )?;
        rows.into_iter().map(RequestRow::try_from).collect()
    }

    /// The request called `id`.
    pub async fn request(&self, id: RequestId) -> Result<Option<RequestRow>, StoreError> {
        fetch_optional!(
            self.db,
            RequestColumns,
            "SELECT id, account_id, kind, message, contact, asked_at, checked_at, answered_at, outcome FROM requests
             WHERE id = $1",
            id.to_string(),
        )?
        .map(RequestRow::try_from)
        .transpose()
    }

    /// Notes that whoever asked was found to be who they say; false when that is known, or there is no such request.
    pub async fn check_request(&self, id: RequestId, now: Timestamp) -> Result<bool, StoreError> {
        let changed = execute!(
            self.db,
            "UPDATE requests SET checked_at = $2 WHERE id = $1 AND checked_at IS NULL AND answered_at IS NULL",
            id.to_string(),
            now.unix_ms(),
        )?;
        Ok(changed > 0)
    }

    /// The purposes that an account has objected to, each with the moment.
    pub async fn objections(
        &self,
        account: AccountId,
    ) -> Result<Vec<(String, Timestamp)>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String, i64),
            "SELECT purpose, made_at FROM objections WHERE account_id = $1 ORDER BY purpose",
            account.to_string(),
        )?;
        let rows = rows.into_iter();
        Ok(rows
            .map(|(purpose, at)| (purpose, Timestamp::from_unix_ms(at)))
            .collect())
    }

    /// Keeps that an account objects to a purpose.
    pub async fn object(
        &self,
        account: AccountId,
        purpose: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        execute!(
            self.db,
            "INSERT INTO objections (account_id, purpose, made_at) VALUES ($1, $2, $3)
             ON CONFLICT (account_id, purpose) DO NOTHING",
            account.to_string(),
            purpose,
            now.unix_ms(),
        )?;
        Ok(())
    }

    /// Takes an objection back.
    pub async fn withdraw_objection(
        &self,
        account: AccountId,
        purpose: &str,
    ) -> Result<(), StoreError> {
        execute!(
            self.db,
            "DELETE FROM objections WHERE account_id = $1 AND purpose = $2",
            account.to_string(),
            purpose,
        )?;
        Ok(())
    }

    /// Keeps that an account has allowed or refused something, with the latest of what it chose of the same matter before.
    pub async fn insert_consent(
        &self,
        id: ConsentId,
        account: AccountId,
        consent: &ConsentRow,
    ) -> Result<(), StoreError> {
        let account = account.to_string();
        transaction!(self.db, |open| {
            sqlx::query("INSERT INTO consents (id, account_id, matter, is_given, made_at) VALUES ($1, $2, $3, $4, $5)")
                .bind(id.to_string())
                .bind(&account)
                .bind(&consent.matter)
                .bind(consent.is_given)
                .bind(consent.made_at.unix_ms())
                .execute(&mut *open)
                .await?;
            sqlx::query(
                "DELETE FROM consents WHERE account_id = $1 AND matter = $2 AND id NOT IN
                   (SELECT id FROM consents WHERE account_id = $1 AND matter = $2 ORDER BY made_at DESC, id DESC LIMIT $3)",
            )
            .bind(&account)
            .bind(&consent.matter)
            .bind(i64::from(CHOICES_KEPT_MAX))
            .execute(&mut *open)
            .await?;
        });
        Ok(())
    }

    /// What an account has allowed and refused, the latest first.
    pub async fn consents(&self, account: AccountId) -> Result<Vec<ConsentRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            (String, bool, i64),
            "SELECT matter, is_given, made_at FROM consents WHERE account_id = $1 ORDER BY made_at DESC, id DESC",
            account.to_string(),
        )?;
        let rows = rows.into_iter();
        Ok(rows
            .map(|(matter, is_given, made_at)| ConsentRow {
                matter,
                is_given,
                made_at: Timestamp::from_unix_ms(made_at),
            })
            .collect())
    }
}
