//! Whoever sits in a room and asks beside their socket: how they show it, and how they are refused.

use app::NotServed;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use base::Secret;

use crate::problem::General;

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
            ([(header::WWW_AUTHENTICATE, "Bearer")], General::NotInRoom).into_response()
        }
        NotServed::Forbidden => General::RoomForbids.into_response(),
        NotServed::TooMany { retry_after } => {
            let wait = *retry_after;
            General::RoomAskedTooOften { wait }.into_response()
        }
        NotServed::Broken(reference) => General::Unavailable.under(*reference),
    }
}
