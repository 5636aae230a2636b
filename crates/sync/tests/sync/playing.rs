//! Two devices on a bad network, each led by its ladder: how far apart they play.

use sync::{Correction, Ladder, Law, PlayerClass, Playing, Readout, RoomTime, Shown};

use crate::simulation::networks::{LOSSY, Network, WRONG};
use crate::simulation::{Event, Run};

/// How often a page looks at its player.
const LOOK_EVERY_MS: i64 = 250;
const LOOK_US: i64 = LOOK_EVERY_MS * 1_000;
/// Looks before the music starts, and looks in the five seconds after it.
const START_LOOKS: i64 = 8;
const SETTLING_LOOKS: usize = 20;
const SECONDS: i64 = 180;

/// What really is heard at each look after the start, in microseconds of the item, and what the page says at the end.
fn played(network: Network, seed: u64, quartz_ppm: i64) -> (Vec<i64>, Shown) {
    let mut positions = Vec::new();
    let mut player: Option<(Law, Ladder, i64)> = None;
    let mut readout = Readout::new(PlayerClass::OwnAudio);
    let (mut looks, mut shown) = (0, Shown::Measuring);
    Run::new(network, seed).play(SECONDS, LOOK_EVERY_MS, |event| {
        let Event::Moment { now, room, clock } = event else {
            return;
        };
        looks += 1;
        let Some(reading) = clock.at(now).filter(|_| looks >= START_LOOKS) else {
            return;
        };
        let (law, ladder, actual_us) = player.get_or_insert_with(|| {
            let law = begun_at(room);
            let ladder = Ladder::new(PlayerClass::OwnAudio, now);
            (law, ladder, law.position_us(reading.room))
        });
        positions.push(*actual_us);
        let playing = Playing {
            now,
            wanted_us: law.position_us(reading.room),
            actual_us: *actual_us,
        };
        readout.add(now, ladder.error_us(&playing));
        *actual_us = match ladder.step(&playing) {
            Correction::Hold => *actual_us + LOOK_US,
            Correction::Rate(permille) => *actual_us + LOOK_US * permille / 1_000,
            Correction::Seek(to_us) => to_us + LOOK_US,
        };
        *actual_us += LOOK_US * quartz_ppm / 1_000_000;
        shown = readout.shown(Some(&reading));
    });
    (positions, shown)
}

/// A room that started to play when it was `room` o'clock.
fn begun_at(room: RoomTime) -> Law {
    Law {
        position_ms: 0,
        start_at: base::Timestamp::from_unix_ms(room.us() / 1_000),
        duration_ms: None,
    }
}

fn spread_p95_us(one: &[i64], other: &[i64]) -> i64 {
    let pairs = one.iter().zip(other).skip(SETTLING_LOOKS);
    let mut apart: Vec<i64> = pairs.map(|(a, b)| (a - b).abs()).collect();
    apart.sort_unstable();
    apart[apart.len() * 95 / 100]
}

#[test]
fn two_devices_play_together_through_delay_and_loss() {
    for seed in 0..8 {
        let (fast, _) = played(LOSSY, seed, 60);
        let (slow, _) = played(LOSSY, seed + 100, -60);
        let spread_us = spread_p95_us(&fast, &slow);
        assert!(spread_us <= 15_000, "{seed}: {spread_us}");
    }
}

#[test]
fn a_wrong_clock_is_not_heard_and_the_page_says_what_is_so() {
    let (wrong, shown) = played(WRONG, 1, 30);
    let (right, _) = played(WRONG, 2, -30);
    let spread_us = spread_p95_us(&wrong, &right);
    assert!(spread_us <= 15_000, "{spread_us}");
    let Shown::Within {
        figure_ms,
        bound_ms,
    } = shown
    else {
        panic!("three minutes are enough to say something: {shown:?}");
    };
    assert!((15..=20).contains(&figure_ms) && bound_ms >= figure_ms);
}
