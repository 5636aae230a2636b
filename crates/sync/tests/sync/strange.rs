//! Whatever a server answers and whenever a page wakes up, the clock stays whole.

use proptest::prelude::*;
use sync::{Cause, LocalTime, RoomClock, RoomTime, TimeAnswer, TimeRequest};

#[derive(Clone, Debug)]
enum Step {
    /// So much later the page looks whether something is due.
    Tick {
        later_us: i64,
    },
    /// An answer to one of the last questions, or to none.
    Hear {
        back: usize,
        got_us: i64,
        took_us: i64,
        clock_epoch: u8,
    },
    Restart(Cause),
}

fn step() -> impl Strategy<Value = Step> {
    let soon = (0..60_000_i64).prop_map(|later_us| Step::Tick { later_us });
    let some_day = any::<i64>().prop_map(|later_us| Step::Tick { later_us });
    let answer = (0..9_usize, any::<i64>(), any::<i64>(), 0..2_u8);
    let near = (0..9_usize, 1_000_000..1_020_000_i64, 0..30_i64, 0..2_u8);
    let hear =
        prop_oneof![near, answer].prop_map(|(back, got_us, took_us, clock_epoch)| Step::Hear {
            back,
            got_us,
            took_us,
            clock_epoch,
        });
    let cause = prop_oneof![Just(Cause::Wake), Just(Cause::NetworkChange)];
    prop_oneof![20 => soon, 1 => some_day, 20 => hear, 1 => cause.prop_map(Step::Restart)]
}

/// The answer to the question before so many others; its time is the question's and `got_us` more.
fn answer(
    asked: &[TimeRequest],
    back: usize,
    got_us: i64,
    took_us: i64,
    clock_epoch: u8,
) -> TimeAnswer {
    let place = asked.len().checked_sub(back + 1);
    let request = place.map_or(
        TimeRequest {
            sent: LocalTime::from_us(got_us),
        },
        |place| asked[place],
    );
    let got = RoomTime::from_us(request.sent.us().saturating_add(got_us));
    let answered = RoomTime::from_us(got.us().saturating_add(took_us));
    request.answer(got, answered, clock_epoch)
}

proptest! {
    #[test]
    fn no_answers_break_the_clock(begin_us: i64, steps in prop::collection::vec(step(), 1..120)) {
        let mut now = LocalTime::from_us(begin_us);
        let mut clock = RoomClock::new(now);
        let mut asked = Vec::new();
        for step in steps {
            match step {
                Step::Tick { later_us } => {
                    now = now.after_us(later_us);
                    asked.extend(clock.tick(now));
                }
                Step::Hear { back, got_us, took_us, clock_epoch } => {
                    clock.hear(&answer(&asked, back, got_us, took_us, clock_epoch), now);
                }
                Step::Restart(cause) => clock.restart(cause, now),
            }
            let Some(reading) = clock.at(now) else {
                continue;
            };
            prop_assert!(reading.likely_error_us >= 0);
            prop_assert!(reading.error_bound_us >= reading.likely_error_us);
            prop_assert!(reading.drift_ppb.abs() <= 1_000_000);
            prop_assert!(clock.local_at(reading.room).is_some());
        }
    }

    #[test]
    fn questions_are_never_less_than_fifty_milliseconds_apart(
        begin_us in 0..1_000_000_000_i64, pauses_us in prop::collection::vec(0..400_000_i64, 1..300),
    ) {
        let mut now = LocalTime::from_us(begin_us);
        let mut clock = RoomClock::new(now);
        let mut last: Option<TimeRequest> = None;
        for pause_us in pauses_us {
            now = now.after_us(pause_us);
            if let Some(request) = clock.tick(now) {
                prop_assert!(last.is_none_or(|last| request.sent.since_us(last.sent) >= 50_000));
                last = Some(request);
            }
        }
    }
}
