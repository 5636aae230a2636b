//! Passkeys: making one, signing in by one, and what their owner does with them.

use account::{Act, EmailAddress, PasskeyName, Proof, Site, TicketKind, UserHandle, day_of};
use base::{AccountId, PasskeyId, Personal, TicketId, Timestamp};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{NewPasskey, PasskeyInsertion, PasskeyRow, Removal};
use utoipa::ToSchema;

use super::news::News;
use super::webauthn::{self, BadAnswer, Challenge, Kept};
use super::{AccountRefusal, Caller, LiveSession, NewSession, RenewedSession};
use crate::App;

/// A passkey is asked for. The browser's answer finishes the step.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PasskeyBegun {
    /// What the step is finished with.
    #[schema(value_type = String)]
    pub ticket: TicketId,
    /// What the browser is asked: the JSON form of WebAuthn's options.
    #[schema(value_type = Object)]
    pub options: Value,
}

/// A passkey, as its owner sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PasskeyView {
    /// Its name here.
    #[schema(value_type = String)]
    pub id: PasskeyId,
    /// What its owner calls it.
    #[schema(value_type = String)]
    pub name: Personal<String>,
    /// When it was made, in Unix milliseconds.
    #[schema(value_type = i64)]
    pub created_at: Timestamp,
    /// Midnight UTC of the day it was last used, in Unix milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub last_used_day: Option<Timestamp>,
}

/// What is kept of a challenge until it is answered.
#[derive(Serialize, Deserialize)]
struct Asked {
    /// Where it was asked: an answer given elsewhere is none.
    origin: String,
    /// As the library writes it, in base64.
    state: String,
}

impl From<BadAnswer> for AccountRefusal {
    fn from(_: BadAnswer) -> Self {
        Self::WrongPasskey
    }
}

impl From<PasskeyRow> for PasskeyView {
    fn from(row: PasskeyRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            created_at: row.created_at,
            last_used_day: row.last_used_day,
        }
    }
}

impl App {
    /// Asks the browser for a new passkey, on none of the devices that have one of this account.
    pub async fn begin_passkey(
        &self,
        session: &LiveSession,
        site: &Site,
    ) -> Result<PasskeyBegun, AccountRefusal> {
        let row = self.account_row(session.account()).await?;
        let rows = self.inner.store.passkeys(row.id).await;
        let rows = rows.map_err(|error| self.account_failure(&error))?;
        let existing: Vec<_> = rows
            .into_iter()
            .filter_map(|row| Some((row.credential_id, Kept::read(&row.credential)?)))
            .collect();
        // One handle for all passkeys of an account, so that a device lists it once.
        let handle = match existing.first() {
            Some((_, kept)) => kept.handle(),
            None => UserHandle::draw(self.entropy()),
        };
        let name = row.email.as_ref().map(EmailAddress::as_typed);
        let asked = webauthn::begin_making(site, &handle, name.unwrap_or_default(), existing)?;
        self.ask(TicketKind::PasskeyNew, Some(row.id), site, asked)
            .await
    }

    /// The browser made a passkey.
    pub async fn finish_passkey(
        &self,
        caller: &Caller,
        session: &LiveSession,
        site: &Site,
        ticket: TicketId,
        answer: &Value,
        name: &str,
    ) -> Result<PasskeyView, AccountRefusal> {
        let account = session.account();
        // Looked at first: a name that is none shall not cost the person another touch.
        let name = PasskeyName::parse(name).map_err(|_| AccountRefusal::BadName)?;
        let (asked_of, state) = self.answered(TicketKind::PasskeyNew, ticket, site).await?;
        if asked_of != Some(account) {
            return Err(AccountRefusal::TicketOver);
        }
        let (credential_id, credential) = webauthn::finish_making(site, &state, answer)?;
        let passkey = NewPasskey {
            id: PasskeyId::new(self.entropy()),
            credential_id,
            credential,
            name: name.as_personal().clone(),
            created_at: self.now(),
        };
        let inserted = self.inner.store.insert_passkey(account, &passkey).await;
        match inserted.map_err(|error| self.account_failure(&error))? {
            PasskeyInsertion::Inserted => {}
            // Somebody's passkey, by its name: that it is known is no secret, but it is no new one.
            PasskeyInsertion::Known => return Err(AccountRefusal::WrongPasskey),
            PasskeyInsertion::TooMany => return Err(AccountRefusal::TooMany),
            PasskeyInsertion::NoAccount => return Err(AccountRefusal::NotSignedIn),
        }
        self.tell(caller, account, News::PasskeyAdded).await;
        Ok(PasskeyView {
            id: passkey.id,
            name: passkey.name,
            created_at: passkey.created_at,
            last_used_day: None,
        })
    }

    /// The passkeys of the account, the oldest first.
    pub async fn passkeys(
        &self,
        session: &LiveSession,
    ) -> Result<Vec<PasskeyView>, AccountRefusal> {
        let rows = self.inner.store.passkeys(session.account()).await;
        let rows = rows.map_err(|error| self.account_failure(&error))?;
        Ok(rows.into_iter().map(PasskeyView::from).collect())
    }

    /// Calls a passkey something else.
    pub async fn rename_passkey(
        &self,
        session: &LiveSession,
        id: PasskeyId,
        name: &str,
    ) -> Result<(), AccountRefusal> {
        let name = PasskeyName::parse(name).map_err(|_| AccountRefusal::BadName)?;
        let store = &self.inner.store;
        let renamed = store
            .rename_passkey(session.account(), id, name.as_personal())
            .await;
        match renamed.map_err(|error| self.account_failure(&error))? {
            true => Ok(()),
            false => Err(AccountRefusal::NotYours),
        }
    }

