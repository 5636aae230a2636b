//! Pages as they were last drawn: most requests for a page ask for one that has not changed since.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::{LinkView, PlaylistProgress};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;
use tokio::time::Instant;

use super::draw::{self, Manner};
use crate::packed::Packed;
pub(super) use crate::packed::{etag, fresh};
use crate::texts::Language;

/// Drawn pages that are kept, of about 16 KiB each, and 5 KiB more once packed.
const PAGES_MAX: usize = 512;
/// How old the number of views on a page may be.
const VIEWS_MAX_AGE: Duration = Duration::from_secs(10);

/// Drawn pages, the recently used ones.
#[derive(Default)]
pub(crate) struct PageCache {
    generations: Mutex<Generations>,
}

/// When the younger half is full, it becomes the older one; what nobody asked for since then is dropped.
#[derive(Default)]
struct Generations {
    younger: HashMap<Key, Arc<Drawn>>,
    older: HashMap<Key, Arc<Drawn>>,
}

type Key = (String, Manner);

struct Drawn {
    /// What the page shows.
    view: Arc<LinkView>,
    at: Instant,
    html: Packed,
}

impl PageCache {
    /// The page of `view`, drawn anew only if it differs from the last time.
    pub(super) fn answer(
        &self,
        view: &Arc<LinkView>,
        manner: Manner,
        request: &HeaderMap,
    ) -> Response {
        let language = manner.language;
        let drawn = self.drawn(view, manner);
        page(&drawn.html, language, request)
    }

    fn drawn(&self, view: &Arc<LinkView>, manner: Manner) -> Arc<Drawn> {
        let key = (view.id.clone(), manner);
        let known = self.generations().get(&key);
        if let Some(known) = known.filter(|known| known.shows(view)) {
            return known;
        }
        let drawn = Arc::new(Drawn {
            at: Instant::now(),
            html: Packed::new(draw::page(view, None, &key.1)),
            view: Arc::clone(view),
        });
        self.generations().insert(key, Arc::clone(&drawn));
        drawn
    }

    fn generations(&self) -> std::sync::MutexGuard<'_, Generations> {
        self.generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// A page of a playlist whose tracks are being converted: another one each time.
pub(super) fn answer_uncached(
    view: &LinkView,
    progress: &PlaylistProgress,
    manner: &Manner,
    request: &HeaderMap,
) -> Response {
    let html = Packed::new(draw::page(view, Some(progress), manner));
    page(&html, manner.language, request)
}

fn page(html: &Packed, language: Language, request: &HeaderMap) -> Response {
    let mut response = html.answer(request);
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_LANGUAGE, language.tag()),
        (header::VARY, "accept-language, accept-encoding"),
        // A page tells what people sent each other: it is for them, not for a search engine.
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

impl Drawn {
    /// Whether it is right for `view`, but for a number of views that is a little old.
    fn shows(&self, view: &LinkView) -> bool {
        let own = &self.view;
        let is_recent = self.at.elapsed() < VIEWS_MAX_AGE;
        let says_the_same = || {
            own.matches == view.matches && own.piece == view.piece && own.has_art == view.has_art
        };
        own.version == view.version || (is_recent && says_the_same())
    }
}

impl Generations {
    fn get(&mut self, key: &Key) -> Option<Arc<Drawn>> {
        if let Some(drawn) = self.younger.get(key) {
            return Some(Arc::clone(drawn));
        }
        let (key, drawn) = self.older.remove_entry(key)?;
        self.insert(key, Arc::clone(&drawn));
        Some(drawn)
    }

    fn insert(&mut self, key: Key, drawn: Arc<Drawn>) {
        if self.younger.len() >= PAGES_MAX / 2 {
            self.older = std::mem::take(&mut self.younger);
        }
        self.younger.insert(key, drawn);
    }
}
