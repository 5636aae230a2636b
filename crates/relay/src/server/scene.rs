//! Two rooms, their members, and a client that speaks TURN as a browser would.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use base::{MemberId, OsEntropy, RoomId, Secret, Timestamp};

use super::{NoPort, Output, Server, lock};
use crate::stun::attribute::{self, Masked};
use crate::stun::{ChannelData, Class, LongTermKey, Message, Method, TransactionId, Writer};
use crate::{
    AllocationId, Client, Credentials, Directory, Family, Host, Settings, Transport, new_name,
};

/// The address of the relay's ports.
pub(super) const RELAY: &str = "203.0.113.1";

pub(super) struct Scene {
    pub(super) server: Server,
    pub(super) directory: Arc<Mutex<Directory>>,
    pub(super) credentials: Credentials,
    pub(super) now: Timestamp,
    pub(super) ports_left: u16,
    transactions: u8,
}

/// A member with an admitted name, seen from one client address.
#[derive(Clone)]
pub(super) struct Member {
    pub(super) room: RoomId,
    pub(super) id: MemberId,
    pub(super) client: Client,
    pub(super) username: String,
    pub(super) password: String,
    pub(super) nonce: Vec<u8>,
}

/// An answer, read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) error: Option<u16>,
    pub(super) life_s: Option<u32>,
    pub(super) relayed: Option<SocketAddr>,
    pub(super) mapped: Option<SocketAddr>,
    pub(super) unknown: Option<Vec<u8>>,
    pub(super) nonce: Option<Vec<u8>>,
}

/// What a packet led to, owned.
pub(super) enum Sent {
    Nothing,
    ToClient { client: Client, message: Vec<u8> },
    ToPeer { peer: SocketAddr, data: Vec<u8> },
}

impl Scene {
    pub(super) fn new(settings: Settings) -> Self {
        let directory = Arc::new(Mutex::new(Directory::new()));
        let credentials = Credentials::new(Secret::new(b"secret".to_vec()));
        let host = Host {
            addresses: vec![RELAY.parse().unwrap()],
            ports: vec![3478],
        };
        let server = Server::new(
            settings,
            host,
            credentials.clone(),
            Arc::clone(&directory),
            &OsEntropy,
        );
        Self {
            server,
            directory,
            credentials,
            now: Timestamp::from_unix_ms(1_800_000_000_000),
            ports_left: 1000,
            transactions: 0,
        }
    }

    pub(super) fn pass(&mut self, seconds: u64) {
        self.now = self.now.after(std::time::Duration::from_secs(seconds));
    }

    pub(super) fn room(&self) -> RoomId {
        RoomId::new(self.now, &OsEntropy)
    }

    /// A new member of `room` at `address`.
    pub(super) fn member(&mut self, room: RoomId, address: &str) -> Member {
        let (name, id) = (new_name(&OsEntropy), MemberId::new(&OsEntropy));
        assert!(lock(&self.directory).admit(&name, room, id));
        let issued = self.credentials.issue(&name, self.now);
        let client = Client {
            transport: Transport::Udp,
            address: address.parse().unwrap(),
        };
        let mut member = Member {
            room,
            id,
            client,
            username: issued.username,
            password: issued.password.expose().clone(),
            nonce: Vec::new(),
        };
        member.nonce = self.challenge(&member);
        member
    }

    /// A new member of `room` with an allocation.
    pub(super) fn relayed(&mut self, room: RoomId, address: &str) -> (Member, SocketAddr) {
        let member = self.member(room, address);
        let relayed = self.allocate(&member).relayed.unwrap();
        (member, relayed)
    }

    /// The nonce that an unsigned request is answered with.
    pub(super) fn challenge(&mut self, member: &Member) -> Vec<u8> {
        let mut buffer = Vec::new();
        let transaction = self.transaction();
        let request = Writer::new(&mut buffer, Class::Request, Method::Allocate, transaction);
        let answer = self.answer(member.client, request.finish());
        assert_eq!(answer.error, Some(401));
        answer.nonce.unwrap()
    }

    pub(super) fn allocate(&mut self, member: &Member) -> Answer {
        self.ask(member, Method::Allocate, |request| {
            request.value(attribute::REQUESTED_TRANSPORT, &[17, 0, 0, 0])
        })
    }

    pub(super) fn refresh(&mut self, member: &Member, life_s: u32) -> Answer {
        self.ask(member, Method::Refresh, |request| {
            request.number(attribute::LIFETIME, life_s)
        })
    }

    pub(super) fn permit(&mut self, member: &Member, peer: &str) -> Answer {
        self.ask(member, Method::CreatePermission, |request| {
            request.address(attribute::XOR_PEER_ADDRESS, peer.parse().unwrap())
        })
    }

    pub(super) fn bind(&mut self, member: &Member, number: u16, peer: SocketAddr) -> Answer {
        self.ask(member, Method::ChannelBind, |request| {
            request
                .number(attribute::CHANNEL_NUMBER, u32::from(number) << 16)
                .address(attribute::XOR_PEER_ADDRESS, peer)
        })
    }

