//! The networks that are simulated, and the clocks of the devices on them.

/// A way to the server and back, and the device's clock.
#[derive(Clone, Copy)]
pub(crate) struct Network {
    pub(crate) name: &'static str,
    pub(crate) up: Way,
    pub(crate) down: Way,
    pub(crate) clock: DeviceClock,
}

/// One direction. All times are added up.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    /// Never less than this.
    pub(crate) floor_us: f64,
    /// The mean of an exponential wait.
    pub(crate) jitter_us: f64,
    /// The most of an even one.
    pub(crate) spread_us: f64,
    pub(crate) bad_air: Option<BadAir>,
    /// How likely one segment is lost.
    pub(crate) loss: f64,
}

/// Moments in which a radio hardly gets through, and single packets that have bad luck.
#[derive(Clone, Copy)]
pub(crate) struct BadAir {
    pub(crate) every_us: f64,
    pub(crate) lasts_us: f64,
    pub(crate) delay_us: f64,
    pub(crate) spike_chance: f64,
}

/// How a device's clock is wrong. Rates are in parts per million.
#[derive(Clone, Copy)]
pub(crate) struct DeviceClock {
    pub(crate) ahead_us: i64,
    /// It counts in steps of so many microseconds: 100 on a page that is not isolated, 1,000 in cautious browsers.
    pub(crate) step_us: i64,
    pub(crate) drift_ppm: f64,
    /// It gets warmer and colder: a sine of this height and length.
    pub(crate) wander_ppm: f64,
    pub(crate) wander_s: f64,
    /// Its operating system corrects it once: so much, from then on, for so long.
    pub(crate) slew_ppm: f64,
    pub(crate) slew_from_s: f64,
    pub(crate) slew_s: f64,
}

const CLOCK: DeviceClock = DeviceClock {
    ahead_us: -400_000_000,
    step_us: 100,
    drift_ppm: 18.0,
    wander_ppm: 0.5,
    wander_s: 400.0,
    slew_ppm: 0.0,
    slew_from_s: 0.0,
    slew_s: 0.0,
};

const fn way(floor_us: f64, jitter_us: f64) -> Way {
    Way {
        floor_us,
        jitter_us,
        spread_us: 0.0,
        bad_air: None,
        loss: 0.0,
    }
}

const fn both(name: &'static str, way: Way) -> Network {
    Network {
        name,
        up: way,
        down: way,
        clock: CLOCK,
    }
}

/// 0.5 ms there and back.
pub(crate) const LAN: Network = both("lan-0.5ms", way(200.0, 50.0));
/// The same for a browser that counts whole milliseconds.
pub(crate) const COARSE: Network = Network {
    name: "lan-0.5ms-coarse-clock",
    clock: DeviceClock {
        step_us: 1_000,
        ..CLOCK
    },
    ..LAN
};
/// 40 ms there and back, and a router that other traffic passes too.
pub(crate) const WAN: Network = both("wan-40ms", way(20_000.0, 1_000.0));
/// A radio that others use: a quarter of a second of bad air every four, one packet in twenty unlucky.
pub(crate) const WIFI: Network = both(
    "wifi-spiky",
    Way {
        bad_air: Some(BadAir {
            every_us: 4e6,
            lasts_us: 250_000.0,
            delay_us: 40_000.0,
            spike_chance: 0.05,
        }),
        ..way(2_500.0, 1_500.0)
    },
);
/// A mobile network that takes 45 ms up and 25 ms down: 10 ms cannot be known.
pub(crate) const MOBILE: Network = Network {
    up: way(45_000.0, 8_000.0),
    down: way(25_000.0, 4_000.0),
    ..both("mobile-asymmetric", way(0.0, 0.0))
};
/// The same as the 40 ms one, for a device whose clock is 25 s ahead and 200 ppm too fast.
pub(crate) const WRONG: Network = Network {
    name: "wan-40ms-wrong-clock",
    clock: DeviceClock {
        ahead_us: 25_000_000,
        drift_ppm: 200.0,
        ..CLOCK
    },
    ..WAN
};
/// The same again, for a device whose operating system slews its clock by 30 ppm for two minutes.
pub(crate) const SLEWED: Network = Network {
    name: "wan-40ms-slewed-clock",
    clock: DeviceClock {
        slew_ppm: 30.0,
        slew_from_s: 120.0,
        slew_s: 120.0,
        ..CLOCK
    },
    ..WAN
};
/// 80 ms each way, 20 ms more or less, and one segment in fifty lost.
pub(crate) const LOSSY: Network = both(
    "80ms-20ms-2%-loss",
    Way {
        spread_us: 40_000.0,
        loss: 0.02,
        ..way(60_000.0, 0.0)
    },
);

/// All of them.
pub(crate) const ALL: [Network; 8] = [LAN, COARSE, WAN, WIFI, MOBILE, WRONG, SLEWED, LOSSY];

impl Network {
    /// Half of what one way takes longer than the other: nobody who only asks can know it.
    pub(crate) fn floor_us(&self) -> f64 {
        (self.up.floor_us - self.down.floor_us).abs() / 2.0
    }
}
