//! `unisono errors`: what failed, found by the reference that a person was shown.

use base::Timestamp;
use clap::Subcommand;
use privacy::rfc3339;
use store::{ErrorRow, Store, StoreError};

/// Failures that one list shows.
const LISTED_MAX: u32 = 100;

/// What can be done with failures. They are kept for 30 days.
#[derive(Debug, Subcommand)]
pub enum ErrorsCommand {
    /// List the references of failures and when they happened, the latest first.
    List,
    /// Show what a reference stands for. That somebody looked is written down.
    Show {
        /// Such as UNI-7F3K-92QD-MX0A-V5RT.
        reference: String,
    },
}

/// Why there is no answer. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum NoError {
    /// The database failed.
    #[error("the database failed: {0}; run: unisono doctor")]
    Store(#[from] StoreError),
    /// There is no such failure.
    #[error(
        "no failure has this reference, or it is older than 30 days; what was refused is in the log of the server alone: look there for a line with it"
    )]
    NotThere,
}

impl ErrorsCommand {
    /// Does it, and gives what to print.
    pub async fn run(&self, store: &Store, now: Timestamp) -> Result<String, NoError> {
        match self {
            Self::List => {
                let rows = store.errors(LISTED_MAX).await?;
                let lines: Vec<String> = rows.iter().map(named).collect();
                Ok(match lines.is_empty() {
                    true => "Nothing has failed.".to_owned(),
                    false => lines.join("\n"),
                })
            }
            Self::Show { reference } => {
                let reference = reference.trim().to_ascii_uppercase();
                let row = store.show_error(&reference, now).await?;
                let row = row.ok_or(NoError::NotThere)?;
                let shown = match row.shown_at {
                    Some(at) => format!("looked at before, on {}", rfc3339(at)),
                    None => "nobody has looked at it before".to_owned(),
                };
                Ok(format!("{}  {}\n{shown}", named(&row), row.what))
            }
        }
    }
}

/// Which failure it is, without what it says.
fn named(row: &ErrorRow) -> String {
    format!("{}  {}", row.reference, rfc3339(row.at))
}
