//! The pages: their packages and their build, each made only when what it is made from changed.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Result;
use crate::house::House;
use crate::stamp::{self, Stamp};

/// What was done, for the line that reports it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Made {
    Anew,
    Unchanged,
}

/// Installs the locked packages of `folder` through `run`, which shows or logs the installer.
pub(crate) fn packages(
    house: &House,
    folder: &str,
    run: impl Fn(&mut Command) -> Result<()>,
) -> Result<Made> {
    let inputs = [
        PathBuf::from(folder).join("package.json"),
        PathBuf::from(folder).join("package-lock.json"),
    ];
    let digest = stamp::digest(&house.root, &inputs)?;
    let stamp = Stamp::at(house.root.join(folder).join("node_modules/.packages-stamp"));
    if stamp.is_fresh(&digest) {
        return Ok(Made::Unchanged);
    }
    run(house
        .command("npm", folder)
        .args(["ci", "--no-audit", "--no-fund"]))?;
    stamp.keep(&digest)?;
    Ok(Made::Anew)
}

/// Builds the pages into `frontend/dist` through `run`.
pub(crate) fn build(house: &House, run: impl Fn(&mut Command) -> Result<()>) -> Result<Made> {
    let stamp = Stamp::at(house.root.join("frontend/node_modules/.pages-stamp"));
    let digest = source_digest(house)?;
    if stamp.is_fresh(&digest) && house.root.join("frontend/dist/index.html").is_file() {
        return Ok(Made::Unchanged);
    }
    run(house.command("npm", "frontend").args(["run", "build"]))?;
    stamp.keep(&digest)?;
    Ok(Made::Anew)
}

/// A digest of what the pages are built from.
pub(crate) fn source_digest(house: &House) -> Result<String> {
    stamp::digest(&house.root, &inputs(house)?)
}

fn inputs(house: &House) -> Result<Vec<PathBuf>> {
    let mut files = house.files("frontend")?;
    files.extend(house.files("locales")?);
    files.retain(|file| !file.to_string_lossy().ends_with(".test.ts"));
    Ok(files)
}
