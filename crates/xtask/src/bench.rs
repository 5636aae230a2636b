//! `cargo xtask bench`: the measurements under `bench/`, one script each.

use std::path::Path;
use std::process::ExitCode;

use crate::call;
use crate::dist;
use crate::failure::{Failure, Result};
use crate::frontend;
use crate::house::House;
use crate::needs;
use crate::steps::is_root;
use crate::tools;

/// Runs `bench/NAME.mjs`, or every script there, with a release build of Unisono and of the load programs.
/// From the first argument with a dash on, all are the scripts' own.
pub(crate) fn command(house: &House, arguments: &[String]) -> Result<ExitCode> {
    let is_option = |argument: &String| argument.starts_with('-');
    let names_end = arguments.iter().position(is_option);
    let (names, options) = arguments.split_at(names_end.unwrap_or(arguments.len()));
    let scripts = scripts(house, names)?;
    let binary = dist::release(house)?;
    for needs in [needs::TO_TEST, needs::TO_MEASURE] {
        needs::check(house, needs, is_root(house)?)?;
    }
    call::show(house.command("cargo", "").args([
        "build",
        "--release",
        "--locked",
        "--package",
        "testkit",
        "--package",
        "music",
        "--package",
        "room",
        "--package",
        "store",
        "--package",
        "sync",
        "--package",
        "unisono",
        "--bins",
        "--examples",
    ]))?;
    for folder in ["bench", "e2e"] {
        if house.root.join(folder).join("package-lock.json").is_file() {
            frontend::packages(house, folder, call::show)?;
        }
    }
    for script in scripts {
        println!("\n{script}, {}", machine());
        let mut node = house.command("node", "");
        node.arg(format!("bench/{script}.mjs"))
            .args(options)
            .env("XTASK_BINARY", &binary)
            .env("XTASK_TARGET", house.target.join("release"))
            .env("XTASK_PYTHON", tools::python(house));
        call::show(&mut node)?;
        println!("{script} ended, {}", machine());
    }
    Ok(ExitCode::SUCCESS)
}

fn scripts(house: &House, names: &[String]) -> Result<Vec<String>> {
    let known: Vec<String> = house
        .files("bench")?
        .iter()
        .filter(|file| file.parent() == Some(Path::new("bench")))
        .filter_map(|file| {
            file.file_name()?
                .to_str()?
                .strip_suffix(".mjs")
                .map(str::to_owned)
        })
        .collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(name)) {
        return Err(Failure::new(format!(
            "there is no bench/{unknown}.mjs; there are: {}",
            known.join(", ")
        )));
    }
    Ok(if names.is_empty() {
        known
    } else {
        names.to_vec()
    })
}

/// A figure is worth little without what else the machine did.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let minute = load.split(' ').next().unwrap_or("unknown");
    format!("{cores} cores, load of the last minute {minute}")
}
