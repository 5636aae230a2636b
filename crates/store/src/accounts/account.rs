//! Accounts: who has one, and how they want it.

use account::{Country, EmailAddress, HistoryDays, Rank, SpentProof, UserName};
use base::{AccountId, AvatarId, Personal, Secret, Timestamp};

use super::fits;
use super::identity::{self, NewIdentity};
use super::looked_at::forget_looked_at;
use super::passkey::{self, NewPasskey};
use super::proof;
use crate::db::{execute, fetch, fetch_optional, transaction};
use crate::{BATCH_MAX, Store, StoreError};

/// An account that is about to be, with what its owner will sign in by.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its permanent name.
    pub id: AccountId,
    /// The address that its owner has proved; none for who came by an upstream that told none.
    pub email: Option<EmailAddress>,
    /// What its owner may do here.
    pub rank: Rank,
    /// The language of pages and mails, as a tag.
    pub language: Option<String>,
    /// The version of the policy and the terms that was agreed to.
    pub agreed_version: String,
    /// The hash of the password, when one was chosen.
    pub password_hash: Option<Secret<String>>,
    /// The passkey that it was made with.
    pub passkey: Option<NewPasskey>,
    /// The upstream that it was made by.
    pub identity: Option<NewIdentity>,
    /// The invitation that it uses up.
    pub invitation: Option<SpentProof>,
    /// When.
    pub created_at: Timestamp,
}

/// What became of a new account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Creation {
    /// It is kept.
    Created,
    /// Another account has this address.
    EmailTaken,
    /// Another account has this passkey, or is this one at the upstream.
    WayInTaken,
    /// Another account was made by this invitation.
    InvitationUsed,
}

/// What a person may change of their account at any time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// How others see them.
    pub user_name: Option<UserName>,
    /// The language of pages and mails, as a tag.
    pub language: Option<String>,
    /// Where they say they live.
    pub country: Option<Personal<Country>>,
    /// How pages look.
    pub theme: Option<String>,
    /// How long looked-at links are kept.
    pub history_days: HistoryDays,
}

/// An account as it is kept.
#[derive(Clone, Debug)]
pub struct AccountRow {
    /// Its permanent name.
    pub id: AccountId,
    /// The address of its owner, for its owner's eyes.
    pub email: Option<EmailAddress>,
    /// What its owner may do here.
    pub rank: Rank,
    /// What its owner may change at any time.
    pub profile: Profile,
    /// Its picture.
    pub avatar: Option<AvatarId>,
    /// The version of the policy and the terms that was agreed to.
    pub agreed_version: String,
    /// When that was.
    pub agreed_at: Timestamp,
    /// Since when it is stored and used for nothing.
    pub restricted_at: Option<Timestamp>,
    /// Since when an operator has locked it.
    pub locked_at: Option<Timestamp>,
    /// When it will be erased.
    pub erase_at: Option<Timestamp>,
    /// When it came to be.
    pub created_at: Timestamp,
    /// Counts changes of this row, from 1; a change names the version it was decided on.
    pub version: i64,
}

/// What became of a change that others may stand in the way of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It took effect.
    Changed,
    /// Another account has this name or address.
    Taken,
    /// The account is gone or was changed meanwhile: read it again and decide anew.
    Stale,
}

/// The columns of an account in the order of every SELECT below.
type Columns = (
    String,
    Option<String>,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    i64,
    Option<String>,
    String,
    i64,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    i64,
    i64,
);

impl TryFrom<Columns> for AccountRow {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        let (
            id,
            email,
            rank,
            user_name,
            language,
            country,
            theme,
            history_days,
            avatar,
            agreed,
            agreed_at,
            ..,
        ) = columns;
        let (.., restricted, locked, erase, created, version) = columns;
        let email = email.map(|email| EmailAddress::parse(&email));
        let user_name = user_name.map(|name| UserName::parse(&name));
        let country = country.map(|country| Country::parse(&country));
        Ok(Self {
            id: fits("accounts.id", id.parse())?,
            email: fits("accounts.email", email.transpose())?,
            rank: fits("accounts.rank", rank.parse())?,
            profile: Profile {
                user_name: fits("accounts.user_name", user_name.transpose())?,
                language,
                country: fits("accounts.country", country.transpose())?.map(Personal::new),
                theme,
                history_days: fits("accounts.history_days", history_days.try_into())?,
            },
            avatar: fits(
                "account_avatars.id",
                avatar.map(|id| id.parse()).transpose(),
            )?,
            agreed_version: agreed,
            agreed_at: Timestamp::from_unix_ms(agreed_at),
            restricted_at: restricted.map(Timestamp::from_unix_ms),
            locked_at: locked.map(Timestamp::from_unix_ms),
            erase_at: erase.map(Timestamp::from_unix_ms),
            created_at: Timestamp::from_unix_ms(created),
            version,
        })
    }
}

