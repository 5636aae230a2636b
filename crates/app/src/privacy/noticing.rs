//! Shows people what the policy says more than before, until they have seen it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::Timestamp;
use privacy::{Change, Policy, word};
use store::{PolicyOrdinal, Publication, Store, StoreError};

use super::policy::read;
use crate::{AccountRefusal, App, LiveSession};

/// Policies that are looked back at. Whoever has missed more is told of what these say.
const LOOKED_BACK_MAX: u32 = 100;

/// How long what was read of the policies is believed. A change is shown within this time, on every node.
const BELIEVED: Duration = Duration::from_secs(10);
/// How long a change is shown to guests: who comes later has hardly known the policy before.
const GUESTS_ARE_SHOWN: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// What one policy says more than the one before it, or several of them together more than somebody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyNotice {
    /// The last of them. It names the notice: whoever has seen this publication has seen all before it.
    pub ordinal: PolicyOrdinal,
    /// When that one came into force.
    pub published_at: Timestamp,
    /// The purposes that it concerns, in the inventory's words.
    pub purposes: BTreeSet<String>,
}

/// What each policy said more than the one before it, the latest first.
#[derive(Debug, Default, PartialEq, Eq)]
struct Additions(Vec<PolicyNotice>);

impl Additions {
    /// Those of `policies`, the latest first. The first policy adds nothing: nobody knew another.
    fn of(policies: &[Publication]) -> Self {
        let more = word(&Change::More);
        let steps = policies.windows(2);
        let steps = steps.filter(|step| step[0].policy.change == more);
        let additions = steps.map(|step| {
            let [it, before] = [&step[0], &step[1]];
            PolicyNotice {
                ordinal: it.ordinal,
                published_at: it.policy.published_at,
                purposes: Policy::concerned_since(
                    &read(&it.policy.model),
                    &read(&before.policy.model),
                ),
            }
        });
        Self(additions.collect())
    }

    /// All of them together that are new to somebody.
    fn notice(&self, is_new: impl Fn(&PolicyNotice) -> bool) -> Option<PolicyNotice> {
        let new = self.0.iter().filter(|it| is_new(it));
        let latest = new.clone().next()?;
        Some(PolicyNotice {
            ordinal: latest.ordinal,
            published_at: latest.published_at,
            purposes: new.flat_map(|it| it.purposes.iter().cloned()).collect(),
        })
    }

    /// What is new to a guest at `now`, whose browser says that they have seen the publication `seen`. One that is later
    /// than all says nothing: it was written by another program, or by somebody's hand.
    fn notice_for_guest(
        &self,
        seen: Option<PolicyOrdinal>,
        now: Timestamp,
    ) -> Option<PolicyNotice> {
        let latest = self.0.first()?.ordinal;
        let seen = seen.filter(|seen| *seen <= latest);
        self.notice(|it| {
            seen < Some(it.ordinal) && !left_for_guests(it.published_at, now).is_zero()
        })
    }
}

/// How long guests are still shown the policy of `published_at`; nothing when none is any more. A clock that was set back
/// makes it no longer than ever.
fn left_for_guests(published_at: Timestamp, now: Timestamp) -> Duration {
    let left = published_at.after(GUESTS_ARE_SHOWN).since(now);
    left.min(GUESTS_ARE_SHOWN)
}

/// What was read of the policies last.
#[derive(Default)]
pub(crate) struct Notices(Mutex<Option<Known>>);

#[derive(Clone, Debug)]
struct Known {
    additions: Arc<Additions>,
    /// The latest addition of all. It may lie further back than the policies that are looked at.
    latest: Option<PolicyOrdinal>,
    read_at: Timestamp,
}

impl Known {
    fn is_fresh(&self, now: Timestamp) -> bool {
        self.read_at <= now && now < self.read_at.after(BELIEVED)
    }

    /// The same, believed anew.
    fn at(self, now: Timestamp) -> Self {
        Self {
            read_at: now,
            ..self
        }
    }
}

impl Notices {
    fn known(&self) -> Option<Known> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn learn(&self, known: Known) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
    }
}

impl App {
    /// Whether some policy says more than the one before it, so that somebody may have to be shown it.
    pub async fn has_policy_notices(&self) -> bool {
        !self.additions().await.0.is_empty()
    }

