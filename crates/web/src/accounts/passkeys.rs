//! Passkeys: signing in by one, making one, and what their owner does with them.

use account::Site;
use app::{PasskeyBegun, PasskeyView};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use base::{PasskeyId, TicketId};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::here::{Here, PasskeySite};
use super::register::{renewed, signed_in};
use super::{Asking, Body, Proved, Refusal, Refused, SignedIn, done, private};
use crate::Web;
use crate::problem::Problem;

/// What the browser answered, and the step that it finishes.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PasskeyAnswer {
    #[schema(value_type = String)]
    ticket: TicketId,
    /// The JSON form of WebAuthn's answer.
    #[schema(value_type = Object)]
    credential: Value,
}

/// A new passkey, as the browser made it.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewPasskey {
    #[schema(value_type = String)]
    ticket: TicketId,
    /// The JSON form of WebAuthn's answer.
    #[schema(value_type = Object)]
    credential: Value,
    /// What its owner calls it, 1 to 40 characters.
    name: String,
}

/// Another name for a passkey.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PasskeyName {
    name: String,
}

/// `POST /api/v1/account/sign-in/passkey`: asks for any passkey of this site, for a button and for the list under a field.
#[utoipa::path(
    post,
    operation_id = "account_passkeys_begin_sign_in",
    path = "/api/v1/account/sign-in/passkey",
    responses((status = 200, body = PasskeyBegun), (status = 403, body = Problem), (status = 429, body = Problem))
)]
pub(crate) async fn begin_sign_in(
    asking: Asking,
    PasskeySite(site): PasskeySite,
    State(web): State<Web>,
) -> Result<Response, Refused> {
    let begun = web
        .inner
        .app
        .begin_passkey_sign_in(&asking.caller, &site)
        .await;
    begun
        .map(|begun| private(&begun))
        .map_err(|refusal| asking.refuse(refusal))
}

/// `POST /api/v1/account/sign-in/passkey/verify`
#[utoipa::path(
    post,
    operation_id = "account_passkeys_finish_sign_in",
    path = "/api/v1/account/sign-in/passkey/verify",
    request_body = PasskeyAnswer,
    responses(
        (status = 200, body = app::AccountView, description = "Signed in. The session's cookie is set."),
        (status = 403, body = Problem),
        (status = 410, body = Problem)
    )
)]
pub(crate) async fn finish_sign_in(
    asking: Asking,
    PasskeySite(site): PasskeySite,
    State(web): State<Web>,
    Body(answer): Body<PasskeyAnswer>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let session = app
        .finish_passkey_sign_in(&asking.caller, &site, answer.ticket, &answer.credential)
        .await;
    session
        .map(|session| signed_in(&session))
        .map_err(|refusal| asking.refuse(refusal))
}

/// `POST /api/v1/account/prove/passkey`: asks for a passkey of the account, to prove again who one is.
#[utoipa::path(
    post,
    operation_id = "account_passkeys_begin_proof",
    path = "/api/v1/account/prove/passkey",
    responses((status = 200, body = PasskeyBegun), (status = 401, body = Problem))
)]
pub(crate) async fn begin_proof(
    person: SignedIn,
    PasskeySite(site): PasskeySite,
    State(web): State<Web>,
) -> Result<Response, Refused> {
    let begun = web
        .inner
        .app
        .begin_proof_passkey(&person.session, &site)
        .await;
    begun
        .map(|begun| private(&begun))
        .map_err(|refusal| person.refuse(refusal))
}

/// The part of `POST /api/v1/account/prove` that is about passkeys.
pub(super) async fn prove(
    person: &SignedIn,
    here: &Here,
    web: &Web,
    ticket: TicketId,
    answer: Value,
) -> Result<Response, Refused> {
    let Some(site) = Site::of(&here.origin) else {
        return Err(person.refuse(Refusal::HttpsNeeded));
    };
    let app = &web.inner.app;
    let (caller, session) = (&person.asking.caller, &person.session);
    let proved = app
        .prove_by_passkey(caller, session, &site, ticket, &answer)
        .await;
    proved
        .map(|session| renewed(&session))
        .map_err(|refusal| person.refuse(refusal))
}

