//! How long a room code must be so that guessing does not pay.

use protocol::RoomCode;

/// Wrong codes that the whole server answers in a minute, over all clients together.
pub const GUESSES_A_MINUTE: u32 = 600;

/// The digits a new code needs when `live_rooms` are open, this one included.
///
/// A day of guessing at the full budget must find any live room with a chance below 1 %:
/// `guesses * rooms / 32^digits < 0.01`.
#[must_use]
pub fn code_length(live_rooms: u64) -> usize {
    const GUESSES_A_DAY: u128 = GUESSES_A_MINUTE as u128 * 60 * 24;
    let mut digits = RoomCode::LENGTH_MIN;
    while digits < RoomCode::LENGTH_MAX
        && GUESSES_A_DAY * u128::from(live_rooms) * 100 >= 1_u128 << (5 * digits)
    {
        digits += 1;
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_grow_with_the_number_of_rooms() {
        let lengths = [1, 12, 13, 397, 398, 12_725, 12_726].map(code_length);
        assert_eq!(lengths, [6, 6, 7, 7, 8, 8, 9]);
    }

    #[test]
    fn a_day_of_guessing_finds_a_room_with_less_than_one_percent() {
        for rooms in (0..2_000_000_u32).step_by(997) {
            let chance =
                864_000.0 * f64::from(rooms) / 32_f64.powi(code_length(rooms.into()) as i32);
            assert!(chance < 0.01, "{rooms} rooms: {chance}");
        }
    }
}
