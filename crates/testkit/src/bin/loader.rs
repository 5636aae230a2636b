//! `loader <unisono|peer|forwarder> <address> <pid> <pairs> <messages a second> <seconds>`: loads a signalling
//! server on this machine and prints the figures as JSON.
#![expect(clippy::print_stdout, reason = "the figures are its output")]

use std::error::Error;
use std::time::Duration;

use testkit::loader::{Plan, run};
use tokio::task::LocalSet;

const USAGE: &str =
    "loader <unisono|peer|forwarder> <address> <pid> <pairs> <messages a second> <seconds>";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [dialect, address, process, pairs, rate, seconds] = arguments.as_slice() else {
        return Err(USAGE.into());
    };
    let plan = Plan {
        dialect: dialect.parse()?,
        address: address.parse()?,
        process: process.parse()?,
        pairs: pairs.parse()?,
        rate: rate.parse()?,
        window: Duration::from_secs(seconds.parse()?),
    };
    let report = LocalSet::new().run_until(run(plan)).await?;
    println!("{}", serde_json::to_string(&report)?);
    Ok(())
}
