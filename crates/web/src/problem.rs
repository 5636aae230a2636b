//! Problem responses (RFC 9457): what went wrong, what to do, and a reference that the log holds too.

mod general;
mod said;

use std::any::Any;
use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{OsEntropy, ReferenceId};
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use general::General;
pub(crate) use said::{Lines, say, wants_page};

use crate::texts::Language;

/// An answer that says no, as `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Which kind of problem it is, to tell kinds apart: an address that explains it.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status code.
    pub status: u16,
    /// What is wrong, in one line.
    pub title: String,
    /// What to do next.
    pub detail: String,
    /// Names this very answer: whoever runs the server finds it in the log.
    pub reference: String,
    /// Which of several rules was broken, where the kind alone does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    #[serde(skip)]
    noted: Noted,
}

/// How a refusal is found again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Noted {
    pub(crate) reference: ReferenceId,
    /// The last part of the problem's type.
    problem: &'static str,
    /// Whether the log has it already: what failed is written where it failed.
    is_logged: bool,
}

impl Noted {
    /// A refusal of this kind, under the reference that the log has of its cause or else under a new one.
    pub(crate) fn new(problem: &'static str, logged: Option<ReferenceId>) -> Self {
        Self {
            reference: logged.unwrap_or_else(|| ReferenceId::new(&OsEntropy)),
            problem,
            is_logged: logged.is_some(),
        }
    }
}

/// What a problem response says, for whoever reads it as a page.
#[derive(Clone)]
struct Words {
    title: String,
    next: String,
}

impl Problem {
    /// A refusal of the kind `name`, with a next step.
    pub(crate) fn new(name: &'static str, status: StatusCode, title: &str, detail: &str) -> Self {
        let noted = Noted::new(name, None);
        Self {
            kind: format!("/problems/{name}"),
            status: status.as_u16(),
            title: title.to_owned(),
            detail: detail.to_owned(),
            reference: noted.reference.to_string(),
            why: None,
            noted,
        }
    }

    /// The same problem, under the reference that the log has of its cause, if it has one.
    pub(crate) fn under(self, logged: Option<ReferenceId>) -> Self {
        if logged.is_none() {
            return self;
        }
        let noted = Noted::new(self.noted.problem, logged);
        Self {
            reference: noted.reference.to_string(),
            noted,
            ..self
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let noted = self.noted;
        let words = Words {
            title: self.title.clone(),
            next: self.detail.clone(),
        };
        let mut response = (status, Json(self)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response.extensions_mut().insert(noted);
        response.extensions_mut().insert(words);
        response
    }
}

/// Name, status and texts of a refusal. The name is the last part of the problem's type.
pub(crate) struct Facts {
    pub(crate) name: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) title: &'static str,
    pub(crate) next: &'static str,
}

/// The facts of a refusal whose texts begin with `$family`.
macro_rules! worded {
    ($family:literal, $name:literal, $status:ident) => {
        $crate::problem::Facts {
            name: $name,
            status: axum::http::StatusCode::$status,
            title: concat!($family, $name),
            next: concat!($family, $name, "-next"),
        }
    };
}

pub(crate) use worded;

/// Adds what belongs to every answer that refuses: its language, that nobody keeps it, and how long to wait.
pub(crate) fn in_words(
    mut response: Response,
    language: Language,
    wait: Option<Duration>,
) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_LANGUAGE,
        HeaderValue::from_static(language.tag()),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(wait) = wait {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(whole_seconds(wait)));
    }
    response
}

/// Whole seconds, rounded up: a client that waits them is let in.
pub(crate) fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

/// A request that hit a bug ends alone, with a reference.
pub(crate) fn after_panic(_panic: Box<dyn Any + Send + 'static>) -> Response {
    let reference = ReferenceId::new(&OsEntropy);
    tracing::error!(%reference, "a request stopped on a bug");
    General::OurFailure.under(reference)
}
