//! A room's list of songs, for those who are in the room.

use app::NotServed;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use protocol::RoomCode;
use serde::Deserialize;

use super::export::SavedList;
use super::seat::{bearer, refused};
use crate::Web;
use crate::links::asked::{Named, Parameters};
use crate::problem::Problem;
use crate::visitor::Visitor;

/// The form of the list.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    #[default]
    Json,
    M3u,
    Csv,
}

impl Format {
    /// The media type, and how the name of such a file ends. `m3u8` says that it is in UTF-8.
    const fn kind(self) -> (&'static str, &'static str) {
        match self {
            Self::Json => ("application/json", "json"),
            Self::M3u => ("audio/mpegurl; charset=utf-8", "m3u8"),
            Self::Csv => ("text/csv; charset=utf-8; header=present", "csv"),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    format: Format,
}

/// `GET /api/v1/rooms/{code}/list`: what has played in a room, what is on, and what follows.
#[utoipa::path(
    get,
    path = "/api/v1/rooms/{code}/list",
    params(
        ("code" = String, Path, description = "The room's code."),
        ("format" = Option<String>, Query, description = "`json`, `m3u` or `csv`; `json` without."),
        ("authorization" = String, Header, description = "`Bearer` and the resume token of a seat that follows the queue.")
    ),
    responses(
        (status = 200, body = SavedList),
        (status = 200, content_type = "audio/mpegurl", body = String),
        (status = 200, content_type = "text/csv", body = String),
        (status = 400, body = Problem, description = "No such format."),
        (status = 401, body = Problem, description = "Not somebody who is in this room now."),
        (status = 429, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub(crate) async fn list(
    visitor: Visitor,
    State(web): State<Web>,
    Named(code): Named,
    Parameters(Wanted { format }): Parameters<Wanted>,
    headers: HeaderMap,
) -> Response {
    let asked = code.parse::<RoomCode>().ok().zip(bearer(&headers));
    let Some((code, token)) = asked else {
        return refused(&NotServed::NotInside);
    };
    match web.inner.app.room_list(code, &token).await {
        Ok(list) => file(&SavedList::new(list, &visitor.place.origin), code, format),
        Err(no) => refused(&no),
    }
}

/// The name of the file is made of the code alone: what people write does not reach file systems.
fn file(list: &SavedList, code: RoomCode, format: Format) -> Response {
    let (kind, ending) = format.kind();
    let text = match format {
        Format::Json => list.json(),
        Format::M3u => list.m3u(),
        Format::Csv => list.csv(),
    };
    let name = format!("attachment; filename=\"unisono-{code}.{ending}\"");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, &name),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, text).into_response()
}
