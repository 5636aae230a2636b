//! `crowd <unisono|socket.io|bare> <address> <pid> <sockets> <room size> <messages a second> <seconds> <deaf percent>`:
//! fills rooms of a server on this machine, talks in them, and prints the figures as JSON.
#![expect(clippy::print_stdout, reason = "the figures are its output")]

use std::error::Error;
use std::time::Duration;

use testkit::loader::{CrowdPlan, run_crowd};

const USAGE: &str = "crowd <unisono|socket.io|bare> <address> <pid> <sockets> <room size> <messages a second> <seconds> <deaf percent>";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [
        dialect,
        address,
        process,
        sockets,
        room_size,
        rate,
        seconds,
        deaf,
    ] = arguments.as_slice()
    else {
        return Err(USAGE.into());
    };
    let report = run_crowd(CrowdPlan {
        dialect: dialect.parse()?,
        address: address.parse()?,
        process: process.parse()?,
        sockets: sockets.parse()?,
        room_size: room_size.parse()?,
        rate: rate.parse()?,
        window: Duration::from_secs(seconds.parse()?),
        deaf_percent: deaf.parse()?,
    })?;
    println!("{}", serde_json::to_string(&report)?);
    Ok(())
}
