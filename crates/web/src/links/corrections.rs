//! Corrections: a person knows better than the matcher, and here that counts.

use app::{LinkRefusal, LinkView};
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, FormRejection, PathRejection};
use axum::extract::{Form, Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use base::ClientKey;
use music::Platform;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Tongue;
use super::api::{json, not_received, read};
use super::asked::{FromHere, Named};
use super::page::{refused, see_page};
use super::refusal::Refusal;
use crate::Web;
use crate::problem::Problem;

/// A match that a person knows better.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct LinkCorrection {
    /// The right link. It says itself which platform it is of.
    text: String,
}

/// A correction, or the name of a platform whose correction is taken back.
#[derive(Debug, Deserialize)]
pub(crate) struct Correction {
    #[serde(default)]
    text: String,
    #[serde(default)]
    undo: Option<String>,
}

/// `POST /api/v1/links/{id}/corrections`: on this server, this link counts from now on.
#[utoipa::path(
    post,
    path = "/api/v1/links/{id}/corrections",
    params(("id" = String, Path, description = "Name of the page.")),
    request_body = LinkCorrection,
    responses(
        (status = 200, body = LinkView),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 408, body = Problem),
        (status = 415, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(crate) async fn correct(
    visitor: FromHere,
    tongue: Tongue,
    State(web): State<Web>,
    Named(id): Named,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let outcome = async {
        let LinkCorrection { text } = read(&headers, body)?;
        let link = music::parse(&text).map_err(LinkRefusal::Text)?;
        let app = &web.inner.app;
        let view = app.correct_link(visitor.key, &id, link.platform(), &text);
        Ok(view.await?)
    };
    outcome.await.map_or_else(
        |refusal: Refusal| refusal.problem(tongue.language),
        |view| json(view.as_ref()),
    )
}

/// `DELETE /api/v1/links/{id}/corrections/{platform}`: what was found counts again.
#[utoipa::path(
    delete,
    path = "/api/v1/links/{id}/corrections/{platform}",
    params(
        ("id" = String, Path, description = "Name of the page."),
        ("platform" = String, Path, description = "Name of the platform, such as `apple_music`.")
    ),
    responses((status = 200, body = LinkView), (status = 403, body = Problem), (status = 404, body = Problem))
)]
pub(crate) async fn undo(
    visitor: FromHere,
    tongue: Tongue,
    State(web): State<Web>,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Response {
    let outcome = async {
        let Path((id, platform)) = path.map_err(|_| LinkRefusal::NoPage)?;
        let platform: Platform = platform.parse().map_err(|_| LinkRefusal::NoPage)?;
        let app = &web.inner.app;
        Ok(app.undo_correction(visitor.key, &id, platform).await?)
    };
    outcome.await.map_or_else(
        |refusal: Refusal| refusal.problem(tongue.language),
        |view| json(view.as_ref()),
    )
}

/// `POST /l/{id}/corrections`: a person knows better, or takes that back.
pub(crate) async fn correct_form(
    visitor: FromHere,
    tongue: Tongue,
    State(web): State<Web>,
    Named(id): Named,
    form: Result<Form<Correction>, FormRejection>,
) -> Response {
    let correction = match form {
        Ok(Form(correction)) => correction,
        Err(FormRejection::BytesRejection(rejection)) => {
            return refused(&not_received(&rejection), "", tongue);
        }
        Err(_) => return refused(&Refusal::Unreadable, "", tongue),
    };
    match carry_out(&web, visitor.key, &id, &correction).await {
        Ok(()) => see_page(&id, tongue),
        Err(refusal) => refused(&refusal, &correction.text, tongue),
    }
}

async fn carry_out(
    web: &Web,
    client: ClientKey,
    id: &str,
    correction: &Correction,
) -> Result<(), Refusal> {
    let app = &web.inner.app;
    if let Some(platform) = &correction.undo {
        let platform = platform.parse().map_err(|_| Refusal::Unreadable)?;
        app.undo_correction(client, id, platform).await?;
        return Ok(());
    }
    // The link itself says which platform it corrects.
    let link = music::parse(&correction.text).map_err(LinkRefusal::Text)?;
    app.correct_link(client, id, link.platform(), &correction.text)
        .await?;
    Ok(())
}
