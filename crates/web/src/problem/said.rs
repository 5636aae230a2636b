//! The layer around all doors: whatever refuses leaves it with words, a next step and a reference that leads somewhere.

use std::sync::{Mutex, PoisonError};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base::{ReferenceId, Timestamp};

use super::{General, Noted, Problem, Words, in_words};
use crate::Web;
use crate::links::Tongue;
use crate::message_page::Message;

/// Refusals that the log tells of in a minute, of addresses that there are and of such that there are not. Whoever sends
/// nonsense all day fills no disk, and hides nobody else's refusals by addresses that they make up.
const LINES_A_MINUTE: u32 = 120;
const MINUTE_MS: i64 = 60_000;
/// What must come with every 401 (RFC 9110, section 15.5.2). No browser knows the scheme, so none asks for a password.
const CHALLENGE: HeaderValue = HeaderValue::from_static("Cookie realm=\"unisono\"");

/// What a request tells about who reads its answer.
struct Asked {
    tongue: Tongue,
    /// Whether a person looks at the answer, and not a program.
    is_page: bool,
    /// The pattern of the address, which names nobody.
    route: Option<MatchedPath>,
}

/// Puts what refuses into words, for people as a page, and writes a line about it.
pub(crate) async fn say(State(web): State<Web>, request: Request, next: Next) -> Response {
    let asked = Asked {
        tongue: Tongue::of(request.uri(), request.headers()),
        is_page: wants_page(request.uri().path(), request.headers()),
        route: request.extensions().get().cloned(),
    };
    let mut response = next.run(request).await;
    if is_refusal(response.status()) {
        response = asked.in_words(response);
    }
    if response.status() == StatusCode::UNAUTHORIZED {
        let headers = response.headers_mut();
        headers.entry(header::WWW_AUTHENTICATE).or_insert(CHALLENGE);
    }
    // One that leads to a page which says what was refused is noted, too.
    if let Some(noted) = response.extensions().get::<Noted>() {
        let route = asked.route.as_ref().map(MatchedPath::as_str);
        web.inner
            .refusal_lines
            .write(noted, route, web.inner.app.now());
    }
    response
}

fn is_refusal(status: StatusCode) -> bool {
    status.is_client_error() || status.is_server_error()
}

/// Whether a browser is to show the answer. What scripts ask for is not.
pub(crate) fn wants_page(path: &str, headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT);
    let takes_html = accept
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    takes_html && !path.starts_with("/api/") && !path.starts_with("/assets/")
}

impl Asked {
    fn in_words(&self, response: Response) -> Response {
        let kind = response.headers().get(header::CONTENT_TYPE);
        let is_html = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        let is_noted = response.extensions().get::<Noted>().is_some();
        let response = match is_noted || is_html {
            true => response,
            false => self.problem(&response),
        };
        let words = response.extensions().get::<Words>();
        match (words.cloned(), response.extensions().get::<Noted>()) {
            (Some(words), Some(&noted)) if self.is_page => self.page(words, noted, &response),
            _ => response,
        }
    }

    /// What a bare answer means, with its headers.
    fn problem(&self, bare: &Response) -> Response {
        let (said, failed) = (bare.extensions().get(), bare.extensions().get());
        let status = bare.status();
        let general: General = said.copied().unwrap_or_else(|| General::of(status));
        let failed: Option<ReferenceId> = failed.copied();
        let language = self.tongue.language;
        let (title, next) = (general.title(language), general.next(language));
        let problem = Problem::new(general.name(), status, &title, &next).under(failed);
        let told = in_words(problem.into_response(), language, general.wait());
        with_headers_of(bare.headers(), told)
    }

    /// The same words on a page, with the headers of the problem.
    fn page(&self, Words { title, next }: Words, noted: Noted, problem: &Response) -> Response {
        let message = Message::new(self.tongue.language, title, next).noted(noted);
        let page = message.page(problem.status(), "/", self.tongue);
        with_headers_of(problem.headers(), page)
    }
}

/// Adds what `response` does not say itself, and nothing about another body.
fn with_headers_of(headers: &HeaderMap, mut response: Response) -> Response {
    let of_body = [
        header::CONTENT_LENGTH,
        header::CONTENT_ENCODING,
        header::CONTENT_DISPOSITION,
        header::ETAG,
        header::LAST_MODIFIED,
    ];
    let own: Vec<HeaderName> = response.headers().keys().cloned().collect();
    for (name, value) in headers {
        if !own.contains(name) && !of_body.contains(name) {
            response.headers_mut().append(name, value.clone());
        }
    }
    response
}

/// How many refusals the log has told of in the minute that goes on.
#[derive(Default)]
pub(crate) struct Lines {
    of_doors: Mutex<Minute>,
    of_nothing: Mutex<Minute>,
}

#[derive(Clone, Copy, Default)]
struct Minute {
    since_start: i64,
    asked: u32,
}

impl Lines {
    fn write(&self, noted: &Noted, route: Option<&str>, now: Timestamp) {
        if noted.is_logged {
            return;
        }
        let (reference, problem) = (noted.reference, noted.problem);
        let minute = match route {
            Some(_) => &self.of_doors,
            None => &self.of_nothing,
        };
        let route = route.unwrap_or("none");
        if problem == General::OurFailure.name() {
            tracing::error!(%reference, problem, route, "a door failed and did not say why");
            return;
        }
        match take(minute, now) {
            place if place < LINES_A_MINUTE => {
                tracing::info!(%reference, problem, route, "refused");
            }
            LINES_A_MINUTE => {
                tracing::warn!("more was refused in this minute than is written here");
            }
            _ => {}
        }
    }
}

/// How many came before in this minute.
fn take(minute: &Mutex<Minute>, now: Timestamp) -> u32 {
    let since_start = now.unix_ms().div_euclid(MINUTE_MS);
    let mut minute = minute.lock().unwrap_or_else(PoisonError::into_inner);
    if minute.since_start != since_start {
        *minute = Minute {
            since_start,
            asked: 0,
        };
    }
    let before = minute.asked;
    minute.asked = before.saturating_add(1);
    before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_anew_in_each_minute() {
        let minute = Mutex::default();
        let at = |ms| take(&minute, Timestamp::from_unix_ms(ms));
        assert_eq!([at(0), at(59_999), at(59_999)], [0, 1, 2]);
        assert_eq!([at(60_000), at(61_000)], [0, 1]);
    }

    #[test]
    fn what_a_browser_shows_is_a_page_and_what_a_script_asks_for_is_none() {
        let asks = |accept, path| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
            wants_page(path, &headers)
        };
        let browser = "text/html,application/xhtml+xml,*/*;q=0.8";
        assert!(asks(browser, "/auth/google"));
        assert!(!asks(browser, "/api/v1/account"));
        assert!(!asks("image/avif,*/*", "/avatars/x"));
    }
}
