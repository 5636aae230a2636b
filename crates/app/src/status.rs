//! How each part of the service does, now and on the last ninety days.
//!
//! Nobody is asked for the sake of it. The server looks at itself once a minute; of mail and of music services it counts
//! what came of it when somebody's wish led there. What is shown lies in memory, so that it can be told while the
//! database is away.

mod part;
mod standing;
mod view;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base::Timestamp;
use outbound::{NotSent, ProviderId, ProviderState};
use store::{StatusDay, StoreError};

use crate::jobs::{EVERY, rest};
use crate::links::home_of;
use crate::{App, Job};

pub use part::Part;
pub use standing::PartState;
pub use view::{Incident, PartView, StatusView};

use standing::{Met, Standing};
use view::Shown;

/// Days that are shown and kept, today among them.
const DAYS: i64 = 90;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Checks by day and part. Days and parts are few, so these are.
type Checks = BTreeMap<(Timestamp, Part), Met>;

/// What is known of all parts.
#[derive(Default)]
pub(crate) struct Status(Mutex<Known>);

#[derive(Default)]
struct Known {
    standings: BTreeMap<Part, Standing>,
    /// What the store held when it was last read.
    kept: Checks,
    /// What the store is being given: it may have it already.
    keeping: Checks,
    /// What is not in the store yet.
    unkept: Checks,
    /// How many answers and faults each provider had when it was last looked at.
    seen: BTreeMap<ProviderId, Met>,
    checked_at: Option<Timestamp>,
}

impl Status {
    /// Counts what came of checks of `part`.
    pub(crate) fn note(&self, part: Part, met: Met, now: Timestamp) {
        self.known().note(part, met, now);
    }

    /// Counts what came of handing over a letter. One that cannot be written says nothing of the mail server.
    pub(crate) fn note_letter(&self, sent: Result<(), NotSent>, now: Timestamp) {
        let is_good = match sent {
            Ok(()) | Err(NotSent::Refused(_)) => true,
            Err(NotSent::Later(_) | NotSent::Unreachable | NotSent::NotSecret) => false,
            Err(NotSent::Unwritable) => return,
        };
        self.note(Part::Mail, Met::one(is_good), now);
    }

    /// Counts what providers have answered since they were last looked at.
    fn note_providers(&self, states: Vec<ProviderState>, now: Timestamp) {
        let mut known = self.known();
        let mut news: BTreeMap<Part, Met> = BTreeMap::new();
        for state in states {
            let all = Met {
                good: state.answered,
                bad: state.faulted,
            };
            let before = known.seen.insert(state.provider, all).unwrap_or_default();
            let new = Met {
                good: all.good.saturating_sub(before.good),
                bad: all.bad.saturating_sub(before.bad),
            };
            let of_part = news
                .entry(Part::Links(home_of(state.provider)))
                .or_default();
            *of_part = of_part.and(new);
        }
        for (part, met) in news {
            known.note(part, met, now);
        }
    }

    /// What is not in the store yet, to be kept there.
    fn to_keep(&self) -> Checks {
        let mut known = self.known();
        known.keeping = std::mem::take(&mut known.unkept);
        known.keeping.clone()
    }

    /// The store took it.
    fn has_kept(&self) {
        let mut known = self.known();
        let keeping = std::mem::take(&mut known.keeping);
        add(&mut known.kept, keeping);
    }

    /// The store did not take it: it is kept later, as far as it is still shown.
    fn has_not_kept(&self, now: Timestamp) {
        let first = first_day(now);
        let mut known = self.known();
        let mut keeping = std::mem::take(&mut known.keeping);
        keeping.retain(|(day, _), _| *day >= first);
        add(&mut known.unkept, keeping);
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn note(&mut self, part: Part, met: Met, now: Timestamp) {
        if met.is_nothing() {
            return;
        }
        let standing = self.standings.entry(part).or_default();
        *standing = standing.after(met, now);
        let unkept = self.unkept.entry((day_of(now), part)).or_default();
        *unkept = unkept.and(met);
    }

    /// All checks, in the store or not.
    fn checks(&self) -> Checks {
        let mut checks = self.kept.clone();
        add(&mut checks, self.keeping.clone());
        add(&mut checks, self.unkept.clone());
        checks
    }
}

fn add(checks: &mut Checks, more: Checks) {
    for (place, met) in more {
        let all = checks.entry(place).or_default();
        *all = all.and(met);
    }
}

impl App {
    /// How each part of the service does.
    #[must_use]
    pub fn status(&self) -> StatusView {
        let known = self.inner.status.known();
        let shown = Shown {
            standings: &known.standings,
            checks: &known.checks(),
            checked_at: known.checked_at,
            now: self.now(),
        };
        shown.view(|part| self.is_set_up(part))
    }

