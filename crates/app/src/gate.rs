//! The bounds of what one client, and all clients together, may take up.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::{AccountId, Bucket, ClientKey, Rate, Throttle, Timestamp};
use protocol::{ErrorCode, Failure};
use room::GUESSES_A_MINUTE;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{Limits, SessionWatch};

/// Clients whose recent tries are remembered, far above what one server sees in an hour.
const CLIENTS_MAX: usize = 100_000;
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
/// What a client that came too early by a bound without a clock is told to wait.
const RETRY: Duration = Duration::from_secs(10);
/// All clients together: see [`room::code_length`].
const GUESSES: Rate = Rate::per(GUESSES_A_MINUTE, MINUTE);

/// Tries of one client that are looked at side by side; the others wait their turn, so that a client cannot learn
/// more in one moment than the allowance gives it in a minute.
const TRIES_AT_ONCE: usize = 4;
/// Queues for tries. Clients are spread over them by their keys, which are random.
const QUEUES: usize = 64;

/// Where tries wait their turn.
pub(crate) struct TryQueues([Semaphore; QUEUES]);

impl Default for TryQueues {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Semaphore::new(TRIES_AT_ONCE)))
    }
}

impl TryQueues {
    /// `client`'s turn, over when dropped.
    pub(crate) async fn turn(&self, client: ClientKey) -> SemaphorePermit<'_> {
        let queue = &self.0[client.spread(QUEUES)];
        queue.acquire().await.expect("the queues are never closed")
    }
}

/// Who takes up how much. Keys only, no addresses.
pub(crate) struct Gate {
    limits: Limits,
    sockets: usize,
    clients: HashMap<ClientKey, Sockets>,
    wrong_joins: Throttle<ClientKey>,
    guesses: Bucket,
    new_rooms: Throttle<ClientKey>,
    followers: Throttle<ClientKey>,
}

#[derive(Default)]
struct Sockets {
    open: usize,
    half_open: usize,
}

impl Gate {
    pub(crate) fn new(limits: Limits) -> Self {
        let wrong = Rate::per(limits.wrong_joins_per_client_minute.max(1), MINUTE);
        let rooms = Rate::per(limits.rooms_per_client_hour.max(1), HOUR);
        let followers = Rate::per(limits.followers_per_client_minute.max(1), MINUTE);
        Self {
            limits,
            sockets: 0,
            clients: HashMap::new(),
            wrong_joins: Throttle::new(wrong, CLIENTS_MAX),
            guesses: Bucket::default(),
            new_rooms: Throttle::new(rooms, CLIENTS_MAX),
            followers: Throttle::new(followers, CLIENTS_MAX),
        }
    }

    pub(crate) const fn open_sockets(&self) -> usize {
        self.sockets
    }

    /// Whether `client` may try a code now.
    pub(crate) fn may_try(&self, client: ClientKey, now: Timestamp) -> Result<(), Failure> {
        let wait = self.wrong_joins.wait(client, now);
        match wait.max(self.guesses.wait(GUESSES, now)) {
            Duration::ZERO => Ok(()),
            wait => Err(too_many_tries(wait)),
        }
    }

    /// `client` tried a code that opens nothing.
    pub(crate) fn count_wrong_try(&mut self, client: ClientKey, now: Timestamp) {
        // Tries that run side by side may overdraw the allowance by [`TRIES_AT_ONCE`]; the next one waits for it.
        let _ = self.wrong_joins.take(client, now);
        let _ = self.guesses.take(GUESSES, now);
    }

    /// `client` opens a room.
    pub(crate) fn take_room(&mut self, client: ClientKey, now: Timestamp) -> Result<(), Failure> {
        self.new_rooms
            .take(client, now)
            .map_err(|wait| busy("too many new rooms", wait))
    }

    /// `client` comes into a room to follow its queue, or comes back: each time everybody there is told.
    pub(crate) fn take_follower(
        &mut self,
        client: ClientKey,
        now: Timestamp,
    ) -> Result<(), Failure> {
        self.followers
            .take(client, now)
            .map_err(|wait| busy("too many come in from this network address", wait))
    }

    fn enter(&mut self, client: ClientKey) -> Result<(), Failure> {
        if self.sockets >= self.limits.sockets {
            return Err(busy("the server has all the sockets it takes", RETRY));
        }
        let sockets = self.clients.entry(client).or_default();
        if sockets.open >= self.limits.sockets_per_client {
            return Err(busy("too many sockets from this network address", RETRY));
        }
        if sockets.half_open >= self.limits.half_open_per_client {
            return Err(busy(
                "too many sockets that have not joined a room yet",
                RETRY,
            ));
        }
        sockets.open += 1;
        sockets.half_open += 1;
        self.sockets += 1;
        Ok(())
    }

