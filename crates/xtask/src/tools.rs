//! Tools that come from the language's own registries, kept in the cache so that every clone finds them.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use crate::failure::{Failure, Result};
use crate::house::House;
use crate::stamp::{self, Stamp};
use crate::steps::Desk;

/// Compiling one of these takes minutes on two cores, once per machine.
const COMPILE_LIMIT: Duration = Duration::from_mins(25);
const PIP_LIMIT: Duration = Duration::from_mins(10);

/// Cargo's extensions that the tests use, with the versions tried.
const EXTENSIONS: &[(&str, &str)] = &[
    ("cargo-nextest", "0.9.143"),
    ("cargo-deny", "0.20.2"),
    ("cargo-fuzz", "0.13.2"),
];

/// The packages of the Python peer, one a line.
const REQUIREMENTS: &str = "e2e/requirements.txt";

/// Compiles the extensions that are neither on the search path nor in the cache.
pub(crate) fn install_extensions(desk: &Desk) -> Result<()> {
    for (name, version) in EXTENSIONS {
        if desk.house.which(name).is_some() {
            continue;
        }
        println!("        compiling {name} {version}, once: this takes some minutes");
        let mut cargo = desk.house.command("cargo", "");
        // The build folder of the project stays out of it: a tool is built once and never again.
        cargo
            .env_remove("CARGO_TARGET_DIR")
            .args(["install", "--locked", "--version", version, "--root"])
            .arg(desk.house.tools())
            .arg(name);
        desk.run(&mut cargo, COMPILE_LIMIT)?;
    }
    Ok(())
}

/// The Python that has the packages of the independent peer, when the browser journeys ask for one.
pub(crate) fn python(house: &House) -> PathBuf {
    house.cache.join("python/bin/python3")
}

/// Makes the Python environment anew when its list of packages changed.
pub(crate) fn install_python(desk: &Desk) -> Result<()> {
    let requirements = PathBuf::from(REQUIREMENTS);
    if !desk.house.root.join(&requirements).is_file() {
        return Ok(());
    }
    let folder = desk.house.cache.join("python");
    let digest = stamp::digest(&desk.house.root, std::slice::from_ref(&requirements))?;
    let stamp = Stamp::at(folder.join("stamp"));
    if stamp.is_fresh(&digest) {
        return Ok(());
    }
    println!("        installing the packages of {REQUIREMENTS}");
    fs::create_dir_all(&desk.house.cache)
        .map_err(|error| Failure::file(&desk.house.cache, &error))?;
    let mut venv = desk.house.command("python3", "");
    desk.run(venv.args(["-m", "venv", "--clear"]).arg(&folder), PIP_LIMIT)?;
    let mut pip = desk
        .house
        .command(&python(&desk.house).to_string_lossy(), "");
    pip.args([
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--quiet",
        "--only-binary=:all:",
        "-r",
    ]);
    desk.run(pip.arg(requirements), PIP_LIMIT)?;
    stamp.keep(&digest)
}
