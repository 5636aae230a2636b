//! Failures: each is kept here by its reference, and told to the operator's own collector where there is one.

use std::sync::Arc;

use app::Timer;
use base::Timestamp;
use outbound::{Collector, FailureNote, NotTold, Outbound};
use store::Store;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio_util::sync::CancellationToken;
use web::Reading;

use crate::log::{self, Failure};

/// Failures that wait for the collector. One more is kept here alone.
const TOLD_WAITING_MAX: usize = 64;
/// Failures that wait for the database. One more is in the log alone.
const KEPT_WAITING_MAX: usize = 256;

/// What keeps them.
pub(crate) struct Keeping {
    pub(crate) store: Store,
    pub(crate) collector: Option<Collector>,
    pub(crate) clock: Arc<dyn Timer>,
    pub(crate) stopping: CancellationToken,
}

impl Keeping {
    /// Until the node stops. Each side has a task of its own, so that neither waits for the other, and nothing here for them.
    pub(crate) async fn keep(self, mut failures: Receiver<Failure>) {
        let (kept, notes) = channel(KEPT_WAITING_MAX);
        tokio::spawn(keep_each(self.store.clone(), notes));
        let told = self.collector.clone().map(|it| self.queue(it));
        let waiting = Waiting { kept, told };
        loop {
            let failure = tokio::select! {
                failure = failures.recv() => failure,
                () = self.stopping.cancelled() => return,
            };
            let Some(failure) = failure else { return };
            waiting.hand_over(failure, self.clock.now());
        }
    }

    fn queue(&self, collector: Collector) -> (Collector, Sender<FailureNote>) {
        let (told, notes) = channel(TOLD_WAITING_MAX);
        let (clock, stopping) = (Arc::clone(&self.clock), self.stopping.clone());
        tokio::spawn(tell(collector.clone(), notes, clock, stopping));
        (collector, told)
    }
}

/// The ways to both sides.
struct Waiting {
    kept: Sender<FailureNote>,
    told: Option<(Collector, Sender<FailureNote>)>,
}

impl Waiting {
    /// To each side that has room for one more; what a side has no room for is counted there.
    fn hand_over(&self, failure: Failure, at: Timestamp) {
        let Failure { reference, what } = failure;
        let note = FailureNote {
            reference,
            what,
            at,
        };
        if let Some((collector, told)) = &self.told
            && told.try_send(note.clone()).is_err()
        {
            collector.lose();
        }
        if self.kept.try_send(note).is_err() {
            log::keep_alone();
        }
    }
}

/// Keeps one after the other, and at the end of the node what still waits. The log has it in any case; saying that it was
/// not kept would be one more failure to keep.
async fn keep_each(store: Store, mut notes: Receiver<FailureNote>) {
    while let Some(FailureNote {
        reference,
        what,
        at,
    }) = notes.recv().await
    {
        let kept = store.keep_error(&reference, what.as_str(), at).await;
        if kept.is_err() {
            log::keep_alone();
        }
    }
}

/// Tells the collector of one after the other. That it does not listen is said once for each time that it is left alone,
/// and without a reference: a line with one would be the next failure to tell.
async fn tell(
    collector: Collector,
    mut notes: Receiver<FailureNote>,
    clock: Arc<dyn Timer>,
    stopping: CancellationToken,
) {
    let telling = async {
        while let Some(note) = notes.recv().await {
            match collector.tell(&note, clock.now()).await {
                Ok(()) | Err(NotTold::Resting) => {}
                Err(error) => tracing::warn!(
                    %error,
                    "the collector of errors.dsn was not told of a failure; it is kept here, and the collector left alone for a while"
                ),
            }
        }
    };
    tokio::select! {
        () = telling => {}
        () = stopping.cancelled() => {}
    }
}

/// What became of failures, for `/metrics`.
pub(crate) fn readings(outbound: &Outbound) -> Vec<Reading> {
    let reading = |what: &str, help, value| Reading {
        name: format!("unisono_failures_{what}"),
        help,
        value,
    };
    let mut readings = vec![reading(
        "not_kept",
        "Failures that are in the log alone: more at once than may wait, or the database did not take them.",
        log::kept_alone(),
    )];
    if let Some(counts) = outbound.collector().map(Collector::counts) {
        readings.extend([
            reading("told", "Failures that the collector took.", counts.told),
            reading(
                "not_told",
                "Failures that the collector was not told of; they are kept here.",
                counts.lost,
            ),
        ]);
    }
    readings
}

#[cfg(test)]
mod tests {
    use base::Scrubbed;

    use super::*;

    fn failure(reference: &str) -> Failure {
        Failure {
            reference: reference.to_owned(),
            what: Scrubbed::of("it broke"),
        }
    }

    /// Promises C19, T29: nobody has read from the side of the database yet, and the collector is told of each.
    #[test]
    fn a_database_that_takes_nothing_holds_up_nothing_and_is_counted() {
        let settings = outbound::ErrorSettings {
            dsn: Some(base::Secret::new(
                "https://key@glitchtip.example/7".to_owned(),
            )),
        };
        let collector = Collector::start(&settings).unwrap().unwrap();
        let (kept, mut keeping) = channel(1);
        let (told, mut telling) = channel(3);
        let waiting = Waiting {
            kept,
            told: Some((collector.clone(), told)),
        };
        let before = log::kept_alone();
        let references = ["UNI-1", "UNI-2", "UNI-3", "UNI-4"];
        for reference in references {
            waiting.hand_over(failure(reference), Timestamp::default());
        }
        for reference in &references[..3] {
            assert_eq!(telling.try_recv().unwrap().reference, *reference);
        }
        assert_eq!(collector.counts().lost, 1);
        assert_eq!(keeping.try_recv().unwrap().reference, "UNI-1");
        assert_eq!(log::kept_alone() - before, 3);
    }
}
