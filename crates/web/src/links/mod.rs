//! The doors to links: the page of a piece, its API, the form that works without script, and what other programs ask.
//!
//! `/l/{id}` is complete without script. What it offers to one:
//! * `#link[data-events]` is there while a platform is still being asked. It is the address of an event stream: `row`
//!   holds `{"platform","html","news"}`, where `html` replaces the element `#on-{platform}` and `news` is for `#news`;
//!   `done` ends it, and the button `.again` may go.
//! * `button[data-copies]` (hidden) names the element whose text it copies, and says `data-copied` or `data-refused`.
//! * `button[data-shares]` (hidden) is an address for `navigator.share`, under `data-title`.
//! * `.first` (hidden) holds the choice `#first` of the platform that is shown first.
//! * `?first=deezer` shows that platform first; `?lang=ru` chooses the language and is kept from page to page.

pub(crate) mod api;
pub(crate) mod art;
pub(crate) mod asked;
mod cache;
pub(crate) mod card;
pub(crate) mod corrections;
mod draw;
pub(crate) mod find;
mod oembed;
pub(crate) mod page;
mod refusal;
mod share;
mod stream;
pub(crate) mod tracks;
mod words;

#[cfg(test)]
mod tests;

use std::convert::Infallible;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};

pub(crate) use cache::PageCache;
pub(crate) use card::Cards;
pub(crate) use stream::Places;

use crate::Web;
use crate::texts::{Language, wished};

/// The longest body of a request, in bytes: a pasted text of 2,048 characters fits in every encoding.
const BODY_BYTES_MAX: usize = 16 * 1024;

/// The routes of links.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route(
            "/l",
            get(page::look_up)
                .post(page::look_up_form)
                .layer(from_fn(only_look)),
        )
        .route("/l/{id}", get(page::show).post(page::ask_again))
        .route(
            "/l/{id}/events",
            get(stream::rows).layer(from_fn(only_look)),
        )
        .route("/l/{id}/corrections", post(corrections::correct_form))
        .route("/l/{id}/tracks", post(tracks::start_form))
        .route("/l/{id}/card.jpg", get(card::picture))
        .route("/share", get(share::receive).layer(from_fn(only_look)))
        .route("/oembed", get(oembed::describe))
        .route("/problems/{name}", get(page::problem))
        .route("/api/v1/links", post(api::convert))
        .route(
            "/api/v1/tracks",
            get(find::tracks).layer(from_fn(only_look)),
        )
        .route("/api/v1/links/{id}", get(api::page))
        .route(
            "/api/v1/links/{id}/events",
            get(api::follow).layer(from_fn(only_look)),
        )
        .route("/api/v1/links/{id}/art", get(art::art))
        .route(
            "/api/v1/links/{id}/tracks",
            get(tracks::watch).post(tracks::start),
        )
        .route("/api/v1/links/{id}/corrections", post(corrections::correct))
        .route(
            "/api/v1/links/{id}/corrections/{platform}",
            delete(corrections::undo),
        )
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// Answers a HEAD that would have to ask services before it could say more.
async fn only_look(request: Request, next: Next) -> Response {
    if request.method() == Method::HEAD {
        return StatusCode::NO_CONTENT.into_response();
    }
    next.run(request).await
}

/// The language of an answer: asked for in the address, or wished for by the browser.
#[derive(Clone, Copy)]
pub(crate) struct Tongue {
    pub(crate) language: Language,
    pub(crate) is_asked: bool,
}

impl Tongue {
    /// That of the answer to a request.
    pub(crate) fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let asked = Language::asked(parameter(uri, "lang"));
        Self {
            language: asked.unwrap_or_else(|| wished(headers)),
            is_asked: asked.is_some(),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Tongue {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.uri, &parts.headers))
    }
}

/// A parameter of the address that needs no decoding to be understood.
pub(crate) fn parameter<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    let pairs = uri.query()?.split('&');
    let mut pairs = pairs.filter_map(|pair| pair.split_once('='));
    pairs.find_map(|(key, value)| (key == name).then_some(value))
}

/// Whether a browser sends this on behalf of a page of another site, without anybody going here.
fn is_smuggled(headers: &HeaderMap) -> bool {
    let is_foreign = headers
        .get("sec-fetch-site")
        .is_some_and(|site| site == "cross-site");
    let goes_here = headers
        .get("sec-fetch-mode")
        .is_none_or(|mode| mode == "navigate");
    is_foreign && !goes_here
}
