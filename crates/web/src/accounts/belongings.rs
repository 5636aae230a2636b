//! What a member has here beside the account itself: links that were looked at, and what browsers keep of them as guests.

use app::{BroughtAlong, KeptOfGuest, LookedAtView};
use axum::extract::State;
use axum::response::Response;

use super::{Body, Refused, SignedIn, done, private};
use crate::Web;
use crate::problem::Problem;

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

/// `POST /api/v1/account/devices`: what this browser keeps of a guest becomes the member's.
#[utoipa::path(
    post,
    operation_id = "account_belongings_bring",
    path = "/api/v1/account/devices",
    request_body = KeptOfGuest,
    responses((status = 200, body = BroughtAlong), (status = 401, body = Problem), (status = 409, body = Problem))
)]
pub(crate) async fn bring(
    person: SignedIn,
    State(web): State<Web>,
    Body(kept): Body<KeptOfGuest>,
) -> Result<Response, Refused> {
    let brought = web.inner.app.bring_along(&person.session, &kept).await;
    brought
        .map(|brought| private(&brought))
        .map_err(|refusal| person.refuse(refusal))
}
