//! A device whose clock is wrong asks the room what o'clock it is, over a real socket.
//!
//! The room's clock moves only when a test moves it: between a question and its answer by what the way takes.

use std::time::Duration;

use base::Clock;
use sync::{LocalTime, RoomClock};
use testkit::{RoomClient, TestApp};

use super::scene::{guest, room};

/// The device's clock: so far ahead from the first, and further with each second.
const AHEAD_US: i64 = 25_000_000;
const DRIFT_PPM: i64 = 200;
/// What is known beyond half of the asymmetry.
const ERROR_US_MAX: i64 = 5_000;
/// From when on the clock must be right, and for how long it is watched. Until then fewer questions are asked than are
/// answered at once.
const SYNCED_US: i64 = 1_000_000;
const WATCHED_US: i64 = 55_000_000;
const LOOK_EVERY_MS: u64 = 20;
/// What single frames wait beyond what their way takes.
const WAITS_MS: [u64; 7] = [0, 7, 30, 3, 0, 60, 1];

/// How long a frame takes to the server, and one from it.
#[derive(Clone, Copy, Debug)]
struct Way {
    there_ms: u64,
    back_ms: u64,
}

struct Device<'a> {
    app: &'a TestApp,
    began_us: i64,
}

impl<'a> Device<'a> {
    fn new(app: &'a TestApp) -> Self {
        let began_us = app.clock.read().us;
        Self { app, began_us }
    }

    fn passed_us(&self) -> i64 {
        self.app.clock.read().us - self.began_us
    }

    /// What it takes for the time.
    fn now(&self) -> LocalTime {
        let passed_us = self.passed_us();
        let drifted_us = passed_us * DRIFT_PPM / 1_000_000;
        LocalTime::from_us(self.began_us + AHEAD_US + passed_us + drifted_us)
    }

    fn pass(&self, ms: u64) {
        self.app.clock.advance(Duration::from_millis(ms));
    }

    fn error_us(&self, clock: &RoomClock) -> i64 {
        let reading = clock.at(self.now()).expect("answers came");
        (reading.room.us() - self.app.clock.read().us).abs()
    }
}

/// The worst error in a minute, from the first second on.
async fn worst_error_us(app: &TestApp, client: &mut RoomClient, way: Way) -> i64 {
    let device = Device::new(app);
    let mut clock = RoomClock::new(device.now());
    let mut waits = WAITS_MS.into_iter().cycle();
    let mut wait = || waits.next().expect("it goes on");
    let mut worst_us = 0;
    while device.passed_us() < WATCHED_US {
        match clock.tick(device.now()) {
            Some(question) => {
                device.pass(way.there_ms + wait());
                let answer = client.ask(question).await;
                device.pass(way.back_ms + wait());
                clock.hear(&answer, device.now());
            }
            None => device.pass(LOOK_EVERY_MS),
        }
        if device.passed_us() >= SYNCED_US {
            worst_us = worst_us.max(device.error_us(&clock));
        }
    }
    worst_us
}

/// Case 18.
#[tokio::test]
async fn a_clock_25_seconds_wrong_that_drifts_is_right_but_for_half_the_asymmetry() {
    let app = TestApp::start().await;
    let host = room(&app).await;
    for (number, there_ms, back_ms) in [(1, 20, 20), (2, 5, 75), (3, 90, 10)] {
        let way = Way { there_ms, back_ms };
        let mut client = guest(&app, &host.code(), number).await;
        let half_us = i64::try_from(there_ms.abs_diff(back_ms) * 1_000 / 2).unwrap();
        let worst_us = worst_error_us(&app, &mut client, way).await;
        assert!(worst_us <= half_us + ERROR_US_MAX, "{way:?}: {worst_us}");
    }
}
