//! The law of position: where in the item a playing room is.

use base::Timestamp;

use crate::RoomTime;

/// 2^42 milliseconds, 139 years: nothing that plays is longer, and microseconds of it are exact everywhere.
const SPAN_MS_MAX: i64 = 1 << 42;

/// What a playing room has agreed on. The position is derived, so that members agree without messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Law {
    /// The position at `start_at`, in milliseconds.
    pub position_ms: i64,
    /// When playing starts or started. Until then the room waits at `position_ms`.
    pub start_at: Timestamp,
    /// How long the item is, where that is known.
    pub duration_ms: Option<i64>,
}

impl Law {
    /// Where in the item the room is at `now`, in microseconds: never before the beginning nor past the end.
    #[must_use]
    pub fn position_us(&self, now: RoomTime) -> i64 {
        let played_us = (now.us() - RoomTime::from(self.start_at).us()).max(0);
        let position_us = span_us(self.position_ms) + played_us;
        match self.duration_ms {
            Some(duration_ms) => position_us.min(span_us(duration_ms)),
            None => position_us,
        }
    }

    /// When the room reaches `position_us`: the moment to start a player that was prepared there.
    #[must_use]
    pub fn reaches(&self, position_us: i64) -> RoomTime {
        let ahead_us = position_us.saturating_sub(span_us(self.position_ms)).max(0);
        RoomTime::from_us(RoomTime::from(self.start_at).us().saturating_add(ahead_us))
    }
}

fn span_us(ms: i64) -> i64 {
    ms.clamp(0, SPAN_MS_MAX) * 1_000
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LAW: Law = Law {
        position_ms: 1_500,
        start_at: Timestamp::from_unix_ms(1_000_000),
        duration_ms: Some(4_000),
    };

    fn at(us: i64) -> RoomTime {
        RoomTime::from_us(us)
    }

    #[test]
    fn the_room_waits_then_plays_then_stays_at_the_end() {
        assert_eq!(LAW.position_us(at(999_000_000)), 1_500_000);
        assert_eq!(LAW.position_us(at(1_000_000_001)), 1_500_001);
        assert_eq!(LAW.position_us(at(1_002_499_999)), 3_999_999);
        assert_eq!(LAW.position_us(at(9_000_000_000)), 4_000_000);
    }

    #[test]
    fn a_position_is_reached_when_the_law_says_so() {
        assert_eq!(LAW.reaches(2_000_000), at(1_000_500_000));
        assert_eq!(LAW.reaches(0), at(1_000_000_000));
    }

    proptest! {
        #[test]
        fn positions_never_run_backwards_nor_leave_the_item(
            position_ms: i64, start_at: i64, duration_ms: Option<i64>, now: i64, later in 0..i64::MAX,
        ) {
            let law = Law { position_ms, start_at: Timestamp::from_unix_ms(start_at), duration_ms };
            let (before, after) = (at(now), at(now.saturating_add(later)));
            prop_assert!(law.position_us(before) <= law.position_us(after));
            prop_assert!(law.position_us(before) >= 0);
            if let Some(duration_ms) = duration_ms {
                prop_assert!(law.position_us(after) <= span_us(duration_ms));
            }
        }
    }
}
