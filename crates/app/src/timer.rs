//! Waiting for a moment, by the same clock that tells the time.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use base::{Clock, SystemClock, Timestamp};

/// The longest single sleep. A machine that slept itself is at most this late.
const NAP_MAX: Duration = Duration::from_secs(60);

/// A clock that can also be waited for. Tests move theirs by hand.
pub trait Timer: Clock {
    /// Completes once the time is `moment` or later, or a little before: callers look at the clock again.
    fn until(&self, moment: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + 'static>>;
}

impl Timer for SystemClock {
    fn until(&self, moment: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + 'static>> {
        Box::pin(tokio::time::sleep(moment.since(self.now()).min(NAP_MAX)))
    }
}
