//! Finding music by words, for those who add it to a room.

use app::FoundTrack;
use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Tongue;
use super::api::json;
use super::asked::{FromHere, Parameters};
use super::refusal::Refusal;
use crate::Web;
use crate::problem::Problem;

/// What to search for.
#[derive(Debug, Deserialize)]
pub(crate) struct Search {
    #[serde(default)]
    words: String,
}

/// What a search found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Found {
    /// At most 12 tracks, the likeliest first.
    tracks: Vec<FoundTrack>,
}

/// `GET /api/v1/tracks`: tracks that music services list for some words.
#[utoipa::path(
    get,
    path = "/api/v1/tracks",
    params(("words" = String, Query, description = "1 to 200 characters: a title, an artist, or both.")),
    responses(
        (status = 200, body = Found),
        (status = 403, body = Problem, description = "A page of another site asks."),
        (status = 422, body = Problem),
        (status = 429, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub(crate) async fn tracks(
    visitor: FromHere,
    tongue: Tongue,
    State(web): State<Web>,
    Parameters(search): Parameters<Search>,
) -> Response {
    match web.inner.app.find_tracks(visitor.key, &search.words).await {
        Ok(tracks) => json(&Found { tracks }),
        Err(refusal) => Refusal::from(refusal).problem(tongue.language),
    }
}
