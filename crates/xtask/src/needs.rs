//! What the machine itself must have, and how it gets there.

use std::path::Path;
use std::process::Command;

use crate::call;
use crate::failure::{Failure, Result};
use crate::house::House;

/// The oldest Node that the front end's tools run on.
const NODE_MAJOR_MIN: u32 = 20;

/// How long another package manager may hold the lock.
const APT_LOCK: &str = "DPkg::Lock::Timeout=400";

/// A program of the system, the Debian package that has it, and what it is for.
pub(crate) struct Need {
    program: &'static str,
    package: &'static str,
    purpose: &'static str,
}

const fn need(program: &'static str, package: &'static str, purpose: &'static str) -> Need {
    Need {
        program,
        package,
        purpose,
    }
}

/// For building and starting Unisono.
pub(crate) const TO_SERVE: &[Need] = &[
    need(
        "cc",
        "build-essential",
        "compiling SQLite and the TLS primitives",
    ),
    need("git", "git", "knowing which files belong to the project"),
];

/// For running every test.
pub(crate) const TO_TEST: &[Need] = &[
    need("c++", "build-essential", "the fuzzer's engine"),
    need(
        "caddy",
        "caddy",
        "trying the proxy set-up of docs/proxies.md",
    ),
    need("chromium", "chromium", "browser journeys"),
    need("initdb", "postgresql", "the storage contract on PostgreSQL"),
    need("ip", "iproute2", "network namespaces"),
    need("nft", "nftables", "address translation between namespaces"),
    need(
        "nginx",
        "nginx",
        "trying the proxy set-up of docs/proxies.md",
    ),
    need("openssl", "openssl", "making test certificates"),
    need("python3", "python3", "the independent WebRTC peer"),
    need("tcpdump", "tcpdump", "looking at what is on the wire"),
    need(
        "turnutils_uclient",
        "coturn",
        "loading our relay with a foreign client",
    ),
];

/// For the measurements, beside what the tests need.
pub(crate) const TO_MEASURE: &[Need] = &[need("wrk", "wrk", "loading pages and the API")];

/// Installs or asks for everything in `needs`, and checks Node.
pub(crate) fn check(house: &House, needs: &[Need], is_root: bool) -> Result<()> {
    node(house)?;
    let mut missing: Vec<&Need> = needs
        .iter()
        .filter(|need| !is_there(house, need.program))
        .collect();
    let cmake = need("cmake", "cmake", "compiling a dependency that asks for it");
    if asks_for_cmake(house)? && !is_there(house, cmake.program) {
        missing.push(&cmake);
    }
    let venv = need(
        "python3 -m venv",
        "python3-venv",
        "the independent WebRTC peer",
    );
    if needs.iter().any(|need| need.program == "python3") && !has_venv(house) {
        missing.push(&venv);
    }
    if missing.is_empty() {
        return Ok(());
    }
    if is_root && house.which("apt-get").is_some() {
        return install(house, &missing);
    }
    Err(Failure::new(by_hand(&missing)))
}

fn is_there(house: &House, program: &str) -> bool {
    match program {
        "initdb" => debian_initdb(),
        _ => house.which(program).is_some(),
    }
}

/// Debian keeps the server's programs out of the search path; the tests look where it puts them.
fn debian_initdb() -> bool {
    let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") else {
        return false;
    };
    versions
        .flatten()
        .any(|version| version.path().join("bin/initdb").is_file())
}

fn has_venv(house: &House) -> bool {
    call::read(
        house
            .command("python3", "")
            .args(["-c", "import ensurepip, venv"]),
    )
    .is_ok()
}

/// AWS-LC, which some TLS set-ups pull in, is built by cmake.
fn asks_for_cmake(house: &House) -> Result<bool> {
    Ok(house
        .text(Path::new("Cargo.lock"))?
        .contains("name = \"aws-lc-sys\""))
}

fn node(house: &House) -> Result<()> {
    let advice = format!(
        "Node {NODE_MAJOR_MIN} or newer with npm is needed to build the pages.\nInstall it by your system's way (on \
         Debian 13 and later: apt-get install nodejs npm) and start me again."
    );
    let version = call::read(house.command("node", "").arg("--version"))
        .map_err(|_| Failure::new(format!("node was not found. {advice}")))?;
    if node_major(&version).is_none_or(|major| major < NODE_MAJOR_MIN) {
        return Err(Failure::new(format!(
            "node is {}. {advice}",
            version.trim()
        )));
    }
    match house.which("npm") {
        Some(_) => Ok(()),
        None => Err(Failure::new(format!("npm was not found. {advice}"))),
    }
}

fn node_major(version: &str) -> Option<u32> {
    version
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

fn install(house: &House, missing: &[&Need]) -> Result<()> {
    for need in missing {
        println!("        installing {} for {}", need.package, need.purpose);
    }
    // A fresh machine has no package lists yet, an old one has stale ones.
    quietly(apt(house).arg("update"))?;
    quietly(
        apt(house)
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages(missing)),
    )
}

fn quietly(command: &mut Command) -> Result<()> {
    call::read(command).map(|_| ())
}

fn apt(house: &House) -> Command {
    let mut apt = house.command("apt-get", "");
    apt.env("DEBIAN_FRONTEND", "noninteractive")
        .args(["-o", APT_LOCK, "-qq"]);
    apt
}

fn packages(missing: &[&Need]) -> Vec<&'static str> {
    let mut names: Vec<&str> = missing.iter().map(|need| need.package).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn by_hand(missing: &[&Need]) -> String {
    let mut text = String::from("these are missing and only root can install them:\n");
    for need in missing {
        text += &format!("  {:<18} for {}\n", need.program, need.purpose);
    }
    text += "On Debian and Ubuntu:\n  sudo apt-get install --no-install-recommends ";
    text + &packages(missing).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_root_must_install_is_said_with_one_command() {
        let missing = [
            &need("nft", "nftables", "namespaces"),
            &need("cc", "build-essential", "SQLite"),
        ];
        let text = by_hand(&missing);
        assert!(text.contains("nft                for namespaces"), "{text}");
        assert!(
            text.ends_with("sudo apt-get install --no-install-recommends build-essential nftables"),
            "{text}"
        );
    }

    #[test]
    fn a_node_version_is_read_by_its_major_number() {
        assert_eq!(node_major("v20.20.2\n"), Some(20));
        assert_eq!(node_major("v8.1.0"), Some(8));
        assert_eq!(node_major("node: not found"), None);
    }
}
