//! Clocks that a test moves: one that stands still until then, and one that goes on by itself.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use app::Timer;
use base::{Clock, Reading, SystemClock, Timestamp};
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

/// The machine's own clock, put forward by hand: for a server whose browsers live in real time. Clones show the same time.
#[derive(Clone, Debug, Default)]
pub struct ForwardClock {
    ahead: watch::Sender<Ahead>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Ahead {
    span: Duration,
    steps: u8,
}

impl ForwardClock {
    /// Lets `span` pass at once; everything that waited for a moment passed by now is woken.
    pub fn pass(&self, span: Duration) {
        self.ahead.send_modify(|ahead| {
            ahead.span += span;
            ahead.steps = ahead.steps.wrapping_add(1);
        });
    }
}

impl Clock for ForwardClock {
    fn now(&self) -> Timestamp {
        SystemClock.now().after(self.ahead.borrow().span)
    }

    fn read(&self) -> Reading {
        let (Reading { us, epoch }, ahead) = (SystemClock.read(), *self.ahead.borrow());
        let ahead_us = i64::try_from(ahead.span.as_micros()).unwrap_or(i64::MAX);
        Reading {
            us: us.saturating_add(ahead_us),
            epoch: epoch.wrapping_add(ahead.steps),
        }
    }
}

impl Timer for ForwardClock {
    fn until(&self, moment: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + 'static>> {
        let (clock, mut ahead) = (self.clone(), self.ahead.subscribe());
        Box::pin(async move {
            while clock.now() < moment {
                tokio::select! {
                    () = SystemClock.until(SystemClock.now().after(moment.since(clock.now()))) => {}
                    _ = ahead.changed() => {}
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_for_a_moment_is_woken_when_it_has_passed() {
        let clock = ForwardClock::default();
        let hour = Duration::from_secs(60 * 60);
        let moment = clock.now().after(hour);
        let waits = tokio::spawn(clock.until(moment));
        clock.pass(hour / 2);
        tokio::task::yield_now().await;
        assert!(!waits.is_finished() && clock.now() < moment);
        let before = clock.read();
        clock.pass(hour / 2);
        waits.await.unwrap();
        let after = clock.read();
        assert!(clock.now() >= moment && after.epoch != before.epoch);
    }
}
