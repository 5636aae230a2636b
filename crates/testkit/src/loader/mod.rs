//! Load for a signalling server: pairs of raw sockets that exchange candidates at a set rate.
//!
//! The loop is open: a message carries the moment it was due, so that a server that falls behind is not
//! spared the wait (no coordinated omission). One thread, loopback only, bounded in number and time.

mod crowd;
mod dialect;
mod forwarder;
mod frame;
mod pairs;
mod process;
mod report;

use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use tokio::time::sleep;

pub use crowd::{CrowdDialect, CrowdPlan, CrowdReport, run_crowd};
pub use dialect::Dialect;
pub use forwarder::forward;
pub use report::Report;

use pairs::Pair;
use process::Process;
use report::Tally;

/// Pairs of one run: two sockets each, below the 20,000 files that a process may open here.
pub const PAIRS_MAX: usize = 9_500;
/// Messages a second of one run.
pub const RATE_MAX: u32 = 50_000;
/// The longest measured window.
pub const WINDOW_MAX: Duration = Duration::from_secs(60);
/// Messages before the window opens.
const WARM_UP: Duration = Duration::from_secs(2);
/// How long the last messages may be on their way.
const DRAIN: Duration = Duration::from_secs(2);
/// Connected sockets rest this long before their memory is read.
const SETTLE: Duration = Duration::from_secs(3);

/// One run.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// What the server speaks.
    pub dialect: Dialect,
    /// Where it listens; a loopback address.
    pub address: SocketAddr,
    /// Its process on this machine.
    pub process: u32,
    /// Pairs of sockets.
    pub pairs: usize,
    /// Messages a second over all pairs; 0 leaves them idle.
    pub rate: u32,
    /// How long is measured.
    pub window: Duration,
}

/// Why a run gave no figures.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The plan is outside the bounds.
    #[error("{0}")]
    Plan(&'static str),
    /// A socket or `/proc` failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The server said something else than was expected.
    #[error("unexpected: {0}")]
    Unexpected(String),
}

impl Plan {
    fn checked(self) -> Result<Self, LoadError> {
        if !self.address.ip().is_loopback() {
            return Err(LoadError::Plan("the loader loads loopback addresses only"));
        }
        if self.pairs == 0 || self.pairs > PAIRS_MAX {
            return Err(LoadError::Plan("pairs must be 1 to 9500"));
        }
        if self.rate > RATE_MAX || self.window > WINDOW_MAX {
            return Err(LoadError::Plan(
                "at most 50000 messages a second, for at most 60 s",
            ));
        }
        Ok(self)
    }
}

/// Carries out `plan`. Call it inside a `LocalSet`.
pub async fn run(plan: Plan) -> Result<Report, LoadError> {
    let plan = plan.checked()?;
    let process = Process::new(plan.process);
    let resident_before = process.resident_bytes()?;
    let tally = Rc::new(Tally::new());
    let pairs = pairs::connect_all(plan, &tally).await?;
    sleep(SETTLE).await;
    let resident_idle = process.resident_bytes()?;
    let mut report = Report {
        sockets: 2 * plan.pairs,
        resident_before,
        resident_idle,
        resident_growth_per_socket: resident_idle.saturating_sub(resident_before) as f64
            / (2 * plan.pairs) as f64,
        ..Report::default()
    };
    if plan.rate > 0 {
        exchange(plan, &pairs, &tally, process, &mut report).await?;
    }
    report.lost_sockets = tally.lost_sockets();
    Ok(report)
}

async fn exchange(
    plan: Plan,
    pairs: &[Pair],
    tally: &Tally,
    process: Process,
    report: &mut Report,
) -> Result<(), LoadError> {
    pairs::send(pairs, plan.rate, WARM_UP, tally).await?;
    sleep(DRAIN).await;
    tally.begin();
    let cpu_before = process.cpu()?;
    report.sent = pairs::send(pairs, plan.rate, plan.window, tally).await?;
    sleep(DRAIN).await;
    let cpu = process.cpu()?.saturating_sub(cpu_before);
    let delays = tally.end();
    report.received = delays.len() as u64;
    report.cpu_us_per_message = cpu.as_secs_f64() * 1e6 / delays.len().max(1) as f64;
    report.delay_ms_median = report::quantile_ms(&delays, 0.5);
    report.delay_ms_p99 = report::quantile_ms(&delays, 0.99);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TestApp;
    use tokio::net::TcpListener;
    use tokio::task::LocalSet;

    fn plan(address: SocketAddr) -> Plan {
        Plan {
            dialect: Dialect::Unisono,
            address,
            process: std::process::id(),
            pairs: 2,
            rate: 20,
            window: Duration::from_secs(1),
        }
    }

    #[tokio::test]
    async fn every_message_of_a_small_load_arrives() {
        let app = TestApp::start().await;
        let address = app.address();
        let report = LocalSet::new().run_until(run(plan(address))).await.unwrap();
        assert_eq!(report.sockets, 4);
        assert_eq!(report.sent, 20);
        assert_eq!(report.received, 20);
        assert_eq!(report.lost_sockets, 0);
        assert!(report.delay_ms_p99 >= report.delay_ms_median);
        app.stop().await;
    }

    #[tokio::test]
    async fn the_forwarder_passes_on_every_message() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let plan = Plan {
            dialect: Dialect::Forwarder,
            ..plan(listener.local_addr().unwrap())
        };
        let both = async {
            tokio::select! {
                ended = forward(listener) => panic!("{ended:?}"),
                report = run(plan) => report.unwrap(),
            }
        };
        let report = LocalSet::new().run_until(both).await;
        assert_eq!(report.received, 20);
        assert_eq!(report.lost_sockets, 0);
    }

    #[tokio::test]
    async fn only_this_machine_is_loaded() {
        let outside = plan("192.0.2.1:80".parse().unwrap());
        assert!(matches!(run(outside).await, Err(LoadError::Plan(_))));
    }
}
