//! Moments as people and other programs read them.

use base::Timestamp;

/// A moment by RFC 3339, to the second, in UTC: `2026-11-22T11:07:00Z`.
#[must_use]
pub fn rfc3339(moment: Timestamp) -> String {
    let seconds = moment.unix_s();
    let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// The day of a moment, in UTC: `2026-11-22`.
#[must_use]
pub fn day(moment: Timestamp) -> String {
    rfc3339(moment).chars().take(10).collect()
}

/// The date of a day, counted from 1970-01-01, in the Gregorian calendar. Years begin in March here, so that the day
/// which some have is their last.
fn civil(days: i64) -> (i64, i64, i64) {
    /// Days from 0000-03-01 to 1970-01-01.
    const TO_1970: i64 = 719_468;
    /// Days in 400 years.
    const ERA: i64 = 146_097;
    let days = days + TO_1970;
    let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / (ERA - 1)) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_utc() {
        for (ms, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1_000, "1969-12-31T23:59:59Z"),
            (951_782_400_000, "2000-02-29T00:00:00Z"),
            (1_795_345_620_999, "2026-11-22T11:07:00Z"),
            (4_107_542_399_000, "2100-02-28T23:59:59Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(rfc3339(Timestamp::from_unix_ms(ms)), text);
            assert_eq!(day(Timestamp::from_unix_ms(ms)), text[..10]);
        }
    }
}
