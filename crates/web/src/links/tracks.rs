//! The tracks of a playlist, converted one by one.

use app::{PlaylistJob, PlaylistProgress};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use futures_util::stream;

use super::Tongue;
use super::api::{json, wants_steps};
use super::asked::{FromHere, Named};
use super::page::{refused, see_page};
use super::refusal::Refusal;
use super::stream::{answer, event};
use crate::Web;
use crate::problem::Problem;
use app::LinkRefusal;

/// `POST /l/{id}/tracks`: begins, and shows the page.
pub(crate) async fn start_form(
    visitor: FromHere,
    tongue: Tongue,
    State(web): State<Web>,
    Named(id): Named,
) -> Response {
    match web.inner.app.convert_playlist(visitor.key, &id).await {
        Ok(_) => see_page(&id, tongue),
        Err(refusal) => refused(&refusal.into(), "", tongue),
    }
}

/// `POST /api/v1/links/{id}/tracks`: begins to convert the tracks of a playlist, or joins those who watch.
#[utoipa::path(
    post,
    path = "/api/v1/links/{id}/tracks",
    description = "With `Accept: text/event-stream` the progress comes whenever it grows, as events named `progress`. \
        Otherwise it comes once, as it is now.",
    params(("id" = String, Path, description = "Name of the page of a playlist.")),
    responses(
        (status = 200, body = PlaylistProgress),
        (status = 200, content_type = "text/event-stream", body = PlaylistProgress),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
        (status = 429, body = Problem)
    )
)]
pub(crate) async fn start(
    visitor: FromHere,
    tongue: Tongue,
    State(web): State<Web>,
    Named(id): Named,
    headers: HeaderMap,
) -> Response {
    match web.inner.app.convert_playlist(visitor.key, &id).await {
        Ok(job) => told(&web, tongue, job, &headers),
        Err(refusal) => Refusal::from(refusal).problem(tongue.language),
    }
}

/// `GET /api/v1/links/{id}/tracks`: how far the conversion is that somebody began.
#[utoipa::path(
    get,
    path = "/api/v1/links/{id}/tracks",
    params(("id" = String, Path, description = "Name of the page of a playlist.")),
    responses(
        (status = 200, body = PlaylistProgress),
        (status = 200, content_type = "text/event-stream", body = PlaylistProgress),
        (status = 404, body = Problem)
    )
)]
pub(crate) async fn watch(
    tongue: Tongue,
    State(web): State<Web>,
    Named(id): Named,
    headers: HeaderMap,
) -> Response {
    match web.inner.app.playlist_job(&id) {
        Some(job) => told(&web, tongue, job, &headers),
        None => Refusal::from(LinkRefusal::NoPage).problem(tongue.language),
    }
}

fn told(web: &Web, tongue: Tongue, job: PlaylistJob, headers: &HeaderMap) -> Response {
    if !wants_steps(headers) {
        return json(&job.progress());
    }
    let steps = stream::unfold(job, async |mut job| {
        let progress = job.changed().await?;
        Some((event("progress", &progress), job))
    });
    answer(web, tongue, steps)
}
