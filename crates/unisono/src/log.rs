//! The log: to standard error, for people or as JSON, without any address and with the fields of the inventory alone. What
//! failed under a reference is told to the store, too, scrubbed.

mod line;

use std::fmt;
use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicU64, Ordering};

use base::Scrubbed;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{fmt as lines, registry};

use crate::settings::LogForm;
use line::Lines;

/// Failures that wait to be kept. More than that at once are in the log alone.
const WAITING_MAX: usize = 256;

/// Failures that are in the log alone. A process has one log, and so one count of these.
static LOG_ALONE: AtomicU64 = AtomicU64::new(0);

/// Counts a failure that is kept nowhere else.
pub(crate) fn keep_alone() {
    LOG_ALONE.fetch_add(1, Ordering::Relaxed);
}

/// How many failures are in the log alone, since the start.
pub(crate) fn kept_alone() -> u64 {
    LOG_ALONE.load(Ordering::Relaxed)
}

/// A failure with the reference that a person may have been shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// The reference.
    pub reference: String,
    /// What the log says of it.
    pub what: Scrubbed,
}

/// Starts the log, and gives the failures that it will tell of. A second call in one process changes nothing.
pub fn start(form: LogForm) -> Receiver<Failure> {
    let (told, failures) = channel(WAITING_MAX);
    let told = registry().with(LevelFilter::INFO).with(Failures(told));
    let declared = store::inventory().log_field.keys();
    let declared = declared.map(String::as_str).collect();
    let lines = lines::layer()
        .event_format(Lines { form, declared })
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    // It fails only when a log has been started before.
    let _ = told.with(lines).try_init();
    failures
}

/// Hears every line of the log, and passes on the failures with a reference.
struct Failures(Sender<Failure>);

impl<S: Subscriber> Layer<S> for Failures {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        // What was refused is no failure of ours: its line is in the log alone.
        if *event.metadata().level() > Level::WARN {
            return;
        }
        let mut fields = Fields::default();
        event.record(&mut fields);
        if let Some(failure) = fields.failure()
            && self.0.try_send(failure).is_err()
        {
            keep_alone();
        }
    }
}

/// The fields of a line that are kept: no other ones are even looked at.
#[derive(Default)]
struct Fields {
    reference: Option<String>,
    message: String,
    error: Option<String>,
}

impl Fields {
    fn failure(self) -> Option<Failure> {
        let what = match self.error {
            Some(error) => format!("{}: {error}", self.message),
            None => self.message,
        };
        Some(Failure {
            reference: self.reference?,
            what: Scrubbed::of(&what),
        })
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        match field.name() {
            "reference" => self.reference = Some(format!("{value:?}")),
            "message" => self.message = format!("{value:?}"),
            "error" => self.error = Some(format!("{value:?}")),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use base::{OsEntropy, ReferenceId};

    use super::*;

    /// Promise T29
    #[test]
    fn a_line_with_a_reference_is_passed_on_without_anything_else_of_it() {
        let (told, mut failures) = channel(8);
        let reference = ReferenceId::new(&OsEntropy);
        tracing::subscriber::with_default(registry().with(Failures(told)), || {
            tracing::info!("nothing happened");
            tracing::info!(reference = %ReferenceId::new(&OsEntropy), problem = "wrong-code", route = "/api", "refused");
            tracing::error!(%reference, error = %"the disk is full", upstream = "canary", "a room failed");
        });
        let failure = failures.try_recv().unwrap();
        assert_eq!(failure.reference, reference.to_string());
        assert_eq!(failure.what.as_str(), "a room failed: the disk is full");
        assert!(failures.try_recv().is_err());
    }

    /// Promises C5, T29
    #[test]
    fn what_is_passed_on_speaks_of_nobody_whatever_the_line_says() {
        let (told, mut failures) = channel(8);
        let reference = ReferenceId::new(&OsEntropy);
        tracing::subscriber::with_default(registry().with(Failures(told)), || {
            tracing::error!(%reference, error = %"ada@example.org from 203.0.113.7 in K7M4QX", "it broke");
        });
        let what = failures.try_recv().unwrap().what;
        let left = "it broke: [removed] from [removed] in [removed]";
        assert_eq!(what.as_str(), left);
    }

    /// Promise T29
    #[test]
    fn a_failure_more_than_may_wait_is_counted() {
        let (told, mut failures) = channel(1);
        let before = kept_alone();
        tracing::subscriber::with_default(registry().with(Failures(told)), || {
            for reference in ["UNI-1", "UNI-2", "UNI-3"] {
                tracing::error!(%reference, "it broke");
            }
        });
        assert_eq!(failures.try_recv().unwrap().reference, "UNI-1");
        assert!(failures.try_recv().is_err());
        assert_eq!(kept_alone() - before, 2);
    }
}
