//! Wiring: settings, start-up and shutdown of one Unisono node, and the relay's sockets.

pub mod relay_sockets;
