//! `cargo xtask`: the one entry for everything that is done with this repository.
//!
//! It starts the tools that build, check and run Unisono, installs what they need, and says what happened.
//! It does not know rooms, sound or SQL: no crate of the house is among its dependencies.
#![expect(clippy::print_stdout, reason = "a command line tool talks to its user")]

mod asvs;
mod bench;
mod call;
mod checks;
mod dist;
mod failure;
mod frontend;
mod house;
mod needs;
mod promises;
mod report;
mod serve;
mod stamp;
mod steps;
mod suites;
mod tally;
mod tape;
mod tidy;
mod tools;

use std::process::ExitCode;

use crate::failure::Result;
use crate::house::House;

const HELP: &str = "\
cargo xtask <command>

  serve [-- ARGS]     set everything up, build, start Unisono and print the address to open
  test [STEP ...]     set everything up and run every test, or only the named steps (test --list)
  quick               the inner loop: format, tidy, lints, unit tests, front-end types
  tidy                the house rules: edges between crates, sizes, names, documents
  promises            each promise with the tests that prove it
  asvs                each requirement of OWASP ASVS 5.0, levels 1 and 2, with what holds it
  bench [NAME]        the measurements under bench/, with a release build
  tape FILE           replay a recorded tape of a room, with its fingerprint after each step
  dist                one release binary with everything embedded, in target/dist
  setup               install what serve and test need, and stop there
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(failure) => {
            println!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let Some((command, rest)) = arguments.split_first() else {
        println!("{HELP}");
        return Ok(ExitCode::FAILURE);
    };
    let house = House::open()?;
    match command.as_str() {
        "serve" => serve::serve(&house, rest),
        "test" => checks::test(house, rest),
        "quick" => checks::quick(house),
        "tidy" => tidy::command(&house),
        "promises" => promises::command(&house),
        "asvs" => asvs::command(&house),
        "bench" => bench::command(&house, rest),
        "tape" => tape::command(&house, rest),
        "dist" => dist::command(&house),
        "setup" => checks::setup(house),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        unknown => {
            println!("xtask: there is no command `{unknown}`\n\n{HELP}");
            Ok(ExitCode::FAILURE)
        }
    }
}
