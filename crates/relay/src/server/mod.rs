//! The relay as a state machine: who may allocate what, and where each packet goes.

mod answers;
mod failure;
mod forward;
mod requests;
#[cfg(test)]
mod scene;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base::{Entropy, RoomId, Timestamp};

use self::answers::{Grant, Request};
use self::failure::{Code, FULL};
use crate::allocation::Allocation;
use crate::directory::{Changed, Place};
use crate::nonce::Nonces;
use crate::policy::Policy;
use crate::stun::{ChannelData, Class, Message, Method};
use crate::{
    AllocationId, Client, Counters, Credentials, Directory, Host, Opening, Refusal, Settings,
};

/// What a packet leads to: at most one thing.
pub enum Output<'a> {
    /// Nothing at all.
    Nothing,
    /// A message to a client.
    ToClient {
        /// The client.
        client: Client,
        /// The message, ready for the client's transport.
        message: &'a [u8],
    },
    /// A datagram from an allocation's port.
    ToPeer {
        /// The allocation.
        from: AllocationId,
        /// Where to.
        peer: SocketAddr,
        /// What.
        data: &'a [u8],
    },
    /// A port is wanted: try to get one and go on with [`Server::opened`].
    Open(Box<Opening>),
}

/// Why there is no port for an allocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPort {
    /// No addresses of that family here.
    Family,
    /// No port is free.
    Full,
}

/// A STUN and TURN server without sockets.
pub struct Server {
    settings: Settings,
    policy: Policy,
    credentials: Credentials,
    nonces: Nonces,
    directory: Arc<Mutex<Directory>>,
    /// Grows when someone is dismissed, so that the directory needs no look at each packet.
    changes: Arc<AtomicU64>,
    changes_seen: u64,
    allocations: HashMap<AllocationId, Allocation>,
    by_client: HashMap<Client, AllocationId>,
    by_relayed: HashMap<SocketAddr, AllocationId>,
    by_room: HashMap<RoomId, Vec<AllocationId>>,
    ended: Vec<AllocationId>,
    next: u64,
    counters: Counters,
    scratch: Vec<u8>,
}

impl Server {
    /// A server for the members in `directory`, on the machine that `host` describes.
    pub fn new(
        settings: Settings,
        host: Host,
        credentials: Credentials,
        directory: Arc<Mutex<Directory>>,
        entropy: &dyn Entropy,
    ) -> Self {
        let changes = lock(&directory).changes();
        Self {
            policy: Policy {
                host,
                private_networks: settings.private_networks,
                allowed: settings.allowed.clone(),
            },
            nonces: Nonces::new(settings.nonce_life, entropy),
            settings,
            credentials,
            directory,
            changes,
            changes_seen: 0,
            allocations: HashMap::new(),
            by_client: HashMap::new(),
            by_relayed: HashMap::new(),
            by_room: HashMap::new(),
            ended: Vec::new(),
            next: 0,
            counters: Counters::default(),
            scratch: Vec::new(),
        }
    }

    /// Describes this machine anew, when its addresses may have changed.
    pub fn set_host(&mut self, host: Host) {
        self.policy.host = host;
    }

