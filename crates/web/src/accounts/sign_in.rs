//! Signing in, proving it again, and a new password for who forgot the old one.

use app::{Begun, ProofOffered, SignIn};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use base::Secret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::register::{Finish, renewed, set_session, signed_in};
use super::{Asking, Body, Refused, SignedIn, done, private, private_with};
use crate::Web;
use crate::problem::Problem;

/// An address and its password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ByPassword {
    email: String,
    #[schema(value_type = String)]
    password: Secret<String>,
    /// The solved challenge, where one was asked for.
    #[serde(default)]
    proof_of_work: Option<String>,
    /// In its place, what the check of another service gave the browser, where there is one.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    turnstile: Option<Secret<String>>,
}

/// An address that a code or a link is sent to.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ByMail {
    email: String,
    /// The solved challenge, where one was asked for.
    #[serde(default)]
    proof_of_work: Option<String>,
    /// In its place, what the check of another service gave the browser, where there is one.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    turnstile: Option<Secret<String>>,
}

/// A new password, by the link in the mail.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Reset {
    /// The secret of the link.
    #[schema(value_type = String)]
    token: Secret<String>,
    #[schema(value_type = String)]
    password: Secret<String>,
}

/// What proves who somebody is: a password, or a code with the step it finishes, or a code of their app alone.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Prove {
    #[schema(value_type = Option<String>)]
    password: Option<Secret<String>>,
    /// The solved challenge, where one was asked for.
    #[serde(default)]
    proof_of_work: Option<String>,
    /// In its place, what the check of another service gave the browser, where there is one.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    turnstile: Option<Secret<String>>,
    /// The step that a mailed code finishes.
    #[schema(value_type = Option<String>)]
    ticket: Option<base::TicketId>,
    /// A mailed code, or one of the app where there is no step.
    code: Option<String>,
    /// What a passkey answered, with its step: the JSON form of WebAuthn's answer.
    #[schema(value_type = Option<Object>)]
    credential: Option<serde_json::Value>,
}

/// Signed in, or one step more.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SignInAnswer {
    /// The account. The session's cookie is set.
    SignedIn(app::AccountView),
    /// A second factor is asked for.
    SecondFactor(app::SecondFactor),
}

/// `POST /api/v1/account/sign-in`
#[utoipa::path(
    post,
    operation_id = "account_sign_in_by_password",
    path = "/api/v1/account/sign-in",
    request_body = ByPassword,
    responses(
        (status = 200, body = SignInAnswer),
        (status = 403, body = Problem),
        (status = 429, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub(crate) async fn by_password(
    asking: Asking,
    State(web): State<Web>,
    Body(by): Body<ByPassword>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let effort = asking.effort(by.proof_of_work, by.turnstile);
    let sign_in = app
        .sign_in(&asking.caller, &by.email, by.password, effort)
        .await;
    answer(sign_in).map_err(|refusal| asking.refuse(refusal))
}

/// `POST /api/v1/account/sign-in/factor`: the second factor, a code of the app or a recovery code.
#[utoipa::path(
    post,
    operation_id = "account_sign_in_factor",
    path = "/api/v1/account/sign-in/factor",
    request_body = Finish,
    responses(
        (status = 200, body = app::AccountView),
        (status = 403, body = Problem),
        (status = 410, body = Problem)
    )
)]
pub(crate) async fn factor(
    asking: Asking,
    State(web): State<Web>,
    Body(finish): Body<Finish>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let session = app
        .sign_in_factor(&asking.caller, finish.ticket, &finish.code)
        .await;
    session
        .map(|session| signed_in(&session))
        .map_err(|refusal| asking.refuse(refusal))
}

/// `POST /api/v1/account/sign-in/code`: sends a code.
#[utoipa::path(
    post,
    operation_id = "account_sign_in_begin_code",
    path = "/api/v1/account/sign-in/code",
    request_body = ByMail,
    responses(
        (status = 202, body = Begun, description = "The same, whether or not the address is known."),
        (status = 403, body = Problem),
        (status = 429, body = Problem)
    )
)]
pub(crate) async fn begin_code(
    asking: Asking,
    State(web): State<Web>,
    Body(by): Body<ByMail>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let effort = asking.effort(by.proof_of_work, by.turnstile);
    let begun = app
        .begin_sign_in_code(&asking.caller, &by.email, effort)
        .await;
    begun
        .map(|begun| private_with(StatusCode::ACCEPTED, &begun))
        .map_err(|refusal| asking.refuse(refusal))
}

