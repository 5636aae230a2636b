//! Hands out relay credentials to members of live rooms, and tells the relay who may reach whom.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base::{Entropy, MemberId, RoomId, Secret, Timestamp};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use protocol::IceServer;
use relay::{Credentials, Directory};
use sha2::Sha256;

use crate::Place;

/// Where the relay is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RelayDoor {
    /// There is none: devices connect directly or not at all.
    None,
    /// In this process, UDP and TCP on one port.
    Embedded {
        /// The port, on the host that the client asked for unless `host` names another.
        port: u16,
        /// The host that clients reach the relay at.
        host: Option<String>,
    },
    /// A coturn with the same secret: its `stun:` and `turn:` addresses.
    External {
        /// The addresses.
        urls: Vec<String>,
    },
}

/// Names that members have at the relay: one each, random to everybody who does not hold the key.
///
/// A fresh credential for the same name leaves the allocations of the old one alone, so that one path that is
/// restarted does not end the others.
struct RelayNames(Secret<[u8; 32]>);

impl RelayNames {
    fn of(&self, room: RoomId, member: MemberId) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose())
            .expect("HMAC takes a key of any length");
        mac.update(format!("unisono/1 relay name\0{room}\0{member}").as_bytes());
        URL_SAFE_NO_PAD.encode(&mac.finalize().into_bytes()[..16])
    }
}

/// Asks the relay whether it is there.
pub type RelayCheck = Box<dyn Fn() -> Pin<Box<dyn Future<Output = bool> + Send>> + Send + Sync>;

/// The app's side of the relay.
pub struct RelayDesk {
    door: RelayDoor,
    check: Option<RelayCheck>,
    credentials: Credentials,
    directory: Arc<Mutex<Directory>>,
    names: RelayNames,
}

impl RelayDesk {
    /// A desk for the relay behind `door`, which shares `credentials` and `directory`.
    #[must_use]
    pub fn new(
        door: RelayDoor,
        credentials: Credentials,
        directory: Arc<Mutex<Directory>>,
        entropy: &dyn Entropy,
    ) -> Self {
        Self {
            door,
            check: None,
            credentials,
            directory,
            names: RelayNames(Secret::new(entropy.bytes32())),
        }
    }

    /// The same, with a way to ask the relay whether it is there.
    #[must_use]
    pub fn with_check(self, check: RelayCheck) -> Self {
        let check = Some(check);
        Self { check, ..self }
    }

    /// Whether there is a relay.
    pub(crate) fn is_set_up(&self) -> bool {
        self.door != RelayDoor::None
    }

    /// Whether the relay answers; none where it is not asked, because it is somewhere else.
    pub(crate) async fn answers(&self) -> Option<bool> {
        match &self.check {
            Some(check) => Some(check().await),
            None => None,
        }
    }

    /// The servers for one member, with a credential of its own that is good from now on.
    pub(crate) fn ice_servers(
        &self,
        place: &Place,
        room: RoomId,
        member: MemberId,
        now: Timestamp,
    ) -> Vec<IceServer> {
        let (stun, turn) = self.urls(place);
        let stun = IceServer {
            urls: stun,
            username: None,
            credential: None,
        };
        let name = self.names.of(room, member);
        let mut servers = vec![stun];
        if !turn.is_empty() && self.directory().admit(&name, room, member) {
            let issued = self.credentials.issue(&name, now);
            servers.push(IceServer {
                urls: turn,
                username: Some(issued.username),
                credential: Some(issued.password),
            });
        }
        servers.retain(|server| !server.urls.is_empty());
        servers
    }

    fn urls(&self, place: &Place) -> (Vec<String>, Vec<String>) {
        match &self.door {
            RelayDoor::None => (Vec::new(), Vec::new()),
            RelayDoor::External { urls } => urls
                .iter()
                .cloned()
                .partition(|url| url.starts_with("stun")),
            RelayDoor::Embedded { port, host } => {
                let host = host.as_ref().unwrap_or(&place.host);
                let turn = ["udp", "tcp"].map(|via| format!("turn:{host}:{port}?transport={via}"));
                (vec![format!("stun:{host}:{port}")], turn.to_vec())
            }
        }
    }

    pub(crate) fn saw_candidate(&self, room: RoomId, member: MemberId, address: SocketAddr) {
        self.directory().saw_candidate(room, member, address);
    }

    pub(crate) fn dismiss(&self, room: RoomId, member: MemberId) {
        self.directory().dismiss(room, member);
    }

    pub(crate) fn close(&self, room: RoomId) {
        self.directory().close(room);
    }

    fn directory(&self) -> MutexGuard<'_, Directory> {
        self.directory
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
