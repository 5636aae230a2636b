//! Hashing passwords off the async threads, a bounded number at once, so that signing in never starves the rest.

use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use account::{PasswordHash, check_password};
use base::{Entropy, Secret};
use tokio::sync::Semaphore;

use super::{AccountRefusal, BusyAt};
use crate::turns::Turns;

/// The most hashes that are made or checked side by side, however many cores there are.
const AT_ONCE_MAX: usize = 4;
/// Hashes that may wait for their turn. Where one is made at once, at cost 12, the last one waits for about 10 s, and on a
/// slow core for 15 s.
const WAITING_MAX: usize = 32;
/// What a person is told when more come.
const BUSY: AccountRefusal = AccountRefusal::Busy {
    at: BusyAt::Passwords,
    wait: Duration::from_secs(15),
};

/// How many hashes are made side by side on so many cores: one core is left for everybody who is not signing in.
fn at_once(cores: usize) -> usize {
    cores.saturating_sub(1).clamp(1, AT_ONCE_MAX)
}

/// Makes and checks hashes at one cost.
pub(crate) struct Hashing {
    cost: u32,
    turns: Turns,
    places: Arc<Semaphore>,
}

impl Hashing {
    pub(crate) fn new(cost: u32) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let at_once = at_once(cores);
        Self {
            cost,
            turns: Turns::new(at_once),
            places: Arc::new(Semaphore::new(at_once + WAITING_MAX)),
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
        self.run(move || fits_after_equal_work(hash.as_ref(), cost, |hash| hash.verify(&password)))
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
            return Err(BUSY);
        };
        let working = self.turns.run(move || {
            let _place = place;
            work()
        });
        Ok(working.await.expect("hashing does not panic"))
    }
}

/// Whether `hash` fits by `check`, after the work of one check at `cost`, so that the time does not tell whether there is a
/// hash, even after the cost was raised. A hash of a higher cost takes longer until its owner signs in.
///
/// Each cost is twice the work of the one below: one check at each from that of an older hash upwards is what it lacks.
fn fits_after_equal_work(
    hash: Option<&PasswordHash>,
    cost: u32,
    check: impl Fn(&PasswordHash) -> bool,
) -> bool {
    let lacking = match hash {
        Some(hash) => hash.cost()..cost,
        None => cost..cost + 1,
    };
    let fits = hash.is_some_and(&check);
    for cost in lacking {
        // Looked at, so that the work is not left out.
        let _ = std::hint::black_box(check(&PasswordHash::dummy(cost)));
    }
    fits
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use futures_util::FutureExt;

    use super::*;
    use crate::turns::held::Holding;

    /// What checks at such costs take, in those at cost 0.
    fn work(costs: &[u32]) -> u64 {
        costs.iter().map(|cost| 1_u64 << cost).sum()
    }

    #[test]
    fn an_address_without_a_hash_takes_as_much_work_as_one_with_an_older() {
        let (oldest, cost) = (PasswordHash::COST_MIN, 12);
        let older = (oldest..=cost).map(|cost| Some(PasswordHash::dummy(cost)));
        for hash in older.chain([None]) {
            for fits in [true, false] {
                let costs = RefCell::new(Vec::new());
                let is_kept = |checked: &PasswordHash| {
                    let kept = hash.as_ref();
                    kept.is_some_and(|kept| std::ptr::eq(kept, checked))
                };
                let fitted = fits_after_equal_work(hash.as_ref(), cost, |checked| {
                    costs.borrow_mut().push(checked.cost());
                    !is_kept(checked) || fits
                });
                assert_eq!(fitted, fits && hash.is_some(), "no dummy says yes");
                assert_eq!(work(&costs.into_inner()), work(&[cost]));
            }
        }
    }

    #[test]
    fn one_core_is_left_for_others_where_there_are_two() {
        assert_eq!([1, 2, 3, 5, 64].map(at_once), [1, 1, 2, 4, AT_ONCE_MAX]);
    }

    #[tokio::test]
    async fn whoever_hangs_up_keeps_their_place_for_as_long_as_their_hash_is_made() {
        let hashing = Hashing::new(PasswordHash::COST_MIN);
        let mut held = Holding::new();
        for _ in 0..hashing.turns.free() {
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
        assert_eq!(ask().await, Err(BUSY));
        waiting.pop();
        waiting.push(ask());
        drop(held);
        for asking in waiting {
            assert_eq!(asking.await, Ok(()));
        }
    }
}
