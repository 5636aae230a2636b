//! The notice on every page that the policy says more than before, until it was seen: drawn into pages of the server as they
//! leave, and asked for by the front end.

use app::{PolicyNotice, PolicyOrdinal};
use askama::Template;
use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use privacy::{day, text_key};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::{Filled, Looker, Sender, Sorry};
use crate::Web;
use crate::accounts::{self, Asking, Refused, keep_policy_seen, policy_seen, session_of};
use crate::links::Tongue;
use crate::links::page::see_other;
use crate::problem::Problem;
use crate::texts::Language;
use crate::visitor::Visitor;

/// Where a page of the server has room for it.
const PLACE: &str = "<!--policy-notice-->";
/// Pages that are longer leave without it; none is.
const PAGE_BYTES_MAX: u64 = 4 * 1024 * 1024;
/// An address that is longer is not come back to.
const BACK_CHARS_MAX: usize = 2_000;
/// Where whoever came from nowhere in particular is led.
const POLICY_PAGE: &str = "/privacy";

#[derive(Template)]
#[template(path = "privacy/notice.html")]
struct Banner {
    t: Language,
    says: String,
    /// What names the change: which publication it is.
    policy: i64,
    /// Where they were.
    back: String,
}

/// Puts the notice into a page of the server for whoever has still to see it.
pub(crate) async fn show(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let notice = match wants_page(&parts.headers) {
        true => due(&web, &mut parts).await,
        false => None,
    };
    let Some(notice) = notice else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    let Ok(tongue) = Tongue::from_request_parts(&mut parts, &web).await;
    let banner = Banner {
        t: tongue.language,
        says: sentence(&notice, tongue.language),
        policy: notice.ordinal.get(),
        back: back_to(&parts.method, &parts.uri),
    };
    // A page that the browser has kept is without it, and one that is packed cannot be added to.
    for name in [header::IF_NONE_MATCH, header::ACCEPT_ENCODING] {
        parts.headers.remove(name);
    }
    let response = next.run(Request::from_parts(parts, body)).await;
    with_banner(response, &banner).await
}

fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT);
    accept.is_some_and(|kinds| {
        kinds
            .to_str()
            .is_ok_and(|kinds| kinds.contains("text/html"))
    })
}

/// The notice, if whoever asks has still to see it.
async fn due(web: &Web, parts: &mut Parts) -> Option<PolicyNotice> {
    let app = &web.inner.app;
    if !app.has_policy_notices().await {
        return None;
    }
    let visitor = Visitor::from_request_parts(parts, web).await.ok()?;
    // Without a cookie nobody could put it away. Who runs a server without https for others tells them in person.
    if !visitor.keeps_cookies() {
        return None;
    }
    match session_of(web, &parts.headers).await.ok()? {
        Some(session) => app.notice_for(&session).await,
        None => app.notice_for_guest(policy_seen(&parts.headers)).await,
    }
}

/// What changed, in a sentence.
fn sentence(notice: &PolicyNotice, t: Language) -> String {
    let names = notice.purposes.iter();
    let names: Vec<String> = names
        .map(|word| t.say(&text_key("purpose", word)))
        .collect();
    let (day, purposes) = (day(notice.published_at), t.list(&names));
    t.with_all(
        "centre-policy-says-more",
        &[("day", &day), ("purposes", &purposes)],
    )
}

/// The page that somebody was on; what a form led to is not asked for again.
fn back_to(method: &Method, uri: &Uri) -> String {
    let address = uri.path_and_query().map(ToString::to_string);
    let address = address.filter(|_| method == Method::GET);
    address
        .filter(|address| is_own(address))
        .unwrap_or_else(|| POLICY_PAGE.to_owned())
}

/// Whether an address is a page of ours. Browsers read `//` and `/\\` as the beginning of another host.
fn is_own(address: &str) -> bool {
    let mut letters = address.chars();
    letters.next() == Some('/')
        && !matches!(letters.next(), Some('/' | '\\'))
        && address.len() <= BACK_CHARS_MAX
        && address.chars().all(|letter| letter.is_ascii_graphic())
}

async fn with_banner(response: Response, banner: &Banner) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let is_short = response.body().size_hint().upper();
    if !is_page || is_short.is_none_or(|bytes| bytes > PAGE_BYTES_MAX) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let page = to_bytes(body, PAGE_BYTES_MAX as usize).await;
    let page = page.expect("a page is in memory, and was measured");
    let place = page
        .windows(PLACE.len())
        .position(|window| window == PLACE.as_bytes());
    let Some(place) = place else {
        return Response::from_parts(parts, Body::from(page));
    };
    let drawn = banner.render().expect("a page is written into memory");
    let (before, after) = (&page[..place], &page[place + PLACE.len()..]);
    let whole = [before, drawn.as_bytes(), after].concat();
    for name in [header::ETAG, header::CONTENT_LENGTH] {
        parts.headers.remove(name);
    }
    let no_store = HeaderValue::from_static("no-store");
    parts.headers.insert(header::CACHE_CONTROL, no_store);
    Response::from_parts(parts, Body::from(whole))
}

