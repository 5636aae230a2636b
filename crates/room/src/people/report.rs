//! What devices say of themselves: how they play, and whether they were ready in time.

use std::time::Duration;

use base::{PersonId, Timestamp};
use protocol::room::{PlayerReport, SERVICE_CHARS_MAX, clean};
use serde::{Deserialize, Serialize};

use super::{Changes, MISSES_MAX, People};

/// Others are told of a person's player at most this often.
pub(crate) const SHOWN_EVERY: Duration = Duration::from_secs(5);
/// A smaller difference of the error in ms is not worth telling everybody.
const ERROR_MS_WORTH: u32 = 5;

/// What a person's latest device said of its player, and what others were told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Player {
    shown: Option<PlayerReport>,
    shown_at: Option<Timestamp>,
    /// It is otherwise, but others were told just now.
    waiting: Option<PlayerReport>,
}

impl Player {
    pub(super) const fn shown(&self) -> Option<&PlayerReport> {
        self.shown.as_ref()
    }

    /// Takes a report. Whether others see it now.
    fn take(&mut self, report: PlayerReport, now: Timestamp) -> bool {
        let is_same = self
            .shown
            .as_ref()
            .is_some_and(|it| looks_alike(it, &report));
        self.waiting = (!is_same).then_some(report);
        self.show(now)
    }

    /// Shows what waits, once it may be shown.
    fn show(&mut self, now: Timestamp) -> bool {
        if self.shown_at.is_some_and(|at| at.after(SHOWN_EVERY) > now) || self.waiting.is_none() {
            return false;
        }
        self.shown = self.waiting.take();
        self.shown_at = Some(now);
        true
    }

    pub(super) fn next_deadline(&self) -> Option<Timestamp> {
        let waiting = self.waiting.as_ref();
        waiting.and(self.shown_at).map(|at| at.after(SHOWN_EVERY))
    }
}

/// Whether the difference is too small to tell.
fn looks_alike(a: &PlayerReport, b: &PlayerReport) -> bool {
    let is_close = match (a.error_ms, b.error_ms) {
        (Some(a), Some(b)) => a.abs_diff(b) < ERROR_MS_WORTH.max(a / 4),
        (a, b) => a == b,
    };
    is_close && a.class == b.class && a.service == b.service
}

impl People {
    /// A device says what it plays with.
    pub(crate) fn report(
        &mut self,
        id: PersonId,
        mut report: PlayerReport,
        now: Timestamp,
    ) -> Changes {
        let service = report.service.take();
        let service = service.map(|service| clean(&service, SERVICE_CHARS_MAX));
        report.service = service.filter(|service| !service.is_empty());
        let person = self.persons.get_mut(&id);
        if person.is_some_and(|person| person.player.take(report, now)) {
            Changes::of(id)
        } else {
            Changes::default()
        }
    }

    /// Shows reports that others may be told of by now.
    pub(super) fn show_reports(&mut self, now: Timestamp, changes: &mut Changes) {
        for (id, person) in &mut self.persons {
            if person.player.show(now) {
                changes.shown.insert(*id);
            }
        }
    }

    /// A person was ready for a start: the others wait for them again.
    pub(crate) fn was_ready(&mut self, id: PersonId) -> Changes {
        let Some(person) = self.persons.get_mut(&id) else {
            return Changes::default();
        };
        let was_soft = person.is_soft();
        person.misses = 0;
        if was_soft {
            Changes::of(id)
        } else {
            Changes::default()
        }
    }

    /// These persons missed a start. Who does so twice in a row is not waited for until they are ready once.
    pub(crate) fn missed(&mut self, persons: impl IntoIterator<Item = PersonId>) -> Changes {
        let mut changes = Changes::default();
        for id in persons {
            let Some(person) = self.persons.get_mut(&id) else {
                continue;
            };
            let was_soft = person.is_soft();
            person.misses = (person.misses + 1).min(MISSES_MAX);
            if person.is_soft() != was_soft {
                changes.shown.insert(id);
            }
        }
        changes
    }
}
