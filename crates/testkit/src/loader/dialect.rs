//! What is said to the servers under load: ours, npm `peer`, which the figures are compared with, and the forwarder.

use std::str::FromStr;

use serde_json::{Value, json};

use super::LoadError;

/// Bytes of a candidate line, a usual length.
const CANDIDATE_BYTES: usize = 160;
/// Digits of the moment that a message carries, in nanoseconds.
const MOMENT_DIGITS: usize = 20;
/// Where the moment begins in a message.
const MOMENT_MARK: &str = "@T";

/// A signalling protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `docs/signalling.md`.
    Unisono,
    /// The server of PeerJS.
    Peer,
    /// Whatever one socket of a pair says, the other one hears; see [`forward`](super::forward).
    Forwarder,
}

impl FromStr for Dialect {
    type Err = LoadError;

    fn from_str(text: &str) -> Result<Self, LoadError> {
        match text {
            "unisono" => Ok(Self::Unisono),
            "peer" => Ok(Self::Peer),
            "forwarder" => Ok(Self::Forwarder),
            _ => Err(LoadError::Plan(
                "the dialects are unisono, peer and forwarder",
            )),
        }
    }
}

impl Dialect {
    /// The path that the socket of member `name` asks for, in pair `number`.
    pub(super) fn path(self, number: usize, name: &str) -> String {
        match self {
            Self::Unisono => "/api/v1/socket".to_owned(),
            Self::Peer => format!("/peerjs?key=peerjs&id={name}&token={name}"),
            Self::Forwarder => format!("/{number}"),
        }
    }

    /// A candidate for `to`, which was due `moment_ns` after the loader's own zero.
    pub(super) fn candidate(self, to: &str, moment_ns: u64) -> String {
        let mut line = format!(
            "candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host {MOMENT_MARK}{moment_ns:0MOMENT_DIGITS$} generation 0"
        );
        while line.len() < CANDIDATE_BYTES {
            line.push_str(" network-id 1");
        }
        line.truncate(CANDIDATE_BYTES);
        match self {
            Self::Unisono | Self::Forwarder => format!(
                r#"{{"kind":"candidate","to":"{to}","candidate":"{}","mid":"0"}}"#,
                line.trim_end()
            ),
            Self::Peer => format!(
                r#"{{"type":"CANDIDATE","dst":"{to}","payload":{{"candidate":"{}","mid":"0"}}}}"#,
                line.trim_end()
            ),
        }
    }
}

/// The moment in an arrived message; `None` when it is another kind of message.
pub(super) fn moment_ns(text: &str) -> Option<u64> {
    let (_, rest) = text.split_once(MOMENT_MARK)?;
    rest.get(..MOMENT_DIGITS)?.parse().ok()
}

/// The caster's first message.
pub(super) fn create(number: usize) -> String {
    let message = json!({
        "kind": "create", "version": 1, "device_key": format!("{number:022}"), "device": {"form": "computer"},
        "password": null, "ask_first": false, "hide_address": false,
    });
    message.to_string()
}

/// The listener's first message.
pub(super) fn join(code: &str) -> String {
    let message = json!({
        "kind": "join", "version": 1, "code": code, "password": null, "device": {"form": "phone", "name": null},
        "device_key": null, "resume": null, "hide_address": false,
    });
    message.to_string()
}

/// The text at `path` in `message`, which must be of the kind `kind`.
pub(super) fn field(message: &str, kind: &str, path: &str) -> Result<String, LoadError> {
    let value: Value = serde_json::from_str(message).unwrap_or_default();
    let is_kind = value["kind"] == kind || value["type"] == kind;
    match value.pointer(path).and_then(Value::as_str) {
        Some(text) if is_kind => Ok(text.to_owned()),
        _ => Err(LoadError::Unexpected(message.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_dialects_carry_the_same_candidate_and_its_moment() {
        for dialect in [Dialect::Unisono, Dialect::Peer, Dialect::Forwarder] {
            let message = dialect.candidate("m_1", 1234);
            assert_eq!(moment_ns(&message), Some(1234));
            assert!((200..250).contains(&message.len()), "{message}");
        }
    }

    #[test]
    fn our_candidate_is_one_that_the_protocol_takes() {
        let message = Dialect::Unisono.candidate("m_0123456789abc", 1);
        assert!(
            protocol::ClientMessage::parse(&message).is_ok(),
            "{message}"
        );
    }
}
