//! Claims about the filter: it follows, it gives up what was refuted, and no numbers break it.

use proptest::prelude::*;

use super::*;

fn measured(at_us: i64, offset_us: i64, round_trip_us: i64) -> Measurement {
    Measurement {
        at: LocalTime::from_us(at_us),
        twice_offset_us: 2 * offset_us,
        round_trip_us,
        scatter_us: 0,
        step_us: 1,
    }
}

fn offset_us(filter: &ClockFilter, at_us: i64) -> i64 {
    let reading = filter.read(LocalTime::from_us(at_us));
    reading.map_or(0, |reading| reading.room.us() - at_us)
}

/// A filter that heard the same offset each 10 s for a minute.
fn settled() -> ClockFilter {
    let mut filter = ClockFilter::new();
    for seconds in [0, 2, 5, 10, 20, 30, 40, 50, 60] {
        filter.observe(&measured(seconds * 1_000_000, 7_000_000, 20_000));
    }
    filter
}

#[test]
fn a_drift_is_learnt_and_carried_on() {
    let mut filter = ClockFilter::new();
    for seconds in 0..20 {
        let at_us = seconds * 10_000_000;
        filter.observe(&measured(at_us, at_us / 5_000, 20_000));
    }
    let reading = filter.read(LocalTime::from_us(200_000_000)).unwrap();
    assert!((reading.drift_ppb - 200_000).abs() < 1_000);
    assert!((reading.room.us() - 200_040_000).abs() < 20);
}

#[test]
fn a_slow_burst_hardly_counts() {
    let mut filter = settled();
    filter.observe(&measured(70_000_000, 7_030_000, 80_000));
    assert!((offset_us(&filter, 70_000_000) - 7_000_000).abs() < 100);
}

#[test]
fn an_estimate_that_cannot_be_true_is_given_up_at_once() {
    let mut filter = settled();
    filter.observe(&measured(70_000_000, 607_000_000, 20_000));
    assert_eq!(offset_us(&filter, 70_000_000), 607_000_000);
}

#[test]
fn what_is_old_or_doubted_is_stale() {
    let mut filter = settled();
    let is_stale = |filter: &ClockFilter, seconds: i64| {
        let reading = filter.read(LocalTime::from_us(seconds * 1_000_000));
        reading.unwrap().is_stale
    };
    assert!(!is_stale(&filter, 95));
    assert!(is_stale(&filter, 96));
    filter.doubt();
    assert!(is_stale(&filter, 60));
}

#[test]
fn on_another_path_a_longer_round_trip_is_no_reason_for_doubt() {
    let longer = measured(70_000_000, 7_000_900, 90_000);
    let (mut same, mut other) = (settled(), settled());
    same.observe(&longer);
    other.forget_path();
    assert!(
        other
            .read(LocalTime::from_us(60_000_000))
            .unwrap()
            .error_bound_us
            >= 10_000
    );
    other.observe(&longer);
    assert!(offset_us(&same, 70_000_000) < 7_000_010);
    assert!(offset_us(&other, 70_000_000) > 7_000_400);
    assert!(other.read(longer.at).unwrap().error_bound_us >= 45_000);
}

#[test]
fn the_error_grows_while_nothing_is_heard() {
    let filter = settled();
    let bound_us = |seconds: i64| {
        let reading = filter.read(LocalTime::from_us(seconds * 1_000_000));
        reading.unwrap().error_bound_us
    };
    assert!(bound_us(60) >= 10_000);
    assert!(bound_us(600) > bound_us(90));
}

prop_compose! {
    fn any_measurement()(
        at_us: i64,
        twice_offset_us in -(1_i64 << 54)..1_i64 << 54,
        round_trip_us in 0..10_000_000_i64,
        scatter_us in 0..10_000_000_i64,
    ) -> Measurement {
        Measurement { at: LocalTime::from_us(at_us), twice_offset_us, round_trip_us, scatter_us, step_us: 100 }
    }
}

prop_compose! {
    /// Near each other, as measurements are.
    fn likely_measurement()(
        at_us in 0..4_000_000_000_i64,
        twice_offset_us in -40_000_000..40_000_000_i64,
        round_trip_us in 0..10_000_000_i64,
        scatter_us in 0..10_000_000_i64,
    ) -> Measurement {
        Measurement { at: LocalTime::from_us(at_us), twice_offset_us, round_trip_us, scatter_us, step_us: 100 }
    }
}

proptest! {
    #[test]
    fn no_measurements_break_the_filter(
        measurements in prop::collection::vec(prop_oneof![any_measurement(), likely_measurement()], 1..40), look: i64,
    ) {
        let mut filter = ClockFilter::new();
        for measurement in &measurements {
            filter.observe(measurement);
            let estimate = filter.estimate.unwrap();
            let numbers = [
                estimate.offset_us, estimate.drift_ppm, estimate.offset_variance,
                estimate.covariance, estimate.drift_variance,
            ];
            prop_assert!(numbers.iter().all(|number| number.is_finite()), "{numbers:?}");
            prop_assert!(estimate.offset_variance >= 0.0 && estimate.drift_variance >= 0.0);
            prop_assert!(estimate.drift_ppm.abs() <= DRIFT_PPM_MAX);
            prop_assert!(filter.trips.len() <= TRIPS_MAX);
        }
        let reading = filter.read(LocalTime::from_us(look)).unwrap();
        prop_assert!(reading.likely_error_us >= 0);
        prop_assert!(reading.error_bound_us >= reading.likely_error_us);
    }

    #[test]
    fn a_moment_of_the_room_is_found_again(seconds in 0_i64..40, drift in -300_i64..300) {
        let mut filter = ClockFilter::new();
        for burst in 0..6 {
            let at_us = burst * 10_000_000;
            filter.observe(&measured(at_us, 3_000_000 + at_us * drift / 1_000_000, 20_000));
        }
        let local = LocalTime::from_us(50_000_000 + seconds * 1_000_000);
        let room = filter.read(local).unwrap().room;
        let found = filter.local_at(room).unwrap();
        prop_assert!(found.since_us(local).abs() <= 1);
    }
}
