//! Work off the async threads, a bounded number at once.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinError;

/// Turns at work that keeps a thread busy. It cannot be called off once it has begun, so its turn lasts as long as the work
/// itself, whether or not whoever asked still waits.
pub(crate) struct Turns(Arc<Semaphore>);

impl Turns {
    pub(crate) fn new(at_once: usize) -> Self {
        Self(Arc::new(Semaphore::new(at_once)))
    }

    /// What comes of `work`, which begins when it is its turn. An error is a panic of the work.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        let turn = Arc::clone(&self.0)
            .acquire_owned()
            .await
            .expect("the semaphore is never closed");
        let working = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        working.await
    }

    #[cfg(test)]
    pub(crate) fn free(&self) -> usize {
        self.0.available_permits()
    }
}

/// Work that waits for a word before it ends.
#[cfg(test)]
pub(crate) mod held {
    use std::sync::{Arc, Mutex, PoisonError, mpsc};

    use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

    /// Holds work back until it is dropped.
    pub(crate) struct Holding {
        /// Nothing is ever sent: that it is gone is the word.
        _word: mpsc::Sender<()>,
        waits: Arc<Mutex<mpsc::Receiver<()>>>,
        begins: UnboundedSender<()>,
        begun: UnboundedReceiver<()>,
    }

    impl Holding {
        pub(crate) fn new() -> Self {
            let (word, waits) = mpsc::channel();
            let (begins, begun) = unbounded_channel();
            Self {
                _word: word,
                waits: Arc::new(Mutex::new(waits)),
                begins,
                begun,
            }
        }

        /// Work that says when it begins.
        pub(crate) fn work(&self) -> impl FnOnce() + Send + use<> {
            let (waits, begins) = (Arc::clone(&self.waits), self.begins.clone());
            move || {
                begins.send(()).ok();
                let waits = waits.lock().unwrap_or_else(PoisonError::into_inner);
                waits.recv().ok();
            }
        }

        /// Waits until one more has begun.
        pub(crate) async fn one_began(&mut self) {
            self.begun.recv().await.expect("it holds a sender itself");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures_util::FutureExt;

    use super::held::Holding;
    use super::*;

    #[tokio::test]
    async fn whoever_hangs_up_gives_no_turn_away_while_their_work_goes_on() {
        let turns = Turns::new(2);
        let mut held = Holding::new();
        for _ in 0..2 {
            let mut asking = Box::pin(turns.run(held.work()));
            assert!(asking.as_mut().now_or_never().is_none());
            held.one_began().await;
            drop(asking);
        }
        assert_eq!(turns.free(), 0, "both are still at work");
        let mut third = pin!(turns.run(|| "done"));
        assert!(third.as_mut().now_or_never().is_none());
        drop(held);
        assert_eq!(third.await.unwrap(), "done");
    }

    #[tokio::test]
    async fn whoever_hangs_up_in_the_queue_leaves_nothing_to_do() {
        let turns = Turns::new(1);
        let mut held = Holding::new();
        let mut first = pin!(turns.run(held.work()));
        assert!(first.as_mut().now_or_never().is_none());
        held.one_began().await;
        let mut second = Box::pin(turns.run::<()>(|| unreachable!("nobody waits")));
        assert!(second.as_mut().now_or_never().is_none());
        drop(second);
        drop(held);
        first.await.unwrap();
        assert_eq!(turns.run(|| "next").await.unwrap(), "next");
    }

    #[tokio::test]
    async fn work_that_panics_gives_its_turn_back() {
        let turns = Turns::new(1);
        assert!(turns.run::<()>(|| panic!("a bug")).await.is_err());
        assert_eq!(turns.free(), 1);
    }
}
