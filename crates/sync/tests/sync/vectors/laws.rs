//! Cases of the law of position: `[position_ms, start_at, duration_ms, now_us, position_us, reaches_us]`, where the
//! last is when the room reaches the position of the last but one.

use base::Timestamp;
use serde_json::{Value, json};
use sync::{Law, RoomTime};

const START_MS: i64 = 1_790_000_000_000;
const LAWS: [(i64, Option<i64>); 6] = [
    (0, Some(180_000)),
    (61_500, Some(180_000)),
    (200_000, Some(180_000)),
    (0, None),
    (-5, Some(-3)),
    (i64::MAX >> 11, None),
];
const SINCE_US: [i64; 8] = [
    -10_000_000,
    -1,
    0,
    1,
    999_999,
    118_499_999,
    118_500_001,
    86_400_000_000,
];

pub(crate) fn rows() -> Vec<Value> {
    let mut rows = Vec::new();
    for (position_ms, duration_ms) in LAWS {
        let law = Law {
            position_ms,
            start_at: Timestamp::from_unix_ms(START_MS),
            duration_ms,
        };
        for since_us in SINCE_US {
            let now = RoomTime::from_us(START_MS * 1_000 + since_us);
            let position_us = law.position_us(now);
            let reaches_us = law.reaches(position_us).us();
            rows.push(json!([
                position_ms,
                START_MS,
                duration_ms,
                now.us(),
                position_us,
                reaches_us
            ]));
        }
    }
    rows
}
