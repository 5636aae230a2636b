//! Shows people what the policy says more than before, until they have seen it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::Timestamp;
use privacy::Policy;
use store::{PolicyRow, StoreError};

use super::policy::read;
use crate::{AccountRefusal, App, LiveSession};

/// How long what was read of the policies is believed. A change is shown within this time, on every node.
const BELIEVED: Duration = Duration::from_secs(10);
/// How long a change is shown to guests: who comes later has hardly known the policy before.
const GUESTS_ARE_SHOWN: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// A change of the policy by which more is held or told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyNotice {
    /// When it came into force. That names it: whoever has seen this one has seen all before it.
    pub published_at: Timestamp,
    /// The purposes that it concerns, in the inventory's words.
    pub purposes: BTreeSet<String>,
}

impl PolicyNotice {
    fn of((latest, before): &(PolicyRow, PolicyRow)) -> Self {
        let [latest_policy, before] = [latest, before].map(|row| read(&row.model));
        Self {
            published_at: latest.published_at,
            purposes: Policy::concerned_since(&latest_policy, &before),
        }
    }

    /// How long a guest who has seen it now must be known as one who has; nothing when no guest is shown it any more.
    #[must_use]
    pub fn left_for_guests(&self, now: Timestamp) -> Duration {
        self.published_at.after(GUESTS_ARE_SHOWN).since(now)
    }

    fn is_new_to(&self, seen: Option<Timestamp>) -> bool {
        seen.is_none_or(|seen| seen < self.published_at)
    }
}

/// What was read of the policies last.
#[derive(Default)]
pub(crate) struct Notices(Mutex<Option<Known>>);

#[derive(Clone)]
struct Known {
    notice: Option<Arc<PolicyNotice>>,
    read_at: Timestamp,
}

impl Notices {
    fn believed(&self, now: Timestamp) -> Option<Known> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_fresh = |known: &Known| known.read_at <= now && now < known.read_at.after(BELIEVED);
        known.clone().filter(is_fresh)
    }

    fn learn(&self, known: Known) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
    }
}

impl App {
    /// The change of the policy that people are shown until they have seen it. While the store does not answer, there is none.
    pub async fn policy_notice(&self) -> Option<Arc<PolicyNotice>> {
        let (notices, now) = (&self.inner.notices, self.now());
        if let Some(known) = notices.believed(now) {
            return known.notice;
        }
        let read = self.inner.store.latest_addition().await;
        let read = read.map_err(|error| self.not_told(&error)).ok().flatten();
        let notice = read.map(|rows| Arc::new(PolicyNotice::of(&rows)));
        notices.learn(Known {
            notice: notice.clone(),
            read_at: now,
        });
        notice
    }

    /// Whether a member has still to see it. Whoever came later has agreed to the policy as it is.
    pub async fn has_to_see(&self, session: &LiveSession, notice: &PolicyNotice) -> bool {
        let seen = self.inner.store.policy_seen(session.account()).await;
        let seen = seen.map_err(|error| self.not_told(&error)).ok().flatten();
        seen.is_some_and(|it| notice.is_new_to(it.seen) && it.agreed_at < notice.published_at)
    }

    /// Whether a guest has still to see it, whose browser says that they have seen the policy of `seen`.
    #[must_use]
    pub fn concerns_guest(&self, seen: Option<Timestamp>, notice: &PolicyNotice) -> bool {
        notice.is_new_to(seen) && !notice.left_for_guests(self.now()).is_zero()
    }

    /// A member has seen the change of the policy that was published then, on this device and so on all of theirs.
    pub async fn see_policy(
        &self,
        session: &LiveSession,
        published_at: Timestamp,
    ) -> Result<(), AccountRefusal> {
        let seen = self.inner.store.see_policy(session.account(), published_at);
        seen.await.map_err(|error| self.account_failure(&error))
    }

    /// A page without its notice is better than none: the next one has it.
    fn not_told(&self, error: &StoreError) {
        let _ = self.rights_failure(error);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(days: u64) -> Timestamp {
        Timestamp::default().after(Duration::from_secs(days * 24 * 60 * 60))
    }

    #[test]
    fn a_change_is_new_until_it_was_seen_and_shown_to_guests_for_90_days() {
        let notice = PolicyNotice {
            published_at: at(10),
            purposes: BTreeSet::new(),
        };
        let seen = [None, Some(at(9)), Some(at(10)), Some(at(11))];
        assert_eq!(
            seen.map(|seen| notice.is_new_to(seen)),
            [true, true, false, false]
        );
        assert_eq!(notice.left_for_guests(at(99)), at(1).since(at(0)));
        assert_eq!(notice.left_for_guests(at(100)), Duration::ZERO);
    }

    #[test]
    fn what_was_read_is_believed_for_ten_seconds_and_not_when_the_clock_was_set_back() {
        let notices = Notices::default();
        assert!(notices.believed(at(1)).is_none());
        notices.learn(Known {
            notice: None,
            read_at: at(1),
        });
        assert!(notices.believed(at(1)).is_some());
        assert!(notices.believed(at(1).after(BELIEVED)).is_none());
        assert!(notices.believed(at(0)).is_none());
    }
}
