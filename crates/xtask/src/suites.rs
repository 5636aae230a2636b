//! What each step does.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::asvs as standard;
use crate::call;
use crate::failure::{Failure, Result};
use crate::frontend;
use crate::needs;
use crate::promises as promise_list;
use crate::report::Report;
use crate::steps::{Desk, Verdict};
use crate::tidy as house_rules;
use crate::tools;

/// Far above what each takes; they only keep a hanging tool from holding everything up.
const TOOL_LIMIT: Duration = Duration::from_mins(10);
const BUILD_LIMIT: Duration = Duration::from_mins(30);
const TESTS_LIMIT: Duration = Duration::from_mins(55);

/// How long each fuzz target looks for something new.
const FUZZ_SECONDS: u32 = 20;

/// Rust tests in a module of this name make network namespaces and so need root.
const ROOT_TESTS: &str = "test(/(^|::)needs_root::/)";

pub(crate) fn machine(desk: &Desk) -> Result<Verdict> {
    needs::check(&desk.house, needs::TO_SERVE, desk.is_root)?;
    needs::check(&desk.house, needs::TO_TEST, desk.is_root)?;
    tools::install_extensions(desk)?;
    tools::install_python(desk)?;
    Ok(Verdict::Fine)
}

pub(crate) fn format(desk: &Desk) -> Result<Verdict> {
    cargo(desk, &["fmt", "--all", "--check"], TOOL_LIMIT)
}

pub(crate) fn tidy(desk: &Desk) -> Result<Verdict> {
    let faults = house_rules::faults(&desk.house)?;
    for fault in &faults {
        desk.note(fault);
    }
    if faults.is_empty() {
        Ok(Verdict::Fine)
    } else {
        Err(Failure::new(format!("{} faults", faults.len())))
    }
}

pub(crate) fn promises(desk: &Desk) -> Result<Verdict> {
    judge(desk, &promise_list::report(&desk.house)?)
}

pub(crate) fn asvs(desk: &Desk) -> Result<Verdict> {
    judge(desk, &standard::report(&desk.house)?)
}

fn judge(desk: &Desk, report: &Report) -> Result<Verdict> {
    desk.note(&report.text);
    if report.faults.is_empty() {
        Ok(Verdict::Fine)
    } else {
        Err(Failure::new(report.faults.join("\n")))
    }
}

pub(crate) fn licences(desk: &Desk) -> Result<Verdict> {
    cargo(
        desk,
        &[
            "deny",
            "check",
            "--hide-inclusion-graph",
            "licenses",
            "bans",
            "sources",
        ],
        TOOL_LIMIT,
    )
}

pub(crate) fn packages(desk: &Desk) -> Result<Verdict> {
    for folder in ["frontend", "e2e"] {
        if desk
            .house
            .root
            .join(folder)
            .join("package-lock.json")
            .is_file()
        {
            frontend::packages(&desk.house, folder, |command| desk.run(command, TOOL_LIMIT))?;
        }
    }
    Ok(Verdict::Fine)
}

pub(crate) fn wire(desk: &Desk) -> Result<Verdict> {
    let fresh = desk.house.logs().join("schema.gen.ts");
    let mut generator = desk
        .house
        .command("node_modules/.bin/openapi-typescript", "frontend");
    desk.run(
        generator.arg("../openapi.json").arg("-o").arg(&fresh),
        TOOL_LIMIT,
    )?;
    let committed = desk
        .house
        .text(Path::new("frontend/src/api/schema.gen.ts"))?;
    let fresh = fs::read_to_string(&fresh).map_err(|error| Failure::file(&fresh, &error))?;
    if committed == fresh {
        return Ok(Verdict::Fine);
    }
    Err(Failure::new(
        "frontend/src/api/schema.gen.ts is older than openapi.json: run `npm run api` in frontend",
    ))
}

/// The client of rooms, which others copy, is checked by the compiler of the pages, since it keeps up with the same API types.
pub(crate) fn types(desk: &Desk) -> Result<Verdict> {
    npm(desk, "check")?;
    let mut compiler = desk.house.command("node_modules/.bin/tsc", "frontend");
    desk.run(compiler.args(["-p", "../e2e"]), TOOL_LIMIT)?;
    Ok(Verdict::Fine)
}

pub(crate) fn screens(desk: &Desk) -> Result<Verdict> {
    desk.count(
        desk.house.command("npm", "frontend").args(["run", "test"]),
        TESTS_LIMIT,
    )
}

pub(crate) fn pages(desk: &Desk) -> Result<Verdict> {
    frontend::build(&desk.house, |command| desk.run(command, BUILD_LIMIT))?;
    npm(desk, "weigh")
}

