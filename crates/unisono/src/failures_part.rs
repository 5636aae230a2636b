//! Failures: each is kept here by its reference, and told to the operator's own collector where there is one.

use std::sync::Arc;

use app::Timer;
use base::Timestamp;
use outbound::{Collector, FailureNote, NotTold, Outbound};
use store::Store;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio_util::sync::CancellationToken;
use web::Reading;

use crate::log::Failure;

/// Failures that wait for the collector. One more is kept here alone.
const WAITING_MAX: usize = 64;

/// What keeps them.
pub(crate) struct Keeping {
    pub(crate) store: Store,
    pub(crate) collector: Option<Collector>,
    pub(crate) clock: Arc<dyn Timer>,
    pub(crate) stopping: CancellationToken,
}

impl Keeping {
    /// Until the node stops. The collector is told by a task of its own, so that nothing here waits for it.
    pub(crate) async fn keep(self, mut failures: Receiver<Failure>) {
        let waiting = self
            .collector
            .clone()
            .map(|collector| self.queue(collector));
        loop {
            let failure = tokio::select! {
                failure = failures.recv() => failure,
                () = self.stopping.cancelled() => return,
            };
            let Some(failure) = failure else { return };
            let now = self.clock.now();
            if let Some((collector, waiting)) = &waiting {
                pass_on(collector, waiting, &failure, now);
            }
            // The log has it in any case; saying that it was not kept would be one more failure to keep.
            let _ = self
                .store
                .keep_error(&failure.reference, &failure.what, now)
                .await;
        }
    }

    fn queue(&self, collector: Collector) -> (Collector, Sender<FailureNote>) {
        let (waiting, notes) = channel(WAITING_MAX);
        let (clock, stopping) = (Arc::clone(&self.clock), self.stopping.clone());
        tokio::spawn(tell(collector.clone(), notes, clock, stopping));
        (collector, waiting)
    }
}

fn pass_on(collector: &Collector, waiting: &Sender<FailureNote>, failure: &Failure, at: Timestamp) {
    let note = FailureNote {
        reference: failure.reference.clone(),
        what: failure.what.clone(),
        at,
    };
    if waiting.try_send(note).is_err() {
        collector.lose();
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

/// How often the collector was told, for `/metrics`.
pub(crate) fn readings(outbound: &Outbound) -> Vec<Reading> {
    let counts = outbound.collector().map(Collector::counts);
    let counts = counts.map(|counts| {
        let reading = |what: &str, help, value| Reading {
            name: format!("unisono_failures_{what}"),
            help,
            value,
        };
        [
            reading("told", "Failures that the collector took.", counts.told),
            reading(
                "not_told",
                "Failures that the collector was not told of; they are kept here.",
                counts.lost,
            ),
        ]
    });
    counts.into_iter().flatten().collect()
}
