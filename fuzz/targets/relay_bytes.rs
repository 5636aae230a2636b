//! Plays datagrams of strangers and of members against the whole relay.
//!
//! However they come, it must not panic, must not send to this machine or to a network that is not
//! opened, and must not keep more than its limits say.

#![no_main]

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{MemberId, RoomId, Secret, Timestamp};
use libfuzzer_sys::fuzz_target;
use relay::{
    AllocationId, Client, Credentials, Directory, Frame, Host, Issued, NoPort, Output, Server,
    Settings, Transport, first_frame,
};
use unisono_fuzz::{Bytes, Counting, Request, value};

const HOST: [u8; 4] = [203, 0, 113, 1];
const OWN_PORT: u16 = 3478;
const FIRST_PORT: u16 = 50_000;
const ALLOCATIONS_MAX: usize = 6;
const ATTRIBUTES: [u16; 10] = [
    0x000c, 0x000d, 0x0013, 0x0017, 0x0018, 0x0019, 0x0022, 0x0024, 0x8022, 0x8028,
];
/// Methods: binding, allocate, refresh, send, data, create permission, channel bind, and one that is none.
const METHODS: [u8; 8] = [1, 3, 4, 6, 7, 8, 9, 15];

struct Member {
    room: RoomId,
    id: MemberId,
    client: Client,
    issued: Issued,
    nonce: Vec<u8>,
}

struct World {
    server: Server,
    directory: Arc<Mutex<Directory>>,
    members: Vec<Member>,
    opened: Vec<AllocationId>,
    now: Timestamp,
    next_port: u16,
}

impl World {
    /// Four members in two rooms, half of them by TCP.
    fn new() -> Self {
        let entropy = Counting::default();
        let now = Timestamp::from_unix_ms(1_800_000_000_000);
        let settings = Settings {
            allocations_max: ALLOCATIONS_MAX,
            allocations_per_name_max: 3,
            permissions_max: 4,
            channels_max: 4,
            ..Settings::default()
        };
        let host = Host {
            addresses: vec![IpAddr::from(HOST)],
            ports: vec![OWN_PORT],
        };
        let credentials = Credentials::new(Secret::new(b"secret".to_vec()));
        let mut directory = Directory::new();
        let rooms = [RoomId::new(now, &entropy), RoomId::new(now, &entropy)];
        let members = (0..4_u8)
            .map(|number| {
                let (room, id) = (rooms[usize::from(number / 2)], MemberId::new(&entropy));
                let name = format!("name-{number}");
                directory.admit(&name, room, id);
                directory.saw_candidate(room, id, ([198, 51, 100, number], 4000).into());
                let transport = if number % 2 == 0 {
                    Transport::Udp
                } else {
                    Transport::Tcp
                };
                let address = SocketAddr::from(([192, 0, 2, number], 1000));
                let issued = credentials.issue(&name, now);
                Member {
                    room,
                    id,
                    client: Client { transport, address },
                    issued,
                    nonce: Vec::new(),
                }
            })
            .collect();
        let directory = Arc::new(Mutex::new(directory));
        let server = Server::new(
            settings,
            host,
            credentials,
            Arc::clone(&directory),
            &entropy,
        );
        Self {
            server,
            directory,
            members,
            opened: Vec::new(),
            now,
            next_port: FIRST_PORT,
        }
    }

    fn step(&mut self, bytes: &mut Bytes<'_>) {
        let what = bytes.byte();
        let who = usize::from(what >> 4) % self.members.len();
        match what & 0x0f {
            0..=2 => self.datagram(who, bytes.counted()),
            3..=7 => self.request(who, bytes),
            8 => self.channel(who, bytes),
            9 | 10 => self.on_peer(bytes),
            11 => {
                self.now = self
                    .now
                    .after(Duration::from_secs(u64::from(bytes.byte()) * 4))
            }
            12 => self.server.tick(self.now),
            13 => self.server.client_gone(self.members[who].client),
            _ => self.change_room(who, bytes.byte()),
        }
        let counters = self.server.counters();
        assert!(counters.allocations <= ALLOCATIONS_MAX as u64);
        for id in self.server.take_ended() {
            self.opened.retain(|open| *open != id);
        }
        assert_eq!(counters.allocations, self.opened.len() as u64);
    }

    fn datagram(&mut self, who: usize, message: &[u8]) {
        let client = self.members[who].client;
        if client.transport == Transport::Tcp && !matches!(first_frame(message), Frame::Whole(_)) {
            return;
        }
        self.hear(who, message);
    }

    /// A request by the member, signed or not.
    fn request(&mut self, who: usize, bytes: &mut Bytes<'_>) {
        let (method, flags) = (bytes.byte(), bytes.byte());
        let mut request = Request::new(METHODS[usize::from(method % 8)], flags >> 4);
        if flags & 1 == 0 {
            request.attribute(0x0019, &[17, 0, 0, 0]);
        }
        for _ in 0..flags >> 1 & 3 {
            match bytes.byte() {
                which @ 0..128 => {
                    let kind = ATTRIBUTES[usize::from(which) % ATTRIBUTES.len()];
                    request.attribute(kind, bytes.counted());
                }
                which => {
                    let (address, port) = place(which, u16::from(bytes.byte()));
                    request.peer(address, port);
                }
            }
        }
        let member = &self.members[who];
        let message = if flags & 8 == 0 {
            let Issued { username, password } = &member.issued;
            request.sign(username, password.expose(), "unisono", &member.nonce)
        } else {
            request.unsigned()
        };
        self.hear(who, &message);
    }