/// `POST /api/v1/account/sign-in/code/verify`
#[utoipa::path(
    post,
    operation_id = "account_sign_in_finish_code",
    path = "/api/v1/account/sign-in/code/verify",
    request_body = Finish,
    responses(
        (status = 200, body = SignInAnswer),
        (status = 403, body = Problem),
        (status = 410, body = Problem)
    )
)]
pub(crate) async fn finish_code(
    asking: Asking,
    State(web): State<Web>,
    Body(finish): Body<Finish>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let sign_in = app
        .finish_sign_in_code(&asking.caller, finish.ticket, &finish.code)
        .await;
    answer(sign_in).map_err(|refusal| asking.refuse(refusal))
}

/// `POST /api/v1/account/reset`: sends a link that sets a new password.
#[utoipa::path(
    post,
    operation_id = "account_sign_in_begin_reset",
    path = "/api/v1/account/reset",
    request_body = ByMail,
    responses(
        (status = 202, description = "The same, whether or not the address is known."),
        (status = 403, body = Problem),
        (status = 429, body = Problem)
    )
)]
pub(crate) async fn begin_reset(
    asking: Asking,
    State(web): State<Web>,
    Body(by): Body<ByMail>,
) -> Result<StatusCode, Refused> {
    let app = &web.inner.app;
    let effort = asking.effort(by.proof_of_work, by.turnstile);
    let begun = app
        .begin_reset(&asking.caller, &asking.place, &by.email, effort)
        .await;
    begun
        .map(|()| StatusCode::ACCEPTED)
        .map_err(|refusal| asking.refuse(refusal))
}

/// `POST /api/v1/account/reset/complete`: sets the new password and ends every session.
#[utoipa::path(
    post,
    operation_id = "account_sign_in_finish_reset",
    path = "/api/v1/account/reset/complete",
    request_body = Reset,
    responses(
        (status = 204),
        (status = 410, body = Problem),
        (status = 422, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub(crate) async fn finish_reset(
    asking: Asking,
    State(web): State<Web>,
    Body(reset): Body<Reset>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let outcome = app
        .finish_reset(&asking.caller, &reset.token, reset.password)
        .await;
    outcome
        .map(|()| done())
        .map_err(|refusal| asking.refuse(refusal))
}

/// `POST /api/v1/account/prove`: the person behind a session shows again who they are; it holds for ten minutes.
#[utoipa::path(
    post,
    operation_id = "account_sign_in_prove",
    path = "/api/v1/account/prove",
    request_body = Prove,
    responses(
        (status = 204, description = "The session goes on under a new name: its cookie is set anew."),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 410, body = Problem),
        (status = 429, body = Problem)
    )
)]
pub(crate) async fn prove(
    person: SignedIn,
    here: super::here::Here,
    State(web): State<Web>,
    Body(prove): Body<Prove>,
) -> Result<Response, Refused> {
    if let (Some(ticket), Some(answer)) = (prove.ticket, prove.credential) {
        return super::passkeys::prove(&person, &here, &web, ticket, answer).await;
    }
    let effort = person.asking.effort(prove.proof_of_work, prove.turnstile);
    let offered = match (prove.password, prove.ticket, prove.code) {
        (Some(password), None, None) => ProofOffered::Password(password, effort),
        (None, Some(ticket), Some(code)) => ProofOffered::Mailed { ticket, code },
        (None, None, Some(code)) => ProofOffered::App(code),
        _ => return Err(person.refuse(super::Refusal::Unreadable)),
    };
    let app = &web.inner.app;
    let outcome = app
        .prove(&person.asking.caller, &person.session, offered)
        .await;
    outcome
        .map(|session| renewed(&session))
        .map_err(|refusal| person.refuse(refusal))
}

/// `POST /api/v1/account/prove/code`: mails a code to the account's own address.
#[utoipa::path(
    post,
    operation_id = "account_sign_in_begin_proof",
    path = "/api/v1/account/prove/code",
    responses((status = 202, body = Begun), (status = 401, body = Problem), (status = 429, body = Problem))
)]
pub(crate) async fn begin_proof(
    person: SignedIn,
    State(web): State<Web>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let begun = app
        .begin_proof_code(&person.asking.caller, &person.session)
        .await;
    begun
        .map(|begun| private_with(StatusCode::ACCEPTED, &begun))
        .map_err(|refusal| person.refuse(refusal))
}

fn answer(sign_in: Result<SignIn, app::AccountRefusal>) -> Result<Response, app::AccountRefusal> {
    Ok(match sign_in? {
        SignIn::Done(session) => {
            let mut response = private(&SignInAnswer::SignedIn(session.account.clone()));
            set_session(&mut response, &session);
            response
        }
        SignIn::SecondFactor(factor) => private(&SignInAnswer::SecondFactor(factor)),
    })
}
