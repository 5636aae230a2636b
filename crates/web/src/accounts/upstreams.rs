//! Signing in at upstreams: there, back, and agreeing to have an account.
//!
//! The browser leaves the page for it, so these doors answer with redirects. What ties the way there to the way back is a
//! cookie that names the step; it is SameSite=Lax, so it comes along when the upstream sends the person back.

mod back;
mod widget;

use account::{TicketKind, Upstream};
use app::{AgreementAsked, IdentityView, UpstreamView};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use base::{IdentityId, TicketId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) use back::back;

use super::here::Here;
use super::register::signed_in;
use super::{Asking, Body, Proved, Refused, SignedIn, cookie, done, private};
use crate::Web;
use crate::problem::{General, Problem};

/// The longest path that somebody comes back to.
const TO_MAX: usize = 512;

/// Where a page is to send its browser.
#[derive(Serialize, ToSchema)]
pub(crate) struct GoTo {
    go_to: String,
}

/// What somebody who came by an upstream agrees to.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Agreement {
    /// The version of the policy and the terms that they agree to.
    agreed_version: String,
    /// Whether they say that they are old enough.
    is_of_age: bool,
}

/// `GET /api/v1/account/upstreams`
#[utoipa::path(
    get,
    operation_id = "account_upstreams_list",
    path = "/api/v1/account/upstreams",
    responses((status = 200, body = Vec<UpstreamView>))
)]
pub(crate) async fn list(_: Asking, State(web): State<Web>) -> Response {
    private(&web.inner.app.upstreams())
}

/// `GET /auth/{upstream}?to=/path`: sends a browser there, to sign in.
pub(crate) async fn go(
    asking: Asking,
    here: Here,
    State(web): State<Web>,
    upstream: Result<Path<String>, PathRejection>,
    uri: Uri,
) -> Result<Response, Refused> {
    let upstream = read(&asking, upstream)?;
    let to = pairs(&uri).into_iter().find(|(name, _)| name == "to");
    let to = to.map(|(_, to)| to).filter(|to| is_own_path(to));
    let back_to = address(&here, upstream);
    let departure = web
        .inner
        .app
        .depart(
            &asking.caller,
            None,
            upstream,
            &back_to,
            to.as_deref().unwrap_or("/"),
        )
        .await
        .map_err(|refusal| asking.refuse(refusal))?;
    let mut response = match &departure.go_to {
        Some(there) => redirect(there),
        None => widget::page(&web, &asking, &back_to, &departure.state),
    };
    remember(&mut response, departure.ticket);
    Ok(response)
}

/// `POST /api/v1/account/identities/{name}`: begins linking it to the account.
#[utoipa::path(
    post,
    operation_id = "account_upstreams_begin_link",
    path = "/api/v1/account/identities/{name}",
    params(("name" = String, Path, description = "Name of the upstream.")),
    responses(
        (status = 200, body = GoTo),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem)
    )
)]
pub(crate) async fn begin_link(
    Proved(person): Proved,
    here: Here,
    State(web): State<Web>,
    upstream: Result<Path<String>, PathRejection>,
) -> Result<Response, Refused> {
    let upstream = read(&person.asking, upstream)?;
    let back_to = address(&here, upstream);
    let (caller, session) = (&person.asking.caller, Some(&person.session));
    let departure = web
        .inner
        .app
        .depart(caller, session, upstream, &back_to, "/account")
        .await
        .map_err(|refusal| person.refuse(refusal))?;
    let go_to = match departure.go_to {
        Some(there) => there,
        None => widget::address(&departure.state),
    };
    let mut response = private(&GoTo { go_to });
    remember(&mut response, departure.ticket);
    Ok(response)
}

/// `GET /auth/telegram-widget/link?state=...`: the widget's page, for who links it to their account.
pub(crate) async fn show_widget(
    asking: Asking,
    here: Here,
    State(web): State<Web>,
    uri: Uri,
) -> Response {
    let back_to = address(&here, Upstream::TelegramWidget);
    let state = pairs(&uri).into_iter().find(|(name, _)| name == "state");
    let state = state.map(|(_, state)| state).unwrap_or_default();
    widget::page(&web, &asking, &back_to, &base::Secret::new(state))
}

/// `GET /api/v1/account/upstreams/agree`: what the account would be, for who came without one.
#[utoipa::path(
    get,
    operation_id = "account_upstreams_agreement",
    path = "/api/v1/account/upstreams/agree",
    responses((status = 200, body = AgreementAsked), (status = 410, body = Problem))
)]
pub(crate) async fn agreement(
    asking: Asking,
    State(web): State<Web>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let ticket = step(&headers).ok_or_else(|| over(&asking))?;
    let asked = web.inner.app.agreement(ticket).await;
    asked
        .map(|asked| private(&asked))
        .map_err(|refusal| asking.refuse(refusal))
}

