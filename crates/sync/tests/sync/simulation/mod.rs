//! Simulated networks and clocks: what really happens is known here, so that errors can be measured.
//!
//! The same seed gives the same run. Answers come over one TCP connection: what is lost is sent again later, and
//! what follows waits for it. The device's clock has steps, as in browsers, and an answer waits
//! until the page's thread is free.

mod chance;
pub(crate) mod networks;

use std::collections::VecDeque;

use sync::{LocalTime, RoomClock, RoomTime, TimeAnswer, TimeRequest};

pub(crate) use chance::Chance;
use networks::{Network, Way};

/// 2026-09-21, as Unix time: when each run begins.
const BEGIN_US: i64 = 1_790_000_000_000_000;
/// How often the device looks whether something is due.
const TICK_US: i64 = 5_000;
/// How long TCP waits at least before it sends a lost segment again.
const SEND_AGAIN_US: f64 = 200_000.0;

/// What happened, in the order in which it did.
pub(crate) enum Event<'a> {
    /// The clock was asked what is due, at a moment when something was.
    Ticked {
        now: LocalTime,
        request: Option<TimeRequest>,
        next: LocalTime,
    },
    /// An answer was heard.
    Heard { now: LocalTime, answer: TimeAnswer },
    /// Nothing: a moment to look at the clock. It really is `room` o'clock.
    Moment {
        now: LocalTime,
        room: RoomTime,
        clock: &'a RoomClock,
    },
}

/// A device, the way to the server and back, and the time that really is.
pub(crate) struct Run {
    network: Network,
    chance: Chance,
    up: Direction,
    down: Direction,
    /// Answers on their way: when they are heard, in order.
    coming: VecDeque<(i64, TimeAnswer)>,
}

/// One direction of the connection.
struct Direction {
    way: Way,
    /// When the last thing sent arrived: nothing overtakes it.
    last_us: i64,
    /// Until when the air is bad, and when it is bad next.
    bad_until_us: i64,
    next_bad_us: i64,
}

impl Run {
    /// A run over `network`, told apart from others by its seed.
    pub(crate) fn new(network: Network, seed: u64) -> Self {
        let direction = |way| Direction {
            way,
            last_us: 0,
            bad_until_us: 0,
            next_bad_us: 0,
        };
        Self {
            network,
            chance: Chance::new(seed),
            up: direction(network.up),
            down: direction(network.down),
            coming: VecDeque::new(),
        }
    }

    /// Plays `seconds` of it, with a moment to look at the clock each `look_every_ms`.
    pub(crate) fn play(mut self, seconds: i64, look_every_ms: i64, mut saw: impl FnMut(Event<'_>)) {
        let mut clock = RoomClock::new(self.local(0));
        for tick in 0..seconds * 1_000_000 / TICK_US {
            let true_us = tick * TICK_US;
            while self.coming.front().is_some_and(|next| next.0 <= true_us) {
                let Some((at_us, answer)) = self.coming.pop_front() else {
                    break;
                };
                let now = self.local(at_us);
                clock.hear(&answer, now);
                saw(Event::Heard { now, answer });
            }
            let now = self.local(true_us);
            if now >= clock.next_deadline() {
                let request = clock.tick(now);
                let next = clock.next_deadline();
                saw(Event::Ticked { now, request, next });
                if let Some(request) = request {
                    self.ask(request, true_us);
                }
            }
            if true_us % (look_every_ms * 1_000) == 0 {
                let room = RoomTime::from_us(BEGIN_US + true_us);
                let clock = &clock;
                saw(Event::Moment { now, room, clock });
            }
        }
    }

    fn ask(&mut self, request: TimeRequest, true_us: i64) {
        let chance = &mut self.chance;
        let got_us = self.up.carry(true_us, &self.down.way, chance);
        let answered_us = got_us + chance.exponential(30.0) as i64;
        let arrived_us = self.down.carry(answered_us, &self.up.way, chance);
        let mut page_us = chance.exponential(50.0);
        if chance.happens(0.05) {
            page_us += chance.below(8_000.0);
        }
        let heard_us = (arrived_us + page_us as i64).max(self.down.last_us);
        self.down.last_us = heard_us;
        let room = |us: i64| RoomTime::from_us(BEGIN_US + us);
        let answer = request.answer(room(got_us), room(answered_us), 7);
        self.coming.push_back((heard_us, answer));
    }

    /// The device's clock after `true_us` of the run.
    fn local(&self, true_us: i64) -> LocalTime {
        let clock = &self.network.clock;
        let seconds = true_us as f64 / 1e6;
        let turn = std::f64::consts::TAU / clock.wander_s;
        let wandered_us = clock.wander_ppm / turn * (1.0 - (turn * seconds).cos());
        let slewed_us = clock.slew_ppm * (seconds - clock.slew_from_s).clamp(0.0, clock.slew_s);
        let wrong_us = clock.drift_ppm * seconds + wandered_us + slewed_us;
        let us = BEGIN_US + true_us + clock.ahead_us + wrong_us as i64;
        LocalTime::from_us(us.div_euclid(clock.step_us) * clock.step_us)
    }
}

impl Direction {
    /// When something sent at `sent_us` arrives.
    fn carry(&mut self, sent_us: i64, back: &Way, chance: &mut Chance) -> i64 {
        let way = &self.way;
        let mut took_us = way.floor_us + chance.exponential(50.0);
        took_us += chance.exponential(way.jitter_us) + chance.below(way.spread_us);
        if let Some(bad) = &way.bad_air {
            if sent_us >= self.next_bad_us {
                self.bad_until_us = self.next_bad_us + chance.exponential(bad.lasts_us) as i64;
                self.next_bad_us = self.bad_until_us + chance.exponential(bad.every_us) as i64;
            }
            if sent_us < self.bad_until_us || chance.happens(bad.spike_chance) {
                took_us += chance.exponential(bad.delay_us);
            }
        }
        while chance.happens(way.loss) {
            took_us += SEND_AGAIN_US + way.floor_us + back.floor_us;
        }
        let arrived_us = (sent_us + took_us as i64).max(self.last_us);
        self.last_us = arrived_us;
        arrived_us
    }
}