    /// What a member has still to be shown. Whoever came later has agreed to the policy as it is.
    pub async fn notice_for(&self, session: &LiveSession) -> Option<PolicyNotice> {
        let additions = self.additions().await;
        additions.0.first()?;
        let seen = self.inner.store.policy_seen(session.account()).await;
        let seen = seen.map_err(|error| self.not_told(&error)).ok().flatten()?;
        additions.notice(|it| seen < it.ordinal)
    }

    /// What a guest has still to be shown, whose browser says that they have seen the publication `seen`.
    pub async fn notice_for_guest(&self, seen: Option<PolicyOrdinal>) -> Option<PolicyNotice> {
        let now = self.now();
        self.additions().await.notice_for_guest(seen, now)
    }

    /// How long a guest who has seen this publication must be known as one who has; none when it is none that people are
    /// shown.
    pub async fn shown_to_guests_for(&self, ordinal: PolicyOrdinal) -> Option<Duration> {
        let additions = self.additions().await;
        let shown = additions.0.iter().find(|it| it.ordinal == ordinal)?;
        Some(left_for_guests(shown.published_at, self.now()))
    }

    /// A member has seen this publication, on this device and so on all of theirs.
    pub async fn see_policy(
        &self,
        session: &LiveSession,
        ordinal: PolicyOrdinal,
    ) -> Result<(), AccountRefusal> {
        let seen = self.inner.store.see_policy(session.account(), ordinal);
        seen.await.map_err(|error| self.account_failure(&error))
    }

    /// What was added, read anew when it is no longer believed. While the store does not answer, it is what it was.
    async fn additions(&self) -> Arc<Additions> {
        let (notices, now) = (&self.inner.notices, self.now());
        let before = notices.known();
        if let Some(known) = before.as_ref().filter(|known| known.is_fresh(now)) {
            return Arc::clone(&known.additions);
        }
        let read = read_additions(&self.inner.store, before.clone(), now).await;
        let read = read.map_err(|error| self.not_told(&error)).ok();
        let known = read.or_else(|| before.map(|known| known.at(now)));
        let additions = known.as_ref().map(|known| Arc::clone(&known.additions));
        known.into_iter().for_each(|known| notices.learn(known));
        additions.unwrap_or_default()
    }

    /// A page without its notice is better than none: the next one has it.
    fn not_told(&self, error: &StoreError) {
        let _ = self.rights_failure(error);
    }
}

/// Policies are long and hardly ever change, so they are read only when there is another latest addition than before.
async fn read_additions(
    store: &Store,
    before: Option<Known>,
    now: Timestamp,
) -> Result<Known, StoreError> {
    let latest = store.latest_addition().await?;
    if let Some(same) = before.filter(|before| before.latest == latest) {
        return Ok(same.at(now));
    }
    let policies = store.policies(LOOKED_BACK_MAX + 1).await?;
    Ok(Known {
        additions: Arc::new(Additions::of(&policies)),
        latest,
        read_at: now,
    })
}

#[cfg(test)]
mod tests {
    use store::PolicyRow;

    use super::*;

    fn at(days: u64) -> Timestamp {
        Timestamp::default().after(Duration::from_secs(days * 24 * 60 * 60))
    }

    fn ordinal(days: u64) -> PolicyOrdinal {
        PolicyOrdinal::new(i64::try_from(days).unwrap())
    }

    fn addition(days: u64, purpose: &str) -> PolicyNotice {
        PolicyNotice {
            ordinal: ordinal(days),
            published_at: at(days),
            purposes: BTreeSet::from([purpose.to_owned()]),
        }
    }

    fn row(days: u64, change: &str, purposes: &[&str]) -> PolicyRow {
        let asked = purposes.iter().map(|purpose| privacy::Asked {
            host: "music.example".to_owned(),
            fields: BTreeSet::from(["title".to_owned()]),
            purpose: (*purpose).to_owned(),
            country: "FR".to_owned(),
        });
        let policy = Policy {
            asked: asked.collect(),
            ..Policy::default()
        };
        PolicyRow {
            version: days.to_string(),
            published_at: at(days),
            change: change.to_owned(),
            model: serde_json::to_string(&policy).unwrap(),
        }
    }

