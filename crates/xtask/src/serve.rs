//! `cargo xtask serve`: from a fresh clone to a running Unisono.

use std::os::unix::process::CommandExt as _;
use std::process::ExitCode;
use std::time::Instant;

use crate::call;
use crate::failure::{Failure, Result};
use crate::frontend::{self, Made};
use crate::house::House;
use crate::needs;
use crate::steps::{is_root, spoken};

const STEPS: usize = 5;

/// Says which step begins and, at its end, how long it and everything took.
struct Progress {
    started: Instant,
    begun: Instant,
    step: usize,
}

impl Progress {
    fn new() -> Self {
        Self {
            started: Instant::now(),
            begun: Instant::now(),
            step: 0,
        }
    }

    fn begin(&mut self, about: &str) {
        self.step += 1;
        self.begun = Instant::now();
        println!("[{}/{STEPS}] {about}", self.step);
    }

    fn end(&self, word: &str) {
        println!(
            "      {word} in {} ({} in all)",
            spoken(self.begun.elapsed()),
            spoken(self.started.elapsed())
        );
    }
}

/// Sets everything up and becomes the server, so that signals reach it and not us.
pub(crate) fn serve(house: &House, arguments: &[String]) -> Result<ExitCode> {
    let mut progress = Progress::new();
    progress.begin("Checking what this machine has");
    needs::check(house, needs::TO_SERVE, is_root(house)?)?;
    progress.end("done");

    progress.begin("Installing the packages of the pages");
    progress.end(word(&frontend::packages(house, "frontend", call::show)?));

    progress.begin("Building the pages");
    progress.end(word(&frontend::build(house, call::show)?));

    progress.begin("Building Unisono (the first time takes some minutes)");
    call::show(house.command("cargo", "").args([
        "build",
        "--package",
        "unisono",
        "--bin",
        "unisono",
    ]))?;
    progress.end("done");

    progress.begin("Starting Unisono (stop it with Ctrl+C)\n");
    let own = arguments
        .strip_prefix(&["--".to_owned()])
        .unwrap_or(arguments);
    let binary = house.target.join("debug/unisono");
    let error = house
        .command(&binary.to_string_lossy(), "")
        .arg("serve")
        .args(own)
        .exec();
    Err(Failure::new(format!(
        "{} could not be started: {error}",
        binary.display()
    )))
}

fn word(made: &Made) -> &'static str {
    match made {
        Made::Anew => "done",
        Made::Unchanged => "unchanged, checked",
    }
}
