//! The control route, for journeys and measurements in other languages: `/control/...`.
//!
//! * `POST behaviour`: `{"host": "api.deezer.com" or "*", "latency_ms": 150, "fault": {"kind": "hang"}, "limits": false}`
//! * `GET requests`, `DELETE requests`: what went out.
//! * `GET songs?skip=0&count=500`: the truth.
//! * `GET version?platform=deezer&id=1`: which version of which song a listing is.

use axum::http::Method;
use serde::Deserialize;
use serde_json::json;

use super::Shared;
use super::behaviour::{Behaviour, Fault};
use super::exchange::{Ask, Reply};

/// Stands where requests to providers have their host.
pub(super) const HOST: &str = "control";

const SONGS_MAX: usize = 10_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    host: String,
    #[serde(default)]
    latency_ms: u64,
    #[serde(default)]
    fault: Option<Fault>,
    #[serde(default)]
    times: Option<u32>,
    #[serde(default = "yes")]
    limits: bool,
}

const fn yes() -> bool {
    true
}

pub(super) fn answer(ask: &Ask, shared: &Shared) -> Reply {
    match (&ask.method, ask.path.as_str()) {
        (&Method::POST, "/behaviour") => match serde_json::from_str::<Wish>(&ask.body) {
            Ok(Wish {
                host,
                latency_ms,
                fault,
                times,
                limits,
            }) => {
                shared.behaviours.set(
                    &host,
                    Behaviour {
                        latency_ms,
                        fault,
                        times,
                        limits,
                    },
                );
                Reply::empty(204)
            }
            Err(error) => Reply::text(400, "text/plain", &error.to_string()),
        },
        (&Method::GET, "/requests") => Reply::json(&json!(shared.recorder.all())),
        (&Method::DELETE, "/requests") => {
            shared.recorder.clear();
            Reply::empty(204)
        }
        (&Method::GET, "/songs") => {
            let skip = ask.count("skip", 0, usize::MAX);
            let count = ask.count("count", SONGS_MAX, SONGS_MAX);
            let songs: Vec<_> = shared
                .catalogue
                .songs()
                .into_iter()
                .skip(skip)
                .take(count)
                .collect();
            Reply::json(&json!(songs))
        }
        (&Method::GET, "/version") => {
            let platform = ask.param("platform").and_then(|name| name.parse().ok());
            let found = platform
                .zip(ask.param("id"))
                .and_then(|(platform, id)| shared.catalogue.version(platform, id));
            Reply::json(&json!(found.map(
                |(song, version)| json!({"song": song, "version": format!("{version:?}")})
            )))
        }
        _ => Reply::text(404, "text/plain", "the control route has no such part"),
    }
}
