//! What the owner of an account can change about it.

use app::{Begun, ProfileChange};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use base::Personal;
use serde::Deserialize;
use utoipa::ToSchema;

use super::register::{Finish, go_to};
use super::{Body, Proved, Refused, SignedIn, private, private_with};
use crate::Web;
use crate::problem::Problem;

/// What is to change. What is left out stays; an empty text empties it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    #[schema(value_type = Option<String>)]
    user_name: Option<Personal<String>>,
    language: Option<String>,
    #[schema(value_type = Option<String>)]
    country: Option<Personal<String>>,
    theme: Option<String>,
    history_days: Option<i64>,
}

/// A new address.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewEmail {
    email: String,
}

/// `GET /api/v1/account`
#[utoipa::path(
    get,
    operation_id = "account_profile_account",
    path = "/api/v1/account",
    responses((status = 200, body = app::AccountView), (status = 401, body = Problem))
)]
pub(crate) async fn account(person: SignedIn, State(web): State<Web>) -> Result<Response, Refused> {
    let account = web.inner.app.account(&person.session).await;
    account
        .map(|account| private(&account))
        .map_err(|refusal| person.refuse(refusal))
}

/// `PATCH /api/v1/account`
#[utoipa::path(
    patch,
    operation_id = "account_profile_change",
    path = "/api/v1/account",
    request_body = Change,
    responses(
        (status = 200, body = app::AccountView),
        (status = 401, body = Problem),
        (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(crate) async fn change(
    person: SignedIn,
    State(web): State<Web>,
    Body(change): Body<Change>,
) -> Result<Response, Refused> {
    let change = ProfileChange {
        user_name: change.user_name,
        language: change.language,
        country: change.country,
        theme: change.theme,
        history_days: change.history_days,
    };
    let changed = web.inner.app.change_profile(&person.session, change).await;
    changed
        .map(|account| private(&account))
        .map_err(|refusal| person.refuse(refusal))
}

/// `POST /api/v1/account/email`: sends a code to the new address, which counts once the code comes back.
#[utoipa::path(
    post,
    operation_id = "account_profile_begin_email",
    path = "/api/v1/account/email",
    request_body = NewEmail,
    responses(
        (status = 202, body = Begun, description = "The same, whether or not the address is known."),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(crate) async fn begin_email(
    Proved(person): Proved,
    State(web): State<Web>,
    Body(new): Body<NewEmail>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let begun = app
        .begin_new_email(&person.asking.caller, &person.session, &new.email)
        .await;
    begun
        .map(|begun| private_with(StatusCode::ACCEPTED, &begun))
        .map_err(|refusal| person.refuse(refusal))
}

/// `POST /api/v1/account/email/verify`: the new address counts from now on, and the old one is told.
#[utoipa::path(
    post,
    operation_id = "account_profile_finish_email",
    path = "/api/v1/account/email/verify",
    request_body = Finish,
    responses(
        (status = 200, body = app::AccountView),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 410, body = Problem)
    )
)]
pub(crate) async fn finish_email(
    person: SignedIn,
    State(web): State<Web>,
    Body(finish): Body<Finish>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let changed = app
        .finish_new_email(
            &person.asking.caller,
            &person.session,
            finish.ticket,
            &finish.code,
        )
        .await;
    changed
        .map(|account| private(&account))
        .map_err(|refusal| person.refuse(refusal))
}

/// `GET /settings`: where people look for what they can change.
pub(crate) async fn settings() -> Response {
    go_to("/account")
}

/// `GET /.well-known/change-password`: where password managers send people (W3C, A Well-Known URL for Changing Passwords).
pub(crate) async fn change_password() -> Response {
    go_to("/account#password")
}
