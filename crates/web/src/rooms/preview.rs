//! What other programs show beside a link to a room (Open Graph).
//!
//! It says the same for every code, whether a room answers to it or not; only a room in the public directory, where
//! anybody can read its code and title anyway, is shown by its title. The database is not asked, so time tells nothing.

use std::sync::OnceLock;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Response};
use protocol::RoomCode;

use crate::headers::ROOM_POLICY;
use crate::links::asked::Named;
use crate::links::{Tongue, card};
use crate::problem::General;
use crate::texts::{Language, plain};
use crate::visitor::Visitor;
use crate::{Web, assets, pages};

/// What stands in for the picture of a room. There is no language in it.
const PICTURE_TITLE: &str = "Unisono";

/// What is said of one link.
struct Preview {
    title: String,
    description: String,
    picture: String,
    locale: &'static str,
}

/// `GET /r/{code}`: the page of a room, whoever may come in.
pub(crate) async fn show(
    visitor: Visitor,
    tongue: Tongue,
    State(web): State<Web>,
    Named(code): Named,
    headers: HeaderMap,
) -> Response {
    let Some((code, index)) = code.parse().ok().zip(assets::text("index.html")) else {
        return pages::room(headers).await;
    };
    let preview = preview(&web, code, tongue.language, &visitor.place.origin);
    let Some(page) = with_preview(&index, &preview) else {
        return pages::room(headers).await;
    };
    let headers = [
        (header::CACHE_CONTROL, "no-cache"),
        (header::VARY, "accept-language"),
    ];
    pages::with_policy((headers, Html(page)).into_response(), ROOM_POLICY)
}

fn preview(web: &Web, code: RoomCode, t: Language, origin: &str) -> Preview {
    let listed = web.inner.app.listed_room(code);
    let title = listed.as_ref().and_then(|room| room.title.as_deref());
    Preview {
        title: match title {
            Some(title) => plain(&t.with("rooms-preview-title", "title", title)),
            None => t.say("rooms-preview"),
        },
        description: t.say("rooms-preview-description"),
        picture: format!("{origin}/rooms/card.jpg"),
        locale: t.locale(),
    }
}

/// The front end's page with `preview` in its head; `None` when it is not built as it should be.
fn with_preview(index: &str, preview: &Preview) -> Option<String> {
    let Preview {
        title,
        description,
        picture,
        locale,
    } = preview;
    let [title, description, picture] = [title, description, picture].map(|text| escaped(text));
    let own = between(index, "<title>", "</title>")?;
    let page = index.replacen(own, &title, 1);
    let own = between(&page, "<meta name=\"description\" content=\"", "\"")?;
    let page = page.replacen(own, &description, 1);
    let (head, rest) = page.split_once("</head>")?;
    let (width, height) = (card::WIDTH, card::HEIGHT);
    Some(format!(
        "{head}  <meta name=\"robots\" content=\"noindex\" />\n    \
         <meta property=\"og:site_name\" content=\"Unisono\" />\n    \
         <meta property=\"og:type\" content=\"website\" />\n    \
         <meta property=\"og:title\" content=\"{title}\" />\n    \
         <meta property=\"og:description\" content=\"{description}\" />\n    \
         <meta property=\"og:locale\" content=\"{locale}\" />\n    \
         <meta property=\"og:image\" content=\"{picture}\" />\n    \
         <meta property=\"og:image:type\" content=\"image/jpeg\" />\n    \
         <meta property=\"og:image:width\" content=\"{width}\" />\n    \
         <meta property=\"og:image:height\" content=\"{height}\" />\n    \
         <meta name=\"twitter:card\" content=\"summary_large_image\" />\n  \
         </head>{rest}"
    ))
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(found, _)| found)
}

fn escaped(text: &str) -> String {
    let letters = text.replace('&', "&amp;").replace('"', "&quot;");
    letters.replace('<', "&lt;").replace('>', "&gt;")
}

/// `GET /rooms/card.jpg`: one picture for every room.
pub(crate) async fn picture(headers: HeaderMap) -> Response {
    static PICTURE: OnceLock<Option<Bytes>> = OnceLock::new();
    let painted = PICTURE.get_or_init(|| card::plain(PICTURE_TITLE));
    match painted {
        Some(jpeg) => card::answer(jpeg, card::WHOLE_AGE, &headers),
        None => General::NothingHere.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preview() -> Preview {
        Preview {
            title: "\"><script>Friday & co".to_owned(),
            description: "Listen together.".to_owned(),
            picture: "https://listen.example/rooms/card.jpg".to_owned(),
            locale: "en_US",
        }
    }

    #[test]
    fn the_front_ends_page_has_a_place_for_each_thing_that_is_said() {
        let index = include_str!("../../../../frontend/index.html");
        let page = with_preview(index, &preview()).unwrap();
        let title = "&quot;&gt;&lt;script&gt;Friday &amp; co";
        assert_eq!(between(&page, "<title>", "</title>"), Some(title));
        for name in [
            "property=\"og:title\"",
            "name=\"twitter:card\"",
            "name=\"robots\"",
        ] {
            assert_eq!(page.matches(name).count(), 1, "{name}");
        }
        assert!(page.contains("content=\"Listen together.\""));
        assert!(!page.contains("<script>Friday"));
        let (_, body) = index.split_once("</head>").unwrap();
        assert!(page.ends_with(body));
    }

    #[test]
    fn a_page_that_is_none_is_left_alone() {
        assert!(with_preview("not built", &preview()).is_none());
    }
}