/// `GET /api/v1/account/passkeys`
#[utoipa::path(
    get,
    operation_id = "account_passkeys_list",
    path = "/api/v1/account/passkeys",
    responses((status = 200, body = Vec<PasskeyView>), (status = 401, body = Problem))
)]
pub(crate) async fn list(person: SignedIn, State(web): State<Web>) -> Result<Response, Refused> {
    let passkeys = web.inner.app.passkeys(&person.session).await;
    passkeys
        .map(|passkeys| private(&passkeys))
        .map_err(|refusal| person.refuse(refusal))
}

/// `POST /api/v1/account/passkeys`: asks the browser for a new passkey.
#[utoipa::path(
    post,
    operation_id = "account_passkeys_begin",
    path = "/api/v1/account/passkeys",
    responses((status = 200, body = PasskeyBegun), (status = 401, body = Problem), (status = 403, body = Problem))
)]
pub(crate) async fn begin(
    Proved(person): Proved,
    PasskeySite(site): PasskeySite,
    State(web): State<Web>,
) -> Result<Response, Refused> {
    let begun = web.inner.app.begin_passkey(&person.session, &site).await;
    begun
        .map(|begun| private(&begun))
        .map_err(|refusal| person.refuse(refusal))
}

/// `POST /api/v1/account/passkeys/verify`: keeps what the browser made.
#[utoipa::path(
    post,
    operation_id = "account_passkeys_finish",
    path = "/api/v1/account/passkeys/verify",
    request_body = NewPasskey,
    responses(
        (status = 200, body = PasskeyView),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 409, body = Problem),
        (status = 410, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(crate) async fn finish(
    person: SignedIn,
    PasskeySite(site): PasskeySite,
    State(web): State<Web>,
    Body(made): Body<NewPasskey>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let (caller, session) = (&person.asking.caller, &person.session);
    let kept = app
        .finish_passkey(
            caller,
            session,
            &site,
            made.ticket,
            &made.credential,
            &made.name,
        )
        .await;
    kept.map(|passkey| private(&passkey))
        .map_err(|refusal| person.refuse(refusal))
}

/// `PATCH /api/v1/account/passkeys/{id}`: calls it something else.
#[utoipa::path(
    patch,
    operation_id = "account_passkeys_rename",
    path = "/api/v1/account/passkeys/{id}",
    params(("id" = String, Path, description = "Name of the passkey here.")),
    request_body = PasskeyName,
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(crate) async fn rename(
    person: SignedIn,
    State(web): State<Web>,
    id: Result<Path<PasskeyId>, PathRejection>,
    Body(name): Body<PasskeyName>,
) -> Result<Response, Refused> {
    let Ok(Path(id)) = id else {
        return Err(person.refuse(app::AccountRefusal::NotYours));
    };
    let app = &web.inner.app;
    let renamed = app.rename_passkey(&person.session, id, &name.name).await;
    renamed
        .map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}

/// `DELETE /api/v1/account/passkeys/{id}`
#[utoipa::path(
    delete,
    operation_id = "account_passkeys_remove",
    path = "/api/v1/account/passkeys/{id}",
    params(("id" = String, Path, description = "Name of the passkey here.")),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem)
    )
)]
pub(crate) async fn remove(
    Proved(person): Proved,
    State(web): State<Web>,
    id: Result<Path<PasskeyId>, PathRejection>,
) -> Result<Response, Refused> {
    let Ok(Path(id)) = id else {
        return Err(person.refuse(app::AccountRefusal::NotYours));
    };
    let app = &web.inner.app;
    let removed = app
        .remove_passkey(&person.asking.caller, &person.session, id)
        .await;
    removed
        .map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}
