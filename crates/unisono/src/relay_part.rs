//! The relay inside this node, and the app's desk for it.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use app::{RelayDesk, RelayDoor, Timer};
use base::{Entropy, Secret};
use relay::{Credentials, Directory, Refusal};
use tokio_util::sync::CancellationToken;
use web::{Reading, Readings};

use crate::relay_sockets::{self, RelaySockets};
use crate::settings::RelayPart;
use crate::stun_check;

/// The port of STUN and TURN (RFC 8656, section 5).
pub(crate) const PORT_DEFAULT: u16 = 3478;

/// The running relay.
pub(crate) type Relay = RelaySockets;

/// Starts what `part` asks for, and says how members reach it. `web_port` is ours too: no peer may be there.
pub(crate) fn start(
    part: &RelayPart,
    web_port: u16,
    clock: &Arc<dyn Timer>,
    entropy: &Arc<dyn Entropy>,
    stopping: &CancellationToken,
) -> io::Result<(Option<Arc<Relay>>, RelayDesk)> {
    let secret = match &part.secret {
        Some(secret) => secret.expose().clone().into_bytes(),
        None => entropy.bytes32().to_vec(),
    };
    let credentials = Credentials::new(Secret::new(secret));
    let directory = Arc::new(Mutex::new(Directory::new()));
    let (relay, door) = match part {
        RelayPart { external, .. } if !external.is_empty() => (
            None,
            RelayDoor::External {
                urls: external.clone(),
            },
        ),
        RelayPart { enabled: false, .. } => (None, RelayDoor::None),
        _ => {
            let relay = RelaySockets::start(
                sockets(part, web_port),
                Arc::clone(&directory),
                credentials.clone(),
                Arc::clone(clock) as Arc<dyn base::Clock>,
                Arc::clone(entropy),
                stopping.clone(),
            )?;
            let door = RelayDoor::Embedded {
                port: relay.port(),
                host: part.host.clone(),
            };
            (Some(Arc::new(relay)), door)
        }
    };
    let desk = RelayDesk::new(door, credentials, directory, entropy.as_ref());
    let desk = match &relay {
        Some(relay) => {
            let here = SocketAddr::from((Ipv4Addr::LOCALHOST, relay.port()));
            desk.with_check(Box::new(move || Box::pin(stun_check::answers(here))))
        }
        None => desk,
    };
    Ok((relay, desk))
}

fn sockets(part: &RelayPart, web_port: u16) -> relay_sockets::Settings {
    let port = part.port.unwrap_or(PORT_DEFAULT);
    relay_sockets::Settings {
        listen: SocketAddr::from((Ipv4Addr::UNSPECIFIED, port)),
        relay_ports: part.ports.0..=part.ports.1,
        external: part.address,
        own_ports: vec![web_port],
        rules: relay::Settings {
            private_networks: part.private_networks,
            allowed: part
                .allowed
                .iter()
                .filter_map(|net| net.to_string().parse().ok())
                .collect(),
            ..relay::Settings::default()
        },
    }
}

/// The relay's counters for `/metrics`.
pub(crate) fn readings(relay: Option<Arc<Relay>>) -> Readings {
    Box::new(move || relay.as_deref().map(numbers).unwrap_or_default())
}

fn numbers(relay: &Relay) -> Vec<Reading> {
    let counters = relay.counters();
    let reading = |name: &str, help, value| Reading {
        name: format!("unisono_relay_{name}"),
        help,
        value,
    };
    let mut readings = vec![
        reading(
            "allocations",
            "Allocations that are open.",
            counters.allocations,
        ),
        reading(
            "allocations_made",
            "Allocations since the start.",
            counters.allocations_made,
        ),
        reading(
            "bindings",
            "STUN Binding answers since the start.",
            counters.bindings,
        ),
        reading(
            "packets",
            "Packets relayed since the start.",
            counters.packets,
        ),
        reading("bytes", "Bytes relayed since the start.", counters.bytes),
        reading(
            "unsent",
            "Packets that could not be sent since the start.",
            relay.unsent(),
        ),
    ];
    readings.extend(Refusal::ALL.map(|reason| {
        let name = format!("refused_{}", reason.label().replace('-', "_"));
        reading(
            &name,
            "Refused for this reason since the start.",
            counters.refused(reason),
        )
    }));
    readings
}
