//! The operator's page, drawn by the server: it works without script. Whoever is no operator finds nothing here, as at
//! any other unknown address.

mod accounts;
mod disk;
mod grants;
mod in_tray;
mod inviting;
mod jobs;
mod overview;

use app::{AccountRefusal, Operator, ProofOffered};
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequestParts};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::{get, post};
use base::Secret;

use crate::accounts::{Asking, Refusal};
use crate::links::Tongue;
use crate::message_page::Message;
use crate::texts::Language;
use crate::{Web, assets};

pub use disk::FREE_SPACE_MIN;

/// The longest form, in bytes: an address, a password and a few words.
const FORM_BYTES_MAX: usize = 4 * 1024;

/// The routes of the operator's page.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/admin", get(overview::show).fallback(assets::file))
        .route(
            "/admin/account",
            post(accounts::find).fallback(assets::file),
        )
        .route(
            "/admin/account/act",
            post(accounts::act).fallback(assets::file),
        )
        .route(
            "/admin/invite",
            post(inviting::invite).fallback(assets::file),
        )
        .route("/admin/look", post(grants::look).fallback(assets::file))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
}

/// An operator on a page of ours. Anybody else gets what an unknown address gives.
pub(crate) struct Here {
    asking: Asking,
    operator: Operator,
    tongue: Tongue,
}

impl Here {
    const fn language(&self) -> Language {
        self.tongue.language
    }

    /// A short page that leads back to the overview.
    fn tell(&self, status: StatusCode, message: Message) -> Response {
        let back = self.language().say("admin-back");
        let message = message.leading_to("/admin", back);
        message.page(status, "/admin", self.tongue)
    }

    /// Why something was not done, on such a page.
    fn refuse(&self, refusal: impl Into<Refusal>) -> Response {
        let refusal = refusal.into();
        let message = Message::refusal(&refusal, self.language());
        self.tell(refusal.status(), message)
    }

    /// What concerns somebody else needs a proof of the last minutes, or the password with it.
    async fn prove(
        &self,
        web: &Web,
        password: Option<Secret<String>>,
    ) -> Result<(), AccountRefusal> {
        let (app, session) = (&web.inner.app, self.operator.session());
        if app.has_recent_proof(session) {
            return Ok(());
        }
        let password = password.filter(|it| !it.expose().is_empty());
        let password = password.ok_or(AccountRefusal::ProveItAgain)?;
        let offered = ProofOffered::Password(password, None);
        app.prove_once(&self.asking.caller, session, offered).await
    }
}

impl FromRequestParts<Web> for Here {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        match find(parts, web).await {
            Some(here) => Ok(here),
            None => Err(assets::file(parts.uri.clone(), parts.headers.clone()).await),
        }
    }
}

async fn find(parts: &mut Parts, web: &Web) -> Option<Here> {
    let Ok(tongue) = Tongue::from_request_parts(parts, web).await;
    let asking = Asking::from_request_parts(parts, web).await.ok()?;
    let session = asking.session(web).await.ok()??;
    let operator = web.inner.app.operator(session)?;
    Some(Here {
        asking,
        operator,
        tongue,
    })
}
