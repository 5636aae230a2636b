//! What a person reads when the server has started.

use std::fmt::Write;
use std::net::SocketAddr;

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use crate::network;
use crate::server::Server;
use crate::settings::Settings;

/// Addresses to open, what else was chosen, and a QR code for phones in the same network.
#[must_use]
pub fn banner(server: &Server, settings: &Settings) -> String {
    let mut text = format!("\nUnisono {} is ready.\n\n", env!("CARGO_PKG_VERSION"));
    let scheme = if server.is_tls() { "https" } else { "http" };
    let address = server.address();
    let mut line = |name: &str, value: &str| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "  {name:<18} {value}");
    };
    line("On this computer", &own_address(scheme, address));
    let shared = settings
        .public_url
        .clone()
        .or_else(|| in_network(scheme, address));
    match &shared {
        Some(shared) => line("For other devices", shared),
        None => line(
            "For other devices",
            "not reachable: it listens on this computer only, or there is no network",
        ),
    }
    match server.relay() {
        Some(relay) => line("Relay", &format!("port {}, UDP and TCP", relay.port())),
        None if settings.relay.external.is_empty() => {
            line("Relay", "off: devices connect directly");
        }
        None => line("Relay", "an external coturn"),
    }
    line("Data", &settings.data_dir.display().to_string());
    if server.is_port_moved() {
        line(
            "Note",
            &format!("port 8080 is in use, so this is port {}", address.port()),
        );
    }
    if let Some(secret) = server.setup_secret() {
        let origin = own_address(scheme, address);
        text.push_str(&format!(
            "\n  Nobody runs this installation yet. Within an hour, open this once to become its operator:\n  {origin}/setup#{}\n",
            secret.expose()
        ));
    }
    if let Some(shared) = shared {
        text.push('\n');
        text.push_str(&qr(&shared));
        text.push_str("\n  Scan it to open the page on a phone. To cast, open the first address here and press Start casting.\n");
    }
    text.push_str("  Stop with Ctrl+C.\n");
    text
}

fn own_address(scheme: &str, address: SocketAddr) -> String {
    if address.ip().is_unspecified() || address.ip().is_loopback() {
        format!("{scheme}://localhost:{}", address.port())
    } else {
        format!("{scheme}://{address}")
    }
}

fn in_network(scheme: &str, address: SocketAddr) -> Option<String> {
    if address.ip().is_loopback() {
        return None;
    }
    let ip = if address.ip().is_unspecified() {
        network::private_address()?
    } else {
        address.ip()
    };
    Some(format!(
        "{scheme}://{}",
        SocketAddr::new(ip, address.port())
    ))
}

/// Two modules a character, dark on light on any terminal, with the quiet zone of 4 modules (ISO/IEC 18004).
fn qr(text: &str) -> String {
    QrCode::new(text).map_or_else(
        |_| String::new(),
        |code| {
            let mut picture = code.render::<Dense1x2>();
            picture
                .dark_color(Dense1x2::Light)
                .light_color(Dense1x2::Dark);
            picture.quiet_zone(true).build() + "\n"
        },
    )
}
