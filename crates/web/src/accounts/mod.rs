//! The doors to accounts: registering, signing in, and all that their owner can change.
//!
//! Who is signed in holds one cookie that names a session. Each handler names who may ask by an extractor: [`Asking`]
//! (anybody on a page of ours), [`SignedIn`], or [`Proved`] (signed in, and proved a moment ago who they are).

mod asking;
pub(crate) mod avatar;
pub(crate) mod belongings;
mod cookie;
pub(crate) mod factors;
pub(crate) mod follows;
mod here;
pub(crate) mod leaving;
pub(crate) mod passkeys;
pub(crate) mod profile;
mod refusal;
pub(crate) mod register;
pub(crate) mod saved_rooms;
pub(crate) mod sessions;
pub(crate) mod sign_in;
pub(crate) mod upstreams;

use std::time::Duration;

use app::{AccountRefusal, LiveSession, PolicyOrdinal, SessionWatch};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, patch, post, put};
use base::Secret;
use serde::Serialize;

pub(crate) use asking::{Asking, Body, Proved, Refused, SignedIn, not_received};
pub(crate) use here::Here;
pub(crate) use refusal::Refusal;

use crate::Web;
use crate::texts::Language;

/// The longest body of a request but for pictures, in bytes.
const BODY_BYTES_MAX: usize = 16 * 1024;
/// The longest picture that is read, in bytes.
const PICTURE_BYTES_MAX: usize = 5 * 1024 * 1024;

/// The routes of accounts.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .merge(ways_in())
        .merge(by_passkey())
        .merge(by_upstream())
        .merge(of_the_owner())
        .merge(about_hosts())
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .merge(pictures())
}

fn ways_in() -> Router<Web> {
    Router::new()
        .route("/api/v1/account/terms", get(register::terms))
        .route("/api/v1/account/proof-of-work", get(register::work))
        .route("/api/v1/account/register", post(register::begin))
        .route("/api/v1/account/register/verify", post(register::finish))
        .route("/api/v1/account/sign-in", post(sign_in::by_password))
        .route("/api/v1/account/sign-in/factor", post(sign_in::factor))
        .route("/api/v1/account/sign-in/code", post(sign_in::begin_code))
        .route(
            "/api/v1/account/sign-in/code/verify",
            post(sign_in::finish_code),
        )
        .route("/api/v1/account/reset", post(sign_in::begin_reset))
        .route(
            "/api/v1/account/reset/complete",
            post(sign_in::finish_reset),
        )
        .route("/api/v1/account/setup", post(register::begin_setup))
        .route("/settings", get(profile::settings))
        .route(
            "/.well-known/change-password",
            get(profile::change_password),
        )
}

fn by_passkey() -> Router<Web> {
    Router::new()
        .route(
            "/api/v1/account/sign-in/passkey",
            post(passkeys::begin_sign_in),
        )
        .route(
            "/api/v1/account/sign-in/passkey/verify",
            post(passkeys::finish_sign_in),
        )
        .route("/api/v1/account/prove/passkey", post(passkeys::begin_proof))
        .route(
            "/api/v1/account/passkeys",
            get(passkeys::list).post(passkeys::begin),
        )
        .route("/api/v1/account/passkeys/verify", post(passkeys::finish))
        .route(
            "/api/v1/account/passkeys/{id}",
            patch(passkeys::rename).delete(passkeys::remove),
        )
}

fn by_upstream() -> Router<Web> {
    Router::new()
        .route("/auth/{upstream}", get(upstreams::go))
        .route("/auth/callback/{upstream}", get(upstreams::back))
        .route("/auth/telegram-widget/link", get(upstreams::show_widget))
        .route("/api/v1/account/upstreams", get(upstreams::list))
        .route(
            "/api/v1/account/upstreams/agree",
            get(upstreams::agreement).post(upstreams::agree),
        )
        .route("/api/v1/account/identities", get(upstreams::identities))
        // One place for both: a name of an upstream to link, a name of a link to remove.
        .route(
            "/api/v1/account/identities/{name}",
            post(upstreams::begin_link).delete(upstreams::disconnect),
        )
}