impl Store {
    /// Keeps a new account and what it is signed in to by, or nothing of it.
    pub async fn create_account(&self, new: &NewAccount) -> Result<Creation, StoreError> {
        match self.insert_account(new).await {
            Err(StoreError::Duplicate) => Ok(Creation::WayInTaken),
            made => made,
        }
    }

    /// What returns from the transaction leaves no trace: an invitation is used up only by the account that it makes.
    async fn insert_account(&self, new: &NewAccount) -> Result<Creation, StoreError> {
        let id = new.id.to_string();
        let sealed = match &new.identity {
            Some(identity) => identity.sealed(self)?,
            None => None,
        };
        transaction!(self.db, |open| {
            if let Some(invitation) = &new.invitation
                && !proof::spend!(open, invitation.hash, invitation.ends)
            {
                return Ok(Creation::InvitationUsed);
            }
            let inserted = sqlx::query(
                "INSERT INTO accounts (id, email, email_folded, rank, language, agreed_version, agreed_ordinal, agreed_at,
                                       created_at, version)
                 VALUES ($1, $2, $3, $4, $5, $6,
                         COALESCE((SELECT MAX(ordinal) FROM policies WHERE policies.version = $6),
                                  (SELECT MAX(ordinal) FROM policies), 0),
                         $7, $7, 1)
                 ON CONFLICT (email_folded) DO NOTHING",
            )
            .bind(&id)
            .bind(new.email.as_ref().map(EmailAddress::as_typed))
            .bind(new.email.as_ref().map(EmailAddress::folded))
            .bind(new.rank.as_str())
            .bind(&new.language)
            .bind(&new.agreed_version)
            .bind(new.created_at.unix_ms())
            .execute(&mut *open)
            .await?
            .rows_affected();
            if inserted == 0 {
                return Ok(Creation::EmailTaken);
            }
            if let Some(hash) = &new.password_hash {
                sqlx::query("INSERT INTO account_passwords (account_id, hash, changed_at) VALUES ($1, $2, $3)")
                    .bind(&id)
                    .bind(hash.expose())
                    .bind(new.created_at.unix_ms())
                    .execute(&mut *open)
                    .await?;
            }
            if let Some(passkey) = &new.passkey {
                passkey::insert!(open, &id, passkey);
            }
            if let Some(identity) = &new.identity {
                identity::insert!(open, &id, identity, &sealed);
            }
            Ok(Creation::Created)
        })
    }

    /// The account called `id`.
    pub async fn account(&self, id: AccountId) -> Result<Option<AccountRow>, StoreError> {
        fetch_optional!(
            self.db,
            Columns,
            "SELECT a.id, a.email, a.rank, a.user_name, a.language, a.country, a.theme, a.history_days, v.id,
                    a.agreed_version, a.agreed_at, a.restricted_at, a.locked_at, a.erase_at, a.created_at, a.version
             FROM accounts AS a LEFT JOIN account_avatars AS v ON v.account_id = a.id WHERE a.id = $1",
            id.to_string(),
        )?
        .map(AccountRow::try_from)
        .transpose()
    }

    /// The account whose address folds to the same as `email`.
    pub async fn account_by_email(
        &self,
        email: &EmailAddress,
    ) -> Result<Option<AccountRow>, StoreError> {
        fetch_optional!(
            self.db,
            Columns,
            "SELECT a.id, a.email, a.rank, a.user_name, a.language, a.country, a.theme, a.history_days, v.id,
                    a.agreed_version, a.agreed_at, a.restricted_at, a.locked_at, a.erase_at, a.created_at, a.version
             FROM accounts AS a LEFT JOIN account_avatars AS v ON v.account_id = a.id WHERE a.email_folded = $1",
            email.folded(),
        )?
        .map(AccountRow::try_from)
        .transpose()
    }

    /// Up to `limit` accounts after the one called `after`, in the order in which they came to be.
    pub async fn accounts(
        &self,
        after: Option<AccountId>,
        limit: u32,
    ) -> Result<Vec<AccountRow>, StoreError> {
        let rows = fetch!(
            fetch_all,
            self.db,
            Columns,
            "SELECT a.id, a.email, a.rank, a.user_name, a.language, a.country, a.theme, a.history_days, v.id,
                    a.agreed_version, a.agreed_at, a.restricted_at, a.locked_at, a.erase_at, a.created_at, a.version
             FROM accounts AS a LEFT JOIN account_avatars AS v ON v.account_id = a.id
             WHERE a.id > $1 ORDER BY a.id LIMIT $2",
            after.map_or_else(String::new, |id| id.to_string()),
            i64::from(limit.min(BATCH_MAX)),
        )?;
        rows.into_iter().map(AccountRow::try_from).collect()
    }

    /// Writes what a person may change, if the account still has `version`. No two user names fold to the same.
    pub async fn update_profile(
        &self,
        id: AccountId,
        version: i64,
        profile: &Profile,
    ) -> Result<Change, StoreError> {
        let written = self.write_profile(id, version, profile, None).await;
        of_rows(written.map(|(changed, _)| changed))
    }

    /// The same where its person has chosen how long their history is kept: what they looked at longer before `now` is
    /// forgotten with it, but not while it is only kept (GDPR, Article 18); who wants no history has none.
    pub async fn update_profile_and_history(
        &self,
        id: AccountId,
        version: i64,
        profile: &Profile,
        now: Timestamp,
    ) -> Result<Change, StoreError> {
        let written = self.write_profile(id, version, profile, Some(now)).await;
        if let Ok((_, 1..)) = written {
            self.empty_log_if_free().await;
        }
        of_rows(written.map(|(changed, _)| changed))
    }

    /// Gives how many accounts were changed, and how many pages forgotten.
    async fn write_profile(
        &self,
        id: AccountId,
        version: i64,
        profile: &Profile,
        forgets_at: Option<Timestamp>,
    ) -> Result<(u64, u64), StoreError> {
        let id = id.to_string();
        let name = profile.user_name.as_ref();
        let country = profile.country.as_ref();
        transaction!(self.db, |open| {
            let changed = sqlx::query(
                "UPDATE accounts SET user_name = $3, user_name_folded = $4, language = $5, country = $6, theme = $7,
                                     history_days = $8, version = version + 1
                 WHERE id = $1 AND version = $2",
            )
            .bind(&id)
            .bind(version)
            .bind(name.map(UserName::as_str))
            .bind(name.map(UserName::folded))
            .bind(profile.language.as_deref())
            .bind(country.map(|country| country.expose().as_str()))
            .bind(profile.theme.as_deref())
            .bind(profile.history_days.days())
            .execute(&mut *open)
            .await?
            .rows_affected();
            let forgotten = match forgets_at {
                Some(now) if changed > 0 => forget_looked_at!(open, &id, now),
                _ => 0,
            };
            Ok((changed, forgotten))
        })
    }

    /// Gives the account another address, which its owner has proved, if it still has `version`. What was sent to the
    /// old one opens nothing any more.
    pub async fn set_email(
        &self,
        id: AccountId,
        version: i64,
        email: &EmailAddress,
    ) -> Result<Change, StoreError> {
        of_rows(self.replace_email(&id.to_string(), version, email).await)
    }

    async fn replace_email(
        &self,
        id: &str,
        version: i64,
        email: &EmailAddress,
    ) -> Result<u64, StoreError> {
        transaction!(self.db, |open| {
            let changed = sqlx::query(
                "UPDATE accounts SET email = $3, email_folded = $4, version = version + 1
                 WHERE id = $1 AND version = $2",
            )
            .bind(id)
            .bind(version)
            .bind(email.as_typed())
            .bind(email.folded())
            .execute(&mut *open)
            .await?
            .rows_affected();
            if changed > 0 {
                sqlx::query(
                    "DELETE FROM tickets WHERE account_id = $1 AND kind IN ('reset', 'sign-in-code', 'confirm')",
                )
                .bind(id)
                .execute(&mut *open)
                .await?;
            }
            Ok(changed)
        })
    }

    /// Says anew which version of the policy and the terms was agreed to; false when the account is gone.
    pub async fn set_agreed(
        &self,
        id: AccountId,
        agreed_version: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let changed = execute!(
            self.db,
            "UPDATE accounts SET agreed_version = $2, agreed_at = $3, version = version + 1,
                    agreed_ordinal = COALESCE((SELECT MAX(ordinal) FROM policies WHERE policies.version = $2),
                                              (SELECT MAX(ordinal) FROM policies), 0)
             WHERE id = $1",
            id.to_string(),
            agreed_version,
            now.unix_ms(),
        )?;
        Ok(changed > 0)
    }
}

fn of_rows(changed: Result<u64, StoreError>) -> Result<Change, StoreError> {
    match changed {
        Ok(0) => Ok(Change::Stale),
        Ok(_) => Ok(Change::Changed),
        Err(StoreError::Duplicate) => Ok(Change::Taken),
        Err(error) => Err(error),
    }
}
