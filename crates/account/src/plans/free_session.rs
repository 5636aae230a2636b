//! The life of a free session: free, running, told that it ends soon, resting, free again.
//!
//! It belongs to a person, not to a room, and runs by the clock: leaving early and coming back goes on with it, so
//! that nobody gains by either. What is kept of it is two moments.

use std::time::Duration;

use base::Timestamp;

use super::FreeLimits;

/// When people are told that a session ends, before it does: the earlier first.
const TOLD_BEFORE: [Duration; 2] = [Duration::from_secs(5 * 60), Duration::from_secs(60)];

/// Where somebody stands between one free session and the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FreeSession {
    /// A session may begin.
    Free,
    /// One runs.
    Running(Running),
    /// The last has ended, and the next may not begin yet.
    Resting(Resting),
}

/// A session that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Running {
    /// When it ends.
    pub ends: Timestamp,
    /// When the next may begin.
    pub free_again: Timestamp,
    /// How many of the announcements were made. A driver that starts anew makes none twice.
    told: usize,
}

/// The pause after a session. The next may not begin before it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the next free session may not begin yet")]
pub struct Resting {
    /// When the next may begin.
    pub free_again: Timestamp,
}

/// What the people in the room are to hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The session ends after this time, in whole minutes.
    EndsIn(Duration),
    /// It has ended.
    Ended,
}

impl FreeSession {
    /// What the two kept moments mean at `now`: when the session ends, and when the next may begin.
    #[must_use]
    pub fn read(ends: Timestamp, free_again: Timestamp, now: Timestamp) -> Self {
        let told = TOLD_BEFORE
            .iter()
            .filter(|&&before| ends.since(now) < before)
            .count();
        Self::Running(Running {
            ends,
            free_again: free_again.max(ends),
            told,
        })
        .advance(now)
        .0
    }

    /// Begins a session, or goes on with the one that runs.
    pub fn begin(self, limits: FreeLimits, now: Timestamp) -> Result<Running, Resting> {
        match self.advance(now).0 {
            Self::Free => {
                let ends = now.after(limits.session);
                Ok(Running {
                    ends,
                    free_again: ends.after(limits.cooldown),
                    told: 0,
                })
            }
            Self::Running(running) => Ok(running),
            Self::Resting(resting) => Err(resting),
        }
    }

    /// Moves on to `now`, with what is to be announced. Of announcements that came too late only what is still true
    /// is made.
    #[must_use]
    pub fn advance(self, now: Timestamp) -> (Self, Option<Notice>) {
        match self {
            Self::Running(running) if now >= running.ends => {
                let free_again = running.free_again;
                let (rested, _) = Self::Resting(Resting { free_again }).advance(now);
                (rested, Some(Notice::Ended))
            }
            Self::Running(running) => {
                let (running, notice) = running.tell(now);
                (Self::Running(running), notice)
            }
            Self::Resting(resting) if now >= resting.free_again => (Self::Free, None),
            Self::Free | Self::Resting(_) => (self, None),
        }
    }

    /// When to [`advance`](Self::advance) next.
    #[must_use]
    pub fn wakes(&self) -> Option<Timestamp> {
        match self {
            Self::Free => None,
            Self::Running(running) => Some(running.wakes()),
            Self::Resting(resting) => Some(resting.free_again),
        }
    }
}

impl Running {
    fn tell(self, now: Timestamp) -> (Self, Option<Notice>) {
        let left = self.ends.since(now);
        let due = TOLD_BEFORE.iter().filter(|&&before| left <= before).count();
        let told = self.told.max(due);
        let minutes = left.as_secs().div_ceil(60);
        let notice = (due > self.told).then(|| Notice::EndsIn(Duration::from_secs(minutes * 60)));
        (Self { told, ..self }, notice)
    }

