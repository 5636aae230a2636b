//! Steps one after another, each with its time, its log and its part of the closing line.

use std::fs::{self, File};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use crate::call;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::tally::Tally;

/// Lines of a failing step's log that are shown; the whole log stays in its file.
const SHOWN_LINES: usize = 150;

/// How a runner begins the line that names a test that it left out, and why.
const SKIPPED: &str = "skipped ";

/// One thing that is set up or checked.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// Steps without which this one makes no sense.
    pub(crate) after: &'static [&'static str],
    pub(crate) run: fn(&Desk) -> Result<Verdict>,
}

/// How a step ended.
pub(crate) enum Verdict {
    /// A step that is one check by itself.
    Fine,
    Counted(Tally),
}

/// What a step works with.
pub(crate) struct Desk {
    pub(crate) house: House,
    pub(crate) is_root: bool,
    /// In CI nothing may be skipped for want of rights.
    pub(crate) is_ci: bool,
    log: File,
}

impl Desk {
    /// Runs `command` with its output in the step's log.
    pub(crate) fn run(&self, command: &mut Command, limit: Duration) -> Result<()> {
        call::log(command, &self.log, limit)
    }

    /// Runs a test runner and counts its tests.
    pub(crate) fn count(&self, command: &mut Command, limit: Duration) -> Result<Verdict> {
        let path = self.house.logs().join("runner.log");
        let log = File::create(&path).map_err(|error| Failure::file(&path, &error))?;
        let ended = call::log(command, &log, limit);
        let bytes = fs::read(&path).map_err(|error| Failure::file(&path, &error))?;
        let output = String::from_utf8_lossy(&bytes);
        self.note(&output);
        for line in output.lines().filter(|line| line.starts_with(SKIPPED)) {
            println!("        {line}");
        }
        let tally = Tally::of_output(&output);
        match ended {
            Ok(()) if tally == Tally::default() => {
                Err(Failure::new("the runner ended well but ran no test"))
            }
            Ok(()) => Ok(Verdict::Counted(tally)),
            Err(_) if tally.failed > 0 => Ok(Verdict::Counted(tally)),
            Err(failure) => Err(failure),
        }
    }

    /// Writes a line into the step's log.
    pub(crate) fn note(&self, text: &str) {
        use std::io::Write as _;
        // The log helps to read a failure; a full disk shows itself in the steps themselves.
        let _ = writeln!(&self.log, "{}", text.trim_end());
    }
}

