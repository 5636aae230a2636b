//! Whoever sits in a room and asks beside their socket: how they show it, and how they are refused.

use app::NotServed;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::Secret;

use crate::problem::Problem;

/// The token of `Authorization: Bearer` (RFC 6750, section 2.1).
pub(super) fn bearer(headers: &HeaderMap) -> Option<Secret<String>> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    is_bearer.then(|| Secret::new(token.trim().to_owned()))
}

pub(super) fn refused(no: &NotServed) -> Response {
    match no {
        NotServed::NotInside => {
            let title = "This is for people who are in the room";
            let detail = "Send the resume token of your seat as “Authorization: Bearer”.";
            let problem = Problem::new(StatusCode::UNAUTHORIZED, title, detail);
            with(problem, header::WWW_AUTHENTICATE, "Bearer".to_owned())
        }
        NotServed::Forbidden => {
            let title = "You may not do that in this room";
            let detail = "Ask whoever runs the room.";
            Problem::new(StatusCode::FORBIDDEN, title, detail).into_response()
        }
        NotServed::TooMany { retry_after } => {
            let seconds = retry_after.as_millis().div_ceil(1_000);
            let detail = format!("Try again in {seconds} s.");
            let title = "The room was asked too often";
            let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, title, &detail);
            with(problem, header::RETRY_AFTER, seconds.to_string())
        }
        NotServed::Broken(reference) => {
            let detail =
                "Try again. If it happens again, tell whoever runs this server the reference.";
            Problem::failure(StatusCode::SERVICE_UNAVAILABLE, *reference, detail).into_response()
        }
    }
}

fn with(problem: Problem, name: HeaderName, value: String) -> Response {
    let mut response = problem.into_response();
    let value = HeaderValue::try_from(value).expect("a word or a number");
    response.headers_mut().insert(name, value);
    response
}
