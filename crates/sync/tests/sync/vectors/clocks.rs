//! Runs of the room's clock. Rows: `tick` (now, what was asked, next deadline), `hear` (now, the answer's fields),
//! `restart` (now, cause), `look` (now, room, likely error, bound, drift, stale, the moment found again; or `null`).

use serde_json::{Value, json};
use sync::{Cause, LocalTime, RoomClock, RoomTime, TimeAnswer};

use crate::simulation::networks::ALL;
use crate::simulation::{Event, Run};

const SIMULATED_SECONDS: i64 = 45;
const LOOK_EVERY_MS: i64 = 1_500;

pub(crate) fn runs() -> Vec<Value> {
    let simulated = ALL.iter().map(|network| {
        let (mut rows, mut begin) = (Vec::new(), None);
        Run::new(*network, 1).play(SIMULATED_SECONDS, LOOK_EVERY_MS, |event| match event {
            Event::Ticked { now, request, next } => {
                begin = begin.or(Some(now));
                let sent = request.map(|one| one.sent.us());
                rows.push(json!(["tick", now.us(), sent, next.us()]));
            }
            Event::Heard { now, answer } => rows.push(heard(now, &answer)),
            Event::Moment { now, clock, .. } => rows.push(looked(now, clock)),
        });
        let begin_us = begin.map(LocalTime::us);
        json!({"name": network.name, "begin": begin_us, "rows": rows})
    });
    simulated.chain([eventful()]).collect()
}

fn heard(now: LocalTime, answer: &TimeAnswer) -> Value {
    let (sent, got, answered) = (answer.sent.us(), answer.got.us(), answer.answered.us());
    json!(["hear", now.us(), sent, got, answered, answer.clock_epoch])
}

fn looked(now: LocalTime, clock: &RoomClock) -> Value {
    let Some(reading) = clock.at(now) else {
        return json!(["look", now.us(), null]);
    };
    let found = clock.local_at(reading.room).map(LocalTime::us);
    json!([
        "look",
        now.us(),
        reading.room.us(),
        reading.likely_error_us,
        reading.error_bound_us,
        reading.drift_ppb,
        reading.is_stale,
        found
    ])
}

/// A device that sleeps, changes networks, loses its server, and is told things that it did not ask for.
fn eventful() -> Value {
    let mut script = Script::new(LocalTime::from_us(5_000_000));
    script.burst(8);
    script.pass(2_000_000);
    script.burst(8);
    script.pass(60_000_000);
    script.burst(3);
    script.offset_us += 600_000_000;
    script.restart(Cause::Wake);
    script.burst(8);
    (script.up_us, script.down_us) = (41_000, 19_500);
    script.restart(Cause::NetworkChange);
    script.burst(8);
    script.pass(10_000_000);
    script.clock_epoch = 9;
    script.offset_us -= 3_000;
    script.burst(8);
    script.pass(4_000_000_000);
    script.burst(8);
    script.strange_answers();
    json!({"name": "eventful", "begin": 5_000_000, "rows": script.rows})
}

struct Script {
    clock: RoomClock,
    now: LocalTime,
    offset_us: i64,
    up_us: i64,
    down_us: i64,
    clock_epoch: u8,
    rows: Vec<Value>,
}

impl Script {
    fn new(now: LocalTime) -> Self {
        Self {
            clock: RoomClock::new(now),
            now,
            offset_us: 1_790_000_000_000_000,
            up_us: 9_400,
            down_us: 8_700,
            clock_epoch: 8,
            rows: Vec::new(),
        }
    }

    /// Asks whenever it is due; the first `answered` questions get an answer. Looks after each.
    fn burst(&mut self, answered: usize) {
        for number in 0..8 {
            self.now = self.now.max(self.clock.next_deadline());
            if let Some(answer) = self.ask() {
                let took_us = self.up_us + 35 + self.down_us;
                self.now = self.now.after_us(took_us);
                if number < answered {
                    self.hear(&answer);
                }
            }
            self.look();
        }
    }

    fn ask(&mut self) -> Option<TimeAnswer> {
        let request = self.clock.tick(self.now);
        let sent = request.map(|one| one.sent.us());
        let next_us = self.clock.next_deadline().us();
        self.rows
            .push(json!(["tick", self.now.us(), sent, next_us]));
        let got = RoomTime::from_us(self.now.us() + self.offset_us + self.up_us);
        let answered = RoomTime::from_us(got.us() + 35);
        Some(request?.answer(got, answered, self.clock_epoch))
    }

    fn hear(&mut self, answer: &TimeAnswer) {
        self.clock.hear(answer, self.now);
        self.rows.push(heard(self.now, answer));
    }

    fn look(&mut self) {
        self.rows.push(looked(self.now, &self.clock));
    }

    fn pass(&mut self, us: i64) {
        self.now = self.now.after_us(us);
        self.look();
    }

    fn restart(&mut self, cause: Cause) {
        self.clock.restart(cause, self.now);
        let name = match cause {
            Cause::Wake => "wake",
            Cause::NetworkChange => "network-change",
        };
        self.rows.push(json!(["restart", self.now.us(), name]));
        self.look();
    }

    /// An answer twice, one to no question, and one that came before it was asked for.
    fn strange_answers(&mut self) {
        self.now = self.now.max(self.clock.next_deadline());
        let Some(answer) = self.ask() else {
            return;
        };
        self.hear(&answer);
        self.now = self.now.after_us(18_135);
        self.hear(&answer);
        self.hear(&TimeAnswer {
            sent: LocalTime::from_us(77),
            ..answer
        });
        self.look();
    }
}
