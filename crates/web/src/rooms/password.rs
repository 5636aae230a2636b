//! The password of a room that is open.

use app::NotServed;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base::Secret;
use protocol::{PASSWORD_BYTES_MAX, RoomCode};
use serde::Deserialize;
use utoipa::ToSchema;

use super::seat::{bearer, refused};
use crate::Web;
use crate::accounts::Body;
use crate::links::asked::Named;
use crate::problem::{General, Problem};
use crate::visitor::Visitor;

/// What is asked of those who come to a room.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoomPassword {
    /// 1 to 72 bytes; null when nothing is asked any more.
    #[schema(value_type = Option<String>, max_length = 72)]
    password: Option<Secret<String>>,
}

/// `PUT /api/v1/rooms/{code}/password`: who comes to the room from now on is asked for it. Who is in stays in.
#[utoipa::path(
    put,
    path = "/api/v1/rooms/{code}/password",
    request_body = RoomPassword,
    params(
        ("code" = String, Path, description = "The room's code."),
        ("authorization" = String, Header, description = "`Bearer` and the resume token of a seat whose person may change the room's settings.")
    ),
    responses(
        (status = 204, description = "It is so from now on."),
        (status = 400, body = Problem, description = "An empty password, or one of more than 72 bytes."),
        (status = 401, body = Problem, description = "Not somebody who is in this room now."),
        (status = 403, body = Problem, description = "Somebody who may not change the room's settings."),
        (status = 429, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub(crate) async fn set(
    _visitor: Visitor,
    State(web): State<Web>,
    Named(code): Named,
    headers: HeaderMap,
    Body(RoomPassword { password }): Body<RoomPassword>,
) -> Response {
    let asked = code.parse::<RoomCode>().ok().zip(bearer(&headers));
    let Some((code, token)) = asked else {
        return refused(&NotServed::NotInside);
    };
    let bytes = password.as_ref().map(|password| password.expose().len());
    if bytes.is_some_and(|bytes| !(1..=PASSWORD_BYTES_MAX).contains(&bytes)) {
        return General::BadNewRoomPassword.into_response();
    }
    match web
        .inner
        .app
        .set_room_password(code, &token, password)
        .await
    {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(no) => refused(&no),
    }
}
