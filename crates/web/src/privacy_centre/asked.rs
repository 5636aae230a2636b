//! Who looks at the centre, who acts there, and what their forms say.

use app::{AccountRefusal, Caller, LiveSession, ProofOffered};
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequest, FromRequestParts, Request};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use base::{Secret, TicketId};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::PATH;
use crate::Web;
use crate::accounts::{Refusal, not_received, session_of};
use crate::links::Tongue;
use crate::message_page::Message;
use crate::visitor::Visitor;

/// Why something was not done, as a page that leads back.
pub(super) struct Sorry {
    pub(super) refusal: Refusal,
    pub(super) tongue: Tongue,
}

impl IntoResponse for Sorry {
    fn into_response(self) -> Response {
        let Self { refusal, tongue } = self;
        let back = tongue.language.say("centre-back");
        let message = Message::refusal(&refusal, tongue.language);
        let message = message.leading_to(PATH, back);
        message.page(refusal.status(), PATH, tongue)
    }
}

/// Whoever looks at the page, signed in or not.
pub(super) struct Looker {
    pub(super) tongue: Tongue,
    pub(super) session: Option<LiveSession>,
    /// The word of what was just done, from the address.
    pub(super) done: Option<String>,
    /// Who a mail would be written for.
    pub(super) caller: Caller,
}

impl Looker {
    pub(super) fn sorry(&self, refusal: impl Into<Refusal>) -> Sorry {
        Sorry {
            refusal: refusal.into(),
            tongue: self.tongue,
        }
    }
}

impl FromRequestParts<Web> for Looker {
    type Rejection = Sorry;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Sorry> {
        let Ok(visitor) = Visitor::from_request_parts(parts, web).await;
        let Ok(tongue) = Tongue::from_request_parts(parts, web).await;
        let session = session_of(web, &parts.headers).await;
        let session = session.map_err(|refusal| {
            let refusal = Refusal::Account(refusal);
            Sorry { refusal, tongue }
        })?;
        let agent = parts.headers.get(header::USER_AGENT);
        let agent = agent
            .and_then(|agent| agent.to_str().ok())
            .unwrap_or_default();
        let done = crate::links::parameter(&parts.uri, "done").map(str::to_owned);
        Ok(Self {
            tongue,
            session,
            done,
            caller: Caller::new(visitor.key, agent, tongue.language.tag()),
        })
    }
}

/// Somebody who sends a form from a page of ours.
pub(super) struct Sender(pub(super) Looker);

impl FromRequestParts<Web> for Sender {
    type Rejection = Sorry;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Sorry> {
        let looker = Looker::from_request_parts(parts, web).await?;
        let Ok(visitor) = Visitor::from_request_parts(parts, web).await;
        match visitor.asks_from_here(&parts.headers, &web.inner.settings) {
            true => Ok(Self(looker)),
            false => Err(looker.sorry(Refusal::Foreign)),
        }
    }
}

/// A member who sends a form from a page of ours.
pub(super) struct Person {
    pub(super) looker: Looker,
    pub(super) session: LiveSession,
}

impl Person {
    pub(super) fn sorry(&self, refusal: impl Into<Refusal>) -> Sorry {
        self.looker.sorry(refusal)
    }

    /// Goes on once the person has shown that it is them, a moment ago or by what the form holds.
    pub(super) async fn prove(&self, web: &Web, proof: Proof) -> Result<(), AccountRefusal> {
        let app = &web.inner.app;
        if app.has_recent_proof(&self.session) {
            return Ok(());
        }
        let offered = proof.offered().ok_or(AccountRefusal::ProveItAgain)?;
        app.prove_once(&self.looker.caller, &self.session, offered)
            .await
    }
}

impl FromRequestParts<Web> for Person {
    type Rejection = Sorry;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Sorry> {
        let Sender(looker) = Sender::from_request_parts(parts, web).await?;
        match looker.session.clone() {
            Some(session) => Ok(Self { looker, session }),
            None => Err(looker.sorry(AccountRefusal::NotSignedIn)),
        }
    }
}

/// What a form holds to show again who sends it.
#[derive(Deserialize)]
pub(super) struct Proof {
    #[serde(default)]
    pub(super) password: Option<Secret<String>>,
    #[serde(default)]
    pub(super) ticket: Option<String>,
    #[serde(default)]
    pub(super) code: Option<String>,
}

impl Proof {
    /// The step whose code was mailed.
    pub(super) fn step(&self) -> Option<TicketId> {
        self.ticket.as_deref()?.parse().ok()
    }

    fn offered(self) -> Option<ProofOffered> {
        let ticket = self.step();
        if let Some(password) = self.password.filter(|it| !it.expose().is_empty()) {
            return Some(ProofOffered::Password(password, None));
        }
        let code = self.code.filter(|code| !code.trim().is_empty())?;
        let ticket = ticket?;
        Some(ProofOffered::Mailed { ticket, code })
    }
}

/// The fields of a form.
pub(super) struct Filled<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Web> for Filled<T> {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(tongue) = Tongue::from_request_parts(&mut parts, web).await;
        let form = Form::<T>::from_request(Request::from_parts(parts, body), web).await;
        form.map(|Form(fields)| Self(fields)).map_err(|rejection| {
            let refusal = match rejection {
                FormRejection::BytesRejection(rejection) => not_received(&rejection),
                FormRejection::InvalidFormContentType(_) => Refusal::WrongKind,
                _ => Refusal::Unreadable,
            };
            Sorry { refusal, tongue }.into_response()
        })
    }
}
