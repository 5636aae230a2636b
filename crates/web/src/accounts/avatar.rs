//! The picture of an account.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base::AvatarId;

use super::{Refusal, Refused, SignedIn, asking, private};
use crate::Web;
use crate::links::Tongue;
use crate::problem::{General, Problem};

/// `PUT /api/v1/account/avatar`: a JPEG or PNG, of which only the picture itself is kept, 256 pixels wide.
#[utoipa::path(
    put,
    operation_id = "account_avatar_set",
    path = "/api/v1/account/avatar",
    request_body(content = Vec<u8>, content_type = "image/*"),
    responses(
        (status = 200, body = app::AccountView),
        (status = 401, body = Problem),
        (status = 413, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(crate) async fn set(
    person: SignedIn,
    State(web): State<Web>,
    picture: Result<Bytes, BytesRejection>,
) -> Result<Response, Refused> {
    let picture = picture.map_err(|rejection| person.refuse(asking::not_received(&rejection)))?;
    let set = web.inner.app.set_avatar(&person.session, picture).await;
    set.map(|account| private(&account))
        .map_err(|refusal| person.refuse(refusal))
}

/// `DELETE /api/v1/account/avatar`
#[utoipa::path(
    delete,
    operation_id = "account_avatar_remove",
    path = "/api/v1/account/avatar",
    responses((status = 200, body = app::AccountView), (status = 401, body = Problem))
)]
pub(crate) async fn remove(person: SignedIn, State(web): State<Web>) -> Result<Response, Refused> {
    let removed = web.inner.app.remove_avatar(&person.session).await;
    removed
        .map(|account| private(&account))
        .map_err(|refusal| person.refuse(refusal))
}

/// `GET /avatars/{id}`: by a name that cannot be guessed and that a new picture changes.
pub(crate) async fn show(
    State(web): State<Web>,
    Tongue { language, .. }: Tongue,
    id: Result<Path<AvatarId>, PathRejection>,
) -> Response {
    let Ok(Path(id)) = id else {
        return General::NothingHere.into_response();
    };
    match web.inner.app.avatar(id).await {
        Ok(Some(jpeg)) => {
            let headers = [
                (header::CONTENT_TYPE, "image/jpeg"),
                // No longer than a session: an erased picture is gone everywhere soon.
                (header::CACHE_CONTROL, "private, max-age=3600"),
            ];
            (headers, jpeg).into_response()
        }
        Ok(None) => General::NothingHere.into_response(),
        Err(refusal) => Refusal::from(refusal).problem(language),
    }
}
