//! oEmbed (oembed.com): a link page described for programs that show previews of links.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::asked::Parameters;
use super::refusal::Refusal;
use super::{Tongue, card, draw};
use crate::Web;
use crate::problem::General;
use crate::texts::plain;
use crate::visitor::Visitor;

/// Seconds for which a description may be kept.
const CACHE_AGE: u32 = 3600;

/// The question.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    url: String,
    format: Option<String>,
}

/// The answer: a link with a picture, and nothing that another page would have to run.
#[derive(Debug, Serialize)]
struct Description {
    version: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    author_name: String,
    provider_name: &'static str,
    provider_url: String,
    cache_age: u32,
    thumbnail_url: String,
    thumbnail_width: u32,
    thumbnail_height: u32,
}

/// `GET /oembed?url=`
pub(crate) async fn describe(
    visitor: Visitor,
    tongue: Tongue,
    State(web): State<Web>,
    Parameters(asked): Parameters<Asked>,
) -> Response {
    if asked.format.is_some_and(|format| format != "json") {
        return General::OnlyJson.into_response();
    }
    let origin = visitor.place.origin.clone();
    let Some(id) = visitor
        .own_path(&asked.url, &web.inner.settings)
        .and_then(page_id)
    else {
        let example = draw::address(&origin, "7k3m9qx2vr");
        return Refusal::NotHere { example }.problem(tongue.language);
    };
    let view = match web.inner.app.link_page(id).await {
        Ok(view) => view,
        Err(refusal) => return Refusal::from(refusal).problem(tongue.language),
    };
    let (title, artists) = draw::title_and_artists(&view.piece, tongue.language);
    let description = Description {
        version: "1.0",
        kind: "link",
        title,
        author_name: plain(&artists),
        provider_name: "Unisono",
        thumbnail_url: format!("{}/card.jpg", draw::address(&origin, &view.id)),
        thumbnail_width: card::WIDTH,
        thumbnail_height: card::HEIGHT,
        provider_url: origin,
        cache_age: CACHE_AGE,
    };
    let age = HeaderValue::from_static("public, max-age=3600");
    ([(header::CACHE_CONTROL, age)], Json(description)).into_response()
}

/// The name of the page at `/l/{id}`.
fn page_id(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("/l/")?;
    let id = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    (!id.is_empty()).then_some(id)
}