    /// Removes a passkey, unless it is the last way in.
    pub async fn remove_passkey(
        &self,
        caller: &Caller,
        session: &LiveSession,
        id: PasskeyId,
    ) -> Result<(), AccountRefusal> {
        let account = session.account();
        let store = &self.inner.store;
        let removed = store.remove_passkey(account, id, self.mails_codes()).await;
        match removed.map_err(|error| self.account_failure(&error))? {
            Removal::Removed => {
                self.tell(caller, account, News::PasskeyRemoved).await;
                Ok(())
            }
            Removal::NotThere => Err(AccountRefusal::NotYours),
            Removal::LastWayIn => Err(AccountRefusal::LastWayIn),
        }
    }

    /// Asks the browser for any passkey of this site: nobody has said yet who they are.
    pub async fn begin_passkey_sign_in(
        &self,
        caller: &Caller,
        site: &Site,
    ) -> Result<PasskeyBegun, AccountRefusal> {
        self.admit(caller, Act::Passkey, None).await?;
        let asked = webauthn::begin_using(site)?;
        self.ask(TicketKind::PasskeySignIn, None, site, asked).await
    }

    /// Signs in by a passkey. It is both factors: a thing that one has, and that it knows its owner.
    pub async fn finish_passkey_sign_in(
        &self,
        caller: &Caller,
        site: &Site,
        ticket: TicketId,
        answer: &Value,
    ) -> Result<NewSession, AccountRefusal> {
        self.admit(caller, Act::Passkey, None).await?;
        let (asked_of, state) = self
            .answered(TicketKind::PasskeySignIn, ticket, site)
            .await?;
        if asked_of.is_some() {
            return Err(AccountRefusal::TicketOver);
        }
        let account = self.use_passkey(site, &state, answer).await?;
        if self.account_row(account).await?.locked_at.is_some() {
            return Err(AccountRefusal::Locked);
        }
        self.succeeded(caller, Act::Passkey);
        self.start_session(caller, account, Proof::Passkey).await
    }

    /// Asks the person behind a session for a passkey, to prove again who they are.
    pub async fn begin_proof_passkey(
        &self,
        session: &LiveSession,
        site: &Site,
    ) -> Result<PasskeyBegun, AccountRefusal> {
        let asked = webauthn::begin_using(site)?;
        let account = Some(session.account());
        self.ask(TicketKind::PasskeySignIn, account, site, asked)
            .await
    }

    /// The person behind a session proves by a passkey again who they are.
    pub async fn prove_by_passkey(
        &self,
        caller: &Caller,
        session: &LiveSession,
        site: &Site,
        ticket: TicketId,
        answer: &Value,
    ) -> Result<RenewedSession, AccountRefusal> {
        self.admit(caller, Act::Passkey, None).await?;
        let (asked_of, state) = self
            .answered(TicketKind::PasskeySignIn, ticket, site)
            .await?;
        if asked_of != Some(session.account()) {
            return Err(AccountRefusal::TicketOver);
        }
        let account = self.use_passkey(site, &state, answer).await?;
        if account != session.account() {
            return Err(AccountRefusal::WrongPasskey);
        }
        self.prove_session(session, Proof::Passkey).await
    }

    /// Checks an answer against the passkey that it claims to be of. Gives whose that is.
    async fn use_passkey(
        &self,
        site: &Site,
        state: &[u8],
        answer: &Value,
    ) -> Result<AccountId, AccountRefusal> {
        let used = webauthn::Use::read(answer)?;
        let store = &self.inner.store;
        let row = store.passkey_by_credential(&used.credential_id()).await;
        let row = row.map_err(|error| self.account_failure(&error))?;
        let row = row.ok_or(AccountRefusal::WrongPasskey)?;
        let credential = used.check(site, state, &row.credential)?;
        let day = day_of(self.now());
        let noted = store
            .use_passkey(row.id, row.version, &credential, day)
            .await;
        match noted.map_err(|error| self.account_failure(&error))? {
            true => Ok(row.account),
            // Used a second time within the same moment: one of the two may be a copy.
            false => Err(AccountRefusal::WrongPasskey),
        }
    }

    async fn ask(
        &self,
        kind: TicketKind,
        account: Option<AccountId>,
        site: &Site,
        challenge: Challenge,
    ) -> Result<PasskeyBegun, AccountRefusal> {
        let asked = Asked {
            origin: site.origin.clone(),
            state: BASE64_STANDARD.encode(challenge.state),
        };
        Ok(PasskeyBegun {
            ticket: self.begin_step(kind, account, &asked).await?,
            options: challenge.options,
        })
    }

    /// Ends the step, whatever the answer is: a challenge is answered once.
    async fn answered(
        &self,
        kind: TicketKind,
        ticket: TicketId,
        site: &Site,
    ) -> Result<(Option<AccountId>, Vec<u8>), AccountRefusal> {
        let step = self.try_step::<Asked>(kind, ticket).await?;
        self.end_step(kind, ticket).await?;
        let state = BASE64_STANDARD.decode(&step.state.state);
        match state {
            Ok(state) if step.state.origin == site.origin => Ok((step.account, state)),
            _ => Err(AccountRefusal::TicketOver),
        }
    }
}
