//! A clock that stands still until a test moves it.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use app::Timer;
use base::{Clock, Timestamp};
use tokio::sync::watch;

/// Time in a test. Clones show the same time.
#[derive(Clone, Debug)]
pub struct TestClock {
    now: watch::Sender<Timestamp>,
}

impl Default for TestClock {
    /// Starts at 2026-11-22T00:00:00Z.
    fn default() -> Self {
        Self {
            now: watch::Sender::new(Timestamp::from_unix_ms(1_795_305_600_000)),
        }
    }
}

impl TestClock {
    /// Moves the time on; everything that waited for a moment passed by now is woken.
    pub fn advance(&self, span: Duration) {
        self.now.send_modify(|now| *now = now.after(span));
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.now.borrow()
    }
}

impl Timer for TestClock {
    fn until(&self, moment: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + 'static>> {
        let mut now = self.now.subscribe();
        Box::pin(async move {
            // The sender lives as long as the clock; without it nobody can move the time any more.
            let _ = now.wait_for(|now| *now >= moment).await;
        })
    }
}
