//! The privacy centre: what is held about whoever asks, and what they can do about it, without script.
//!
//! `/privacy/me` is one page of plain forms. Each form is one act, which leads back to its place on the page. What only the
//! browser knows (its own storage, and the keys by which rooms know a guest) needs script; the page says so without.

mod acts;
mod again;
mod asked;
mod bring;
mod draw;
mod forms;
pub(crate) mod grants;
pub(crate) mod guest;
pub(crate) mod held;
mod multipart;
pub(crate) mod notice;

use app::{
    AccountView, ConsentView, GrantView, Holdings, ObjectionView, RequestView, SecurityEventView,
};
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use base::TicketId;

use crate::Web;
use crate::links::Tongue;
use acts::Asking;
use again::Again;
use asked::{Looker, Sorry};

/// The longest body of a request, in bytes: a message of 2,000 characters fits in every encoding.
const BODY_BYTES_MAX: usize = 32 * 1024;
/// The longest form with a copy, in bytes: the fields beside it are short.
const FORM_WITH_COPY_BYTES_MAX: usize = app::BROUGHT_BYTES_MAX + BODY_BYTES_MAX;
/// Where the centre is.
const PATH: &str = "/privacy/me";

/// The routes of the privacy centre.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/privacy/me", get(show))
        .route("/privacy/me/code", post(acts::send_code))
        .route("/privacy/me/copy", post(acts::copy))
        .route("/privacy/me/leave", post(acts::leave))
        .route("/privacy/me/stay", post(acts::stay))
        .route("/privacy/me/erase", post(acts::erase_part))
        .route("/privacy/me/correct", post(acts::correct))
        .route("/privacy/me/restrict", post(acts::restrict))
        .route("/privacy/me/object", post(acts::object))
        .route("/privacy/me/consent", post(acts::consent))
        .route("/privacy/me/grant", post(grants::give))
        .route("/privacy/me/grant/revoke", post(grants::revoke))
        .route("/privacy/me/ask", post(acts::ask))
        .route("/privacy/me/ask/code", post(acts::finish_asking))
        .route(
            "/api/v1/privacy/guest",
            post(guest::held).delete(guest::erase),
        )
        .route("/api/v1/privacy/guest/copy", post(guest::copy))
        .route("/privacy/seen", post(notice::seen_form))
        .route("/api/v1/privacy/notice", get(notice::notice))
        .route("/api/v1/privacy/notice/seen", post(notice::seen))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .merge(bringing())
}

fn bringing() -> Router<Web> {
    Router::new()
        .route("/privacy/me/bring", post(bring::bring))
        .layer(DefaultBodyLimit::max(FORM_WITH_COPY_BYTES_MAX))
}

/// What the page shows of a member.
struct Member {
    account: AccountView,
    holdings: Holdings,
    objections: Vec<ObjectionView>,
    consents: Vec<ConsentView>,
    requests: Vec<RequestView>,
    grants: Vec<GrantView>,
    events: Vec<SecurityEventView>,
    /// Whether they showed a moment ago that it is them.
    is_proved: bool,
    /// Whether a code can be mailed to them.
    has_mail: bool,
}

/// A step that waits for its mailed code.
enum Step {
    None,
    /// A member shows that it is them.
    Proof(TicketId),
    /// Somebody without an account asks for this.
    Request(TicketId, Asking),
}

/// `GET /privacy/me`
async fn show(looker: Looker, State(web): State<Web>) -> Result<Response, Sorry> {
    page(&web, &looker, Step::None).await
}

/// The page, for whoever looks at it.
async fn page(web: &Web, looker: &Looker, step: Step) -> Result<Response, Sorry> {
    let page = drawn(web, looker, &step, None).await;
    page.map(private).map_err(|refusal| looker.sorry(refusal))
}

/// The page drawn, with a form as it was sent if one was refused.
async fn drawn(
    web: &Web,
    looker: &Looker,
    step: &Step,
    again: Option<&Again>,
) -> Result<String, app::AccountRefusal> {
    let member = match &looker.session {
        Some(session) => Some(member(web, session).await?),
        None => None,
    };
    Ok(draw::page(web, member.as_ref(), step, again, looker))
}

async fn member(web: &Web, session: &app::LiveSession) -> Result<Member, app::AccountRefusal> {
    let app = &web.inner.app;
    let account = app.account(session).await?;
    Ok(Member {
        has_mail: account.email.is_some() && app.mails_codes(),
        account,
        holdings: app.holdings(session).await?,
        objections: app.objections(session).await?,
        consents: app.consents(session).await?,
        requests: app.requests_of(session).await?,
        grants: app.grants(session).await?,
        events: app.security_events(session).await?,
        is_proved: app.has_recent_proof(session),
    })
}

/// A page that nobody keeps on the way.
fn private(page: String) -> Response {
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "accept-language, cookie"),
    ];
    (headers, Html(page)).into_response()
}

/// The path of the centre, in the language that was asked for.
fn back(tongue: Tongue) -> String {
    let shell = crate::shell::Shell::new(PATH, tongue.language, tongue.is_asked);
    format!("{PATH}{}", shell.query)
}
