//! How much happens: sums in memory, added to the day's in the store once a minute. Who it was is not among what is counted.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use account::DeviceFamily;
use base::Timestamp;
use store::{DayCount, StoreError};

use crate::App;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// A page was shown, on this family of device.
    Page(DeviceFamily),
    /// A cast, or a room with a queue, was opened.
    Cast,
    /// A link was looked up.
    Conversion,
}

impl Counted {
    /// As stored: what, and on which family of device.
    fn words(self) -> (&'static str, String) {
        match self {
            Self::Page(family) => ("page", family.to_string()),
            Self::Cast => ("cast", String::new()),
            Self::Conversion => ("conversion", String::new()),
        }
    }
}

/// Sums that are not in the store yet. Days and families are few, so these are.
#[derive(Default)]
pub(crate) struct Sums(Mutex<HashMap<(i64, Counted), u64>>);

impl Sums {
    fn add(&self, what: Counted, now: Timestamp) {
        let day = now.unix_ms().div_euclid(DAY_MS) * DAY_MS;
        let mut sums = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *sums.entry((day, what)).or_default() += 1;
    }

    fn take(&self) -> Vec<DayCount> {
        let mut sums = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = sums.drain();
        taken
            .map(|((day, what), count)| {
                let (what, family) = what.words();
                DayCount {
                    day: Timestamp::from_unix_ms(day),
                    what: what.to_owned(),
                    family,
                    count,
                }
            })
            .collect()
    }
}

impl App {
    /// Counts something. Doors do not call this for whoever asked not to be counted.
    pub fn count(&self, what: Counted) {
        self.inner.sums.add(what, self.now());
    }

    /// Adds the sums to the store's. What cannot be kept is lost: nothing depends on it.
    pub(crate) async fn keep_counts(&self) -> Result<(), StoreError> {
        let sums = self.inner.sums.take();
        match sums.is_empty() {
            true => Ok(()),
            false => self.inner.store.add_counts(&sums).await,
        }
    }
}
