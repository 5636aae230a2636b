//! Headers that hold for every answer: nothing from elsewhere, nothing framed, nothing guessed.

use app::Place;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::Web;
use crate::settings::split_port;
use crate::visitor::{authority, peer};
use crate::way::Way;

/// Everything from this origin only, and no inline script or style.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src 'self' blob:; \
    frame-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The same for the page that casts: a person may play an audio address from elsewhere there, on a named press.
pub(crate) const CASTING_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src 'self' blob: https: http:; \
    frame-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The same for the pages of rooms: audio addresses that people added play there, after a named press.
pub(crate) const ROOM_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src 'self' blob: https:; \
    frame-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const PERMISSIONS: &str = "microphone=(self), camera=(self), display-capture=(self), autoplay=(self), \
    screen-wake-lock=(self), speaker-selection=(self), geolocation=(), payment=(), usb=(), \
    browsing-topics=()";

/// Two years, as browsers' own lists of such hosts ask for (RFC 6797).
const HTTPS_ONLY: &str = "max-age=63072000; includeSubDomains";

/// Adds the headers, and the strict policies where an answer has set none of its own.
pub(crate) async fn harden(State(web): State<Web>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let way = Way::of(headers, peer(request.extensions()), &web.inner.settings);
    let host = authority(headers, request.uri());
    // To a name of the machine itself, which other programs have as well.
    let is_loopback = host.is_some_and(|host| Place::is_loopback(split_port(host).0));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(POLICY));
    headers
        .entry("permissions-policy")
        .or_insert(HeaderValue::from_static(PERMISSIONS));
    headers
        .entry(header::REFERRER_POLICY)
        .or_insert(HeaderValue::from_static("no-referrer"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    if way.is_encrypted() && !is_loopback {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static(HTTPS_ONLY),
        );
    }
    // Browsers trust both (W3C Secure Contexts, section 3.1). Elsewhere they ignore it and complain on every page.
    if way.is_encrypted() || is_loopback {
        headers.insert(
            "cross-origin-opener-policy",
            HeaderValue::from_static("same-origin"),
        );
    }
    headers
        .entry("cross-origin-resource-policy")
        .or_insert(HeaderValue::from_static("same-origin"));
    response
}