    fn wakes(&self) -> Timestamp {
        let next = TOLD_BEFORE.get(self.told).copied().unwrap_or_default();
        let before_ms = i64::try_from(next.as_millis()).unwrap_or(0);
        Timestamp::from_unix_ms(self.ends.unix_ms().saturating_sub(before_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMITS: FreeLimits = FreeLimits {
        session: Duration::from_secs(60 * 60),
        cooldown: Duration::from_secs(15 * 60),
        devices_max: 5,
    };

    fn at(minutes: u64) -> Timestamp {
        Timestamp::from_unix_ms(1_763_760_000_000).after(Duration::from_secs(minutes * 60))
    }

    fn begun() -> FreeSession {
        FreeSession::Running(FreeSession::Free.begin(LIMITS, at(0)).unwrap())
    }

    fn ends_in(minutes: u64) -> Option<Notice> {
        Some(Notice::EndsIn(Duration::from_secs(minutes * 60)))
    }

    #[test]
    fn a_session_is_announced_at_five_minutes_and_at_one_ends_and_rests() {
        let mut session = begun();
        let mut heard = Vec::new();
        while let Some(wakes) = session.wakes() {
            let (next, notice) = session.advance(wakes);
            heard.push((wakes, notice));
            session = next;
        }
        assert_eq!(
            heard,
            [
                (at(55), ends_in(5)),
                (at(59), ends_in(1)),
                (at(60), Some(Notice::Ended)),
                (at(75), None),
            ]
        );
        assert_eq!(session, FreeSession::Free);
    }

    #[test]
    fn the_next_session_waits_for_the_end_of_the_pause() {
        let resting = begun().begin(LIMITS, at(60)).unwrap_err();
        assert_eq!(resting.free_again, at(75));
        assert!(begun().begin(LIMITS, at(74)).is_err());
        let next = begun().begin(LIMITS, at(75)).unwrap();
        assert_eq!(next.ends, at(135));
    }

    /// What is kept here decides, whatever a browser remembers.
    #[test]
    fn coming_back_goes_on_with_the_same_session() {
        let again = begun().begin(LIMITS, at(30)).unwrap();
        assert_eq!(again.ends, at(60));
        let kept = FreeSession::read(again.ends, again.free_again, at(30));
        assert_eq!(kept, FreeSession::Running(again));
    }

    #[test]
    fn what_was_announced_before_a_restart_is_not_announced_again() {
        let FreeSession::Running(running) = begun() else {
            panic!("it runs");
        };
        let kept = FreeSession::read(running.ends, running.free_again, at(57));
        assert_eq!(kept.wakes(), Some(at(59)));
        assert_eq!(kept.advance(at(57)).1, None);
        assert_eq!(kept.advance(at(59)).1, ends_in(1));
    }

    #[test]
    fn a_late_announcement_says_what_is_true_by_then() {
        assert_eq!(begun().advance(at(58)).1, ends_in(2));
        let (session, notice) = begun().advance(at(59));
        assert_eq!(notice, ends_in(1));
        assert_eq!(session.advance(at(59)).1, None);
        assert_eq!(
            begun().advance(at(100)),
            (FreeSession::Free, Some(Notice::Ended))
        );
    }

    #[test]
    fn without_a_pause_the_next_session_may_begin_at_once() {
        let limits = FreeLimits {
            cooldown: Duration::ZERO,
            ..LIMITS
        };
        let session = FreeSession::Running(FreeSession::Free.begin(limits, at(0)).unwrap());
        assert!(session.begin(limits, at(60)).is_ok());
    }

    proptest! {
        #[test]
        fn no_row_of_beginnings_gives_more_than_the_limits(pauses in proptest::collection::vec(0_u64..40, 1..200)) {
            let (mut session, mut minute) = (FreeSession::Free, 0);
            let mut ran: Vec<(u64, bool)> = Vec::new();
            for pause in pauses {
                minute += pause;
                session = match session.begin(LIMITS, at(minute)) {
                    Ok(running) => FreeSession::Running(running),
                    Err(resting) => FreeSession::Resting(resting),
                };
                ran.push((minute, matches!(session, FreeSession::Running(_))));
            }
            // Within any 75 minutes from the beginning of a session, it runs for the first 60 only.
            let mut began = None;
            for (minute, is_running) in ran {
                let since = *began.get_or_insert(minute);
                if minute - since >= 75 {
                    began = Some(minute);
                    prop_assert!(is_running);
                } else {
                    prop_assert_eq!(is_running, minute - since < 60);
                }
            }
        }

        #[test]
        fn a_driver_that_wakes_when_told_hears_each_notice_once(delays in proptest::collection::vec(0_u64..90, 8)) {
            let mut session = begun();
            let mut ended = 0;
            for delay in delays {
                let Some(wakes) = session.wakes() else { break };
                let now = wakes.after(Duration::from_secs(delay));
                let (next, notice) = session.advance(now);
                prop_assert!(next.wakes().is_none_or(|wakes| wakes > now));
                ended += u32::from(notice == Some(Notice::Ended));
                session = next;
            }
            prop_assert_eq!((session, ended), (FreeSession::Free, 1));
        }
    }
}
