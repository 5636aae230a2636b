//! The correction ladder: what a player that is not where the room is should do about it.
//!
//! Small errors are played away, a little faster or slower than anybody hears; large ones are jumped over, rarely.

use crate::{LocalTime, PlayerClass};

/// A player that has only just started is still finding its feet.
const FIRST_SEEK_US: i64 = 1_000_000;
/// A seek that is needed again so soon shows how late the last one landed.
const LEARN_US: i64 = 15_000_000;
/// No seek is aimed further ahead than this.
const LEAD_US_MAX: i64 = 2_000_000;
/// Ten seconds either way: far more than any loudspeaker lags.
const NUDGE_MS_MAX: i64 = 10_000;

/// Where a player is and where it should be, at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Playing {
    /// The moment, by the device's clock.
    pub now: LocalTime,
    /// Where the room is in the item, in microseconds.
    pub wanted_us: i64,
    /// Where the player is, in microseconds.
    pub actual_us: i64,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correction {
    /// Play on at the normal speed.
    Hold,
    /// Play at so many thousandths of the normal speed.
    Rate(i64),
    /// Jump to this position, in microseconds, and play at the normal speed.
    Seek(i64),
}

/// The rungs for one class of player. Errors are compared without their sign.
struct Rungs {
    rates: Option<Rates>,
    seek_beyond_us: i64,
    /// How long the error must last before it is jumped over.
    seek_held_us: i64,
    /// The least time between two seeks.
    seek_every_us: i64,
    /// A seek takes time of its own, which is learnt.
    lands_late: bool,
}

/// How a player is led by its speed, which is changed by thousandths.
struct Rates {
    /// Errors up to here are left alone,
    dead_us: i64,
    /// but one that was begun to be corrected is corrected down to here.
    settled_us: i64,
    slow: i64,
    /// Beyond this error the faster change is used,
    fast_us: i64,
    /// until the error is below this one.
    fast_until_us: i64,
    fast: i64,
}

const fn rungs(class: PlayerClass) -> Rungs {
    match class {
        PlayerClass::OwnAudio => Rungs {
            rates: Some(Rates {
                dead_us: 5_000,
                settled_us: 1_500,
                slow: 3,
                fast_us: 35_000,
                fast_until_us: 25_000,
                fast: 5,
            }),
            seek_beyond_us: 200_000,
            seek_held_us: 0,
            seek_every_us: 1_500_000,
            lands_late: false,
        },
        PlayerClass::MediaElement => Rungs {
            rates: Some(Rates {
                dead_us: 15_000,
                settled_us: 5_000,
                slow: 5,
                fast_us: 60_000,
                fast_until_us: 40_000,
                fast: 10,
            }),
            seek_beyond_us: 300_000,
            seek_held_us: 500_000,
            seek_every_us: 3_000_000,
            lands_late: true,
        },
        PlayerClass::Youtube => Rungs {
            rates: None,
            seek_beyond_us: 400_000,
            seek_held_us: 2_000_000,
            seek_every_us: 5_000_000,
            lands_late: true,
        },
        PlayerClass::Remote => Rungs {
            rates: None,
            seek_beyond_us: 800_000,
            seek_held_us: 3_000_000,
            seek_every_us: 10_000_000,
            lands_late: true,
        },
    }
}

/// How the speed is changed at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stride {
    Normal,
    Slow { is_ahead: bool },
    Fast { is_ahead: bool },
}

/// Leads one player.
#[derive(Clone, Copy, Debug)]
pub struct Ladder {
    class: PlayerClass,
    nudge_us: i64,
    began: LocalTime,
    stride: Stride,
    beyond_since: Option<LocalTime>,
    last_seek: Option<LocalTime>,
    lead_us: i64,
}

impl Ladder {
    /// A ladder for a player that starts at `now`.
    #[must_use]
    pub const fn new(class: PlayerClass, now: LocalTime) -> Self {
        Self {
            class,
            nudge_us: 0,
            began: now,
            stride: Stride::Normal,
            beyond_since: None,
            last_seek: None,
            lead_us: 0,
        }
    }