/// The change that somebody has seen, and where they were.
#[derive(Deserialize)]
pub(super) struct Seen {
    policy: i64,
    #[serde(default)]
    back: String,
}

/// `POST /privacy/seen`: the notice is gone, for a member on every device, for a guest in this browser.
pub(super) async fn seen_form(
    Sender(looker): Sender,
    State(web): State<Web>,
    Filled(Seen { policy, back }): Filled<Seen>,
) -> Result<Response, Sorry> {
    let back = if is_own(&back) { &back } else { POLICY_PAGE };
    let mut response = see_other(back);
    let Looker { session, .. } = &looker;
    let cookie = note(&web, session.as_ref(), policy).await;
    if let Some(cookie) = cookie.map_err(|refusal| looker.sorry(refusal))? {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Keeps that the change was seen, or gives the cookie by which a guest's browser does.
async fn note(
    web: &Web,
    session: Option<&app::LiveSession>,
    policy: i64,
) -> Result<Option<HeaderValue>, app::AccountRefusal> {
    let app = &web.inner.app;
    let ordinal = PolicyOrdinal::new(policy);
    // Only what is shown can have been seen.
    let Some(left) = app.shown_to_guests_for(ordinal).await else {
        return Ok(None);
    };
    if let Some(session) = session {
        app.see_policy(session, ordinal).await?;
        return Ok(None);
    }
    Ok(Some(keep_policy_seen(ordinal, left)))
}

/// What the front end shows.
#[derive(Serialize, ToSchema)]
pub(crate) struct PolicyNoticeAnswer {
    /// The change of the policy that whoever asks has still to see.
    notice: Option<PolicyNoticeView>,
}

/// A change of the policy by which more is held or told.
#[derive(Serialize, ToSchema)]
pub(crate) struct PolicyNoticeView {
    /// What names it: which publication of the policy it is, counted from 1.
    policy: i64,
    /// What changed, in a sentence.
    says: String,
}

/// The change that was seen.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PolicyNoticeSeen {
    /// What names it.
    policy: i64,
}

/// `GET /api/v1/privacy/notice`: the change of the policy that whoever asks has still to see.
#[utoipa::path(
    get,
    operation_id = "privacy_notice",
    path = "/api/v1/privacy/notice",
    responses((status = 200, body = PolicyNoticeAnswer))
)]
pub(crate) async fn notice(State(web): State<Web>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let Ok(tongue) = Tongue::from_request_parts(&mut parts, &web).await;
    let notice = due(&web, &mut parts).await;
    let notice = notice.map(|notice| PolicyNoticeView {
        policy: notice.ordinal.get(),
        says: sentence(&notice, tongue.language),
    });
    crate::links::api::json(&PolicyNoticeAnswer { notice })
}

/// `POST /api/v1/privacy/notice/seen`
#[utoipa::path(
    post,
    operation_id = "privacy_notice_seen",
    path = "/api/v1/privacy/notice/seen",
    request_body = PolicyNoticeSeen,
    responses((status = 204), (status = 403, body = Problem))
)]
pub(crate) async fn seen(
    asking: Asking,
    State(web): State<Web>,
    accounts::Body(PolicyNoticeSeen { policy }): accounts::Body<PolicyNoticeSeen>,
) -> Result<Response, Refused> {
    let session = asking.session(&web).await?;
    let cookie = note(&web, session.as_ref(), policy).await;
    let cookie = cookie.map_err(|refusal| asking.refuse(refusal))?;
    let mut response = accounts::done();
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_another_host() {
        let own = ["/", "/l/7k3m9qx2vr?lang=ar", "/privacy"];
        assert!(own.into_iter().all(is_own));
        let long = format!("/{}", "a".repeat(BACK_CHARS_MAX));
        let foreign = [
            "",
            "privacy",
            "//evil.example",
            "/\\evil.example",
            "https://a",
            "/a b",
            &long,
        ];
        assert!(!foreign.into_iter().any(is_own));
        let uri = Uri::from_static("/rooms?lang=ru");
        assert_eq!(back_to(&Method::GET, &uri), "/rooms?lang=ru");
        assert_eq!(back_to(&Method::POST, &uri), POLICY_PAGE);
    }
}