    fn settle(&mut self, client: ClientKey) {
        if let Some(sockets) = self.clients.get_mut(&client) {
            sockets.half_open -= 1;
        }
    }

    fn exit(&mut self, client: ClientKey) {
        self.sockets -= 1;
        if let Some(sockets) = self.clients.get_mut(&client) {
            sockets.open -= 1;
            if sockets.open == 0 {
                self.clients.remove(&client);
            }
        }
    }
}

fn too_many_tries(wait: Duration) -> Failure {
    let message = "too many wrong codes or passwords; wait a little";
    Failure {
        retry_after_s: Some(seconds(wait)),
        ..Failure::new(ErrorCode::TooManyTries, message)
    }
}

pub(crate) fn busy(message: &str, wait: Duration) -> Failure {
    Failure {
        retry_after_s: Some(seconds(wait)),
        ..Failure::new(ErrorCode::Busy, message)
    }
}

fn seconds(wait: Duration) -> u32 {
    u32::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)
}

/// The right to one open socket, given back when dropped.
pub struct SocketPass {
    gate: Arc<Mutex<Gate>>,
    client: ClientKey,
    account: Option<AccountId>,
    is_settled: bool,
}

impl SocketPass {
    pub(crate) fn take(gate: &Arc<Mutex<Gate>>, client: ClientKey) -> Result<Self, Failure> {
        lock(gate).enter(client)?;
        Ok(Self {
            gate: Arc::clone(gate),
            client,
            account: None,
            is_settled: false,
        })
    }

    /// Who holds it.
    #[must_use]
    pub const fn client(&self) -> ClientKey {
        self.client
    }

    /// The same pass, of somebody who is signed in.
    #[must_use]
    pub fn signed_in(mut self, watch: Option<&SessionWatch>) -> Self {
        self.account = watch.map(SessionWatch::account);
        self
    }

    /// Whose browser it is, where somebody is signed in.
    pub(crate) const fn account(&self) -> Option<AccountId> {
        self.account
    }

    /// The socket has created or joined a room.
    pub fn settle(&mut self) {
        if !std::mem::replace(&mut self.is_settled, true) {
            lock(&self.gate).settle(self.client);
        }
    }
}

impl Drop for SocketPass {
    fn drop(&mut self) {
        self.settle();
        lock(&self.gate).exit(self.client);
    }
}

fn lock(gate: &Mutex<Gate>) -> std::sync::MutexGuard<'_, Gate> {
    gate.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{AddressKeys, ClientAddress, OsEntropy};

    fn clients() -> [ClientKey; 2] {
        let keys = AddressKeys::new(Timestamp::default(), &OsEntropy);
        ["192.0.2.1", "192.0.2.2"].map(|address| {
            let address = ClientAddress::new(address.parse().unwrap());
            keys.key(address, Timestamp::default(), &OsEntropy)
        })
    }

    #[test]
    fn ten_wrong_codes_stop_one_client_and_nobody_else() {
        let (mut gate, [guesser, other]) = (Gate::new(Limits::default()), clients());
        for _ in 0..10 {
            assert!(gate.may_try(guesser, Timestamp::default()).is_ok());
            gate.count_wrong_try(guesser, Timestamp::default());
        }
        let refusal = gate.may_try(guesser, Timestamp::default()).unwrap_err();
        assert_eq!(
            (refusal.code, refusal.retry_after_s),
            (ErrorCode::TooManyTries, Some(6))
        );
        assert!(gate.may_try(other, Timestamp::default()).is_ok());
    }

    #[test]
    fn a_pass_is_given_back() {
        let limits = Limits {
            half_open_per_client: 1,
            sockets_per_client: 2,
            ..Limits::default()
        };
        let gate = Arc::new(Mutex::new(Gate::new(limits)));
        let [client, other] = clients();
        let mut first = SocketPass::take(&gate, client).unwrap();
        assert!(
            SocketPass::take(&gate, client).is_err(),
            "one is half open already"
        );
        first.settle();
        let second = SocketPass::take(&gate, client).unwrap();
        assert!(SocketPass::take(&gate, client).is_err(), "two are open");
        assert!(SocketPass::take(&gate, other).is_ok());
        drop((first, second));
        assert_eq!(lock(&gate).open_sockets(), 0);
        assert!(lock(&gate).clients.is_empty());
    }
}
