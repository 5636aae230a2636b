//! Problem responses (RFC 9457): what went wrong, what to do, and a reference where we failed.

use std::any::Any;
use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{OsEntropy, ReferenceId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::texts::Language;

/// An answer that says no, as `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Which kind of problem it is, to tell kinds apart: an address that explains it. Left out: the status says it all.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The HTTP status code.
    pub status: u16,
    /// What is wrong, in one line.
    pub title: String,
    /// What to do next.
    pub detail: String,
    /// Where we failed: the same reference is in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Which of several rules was broken, where the kind alone does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl Problem {
    /// A refusal with a next step.
    pub(crate) fn new(status: StatusCode, title: &str, detail: &str) -> Self {
        let (title, detail) = (title.to_owned(), detail.to_owned());
        Self {
            kind: None,
            status: status.as_u16(),
            title,
            detail,
            reference: None,
            why: None,
        }
    }

    /// The same problem, told apart from others by the name of its kind.
    pub(crate) fn of_kind(self, name: &str) -> Self {
        let kind = Some(format!("/problems/{name}"));
        Self { kind, ..self }
    }

    /// The same problem, with a reference if there is one.
    pub(crate) fn with_reference(self, reference: Option<ReferenceId>) -> Self {
        let reference = reference.map(|reference| reference.to_string());
        Self { reference, ..self }
    }

    /// A failure of ours under `reference`.
    pub(crate) fn failure(status: StatusCode, reference: ReferenceId, detail: &str) -> Self {
        let title = "Something failed on our side";
        Self {
            reference: Some(reference.to_string()),
            ..Self::new(status, title, detail)
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
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

/// An address that is there, but not for this method. The header `Allow` names those that it is for.
pub(crate) async fn wrong_method() -> Problem {
    let detail = "Use one of the methods that the header “Allow” names.";
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "This address does not take that method",
        detail,
    )
}

/// A request that hit a bug ends alone, with a reference.
pub(crate) fn after_panic(_panic: Box<dyn Any + Send + 'static>) -> Response {
    let reference = ReferenceId::new(&OsEntropy);
    tracing::error!(%reference, "a request stopped on a bug");
    let detail = "Try again. If it happens again, tell whoever runs this server the reference.";
    Problem::failure(StatusCode::INTERNAL_SERVER_ERROR, reference, detail).into_response()
}