    fn is_set_up(&self, part: Part) -> bool {
        let outbound = self.inner.links.outbound();
        match part {
            Part::Web | Part::Rooms => true,
            Part::Relay => self.inner.relay.is_set_up(),
            Part::Mail => outbound.mailer().is_some(),
            Part::Links(platform) => {
                let mut providers = outbound.providers().into_iter();
                providers.any(|provider| home_of(provider) == platform)
            }
        }
    }

    /// Looks at each part, and keeps what came of it.
    pub(crate) async fn check_parts(&self, now: Timestamp) -> Result<(), StoreError> {
        let (status, inner) = (&self.inner.status, &self.inner);
        let answers = inner.store.ping().await.is_ok();
        status.note(Part::Web, Met::one(answers), now);
        let relay = tokio::select! {
            answers = inner.relay.answers() => answers,
            () = inner.stopping.cancelled() => None,
        };
        if let Some(answers) = relay {
            status.note(Part::Relay, Met::one(answers), now);
        }
        status.note_providers(inner.links.outbound().states(), now);
        let kept = self.keep_status(now).await;
        // What happens in a room is kept as this was; the next turn writes that down.
        status.note(Part::Rooms, Met::one(kept.is_ok()), now);
        status.known().checked_at = Some(now);
        kept
    }

    /// Adds what is new to what the store has, and reads what it holds: other nodes add to it too.
    async fn keep_status(&self, now: Timestamp) -> Result<(), StoreError> {
        let (status, store) = (&self.inner.status, &self.inner.store);
        let days = status.to_keep().into_iter();
        let days = days.map(|((day, part), met)| StatusDay {
            day,
            part: part.word(),
            good: met.good,
            bad: met.bad,
        });
        let days: Vec<StatusDay> = days.collect();
        if let Err(error) = store.add_status(&days).await {
            status.has_not_kept(now);
            return Err(error);
        }
        status.has_kept();
        let rows = store.status_since(first_day(now)).await?.into_iter();
        let kept = rows.filter_map(|row| {
            let (good, bad) = (row.good, row.bad);
            let part = Part::of_word(&row.part)?;
            Some(((row.day, part), Met { good, bad }))
        });
        status.known().kept = kept.collect();
        Ok(())
    }
}

/// Looks at each part once a minute, until the server stops.
pub(crate) async fn keep_status(app: App) {
    loop {
        let now = app.now();
        let mut failure = None;
        if let Err(error) = app.check_parts(now).await {
            let reference = app.reference();
            tracing::error!(%reference, %error, "how the parts do could not be kept; trying again in a minute");
            failure = Some(reference);
        }
        app.note_run(Job::Status, failure, now.after(EVERY));
        if !rest(&app, now).await {
            return;
        }
    }
}

/// The start of the day in UTC.
fn day_of(moment: Timestamp) -> Timestamp {
    Timestamp::from_unix_ms(moment.unix_ms().div_euclid(DAY_MS) * DAY_MS)
}

/// The first of the days that are shown.
fn first_day(now: Timestamp) -> Timestamp {
    Timestamp::from_unix_ms(day_of(now).unix_ms() - (DAYS - 1) * DAY_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_check_is_left_out_while_the_store_is_given_it() {
        let (status, now) = (Status::default(), Timestamp::default());
        let shown = || status.known().checks()[&(now, Part::Mail)].good;
        let good = Met::one(true);
        status.note(Part::Mail, good, now);
        assert_eq!(status.to_keep()[&(now, Part::Mail)], good);
        status.note(Part::Mail, good, now);
        assert_eq!(shown(), 2, "while it is kept");
        status.has_not_kept(now);
        assert_eq!(shown(), 2, "when it was not");
        assert_eq!(status.to_keep().values().next(), Some(&good.and(good)));
        status.has_kept();
        assert_eq!(shown(), 2, "when it was");
        assert!(status.to_keep().is_empty());
    }
}
