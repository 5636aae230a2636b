//! How a host behaves: how slow it is, what is wrong with it, and whether its limits count.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::Deserialize;

/// Names every host in [`Behaviours::set`].
pub const EVERY_HOST: &str = "*";

/// How one host behaves.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Behaviour {
    /// Time before each answer, in milliseconds.
    pub latency_ms: u64,
    /// What is wrong with the answers.
    pub fault: Option<Fault>,
    /// How many answers are wrong before the fault is over. Unset: all.
    pub times: Option<u32>,
    /// Whether the provider's rate limits count.
    pub limits: bool,
}

impl Default for Behaviour {
    /// As the real one: at once, without a fault, with limits.
    fn default() -> Self {
        Self {
            latency_ms: 0,
            fault: None,
            times: None,
            limits: true,
        }
    }
}

impl Behaviour {
    /// A host with this fault.
    #[must_use]
    pub fn broken(fault: Fault) -> Self {
        Self {
            fault: Some(fault),
            ..Self::default()
        }
    }

    /// A host that takes `latency` for each answer.
    #[must_use]
    pub fn slow(latency: Duration) -> Self {
        Self {
            latency_ms: u64::try_from(latency.as_millis()).unwrap_or(u64::MAX),
            ..Self::default()
        }
    }
}

/// What can be wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// It never comes.
    Hang,
    /// An error of the provider.
    Status {
        /// HTTP status.
        status: u16,
        /// Seconds, for the header `Retry-After`.
        #[serde(default)]
        retry_after: Option<u32>,
    },
    /// Status 200 and nothing.
    Empty,
    /// The right answer, a byte each 50 ms.
    Drip,
    /// The right head, and half of the body before the connection breaks.
    CutOff,
    /// Status 200 and text that is no JSON.
    Garbage,
    /// JSON, but of another shape.
    OtherShape,
    /// A redirect.
    Redirect {
        /// Where to.
        to: String,
    },
    /// A redirect to the same address, for ever.
    RedirectLoop,
    /// 50 MB.
    Huge,
}

/// The behaviour of every host.
#[derive(Debug, Default)]
pub(super) struct Behaviours(Mutex<HashMap<String, Behaviour>>);

impl Behaviours {
    /// Sets one host's behaviour, or with [`EVERY_HOST`] everybody's, taking all earlier ones back.
    pub(super) fn set(&self, host: &str, behaviour: Behaviour) {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if host == EVERY_HOST {
            hosts.clear();
        }
        hosts.insert(host.to_owned(), behaviour);
    }

    /// What the next request to `host` meets.
    pub(super) fn next(&self, host: &str) -> Behaviour {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = if hosts.contains_key(host) {
            host
        } else {
            EVERY_HOST
        };
        let Some(behaviour) = hosts.get_mut(key) else {
            return Behaviour::default();
        };
        let met = behaviour.clone();
        if let Some(times) = &mut behaviour.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                behaviour.fault = None;
            }
        }
        met
    }
}
