//! Making an account.

use account::{Purpose, RegistrationRule};
use app::{Begun, NewSession, Registration, RenewedSession};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Secret, TicketId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Asking, Body, Refused, cookie, done, private, private_with};
use crate::problem::Problem;
use crate::{Web, embed};

/// What somebody who wants an account sends.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Register {
    /// Where the code is sent.
    #[schema(value_type = String)]
    email: String,
    /// A password, if they want one.
    #[schema(value_type = Option<String>)]
    password: Option<Secret<String>>,
    /// The version of the policy and the terms that they agree to.
    agreed_version: String,
    /// Whether they say that they are old enough.
    is_of_age: bool,
    /// The solved challenge of `/api/v1/account/proof-of-work`.
    #[serde(default)]
    proof_of_work: Option<String>,
    /// In its place, what the check of another service gave the browser, where there is one.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    turnstile: Option<Secret<String>>,
    /// The invitation that came in the link, where only the invited may make an account.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    invitation: Option<Secret<String>>,
}

/// A code, and the step that it finishes.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Finish {
    /// The step, as it was named when it began.
    #[schema(value_type = String)]
    pub(super) ticket: TicketId,
    /// The code as it was typed; spaces and dashes do not count.
    pub(super) code: String,
}

/// What makes the first operator.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Setup {
    /// The secret of the link that the server printed.
    #[schema(value_type = String)]
    token: Secret<String>,
    /// The operator's address.
    email: String,
    /// Their password.
    #[schema(value_type = String)]
    password: Secret<String>,
}

/// What somebody who wants an account agrees to.
#[derive(Serialize, ToSchema)]
pub(crate) struct Terms {
    /// The version of the policy and the terms in force.
    policy_version: String,
    /// The age in years from which people may have an account.
    age_min: u8,
    /// Who may make an account: `open`, `invited` or `closed`.
    #[schema(value_type = String)]
    registration: RegistrationRule,
    /// The check of another service that people may choose in place of a proof of work: `turnstile`, or none.
    check: Option<&'static str>,
}

/// `GET /api/v1/account/terms`
#[utoipa::path(
    get,
    operation_id = "account_register_terms",
    path = "/api/v1/account/terms",
    responses((status = 200, body = Terms), (status = 403, body = Problem))
)]
pub(crate) async fn terms(_: Asking, State(web): State<Web>) -> Response {
    let app = &web.inner.app;
    private(&Terms {
        policy_version: app.policy_version().to_owned(),
        age_min: app.minimum_age(),
        registration: app.registration(),
        check: app.check_site_key().map(|_| embed::CHECK),
    })
}

/// What the work is for.
#[derive(Deserialize)]
pub(crate) struct Work {
    #[serde(rename = "for", default = "registering")]
    purpose: Purpose,
}

const fn registering() -> Purpose {
    Purpose::Register
}

/// `GET /api/v1/account/proof-of-work`: a challenge that costs a robot more than a person (ALTCHA, version 2).
#[utoipa::path(
    get,
    operation_id = "account_register_work",
    path = "/api/v1/account/proof-of-work",
    params(("for" = Option<String>, Query, description = "`register` (the default) or `sign-in`, which is also for codes and links by mail.")),
    responses((status = 200, description = "A challenge, to be solved and sent once.", body = Object), (status = 403, body = Problem))
)]
pub(crate) async fn work(
    asking: Asking,
    State(web): State<Web>,
    what: Result<Query<Work>, QueryRejection>,
) -> Result<Response, Refused> {
    let Ok(Query(Work { purpose })) = what else {
        return Err(asking.refuse(super::Refusal::Unreadable));
    };
    let challenge = web.inner.app.proof_of_work(purpose);
    Ok(private(&challenge))
}

/// `POST /api/v1/account/register`: sends a code. The account is made when the code comes back.
#[utoipa::path(
    post,
    operation_id = "account_register_begin",
    path = "/api/v1/account/register",
    request_body = Register,
    responses(
        (status = 202, body = Begun, description = "A mail is on its way, whether or not the address is known."),
        (status = 403, body = Problem),
        (status = 422, body = Problem),
        (status = 429, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub(crate) async fn begin(
    asking: Asking,
    State(web): State<Web>,
    Body(register): Body<Register>,
) -> Result<Response, Refused> {
    let registration = Registration {
        email: register.email,
        password: register.password,
        agreed_version: register.agreed_version,
        is_of_age: register.is_of_age,
        effort: asking.effort(register.proof_of_work, register.turnstile),
        invitation: register.invitation,
    };
    let begun = web.inner.app.register(&asking.caller, registration).await;
    let begun = begun.map_err(|refusal| asking.refuse(refusal))?;
    Ok(private_with(StatusCode::ACCEPTED, &begun))
}

/// `POST /api/v1/account/register/verify`: the code is right, so the account is made and signed in.
#[utoipa::path(
    post,
    operation_id = "account_register_finish",
    path = "/api/v1/account/register/verify",
    request_body = Finish,
    responses(
        (status = 200, body = app::AccountView),
        (status = 403, body = Problem),
        (status = 410, body = Problem)
    )
)]
pub(crate) async fn finish(
    asking: Asking,
    State(web): State<Web>,
    Body(finish): Body<Finish>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let made = app
        .verify_registration(&asking.caller, finish.ticket, &finish.code)
        .await;
    made.map(|session| signed_in(&session))
        .map_err(|refusal| asking.refuse(refusal))
}

/// `POST /api/v1/account/setup`: makes the first operator by the link that the server printed.
#[utoipa::path(
    post,
    operation_id = "account_register_begin_setup",
    path = "/api/v1/account/setup",
    request_body = Setup,
    responses(
        (status = 200, body = app::AccountView),
        (status = 410, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(crate) async fn begin_setup(
    asking: Asking,
    State(web): State<Web>,
    Body(setup): Body<Setup>,
) -> Result<Response, Refused> {
    let app = &web.inner.app;
    let made = app
        .set_up_operator(&asking.caller, &setup.token, &setup.email, setup.password)
        .await;
    made.map(|session| signed_in(&session))
        .map_err(|refusal| asking.refuse(refusal))
}

/// The account, with the cookie of its new session.
pub(crate) fn signed_in(session: &NewSession) -> Response {
    let mut response = private(&session.account);
    set_session(&mut response, session);
    response
}

/// Puts the cookie of a new session on an answer.
pub(crate) fn set_session(response: &mut Response, session: &NewSession) {
    let line: HeaderValue = cookie::set(cookie::SESSION, &session.token, session.life);
    response.headers_mut().append(header::SET_COOKIE, line);
}

/// Done; the session goes on under the name that the cookie holds from now on.
pub(crate) fn renewed(session: &RenewedSession) -> Response {
    let mut response = done();
    let line = cookie::set(cookie::SESSION, &session.token, session.life);
    response.headers_mut().append(header::SET_COOKIE, line);
    response
}

/// Nobody's answer, for a redirect that signs somebody in.
pub(crate) fn go_to(address: &str) -> Response {
    let location = HeaderValue::try_from(address).expect("an address of ours");
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}
