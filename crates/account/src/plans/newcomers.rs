//! A second, coarser guard against whoever clears their storage to be somebody new.

use std::time::Duration;

use base::{ClientKey, Rate, Timestamp};

use super::FreeLimits;
use crate::throttle::Debts;

/// People behind one network who may begin at once: a household or a small office, not a way around the pause.
const PEOPLE: u32 = 6;
/// Networks that are remembered.
const CLIENTS_MAX: usize = 50_000;

/// Free sessions that newcomers began of late, by the day's key of their network. In memory only, never stored.
pub struct Newcomers {
    rate: Rate,
    debts: Debts<ClientKey>,
}

impl Newcomers {
    /// Nobody has come yet. In the time that a session and its pause take, so many newcomers of one network may begin.
    #[must_use]
    pub fn new(limits: FreeLimits) -> Self {
        let period = (limits.session + limits.cooldown).max(Duration::from_secs(1));
        Self {
            rate: Rate::per(PEOPLE, period),
            debts: Debts::new(CLIENTS_MAX),
        }
    }

    /// Counts a newcomer who begins a session, or says how long to wait.
    pub fn begin(&mut self, client: ClientKey, now: Timestamp) -> Result<(), Duration> {
        let wait = self.debts.wait(client, self.rate, now);
        if wait > Duration::ZERO {
            return Err(wait);
        }
        self.debts.take(client, self.rate, now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{AddressKeys, ClientAddress, OsEntropy};

    const LIMITS: FreeLimits = FreeLimits {
        session: Duration::from_secs(60 * 60),
        cooldown: Duration::from_secs(15 * 60),
        devices_max: 5,
    };

    #[test]
    fn clearing_the_storage_again_and_again_gains_nothing() {
        let now = Timestamp::default();
        let keys = AddressKeys::new(now, &OsEntropy);
        let client = |host| {
            keys.key(
                ClientAddress::new([192, 0, 2, host].into()),
                now,
                &OsEntropy,
            )
        };
        let mut newcomers = Newcomers::new(LIMITS);
        for _ in 0..PEOPLE {
            assert_eq!(newcomers.begin(client(1), now), Ok(()));
        }
        let wait = newcomers.begin(client(1), now).unwrap_err();
        assert_eq!(wait, (LIMITS.session + LIMITS.cooldown) / PEOPLE);
        assert_eq!(newcomers.begin(client(2), now), Ok(()));
        assert_eq!(newcomers.begin(client(1), now.after(wait)), Ok(()));
    }
}
