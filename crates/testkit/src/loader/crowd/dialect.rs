//! What is said to the servers under load: ours, Socket.IO, and a bare publish and subscribe.

use std::str::FromStr;

use serde_json::{Value, json};

use crate::loader::LoadError;

/// A message of the others has as many bytes as ours has on its way to members.
const SAID_BYTES: usize = 61;

/// A server's protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrowdDialect {
    /// A room with a queue, as `docs/signalling.md` has it; a message is a reaction.
    Unisono,
    /// Socket.IO 4 over WebSocket; a message is an event that goes to the room.
    SocketIo,
    /// Bare WebSocket frames that the server publishes to the room in the path.
    Bare,
}

impl FromStr for CrowdDialect {
    type Err = LoadError;

    fn from_str(text: &str) -> Result<Self, LoadError> {
        match text {
            "unisono" => Ok(Self::Unisono),
            "socket.io" => Ok(Self::SocketIo),
            "bare" => Ok(Self::Bare),
            _ => Err(LoadError::Plan(
                "the dialects are unisono, socket.io and bare",
            )),
        }
    }
}

/// What a frame means for a socket on its way to its seat.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Say this, and wait on.
    Say(String),
    /// The first of the room is in, and others come by this code.
    Opened(String),
    Seated,
    Wait,
}

impl CrowdDialect {
    pub(super) fn path(self, room: usize) -> String {
        match self {
            Self::Unisono => "/api/v1/socket".to_owned(),
            Self::SocketIo => format!("/socket.io/?EIO=4&transport=websocket&room={room}"),
            Self::Bare => format!("/?room={room}"),
        }
    }

    /// The first words after the upgrade, in the room that `code` opens; `number` is the socket's own.
    pub(super) fn greeting(self, number: usize, code: Option<&str>) -> Option<String> {
        let device_key = format!("{number:022}");
        match (self, code) {
            (Self::Unisono, None) => Some(
                json!({"kind": "create", "version": 1, "device_key": device_key, "queue": {"preset": "party"}})
                    .to_string(),
            ),
            (Self::Unisono, Some(code)) => Some(
                json!({"kind": "join", "version": 1, "code": code, "device_key": device_key, "follow": true})
                    .to_string(),
            ),
            _ => None,
        }
    }

    /// Whether the upgrade alone seats a socket.
    pub(super) fn is_seated_at_once(self) -> bool {
        self == Self::Bare
    }

    /// What `text` means to a socket that is not seated yet.
    pub(super) fn step(self, text: &[u8]) -> Result<Step, LoadError> {
        match self {
            Self::Bare => Ok(Step::Wait),
            Self::SocketIo if text.starts_with(b"0") => Ok(Step::Say("40".to_owned())),
            Self::SocketIo if text.starts_with(b"40") => Ok(Step::Seated),
            Self::SocketIo => Ok(Step::Wait),
            Self::Unisono => {
                let message: Value = serde_json::from_slice(text).unwrap_or_default();
                match message["kind"].as_str() {
                    Some("created") => match message.pointer("/welcome/room/code") {
                        Some(Value::String(code)) => Ok(Step::Opened(code.clone())),
                        _ => Err(unexpected(text)),
                    },
                    Some("snapshot") => Ok(Step::Seated),
                    Some("error") => Err(unexpected(text)),
                    _ => Ok(Step::Wait),
                }
            }
        }
    }

    /// Something that everybody in the room will hear; `number` is its own.
    pub(super) fn message(self, number: u64) -> String {
        let filled = |around: usize| "x".repeat(SAID_BYTES - around);
        match self {
            Self::Unisono => format!(
                r#"{{"kind":"command","cmd_id":"{number}","command":{{"do":"react","reaction":"heart"}}}}"#
            ),
            Self::SocketIo => format!(r#"42["m","{}"]"#, filled(10)),
            Self::Bare => filled(0),
        }
    }

    /// Whether `text` is such a message on its way back.
    pub(super) fn is_delivery(self, text: &[u8]) -> bool {
        match self {
            Self::Unisono => text.starts_with(br#"{"kind":"reaction""#),
            Self::SocketIo => text.starts_with(b"42"),
            Self::Bare => true,
        }
    }

    /// What the server expects back for `text`, so that it keeps the socket.
    pub(super) fn heartbeat(self, text: &[u8]) -> Option<&'static str> {
        (self == Self::SocketIo && text == b"2").then_some("3")
    }
}

fn unexpected(text: &[u8]) -> LoadError {
    LoadError::Unexpected(String::from_utf8_lossy(text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::PersonId;
    use protocol::ServerMessage;
    use protocol::room::Reaction;

    #[test]
    fn what_we_say_is_what_the_protocol_takes() {
        let messages = [
            CrowdDialect::Unisono.greeting(7, None).unwrap(),
            CrowdDialect::Unisono.greeting(7, Some("K7M4QX")).unwrap(),
            CrowdDialect::Unisono.message(7),
        ];
        for message in messages {
            assert!(
                protocol::ClientMessage::parse(&message).is_ok(),
                "{message}"
            );
        }
    }

    #[test]
    fn all_servers_deliver_about_as_many_bytes() {
        let reaction = ServerMessage::Reaction {
            by: PersonId::from_bits(7),
            reaction: Reaction::Heart,
        };
        let ours = serde_json::to_string(&reaction).unwrap();
        assert!(CrowdDialect::Unisono.is_delivery(ours.as_bytes()));
        for dialect in [CrowdDialect::SocketIo, CrowdDialect::Bare] {
            assert_eq!(dialect.message(1).len(), ours.len());
            assert!(dialect.is_delivery(dialect.message(1).as_bytes()));
        }
    }
}
