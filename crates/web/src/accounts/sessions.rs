//! The signed-in browsers of an account, and what happened to it.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use base::SessionId;

use super::{Proved, Refused, SignedIn, cookie, done, private};
use crate::Web;
use crate::problem::Problem;

/// `GET /api/v1/account/sessions`
#[utoipa::path(
    get,
    operation_id = "account_sessions_list",
    path = "/api/v1/account/sessions",
    responses((status = 200, body = Vec<app::SessionView>), (status = 401, body = Problem))
)]
pub(crate) async fn list(person: SignedIn, State(web): State<Web>) -> Result<Response, Refused> {
    let sessions = web.inner.app.sessions(&person.session).await;
    sessions
        .map(|sessions| private(&sessions))
        .map_err(|refusal| person.refuse(refusal))
}

/// `DELETE /api/v1/account/sessions/{id}`: that browser is signed out, its sockets within 2 s.
#[utoipa::path(
    delete,
    operation_id = "account_sessions_end",
    path = "/api/v1/account/sessions/{id}",
    params(("id" = String, Path, description = "Name of the session.")),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem)
    )
)]
pub(crate) async fn end(
    Proved(person): Proved,
    State(web): State<Web>,
    id: Result<Path<SessionId>, PathRejection>,
) -> Result<Response, Refused> {
    let Ok(Path(id)) = id else {
        return Err(person.refuse(app::AccountRefusal::NotYours));
    };
    let ended = web.inner.app.end_session(&person.session, id).await;
    ended
        .map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}

/// `DELETE /api/v1/account/sessions`: every other browser is signed out.
#[utoipa::path(
    delete,
    operation_id = "account_sessions_end_others",
    path = "/api/v1/account/sessions",
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem))
)]
pub(crate) async fn end_others(
    Proved(person): Proved,
    State(web): State<Web>,
) -> Result<Response, Refused> {
    let ended = web
        .inner
        .app
        .end_other_sessions(&person.asking.caller, &person.session)
        .await;
    ended
        .map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}

/// `POST /api/v1/account/sign-out`: this browser is signed out, and what it kept of the account is cleared.
#[utoipa::path(
    post,
    operation_id = "account_sessions_sign_out",
    path = "/api/v1/account/sign-out",
    responses((status = 204), (status = 401, body = Problem))
)]
pub(crate) async fn sign_out(
    person: SignedIn,
    State(web): State<Web>,
) -> Result<Response, Refused> {
    let ended = web.inner.app.sign_out(&person.session).await;
    ended.map_err(|refusal| person.refuse(refusal))?;
    let mut response = done();
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, cookie::clear(cookie::SESSION));
    // Cookies of this host are named above; other things that people chose here belong to the device, but for these two.
    headers.insert(
        "clear-site-data",
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(response)
}

/// `GET /api/v1/account/events`: what happened to the account in the last 90 days.
#[utoipa::path(
    get,
    operation_id = "account_sessions_events",
    path = "/api/v1/account/events",
    responses((status = 200, body = Vec<app::SecurityEventView>), (status = 401, body = Problem))
)]
pub(crate) async fn events(person: SignedIn, State(web): State<Web>) -> Result<Response, Refused> {
    let events = web.inner.app.security_events(&person.session).await;
    events
        .map(|events| private(&events))
        .map_err(|refusal| person.refuse(refusal))
}