    /// Sends a signed request and reads the answer.
    pub(super) fn ask(
        &mut self,
        member: &Member,
        method: Method,
        rest: impl FnOnce(Writer<'_>) -> Writer<'_>,
    ) -> Answer {
        let mut buffer = Vec::new();
        let transaction = self.transaction();
        member.sign(&mut buffer, method, transaction, rest);
        self.answer(member.client, &buffer)
    }

    pub(super) fn answer(&mut self, client: Client, request: &[u8]) -> Answer {
        match self.on_client(client, request) {
            Sent::ToClient {
                client: to,
                message,
            } => {
                assert!(to == client);
                Answer::read(&message)
            }
            Sent::Nothing | Sent::ToPeer { .. } => panic!("a request is answered"),
        }
    }

    pub(super) fn say(&mut self, member: &Member, number: u16, data: &[u8]) -> Sent {
        let mut message = number.to_be_bytes().to_vec();
        message.extend_from_slice(&u16::try_from(data.len()).unwrap().to_be_bytes());
        message.extend_from_slice(data);
        self.on_client(member.client, &message)
    }

    pub(super) fn send(&mut self, member: &Member, peer: SocketAddr, data: &[u8]) -> Sent {
        let mut buffer = Vec::new();
        let transaction = self.transaction();
        Writer::new(&mut buffer, Class::Indication, Method::Send, transaction)
            .address(attribute::XOR_PEER_ADDRESS, peer)
            .value(attribute::DATA, data)
            .finish();
        self.on_client(member.client, &buffer)
    }

    pub(super) fn on_client(&mut self, client: Client, bytes: &[u8]) -> Sent {
        let opening = match self.server.on_client(client, bytes, self.now) {
            Output::Open(opening) => opening,
            output => return Sent::from(output),
        };
        let port = match (opening.family, self.ports_left) {
            (Family::V6, _) => Err(NoPort::Family),
            (Family::V4, 0) => Err(NoPort::Full),
            (Family::V4, left) => Ok(SocketAddr::new(RELAY.parse().unwrap(), 50_000 + left)),
        };
        self.ports_left = self.ports_left.saturating_sub(1);
        Sent::from(self.server.opened(*opening, port, self.now))
    }

    pub(super) fn on_peer(&mut self, id: u64, peer: &str, data: &[u8]) -> Sent {
        let peer = peer.parse().unwrap();
        Sent::from(self.server.on_peer(AllocationId(id), peer, data, self.now))
    }

    pub(super) fn transaction(&mut self) -> TransactionId {
        self.transactions = self.transactions.wrapping_add(1);
        TransactionId([self.transactions; 12])
    }
}

impl Member {
    pub(super) fn sign(
        &self,
        buffer: &mut Vec<u8>,
        method: Method,
        transaction: TransactionId,
        rest: impl FnOnce(Writer<'_>) -> Writer<'_>,
    ) {
        let key = LongTermKey::new(&self.username, "unisono", &self.password);
        rest(Writer::new(buffer, Class::Request, method, transaction))
            .value(attribute::USERNAME, self.username.as_bytes())
            .value(attribute::REALM, b"unisono")
            .value(attribute::NONCE, &self.nonce)
            .sign(key.as_bytes())
            .fingerprint()
            .finish();
    }
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let message = Message::read(bytes).unwrap();
        let error = message.value(attribute::ERROR_CODE);
        let address = |kind| Masked::read(message.value(kind)?, message.transaction);
        Self {
            error: error.map(|value| u16::from(value[2]) * 100 + u16::from(value[3])),
            life_s: message.number(attribute::LIFETIME),
            relayed: address(attribute::XOR_RELAYED_ADDRESS),
            mapped: address(attribute::XOR_MAPPED_ADDRESS),
            unknown: message
                .value(attribute::UNKNOWN_ATTRIBUTES)
                .map(<[u8]>::to_vec),
            nonce: message.value(attribute::NONCE).map(<[u8]>::to_vec),
        }
    }
}

impl From<Output<'_>> for Sent {
    fn from(output: Output<'_>) -> Self {
        match output {
            Output::Nothing => Self::Nothing,
            Output::ToClient { client, message } => Self::ToClient {
                client,
                message: message.to_vec(),
            },
            Output::ToPeer { peer, data, .. } => Self::ToPeer {
                peer,
                data: data.to_vec(),
            },
            Output::Open(_) => panic!("a port was opened already"),
        }
    }
}

impl Sent {
    pub(super) const fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// The data a client gets on a channel.
    pub(super) fn on_channel(&self, member: &Member) -> Option<Vec<u8>> {
        let Self::ToClient { client, message } = self else {
            return None;
        };
        let data = ChannelData::read(message)?.data;
        (*client == member.client).then(|| data.to_vec())
    }

    /// The peer and the data a client gets in an indication.
    pub(super) fn in_indication(&self, member: &Member) -> Option<(SocketAddr, Vec<u8>)> {
        let Self::ToClient { client, message } = self else {
            return None;
        };
        let message = Message::read(message)?;
        let peer = message.peers().next()??;
        let data = message.value(attribute::DATA)?.to_vec();
        (message.method == Method::Data && *client == member.client).then_some((peer, data))
    }

    /// What a peer gets.
    pub(super) fn to_peer(&self) -> Option<(SocketAddr, &[u8])> {
        match self {
            Self::ToPeer { peer, data } => Some((*peer, data)),
            Self::Nothing | Self::ToClient { .. } => None,
        }
    }
}
