//! What people and programs see of it: states and shares, no sums.

use std::collections::BTreeMap;

use base::Timestamp;
use music::Platform;
use privacy::day;
use serde::Serialize;
use utoipa::ToSchema;

use super::standing::{Met, PartState, Standing};
use super::{Checks, DAY_MS, DAYS, Part, first_day};

/// A day is shown as an incident from so many checks on that did not go well ...
const INCIDENT_BAD_MIN: u64 = 3;
/// ... where they are more than one in twenty.
const INCIDENT_PERCENT: u8 = 95;
/// Incidents that are shown, the latest.
const INCIDENTS_MAX: usize = 30;

/// How the service does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StatusView {
    /// When this server last looked at itself; none: it has just started. In Unix milliseconds, as all moments here.
    #[schema(value_type = Option<i64>)]
    pub checked_at: Option<Timestamp>,
    /// The first of the 90 days, as `2026-11-22` in UTC. The last is today.
    pub first_day: String,
    /// Each part.
    pub parts: Vec<PartView>,
    /// Days on which at least three checks of a part, and more than one in twenty, did not go well. The latest first, 30 at most.
    pub incidents: Vec<Incident>,
}

/// How one part of the service does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PartView {
    /// Which: `web`, `rooms`, `relay`, `mail` or `links`.
    #[serde(serialize_with = "kind")]
    #[schema(value_type = String)]
    pub part: Part,
    /// The music service whose links are looked up.
    #[schema(value_type = Option<String>)]
    pub platform: Option<Platform>,
    /// Whether it works.
    pub state: PartState,
    /// Since when it does not.
    #[schema(value_type = Option<i64>)]
    pub since: Option<Timestamp>,
    /// When it was last tried.
    #[schema(value_type = Option<i64>)]
    pub checked_at: Option<Timestamp>,
    /// How many of a hundred checks went well in the 90 days, rounded down; none where there was no check.
    pub percent: Option<u8>,
    /// The same for each of the 90 days, the first one first.
    pub days: Vec<Option<u8>>,
}

/// A day with trouble.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Incident {
    /// The day, as `2026-11-22` in UTC.
    pub day: String,
    /// Which part.
    #[serde(serialize_with = "kind")]
    #[schema(value_type = String)]
    pub part: Part,
    /// The music service whose links are looked up.
    #[schema(value_type = Option<String>)]
    pub platform: Option<Platform>,
    /// How many of a hundred checks went well, rounded down.
    pub percent: u8,
}

fn kind<S: serde::Serializer>(part: &Part, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(part.kind())
}

/// What is known, to be shown.
pub(super) struct Shown<'a> {
    pub(super) standings: &'a BTreeMap<Part, Standing>,
    pub(super) checks: &'a Checks,
    pub(super) checked_at: Option<Timestamp>,
    pub(super) now: Timestamp,
}

impl Shown<'_> {
    pub(super) fn view(&self, is_set_up: impl Fn(Part) -> bool) -> StatusView {
        StatusView {
            checked_at: self.checked_at,
            first_day: day(first_day(self.now)),
            parts: Part::all()
                .map(|part| self.part(part, is_set_up(part)))
                .collect(),
            incidents: self.incidents(),
        }
    }

    fn part(&self, part: Part, is_set_up: bool) -> PartView {
        let standing = self.standings.get(&part).copied().unwrap_or_default();
        let (state, since) = match is_set_up {
            true => standing.state(self.now),
            false => (PartState::NotSetUp, None),
        };
        let first = first_day(self.now).unix_ms();
        let days = (0..DAYS).map(|number| Timestamp::from_unix_ms(first + number * DAY_MS));
        let days: Vec<Met> = days.map(|day| self.met(day, part)).collect();
        PartView {
            part,
            platform: part.platform(),
            state,
            since,
            checked_at: standing.checked_at(),
            percent: days
                .iter()
                .copied()
                .fold(Met::default(), Met::and)
                .percent(),
            days: days.into_iter().map(Met::percent).collect(),
        }
    }

    fn met(&self, day: Timestamp, part: Part) -> Met {
        self.checks.get(&(day, part)).copied().unwrap_or_default()
    }

    fn incidents(&self) -> Vec<Incident> {
        let first = first_day(self.now);
        let days = self.checks.range((first, Part::Web)..).rev();
        let incidents = days.filter_map(|((moment, part), met)| {
            let percent = met.percent()?;
            let counts = met.bad >= INCIDENT_BAD_MIN && percent < INCIDENT_PERCENT;
            counts.then(|| Incident {
                day: day(*moment),
                part: *part,
                platform: part.platform(),
                percent,
            })
        });
        incidents.take(INCIDENTS_MAX).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noon of the day with this number.
    fn noon(number: i64) -> Timestamp {
        Timestamp::from_unix_ms(number * DAY_MS + DAY_MS / 2)
    }

    fn view(checks: &[(i64, Part, u64, u64)]) -> StatusView {
        let checks = checks.iter().map(|(number, part, good, bad)| {
            let (good, bad) = (*good, *bad);
            let day = Timestamp::from_unix_ms(number * DAY_MS);
            ((day, *part), Met { good, bad })
        });
        let shown = Shown {
            standings: &BTreeMap::new(),
            checks: &checks.collect(),
            checked_at: None,
            now: noon(100),
        };
        shown.view(|part| part != Part::Mail)
    }

    #[test]
    fn ninety_days_are_shown_and_today_is_the_last() {
        let view = view(&[
            (10, Part::Rooms, 1, 0),
            (11, Part::Rooms, 1, 0),
            (100, Part::Rooms, 1, 2),
        ]);
        assert_eq!(view.first_day, "1970-01-12");
        let rooms = &view.parts[1];
        assert_eq!((rooms.part, rooms.days.len()), (Part::Rooms, 90));
        assert_eq!((rooms.days[0], rooms.days[1]), (Some(100), None));
        assert_eq!((rooms.days[89], rooms.percent), (Some(33), Some(50)));
    }

    #[test]
    fn a_part_that_is_not_set_up_is_called_so() {
        let states: Vec<PartState> = view(&[]).parts.iter().map(|part| part.state).collect();
        assert_eq!(states[..2], [PartState::Unknown, PartState::Unknown]);
        assert_eq!(states[3], PartState::NotSetUp);
    }

    #[test]
    fn a_day_is_an_incident_when_much_of_it_failed_and_not_for_one_bad_check() {
        let view = view(&[
            (10, Part::Web, 0, 9),
            (20, Part::Web, 0, 2),
            (30, Part::Web, 97, 3),
            (40, Part::Web, 56, 4),
            (50, Part::Links(Platform::Deezer), 0, 3),
        ]);
        let told: Vec<(&str, Part, u8)> = view
            .incidents
            .iter()
            .map(|one| (one.day.as_str(), one.part, one.percent))
            .collect();
        let deezer = Part::Links(Platform::Deezer);
        assert_eq!(
            told,
            [("1970-02-20", deezer, 0), ("1970-02-10", Part::Web, 93)]
        );
    }
}
