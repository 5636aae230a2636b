//! Signing in, and proving it again.

use account::{
    Act, AwaitsSecond, FirstProof, PasswordHash, Proof, SecondProof, Standing, TicketKind,
    TotpSecret, recovery,
};
use base::{AccountId, Secret, TicketId};
use outbound::Letter;
use serde::{Deserialize, Serialize};
use store::AccountRow;

use super::news::News;
use super::{
    AccountRefusal, Begun, Caller, Effort, LiveSession, NewSession, RenewedSession, SecondFactor,
    read_email,
};
use crate::App;

/// Where signing in has come to.
pub enum SignIn {
    /// Signed in.
    Done(Box<NewSession>),
    /// A second factor is asked for.
    SecondFactor(SecondFactor),
}

/// What a person behind a session shows to prove again who they are.
pub enum ProofOffered {
    /// Their password, with what was asked for against robots, if anything was.
    Password(Secret<String>, Option<Effort>),
    /// A mailed code.
    Mailed {
        /// The step that it finishes.
        ticket: TicketId,
        /// As it was typed.
        code: String,
    },
    /// A code of their app.
    App(String),
}

/// What is kept of a sign-in by mail. `known` is false for addresses without an account: no code finishes those.
#[derive(Serialize, Deserialize)]
struct ByMail {
    known: bool,
}

impl App {
    /// Signs in by address and password. Says the same, after the same work, for an address that has no account.
    pub async fn sign_in(
        &self,
        caller: &Caller,
        email: &str,
        password: Secret<String>,
        effort: Option<Effort>,
    ) -> Result<SignIn, AccountRefusal> {
        let email = read_email(email)?;
        let act = Act::Password(self.key_of_address(&email));
        self.admit(caller, act, effort.as_ref()).await?;
        let store = &self.inner.store;
        let failed = |error| self.account_failure(&error);
        let row = store.account_by_email(&email).await.map_err(failed)?;
        let asked = row.as_ref().map_or_else(|| nobody(self), |row| row.id);
        let hash = store.password_hash(asked).await.map_err(failed)?;
        let read = hash
            .as_ref()
            .map(|hash| PasswordHash::read(hash.expose().clone()));
        let fits = self
            .inner
            .accounts
            .hashing
            .fits(password.clone(), read.and_then(Result::ok))
            .await?;
        let (Some(row), Some(hash), true) = (row, hash, fits) else {
            return Err(AccountRefusal::WrongCredentials);
        };
        self.succeeded(caller, act);
        let sign_in = self.first_proof(caller, &row, FirstProof::Password).await?;
        // Another password may have been set while this one was looked at, which ended only what was there by then.
        let now_set = store.password_hash(row.id).await.map_err(failed)?;
        if now_set.as_ref() != Some(&hash) {
            self.take_back(&sign_in).await?;
            return Err(AccountRefusal::WrongCredentials);
        }
        self.renew_hash(row.id, password, hash).await;
        Ok(sign_in)
    }

    /// Ends what a sign-in has begun.
    async fn take_back(&self, sign_in: &SignIn) -> Result<(), AccountRefusal> {
        match sign_in {
            SignIn::Done(session) => match self.session(&session.token).await? {
                Some(live) => self.sign_out(&live).await,
                None => Ok(()),
            },
            SignIn::SecondFactor(step) => {
                let (store, kind) = (&self.inner.store, TicketKind::SecondFactor);
                let ended = store.finish_ticket(step.ticket, kind, self.now()).await;
                ended.map_err(|error| self.account_failure(&error))?;
                Ok(())
            }
        }
    }

    /// Goes on after a first proof that was right.
    pub(crate) async fn first_proof(
        &self,
        caller: &Caller,
        row: &AccountRow,
        first: FirstProof,
    ) -> Result<SignIn, AccountRefusal> {
        let ways = self.inner.store.ways_in(row.id).await;
        let ways = ways.map_err(|error| self.account_failure(&error))?;
        let standing = Standing {
            is_locked: row.locked_at.is_some(),
            has_totp: ways.has_totp,
        };
        match account::SignIn::begin(first, standing) {
            account::SignIn::Locked => Err(AccountRefusal::Locked),
            account::SignIn::Signed(proof) => {
                let session = self.start_session(caller, row.id, proof).await?;
                Ok(SignIn::Done(Box::new(session)))
            }
            account::SignIn::NeedsSecondFactor(awaits) => {
                let ticket = self
                    .begin_step(TicketKind::SecondFactor, Some(row.id), &awaits.as_str())
                    .await?;
                let kinds = match ways.recovery_codes_left {
                    0 => vec!["totp"],
                    _ => vec!["totp", "recovery"],
                };
                Ok(SignIn::SecondFactor(SecondFactor { ticket, kinds }))
            }
        }
    }

