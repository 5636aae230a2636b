//! `cargo xtask tidy`: the rules of the house that no compiler holds.

mod documents;
mod edges;
mod guards;
mod objects;
mod sources;

use std::process::ExitCode;

use crate::call;
use crate::failure::{Failure, Result};
use crate::house::House;

/// More faults than this have one cause, and nobody reads on.
const SHOWN_FAULTS: usize = 100;

/// Prints the faults; fails when there is one.
pub(crate) fn command(house: &House) -> Result<ExitCode> {
    let faults = faults(house)?;
    for fault in faults.iter().take(SHOWN_FAULTS) {
        println!("{fault}");
    }
    if faults.is_empty() {
        println!("tidy: edges, sources and documents are in order");
        return Ok(ExitCode::SUCCESS);
    }
    println!("tidy: {} faults", faults.len());
    Ok(ExitCode::FAILURE)
}

/// Everything that breaks a rule, one line each, beginning with the file or crate.
pub(crate) fn faults(house: &House) -> Result<Vec<String>> {
    let mut faults = edges::faults(&graph(house)?)?;
    let mut texts = Vec::new();
    for file in house.files(".")? {
        let name = file.to_string_lossy().into_owned();
        // Pictures, fonts and sounds are not text and have no rules here.
        if let Ok(text) = house.text(&file) {
            texts.push((name, text));
        }
    }
    for (name, text) in &texts {
        faults.extend(sources::faults(name, text));
        faults.extend(objects::faults(name, text));
        faults.extend(guards::faults(name, text));
    }
    faults.extend(documents::crate_faults(&texts));
    faults.extend(documents::decision_faults(&texts));
    faults.extend(documents::link_faults(&texts, &|file| {
        house.root.join(file).exists()
    }));
    Ok(faults)
}

fn graph(house: &House) -> Result<serde_json::Value> {
    let mut cargo = house.command("cargo", "");
    cargo.args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--all-features",
    ]);
    serde_json::from_str(&call::read(&mut cargo)?)
        .map_err(|error| Failure::new(format!("cargo metadata said something unexpected: {error}")))
}
