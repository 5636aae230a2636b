//! Which steps make up `test`, `quick` and `setup`, and in which order.

use std::process::ExitCode;

use crate::failure::{Failure, Result};
use crate::house::House;
use crate::steps::{self, Step};
use crate::suites as s;

/// Every check there is. What ends soonest comes first, so that a slip shows early.
const ALL: &[Step] = &[
    step(
        "machine",
        "programs and packages that the tests need",
        &[],
        s::machine,
    ),
    step("format", "rustfmt", &["machine"], s::format),
    step("tidy", "the house rules", &["machine"], s::tidy),
    step("promises", "each promise and its tests", &[], s::promises),
    step(
        "asvs",
        "requirements of OWASP ASVS and what holds them",
        &[],
        s::asvs,
    ),
    step(
        "licences",
        "licences, banned crates and sources",
        &["machine"],
        s::licences,
    ),
    step(
        "packages",
        "npm packages of the pages and journeys",
        &["machine"],
        s::packages,
    ),
    step(
        "wire",
        "generated API types are those of openapi.json",
        &["packages"],
        s::wire,
    ),
    step(
        "types",
        "svelte-check and TypeScript",
        &["packages"],
        s::types,
    ),
    step("screens", "front-end unit tests", &["packages"], s::screens),
    step(
        "pages",
        "front-end build and its weight",
        &["packages"],
        s::pages,
    ),
    step("lint", "clippy, warnings are errors", &["machine"], s::lint),
    step("rust", "every Rust test", &["machine"], s::rust),
    step(
        "examples",
        "examples in the documentation",
        &["machine"],
        s::examples,
    ),
    step(
        "fuzz",
        "each fuzz target for a bounded time",
        &["machine"],
        s::fuzz,
    ),
    step(
        "binary",
        "the server as people start it",
        &["pages"],
        s::binary,
    ),
    step(
        "journeys",
        "people's journeys in a real browser",
        &["binary"],
        s::journeys,
    ),
];

/// The inner loop: under a minute when everything is built.
const QUICK: &[Step] = &[
    step("format", "rustfmt", &[], s::format),
    step("tidy", "the house rules", &[], s::tidy),
    step("lint", "clippy, warnings are errors", &[], s::lint),
    step("units", "unit tests beside the code", &[], s::units),
    step("packages", "npm packages of the pages", &[], s::packages),
    step(
        "types",
        "svelte-check and TypeScript",
        &["packages"],
        s::types,
    ),
];

const SETUP: &[Step] = &[
    step(
        "machine",
        "programs and packages that the tests need",
        &[],
        s::machine,
    ),
    step(
        "packages",
        "npm packages of the pages and journeys",
        &["machine"],
        s::packages,
    ),
];

const fn step(
    name: &'static str,
    about: &'static str,
    after: &'static [&'static str],
    run: fn(&steps::Desk) -> Result<steps::Verdict>,
) -> Step {
    Step {
        name,
        about,
        after,
        run,
    }
}

/// Runs every step, or those named.
pub(crate) fn test(house: House, names: &[String]) -> Result<ExitCode> {
    if names.iter().any(|name| name == "--list") {
        for step in ALL {
            println!("{:<10} {}", step.name, step.about);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let known = |name: &String| ALL.iter().any(|step| step.name == name);
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        return Err(Failure::new(format!(
            "there is no step `{unknown}`: see `cargo xtask test --list`"
        )));
    }
    let chosen: Vec<Step> = ALL
        .iter()
        .filter(|step| names.is_empty() || names.iter().any(|name| name == step.name))
        .copied()
        .collect();
    steps::run(house, &chosen)
}

pub(crate) fn quick(house: House) -> Result<ExitCode> {
    steps::run(house, QUICK)
}

pub(crate) fn setup(house: House) -> Result<ExitCode> {
    steps::run(house, SETUP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_comes_after_the_steps_that_it_builds_on() {
        for steps in [ALL, QUICK, SETUP] {
            for (index, step) in steps.iter().enumerate() {
                for earlier in step.after {
                    let found = steps[..index].iter().any(|other| other.name == *earlier);
                    assert!(found, "{} comes before {earlier}", step.name);
                }
            }
        }
    }
}