pub(crate) fn lint(desk: &Desk) -> Result<Verdict> {
    cargo(
        desk,
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ],
        BUILD_LIMIT,
    )
}

pub(crate) fn units(desk: &Desk) -> Result<Verdict> {
    let mut cargo = desk.house.command("cargo", "");
    desk.count(
        cargo.args(["nextest", "run", "--workspace", "--lib", "--bins"]),
        TESTS_LIMIT,
    )
}

/// Every test of every crate. Without root, those that need it are left out and counted as skipped.
pub(crate) fn rust(desk: &Desk) -> Result<Verdict> {
    let mut cargo = desk.house.command("cargo", "");
    cargo.env("XTASK_PYTHON", tools::python(&desk.house)).args([
        "nextest",
        "run",
        "--workspace",
        "--locked",
        "--no-fail-fast",
    ]);
    if desk.is_root {
        return desk.count(&mut cargo, TESTS_LIMIT);
    }
    let left_out = root_tests(desk)?;
    for name in &left_out {
        println!("        skipped  {name}: only root can make a network namespace");
    }
    if desk.is_ci && !left_out.is_empty() {
        return Err(Failure::new("CI leaves no test out: run it as root"));
    }
    cargo.args(["-E", &format!("not {ROOT_TESTS}")]);
    desk.count(&mut cargo, TESTS_LIMIT)
}

fn root_tests(desk: &Desk) -> Result<Vec<String>> {
    let mut cargo = desk.house.command("cargo", "");
    cargo.args([
        "nextest",
        "list",
        "--workspace",
        "--locked",
        "--message-format",
        "oneline",
    ]);
    let listed = call::read(cargo.args(["-E", ROOT_TESTS]))?;
    Ok(listed.lines().map(str::to_owned).collect())
}

/// Examples in doc comments; a workspace without one is fine.
pub(crate) fn examples(desk: &Desk) -> Result<Verdict> {
    cargo(
        desk,
        &["test", "--doc", "--workspace", "--locked"],
        TESTS_LIMIT,
    )
}

/// The fuzzer runs without a sanitizer: our code is safe Rust, so the targets look for panics and broken
/// invariants, and the stable toolchain is enough.
pub(crate) fn fuzz(desk: &Desk) -> Result<Verdict> {
    let targets = fuzz_targets(desk)?;
    for target in &targets {
        let mut cargo = desk.house.command("cargo", "");
        cargo
            .args(["fuzz", "run", "--sanitizer", "none", "--target-dir"])
            .arg(desk.house.target.join("fuzz"))
            .args([
                target,
                "--",
                &format!("-max_total_time={FUZZ_SECONDS}"),
                "-rss_limit_mb=2048",
            ]);
        desk.run(&mut cargo, BUILD_LIMIT)?;
    }
    Ok(Verdict::Counted(crate::tally::Tally {
        passed: targets.len() as u64,
        failed: 0,
        skipped: 0,
    }))
}

fn fuzz_targets(desk: &Desk) -> Result<Vec<String>> {
    let listed = call::read(desk.house.command("cargo", "").args(["fuzz", "list"]))?;
    let targets: Vec<String> = listed.lines().map(str::to_owned).collect();
    if targets.is_empty() {
        Err(Failure::new("there is no fuzz target"))
    } else {
        Ok(targets)
    }
}

pub(crate) fn binary(desk: &Desk) -> Result<Verdict> {
    cargo(
        desk,
        &[
            "build",
            "--locked",
            "--package",
            "unisono",
            "--bin",
            "unisono",
            "--package",
            "testkit",
            "--bin",
            "providers",
            "--bin",
            "payments",
            "--bin",
            "forward",
        ],
        BUILD_LIMIT,
    )
}

/// Without root they are skipped by name, which fails in CI. They start servers themselves. What they are told is not named `UNISONO_...`: each of those is a setting.
pub(crate) fn journeys(desk: &Desk) -> Result<Verdict> {
    let mut node = desk.house.command("node", "e2e");
    node.arg("run.mjs")
        .env("XTASK_BINARY", desk.house.target.join("debug/unisono"))
        .env("XTASK_PYTHON", tools::python(&desk.house));
    desk.count(&mut node, TESTS_LIMIT)
}

fn cargo(desk: &Desk, arguments: &[&str], limit: Duration) -> Result<Verdict> {
    desk.run(desk.house.command("cargo", "").args(arguments), limit)?;
    Ok(Verdict::Fine)
}

fn npm(desk: &Desk, script: &str) -> Result<Verdict> {
    desk.run(
        desk.house.command("npm", "frontend").args(["run", script]),
        TOOL_LIMIT,
    )?;
    Ok(Verdict::Fine)
}
