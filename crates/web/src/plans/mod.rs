//! The doors to plans: what is sold, buying it, looking after it, and the door that the payment service knocks at.
//!
//! All of it works without script. Nobody's card comes here: who pays goes to the payment service's own pages, by a page
//! of ours that names where it leads.

mod doing;
mod money;
mod pages;
mod pricing;
mod refused;
pub(crate) mod webhook;

use app::LiveSession;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use crate::links::Tongue;
use crate::shell::Shell;
use crate::{Web, accounts};

/// The longest form, in bytes.
const FORM_BYTES_MAX: usize = 1024;
/// The longest event of the payment service, in bytes.
const EVENT_BYTES_MAX: usize = 256 * 1024;

/// The routes of plans.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/pricing", get(pricing::show))
        .route("/account/plan", get(pages::show))
        .route("/account/plan/done", get(pages::done))
        .route(
            "/account/plan/cancel",
            get(pages::ask_to_cancel).post(doing::cancel),
        )
        .route("/account/plan/keep", post(doing::keep))
        .route("/account/plan/buy", post(doing::buy))
        .route("/account/plan/pages", post(doing::go_to_pages))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .merge(webhooks())
}

fn webhooks() -> Router<Web> {
    Router::new()
        .route("/api/v1/payments/webhook", post(webhook::hear))
        .layer(DefaultBodyLimit::max(EVENT_BYTES_MAX))
}

/// Whoever looks at a page of plans, if they are signed in. They may come back from the payment service's pages.
async fn session_of(web: &Web, headers: &HeaderMap) -> Option<LiveSession> {
    accounts::session_of(web, headers).await.ok().flatten()
}

/// A page that concerns one person, kept by nobody.
fn page(text: String) -> Response {
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "accept-language, cookie"),
    ];
    (headers, Html(text)).into_response()
}

/// The frame of a page of plans.
fn shell(path: &str, tongue: Tongue) -> Shell {
    Shell::new(path, tongue.language, tongue.is_asked)
}

/// An address of ours with the language that was asked for.
fn address(path: &str, tongue: Tongue) -> String {
    format!("{path}{}", shell("", tongue).query)
}
