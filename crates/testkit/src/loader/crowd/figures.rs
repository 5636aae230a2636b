//! What a run showed.

use std::time::Duration;

use serde::Serialize;

use crate::loader::report::quantile_ms;

/// The figures of one run.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CrowdReport {
    /// Sockets that were seated.
    pub sockets: usize,
    /// What each of them added to the server's resident memory, in bytes.
    pub resident_growth_per_socket: f64,
    /// The server's resident memory after the load, in bytes.
    pub resident_loaded: u64,
    /// Messages that members said in the window.
    pub sent: u64,
    /// Deliveries that follow from them to sockets that read.
    pub expected: u64,
    /// Deliveries that came.
    pub received: u64,
    /// Deliveries that came before the window closed, by second.
    pub deliveries_a_second: f64,
    /// Sockets that read, and that the server closed.
    pub lost_sockets: usize,
    /// Processor time of the server, user and kernel, for each delivery.
    pub cpu_us_per_delivery: f64,
    /// From the moment a message was due to its arrival.
    pub delay_ms_median: f64,
    /// The slowest hundredth took longer.
    pub delay_ms_p99: f64,
}

/// What was counted since the window opened.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) sent: u64,
    pub(super) expected: u64,
    pub(super) lost_sockets: usize,
    pub(super) delays: Vec<Duration>,
}

impl CrowdReport {
    pub(super) fn conclude(&mut self, tally: Tally, cpu: Duration) {
        let Tally {
            sent,
            expected,
            lost_sockets,
            mut delays,
        } = tally;
        delays.sort_unstable();
        self.sent = sent;
        self.expected = expected;
        self.received = delays.len() as u64;
        self.lost_sockets = lost_sockets;
        self.cpu_us_per_delivery = cpu.as_secs_f64() * 1e6 / delays.len().max(1) as f64;
        self.delay_ms_median = quantile_ms(&delays, 0.5);
        self.delay_ms_p99 = quantile_ms(&delays, 0.99);
    }
}
