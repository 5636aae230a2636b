//! How long the collector asks to be left alone, and what its answers mean.

use std::time::Duration;

use base::Timestamp;

use super::NotTold;
use crate::http::Reply;

/// How long it is left alone when it does not say.
pub(super) const USUAL: Duration = Duration::from_secs(60);
/// A shorter rest is none.
pub(super) const SHORTEST: Duration = Duration::from_secs(10);
/// What it counts our failures as: an event without a trace of calls is a `default` one there.
const CATEGORIES: [&str; 2] = ["error", "default"];
/// No more limits than this are read.
const LIMITS_MAX: usize = 32;

/// What a status says.
pub(super) const fn read(status: u16) -> Result<(), NotTold> {
    match status {
        200..=299 => Ok(()),
        429 => Err(NotTold::TooMany),
        401 | 403 => Err(NotTold::Key),
        404 | 410 => Err(NotTold::Missing),
        status => Err(NotTold::Refused { status }),
    }
}

/// The rest that an answer asks for, also one that took the failure: by Sentry's own header, or else by the usual one.
pub(super) fn asked_for(reply: &Reply, now: Timestamp) -> Option<Duration> {
    let limits = reply.headers.get("x-sentry-rate-limits");
    let limits = limits.and_then(|limits| limits.to_str().ok());
    match limits {
        Some(limits) => longest(limits),
        None if reply.status < 300 => None,
        None => reply.retry_after(now),
    }
}

/// The longest of the limits that concern us: `60:error;transaction:key, 2700::organization`. No category stands for all.
fn longest(limits: &str) -> Option<Duration> {
    let ours = limits.split(',').take(LIMITS_MAX).filter_map(|limit| {
        let mut parts = limit.trim().split(':');
        let seconds = parts.next()?.trim();
        let categories = parts.next()?.trim();
        let mut named = categories.split(';').map(str::trim);
        let is_ours = categories.is_empty() || named.any(|one| CATEGORIES.contains(&one));
        let seconds = seconds.parse::<f64>().ok();
        let span = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        is_ours.then(|| span.unwrap_or(USUAL))
    });
    ours.max()
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, HeaderName};

    use super::*;

    fn rest(status: u16, headers: &[(&'static str, &str)]) -> Option<u64> {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
        let reply = Reply {
            status,
            headers: headers.collect::<HeaderMap>(),
            body: Vec::new(),
        };
        let now = Timestamp::from_unix_ms(784_111_777_000);
        asked_for(&reply, now).map(|span| span.as_secs())
    }

    #[test]
    fn limits_for_failures_or_for_all_are_kept_and_others_are_not_ours() {
        let limits = "x-sentry-rate-limits";
        for (value, asked) in [
            ("60:error:key", Some(60)),
            ("60:default;error:key:reason", Some(60)),
            ("60::organization", Some(60)),
            ("60:error:key, 2700:transaction:organization", Some(60)),
            ("60:error:key, 2700::organization", Some(2_700)),
            ("10:default:key,20:error:key", Some(20)),
            ("120.0:error:key", Some(120)),
            ("soon:error:key", Some(60)),
            ("-5:error:key", Some(60)),
            ("60:transaction:key", None),
            ("", None),
            ("nonsense", None),
        ] {
            assert_eq!(rest(200, &[(limits, value)]), asked, "{value}");
            assert_eq!(rest(429, &[(limits, value)]), asked, "{value}");
        }
        assert_eq!(
            rest(429, &[(limits, "60:error:key"), ("retry-after", "9")]),
            Some(60)
        );
    }

    #[test]
    fn without_such_limits_the_usual_header_counts_where_nothing_was_taken() {
        assert_eq!(rest(429, &[("retry-after", "30")]), Some(30));
        assert_eq!(rest(503, &[("retry-after", "30")]), Some(30));
        let date = "Sun, 06 Nov 1994 08:50:37 GMT";
        assert_eq!(rest(429, &[("retry-after", date)]), Some(60));
        assert_eq!(rest(200, &[("retry-after", "30")]), None);
        assert_eq!(rest(429, &[]), None);
    }

    #[test]
    fn only_an_answer_of_success_says_that_it_was_taken() {
        assert_eq!((read(200), read(202)), (Ok(()), Ok(())));
        for status in [100, 301, 302, 400, 413, 500, 503] {
            assert_eq!(read(status), Err(NotTold::Refused { status }));
        }
        assert_eq!(read(401), Err(NotTold::Key));
        assert_eq!(read(404), Err(NotTold::Missing));
        assert_eq!(read(429), Err(NotTold::TooMany));
    }
}
