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

/// The moment that [`rfc3339`] writes like this; none when it is written in another way.
#[must_use]
pub fn from_rfc3339(text: &str) -> Option<Timestamp> {
    /// Where the numbers are, with the least and the most that each can be.
    const PARTS: [(std::ops::Range<usize>, i64, i64); 6] = [
        (0..4, 1970, 9999),
        (5..7, 1, 12),
        (8..10, 1, 31),
        (11..13, 0, 23),
        (14..16, 0, 59),
        (17..19, 0, 59),
    ];
    let mut numbers = [0; 6];
    for (number, (place, least, most)) in numbers.iter_mut().zip(PARTS) {
        let digits = text.get(place)?;
        let is_number = digits.bytes().all(|digit| digit.is_ascii_digit());
        *number = digits.parse().ok().filter(|_| is_number)?;
        (least..=most).contains(number).then_some(())?;
    }
    let [year, month, day, hour, minute, second] = numbers;
    let seconds = days_to(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    let moment = Timestamp::from_unix_ms(seconds * 1_000);
    // A day that its month has not, and what stands between the numbers, are written otherwise.
    (rfc3339(moment) == text).then_some(moment)
}

/// The days from 1970-01-01 to a date, counted as [`civil`] does.
fn days_to(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let leap_days = year / 4 - year / 100 + year / 400;
    // 719,468 days from 0000-03-01 to 1970-01-01.
    year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468
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

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        for seconds in [
            0,
            68_169_600,
            951_782_399,
            951_868_800,
            1_795_348_020,
            4_102_444_799,
        ] {
            let moment = Timestamp::from_unix_ms(seconds * 1_000);
            assert_eq!(from_rfc3339(&rfc3339(moment)), Some(moment), "{seconds}");
        }
        let others = [
            "",
            "2026-11-22",
            "2026-11-22 11:07:00Z",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22T11:07:00+01:00",
            "+026-11-22T11:07:00Z",
            "2026-11-22T11:07:00Zé",
        ];
        for other in others {
            assert_eq!(from_rfc3339(other), None, "{other}");
        }
    }
}
