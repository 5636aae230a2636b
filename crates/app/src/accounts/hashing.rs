//! Hashing passwords off the async threads, a bounded number at once, so that signing in never starves the rest.

use std::sync::Arc;
use std::time::Duration;

use account::{PasswordHash, check_password};
use base::{Entropy, Secret};
use tokio::sync::Semaphore;

use super::AccountRefusal;
use crate::turns::Turns;

/// Hashes that are made or checked side by side: one core stays free on the smallest machines.
const AT_ONCE: usize = 2;
/// Hashes that may wait for their turn. At cost 12 the last one waits for about 15 s on a slow core.
const WAITING_MAX: usize = 32;
/// What a person is told to wait when more come.
const RETRY: Duration = Duration::from_secs(15);

/// Makes and checks hashes at one cost.
pub(crate) struct Hashing {
    cost: u32,
    turns: Turns,
    places: Arc<Semaphore>,
}

impl Hashing {
    pub(crate) fn new(cost: u32) -> Self {
        Self {
            cost,
            turns: Turns::new(AT_ONCE),
            places: Arc::new(Semaphore::new(AT_ONCE + WAITING_MAX)),
        }
    }

    /// The hash to keep of a new password.
    pub(crate) async fn make(
        &self,
        password: Secret<String>,
        entropy: &dyn Entropy,
    ) -> Result<PasswordHash, AccountRefusal> {
        let (cost, salt) = (self.cost, entropy.bytes16());
        self.run(move || PasswordHash::make(&password, cost, salt))
            .await
    }

    /// Whether `password` fits `hash`. Without a hash it takes as long and says no.
    pub(crate) async fn fits(
        &self,
        password: Secret<String>,
        hash: Option<PasswordHash>,
    ) -> Result<bool, AccountRefusal> {
        let cost = self.cost;
        self.run(move || match hash {
            Some(hash) => hash.verify(&password),
            None => {
                // Looked at, so that the work is not left out.
                let _ = std::hint::black_box(PasswordHash::dummy(cost).verify(&password));
                false
            }
        })
        .await
    }

    /// Whether a new password is good enough. Looking at a long one takes as much as hashing it, so it waits its turn too.
    pub(crate) async fn approve(
        &self,
        password: &Secret<String>,
        context: &[&str],
    ) -> Result<(), AccountRefusal> {
        let password = password.clone();
        let context: Vec<String> = context.iter().map(|&word| word.to_owned()).collect();
        let checked = self.run(move || {
            let context: Vec<&str> = context.iter().map(String::as_str).collect();
            check_password(&password, &context)
        });
        checked.await?.map_err(AccountRefusal::WeakPassword)
    }

    /// Whether `hash` should be made anew from the password that just fitted it.
    pub(crate) fn is_outdated(&self, hash: &PasswordHash) -> bool {
        hash.is_outdated(self.cost)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AccountRefusal> {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            return Err(AccountRefusal::Busy { wait: RETRY });
        };
        let working = self.turns.run(move || {
            let _place = place;
            work()
        });
        Ok(working.await.expect("hashing does not panic"))
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;
    use crate::turns::held::Holding;

    #[tokio::test]
    async fn whoever_hangs_up_keeps_their_place_for_as_long_as_their_hash_is_made() {
        let hashing = Hashing::new(PasswordHash::COST_MIN);
        let mut held = Holding::new();
        for _ in 0..AT_ONCE {
            let mut asking = Box::pin(hashing.run(held.work()));
            assert!(asking.as_mut().now_or_never().is_none());
            held.one_began().await;
        }
        assert_eq!(hashing.turns.free(), 0);
        let ask = || Box::pin(hashing.run(|| ()));
        let mut waiting: Vec<_> = (0..WAITING_MAX).map(|_| ask()).collect();
        for asking in &mut waiting {
            assert!(asking.as_mut().now_or_never().is_none());
        }
        let refused = Err(AccountRefusal::Busy { wait: RETRY });
        assert_eq!(ask().await, refused);
        waiting.pop();
        waiting.push(ask());
        drop(held);
        for asking in waiting {
            assert_eq!(asking.await, Ok(()));
        }
    }
}
