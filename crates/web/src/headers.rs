//! Headers that hold for every answer: nothing from elsewhere, nothing framed, nothing guessed.

use app::{App, Place};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use base::ReferenceId;

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
    leave_declared_cookies(headers, || web.inner.app.reference());
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

/// Takes out each cookie that the inventory does not declare. The build finds those that are named in our sources; this is
/// for one that comes about in another way.
fn leave_declared_cookies(headers: &mut HeaderMap, reference: impl FnOnce() -> ReferenceId) {
    let declared = &App::inventory().cookie;
    let is_declared = |line: &HeaderValue| {
        let name = line.as_bytes().split(|byte| *byte == b'=').next();
        let name = name.and_then(|name| std::str::from_utf8(name).ok());
        name.is_some_and(|name| declared.contains_key(name))
    };
    if headers.get_all(header::SET_COOKIE).iter().all(is_declared) {
        return;
    }
    let reference = reference();
    tracing::error!(%reference, "a cookie that the inventory does not declare was held back: declare it");
    if let header::Entry::Occupied(cookies) = headers.entry(header::SET_COOKIE) {
        let (name, all) = cookies.remove_entry_mult();
        let left: Vec<HeaderValue> = all.filter(is_declared).collect();
        for line in left {
            headers.append(name.clone(), line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What people play from elsewhere after a named press, by the page where they can.
    const PLAYED: [(&str, &[&str]); 3] = [
        (POLICY, &[]),
        (CASTING_POLICY, &["https:", "http:"]),
        (ROOM_POLICY, &["https:"]),
    ];

    /// What the inventory declares to be loaded into a page: the directive and the origin.
    fn declared() -> Vec<(&'static str, &'static str)> {
        let embeds = App::inventory().embed.values();
        let origins = embeds.flat_map(|embed| {
            let scripts = embed.scripts.iter().map(|it| ("script-src", it.as_str()));
            let frames = embed.frames.iter().map(|it| ("frame-src", it.as_str()));
            let connects = embed.connects.iter().map(|it| ("connect-src", it.as_str()));
            scripts.chain(frames).chain(connects)
        });
        origins.collect()
    }

    /// The sources of a policy that are neither our own nor declared.
    fn foreign<'p>(policy: &'p str, played: &[&str]) -> Vec<(&'p str, &'p str)> {
        let declared = declared();
        let directives = policy.split(';').flat_map(|directive| {
            let mut words = directive.split_whitespace();
            let name = words.next().unwrap_or_default();
            words.map(move |source| (name, source))
        });
        let is_foreign = |(name, source): &(&str, &str)| {
            let is_own = match *name {
                "img-src" => matches!(*source, "'self'" | "'none'" | "data:" | "blob:"),
                "media-src" => matches!(*source, "'self'" | "blob:") || played.contains(source),
                _ => matches!(*source, "'self'" | "'none'"),
            };
            !is_own && !declared.contains(&(*name, *source))
        };
        directives.filter(is_foreign).collect()
    }

    /// Promise C5: no page may ask anybody of whom the inventory does not speak.
    #[test]
    fn pages_load_from_here_alone_and_from_what_the_inventory_declares() {
        for (policy, played) in PLAYED {
            assert!(foreign(policy, played).is_empty(), "{policy}");
            assert!(policy.starts_with("default-src 'none'; "));
            for (widened, by) in [
                ("connect-src 'self'", "https://stats.example"),
                ("connect-src 'self'", "wss:"),
                ("connect-src 'self'", "*"),
                ("connect-src 'self'", "https://www.youtube.com"),
                ("script-src 'self'", "'unsafe-inline'"),
                ("script-src 'self'", "blob:"),
                ("font-src 'self'", "data:"),
                ("img-src 'self'", "https:"),
                ("frame-src 'self'", "https://frames.example"),
            ] {
                let name = widened.split(' ').next().unwrap_or_default();
                let policy = policy.replace(widened, &format!("{widened} {by}"));
                assert_eq!(foreign(&policy, played), [(name, by)]);
            }
        }
    }

    #[test]
    fn only_cookies_of_the_inventory_are_set() {
        let reference = || ReferenceId::new(&base::OsEntropy);
        let mut headers = HeaderMap::new();
        let own = HeaderValue::from_static("__Host-unisono=; Path=/");
        headers.append(header::SET_COOKIE, own.clone());
        leave_declared_cookies(&mut headers, reference);
        assert_eq!(headers.get_all(header::SET_COOKIE).iter().count(), 1);
        for foreign in ["visits=1; Path=/", "__Host-unisono-x=1", "="] {
            headers.append(header::SET_COOKIE, HeaderValue::from_static(foreign));
        }
        leave_declared_cookies(&mut headers, reference);
        let left: Vec<&HeaderValue> = headers.get_all(header::SET_COOKIE).iter().collect();
        assert_eq!(left, [&own]);
    }
}
