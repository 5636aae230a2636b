//! Two kinds of moments that must never be mixed up: the device's and the room's.

use base::Timestamp;

/// 2^52 microseconds are 142 years: until 2112 as Unix time. Sums and differences of two such moments are exact in
/// the 53 bits of a JavaScript number.
const MOMENT_US_MAX: i64 = (1 << 52) - 1;

/// A moment of this device's monotonic clock, in whole microseconds since a beginning of the device's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime(i64);

/// A moment of the room's clock, in whole microseconds of Unix time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoomTime(i64);

impl LocalTime {
    /// The moment `us` microseconds after the beginning, held within 142 years of it.
    #[must_use]
    pub const fn from_us(us: i64) -> Self {
        Self(within_reach(us))
    }

    /// Microseconds since the beginning.
    #[must_use]
    pub const fn us(self) -> i64 {
        self.0
    }

    /// The moment `us` microseconds later.
    #[must_use]
    pub const fn after_us(self, us: i64) -> Self {
        Self::from_us(self.0.saturating_add(us))
    }

    /// Microseconds since `earlier`; negative when that lies ahead.
    #[must_use]
    pub const fn since_us(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }
}

impl RoomTime {
    /// The moment `us` microseconds after 1970-01-01T00:00:00Z, held within 142 years of it.
    #[must_use]
    pub const fn from_us(us: i64) -> Self {
        Self(within_reach(us))
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn us(self) -> i64 {
        self.0
    }

    /// Whether a frame may carry this number as a moment of the room.
    pub(crate) const fn is_moment(us: i64) -> bool {
        0 <= us && us <= MOMENT_US_MAX
    }
}

impl From<Timestamp> for RoomTime {
    fn from(moment: Timestamp) -> Self {
        Self::from_us(moment.unix_ms().saturating_mul(1_000))
    }
}

const fn within_reach(us: i64) -> i64 {
    if us > MOMENT_US_MAX {
        MOMENT_US_MAX
    } else if us < -MOMENT_US_MAX {
        -MOMENT_US_MAX
    } else {
        us
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_stay_where_javascript_counts_exactly() {
        assert_eq!(RoomTime::from_us(i64::MAX).us(), MOMENT_US_MAX);
        assert_eq!(
            LocalTime::from_us(i64::MIN).after_us(-1).us(),
            -MOMENT_US_MAX
        );
        let stored = Timestamp::from_unix_ms(1_790_000_000_123);
        assert_eq!(RoomTime::from(stored).us(), 1_790_000_000_123_000);
    }
}
