//! The operator's page, drawn by the server: it works without script. Whoever is no operator finds nothing here, as at
//! any other unknown address.

mod accounts;
mod overview;

use app::Operator;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequestParts};
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::{get, post};
use base::Timestamp;

use crate::accounts::Asking;
use crate::links::Tongue;
use crate::texts::Language;
use crate::{Web, assets};

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

/// A moment in UTC, to the minute: `2026-11-22 15:04`.
fn minute(moment: Timestamp) -> String {
    let text: String = privacy::rfc3339(moment).chars().take(16).collect();
    text.replace('T', " ")
}
