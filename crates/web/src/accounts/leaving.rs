//! Taking everything along, and leaving for good.

use app::Leaving;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Body, Proved, Refusal, Refused, SignedIn, cookie, done, private};
use crate::Web;
use crate::problem::Problem;

/// The word that is typed, so that nobody leaves by a slip.
const WORD: &str = "erase";

/// The wish to leave.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Leave {
    /// `erase`.
    word: String,
    /// At once, instead of in seven days.
    now: bool,
}

/// `GET /api/v1/account/copy`: everything of the account, as JSON with its schema, pictures and a page to read.
#[utoipa::path(
    get,
    operation_id = "account_leaving_copy",
    path = "/api/v1/account/copy",
    responses(
        (status = 200, content_type = "application/zip", body = Vec<u8>),
        (status = 401, body = Problem),
        (status = 403, body = Problem)
    )
)]
pub(crate) async fn copy(
    Proved(person): Proved,
    State(web): State<Web>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let zip = app.take_along(&person.asking.caller, &person.session).await;
    let zip = zip.map_err(|refusal| person.refuse(refusal))?;
    Ok(archive(zip))
}

/// A copy, as a file to keep.
pub(crate) fn archive(zip: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"unisono-copy.zip\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, zip).into_response()
}

/// `DELETE /api/v1/account`: erases the account, at once or in seven days.
#[utoipa::path(
    delete,
    operation_id = "account_leaving_leave",
    path = "/api/v1/account",
    request_body = Leave,
    responses(
        (status = 200, body = Leaving),
        (status = 400, body = Problem, description = "The word was not typed."),
        (status = 401, body = Problem),
        (status = 403, body = Problem)
    )
)]
pub(crate) async fn leave(
    Proved(person): Proved,
    State(web): State<Web>,
    Body(leave): Body<Leave>,
) -> Result<Response, Refused> {
    if leave.word != WORD {
        return Err(person.refuse(Refusal::WordNotTyped));
    }
    let app = &web.inner.app;
    let leaving = app
        .leave(&person.asking.caller, &person.session, leave.now)
        .await
        .map_err(|refusal| person.refuse(refusal))?;
    let mut response = private(&leaving);
    if matches!(leaving, Leaving::Erased(_)) {
        let headers = response.headers_mut();
        headers.append(header::SET_COOKIE, cookie::clear(cookie::SESSION));
    }
    Ok(response)
}

/// `POST /api/v1/account/stay`: takes the wish to leave back.
#[utoipa::path(
    post,
    operation_id = "account_leaving_stay",
    path = "/api/v1/account/stay",
    responses((status = 204), (status = 401, body = Problem))
)]
pub(crate) async fn stay(person: SignedIn, State(web): State<Web>) -> Result<Response, Refused> {
    let stayed = web.inner.app.stay(&person.asking.caller, &person.session);
    stayed
        .await
        .map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}
