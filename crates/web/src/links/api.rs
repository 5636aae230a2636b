//! The API of links, for programs and for the front end.

use app::{LinkEvent, LinkRefusal, LinkView};
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use music::Reject;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::{FromHere, Named};
use super::refusal::Refusal;
use super::{Tongue, cache, stream};
use crate::Web;
use crate::problem::Problem;

/// What was pasted or shared.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct LinkText {
    /// Free text of at most 2,048 characters with a link in it.
    text: String,
}

/// `POST /api/v1/links`: what a link points at, and the same piece elsewhere.
#[utoipa::path(
    post,
    path = "/api/v1/links",
    description = "With `Accept: text/event-stream` the steps come as they happen, each a LinkEvent under its type as the \
        event's name. Otherwise one LinkView comes when all platforms have answered, after at most 4 s.",
    request_body = LinkText,
    responses(
        (status = 200, body = LinkView),
        (status = 200, content_type = "text/event-stream", body = LinkEvent),
        (status = 403, body = Problem, description = "A page of another site asks."),
        (status = 408, body = Problem),
        (status = 415, body = Problem, description = "The body is not declared as `application/json`."),
        (status = 422, body = Problem, description = "The text is no link that can be converted; `type` says why."),
        (status = 429, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub(crate) async fn convert(
    visitor: FromHere,
    tongue: Tongue,
    State(web): State<Web>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let conversion = match read::<LinkText>(&headers, body) {
        Ok(LinkText { text }) => web.inner.app.convert(visitor.key, &text).await,
        Err(refusal) => return refusal.problem(tongue.language),
    };
    match conversion {
        Ok(conversion) if wants_steps(&headers) => stream::steps(&web, tongue, conversion),
        Ok(conversion) => json(conversion.finish().await.as_ref()),
        Err(refusal) => Refusal::from(refusal).problem(tongue.language),
    }
}

/// `GET /api/v1/links/{id}`: a page as it is known now. Nobody else is asked.
#[utoipa::path(
    get,
    path = "/api/v1/links/{id}",
    params(("id" = String, Path, description = "Name of the page: 10 characters.")),
    responses((status = 200, body = LinkView), (status = 404, body = Problem))
)]
pub(crate) async fn page(
    tongue: Tongue,
    State(web): State<Web>,
    Named(id): Named,
    headers: HeaderMap,
) -> Response {
    match web.inner.app.link_page(&id).await {
        Ok(view) => {
            let body = text_of(view.as_ref());
            let etag = cache::etag(&body);
            let mut response = cache::fresh(body, &etag, &headers);
            set_kind(&mut response, "application/json");
            response
        }
        Err(refusal) => Refusal::from(refusal).problem(tongue.language),
    }
}

/// `GET /api/v1/links/{id}/events`: asks for what is missing or old, and tells what comes.
#[utoipa::path(
    get,
    path = "/api/v1/links/{id}/events",
    params(("id" = String, Path, description = "Name of the page.")),
    responses(
        (status = 200, content_type = "text/event-stream", body = LinkEvent),
        (status = 403, body = Problem, description = "A page of another site asks."),
        (status = 404, body = Problem),
        (status = 429, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub(crate) async fn follow(
    visitor: FromHere,
    tongue: Tongue,
    State(web): State<Web>,
    Named(id): Named,
) -> Response {
    match web.inner.app.follow_link(visitor.key, &id).await {
        Ok(conversion) => stream::steps(&web, tongue, conversion),
        Err(refusal) => Refusal::from(refusal).problem(tongue.language),
    }
}

pub(super) fn read<T: for<'a> Deserialize<'a>>(
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<T, Refusal> {
    if !is_json(headers) {
        return Err(Refusal::NotJson);
    }
    let body = body.map_err(|rejection| not_received(&rejection))?;
    serde_json::from_slice(&body).map_err(|_| Refusal::Unreadable)
}

/// Why there is no whole body.
pub(super) fn not_received(rejection: &BytesRejection) -> Refusal {
    use axum::extract::rejection::FailedToBufferBody::LengthLimitError;

    match rejection {
        // A body beyond the limit holds more than a link.
        BytesRejection::FailedToBufferBody(LengthLimitError(_)) => {
            LinkRefusal::Text(Reject::TooLong).into()
        }
        _ => Refusal::TooSlow,
    }
}

/// A browser sends JSON to another site only if that site has agreed before, and this one never does.
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

pub(super) fn wants_steps(headers: &HeaderMap) -> bool {
    let accept = headers.get_all(header::ACCEPT).iter();
    let mut kinds = accept
        .filter_map(|accept| accept.to_str().ok())
        .flat_map(|accept| accept.split(','));
    kinds.any(|kind| {
        let mut parts = kind.split(';').map(str::trim);
        let is_stream = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case("text/event-stream"));
        // A weight of zero means: not this one (RFC 9110, section 12.4.2).
        let is_unwanted = parts.any(|part| {
            let weight = part
                .split_once('=')
                .filter(|(name, _)| name.eq_ignore_ascii_case("q"));
            weight.is_some_and(|(_, weight)| weight.parse() == Ok(0.0))
        });
        is_stream && !is_unwanted
    })
}

pub(crate) fn json(view: &impl Serialize) -> Response {
    let mut response = text_of(view).into_response();
    set_kind(&mut response, "application/json");
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

pub(super) fn set_kind(response: &mut Response, kind: &'static str) {
    let kind = HeaderValue::from_static(kind);
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
}

fn text_of(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("these types have text keys only")
}
