//! What a list claims, checked against the tree.

use std::process::ExitCode;

/// What there is to read, and what is claimed wrongly.
pub(crate) struct Report {
    pub(crate) text: String,
    pub(crate) faults: Vec<String>,
}

impl Report {
    /// Prints it; a failure when a claim is wrong.
    pub(crate) fn print(&self) -> ExitCode {
        println!("{}", self.text);
        for fault in &self.faults {
            println!("fault: {fault}");
        }
        if self.faults.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