    /// Plays so many milliseconds ahead of the room, because the sound comes so much later out of the loudspeaker.
    pub fn nudge(&mut self, nudge_ms: i64) {
        self.nudge_us = nudge_ms.clamp(-NUDGE_MS_MAX, NUDGE_MS_MAX) * 1_000;
    }

    /// Another item, a pause that is over, a buffer that was empty: the player starts anew at `now`.
    pub const fn restart(&mut self, now: LocalTime) {
        self.began = now;
        self.stride = Stride::Normal;
        self.beyond_since = None;
    }

    /// How far ahead of where it should be the player is; negative when it is behind.
    #[must_use]
    pub fn error_us(&self, playing: &Playing) -> i64 {
        playing.actual_us.saturating_sub(self.target_us(playing))
    }

    /// What the player should do now.
    pub fn step(&mut self, playing: &Playing) -> Correction {
        let rungs = rungs(self.class);
        let error_us = self.error_us(playing);
        if self.is_seek_due(&rungs, error_us, playing.now) {
            return self.seek(&rungs, playing);
        }
        let Some(rates) = rungs.rates else {
            return Correction::Hold;
        };
        self.stride = self.stride.next(&rates, error_us);
        match self.stride {
            Stride::Normal => Correction::Hold,
            Stride::Slow { is_ahead: true } => Correction::Rate(1_000 - rates.slow),
            Stride::Slow { is_ahead: false } => Correction::Rate(1_000 + rates.slow),
            Stride::Fast { is_ahead: true } => Correction::Rate(1_000 - rates.fast),
            Stride::Fast { is_ahead: false } => Correction::Rate(1_000 + rates.fast),
        }
    }

    fn target_us(&self, playing: &Playing) -> i64 {
        playing.wanted_us.saturating_add(self.nudge_us).max(0)
    }

    fn is_seek_due(&mut self, rungs: &Rungs, error_us: i64, now: LocalTime) -> bool {
        if error_us.saturating_abs() <= rungs.seek_beyond_us {
            self.beyond_since = None;
            return false;
        }
        let since = *self.beyond_since.get_or_insert(now);
        let is_rested = |last: LocalTime| now.since_us(last) >= rungs.seek_every_us;
        now.since_us(since) >= rungs.seek_held_us
            && now.since_us(self.began) >= FIRST_SEEK_US
            && self.last_seek.is_none_or(is_rested)
    }

    fn seek(&mut self, rungs: &Rungs, playing: &Playing) -> Correction {
        let is_again = |last: LocalTime| playing.now.since_us(last) <= LEARN_US;
        if rungs.lands_late && self.last_seek.is_some_and(is_again) {
            let late_us = self.error_us(playing).saturating_neg();
            self.lead_us = self.lead_us.saturating_add(late_us).clamp(0, LEAD_US_MAX);
        }
        self.last_seek = Some(playing.now);
        self.beyond_since = None;
        self.stride = Stride::Normal;
        Correction::Seek(self.target_us(playing).saturating_add(self.lead_us))
    }
}

impl Stride {
    const fn next(self, rates: &Rates, error_us: i64) -> Self {
        let is_ahead = error_us > 0;
        let size_us = error_us.saturating_abs();
        let (enough_us, fast_us) = match self {
            Self::Slow { is_ahead: was } if was == is_ahead => (rates.settled_us, rates.fast_us),
            Self::Fast { is_ahead: was } if was == is_ahead => {
                (rates.settled_us, rates.fast_until_us)
            }
            _ => (rates.dead_us, rates.fast_us),
        };
        if size_us <= enough_us {
            Self::Normal
        } else if size_us <= fast_us {
            Self::Slow { is_ahead }
        } else {
            Self::Fast { is_ahead }
        }
    }
}

#[cfg(test)]
#[path = "ladder_tests.rs"]
mod tests;
