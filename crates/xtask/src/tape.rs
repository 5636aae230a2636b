//! `cargo xtask tape FILE`: replays a recorded tape of a room and prints the room's fingerprint after each step.

use std::process::ExitCode;

use crate::call;
use crate::failure::{Failure, Result};
use crate::house::House;

/// The room's rules are built and run beside this program, which knows no crate of the house.
pub(crate) fn command(house: &House, arguments: &[String]) -> Result<ExitCode> {
    let [file] = arguments else {
        return Err(Failure::new("usage: cargo xtask tape FILE"));
    };
    let file = std::path::absolute(file).map_err(|error| Failure::new(error.to_string()))?;
    let mut replay = house.command("cargo", "");
    replay.args(["run", "--quiet", "--locked", "--package", "room"]);
    replay.args(["--example", "tape", "--"]).arg(file);
    call::show(&mut replay)?;
    Ok(ExitCode::SUCCESS)
}