/// `POST /api/v1/account/upstreams/agree`: the account is made and signed in.
#[utoipa::path(
    post,
    operation_id = "account_upstreams_agree",
    path = "/api/v1/account/upstreams/agree",
    request_body = Agreement,
    responses(
        (status = 200, body = app::AccountView),
        (status = 403, body = Problem),
        (status = 409, body = Problem),
        (status = 410, body = Problem)
    )
)]
pub(crate) async fn agree(
    asking: Asking,
    State(web): State<Web>,
    headers: HeaderMap,
    Body(agreement): Body<Agreement>,
) -> Result<Response, Refused> {
    let ticket = step(&headers).ok_or_else(|| over(&asking))?;
    let app = &web.inner.app;
    let Agreement {
        agreed_version,
        is_of_age,
    } = agreement;
    let session = app
        .agree(&asking.caller, ticket, agreed_version, is_of_age)
        .await
        .map_err(|refusal| asking.refuse(refusal))?;
    let mut response = signed_in(&session);
    forget(&mut response);
    Ok(response)
}

/// `GET /api/v1/account/identities`
#[utoipa::path(
    get,
    operation_id = "account_upstreams_identities",
    path = "/api/v1/account/identities",
    responses((status = 200, body = Vec<IdentityView>), (status = 401, body = Problem))
)]
pub(crate) async fn identities(
    person: SignedIn,
    State(web): State<Web>,
) -> Result<Response, Refused> {
    let identities = web.inner.app.identities(&person.session).await;
    identities
        .map(|identities| private(&identities))
        .map_err(|refusal| person.refuse(refusal))
}

/// `DELETE /api/v1/account/identities/{name}`: disconnects, and takes back what was granted where that can be done.
#[utoipa::path(
    delete,
    operation_id = "account_upstreams_disconnect",
    path = "/api/v1/account/identities/{name}",
    params(("name" = String, Path, description = "Name of the link.")),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem)
    )
)]
pub(crate) async fn disconnect(
    Proved(person): Proved,
    State(web): State<Web>,
    id: Result<Path<IdentityId>, PathRejection>,
) -> Result<Response, Refused> {
    let Ok(Path(id)) = id else {
        return Err(person.refuse(app::AccountRefusal::NotYours));
    };
    let app = &web.inner.app;
    let outcome = app
        .disconnect(&person.asking.caller, &person.session, id)
        .await;
    outcome
        .map(|()| done())
        .map_err(|refusal| person.refuse(refusal))
}

fn read(
    asking: &Asking,
    upstream: Result<Path<String>, PathRejection>,
) -> Result<Upstream, Refused> {
    let named = upstream.ok().and_then(|Path(name)| name.parse().ok());
    named.ok_or_else(|| asking.refuse(app::AccountRefusal::NotYours))
}

fn over(asking: &Asking) -> Refused {
    asking.refuse(app::AccountRefusal::TicketOver)
}

/// Our one address for answers of this upstream.
fn address(here: &Here, upstream: Upstream) -> String {
    format!("{}/auth/callback/{upstream}", here.origin)
}

/// Whether this is a path of ours, and not an address of another site in disguise.
fn is_own_path(to: &str) -> bool {
    let is_path = to.starts_with('/') && !to.starts_with("//") && !to.contains('\\');
    is_path && to.len() <= TO_MAX && to.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The parameters of an address, decoded, in their order.
fn pairs(uri: &Uri) -> Vec<(String, String)> {
    let read = Query::<Vec<(String, String)>>::try_from_uri(uri);
    read.map(|query| query.0).unwrap_or_default()
}

/// Sends the browser on by GET. What it came from may hold a code, so that address is told to nobody.
fn redirect(to: &str) -> Response {
    let Ok(to) = HeaderValue::try_from(to) else {
        return General::OurFailure.into_response();
    };
    let headers = [
        (header::LOCATION, to),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        ),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// The step that this browser has begun.
fn step(headers: &HeaderMap) -> Option<TicketId> {
    cookie::read(headers, cookie::STEP)?.expose().parse().ok()
}

fn remember(response: &mut Response, ticket: TicketId) {
    let value = base::Secret::new(ticket.to_string());
    let line = cookie::set(cookie::STEP, &value, TicketKind::Upstream.life());
    response.headers_mut().append(header::SET_COOKIE, line);
}

fn forget(response: &mut Response) {
    let line = cookie::clear(cookie::STEP);
    response.headers_mut().append(header::SET_COOKIE, line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_come_back_to_paths_of_this_server_only() {
        for own in ["/", "/r/K7M4QX", "/account?tab=ways#in"] {
            assert!(is_own_path(own), "{own}");
        }
        for other in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "r",
            "/a b",
            "/a\n",
        ] {
            assert!(!is_own_path(other), "{other:?}");
        }
        assert!(!is_own_path(&format!("/{}", "a".repeat(TO_MAX))));
    }
}
