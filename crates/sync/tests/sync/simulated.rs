//! How wrong the room's clock is over simulated networks: the figures that are promised, with some room.

use crate::simulation::networks::{ALL, LAN, LOSSY, MOBILE, Network, WAN, WIFI, WRONG};
use crate::simulation::{Event, Run};

/// How often the clock is looked at, and how many looks are before anything plays.
const LOOK_EVERY_MS: i64 = 100;
const FIRST_LOOKS: i32 = 10;

/// The errors in microseconds in runs of two minutes, from the second second on, sorted.
fn errors_us(network: Network) -> Vec<i64> {
    let mut errors = Vec::new();
    for seed in 100..106 {
        let mut looks = 0;
        Run::new(network, seed).play(120, LOOK_EVERY_MS, |event| match event {
            Event::Moment { now, room, clock } => {
                looks += 1;
                if looks > FIRST_LOOKS {
                    let reading = clock.at(now).expect("an answer came within a second");
                    errors.push((reading.room.us() - room.us()).abs());
                }
            }
            Event::Ticked { now, request, next } => {
                assert!(next > now && request.is_none_or(|one| one.sent == now));
            }
            Event::Heard { now, answer } => assert!(now > answer.sent),
        });
    }
    errors.sort_unstable();
    errors
}

fn p95_us(network: Network) -> i64 {
    let errors = errors_us(network);
    errors[errors.len() * 95 / 100]
}

#[test]
fn the_clock_is_right_on_symmetric_networks() {
    assert!(p95_us(LAN) <= 300);
    assert!(p95_us(WAN) <= 500);
    assert!(p95_us(WIFI) <= 1_000);
}

#[test]
fn a_clock_25_seconds_wrong_and_drifting_is_right_after_a_second() {
    let worst_us = errors_us(WRONG).last().copied().unwrap();
    assert!(worst_us <= 5_000, "{worst_us}");
}

#[test]
fn what_is_not_known_is_half_of_the_asymmetry() {
    let floor_us = MOBILE.floor_us() as i64;
    let worst_us = errors_us(MOBILE).last().copied().unwrap();
    assert!(worst_us <= floor_us + 5_000, "{worst_us}");
}

#[test]
fn jitter_and_loss_leave_the_clock_within_the_claim_of_own_audio() {
    assert!(p95_us(LOSSY) <= 5_000);
}

#[test]
fn the_bound_holds_whatever_the_network_does() {
    for network in ALL {
        let (mut looks, mut broken) = (0, 0);
        Run::new(network, 7).play(60, LOOK_EVERY_MS, |event| {
            if let Event::Moment { now, room, clock } = event
                && let Some(reading) = clock.at(now)
            {
                let error_us = (reading.room.us() - room.us()).abs();
                looks += 1;
                broken += i32::from(error_us > reading.error_bound_us);
            }
        });
        assert!(
            broken * 100 <= looks,
            "{}: {broken} of {looks}",
            network.name
        );
    }
}
