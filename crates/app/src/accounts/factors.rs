//! Passwords, the second factor and its recovery codes, as their owner changes them.

use account::{EmailAddress, TicketKind, TotpSecret, recovery};
use base::{AccountId, Secret, TicketId};
use serde::Serialize;
use store::{AccountRow, Removal};
use utoipa::ToSchema;

use super::news::News;
use super::{AccountRefusal, Caller, LiveSession};
use crate::{App, Place};

/// A secret for an authenticator app.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TotpBegun {
    /// What the step is finished with.
    #[schema(value_type = String)]
    pub ticket: TicketId,
    /// The secret, for who types it (RFC 4648 Base32).
    pub secret: String,
    /// The same as an address that apps read from a QR code.
    pub uri: String,
}

/// Codes that each open the account once when the app is lost.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TotpDone {
    /// Ten of them. They are shown this once.
    pub recovery_codes: Vec<String>,
}

/// What somebody's password must not be made of.
pub(super) fn words_of(row: &AccountRow) -> Vec<&str> {
    let address = row.email.as_ref().map(EmailAddress::words);
    let name = row
        .profile
        .user_name
        .as_ref()
        .map(account::UserName::as_str);
    address.into_iter().flatten().chain(name).collect()
}

impl App {
    /// Sets the password and signs every other browser out. Where there is one, `current` must be it.
    pub async fn set_password(
        &self,
        caller: &Caller,
        session: &LiveSession,
        current: Option<Secret<String>>,
        password: Secret<String>,
    ) -> Result<(), AccountRefusal> {
        let row = self.account_row(session.account()).await?;
        let ways = self.inner.store.ways_in(row.id).await;
        if ways
            .map_err(|error| self.account_failure(&error))?
            .has_password
        {
            let current = current.ok_or(AccountRefusal::WrongCredentials)?;
            self.password_fits_again(caller, row.id, current, None)
                .await?;
        }
        let hashing = &self.inner.accounts.hashing;
        hashing.approve(&password, &words_of(&row)).await?;
        let hash = hashing.make(password, self.entropy()).await?;
        let hash = Secret::new(hash.as_str().to_owned());
        let ended = self
            .inner
            .store
            .set_password(row.id, &hash, Some(session.id()), self.now())
            .await
            .map_err(|error| self.account_failure(&error))?;
        let ended = ended.ok_or(AccountRefusal::NotSignedIn)?;
        self.close_sockets_of(&ended);
        self.tell(caller, row.id, News::PasswordChanged).await;
        Ok(())
    }

    /// Removes the password, unless it is the last way in.
    pub async fn remove_password(
        &self,
        caller: &Caller,
        session: &LiveSession,
    ) -> Result<(), AccountRefusal> {
        let account = session.account();
        let removed = self
            .inner
            .store
            .remove_password(account, self.mails_codes())
            .await;
        match removed.map_err(|error| self.account_failure(&error))? {
            Removal::Removed => {
                self.tell(caller, account, News::PasswordRemoved).await;
                Ok(())
            }
            Removal::NotThere => Err(AccountRefusal::NotYours),
            Removal::LastWayIn => Err(AccountRefusal::LastWayIn),
        }
    }

    /// A secret for an authenticator app. It counts once a code of it has come back.
    pub async fn begin_totp(
        &self,
        session: &LiveSession,
        place: &Place,
    ) -> Result<TotpBegun, AccountRefusal> {
        let account = session.account();
        let row = self.account_row(account).await?;
        let secret = TotpSecret::new(self.entropy());
        let kept = Secret::new(secret.as_bytes().to_vec());
        let offered = self.inner.store.offer_totp(account, &kept).await;
        if !offered.map_err(|error| self.account_failure(&error))? {
            return Err(AccountRefusal::TooMany);
        }
        let ticket = self
            .begin_step(TicketKind::Totp, Some(account), &())
            .await?;
        let label = row
            .email
            .as_ref()
            .map_or(place.host.as_str(), EmailAddress::as_typed);
        Ok(TotpBegun {
            ticket,
            secret: secret.base32().expose().clone(),
            uri: secret.uri(&place.host, label).expose().clone(),
        })
    }

    /// A code of the app came back: the second factor counts, and its recovery codes are drawn.
    pub async fn finish_totp(
        &self,
        caller: &Caller,
        session: &LiveSession,
        ticket: TicketId,
        code: &str,
    ) -> Result<TotpDone, AccountRefusal> {
        let account = session.account();
        let step = self.try_step::<()>(TicketKind::Totp, ticket).await?;
        if step.account != Some(account) {
            return Err(AccountRefusal::TicketOver);
        }
        let store = &self.inner.store;
        let failed = |error| self.account_failure(&error);
        let row = store.totp(account).await.map_err(failed)?;
        let row = row.filter(|row| row.confirmed_at.is_none());
        let secret = row.and_then(|row| TotpSecret::from_bytes(row.secret.expose()).ok());
        let secret = secret.ok_or(AccountRefusal::TicketOver)?;
        let used = secret.verify(code, self.now(), 0);
        let used = used.map_err(|_| AccountRefusal::WrongCode)?;
        self.end_step(TicketKind::Totp, ticket).await?;
        let (done, hashes) = self.draw_recovery_codes(account);
        let confirmed = store
            .confirm_totp(account, used, &hashes, self.now())
            .await
            .map_err(failed)?;
        if !confirmed {
            return Err(AccountRefusal::TicketOver);
        }
        self.tell(caller, account, News::TotpAdded).await;
        Ok(done)
    }

    /// Removes the second factor.
    pub async fn remove_totp(
        &self,
        caller: &Caller,
        session: &LiveSession,
    ) -> Result<(), AccountRefusal> {
        let removed = self.inner.store.remove_totp(session.account()).await;
        match removed.map_err(|error| self.account_failure(&error))? {
            true => {
                self.tell(caller, session.account(), News::TotpRemoved)
                    .await;
                Ok(())
            }
            false => Err(AccountRefusal::NotYours),
        }
    }

    /// Ten new recovery codes in place of the old ones.
    pub async fn new_recovery_codes(
        &self,
        caller: &Caller,
        session: &LiveSession,
    ) -> Result<TotpDone, AccountRefusal> {
        let account = session.account();
        let store = &self.inner.store;
        let failed = |error| self.account_failure(&error);
        let has_totp = store.ways_in(account).await.map_err(failed)?.has_totp;
        if !has_totp {
            return Err(AccountRefusal::NotYours);
        }
        let (done, hashes) = self.draw_recovery_codes(account);
        let replaced = store.replace_recovery_codes(account, &hashes).await;
        replaced.map_err(failed)?;
        self.tell(caller, account, News::RecoveryCodesMade).await;
        Ok(done)
    }

    fn draw_recovery_codes(&self, account: AccountId) -> (TotpDone, Vec<[u8; 32]>) {
        let codes = recovery::draw(self.entropy());
        let hash = |code: &Secret<String>| {
            recovery::hash(&account, code.expose())
                .expect("a code that was just drawn has its form")
        };
        let hashes = codes.iter().map(hash).collect();
        let recovery_codes = codes.iter().map(|code| code.expose().clone()).collect();
        (TotpDone { recovery_codes }, hashes)
    }
}
