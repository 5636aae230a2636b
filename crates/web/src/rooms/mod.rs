//! The doors to rooms beside their socket: the public directory, a room's list to take home, and what other programs
//! show beside a room's link.

pub(crate) mod directory;
pub(crate) mod export;
pub(crate) mod list;
pub(crate) mod password;
pub(crate) mod preview;
mod seat;

use axum::Router;
use axum::routing::{get, put};

use crate::{Web, pages};

/// The routes of rooms.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/room", get(pages::room))
        .route("/r/{code}", get(preview::show))
        .route("/rooms", get(directory::show))
        .route("/rooms/card.jpg", get(preview::picture))
        .route("/api/v1/rooms", get(directory::listed))
        .route("/api/v1/rooms/{code}/list", get(list::list))
        .route("/api/v1/rooms/{code}/password", put(password::set))
}
