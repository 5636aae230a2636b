//! The preview picture of a page, as other programs show it beside a link.

mod paint;
mod text;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use app::{ArtSize, LinkRefusal, LinkView};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use tokio::sync::Semaphore;

use super::api::set_kind;
use super::asked::Named;
use super::refusal::Refusal;
use super::{Tongue, cache, draw};
use crate::Web;
use crate::texts::Language;

/// Width in pixels: what Open Graph's readers take for a large picture.
pub(crate) const WIDTH: u32 = 1200;
/// Height in pixels.
pub(crate) const HEIGHT: u32 = 630;

/// Pictures that are kept, of about 40 KB each.
const KEPT_MAX: usize = 64;
/// Pictures painted at once, each by one thread.
const PAINTERS_MAX: usize = 1;

/// How long a card may be kept by others.
pub(crate) const WHOLE_AGE: &str = "public, max-age=3600";
/// The same for a card whose picture could not be fetched this time.
const BARE_AGE: &str = "public, max-age=60";

/// A card as it is sent.
struct Card {
    jpeg: Bytes,
    /// Whether everything is on it that belongs there.
    is_whole: bool,
}

/// What a picture shows. There is no language in it: names, and the services' own names.
#[derive(Clone, Debug, PartialEq)]
struct Content {
    title: String,
    artists: String,
    services: String,
    has_art: bool,
}

/// Pictures that were painted lately.
pub(crate) struct Cards {
    kept: Mutex<VecDeque<Kept>>,
    painters: Arc<Semaphore>,
}

struct Kept {
    id: String,
    content: Content,
    jpeg: Bytes,
}

impl Default for Cards {
    fn default() -> Self {
        Self {
            kept: Mutex::default(),
            painters: Arc::new(Semaphore::new(PAINTERS_MAX)),
        }
    }
}

impl Cards {
    fn get(&self, id: &str, content: &Content) -> Option<Bytes> {
        let kept = self.kept();
        let known = kept.iter().find(|one| one.id == id)?;
        (known.content == *content).then(|| known.jpeg.clone())
    }

    fn keep(&self, id: &str, content: Content, jpeg: Bytes) {
        let mut kept = self.kept();
        kept.retain(|one| one.id != id);
        if kept.len() >= KEPT_MAX {
            kept.pop_front();
        }
        let id = id.to_owned();
        kept.push_back(Kept { id, content, jpeg });
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, VecDeque<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `GET /l/{id}/card.jpg`
pub(crate) async fn picture(
    tongue: Tongue,
    State(web): State<Web>,
    Named(id): Named,
    headers: HeaderMap,
) -> Response {
    let view = match web.inner.app.link_page(&id).await {
        Ok(view) => view,
        Err(refusal) => return Refusal::from(refusal).problem(tongue.language),
    };
    let Some(Card { jpeg, is_whole }) = card(&web, &view).await else {
        return Refusal::NoPicture.problem(tongue.language);
    };
    let age = if is_whole { WHOLE_AGE } else { BARE_AGE };
    answer(&jpeg, age, &headers)
}

/// A card of a page that is about no piece of music.
pub(crate) fn plain(title: &str) -> Option<Bytes> {
    let content = Content {
        title: title.to_owned(),
        artists: String::new(),
        services: String::new(),
        has_art: false,
    };
    paint::card(&content, None).map(Bytes::from)
}

/// A card as it is sent: for pages elsewhere too, that show it beside a link.
pub(crate) fn answer(jpeg: &Bytes, age: &'static str, request: &HeaderMap) -> Response {
    let mut response = cache::fresh(jpeg.clone(), &cache::etag(jpeg), request);
    set_kind(&mut response, "image/jpeg");
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(age));
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("cross-origin"),
    );
    response
}

async fn card(web: &Web, view: &Arc<LinkView>) -> Option<Card> {
    let whole = |jpeg| Card {
        jpeg,
        is_whole: true,
    };
    let cards = &web.inner.link_cards;
    let content = content(view);
    if let Some(jpeg) = cards.get(&view.id, &content) {
        return Some(whole(jpeg));
    }
    let (art, is_whole) = match view.has_art {
        true => match web.inner.app.link_art(&view.id, ArtSize::Large).await {
            Ok(art) => (Some(art), true),
            Err(LinkRefusal::Nothing) => (None, true),
            // It may come the next time.
            Err(_) => (None, false),
        },
        false => (None, true),
    };
    let painter = Arc::clone(&cards.painters).acquire_owned().await.ok()?;
    // Somebody else may have painted it meanwhile.
    if let Some(jpeg) = cards.get(&view.id, &content) {
        return Some(whole(jpeg));
    }
    let shown = content.clone();
    // The painter goes along, since painting goes on when whoever asked hangs up, and is free once the picture is kept.
    let painting = tokio::task::spawn_blocking(move || {
        let art = art.as_ref().map(|art| art.jpeg.as_ref());
        (painter, paint::card(&shown, art))
    });
    let (_painter, jpeg) = painting.await.ok()?;
    let jpeg = Bytes::from(jpeg?);
    if is_whole {
        cards.keep(&view.id, content, jpeg.clone());
    }
    Some(Card { jpeg, is_whole })
}

fn content(view: &LinkView) -> Content {
    let (title, artists) = draw::title_and_artists(&view.piece, Language::English);
    Content {
        title,
        artists,
        services: draw::services(view).join(" · "),
        has_art: view.has_art,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dark pixels on the card of `title`: its letters, and those below it.
    fn ink(title: &str) -> usize {
        let content = Content {
            title: title.to_owned(),
            artists: "Nora Vale".to_owned(),
            services: "Spotify · Deezer".to_owned(),
            has_art: false,
        };
        let jpeg = paint::card(&content, None).unwrap();
        let picture = image::load_from_memory(&jpeg).unwrap().into_luma8();
        assert_eq!((picture.width(), picture.height()), (WIDTH, HEIGHT));
        picture.pixels().filter(|pixel| pixel.0[0] < 64).count()
    }

    #[test]
    fn a_card_shows_its_title_in_every_script_that_we_have_letters_for() {
        let without = ink("");
        for title in ["Low Tide", "Žluťoučký", "Прилив", "مد البحر Low Tide"] {
            assert!(ink(title) > without + 1000, "{title}");
        }
        // Boxes in place of letters would say nothing.
        assert_eq!(ink("潮"), without);
        assert!(ink(&"endless ".repeat(400)) > without);
    }

    #[test]
    fn only_the_newest_cards_are_kept() {
        let cards = Cards::default();
        let content = Content {
            title: "Low Tide".to_owned(),
            artists: String::new(),
            services: String::new(),
            has_art: false,
        };
        for number in 0..=KEPT_MAX {
            cards.keep(
                &number.to_string(),
                content.clone(),
                Bytes::from_static(b"x"),
            );
        }
        assert!(cards.get("0", &content).is_none());
        assert!(cards.get("1", &content).is_some());
        let other = Content {
            has_art: true,
            ..content
        };
        assert!(cards.get("1", &other).is_none());
    }
}
