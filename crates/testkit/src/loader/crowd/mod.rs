//! Load for rooms full of sockets: one member says something, everybody in the room hears it.
//!
//! One thread with one readiness queue, so that the loader takes less than the server it measures. The loop is open:
//! a delay counts from the moment a message was due, whenever it could be sent.

mod dialect;
mod figures;
mod frames;
mod rooms;
mod socket;

use std::net::SocketAddr;
use std::time::Duration;

pub use dialect::CrowdDialect;
pub use figures::CrowdReport;

use super::LoadError;
use super::process::Process;
use rooms::Crowd;

/// Sockets of one run, below the 20,000 files that a process may open here.
const SOCKETS_MAX: usize = 19_500;
/// Messages a second of one run.
const MESSAGES_MAX: u32 = 50_000;
/// The longest measured window.
const WINDOW_MAX: Duration = Duration::from_secs(60);
/// Messages before the window opens.
const WARM_UP: Duration = Duration::from_secs(2);
/// How long the last messages may be on their way.
const DRAIN: Duration = Duration::from_secs(4);
/// Connected sockets rest this long before their memory is read.
const SETTLE: Duration = Duration::from_secs(3);

/// One run.
#[derive(Clone, Copy, Debug)]
pub struct CrowdPlan {
    /// What the server speaks.
    pub dialect: CrowdDialect,
    /// Where it listens; a loopback address.
    pub address: SocketAddr,
    /// Its process on this machine.
    pub process: u32,
    /// Sockets over all rooms; whole rooms only.
    pub sockets: usize,
    /// Sockets in one room.
    pub room_size: usize,
    /// Messages a second over all rooms; each goes to a whole room. 0 leaves all idle.
    pub rate: u32,
    /// How long is measured.
    pub window: Duration,
    /// The share of each room that stops reading once it is seated, in percent.
    pub deaf_percent: u8,
}

impl CrowdPlan {
    fn checked(self) -> Result<Self, LoadError> {
        if !self.address.ip().is_loopback() {
            return Err(LoadError::Plan("the loader loads loopback addresses only"));
        }
        if self.room_size < 2 || self.sockets < self.room_size || self.sockets > SOCKETS_MAX {
            return Err(LoadError::Plan(
                "2 or more in a room, 19500 sockets at most",
            ));
        }
        if self.rate > MESSAGES_MAX || self.window > WINDOW_MAX || self.deaf_percent > 90 {
            return Err(LoadError::Plan(
                "at most 50000 messages a second, for at most 60 s, 90 percent deaf",
            ));
        }
        Ok(self)
    }
}

/// Carries out `plan`, in this thread.
pub fn run_crowd(plan: CrowdPlan) -> Result<CrowdReport, LoadError> {
    let plan = plan.checked()?;
    let process = Process::new(plan.process);
    let resident_before = process.resident_bytes()?;
    let mut crowd = Crowd::connect(plan)?;
    crowd.rest(SETTLE)?;
    let resident_idle = process.resident_bytes()?;
    crowd.deafen(plan.deaf_percent);
    let mut report = CrowdReport {
        sockets: crowd.sockets(),
        resident_growth_per_socket: resident_idle.saturating_sub(resident_before) as f64
            / crowd.sockets() as f64,
        ..CrowdReport::default()
    };
    if plan.rate > 0 {
        crowd.talk(WARM_UP)?;
        crowd.rest(DRAIN)?;
        crowd.count();
        let cpu_before = process.cpu()?;
        crowd.talk(plan.window)?;
        report.deliveries_a_second = crowd.arrived() as f64 / plan.window.as_secs_f64();
        crowd.rest(DRAIN)?;
        let cpu = process.cpu()?.saturating_sub(cpu_before);
        report.conclude(crowd.tally(), cpu);
    }
    report.resident_loaded = process.resident_bytes()?;
    Ok(report)
}
