//! Rooms whose name and code stay a member's. They are opened on the socket, by `create` with `saved`.

use app::{NewSavedRoom, SavedRoomChange, SavedRoomView, SavedRoomsView};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::{EntryId, Secret};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Body, Refused, SignedIn, done, private, private_with};
use crate::Web;
use crate::problem::Problem;

/// A room that is to be saved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToSave {
    /// 1 to 60 characters.
    name: String,
    /// 6 to 12 digits and letters, without U. Left out: one is drawn.
    code: Option<String>,
    /// Asked of those who type the code; 1 to 72 bytes.
    #[schema(value_type = Option<String>)]
    password: Option<Secret<String>>,
    /// Whether it opens with a queue, rather than to cast in.
    #[serde(default)]
    has_queue: bool,
    /// Whether the host approves each listener.
    #[serde(default)]
    ask_first: bool,
}

/// What of a saved room is to be another. What is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedChange {
    /// 1 to 60 characters.
    name: Option<String>,
    /// 1 to 72 bytes; an empty one takes it away.
    #[schema(value_type = Option<String>)]
    password: Option<Secret<String>>,
}

/// `GET /api/v1/account/rooms`
#[utoipa::path(
    get,
    operation_id = "account_saved_rooms_list",
    path = "/api/v1/account/rooms",
    responses((status = 200, body = SavedRoomsView), (status = 401, body = Problem))
)]
pub(crate) async fn list(person: SignedIn, State(web): State<Web>) -> Result<Response, Refused> {
    let rooms = web.inner.app.saved_rooms(&person.session).await;
    rooms
        .map(|rooms| private(&rooms))
        .map_err(|refusal| person.refuse(refusal))
}

/// `POST /api/v1/account/rooms`
#[utoipa::path(
    post,
    operation_id = "account_saved_rooms_save",
    path = "/api/v1/account/rooms",
    request_body = ToSave,
    responses(
        (status = 201, body = SavedRoomView),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 409, body = Problem),
        (status = 422, body = Problem),
        (status = 429, body = Problem)
    )
)]
pub(crate) async fn save(
    person: SignedIn,
    State(web): State<Web>,
    Body(to_save): Body<ToSave>,
) -> Result<Response, Refused> {
    let new = NewSavedRoom {
        name: to_save.name,
        code: to_save.code,
        password: to_save.password,
        has_queue: to_save.has_queue,
        ask_first: to_save.ask_first,
    };
    let app = &web.inner.app;
    let saved = app
        .save_room(&person.asking.caller, &person.session, new)
        .await;
    saved
        .map(|room| private_with(StatusCode::CREATED, &room))
        .map_err(|refusal| person.refuse(refusal))
}

/// `PATCH /api/v1/account/rooms/{id}`
#[utoipa::path(
    patch,
    operation_id = "account_saved_rooms_change",
    path = "/api/v1/account/rooms/{id}",
    params(("id" = String, Path, description = "The saved room.")),
    request_body = SavedChange,
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
        (status = 429, body = Problem)
    )
)]
pub(crate) async fn change(
    person: SignedIn,
    State(web): State<Web>,
    Path(id): Path<String>,
    Body(SavedChange { name, password }): Body<SavedChange>,
) -> Result<Response, Refused> {
    let id = named(&id).map_err(|refusal| person.refuse(refusal))?;
    let change = SavedRoomChange { name, password };
    let changed = web.inner.app.change_saved_room(&person.session, id, change);
    changed
        .await
        .map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}

/// `DELETE /api/v1/account/rooms/{id}`
#[utoipa::path(
    delete,
    operation_id = "account_saved_rooms_delete",
    path = "/api/v1/account/rooms/{id}",
    params(("id" = String, Path, description = "The saved room.")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(crate) async fn delete(
    person: SignedIn,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    let id = named(&id).map_err(|refusal| person.refuse(refusal))?;
    let deleted = web.inner.app.delete_saved_room(&person.session, id).await;
    deleted
        .map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}

fn named(id: &str) -> Result<EntryId, app::AccountRefusal> {
    id.parse().map_err(|_| app::AccountRefusal::NotYours)
}
