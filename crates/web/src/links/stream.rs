//! Conversions as they happen (Server-Sent Events): as JSON for programs, as drawn rows for open pages.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use app::{Conversion, LinkEvent, LinkView, MatchView};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, StreamExt};
use serde::Serialize;
use tokio::sync::Semaphore;

use super::asked::{FromHere, Named};
use super::refusal::Refusal;
use super::{Tongue, draw};
use crate::Web;

/// A comment keeps the way open through proxies.
const ALIVE_EVERY: Duration = Duration::from_secs(15);

/// Event streams that are open at once, each a task and a connection.
const OPEN_MAX: usize = 1024;

/// Places for open event streams.
pub(crate) struct Places(Arc<Semaphore>);

impl Default for Places {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(OPEN_MAX)))
    }
}

/// One row of an open page, drawn anew.
#[derive(Serialize)]
struct RowNews<'a> {
    platform: &'a str,
    html: String,
    news: String,
}

/// Each step of a conversion as an event named by its type.
pub(super) fn steps(web: &Web, tongue: Tongue, conversion: Conversion) -> Response {
    let events = following(conversion).map(|step| {
        let name = match &step {
            LinkEvent::Identified { .. } => "identified",
            LinkEvent::Match { .. } => "match",
            LinkEvent::Done { .. } => "done",
        };
        event(name, &step)
    });
    answer(web, tongue, events)
}

/// `GET /l/{id}/events`: asks for what is missing, and sends each row of the page as it changes.
pub(crate) async fn rows(
    visitor: FromHere,
    tongue: Tongue,
    State(web): State<Web>,
    Named(id): Named,
) -> Response {
    let conversion = match web.inner.app.follow_link(visitor.key, &id).await {
        Ok(conversion) => conversion,
        Err(refusal) => return Refusal::from(refusal).problem(tongue.language),
    };
    let mut view = None;
    let events = following(conversion).flat_map(move |step| {
        let events = match step {
            LinkEvent::Identified { page } => {
                let rows = page.matches.iter().map(|found| row(found, &page, tongue));
                let rows: Vec<Event> = rows.collect();
                view = Some(page);
                rows
            }
            LinkEvent::Match { found } => {
                let row = view.as_ref().map(|page| row(&found, page, tongue));
                row.into_iter().collect()
            }
            LinkEvent::Done { is_complete } => {
                let done = serde_json::json!({ "is_complete": is_complete });
                vec![event("done", &done)]
            }
        };
        stream::iter(events)
    });
    answer(&web, tongue, events)
}

fn row(found: &MatchView, page: &LinkView, tongue: Tongue) -> Event {
    let Tongue { language, is_asked } = tongue;
    let news = RowNews {
        platform: found.platform.name(),
        html: draw::row_alone(found, page, language, is_asked),
        news: draw::news(found, page.piece.kind(), language),
    };
    event("row", &news)
}

fn following(conversion: Conversion) -> impl Stream<Item = LinkEvent> + Send {
    stream::unfold(conversion, async |mut conversion| {
        let step = conversion.next().await?;
        Some((step, conversion))
    })
}

pub(super) fn event(name: &str, data: &impl Serialize) -> Event {
    Event::default()
        .event(name)
        .json_data(data)
        .expect("these types have text keys only")
}

pub(super) fn answer(
    web: &Web,
    tongue: Tongue,
    events: impl Stream<Item = Event> + Send + 'static,
) -> Response {
    web.inner.link_streams.answer(tongue, events)
}

impl Places {
    /// `events` as an answer, which holds a place as long as it is open.
    fn answer(
        &self,
        tongue: Tongue,
        events: impl Stream<Item = Event> + Send + 'static,
    ) -> Response {
        let Ok(place) = Arc::clone(&self.0).try_acquire_owned() else {
            return Refusal::Busy.problem(tongue.language);
        };
        let alive = KeepAlive::new().interval(ALIVE_EVERY);
        // The place is free again when the stream is dropped.
        let events = events.map(move |event| {
            let _place = &place;
            Ok::<_, Infallible>(event)
        });
        let mut response = Sse::new(events).keep_alive(alive).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        // nginx would hold the events back.
        headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
        response
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, StatusCode};

    use super::*;
    use crate::texts::wished;

    #[tokio::test]
    async fn as_many_streams_are_open_as_there_are_places_and_no_more() {
        let tongue = Tongue {
            language: wished(&HeaderMap::new()),
            is_asked: false,
        };
        let places = Places::default();
        let open = || places.answer(tongue, stream::pending());
        let mut streams: Vec<Response> = (0..OPEN_MAX).map(|_| open()).collect();
        assert!(streams.iter().all(|one| one.status() == StatusCode::OK));
        assert_eq!(open().status(), StatusCode::SERVICE_UNAVAILABLE);
        streams.pop();
        streams.push(open());
        assert_eq!(streams[OPEN_MAX - 1].status(), StatusCode::OK);
        assert_eq!(open().status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
