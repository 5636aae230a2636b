//! The cookies there are: a session, a step that leaves the page for a moment, and what a guest has seen of the policy.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};
use base::Secret;

/// The session. `__Host-` makes browsers refuse it for any other host or path, and without https (RFC 6265bis, 4.1.3.2).
pub(crate) const SESSION: &str = "__Host-unisono";
/// A step at an upstream, which comes back by a redirect.
pub(crate) const STEP: &str = "__Host-unisono-step";
/// Up to which publication a guest has seen the policy: set when they say so.
pub(crate) const POLICY: &str = "__Host-unisono-policy";

/// The value of the cookie called `name`.
pub(crate) fn read(headers: &HeaderMap, name: &str) -> Option<Secret<String>> {
    let cookies = headers.get_all(header::COOKIE).iter();
    cookies
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then(|| Secret::new(value.to_owned())))
}

/// Sets the cookie called `name` for `life`.
pub(crate) fn set(name: &str, value: &Secret<String>, life: Duration) -> HeaderValue {
    let (value, seconds) = (value.expose(), life.as_secs());
    let line = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={seconds}");
    let mut line = HeaderValue::try_from(line).expect("tokens and names are plain text");
    line.set_sensitive(true);
    line
}

/// Takes the cookie called `name` away, with the attributes that it was set with.
pub(crate) fn clear(name: &str) -> HeaderValue {
    let line = format!("{name}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    HeaderValue::try_from(line).expect("names are plain text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("a=1; x__Host-unisono=no; __Host-unisono-step=s"),
        );
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("__Host-unisono=e.f.g"),
        );
        let session = read(&headers, SESSION).map(|value| value.expose().clone());
        assert_eq!(session.as_deref(), Some("e.f.g"));
        let step = read(&headers, STEP).map(|value| value.expose().clone());
        assert_eq!(step.as_deref(), Some("s"));
    }

    // Promises S24, S25, S26, S27, S44
    #[test]
    fn cookies_are_for_https_and_this_host_only_and_out_of_reach_of_scripts() {
        let line = set(
            SESSION,
            &Secret::new("t".to_owned()),
            Duration::from_secs(30 * 24 * 60 * 60),
        );
        assert_eq!(
            line.to_str().unwrap(),
            "__Host-unisono=t; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=2592000"
        );
        assert!(line.is_sensitive());
    }
}