/// Runs `steps` in order, prints how each went, and closes with `N passed, N failed`.
pub(crate) fn run(house: House, steps: &[Step]) -> Result<ExitCode> {
    let logs = house.logs();
    fs::create_dir_all(&logs).map_err(|error| Failure::file(&logs, &error))?;
    let mut desk = Desk {
        is_root: is_root(&house)?,
        is_ci: std::env::var("CI").is_ok_and(|value| value == "true"),
        log: nowhere()?,
        house,
    };
    let started = Instant::now();
    let mut sum = Tally::default();
    let mut failed: Vec<&str> = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        println!(
            "[{:>2}/{}] {}: {}",
            index + 1,
            steps.len(),
            step.name,
            step.about
        );
        let begun = Instant::now();
        let (tally, word) = take(&mut desk, step, &failed)?;
        if tally.failed > 0 {
            failed.push(step.name);
        }
        sum += tally;
        println!("        {word} in {}", spoken(begun.elapsed()));
        lines.push(format!(
            "{:<10} {:>11}  {word}",
            step.name,
            spoken(begun.elapsed())
        ));
    }
    println!("\n{}\n", lines.join("\n"));
    if !failed.is_empty() {
        println!("failed: {}; logs in {}", failed.join(", "), logs.display());
    }
    println!("all in {}", spoken(started.elapsed()));
    println!("{sum}");
    Ok(if failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Runs one step unless what it builds on has failed.
fn take(desk: &mut Desk, step: &Step, failed: &[&str]) -> Result<(Tally, String)> {
    if let Some(missing) = step.after.iter().find(|name| failed.contains(*name)) {
        return Ok((
            Tally::ONE_FAILED,
            format!("not run, since `{missing}` failed"),
        ));
    }
    let path = desk.house.logs().join(format!("{}.log", step.name));
    desk.log = File::create(&path).map_err(|error| Failure::file(&path, &error))?;
    let outcome = (step.run)(desk);
    let (tally, word) = match outcome {
        Ok(Verdict::Fine) => (Tally::ONE_PASSED, "ok".to_owned()),
        Ok(Verdict::Counted(tally)) if tally.failed == 0 => (tally, format!("ok: {tally}")),
        Ok(Verdict::Counted(tally)) => (tally, format!("FAILED: {tally}")),
        Err(failure) => (Tally::ONE_FAILED, format!("FAILED: {failure}")),
    };
    if tally.failed > 0 {
        show_end_of(&path)?;
    }
    Ok((tally, word))
}

fn show_end_of(path: &std::path::Path) -> Result<()> {
    let bytes = fs::read(path).map_err(|error| Failure::file(path, &error))?;
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    let start = lines.len().saturating_sub(SHOWN_LINES);
    if start > 0 {
        println!(
            "        | the last {SHOWN_LINES} of {} lines of {}",
            lines.len(),
            path.display()
        );
    }
    for line in &lines[start..] {
        println!("        | {line}");
    }
    Ok(())
}

/// Whether packages can be installed and network namespaces made.
pub(crate) fn is_root(house: &House) -> Result<bool> {
    Ok(call::read(house.command("id", "").arg("-u"))?.trim() == "0")
}

fn nowhere() -> Result<File> {
    File::options()
        .write(true)
        .open("/dev/null")
        .map_err(|error| Failure::new(format!("/dev/null: {error}")))
}

/// A time span as a person says it.
pub(crate) fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        return format!("{:.1} s", time.as_secs_f64());
    }
    format!("{} min {:02} s", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Step = Step {
        name: "good",
        about: "",
        after: &[],
        run: |_| Ok(Verdict::Fine),
    };
    const BAD: Step = Step {
        name: "bad",
        about: "",
        after: &[],
        run: |_| Err(Failure::new("it broke")),
    };
    const LATER: Step = Step {
        name: "later",
        about: "",
        after: &["bad"],
        run: |_| Ok(Verdict::Fine),
    };

    fn desk(name: &str) -> Desk {
        let mut house = House::open().expect("the tests run inside the clone");
        house.target = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(house.logs()).expect("the log folder can be made");
        let log = nowhere().expect("/dev/null can be opened");
        Desk {
            house,
            is_root: false,
            is_ci: false,
            log,
        }
    }

    fn word(desk: &mut Desk, step: &Step, failed: &[&str]) -> (Tally, String) {
        take(desk, step, failed).expect("the log can be written")
    }

    #[test]
    fn a_step_runs_only_when_what_it_builds_on_went_well() {
        let mut desk = desk("order");
        assert_eq!(
            word(&mut desk, &GOOD, &[]),
            (Tally::ONE_PASSED, "ok".to_owned())
        );
        assert_eq!(
            word(&mut desk, &BAD, &[]),
            (Tally::ONE_FAILED, "FAILED: it broke".to_owned())
        );
        assert_eq!(word(&mut desk, &LATER, &["bad"]).0, Tally::ONE_FAILED);
        fs::remove_dir_all(&desk.house.target).expect("the log folder can be removed");
    }

    #[test]
    fn a_runner_that_ran_no_test_has_failed() {
        let desk = desk("empty");
        let mut silent = Command::new("true");
        assert!(desk.count(&mut silent, Duration::from_mins(1)).is_err());
        fs::remove_dir_all(&desk.house.target).expect("the log folder can be removed");
    }
}
