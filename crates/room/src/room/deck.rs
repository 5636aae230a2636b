//! What plays: the law of the position, the barrier before a start, and the end of an item.

use std::collections::BTreeMap;
use std::time::Duration;

use base::{ItemId, PersonId, Timestamp};
use protocol::room::{PausedBecause, Playback};
use serde::{Deserialize, Serialize};

/// What follows is announced this long before it starts, so that it can be loaded.
pub const ANNOUNCED_AHEAD: Duration = Duration::from_secs(20);
/// How long a start waits for those who are not ready.
pub const BARRIER_SOFT: Duration = Duration::from_secs(3);
/// How long it waits where everybody is waited for.
pub const BARRIER_STRICT: Duration = Duration::from_secs(30);
/// A room that nobody hears stands still after this long; whoever only loses the network for a moment notices nothing.
pub const EMPTY_GRACE: Duration = Duration::from_secs(15);
/// A start lies at least this far ahead.
const LEAD_MS_MIN: u64 = 400;
/// A start lies at most this far ahead.
const LEAD_MS_MAX: u64 = 3_000;
/// Beside 1.5 round trips of the slowest: time to decode and to schedule.
const LEAD_MS_BASE: u64 = 200;
/// A longer round trip is not believed, and would not be waited for.
const RTT_MS_MAX: u32 = 5_000;

/// What plays, and who is waited for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Deck {
    pub playback: Playback,
    /// Counts starts.
    pub generation: u64,
    /// The queue ran out while it played: what comes next starts by itself.
    pub has_run_out: bool,
    /// Who is not ready yet, by name.
    pub awaited: Vec<PersonId>,
    /// Until when those are waited for.
    pub barrier: Option<Timestamp>,
    /// Since when nobody hears it.
    pub empty_since: Option<Timestamp>,
    /// Round trips as devices told them.
    rtt_ms: BTreeMap<PersonId, u32>,
}

impl Deck {
    pub(super) const fn new() -> Self {
        Self {
            playback: Playback::Idle,
            generation: 0,
            has_run_out: false,
            awaited: Vec::new(),
            barrier: None,
            empty_since: None,
            rtt_ms: BTreeMap::new(),
        }
    }

    /// Where in the item the room is at `now`.
    pub(super) fn position_ms(&self, now: Timestamp, duration_ms: Option<u64>) -> u64 {
        let position = match self.playback {
            Playback::Idle => 0,
            Playback::Preparing { position_ms, .. } | Playback::Paused { position_ms, .. } => {
                position_ms
            }
            Playback::Playing {
                position_ms,
                start_at,
                ..
            } => position_ms.saturating_add(whole_ms(now.since(start_at))),
        };
        position.min(duration_ms.unwrap_or(u64::MAX))
    }

    /// When what plays is over, if anybody knows how long it is.
    pub(super) fn ends_at(&self, duration_ms: Option<u64>) -> Option<Timestamp> {
        let Playback::Playing {
            position_ms,
            start_at,
            ..
        } = self.playback
        else {
            return None;
        };
        let left = duration_ms?.saturating_sub(position_ms);
        Some(start_at.after(Duration::from_millis(left)))
    }

    /// What was announced to follow.
    pub(super) const fn announced(&self) -> Option<ItemId> {
        match self.playback {
            Playback::Playing { next, .. } => next,
            _ => None,
        }
    }

    pub(super) const fn is_moving(&self) -> bool {
        matches!(
            self.playback,
            Playback::Playing { .. } | Playback::Preparing { .. }
        )
    }

    /// Whether somebody wanted it to stand still.
    pub(super) const fn is_paused_on_purpose(&self) -> bool {
        matches!(
            self.playback,
            Playback::Paused {
                because: PausedBecause::Asked,
                ..
            }
        )
    }

