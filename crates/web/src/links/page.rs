//! Pages and forms of links, for people.

use app::LinkRefusal;
use axum::Extension;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use base::ClientKey;
use serde::Deserialize;

use super::api::not_received;
use super::asked::{FromHere, Named, Parameters};
use super::draw::{self, Manner};
use super::refusal::Refusal;
use super::{Tongue, cache, is_smuggled, parameter};
use crate::metrics::objects_to_counting;
use crate::problem::General;
use crate::shell::Shell;
use crate::visitor::Visitor;
use crate::{Web, accounts};

/// A pasted text.
#[derive(Debug, Deserialize)]
pub(crate) struct Pasted {
    #[serde(default)]
    text: String,
}

/// `GET /l/{id}`: the page of a piece.
pub(crate) async fn show(
    visitor: Visitor,
    tongue: Tongue,
    State(web): State<Web>,
    Named(id): Named,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let app = &web.inner.app;
    let view = match app.link_page(&id).await {
        Ok(view) => view,
        Err(refusal) => return refused(&refusal.into(), "", tongue),
    };
    if is_a_person_looking(&method, &headers) {
        app.count_view(&id);
        accounts::remember_page(&web, &headers, &id).await;
    }
    let manner = Manner {
        language: tongue.language,
        is_asked: tongue.is_asked,
        first: parameter(&uri, "first").and_then(|name| name.parse().ok()),
        origin: visitor.place.origin,
        may_correct: app.corrections_are_open(),
    };
    match app.playlist_job(&id) {
        Some(job) => cache::answer_uncached(&view, &job.progress(), &manner, &headers),
        None => web.inner.link_pages.answer(&view, manner, &headers),
    }
}

/// `POST /l/{id}`: asks the platforms again that gave no answer, and shows the page.
pub(crate) async fn ask_again(
    visitor: FromHere,
    tongue: Tongue,
    State(web): State<Web>,
    Named(id): Named,
) -> Response {
    match web.inner.app.follow_link(visitor.key, &id).await {
        Ok(conversion) => {
            let page = conversion.finish().await;
            see_page(&page.id, tongue)
        }
        Err(refusal) => refused(&refusal.into(), "", tongue),
    }
}

/// `GET /l?text=`: looks a pasted text up and goes to its page.
pub(crate) async fn look_up(
    visitor: Visitor,
    tongue: Tongue,
    State(web): State<Web>,
    headers: HeaderMap,
    Parameters(pasted): Parameters<Pasted>,
) -> Response {
    if is_smuggled(&headers) {
        return refused(&Refusal::Foreign, &pasted.text, tongue);
    }
    go_to_page(&web, visitor.key, &pasted.text, tongue).await
}

/// `POST /l`: the same, from a form.
pub(crate) async fn look_up_form(
    visitor: Visitor,
    tongue: Tongue,
    State(web): State<Web>,
    headers: HeaderMap,
    form: Result<Form<Pasted>, FormRejection>,
) -> Response {
    if is_smuggled(&headers) {
        return refused(&Refusal::Foreign, "", tongue);
    }
    match form {
        Ok(Form(pasted)) => go_to_page(&web, visitor.key, &pasted.text, tongue).await,
        Err(FormRejection::BytesRejection(rejection)) => {
            refused(&not_received(&rejection), "", tongue)
        }
        Err(_) => refused(&Refusal::Unreadable, "", tongue),
    }
}

/// `GET /problems/{name}`: what a problem response means.
pub(crate) async fn problem(tongue: Tongue, Named(name): Named) -> Response {
    let Tongue { language, is_asked } = tongue;
    let of_links =
        Refusal::named(&name).map(|refusal| [refusal.title(language), refusal.next(language)]);
    let words = of_links
        .or_else(|| accounts::explained(&name, language))
        .or_else(|| General::explained(&name, language));
    match words {
        Some(words) => Html(draw::refusal_in(words, None, "", language, is_asked)).into_response(),
        None => refused(&LinkRefusal::NoPage.into(), "", tongue),
    }
}

/// Waits until it is known what `text` points at, not longer.
pub(super) async fn go_to_page(
    web: &Web,
    client: ClientKey,
    text: &str,
    tongue: Tongue,
) -> Response {
    match web.inner.app.convert(client, text).await {
        Ok(conversion) => see_page(&conversion.view().id, tongue),
        Err(refusal) => refused(&refusal.into(), text, tongue),
    }
}

pub(super) fn see_page(id: &str, tongue: Tongue) -> Response {
    let query = Shell::new("", tongue.language, tongue.is_asked).query;
    see_other(&format!("/l/{id}{query}"))
}

pub(crate) fn see_other(address: &str) -> Response {
    let headers = [
        (header::LOCATION, address),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// The page that says why there is no other, with `text` to be mended.
pub(super) fn refused(refusal: &Refusal, text: &str, tongue: Tongue) -> Response {
    let noted = refusal.noted();
    let page = draw::refusal(refusal, noted.reference, text, tongue);
    let mut response = (refusal.status(), Extension(noted), Html(page)).into_response();
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("accept-language"));
    refusal.with_headers(response, tongue.language)
}

/// Whether the page is opened to be read: not by a program, not ahead of time, and not by somebody who objects.
fn is_a_person_looking(method: &Method, headers: &HeaderMap) -> bool {
    const PROGRAMS: [&str; 11] = [
        "bot",
        "crawl",
        "spider",
        "preview",
        "facebookexternalhit",
        "whatsapp",
        "embedly",
        "fetch",
        "curl",
        "wget",
        "headlesschrome/0",
    ];
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let is_for_reading = text("accept").is_some_and(|accept| accept.contains("text/html"));
    let is_ahead = headers.contains_key("sec-purpose") || headers.contains_key("purpose");
    let agent = text("user-agent").unwrap_or_default().to_ascii_lowercase();
    let is_program = agent.is_empty() || PROGRAMS.iter().any(|mark| agent.contains(mark));
    method == Method::GET
        && is_for_reading
        && !is_ahead
        && !is_program
        && !objects_to_counting(headers)
}