    /// The second factor: a code of the app, or a recovery code.
    pub async fn sign_in_factor(
        &self,
        caller: &Caller,
        ticket: TicketId,
        code: &str,
    ) -> Result<NewSession, AccountRefusal> {
        self.admit(caller, Act::Ticket, None).await?;
        let step = self
            .try_step::<String>(TicketKind::SecondFactor, ticket)
            .await?;
        let awaits = AwaitsSecond::read(&step.state).ok_or(AccountRefusal::TicketOver)?;
        let account = step.account.ok_or(AccountRefusal::TicketOver)?;
        let act = Act::SecondFactor(self.key_of_account(account));
        self.admit(caller, act, None).await?;
        let second = match self.app_code_fits(account, code).await? {
            true => SecondProof::Totp,
            false if self.use_recovery_code(caller, account, code).await? => SecondProof::Recovery,
            false => return Err(AccountRefusal::WrongCode),
        };
        self.end_step(TicketKind::SecondFactor, ticket).await?;
        self.succeeded(caller, act);
        let standing = Standing {
            is_locked: self.account_row(account).await?.locked_at.is_some(),
            has_totp: true,
        };
        match awaits.prove(second, standing) {
            account::SignIn::Signed(proof) => self.start_session(caller, account, proof).await,
            account::SignIn::Locked | account::SignIn::NeedsSecondFactor(_) => {
                Err(AccountRefusal::Locked)
            }
        }
    }

    /// Mails a code that signs in. The same happens here for an address without an account, but for the mail.
    pub async fn begin_sign_in_code(
        &self,
        caller: &Caller,
        email: &str,
        effort: Option<Effort>,
    ) -> Result<Begun, AccountRefusal> {
        let email = read_email(email)?;
        let act = Act::Mail(self.key_of_address(&email));
        self.admit(caller, act, effort.as_ref()).await?;
        let known = self.known(&email).await?;
        let state = ByMail {
            known: known.is_some(),
        };
        let account = known.as_ref().map(|known| known.0);
        let (begun, code) = self
            .begin_code_step(TicketKind::SignInCode, account, &state)
            .await?;
        let letter = Letter::SignInCode { code };
        self.post_if_known(known, &email, caller, letter).await?;
        Ok(begun)
    }

    /// The mailed code came back.
    pub async fn finish_sign_in_code(
        &self,
        caller: &Caller,
        ticket: TicketId,
        code: &str,
    ) -> Result<SignIn, AccountRefusal> {
        self.admit(caller, Act::Ticket, None).await?;
        let finished = self
            .finish_code_step::<ByMail>(TicketKind::SignInCode, ticket, code)
            .await?;
        let account = finished.account.filter(|_| finished.state.known);
        let account = account.ok_or(AccountRefusal::WrongCode)?;
        let row = self.account_row(account).await?;
        self.first_proof(caller, &row, FirstProof::Code).await
    }

    /// Mails a code by which the person behind a session proves again who they are.
    pub async fn begin_proof_code(
        &self,
        caller: &Caller,
        session: &LiveSession,
    ) -> Result<Begun, AccountRefusal> {
        let row = self.account_row(session.account()).await?;
        let email = row.email.ok_or(AccountRefusal::BadEmail)?;
        let act = Act::OwnMail(self.key_of_account(row.id));
        self.admit(caller, act, None).await?;
        let (begun, code) = self
            .begin_code_step(TicketKind::Confirm, Some(row.id), &())
            .await?;
        let letter = Letter::ConfirmCode { code };
        self.post(Some(row.id), &email, caller.language, letter)
            .await?;
        Ok(begun)
    }

    /// The person behind a session proves again who they are. It holds for ten minutes.
    pub async fn prove(
        &self,
        caller: &Caller,
        session: &LiveSession,
        offered: ProofOffered,
    ) -> Result<RenewedSession, AccountRefusal> {
        let proof = self.judge(caller, session, offered).await?;
        self.prove_session(session, proof).await
    }

