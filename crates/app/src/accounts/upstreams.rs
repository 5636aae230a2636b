//! Signing in at upstreams: there and back, agreeing before an account is made, linking and disconnecting.
//!
//! Who comes back is known by (issuer, subject) alone. An address that an upstream vouches for makes nobody the owner of an
//! account that has it: who holds such an account signs in to it and links the upstream there.

mod joining;
mod linked;
mod revoking;

use std::fmt;

use account::{Act, Attempt, Denied, FirstProof, Returned, TicketKind, Upstream, WidgetAnswer};
use base::{AccountId, IdentityId, Personal, Secret, TicketId};
use outbound::{Identified, NotIdentified};
use serde::{Deserialize, Serialize};
use store::{IdentityRow, NewIdentity};
use utoipa::ToSchema;

pub use joining::AgreementAsked;
pub use linked::IdentityView;
pub(crate) use revoking::keep_revocations;

use super::news::News;
use super::{AccountRefusal, Caller, LiveSession, SignIn};
use crate::App;

/// An upstream where people may sign in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UpstreamView {
    /// Its name in addresses.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
}

/// The way to an upstream.
pub struct Departure {
    /// What the browser keeps until it is back.
    pub ticket: TicketId,
    /// The step's state, which comes back in the answer.
    pub state: Secret<String>,
    /// Where the browser is sent. None: to the widget's own page.
    pub go_to: Option<String>,
}

/// What came of it.
pub enum Arrival {
    /// Signed in, or one step before.
    SignIn(Box<SignIn>),
    /// The upstream is linked to the account.
    Linked,
    /// There is no account yet: the person has to agree first.
    MustAgree(TicketId),
}

/// Somebody came back.
pub struct Arrived {
    /// What came of it.
    pub arrival: Arrival,
    /// The page that they set out from.
    pub to: String,
}

/// What is kept while somebody is away at an upstream.
#[derive(Serialize, Deserialize)]
struct Away {
    upstream: String,
    state: String,
    nonce: String,
    verifier: String,
    /// The page they wanted.
    to: String,
}

/// Somebody whom an upstream has named.
struct Named {
    upstream: Upstream,
    subject: Personal<String>,
    email: Option<Personal<String>>,
    token: Option<Secret<String>>,
}

impl App {
    /// The upstreams where people may sign in here.
    #[must_use]
    pub fn upstreams(&self) -> Vec<UpstreamView> {
        let on = self.inner.links.outbound().upstreams().into_iter();
        on.map(|upstream| UpstreamView {
            name: upstream.name(),
            title: upstream.title(),
        })
        .collect()
    }

    /// The bot whose widget people sign in by, if the operator has switched it on.
    #[must_use]
    pub fn widget_bot(&self) -> Option<String> {
        self.inner.links.outbound().widget_bot().map(str::to_owned)
    }

    /// Sends somebody to an upstream: to sign in, or to link it to the account of `session`.
    pub async fn depart(
        &self,
        caller: &Caller,
        session: Option<&LiveSession>,
        upstream: Upstream,
        back_to: &str,
        to: &str,
    ) -> Result<Departure, AccountRefusal> {
        self.admit(caller, Act::Upstream, None).await?;
        let outbound = self.inner.links.outbound();
        let attempt = Attempt::draw(self.entropy());
        let go_to = match upstream {
            Upstream::TelegramWidget if outbound.widget_bot().is_some() => None,
            _ => {
                let way = outbound.way_to(upstream, &attempt, back_to);
                Some(way.ok_or(AccountRefusal::NotYours)?.into())
            }
        };
        let away = Away {
            upstream: upstream.name().to_owned(),
            state: attempt.state.expose().clone(),
            nonce: attempt.nonce.expose().clone(),
            verifier: attempt.verifier.expose().clone(),
            to: to.to_owned(),
        };
        let account = session.map(LiveSession::account);
        let ticket = self
            .begin_step(TicketKind::Upstream, account, &away)
            .await?;
        Ok(Departure {
            ticket,
            state: attempt.state,
            go_to,
        })
    }

    /// Somebody is back from an upstream with its answer, as pairs of the address.
    pub async fn arrive(
        &self,
        caller: &Caller,
        session: Option<&LiveSession>,
        upstream: Upstream,
        ticket: TicketId,
        pairs: Vec<(String, String)>,
        back_to: &str,
    ) -> Result<Arrived, AccountRefusal> {
        let (away, account) = self.come_back(upstream, ticket).await?;
        let attempt = away.attempt();
        let code = Returned::read(pairs)
            .and_then(|returned| attempt.accept(upstream, returned))
            .map_err(|why| self.denied(upstream, why))?;
        let outbound = self.inner.links.outbound();
        let identified = outbound
            .identify(upstream, code, &attempt, back_to, self.now())
            .await
            .map_err(|why| self.not_identified(upstream, why))?;
        let named = Named::new(upstream, identified);
        let arrival = self.welcome(caller, session, account, named).await?;
        Ok(Arrived {
            arrival,
            to: away.to,
        })
    }

