//! The public directory, as a page for people and as JSON for programs.
//!
//! Neither may be indexed or kept: a copy elsewhere would show a room after its host has hidden it.

use app::{ListedRoom, ListedRooms};
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use crate::Web;
use crate::links::Tongue;
use crate::links::api::json;
use crate::links::asked::Parameters;
use crate::shell::Shell;
use crate::texts::Language;

#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    page: usize,
}

/// `GET /api/v1/rooms`: rooms that asked to be in the public directory, while somebody is in them.
#[utoipa::path(
    get,
    path = "/api/v1/rooms",
    params(("page" = Option<usize>, Query, description = "From 1; the answer names the next one.")),
    responses((status = 200, body = ListedRooms))
)]
pub(crate) async fn listed(
    State(web): State<Web>,
    Parameters(Wanted { page }): Parameters<Wanted>,
) -> Response {
    json(&web.inner.app.listed_rooms(page))
}

#[derive(Template)]
#[template(path = "rooms/directory.html")]
struct Directory<'a> {
    shell: Shell,
    t: Language,
    title: String,
    rooms: Vec<Row<'a>>,
    next: Option<String>,
}

struct Row<'a> {
    room: &'a ListedRoom,
    code: String,
    grouped: String,
    hue: u8,
    title: Option<&'a str>,
    people: String,
}

/// `GET /rooms`
pub(crate) async fn show(
    State(web): State<Web>,
    tongue: Tongue,
    Parameters(Wanted { page }): Parameters<Wanted>,
) -> Response {
    let listed = web.inner.app.listed_rooms(page);
    let page = draw(&listed, tongue);
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "accept-language"),
    ];
    (headers, Html(page)).into_response()
}

fn draw(listed: &ListedRooms, tongue: Tongue) -> String {
    let t = tongue.language;
    let shell = Shell::new("/rooms", t, tongue.is_asked);
    let next = listed.next.map(|number| {
        let language = shell.query.replace('?', "&");
        format!("/rooms?page={number}{language}")
    });
    let page = Directory {
        title: t.say("rooms-document-title"),
        rooms: listed.rooms.iter().map(|room| row(room, t)).collect(),
        shell,
        t,
        next,
    };
    page.render().expect("a page is written into memory")
}

fn row(room: &ListedRoom, t: Language) -> Row<'_> {
    let code = room.code.to_string();
    let (head, tail) = code.split_at(code.len() / 2);
    Row {
        grouped: format!("{head} {tail}"),
        hue: room.hue.index(),
        title: room.title.as_deref(),
        people: t.with("rooms-people", "count", room.people),
        room,
        code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::OnNow;
    use protocol::Hue;

    fn page(rooms: Vec<ListedRoom>, language: Language) -> String {
        let total = rooms.len();
        let listed = ListedRooms {
            rooms,
            total,
            next: (total > 0).then_some(2),
        };
        let is_asked = true;
        draw(&listed, Tongue { language, is_asked })
    }

    #[test]
    fn the_directory_shows_what_people_wrote_as_text() {
        let code = "K7M4QX".parse().unwrap();
        let room = ListedRoom {
            code,
            hue: Hue::of(code),
            title: Some("<script>Friday".to_owned()),
            people: 3,
            on: Some(OnNow {
                title: "Low & Tide".to_owned(),
                artist: Some("Nora Vale".to_owned()),
            }),
            has_cast: false,
        };
        let page = page(vec![room], Language::Russian);
        assert!(!page.contains("<script>Friday"));
        for part in [
            "Friday",
            "Low &#38; Tide",
            "Nora Vale",
            "/r/K7M4QX",
            "K7M 4QX",
            "3 человека",
        ] {
            assert!(
                page.replace(['\u{2068}', '\u{2069}'], "").contains(part),
                "{part}"
            );
        }
        assert!(page.contains("/rooms?page=2&#38;lang=ru"));
        assert!(page.contains("noindex"));
    }

    #[test]
    fn an_empty_directory_says_what_to_do() {
        for language in Language::OFFERED {
            let page = page(Vec::new(), language);
            assert!(page.contains("href=\"/room\""));
            assert!(page.contains(&language.say("rooms-none-next")));
        }
    }
}
