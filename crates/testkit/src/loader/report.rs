//! What a run showed.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use serde::Serialize;
use tokio::time::Instant;

/// The figures of one run.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Sockets that were connected.
    pub sockets: usize,
    /// Sockets that the server closed.
    pub lost_sockets: usize,
    /// Resident memory of the server before the first socket.
    pub resident_before: u64,
    /// The same with all sockets connected and idle.
    pub resident_idle: u64,
    /// What each of them added.
    pub resident_growth_per_socket: f64,
    /// Messages sent in the window.
    pub sent: u64,
    /// How many of them arrived.
    pub received: u64,
    /// Processor time of the server, user and kernel, for each message.
    pub cpu_us_per_message: f64,
    /// From the moment a message was due to its arrival.
    pub delay_ms_median: f64,
    /// The slowest hundredth took longer.
    pub delay_ms_p99: f64,
}

/// Counts while a run goes on. One thread writes it.
pub(super) struct Tally {
    /// The moments that messages carry count from here.
    zero: Instant,
    is_open: Cell<bool>,
    delays: RefCell<Vec<Duration>>,
    lost: Cell<usize>,
}

impl Tally {
    pub(super) fn new() -> Self {
        Self {
            zero: Instant::now(),
            is_open: Cell::default(),
            delays: RefCell::default(),
            lost: Cell::default(),
        }
    }

    /// From now on arrivals count.
    pub(super) fn begin(&self) {
        self.is_open.set(true);
    }

    /// What a message that is due at `due` carries.
    pub(super) fn moment_ns(&self, due: Instant) -> u64 {
        u64::try_from((due - self.zero).as_nanos()).expect("a run lasts minutes at most")
    }

    /// A message arrived that carries `moment_ns`.
    pub(super) fn arrived(&self, moment_ns: u64) {
        if self.is_open.get() {
            let due = self.zero + Duration::from_nanos(moment_ns);
            let delay = Instant::now().saturating_duration_since(due);
            self.delays.borrow_mut().push(delay);
        }
    }

    pub(super) fn lost_socket(&self) {
        self.lost.set(self.lost.get() + 1);
    }

    pub(super) fn lost_sockets(&self) -> usize {
        self.lost.get()
    }

    /// The delays of the window, shortest first.
    pub(super) fn end(&self) -> Vec<Duration> {
        self.is_open.set(false);
        let mut delays = self.delays.take();
        delays.sort_unstable();
        delays
    }
}

/// The delay that `share` of the sorted `delays` stay within, in milliseconds.
pub(super) fn quantile_ms(delays: &[Duration], share: f64) -> f64 {
    let last = delays.len().saturating_sub(1);
    let place = (last as f64 * share).round() as usize;
    delays
        .get(place)
        .map_or(0.0, |delay| delay.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_come_from_the_sorted_delays() {
        let delays: Vec<Duration> = (0..=100).map(Duration::from_millis).collect();
        assert!((quantile_ms(&delays, 0.5) - 50.0).abs() < 1e-9);
        assert!((quantile_ms(&delays, 0.99) - 99.0).abs() < 1e-9);
        assert!(quantile_ms(&[], 0.5).abs() < 1e-9);
    }

    #[test]
    fn arrivals_before_the_window_do_not_count() {
        let tally = Tally::new();
        tally.arrived(0);
        tally.begin();
        tally.arrived(0);
        assert_eq!(tally.end().len(), 1);
        tally.arrived(0);
        assert!(tally.end().is_empty());
    }
}
