//! What a member has here beside the account itself: links that were looked at, and devices.

use app::LookedAtView;
use axum::extract::State;
use axum::response::Response;
use base::Secret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Body, Refused, SignedIn, done, private};
use crate::Web;
use crate::problem::Problem;

/// The keys that a browser keeps of rooms it was in.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Keys {
    /// At most 64 device keys.
    #[schema(value_type = Vec<String>)]
    keys: Vec<Secret<String>>,
}

/// What became the member's.
#[derive(Serialize, ToSchema)]
pub(crate) struct Brought {
    /// Open rooms that the member owns on every device from now on.
    rooms: u64,
}

/// `GET /api/v1/account/history`
#[utoipa::path(
    get,
    operation_id = "account_belongings_history",
    path = "/api/v1/account/history",
    responses((status = 200, body = Vec<LookedAtView>), (status = 401, body = Problem))
)]
pub(crate) async fn history(person: SignedIn, State(web): State<Web>) -> Result<Response, Refused> {
    let history = web.inner.app.history(&person.session).await;
    history
        .map(|history| private(&history))
        .map_err(|refusal| person.refuse(refusal))
}

/// `DELETE /api/v1/account/history`
#[utoipa::path(
    delete,
    operation_id = "account_belongings_forget",
    path = "/api/v1/account/history",
    responses((status = 204), (status = 401, body = Problem))
)]
pub(crate) async fn forget(person: SignedIn, State(web): State<Web>) -> Result<Response, Refused> {
    let forgotten = web.inner.app.forget_history(&person.session).await;
    forgotten
        .map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}

/// `POST /api/v1/account/devices`: what a guest did with these keys is the member's.
#[utoipa::path(
    post,
    operation_id = "account_belongings_bring",
    path = "/api/v1/account/devices",
    request_body = Keys,
    responses((status = 200, body = Brought), (status = 401, body = Problem), (status = 409, body = Problem))
)]
pub(crate) async fn bring(
    person: SignedIn,
    State(web): State<Web>,
    Body(Keys { keys }): Body<Keys>,
) -> Result<Response, Refused> {
    let rooms = web.inner.app.bring_devices(&person.session, &keys).await;
    rooms
        .map(|rooms| private(&Brought { rooms }))
        .map_err(|refusal| person.refuse(refusal))
}
