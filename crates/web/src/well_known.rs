//! What programs look for at fixed places (RFC 8615): whom to tell of a weakness, and where passkeys are made.

use account::Site;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base::Timestamp;
use privacy::rfc3339;
use serde::Serialize;

use crate::Web;
use crate::accounts::Here;
use crate::problem::General;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// RFC 9116, 2.5.5, advises less than a year. Whoever stops running this server stops saying that it holds.
const EXPIRES_AFTER_DAYS: i64 = 90;

/// Where passkeys are made and managed (W3C, A Well-Known URL for Relying Party Passkey Endpoints).
#[derive(Serialize)]
struct PasskeyEndpoints {
    enroll: String,
    manage: String,
}

/// `GET /.well-known/security.txt` (RFC 9116)
pub(crate) async fn security(State(web): State<Web>) -> Response {
    let settings = &web.inner.settings;
    let contact = settings.security_contact.as_str();
    if contact.is_empty() {
        return General::NoSecurityContact.into_response();
    }
    let expires = expiry(web.inner.app.now());
    let canonical = match settings.public_origin() {
        Some(("https", ..)) => {
            let site = settings.public_url.trim_end_matches('/');
            format!("Canonical: {site}/.well-known/security.txt\n")
        }
        _ => String::new(),
    };
    let text = format!(
        "Contact: {contact}\nExpires: {expires}\nPreferred-Languages: en, ru, ar\n{canonical}"
    );
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

/// Midnight UTC of the day until which a contact that is told now holds.
fn expiry(now: Timestamp) -> String {
    let day = now.unix_ms().div_euclid(DAY_MS) + EXPIRES_AFTER_DAYS;
    rfc3339(Timestamp::from_unix_ms(day * DAY_MS))
}

/// `GET /.well-known/passkey-endpoints`
pub(crate) async fn passkeys(here: Here) -> Response {
    if Site::of(&here.origin).is_none() {
        return General::NoPasskeysHere.into_response();
    }
    let page = format!("{}/account#passkeys", here.origin);
    Json(PasskeyEndpoints {
        enroll: page.clone(),
        manage: page,
    })
    .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_told_for_ninety_days_from_the_day_of_asking() {
        let noon = Timestamp::from_unix_ms(DAY_MS / 2);
        assert_eq!(expiry(noon), "1970-04-01T00:00:00Z");
    }
}