    /// Takes one message from a client: a whole datagram, or one frame of a stream.
    pub fn on_client<'a>(
        &'a mut self,
        client: Client,
        bytes: &'a [u8],
        now: Timestamp,
    ) -> Output<'a> {
        self.follow_directory(now);
        if bytes
            .first()
            .is_some_and(|first| (0x40..0x80).contains(first))
        {
            return match ChannelData::read(bytes) {
                Some(message) => self.on_channel(client, &message, now),
                None => self.refuse(Refusal::Malformed),
            };
        }
        let Some(message) = Message::read(bytes) else {
            return self.refuse(Refusal::Malformed);
        };
        match (message.class, message.method) {
            (Class::Request, Method::Binding) => self.answer_binding(client, &message, now),
            (Class::Request, _) => self.answer(client, &message, now),
            (Class::Indication, Method::Send) => self.on_send(client, &message, now),
            // A keep-alive (RFC 8489, section 2).
            (Class::Indication, Method::Binding) => Output::Nothing,
            _ => self.refuse(Refusal::Malformed),
        }
    }

    /// Takes one datagram that arrived from `peer` at an allocation's port.
    pub fn on_peer<'a>(
        &'a mut self,
        id: AllocationId,
        peer: SocketAddr,
        data: &'a [u8],
        now: Timestamp,
    ) -> Output<'a> {
        self.follow_directory(now);
        if self.policy.lets_out(peer) {
            self.deliver(id, peer, data, now)
        } else {
            self.refuse(Refusal::OwnPort)
        }
    }

    /// Goes on with an allocation: `port` is the address that others reach it at.
    pub fn opened(
        &mut self,
        opening: Opening,
        port: Result<SocketAddr, NoPort>,
        now: Timestamp,
    ) -> Output<'_> {
        let (id, client, transaction) = (opening.id, opening.client, opening.transaction);
        let key = opening.key.clone();
        let outcome = match port {
            Ok(relayed) if self.by_relayed.contains_key(&relayed) => Err(FULL),
            Ok(relayed) => {
                let life = opening.life;
                self.insert(opening, relayed, now);
                Ok(Grant::Allocation { relayed, life })
            }
            Err(NoPort::Full) => Err(FULL),
            Err(NoPort::Family) => Err(Code::FamilyNotSupported.because(Refusal::Unsupported)),
        };
        if outcome.is_err() {
            self.ended.push(id);
        }
        let request = Request {
            client,
            method: Method::Allocate,
            transaction,
        };
        self.reply(&request, Some(&key), outcome, now)
    }

    /// Ends what belongs to a client whose connection is gone.
    pub fn client_gone(&mut self, client: Client) {
        if let Some(id) = self.by_client.get(&client) {
            self.end(*id);
        }
    }

    /// Ends what has run out. To be called about once a second.
    pub fn tick(&mut self, now: Timestamp) {
        self.follow_directory(now);
        let run_out: Vec<AllocationId> = self
            .allocations
            .iter()
            .filter(|(_, allocation)| allocation.ends <= now)
            .map(|(id, _)| *id)
            .collect();
        for id in run_out {
            self.end(id);
        }
    }

    /// The allocations that ended since the last call: their ports are to be closed.
    pub fn take_ended(&mut self) -> Vec<AllocationId> {
        std::mem::take(&mut self.ended)
    }

    /// What happened so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        let mut counters = self.counters;
        counters.allocations = self.allocations.len() as u64;
        counters
    }

    /// Ends what the directory no longer covers, if anyone was dismissed since the last look.
    fn follow_directory(&mut self, now: Timestamp) {
        let changes = self.changes.load(Ordering::Acquire);
        if changes == self.changes_seen {
            return;
        }
        self.changes_seen = changes;
        let changed = lock(&self.directory).take_changed();
        let rooms = match changed {
            Changed::Rooms(rooms) => rooms,
            Changed::Everything => self.by_room.keys().copied().collect(),
        };
        for room in rooms {
            self.review(room, now);
        }
    }

    /// Looks again at every allocation and permission of a room.
    fn review(&mut self, room: RoomId, now: Timestamp) {
        let ids = self.by_room.get(&room).cloned().unwrap_or_default();
        let directory = Arc::clone(&self.directory);
        let directory = lock(&directory);
        let (stay, go): (Vec<_>, Vec<_>) = ids.into_iter().partition(|id| {
            let allocation = &self.allocations[id];
            allocation.ends > now && directory.place(&allocation.name) == Some(allocation.place)
        });
        for id in go {
            self.end(id);
        }
        for id in stay {
            let place = self.allocations[&id].place;
            let mut permissions = self.allocations[&id].permitted();
            permissions.retain(|&address| {
                let peer = SocketAddr::new(address, 0);
                let is_relayed = self.another_is_relayed_at(place, peer);
                let verdict = self.policy.permits(peer, place, &directory, is_relayed);
                verdict.is_ok()
            });
            if let Some(allocation) = self.allocations.get_mut(&id) {
                allocation.withdraw_all_but(&permissions);
            }
        }
    }

    /// Whether another member of the room has an allocation at the address of `peer`.
    fn another_is_relayed_at(&self, place: Place, peer: SocketAddr) -> bool {
        let ids = self.by_room.get(&place.room).into_iter().flatten();
        ids.filter_map(|id| self.allocations.get(id))
            .any(|other| other.place.member != place.member && other.relayed.ip() == peer.ip())
    }

    fn insert(&mut self, opening: Opening, relayed: SocketAddr, now: Timestamp) {
        let (id, client, room) = (opening.id, opening.client, opening.place.room);
        let allocation = Allocation::new(opening, relayed, &self.settings, now);
        self.allocations.insert(id, allocation);
        self.by_client.insert(client, id);
        self.by_relayed.insert(relayed, id);
        self.by_room.entry(room).or_default().push(id);
        self.counters.allocations_made += 1;
    }

    fn end(&mut self, id: AllocationId) {
        let Some(allocation) = self.allocations.remove(&id) else {
            return;
        };
        self.by_client.remove(&allocation.client);
        self.by_relayed.remove(&allocation.relayed);
        if let Some(ids) = self.by_room.get_mut(&allocation.place.room) {
            ids.retain(|other| *other != id);
            if ids.is_empty() {
                self.by_room.remove(&allocation.place.room);
            }
        }
        self.ended.push(id);
    }

    fn refuse(&mut self, reason: Refusal) -> Output<'static> {
        self.counters.refuse(reason);
        Output::Nothing
    }
}

/// A panic elsewhere leaves the directory whole: its methods change it in one step.
fn lock(directory: &Mutex<Directory>) -> MutexGuard<'_, Directory> {
    directory.lock().unwrap_or_else(PoisonError::into_inner)
}
