//! Who asks about an account: a page of ours, by a way that keeps cookies, and which session.

use app::{AccountRefusal, Caller, Effort, LiveSession};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base::Secret;
use serde::de::DeserializeOwned;

use super::cookie;
use super::refusal::Refusal;
use crate::Web;
use crate::links::Tongue;
use crate::texts::Language;
use crate::visitor::Visitor;

/// A refusal in the language of whoever asked.
pub(crate) struct Refused {
    refusal: Refusal,
    language: Language,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        self.refusal.problem(self.language)
    }
}

/// Somebody who asks from a page of this server, or by a program that is no browser; signed in or not.
pub(crate) struct Asking {
    pub(crate) caller: Caller,
    pub(crate) language: Language,
    pub(crate) place: app::Place,
    page_host: String,
    session: Option<Secret<String>>,
}

impl Asking {
    /// `refusal` in this person's language.
    pub(crate) fn refuse(&self, refusal: impl Into<Refusal>) -> Refused {
        Refused {
            refusal: refusal.into(),
            language: self.language,
        }
    }

    /// What this person shows against robots: what a check gave their browser, or else a sum.
    pub(crate) fn effort(
        &self,
        sum: Option<String>,
        token: Option<Secret<String>>,
    ) -> Option<Effort> {
        let checked = token.map(|token| Effort::Checked {
            token,
            host: self.page_host.clone(),
        });
        checked.or_else(|| sum.map(Effort::Sum))
    }

    /// The session that the browser showed, if it is alive.
    pub(crate) async fn session(&self, web: &Web) -> Result<Option<LiveSession>, Refused> {
        let Some(token) = &self.session else {
            return Ok(None);
        };
        let session = web.inner.app.session(token).await;
        session.map_err(|refusal| self.refuse(refusal))
    }
}

impl FromRequestParts<Web> for Asking {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let visitor = Visitor::from_request_parts(parts, web)
            .await
            .map_err(IntoResponse::into_response)?;
        let Ok(Tongue { language, .. }) = Tongue::from_request_parts(parts, web).await;
        if !visitor.asks_from_here(&parts.headers, &web.inner.settings) {
            return Err(Refusal::Foreign.problem(language));
        }
        if !visitor.keeps_cookies() {
            return Err(Refusal::HttpsNeeded.problem(language));
        }
        let agent = parts.headers.get(header::USER_AGENT);
        let agent = agent.and_then(|agent| agent.to_str().ok());
        let session = cookie::read(&parts.headers, cookie::SESSION);
        let caller = Caller::new(visitor.key, agent.unwrap_or_default(), language.tag());
        Ok(Self {
            caller: caller.holding(session.clone()),
            language,
            page_host: visitor.page_host(&web.inner.settings),
            place: visitor.place,
            session,
        })
    }
}

/// Somebody who is signed in.
pub(crate) struct SignedIn {
    pub(crate) asking: Asking,
    pub(crate) session: LiveSession,
}

impl SignedIn {
    /// `refusal` in this person's language.
    pub(crate) fn refuse(&self, refusal: impl Into<Refusal>) -> Refused {
        self.asking.refuse(refusal)
    }
}

impl FromRequestParts<Web> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let asking = Asking::from_request_parts(parts, web).await?;
        match asking.session(web).await {
            Ok(Some(session)) => Ok(Self { asking, session }),
            Ok(None) => Err(asking.refuse(AccountRefusal::NotSignedIn).into_response()),
            Err(refused) => Err(refused.into_response()),
        }
    }
}

/// Somebody who is signed in and proved a moment ago who they are.
pub(crate) struct Proved(pub(crate) SignedIn);

impl FromRequestParts<Web> for Proved {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let person = SignedIn::from_request_parts(parts, web).await?;
        if !web.inner.app.has_recent_proof(&person.session) {
            return Err(person.refuse(AccountRefusal::ProveItAgain).into_response());
        }
        Ok(Self(person))
    }
}

/// A body of JSON. A browser sends it to another site only if that site has agreed before, and this one never does.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Web> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(Tongue { language, .. }) = Tongue::from_request_parts(&mut parts, web).await;
        let refuse = |refusal: Refusal| refusal.problem(language);
        if !is_json(&parts.headers) {
            return Err(refuse(Refusal::WrongKind));
        }
        let bytes = Bytes::from_request(Request::from_parts(parts, body), web).await;
        let bytes = bytes.map_err(|rejection| refuse(not_received(&rejection)))?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|_| refuse(Refusal::Unreadable))
    }
}

/// Why there is no whole body.
pub(crate) fn not_received(rejection: &BytesRejection) -> Refusal {
    use axum::extract::rejection::FailedToBufferBody::LengthLimitError;

    match rejection {
        BytesRejection::FailedToBufferBody(LengthLimitError(_)) => Refusal::TooLong,
        _ => Refusal::TooSlow,
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::to_str);
    kind.and_then(Result::ok)
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