    #[test]
    fn each_policy_that_says_more_counts_by_what_the_one_before_it_did_not_say() {
        let policies = [
            row(40, "wording", &["account", "history", "support"]),
            row(30, "more", &["account", "history", "support"]),
            row(20, "more", &["account", "history"]),
            row(10, "more", &["account"]),
        ]
        .map(|policy| Publication {
            ordinal: ordinal(policy.version.parse().unwrap()),
            policy,
        });
        let additions = Additions::of(&policies);
        let expected = [addition(30, "support"), addition(20, "history")];
        assert_eq!(additions.0, expected);
        assert_eq!(Additions::of(&policies[3..]), Additions::default());
    }

    // Promises T41, Y52
    #[test]
    fn whoever_missed_two_changes_is_told_of_both_and_whoever_saw_the_first_of_the_second() {
        let additions = Additions(vec![addition(30, "support"), addition(20, "history")]);
        let notice = |known: u64| additions.notice(|it| ordinal(known) < it.ordinal);
        let purposes = |known: u64| notice(known).map(|it| Vec::from_iter(it.purposes));
        let both = ["history".to_owned(), "support".to_owned()];
        assert_eq!(purposes(10).as_deref(), Some(&both[..]));
        assert_eq!(purposes(20).as_deref(), Some(&both[1..]));
        assert_eq!(notice(10).unwrap().ordinal, ordinal(30));
        assert_eq!(notice(30), None);
    }

    #[test]
    fn guests_are_shown_a_change_for_90_days() {
        assert_eq!(left_for_guests(at(10), at(99)), at(1).since(at(0)));
        assert_eq!(left_for_guests(at(10), at(100)), Duration::ZERO);
        assert_eq!(left_for_guests(at(99), at(9)), GUESTS_ARE_SHOWN, "set back");
    }

    #[test]
    fn a_browser_that_names_no_publication_is_shown_all() {
        let additions = Additions(vec![addition(3, "support"), addition(2, "history")]);
        let told = |seen: Option<u64>| {
            let notice = additions.notice_for_guest(seen.map(ordinal), at(4));
            notice.map_or(0, |it| it.purposes.len())
        };
        assert_eq!([None, Some(1), Some(2), Some(3)].map(told), [2, 2, 1, 0]);
        // Older programs named the moment.
        assert_eq!(told(Some(1_795_000_000_000)), 2);
    }

    #[test]
    fn what_was_read_is_believed_for_ten_seconds_and_not_when_the_clock_was_set_back() {
        let known = Known {
            additions: Arc::default(),
            latest: None,
            read_at: at(1),
        };
        assert!(known.is_fresh(at(1)));
        assert!(!known.is_fresh(at(1).after(BELIEVED)));
        assert!(!known.is_fresh(at(0)));
    }

    #[tokio::test]
    async fn policies_are_read_once_for_each_latest_addition_however_far_back_it_lies() {
        let folder = tempfile::tempdir().unwrap();
        let url = folder.path().join("unisono.db").display().to_string();
        let store = Store::open(&store::Settings::at(url)).await.unwrap();
        let publish = async |days: u64, change: &str| {
            let before = store.policy_in_force().await.unwrap();
            let row = row(days, change, &[]);
            assert!(store.publish_policy(&row, before, None).await.unwrap());
        };
        publish(1, "more").await;
        publish(2, "more").await;
        for days in 3..=3 + u64::from(LOOKED_BACK_MAX) {
            publish(days, "wording").await;
        }
        let first = read_additions(&store, None, at(200)).await.unwrap();
        assert_eq!(first.latest, Some(ordinal(2)));
        assert_eq!(*first.additions, Additions::default(), "too far back");
        let again = read_additions(&store, Some(first.clone()), at(201)).await;
        let again = again.unwrap();
        assert!(Arc::ptr_eq(&first.additions, &again.additions));
        assert_eq!(again.read_at, at(201));
        // At an earlier hour than the ones before it.
        publish(1, "more").await;
        let other = read_additions(&store, Some(again), at(203)).await.unwrap();
        let last = LOOKED_BACK_MAX + 4;
        assert_eq!(other.latest, Some(ordinal(last.into())));
        assert_eq!(other.additions.0.len(), 1);
        store.close().await;
    }
}
