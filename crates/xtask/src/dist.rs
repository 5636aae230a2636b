//! `cargo xtask dist`: one release binary with everything embedded.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use crate::call;
use crate::failure::{Failure, Result};
use crate::frontend;
use crate::house::House;
use crate::needs;
use crate::stamp::Stamp;
use crate::steps::is_root;

/// The source whose compilation embeds the pages.
const EMBEDDING: &str = "crates/web/src/assets.rs";

/// Builds the release binary and returns where it is.
pub(crate) fn release(house: &House) -> Result<PathBuf> {
    needs::check(house, needs::TO_SERVE, is_root(house)?)?;
    frontend::packages(house, "frontend", call::show)?;
    frontend::build(house, call::show)?;
    let pages = frontend::source_digest(house)?;
    let embedded = Stamp::at(house.target.join("release/.embedded-pages-stamp"));
    if !embedded.is_fresh(&pages) {
        touch(&house.root.join(EMBEDDING))?;
    }
    call::show(house.command("cargo", "").args([
        "build",
        "--release",
        "--locked",
        "--package",
        "unisono",
    ]))?;
    embedded.keep(&pages)?;
    Ok(house.target.join("release/unisono"))
}

/// Cargo does not see that a page was added; a newer source makes it embed all of them again.
fn touch(file: &Path) -> Result<()> {
    let failed = |error| Failure::file(file, &error);
    let source = File::options().append(true).open(file).map_err(failed)?;
    source.set_modified(SystemTime::now()).map_err(failed)
}

pub(crate) fn command(house: &House) -> Result<ExitCode> {
    let built = release(house)?;
    let folder = house.target.join("dist");
    fs::create_dir_all(&folder).map_err(|error| Failure::file(&folder, &error))?;
    let binary = folder.join("unisono");
    let size = fs::copy(&built, &binary).map_err(|error| Failure::file(&binary, &error))?;
    let sum = call::read(
        house
            .command("sha256sum", "")
            .current_dir(&folder)
            .arg("unisono"),
    )?;
    let sums = folder.join("unisono.sha256");
    fs::write(&sums, &sum).map_err(|error| Failure::file(&sums, &error))?;
    println!(
        "{} ({:.1} MB)\nsha256 {}",
        binary.display(),
        mebibytes(size),
        sum.trim()
    );
    println!("Copy it where you like and start it with `unisono serve`.");
    Ok(ExitCode::SUCCESS)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a size for the reader, rounded to a tenth"
)]
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