    /// A person's device told its round trip.
    pub(super) fn told_rtt(&mut self, person: PersonId, rtt_ms: u32) {
        self.rtt_ms.insert(person, rtt_ms.min(RTT_MS_MAX));
    }

    /// A person is not connected any more: neither waited for nor reckoned with.
    pub(super) fn forget(&mut self, person: PersonId) {
        self.is_ready(person);
        self.rtt_ms.remove(&person);
    }

    /// A person is waited for too.
    pub(super) fn wait_for(&mut self, person: PersonId) {
        if let Err(place) = self.awaited.binary_search(&person) {
            self.awaited.insert(place, person);
        }
    }

    /// A person is not waited for any longer. Whether they were.
    pub(super) fn is_ready(&mut self, person: PersonId) -> bool {
        let place = self.awaited.binary_search(&person);
        place.map(|place| self.awaited.remove(place)).is_ok()
    }

    /// How far ahead a start lies, so that the slowest but few hear of it in time.
    pub(super) fn lead(&self) -> Duration {
        let mut told: Vec<u32> = self.rtt_ms.values().copied().collect();
        let place = (told.len() * 95).div_ceil(100).saturating_sub(1);
        let p95 = if told.is_empty() {
            0
        } else {
            u64::from(*told.select_nth_unstable(place).1)
        };
        let lead = p95 * 3 / 2 + LEAD_MS_BASE;
        Duration::from_millis(lead.clamp(LEAD_MS_MIN, LEAD_MS_MAX))
    }

    fn next_generation(&mut self) -> u64 {
        self.generation += 1;
        self.awaited.clear();
        self.barrier = None;
        self.has_run_out = false;
        self.generation
    }

    /// Starts as soon as the slowest can know.
    pub(super) fn start(&mut self, item: ItemId, position_ms: u64, now: Timestamp) {
        let start_at = now.after(self.lead());
        self.start_at(item, position_ms, start_at);
    }

    /// Starts at that moment.
    pub(super) fn start_at(&mut self, item: ItemId, position_ms: u64, start_at: Timestamp) {
        let generation = self.next_generation();
        self.playback = Playback::Playing {
            item,
            generation,
            position_ms,
            start_at,
            next: None,
        };
    }

    /// Waits for these persons until then.
    pub(super) fn prepare(
        &mut self,
        item: ItemId,
        position_ms: u64,
        awaited: Vec<PersonId>,
        deadline: Timestamp,
    ) {
        let generation = self.next_generation();
        self.awaited = awaited;
        self.barrier = Some(deadline);
        self.playback = Playback::Preparing {
            item,
            generation,
            position_ms,
            deadline,
        };
    }

    /// Everybody is ready, or the time is over: what was prepared starts, under the generation it was prepared as.
    pub(super) fn release(&mut self, now: Timestamp) {
        let start_at = now.after(self.lead());
        self.barrier = None;
        self.awaited.clear();
        if let Playback::Preparing {
            item,
            generation,
            position_ms,
            ..
        }
        | Playback::Paused {
            item,
            generation,
            position_ms,
            ..
        } = self.playback
        {
            self.playback = Playback::Playing {
                item,
                generation,
                position_ms,
                start_at,
                next: None,
            };
        }
    }

    /// Stands still there.
    pub(super) fn pause(&mut self, item: ItemId, position_ms: u64, because: PausedBecause) {
        self.awaited.clear();
        self.barrier = None;
        self.playback = Playback::Paused {
            item,
            generation: self.generation,
            position_ms,
            because,
        };
    }

    /// Nothing is on.
    pub(super) fn stop(&mut self, has_run_out: bool) {
        self.next_generation();
        self.has_run_out = has_run_out;
        self.playback = Playback::Idle;
    }

    /// Announces what follows, or takes it back.
    pub(super) fn announce(&mut self, what: Option<ItemId>) {
        if let Playback::Playing { next, .. } = &mut self.playback {
            *next = what;
        }
    }
}

pub(super) fn whole_ms(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
