//! A clock that stands still until a test moves it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use app::Timer;
use base::{Clock, Reading, Timestamp};
use tokio::sync::watch;

/// Time in a test. Clones show the same time.
#[derive(Clone, Debug)]
pub struct TestClock {
    now: watch::Sender<Timestamp>,
    epoch: Arc<AtomicU8>,
}

impl Default for TestClock {
    /// Starts at 2026-11-22T00:00:00Z.
    fn default() -> Self {
        Self {
            now: watch::Sender::new(Timestamp::from_unix_ms(1_795_305_600_000)),
            epoch: Arc::default(),
        }
    }
}

impl TestClock {
    /// Moves the time on; everything that waited for a moment passed by now is woken.
    pub fn advance(&self, span: Duration) {
        self.now.send_modify(|now| *now = now.after(span));
    }

    /// Sets the time, as an operator or a time server does.
    pub fn set(&self, moment: Timestamp) {
        self.epoch.fetch_add(1, Ordering::Relaxed);
        self.now.send_replace(moment);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.now.borrow()
    }

    fn read(&self) -> Reading {
        Reading {
            us: self.now().unix_ms().saturating_mul(1_000),
            epoch: self.epoch.load(Ordering::Relaxed),
        }
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
