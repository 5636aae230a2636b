//! The room's clock as a device sees it: asks, listens, and says what o'clock it is.

use crate::filter::ClockFilter;
use crate::measurement::{Burst, Exchange};
use crate::schedule::Schedule;
use crate::{Cause, LocalTime, Reading, RoomTime, TimeAnswer, TimeRequest};

/// An answer that comes later than this after the last question of its burst is not waited for.
const ANSWER_WAIT_US: i64 = 2_000_000;

/// Asks for the time when it is due, and keeps what it was told.
#[derive(Clone, Debug)]
pub struct RoomClock {
    schedule: Schedule,
    filter: ClockFilter,
    clock_epoch: Option<u8>,
    /// Questions of this burst that have no answer yet, at most eight.
    asked: Vec<LocalTime>,
    last_asked: LocalTime,
    burst: Option<Burst>,
}

impl RoomClock {
    /// A clock that knows nothing yet; its first question is due at once.
    #[must_use]
    pub const fn new(now: LocalTime) -> Self {
        Self {
            schedule: Schedule::new(now),
            filter: ClockFilter::new(),
            clock_epoch: None,
            asked: Vec::new(),
            last_asked: now,
            burst: None,
        }
    }

    /// When to call [`RoomClock::tick`] next.
    #[must_use]
    pub fn next_deadline(&self) -> LocalTime {
        let next = self.schedule.next();
        if self.burst.is_some() && self.schedule.is_between_bursts() {
            next.min(self.last_asked.after_us(ANSWER_WAIT_US))
        } else {
            next
        }
    }

    /// What to send at once, if anything.
    pub fn tick(&mut self, now: LocalTime) -> Option<TimeRequest> {
        let is_over = now >= self.last_asked.after_us(ANSWER_WAIT_US);
        if is_over && self.schedule.is_between_bursts() {
            self.finish();
        }
        let due = self.schedule.due(now)?;
        if due.is_first {
            self.finish();
        }
        self.asked.push(now);
        self.last_asked = now;
        Some(TimeRequest { sent: now })
    }

    /// Takes an answer that came at `now`. What was not asked, or not lately, is not heard.
    pub fn hear(&mut self, answer: &TimeAnswer, now: LocalTime) {
        let Some(place) = self.asked.iter().position(|sent| *sent == answer.sent) else {
            return;
        };
        self.asked.remove(place);
        let Some(exchange) = Exchange::new(answer, now) else {
            return;
        };
        if self.clock_epoch != Some(answer.clock_epoch) {
            self.clock_epoch = Some(answer.clock_epoch);
            self.filter = ClockFilter::new();
            self.burst = None;
        }
        match &mut self.burst {
            Some(burst) => burst.add(exchange),
            None => self.burst = Some(Burst::new(exchange)),
        }
        if self.asked.is_empty() && self.schedule.is_between_bursts() {
            self.finish();
        }
    }

    /// Something happened that makes what is known doubtful: a new burst starts at once.
    pub fn restart(&mut self, cause: Cause, now: LocalTime) {
        self.asked.clear();
        self.burst = None;
        self.schedule = Schedule::new(now);
        match cause {
            Cause::Wake => self.filter.doubt(),
            Cause::NetworkChange => self.filter.forget_path(),
        }
    }

    /// What o'clock it is in the room at `now`; nothing before the first answer.
    #[must_use]
    pub fn at(&self, now: LocalTime) -> Option<Reading> {
        self.filter
            .read(now)
            .or_else(|| self.provisional()?.read(now))
    }

    /// When, by our clock, it is `room` o'clock in the room.
    #[must_use]
    pub fn local_at(&self, room: RoomTime) -> Option<LocalTime> {
        let known = self.filter.local_at(room);
        known.or_else(|| self.provisional()?.local_at(room))
    }

    /// What the first burst says before it is over.
    fn provisional(&self) -> Option<ClockFilter> {
        let mut filter = ClockFilter::new();
        filter.observe(&self.burst.as_ref()?.measurement());
        Some(filter)
    }

    fn finish(&mut self) {
        self.asked.clear();
        if let Some(burst) = self.burst.take() {
            self.filter.observe(&burst.measurement());
        }
    }
}
