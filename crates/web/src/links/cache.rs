//! Pages as they were last drawn: most requests for a page ask for one that has not changed since.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::{LinkView, PlaylistProgress};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::time::Instant;

use super::draw::{self, Manner};
use crate::texts::Language;

/// Drawn pages that are kept, of about 16 KiB each.
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
    html: Bytes,
    etag: HeaderValue,
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
        page(drawn.html.clone(), &drawn.etag, language, request)
    }

    fn drawn(&self, view: &Arc<LinkView>, manner: Manner) -> Arc<Drawn> {
        let key = (view.id.clone(), manner);
        let known = self.generations().get(&key);
        if let Some(known) = known.filter(|known| known.shows(view)) {
            return known;
        }
        let html = Bytes::from(draw::page(view, None, &key.1));
        let drawn = Arc::new(Drawn {
            etag: etag(&html),
            at: Instant::now(),
            html,
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
    let html = draw::page(view, Some(progress), manner);
    let etag = etag(html.as_bytes());
    page(html, &etag, manner.language, request)
}

fn page(
    html: impl Into<Body>,
    etag: &HeaderValue,
    language: Language,
    request: &HeaderMap,
) -> Response {
    let mut response = fresh(html, etag, request);
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_LANGUAGE, language.tag()),
        (header::VARY, "accept-language"),
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

/// A strong validator of a body.
pub(super) fn etag(body: &[u8]) -> HeaderValue {
    let mut hash = DefaultHasher::new();
    body.hash(&mut hash);
    HeaderValue::try_from(format!("\"{:016x}\"", hash.finish()))
        .expect("hexadecimal digits fit a header")
}

/// The body, or 304 for a client that has it already. It is asked for each time, so that nobody sees an old match.
pub(super) fn fresh(body: impl Into<Body>, etag: &HeaderValue, request: &HeaderMap) -> Response {
    let known = request.get(header::IF_NONE_MATCH);
    let is_known = known
        .and_then(|known| known.to_str().ok())
        .is_some_and(|known| {
            known
                .split(',')
                .any(|one| one.trim().trim_start_matches("W/") == etag)
        });
    let mut response = match is_known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Response::new(body.into()),
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, etag.clone());
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, no-cache"),
    );
    response
}
