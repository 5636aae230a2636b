//! Counting tests in the words of the runners that ran them.

use std::fmt;
use std::ops::AddAssign;

/// How many tests a step ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Tally {
    /// A step that is one check by itself.
    pub(crate) const ONE_PASSED: Self = Self {
        passed: 1,
        failed: 0,
        skipped: 0,
    };
    pub(crate) const ONE_FAILED: Self = Self {
        passed: 0,
        failed: 1,
        skipped: 0,
    };

    /// Adds up every closing line in the output of a test runner: nextest, cargo test, vitest, or the plain
    /// `3 passed, 0 failed` of our own scripts.
    pub(crate) fn of_output(output: &str) -> Self {
        let mut sum = Self::default();
        for line in output.lines() {
            if let Some(tally) = closing_line(&without_colour(line)) {
                sum += tally;
            }
        }
        sum
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// The plain closing line: `3 passed, 0 failed`, with the skipped ones when there are any.
impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(formatter, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

fn closing_line(line: &str) -> Option<Tally> {
    let line = line.trim();
    let starts_with_digit = line.starts_with(|letter: char| letter.is_ascii_digit());
    let is_nextest = line.starts_with("Summary [") && line.contains("run:");
    let is_cargo_test = line.starts_with("test result:");
    let is_vitest = line.starts_with("Tests ");
    let is_plain = starts_with_digit && line.contains(" passed, ") && line.contains(" failed");
    if !(is_nextest || is_cargo_test || is_vitest || is_plain) {
        return None;
    }
    Some(Tally {
        passed: count(line, &["passed"]),
        failed: count(line, &["failed", "timed"]),
        skipped: count(line, &["skipped", "ignored"]),
    })
}

/// The sum of the numbers that stand before one of `words`.
fn count(line: &str, words: &[&str]) -> u64 {
    let tokens: Vec<&str> = line
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|token| !token.is_empty())
        .collect();
    tokens
        .windows(2)
        .filter(|pair| words.contains(&pair[1]))
        .filter_map(|pair| pair[0].parse::<u64>().ok())
        .sum()
}

fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            letters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(letter);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u64, failed: u64, skipped: u64) -> Tally {
        Tally {
            passed,
            failed,
            skipped,
        }
    }

    #[test]
    fn each_runner_is_counted_by_its_own_closing_line() {
        let nextest = "     Summary [   1.250s] 42 tests run: 40 passed (1 slow), 1 failed, 1 timed out, 3 skipped";
        assert_eq!(Tally::of_output(nextest), tally(40, 2, 3));
        let cargo = "test result: ok. 7 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(Tally::of_output(cargo), tally(7, 0, 1));
        let vitest =
            "\u{1b}[2m Test Files \u{1b}[22m 2 passed (2)\n      Tests  1 failed | 12 passed (13)";
        assert_eq!(Tally::of_output(vitest), tally(12, 1, 0));
        assert_eq!(
            Tally::of_output("9 passed, 2 failed, 1 skipped"),
            tally(9, 2, 1)
        );
    }

    #[test]
    fn ordinary_output_counts_nothing() {
        let output =
            "PASS [0.01s] room tests::it_passed\n3 warnings\nthe door 2 passed by, and then failed";
        assert_eq!(Tally::of_output(output), Tally::default());
    }

    #[test]
    fn several_runs_add_up() {
        let output =
            "test result: ok. 2 passed; 0 failed;\ntest result: FAILED. 1 passed; 1 failed;";
        assert_eq!(Tally::of_output(output), tally(3, 1, 0));
    }

    #[test]
    fn the_closing_line_names_skipped_tests_only_when_there_are_some() {
        assert_eq!(tally(3, 0, 0).to_string(), "3 passed, 0 failed");
        assert_eq!(tally(3, 0, 2).to_string(), "3 passed, 0 failed, 2 skipped");
    }
}