    fn channel(&mut self, who: usize, bytes: &mut Bytes<'_>) {
        let mut message = vec![0x40, bytes.byte()];
        let data = bytes.counted();
        message.extend((data.len() as u16).to_be_bytes());
        message.extend(data);
        message.resize(message.len().next_multiple_of(4), 0);
        self.hear(who, &message);
    }

    fn on_peer(&mut self, bytes: &mut Bytes<'_>) {
        let (address, port) = place(bytes.byte(), u16::from(bytes.byte()));
        let Some(id) = self
            .opened
            .get(usize::from(bytes.byte()) % self.opened.len().max(1))
        else {
            return;
        };
        let output = self
            .server
            .on_peer(*id, (address, port).into(), bytes.counted(), self.now);
        assert!(matches!(output, Output::Nothing | Output::ToClient { .. }));
    }

    fn change_room(&mut self, who: usize, how: u8) {
        let member = &self.members[who];
        let mut directory = self.directory.lock().unwrap();
        match how & 3 {
            0 => directory.dismiss(member.room, member.id),
            1 => directory.close(member.room),
            2 => directory.saw_candidate(member.room, member.id, place(how, 80).into()),
            _ => drop(directory.admit(&format!("name-{who}"), member.room, member.id)),
        }
    }

    /// Gives the server a message of a member, and does and checks what it asks for.
    fn hear(&mut self, who: usize, message: &[u8]) {
        let client = self.members[who].client;
        let opening = match self.server.on_client(client, message, self.now) {
            Output::Open(opening) => opening,
            output => {
                if let Some(nonce) = check(output) {
                    self.members[who].nonce = nonce;
                }
                return;
            }
        };
        self.next_port = self.next_port.wrapping_add(1).max(FIRST_PORT);
        let port = match opening.family {
            relay::Family::V4 => Ok((HOST, self.next_port).into()),
            relay::Family::V6 => Err(NoPort::Family),
        };
        self.opened.push(opening.id);
        check(self.server.opened(*opening, port, self.now));
    }
}

/// Places worth trying: candidates of members, allocations, this machine, and networks of others.
fn place(which: u8, port: u16) -> ([u8; 4], u16) {
    match which % 8 {
        0 | 1 => ([198, 51, 100, which >> 3 & 3], port),
        2 | 3 => (HOST, FIRST_PORT + 1 + port % 16),
        4 => (HOST, OWN_PORT),
        5 => ([127, 0, 0, 1], port),
        6 => ([192, 168, 1, which], port),
        _ => ([8, 8, which, 8], port),
    }
}

/// Nothing may leave for where it must not, and what a client gets is a whole message. A nonce is kept.
fn check(output: Output<'_>) -> Option<Vec<u8>> {
    match output {
        Output::Nothing => None,
        Output::Open(_) => panic!("a port is asked for once"),
        Output::ToPeer { peer, .. } => {
            let IpAddr::V4(address) = peer.ip() else {
                panic!("an IPv4 allocation sends to IPv4 peers");
            };
            assert!(
                !address.is_loopback() && !address.is_private(),
                "a closed network"
            );
            assert!(address.octets() != HOST, "this machine");
            None
        }
        Output::ToClient { client, message } => {
            match (first_frame(message), client.transport) {
                (Frame::Whole(length), _) => assert_eq!(length, message.len()),
                (frame, transport) => {
                    assert!(transport == Transport::Udp, "padding on a stream");
                    assert_eq!(frame, Frame::Partial);
                }
            }
            value(message, 0x0015)
        }
    }
}

/// Gives every member an allocation, a channel to its fellow and a permission for its candidate, by steps
/// as the fuzzer would make them.
fn settle(world: &mut World) {
    for who in 0..4_u8 {
        let request = who << 4 | 3;
        let fellow = who ^ 1;
        let challenge = [request, 1, 8];
        let allocate = [request, 1, 0];
        for step in [challenge, allocate] {
            world.step(&mut Bytes(&step));
        }
        let permit = [request, 5, 0x13, 128 | fellow << 3, 0];
        world.step(&mut Bytes(&permit));
    }
    for who in 0..4_u8 {
        let bind = [who << 4 | 3, 6, 0x25, 0, 4, 0x40, 0, 0, 0, 128 | 2, who ^ 1];
        world.step(&mut Bytes(&bind));
    }
    assert_eq!(world.opened.len(), world.members.len());
    let refused = relay::Refusal::ALL.map(|reason| world.server.counters().refused(reason));
    assert_eq!(refused.iter().sum::<u64>(), 4, "only the challenges refuse");
}

fuzz_target!(|input: &[u8]| {
    let mut world = World::new();
    let mut bytes = Bytes(input);
    if bytes.byte() & 1 == 1 {
        settle(&mut world);
    }
    while !bytes.is_empty() {
        world.step(&mut bytes);
    }
});
