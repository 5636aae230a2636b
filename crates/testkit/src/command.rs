//! The real program as a process of its own, for what only a process can show.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// Longer than a start takes, even on a crowded machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The `unisono` program that was built together with the running test.
#[must_use]
pub fn program() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a file");
    // Tests lie in `deps`, programs one folder above.
    let folder = test
        .parent()
        .and_then(Path::parent)
        .expect("a target folder");
    let program = folder.join("unisono");
    assert!(program.is_file(), "build it first: cargo build -p unisono");
    program
}

/// `unisono` with `arguments`, its data under `folder` and nothing of this machine's own settings.
#[must_use]
pub fn unisono(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(program());
    command
        .args(arguments)
        .env_clear()
        .env("XDG_DATA_HOME", folder)
        .env("UNISONO_RELAY__PORT", "0")
        .env("UNISONO_ROOMS__PASSWORD_COST", "4")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// Starts `command`, which must be a `serve`, and reads its banner up to the last line.
pub async fn banner(command: &mut Command) -> (Child, String) {
    let mut child = command.spawn().expect("the program starts");
    let stdout = child.stdout.take().expect("its output is piped");
    let mut lines = BufReader::new(stdout).lines();
    let mut text = String::new();
    let reading = async {
        while let Ok(Some(line)) = lines.next_line().await {
            text.push_str(&line);
            text.push('\n');
            if line.contains("Stop with") {
                break;
            }
        }
    };
    timeout(PATIENCE, reading).await.expect("a start in time");
    // Later lines go nowhere, but the pipe stays open.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    (child, text)
}

/// Where the pages are, as the banner of a `serve` on 127.0.0.1 says.
#[must_use]
pub fn address(banner: &str) -> SocketAddr {
    let port = banner
        .split("localhost:")
        .nth(1)
        .and_then(|rest| rest.lines().next()?.trim().parse().ok());
    SocketAddr::from(([127, 0, 0, 1], port.expect("the banner names a port")))
}

/// Ends `server` at once and gives what it logged.
pub async fn log_of(mut server: Child) -> String {
    server.start_kill().expect("it runs");
    let mut log = String::new();
    let stderr = server.stderr.as_mut().expect("its log is piped");
    stderr
        .read_to_string(&mut log)
        .await
        .expect("the log is text");
    log
}
