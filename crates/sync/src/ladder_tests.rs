//! Claims about the ladder, on traces of a player that obeys.

use proptest::prelude::*;

use super::*;

const STEP_US: i64 = 250_000;

fn playing(now_us: i64, wanted_us: i64, actual_us: i64) -> Playing {
    Playing {
        now: LocalTime::from_us(now_us),
        wanted_us,
        actual_us,
    }
}

fn ladder(class: PlayerClass) -> Ladder {
    Ladder::new(class, LocalTime::from_us(0))
}

/// What the ladder says of each of the errors in milliseconds, a quarter of a second apart, from 2 s on.
fn said(class: PlayerClass, errors_ms: &[i64]) -> Vec<Correction> {
    let mut ladder = ladder(class);
    let at = |step: i64| 2_000_000 + step * STEP_US;
    let each = (0..).zip(errors_ms);
    each.map(|(step, ms)| ladder.step(&playing(at(step), 60_000_000, 60_000_000 + ms * 1_000)))
        .collect()
}

/// A player that does what it is told, `start_ms` off; its errors in microseconds, a quarter of a second apart.
fn errors_of_an_obedient_player(start_ms: i64, steps: i64) -> Vec<i64> {
    let mut ladder = ladder(PlayerClass::OwnAudio);
    let mut actual_us = start_ms * 1_000;
    let mut errors = Vec::new();
    for step in 0..steps {
        let now = playing(step * STEP_US, step * STEP_US, actual_us);
        errors.push(ladder.error_us(&now));
        actual_us += match ladder.step(&now) {
            Correction::Hold => STEP_US,
            Correction::Rate(permille) => STEP_US * permille / 1_000,
            Correction::Seek(to_us) => to_us - now.actual_us + STEP_US,
        };
    }
    errors
}

#[test]
fn own_audio_climbs_the_ladder() {
    use Correction::{Hold, Rate, Seek};
    let own = |ms| said(PlayerClass::OwnAudio, &[ms])[0];
    assert_eq!(own(5), Hold);
    assert_eq!(own(-6), Rate(1_003));
    assert_eq!(own(35), Rate(997));
    assert_eq!(own(-36), Rate(1_005));
    assert_eq!(own(200), Rate(995));
    assert_eq!(own(-201), Seek(60_000_000));
}

#[test]
fn a_correction_goes_on_until_it_is_done() {
    use Correction::{Hold, Rate};
    let said = said(PlayerClass::OwnAudio, &[6, 4, 2, 1, 4, -4, -6, -2, 6]);
    let slower = Rate(997);
    let expected = [
        slower,
        slower,
        slower,
        Hold,
        Hold,
        Hold,
        Rate(1_003),
        Rate(1_003),
        slower,
    ];
    assert_eq!(said, expected);
}

#[test]
fn an_obedient_player_is_in_time_soon_and_stays() {
    for (start_ms, within_steps) in [(30, 40), (-120, 130), (5_000, 8), (-40_000, 8)] {
        let errors = errors_of_an_obedient_player(start_ms, 400);
        let late = &errors[within_steps..];
        assert!(
            late.iter().all(|us| us.abs() <= 5_000),
            "{start_ms}: {late:?}"
        );
    }
}

#[test]
fn nothing_is_jumped_over_in_the_first_second() {
    let mut ladder = ladder(PlayerClass::OwnAudio);
    let far = |now_us| playing(now_us, 10_000_000, 0);
    assert_eq!(ladder.step(&far(999_999)), Correction::Rate(1_005));
    assert_eq!(ladder.step(&far(1_000_000)), Correction::Seek(10_000_000));
    assert_eq!(ladder.step(&far(2_499_999)), Correction::Rate(1_005));
    assert_eq!(ladder.step(&far(2_500_000)), Correction::Seek(10_000_000));
}

#[test]
fn an_embedded_player_is_left_alone_unless_it_stays_far_off() {
    let brief = said(PlayerClass::Youtube, &[500, 500, 500, 399, 500, 500]);
    assert_eq!(brief, [Correction::Hold; 6]);
    let lasting = said(PlayerClass::Youtube, &[500; 9]);
    assert_eq!(lasting[..8], [Correction::Hold; 8]);
    assert_eq!(lasting[8], Correction::Seek(60_000_000));
}

#[test]
fn a_player_that_lands_late_is_sent_further_ahead() {
    let said = said(PlayerClass::Youtube, &[-600; 29]);
    assert_eq!(said[8], Correction::Seek(60_000_000));
    assert_eq!(said[28], Correction::Seek(60_600_000));
}

#[test]
fn a_nudge_plays_ahead_of_the_room() {
    let mut ladder = ladder(PlayerClass::OwnAudio);
    ladder.nudge(180);
    let in_time = playing(2_000_000, 60_000_000, 60_180_000);
    assert_eq!(ladder.error_us(&in_time), 0);
    assert_eq!(ladder.step(&in_time), Correction::Hold);
}

fn class() -> impl Strategy<Value = PlayerClass> {
    prop::sample::select(PlayerClass::ALL.to_vec())
}

proptest! {
    #[test]
    fn seeks_are_rare_whatever_the_player_does(
        class in class(), nudge_ms: i64, trace in prop::collection::vec((0..900_000_i64, -2_000_000..9_000_000_i64), 1..200),
    ) {
        let mut ladder = ladder(class);
        ladder.nudge(nudge_ms);
        let (mut now_us, mut last_us) = (0, 1_000_000 - rungs(class).seek_every_us);
        for (pause_us, actual_us) in trace {
            now_us += pause_us;
            if let Correction::Seek(to_us) = ladder.step(&playing(now_us, now_us, actual_us)) {
                prop_assert!(now_us - last_us >= rungs(class).seek_every_us.max(1_500_000));
                prop_assert!(now_us >= 1_000_000 && to_us >= 0);
                last_us = now_us;
            }
        }
    }

    #[test]
    fn the_speed_is_never_changed_by_more_than_a_hundredth(
        class in class(), trace in prop::collection::vec((any::<i64>(), any::<i64>(), any::<i64>()), 1..50),
    ) {
        let mut ladder = ladder(class);
        for (now_us, wanted_us, actual_us) in trace {
            if let Correction::Rate(permille) = ladder.step(&playing(now_us, wanted_us, actual_us)) {
                prop_assert!((990..=1_010).contains(&permille));
            }
        }
    }
}
