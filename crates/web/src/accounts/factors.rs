//! Passwords, the second factor and its recovery codes.

use app::{TotpBegun, TotpDone};
use axum::extract::State;
use axum::response::Response;
use base::Secret;
use serde::Deserialize;
use utoipa::ToSchema;

use super::register::Finish;
use super::{Body, Proved, Refused, SignedIn, done, private};
use crate::Web;
use crate::problem::Problem;

/// A new password, with the one that it takes the place of.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewPassword {
    /// Left out where there is none yet.
    #[schema(value_type = Option<String>)]
    current: Option<Secret<String>>,
    #[schema(value_type = String)]
    password: Secret<String>,
}

/// `POST /api/v1/account/password`: sets it, and signs every other browser out.
#[utoipa::path(
    post,
    operation_id = "account_factors_set_password",
    path = "/api/v1/account/password",
    request_body = NewPassword,
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub(crate) async fn set_password(
    Proved(person): Proved,
    State(web): State<Web>,
    Body(new): Body<NewPassword>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let set = app
        .set_password(
            &person.asking.caller,
            &person.session,
            new.current,
            new.password,
        )
        .await;
    set.map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}

/// `DELETE /api/v1/account/password`: unless it is the last way in.
#[utoipa::path(
    delete,
    operation_id = "account_factors_remove_password",
    path = "/api/v1/account/password",
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem), (status = 409, body = Problem))
)]
pub(crate) async fn remove_password(
    Proved(person): Proved,
    State(web): State<Web>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let removed = app
        .remove_password(&person.asking.caller, &person.session)
        .await;
    removed
        .map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}

/// `POST /api/v1/account/totp`: a secret for an app, which counts once a code of it comes back.
#[utoipa::path(
    post,
    operation_id = "account_factors_begin_totp",
    path = "/api/v1/account/totp",
    responses((status = 200, body = TotpBegun), (status = 401, body = Problem), (status = 403, body = Problem))
)]
pub(crate) async fn begin_totp(
    Proved(person): Proved,
    State(web): State<Web>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let begun = app.begin_totp(&person.session, &person.asking.place).await;
    begun
        .map(|begun| private(&begun))
        .map_err(|refusal| person.refuse(refusal))
}

/// `POST /api/v1/account/totp/verify`: from now on the password alone is not enough. Gives ten recovery codes, once.
#[utoipa::path(
    post,
    operation_id = "account_factors_finish_totp",
    path = "/api/v1/account/totp/verify",
    request_body = Finish,
    responses(
        (status = 200, body = TotpDone),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 410, body = Problem)
    )
)]
pub(crate) async fn finish_totp(
    person: SignedIn,
    State(web): State<Web>,
    Body(finish): Body<Finish>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let done = app
        .finish_totp(
            &person.asking.caller,
            &person.session,
            finish.ticket,
            &finish.code,
        )
        .await;
    done.map(|done| private(&done))
        .map_err(|refusal| person.refuse(refusal))
}

/// `DELETE /api/v1/account/totp`
#[utoipa::path(
    delete,
    operation_id = "account_factors_remove_totp",
    path = "/api/v1/account/totp",
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem))
)]
pub(crate) async fn remove_totp(
    Proved(person): Proved,
    State(web): State<Web>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let removed = app
        .remove_totp(&person.asking.caller, &person.session)
        .await;
    removed
        .map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}

/// `POST /api/v1/account/recovery-codes`: ten new ones; the old ones are dead.
#[utoipa::path(
    post,
    operation_id = "account_factors_new_recovery_codes",
    path = "/api/v1/account/recovery-codes",
    responses(
        (status = 200, body = TotpDone),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem, description = "There is no second factor.")
    )
)]
pub(crate) async fn new_recovery_codes(
    Proved(person): Proved,
    State(web): State<Web>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let codes = app
        .new_recovery_codes(&person.asking.caller, &person.session)
        .await;
    codes
        .map(|codes| private(&codes))
        .map_err(|refusal| person.refuse(refusal))
}