    /// The same for the one act that it comes with: the session stays as it was.
    pub async fn prove_once(
        &self,
        caller: &Caller,
        session: &LiveSession,
        offered: ProofOffered,
    ) -> Result<(), AccountRefusal> {
        self.judge(caller, session, offered).await.map(|_| ())
    }

    async fn judge(
        &self,
        caller: &Caller,
        session: &LiveSession,
        offered: ProofOffered,
    ) -> Result<Proof, AccountRefusal> {
        let account = session.account();
        Ok(match offered {
            ProofOffered::Password(password, effort) => {
                self.password_fits_again(caller, account, password, effort)
                    .await?;
                Proof::Password
            }
            ProofOffered::Mailed { ticket, code } => {
                let finished = self
                    .finish_code_step::<()>(TicketKind::Confirm, ticket, &code)
                    .await?;
                if finished.account != Some(account) {
                    return Err(AccountRefusal::TicketOver);
                }
                Proof::Code
            }
            ProofOffered::App(code) => {
                let act = Act::SecondFactor(self.key_of_account(account));
                self.admit(caller, act, None).await?;
                if !self.app_code_fits(account, &code).await? {
                    return Err(AccountRefusal::WrongCode);
                }
                self.succeeded(caller, act);
                // It is the same person; how they signed in stays what it was.
                session.proved_by()
            }
        })
    }

    pub(super) async fn password_fits_again(
        &self,
        caller: &Caller,
        account: AccountId,
        password: Secret<String>,
        effort: Option<Effort>,
    ) -> Result<(), AccountRefusal> {
        let act = Act::Prove(self.key_of_account(account));
        self.admit(caller, act, effort.as_ref()).await?;
        let hash = self.inner.store.password_hash(account).await;
        let hash = hash.map_err(|error| self.account_failure(&error))?;
        let hash = hash.map(|hash| PasswordHash::read(hash.expose().clone()));
        let hashing = &self.inner.accounts.hashing;
        if !hashing.fits(password, hash.and_then(Result::ok)).await? {
            return Err(AccountRefusal::WrongCredentials);
        }
        self.succeeded(caller, act);
        Ok(())
    }

    /// Whether `code` is one of the account's app that was not used before; it is used up then.
    async fn app_code_fits(&self, account: AccountId, code: &str) -> Result<bool, AccountRefusal> {
        let failed = |error| self.account_failure(&error);
        let store = &self.inner.store;
        let row = store.totp(account).await.map_err(failed)?;
        let Some(row) = row.filter(|row| row.confirmed_at.is_some()) else {
            return Ok(false);
        };
        let Ok(secret) = TotpSecret::from_bytes(row.secret.expose()) else {
            return Ok(false);
        };
        match secret.verify(code, self.now(), row.last_step) {
            Ok(step) => store.advance_totp(account, step).await.map_err(failed),
            Err(_) => Ok(false),
        }
    }

    async fn use_recovery_code(
        &self,
        caller: &Caller,
        account: AccountId,
        code: &str,
    ) -> Result<bool, AccountRefusal> {
        let Some(hash) = recovery::hash(&account, code) else {
            return Ok(false);
        };
        let used = self.inner.store.use_recovery_code(account, &hash).await;
        let used = used.map_err(|error| self.account_failure(&error))?;
        if used {
            self.tell(caller, account, News::RecoveryCodeUsed).await;
        }
        Ok(used)
    }

    /// Keeps the password under the scheme of today, now that it is here in clear for a moment. They are signed in already:
    /// what fails here is done the next time.
    async fn renew_hash(&self, account: AccountId, password: Secret<String>, old: Secret<String>) {
        let hashing = &self.inner.accounts.hashing;
        let is_outdated =
            PasswordHash::read(old.expose().clone()).is_ok_and(|hash| hashing.is_outdated(&hash));
        if !is_outdated {
            return;
        }
        let Ok(new) = hashing.make(password, self.entropy()).await else {
            return;
        };
        let new = Secret::new(new.as_str().to_owned());
        if let Err(error) = self.inner.store.rehash_password(account, &old, &new).await {
            self.account_failure(&error);
        }
    }
}

/// An account that nobody has: asked for where there is none, so that the store does the same work.
fn nobody(app: &App) -> AccountId {
    AccountId::new(app.now(), app.entropy())
}
