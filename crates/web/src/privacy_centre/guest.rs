//! What rooms keep of a browser without an account, for the script of the page, which has the keys.

use std::collections::BTreeMap;

use app::{GuestCopy, RightsRefusal};
use axum::extract::State;
use axum::response::Response;
use base::{ReceiptId, Secret, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Web;
use crate::accounts::{Body, Refusal, leaving};
use crate::links::Tongue;
use crate::links::api::json;
use crate::links::asked::FromHere;
use crate::problem::Problem;

/// The keys that a browser keeps of rooms.
#[derive(Deserialize, ToSchema)]
pub(crate) struct GuestKeys {
    /// At most 64 device keys.
    #[schema(value_type = Vec<String>)]
    keys: Vec<Secret<String>>,
}

/// What is held by these keys.
#[derive(Serialize, ToSchema)]
pub(crate) struct GuestHeld {
    /// The rows of each table, as in a copy.
    #[schema(value_type = BTreeMap<String, Vec<BTreeMap<String, Option<String>>>>)]
    tables: GuestCopy,
}

/// What shows that all of it was erased. It names nobody.
#[derive(Serialize, ToSchema)]
pub(crate) struct GuestErased {
    /// Its name in the ledger.
    #[schema(value_type = String)]
    id: ReceiptId,
    /// When it was done, in Unix milliseconds.
    #[schema(value_type = i64)]
    at: Timestamp,
    /// How many rows of which table.
    counts: BTreeMap<String, u64>,
}

/// `POST /api/v1/privacy/guest`: what is held by the keys of a browser.
#[utoipa::path(
    post,
    operation_id = "privacy_guest_held",
    path = "/api/v1/privacy/guest",
    request_body = GuestKeys,
    responses(
        (status = 200, body = GuestHeld),
        (status = 403, body = Problem),
        (status = 429, body = Problem)
    )
)]
pub(crate) async fn held(
    from: FromHere,
    tongue: Tongue,
    State(web): State<Web>,
    Body(GuestKeys { keys }): Body<GuestKeys>,
) -> Response {
    let held = web.inner.app.held_by_keys(from.key, &keys).await;
    match held {
        Ok(tables) => json(&GuestHeld { tables }),
        Err(refusal) => refused(refusal, tongue),
    }
}

/// `POST /api/v1/privacy/guest/copy`: the same as an archive.
#[utoipa::path(
    post,
    operation_id = "privacy_guest_copy",
    path = "/api/v1/privacy/guest/copy",
    request_body = GuestKeys,
    responses(
        (status = 200, content_type = "application/zip", body = Vec<u8>),
        (status = 403, body = Problem),
        (status = 429, body = Problem)
    )
)]
pub(crate) async fn copy(
    from: FromHere,
    tongue: Tongue,
    State(web): State<Web>,
    Body(GuestKeys { keys }): Body<GuestKeys>,
) -> Response {
    let app = &web.inner.app;
    let zip = app.copy_by_keys(from.key, &keys, tongue.language);
    match zip.await {
        Ok(zip) => leaving::archive(zip),
        Err(refusal) => refused(refusal, tongue),
    }
}

/// `DELETE /api/v1/privacy/guest`: erases it at once; rooms that these keys opened end.
#[utoipa::path(
    delete,
    operation_id = "privacy_guest_erase",
    path = "/api/v1/privacy/guest",
    request_body = GuestKeys,
    responses(
        (status = 200, body = GuestErased),
        (status = 403, body = Problem),
        (status = 409, body = Problem),
        (status = 429, body = Problem)
    )
)]
pub(crate) async fn erase(
    from: FromHere,
    tongue: Tongue,
    State(web): State<Web>,
    Body(GuestKeys { keys }): Body<GuestKeys>,
) -> Response {
    let erased = web.inner.app.erase_by_keys(from.key, &keys).await;
    match erased {
        Ok(erased) => json(&GuestErased {
            id: erased.id,
            at: erased.at,
            counts: erased.counts,
        }),
        Err(refusal) => refused(refusal, tongue),
    }
}

fn refused(refusal: RightsRefusal, tongue: Tongue) -> Response {
    Refusal::Account(refusal.into()).problem(tongue.language)
}