fn of_the_owner() -> Router<Web> {
    Router::new()
        .route(
            "/api/v1/account",
            get(profile::account)
                .patch(profile::change)
                .delete(leaving::leave),
        )
        .route("/api/v1/account/sign-out", post(sessions::sign_out))
        .route("/api/v1/account/copy", get(leaving::copy))
        .route("/api/v1/account/stay", post(leaving::stay))
        .route("/api/v1/account/prove", post(sign_in::prove))
        .route("/api/v1/account/prove/code", post(sign_in::begin_proof))
        .route(
            "/api/v1/account/password",
            post(factors::set_password).delete(factors::remove_password),
        )
        .route("/api/v1/account/email", post(profile::begin_email))
        .route("/api/v1/account/email/verify", post(profile::finish_email))
        .route(
            "/api/v1/account/totp",
            post(factors::begin_totp).delete(factors::remove_totp),
        )
        .route("/api/v1/account/totp/verify", post(factors::finish_totp))
        .route(
            "/api/v1/account/recovery-codes",
            post(factors::new_recovery_codes),
        )
        .route(
            "/api/v1/account/sessions",
            get(sessions::list).delete(sessions::end_others),
        )
        .route("/api/v1/account/sessions/{id}", delete(sessions::end))
        .route("/api/v1/account/events", get(sessions::events))
        .route(
            "/api/v1/account/history",
            get(belongings::history).delete(belongings::forget),
        )
        .route("/api/v1/account/devices", post(belongings::bring))
        .route(
            "/api/v1/account/rooms",
            get(saved_rooms::list).post(saved_rooms::save),
        )
        .route(
            "/api/v1/account/rooms/{id}",
            patch(saved_rooms::change).delete(saved_rooms::delete),
        )
}

fn about_hosts() -> Router<Web> {
    Router::new()
        .route(
            "/api/v1/account/follows",
            get(follows::list).post(follows::begin),
        )
        .route("/api/v1/account/follows/host", post(follows::host))
        .route("/api/v1/account/follows/{id}", delete(follows::end))
        .route("/api/v1/account/follows/{id}/mails", post(follows::mails))
        .route(
            "/api/v1/account/hosting",
            get(follows::hosting).put(follows::set_hosting),
        )
        .route(
            "/api/v1/account/notices",
            get(follows::notices).delete(follows::forget),
        )
        .route("/api/v1/account/notices/seen", post(follows::see))
}

fn pictures() -> Router<Web> {
    Router::new()
        .route(
            "/api/v1/account/avatar",
            put(avatar::set).delete(avatar::remove),
        )
        .route("/avatars/{id}", get(avatar::show))
        .layer(DefaultBodyLimit::max(PICTURE_BYTES_MAX))
}

/// The session whose cookie came with a socket's request, watched for its end. Who is not signed in has none.
pub(crate) async fn watch(web: &Web, headers: &HeaderMap) -> Option<SessionWatch> {
    let token = cookie::read(headers, cookie::SESSION)?;
    let session = web.inner.app.session(&token).await.ok()??;
    Some(web.inner.app.watch_session(&session))
}

/// The session whose cookie came with a request, if it is alive.
pub(crate) async fn session_of(
    web: &Web,
    headers: &HeaderMap,
) -> Result<Option<LiveSession>, AccountRefusal> {
    match cookie::read(headers, cookie::SESSION) {
        Some(token) => web.inner.app.session(&token).await,
        None => Ok(None),
    }
}

/// The latest publication of the policy that a browser says its guest has seen.
pub(crate) fn policy_seen(headers: &HeaderMap) -> Option<PolicyOrdinal> {
    let value = cookie::read(headers, cookie::POLICY)?;
    value.expose().parse().ok().map(PolicyOrdinal::new)
}

/// Lets a browser say for `life` that its guest has seen this publication of the policy.
pub(crate) fn keep_policy_seen(ordinal: PolicyOrdinal, life: Duration) -> HeaderValue {
    let value = Secret::new(ordinal.to_string());
    cookie::set(cookie::POLICY, &value, life)
}

/// Takes the cookie of a session away that has ended.
pub(crate) fn clear_session() -> HeaderValue {
    cookie::clear(cookie::SESSION)
}

/// The session of whoever is signed in, for pages that need none.
pub(crate) async fn signed_in(web: &Web, headers: &HeaderMap) -> Option<LiveSession> {
    let token = cookie::read(headers, cookie::SESSION)?;
    web.inner.app.session(&token).await.ok()?
}

/// Puts a link page into the history of whoever is signed in.
pub(crate) async fn remember_page(web: &Web, headers: &HeaderMap, page: &str) {
    let Some(token) = cookie::read(headers, cookie::SESSION) else {
        return;
    };
    if let Ok(Some(session)) = web.inner.app.session(&token).await {
        web.inner.app.remember_page(&session, page).await;
    }
}

/// What the problem called `name` means, and what to do.
pub(crate) fn explained(name: &str, language: Language) -> Option<[String; 2]> {
    let refusal = Refusal::named(name)?;
    Some([refusal.title(language), refusal.next(language)])
}

/// An answer that nobody keeps on the way.
fn private(value: &impl Serialize) -> Response {
    crate::links::api::json(value)
}

/// The same with another status than 200.
fn private_with(status: StatusCode, value: &impl Serialize) -> Response {
    let mut response = private(value);
    *response.status_mut() = status;
    response
}

/// Done, and nothing to say.
pub(crate) fn done() -> Response {
    let no_store = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (StatusCode::NO_CONTENT, no_store).into_response()
}
