//! How often each provider lets itself be asked, and how it says no.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;

use super::exchange::{Ask, Reply};

/// At most `requests` in any window of this length.
struct Limit {
    requests: usize,
    window: Duration,
}

const fn limit(requests: usize, window_ms: u64) -> Limit {
    Limit {
        requests,
        window: Duration::from_millis(window_ms),
    }
}

/// The times of the latest requests to each host.
#[derive(Debug, Default)]
pub(super) struct Limits(Mutex<HashMap<&'static str, VecDeque<Instant>>>);

impl Limits {
    /// The provider's refusal when this request is one too many.
    pub(super) fn refusal(&self, ask: &Ask, now: Instant) -> Option<Reply> {
        let (name, limit) = limit_of(ask)?;
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let times = hosts.entry(name).or_default();
        while times
            .front()
            .is_some_and(|time| now.duration_since(*time) >= limit.window)
        {
            times.pop_front();
        }
        if times.len() >= limit.requests {
            return Some(refusal(name));
        }
        times.push_back(now);
        None
    }
}

/// Documented figures where there are any. MusicBrainz counts an average, so a tenth of a second early is no offence.
fn limit_of(ask: &Ask) -> Option<(&'static str, Limit)> {
    Some(match ask.host.as_str() {
        "api.deezer.com" => ("deezer", limit(50, 5_000)),
        "itunes.apple.com" => ("itunes", limit(20, 60_000)),
        "api.music.apple.com" => ("apple", limit(20, 1_000)),
        "musicbrainz.org" => ("musicbrainz", limit(1, 900)),
        "labs.api.listenbrainz.org" => ("listenbrainz", limit(30, 10_000)),
        "api.spotify.com" => ("spotify", limit(180, 30_000)),
        "www.googleapis.com" if ask.path.ends_with("/search") => {
            ("youtube search", limit(100, 86_400_000))
        }
        "music.youtube.com" => ("youtube music", limit(5, 1_000)),
        "api.music.yandex.net" => ("yandex", limit(5, 1_000)),
        "openapi.tidal.com" => ("tidal", limit(5, 1_000)),
        _ => return None,
    })
}

fn refusal(name: &str) -> Reply {
    match name {
        "deezer" => Reply::json(
            &json!({"error": {"type": "Exception", "message": "Quota limit exceeded", "code": 4}}),
        ),
        "itunes" | "youtube music" => Reply::empty(403),
        "musicbrainz" => Reply::with_json(
            503,
            &json!({"error": "Your requests are exceeding the allowable rate limit."}),
        ),
        "spotify" => Reply::with_json(
            429,
            &json!({"error": {"status": 429, "message": "API rate limit exceeded"}}),
        )
        .with("retry-after", "7"),
        "youtube search" => {
            let reasons = json!([{"domain": "youtube.quota", "reason": "quotaExceeded"}]);
            Reply::with_json(
                403,
                &json!({"error": {"code": 403, "message": "quota", "errors": reasons}}),
            )
        }
        _ => Reply::empty(429).with("retry-after", "2"),
    }
}