    /// Somebody is back from Telegram's older widget, with fields that its bot has signed.
    pub async fn arrive_by_widget(
        &self,
        caller: &Caller,
        session: Option<&LiveSession>,
        ticket: TicketId,
        state: Option<Secret<String>>,
        pairs: &[(String, String)],
    ) -> Result<Arrived, AccountRefusal> {
        let upstream = Upstream::TelegramWidget;
        let (away, account) = self.come_back(upstream, ticket).await?;
        if state != Some(away.attempt().state) {
            return Err(AccountRefusal::TicketOver);
        }
        let answer = self.inner.links.outbound().read_widget(pairs, self.now());
        let WidgetAnswer {
            subject,
            signature,
            ends,
        } = answer.map_err(|why| self.turned_away(upstream, &why))?;
        let is_new = self.inner.store.spend_proof(&signature, ends).await;
        if !is_new.map_err(|error| self.account_failure(&error))? {
            return Err(self.turned_away(upstream, &"the answer was taken before"));
        }
        let named = Named {
            upstream,
            subject,
            email: None,
            token: None,
        };
        let arrival = self.welcome(caller, session, account, named).await?;
        Ok(Arrived {
            arrival,
            to: away.to,
        })
    }

    /// Ends the step of somebody who is back, whatever they bring.
    async fn come_back(
        &self,
        upstream: Upstream,
        ticket: TicketId,
    ) -> Result<(Away, Option<AccountId>), AccountRefusal> {
        let step = self.try_step::<Away>(TicketKind::Upstream, ticket).await?;
        self.end_step(TicketKind::Upstream, ticket).await?;
        // Each upstream has an address of its own to come back to, so that none answers for another.
        match step.state.upstream == upstream.name() {
            true => Ok((step.state, step.account)),
            false => Err(AccountRefusal::TicketOver),
        }
    }

    /// Goes on with somebody whom an upstream has named.
    async fn welcome(
        &self,
        caller: &Caller,
        session: Option<&LiveSession>,
        account: Option<AccountId>,
        named: Named,
    ) -> Result<Arrival, AccountRefusal> {
        match account {
            Some(account) if session.map(LiveSession::account) == Some(account) => {
                self.link(caller, account, named).await
            }
            Some(_) => Err(AccountRefusal::NotSignedIn),
            None => self.sign_in_named(caller, named).await,
        }
    }

    async fn link(
        &self,
        caller: &Caller,
        account: AccountId,
        named: Named,
    ) -> Result<Arrival, AccountRefusal> {
        let identity = self.identity(named);
        let linked = self.inner.store.insert_identity(account, &identity).await;
        if linked.map_err(|error| self.account_failure(&error))? {
            self.tell(caller, account, News::UpstreamLinked).await;
            return Ok(Arrival::Linked);
        }
        let row = self.linked(&identity.issuer, &identity.subject).await?;
        match row {
            Some(row) if row.account == account => Ok(Arrival::Linked),
            _ => Err(AccountRefusal::LinkedElsewhere),
        }
    }

    async fn sign_in_named(
        &self,
        caller: &Caller,
        named: Named,
    ) -> Result<Arrival, AccountRefusal> {
        let row = self.linked(named.upstream.issuer(), &named.subject).await?;
        let Some(row) = row else {
            return self.ask_to_agree(named).await;
        };
        if let Some(token) = &named.token {
            let renewed = self.inner.store.renew_identity_token(row.id, token).await;
            renewed.map_err(|error| self.account_failure(&error))?;
        }
        let account = self.account_row(row.account).await?;
        self.succeeded(caller, Act::Upstream);
        let sign_in = self
            .first_proof(caller, &account, FirstProof::Upstream)
            .await?;
        Ok(Arrival::SignIn(Box::new(sign_in)))
    }

    async fn linked(
        &self,
        issuer: &str,
        subject: &Personal<String>,
    ) -> Result<Option<IdentityRow>, AccountRefusal> {
        let row = self.inner.store.identity_by_subject(issuer, subject).await;
        row.map_err(|error| self.account_failure(&error))
    }

    fn identity(&self, named: Named) -> NewIdentity {
        NewIdentity {
            id: IdentityId::new(self.entropy()),
            upstream: named.upstream.name().to_owned(),
            issuer: named.upstream.issuer().to_owned(),
            subject: named.subject,
            token: named.token,
            connected_at: self.now(),
        }
    }

    fn denied(&self, upstream: Upstream, why: Denied) -> AccountRefusal {
        match why {
            Denied::State => AccountRefusal::TicketOver,
            _ => self.turned_away(upstream, &why),
        }
    }

    /// An upstream that cannot be asked, or grants too much, is for an operator to look into. Anything else a stranger can
    /// bring about at will.
    fn not_identified(&self, upstream: Upstream, why: NotIdentified) -> AccountRefusal {
        match why {
            NotIdentified::Failed(_) | NotIdentified::MoreThanAsked => {
                let reference = self.reference();
                tracing::warn!(%reference, %upstream, error = %why, "an upstream did not say who somebody is");
                AccountRefusal::UpstreamRefused(reference)
            }
            _ => self.turned_away(upstream, &why),
        }
    }

    /// Logged once, as what was refused and not as a failure of ours, and named to the person by its reference.
    fn turned_away(&self, upstream: Upstream, why: &dyn fmt::Display) -> AccountRefusal {
        let reference = self.reference();
        tracing::info!(%reference, %upstream, error = %why, "an upstream did not say who somebody is");
        AccountRefusal::UpstreamRefused(reference)
    }
}

impl Away {
    fn attempt(&self) -> Attempt {
        Attempt {
            state: Secret::new(self.state.clone()),
            nonce: Secret::new(self.nonce.clone()),
            verifier: Secret::new(self.verifier.clone()),
        }
    }
}

impl Named {
    fn new(upstream: Upstream, identified: Identified) -> Self {
        Self {
            upstream,
            subject: identified.subject,
            email: identified.email,
            token: identified.token,
        }
    }
}
