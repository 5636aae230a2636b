//! Starting other programs: shown to the reader, kept in a log, or read.

use std::fs::File;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::failure::{Failure, Result};

/// How often a running program is looked at.
const POLL: Duration = Duration::from_millis(100);
/// How often a long step says that it is still alive.
const STILL_RUNNING: Duration = Duration::from_mins(1);
/// How long a program that ran out of time may take to clean up after SIGTERM.
const GRACE: Duration = Duration::from_secs(15);

/// Runs `command` with its output on the terminal.
pub(crate) fn show(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .map_err(|error| not_started(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(ended(command, status))
    }
}

/// Runs `command` and returns what it wrote to its standard output.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| not_started(command, &error))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::new(format!(
            "{}\n{}",
            ended(command, output.status),
            said.trim_end()
        )));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs `command` with all its output in `log`, and ends it when it takes longer than `limit`.
pub(crate) fn log(command: &mut Command, log: &File, limit: Duration) -> Result<()> {
    let copy = || {
        log.try_clone()
            .map_err(|error| Failure::new(format!("the log of the step: {error}")))
    };
    let mut child = command
        .stdin(Stdio::null())
        .stdout(copy()?)
        .stderr(copy()?)
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let status = wait(&mut child, limit)?;
    match status {
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(ended(command, status)),
        None => Err(Failure::new(format!(
            "{} was ended after {} minutes",
            name(command),
            limit.as_secs() / 60
        ))),
    }
}

/// Waits for the end of `child`; `None` when it had to be ended.
fn wait(child: &mut Child, limit: Duration) -> Result<Option<ExitStatus>> {
    let broken = |error: std::io::Error| Failure::new(format!("waiting for a program: {error}"));
    let started = Instant::now();
    let mut said = started;
    while started.elapsed() < limit {
        if let Some(status) = child.try_wait().map_err(broken)? {
            return Ok(Some(status));
        }
        if said.elapsed() >= STILL_RUNNING {
            said = Instant::now();
            println!(
                "        still running after {} min",
                started.elapsed().as_secs() / 60
            );
        }
        std::thread::sleep(POLL);
    }
    // Asked first, so that test runners can stop the servers and browsers that they started.
    let _ = Command::new("kill")
        .arg("-TERM")
        .arg(child.id().to_string())
        .status();
    let asked = Instant::now();
    while asked.elapsed() < GRACE {
        if child.try_wait().map_err(broken)?.is_some() {
            return Ok(None);
        }
        std::thread::sleep(POLL);
    }
    child.kill().map_err(broken)?;
    child.wait().map_err(broken)?;
    Ok(None)
}

fn name(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    format!("`{}`", words.join(" "))
}

fn ended(command: &Command, status: ExitStatus) -> Failure {
    Failure::new(format!("{} ended with {status}", name(command)))
}

fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} could not be started: {error}", name(command)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    fn nowhere() -> File {
        File::options()
            .write(true)
            .open("/dev/null")
            .expect("/dev/null can be written")
    }

    #[test]
    fn a_program_that_fails_is_named_with_its_code() {
        let failure = log(&mut shell("exit 3"), &nowhere(), Duration::from_mins(1)).unwrap_err();
        assert_eq!(
            failure.to_string(),
            "`sh -c exit 3` ended with exit status: 3"
        );
    }

    #[test]
    fn a_program_that_takes_too_long_is_ended() {
        let failure = log(&mut shell("exec sleep 600"), &nowhere(), Duration::ZERO).unwrap_err();
        assert_eq!(
            failure.to_string(),
            "`sh -c exec sleep 600` was ended after 0 minutes"
        );
    }

    #[test]
    fn what_a_failing_program_said_is_part_of_the_failure() {
        let failure = read(&mut shell("echo no such thing >&2; false")).unwrap_err();
        assert!(failure.to_string().ends_with("no such thing"), "{failure}");
    }
}
