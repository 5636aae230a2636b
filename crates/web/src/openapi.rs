//! The public description of the API, with the socket's messages in the same document.

use utoipa::OpenApi;

use crate::health::{About, Ready};
use crate::links::{api as links, art, corrections, find, tracks};
use crate::problem::Problem;
use crate::rooms::{self, list};
use crate::{health, socket};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Unisono",
        description = "See docs/signalling.md for the order of socket messages."
    ),
    paths(
        health::about,
        health::live,
        health::ready,
        socket::open,
        links::convert,
        links::page,
        links::follow,
        art::art,
        find::tracks,
        corrections::correct,
        corrections::undo,
        tracks::start,
        tracks::watch,
        rooms::directory::listed,
        list::list
    ),
    components(schemas(
        About,
        Ready,
        Problem,
        app::LinkEvent,
        app::LinkView,
        app::PlaylistProgress,
        protocol::ClientMessage,
        protocol::ServerMessage
    ))
)]
struct Document;

/// The document as committed in `openapi.json`.
#[must_use]
pub fn document() -> String {
    let mut text = Document::openapi()
        .to_pretty_json()
        .expect("the document has text keys only");
    text.push('\n');
    text
}
