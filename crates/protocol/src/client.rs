//! What a client may say, and the parsing of it.

use base::{EntryId, MemberId, Secret};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::room::{CommandId, Position, Preset, RoomSaid, check};
use crate::{Device, RoomCode, Sdp, VERSION};

/// The longest message in bytes. A description of one audio line needs 2 to 4 KiB.
pub const MESSAGE_BYTES_MAX: usize = 64 * 1024;
/// The longest password in bytes: bcrypt reads no more.
pub const PASSWORD_BYTES_MAX: usize = 72;
/// The longest member name in characters.
pub const NAME_CHARS_MAX: usize = 40;
/// The longest candidate line in bytes.
pub const CANDIDATE_BYTES_MAX: usize = 1024;
/// The longest session description in bytes.
const SDP_BYTES_MAX: usize = 48 * 1024;
/// The shortest device key: 128 bits in base64url.
const DEVICE_KEY_BYTES_MIN: usize = 22;
/// The longest device key or resume token in bytes.
const TOKEN_BYTES_MAX: usize = 256;

/// `create`: open a room and cast in it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct Create {
    /// The version of this vocabulary.
    pub version: u32,
    /// 128 random bits in base64url that stay on the caster's device and make it the host.
    #[schema(value_type = String, max_length = 256)]
    pub device_key: Secret<String>,
    /// What the device says about itself.
    #[serde(default)]
    pub device: Device,
    /// Asked of those who type the code; 1 to 72 bytes.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 72)]
    pub password: Option<Secret<String>>,
    /// The caster approves each listener.
    #[serde(default)]
    pub ask_first: bool,
    /// Pass on relayed candidates only.
    #[serde(default)]
    pub hide_address: bool,
    /// Open a room with a queue, as its owner, rather than one to cast in.
    #[serde(default)]
    pub queue: Option<CreateQueue>,
    /// Where free sessions have an end: 128 random bits in base64url that stay on the device until the next may begin,
    /// the same for each room. Without it, each new `device_key` is a newcomer.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 256)]
    pub session_key: Option<Secret<String>>,
    /// A saved room of whoever is signed in, by its id: the room opens under its code, or is come back to when it is open.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub saved: Option<EntryId>,
}

/// How a room with a queue begins.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct CreateQueue {
    /// The rules to start from.
    #[serde(default)]
    pub preset: Preset,
    /// What the room is called; at most 80 characters.
    #[serde(default)]
    #[schema(max_length = 80)]
    pub title: Option<String>,
}

/// `join`: come into a room, or come back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct Join {
    /// The version of this vocabulary.
    pub version: u32,
    /// The room's code as typed.
    #[schema(value_type = String)]
    pub code: RoomCode,
    /// The room's password, when it has one.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 72)]
    pub password: Option<Secret<String>>,
    /// What the device says about itself.
    #[serde(default)]
    pub device: Device,
    /// 128 random bits in base64url that stay on the device. The host's key brings its caster back; in a room with a
    /// queue any device's key makes it the same person each time, and nobody comes in without.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 256)]
    pub device_key: Option<Secret<String>>,
    /// The token of an earlier welcome: come back as the same member.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 256)]
    pub resume: Option<Secret<String>>,
    /// Pass on relayed candidates only.
    #[serde(default)]
    pub hide_address: bool,
    /// Come in as a peer that follows the room's queue. Needs `device_key`.
    #[serde(default)]
    pub follow: bool,
    /// Come in to cast. In a room with a queue those may who own it or have the grant; without a queue it says nothing,
    /// because the host's key is enough.
    #[serde(default)]
    pub cast: bool,
    /// With `follow`: the last event heard, to be told only of what came after.
    #[serde(default)]
    pub last: Option<Position>,
    /// With `follow`: the token of an invite.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 256)]
    pub invite: Option<Secret<String>>,
}

/// What a client may say.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ClientMessage {
    /// Open a room.
    Create(Create),
    /// Come into a room, or come back.
    Join(Join),
    /// The caster lets a waiting listener in, or does not.
    Approve {
        /// Who waits.
        #[schema(value_type = String)]
        member: MemberId,
        /// Whether it may come in.
        allow: bool,
    },
    /// The caster's description.
    Offer {
        /// A listener.
        #[schema(value_type = String)]
        to: MemberId,
        /// The description.
        sdp: Sdp,
    },
    /// The listener's description.
    Answer {
        /// The caster.
        #[schema(value_type = String)]
        to: MemberId,
        /// The description.
        sdp: Sdp,
    },
    /// A way to reach the sender.
    Candidate {
        /// The other peer.
        #[schema(value_type = String)]
        to: MemberId,
        /// The candidate attribute (RFC 8839, section 5.1).
        candidate: Sdp,
        /// The m-line it belongs to.
        #[serde(default)]
        mid: Option<String>,
    },
    /// No more candidates follow.
    EndOfCandidates {
        /// The other peer.
        #[schema(value_type = String)]
        to: MemberId,
    },
    /// Please restart ICE.
    Restart {
        /// The other peer.
        #[schema(value_type = String)]
        to: MemberId,
    },
    /// A wish about the queue, the people or the chat of a room that this seat follows.
    Command(Box<RoomSaid>),
    /// Go, or (as the caster) remove a listener.
    Leave {
        /// Whom the caster removes.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        member: Option<MemberId>,
    },
}

/// Why a client's message was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadMessage {
    /// It is no JSON, or no message of this vocabulary.
    #[error("not a message: {0}")]
    Shape(String),
    /// A field is longer than allowed.
    #[error("{field} is longer than {max}")]
    TooLong {
        /// The field.
        field: &'static str,
        /// Its bound, in bytes or characters.
        max: usize,
    },
    /// A number or a count is not within its bounds.
    #[error("{field} must be {min} to {max}")]
    OutOfRange {
        /// The field.
        field: &'static str,
        /// The least.
        min: u64,
        /// The most.
        max: u64,
    },
    /// A field is not of the form it must have.
    #[error("{field} must be {form}")]
    Malformed {
        /// The field.
        field: &'static str,
        /// What it must be.
        form: &'static str,
    },
    /// A password that is there but empty.
    #[error("an empty password: leave it out or choose one")]
    EmptyPassword,
    /// A device key that could be guessed.
    #[error("device_key must hold 128 random bits: 22 characters of base64url")]
    ShortDeviceKey,
    /// The page and the server speak different versions.
    #[error("version {0} is not spoken here; this server speaks {VERSION}")]
    Version(u32),
}

impl ClientMessage {
    /// Reads one text frame and checks every bound in it.
    pub fn parse(text: &str) -> Result<Self, BadMessage> {
        bounded("message", text.len(), MESSAGE_BYTES_MAX)?;
        // serde's text may quote the input; the position alone says enough and carries nothing.
        let message: Self = serde_json::from_str::<CandidateOnly>(text)
            .map(Self::from)
            .or_else(|_| serde_json::from_str(text))
            .map_err(|error| {
                BadMessage::Shape(format!("line {} column {}", error.line(), error.column()))
            })?;
        message.check()?;
        Ok(message)
    }

    /// The name of the command that `text` was to be, where `text` is no message: whoever waits for its answer is told.
    #[must_use]
    pub fn command_in(text: &str) -> Option<CommandId> {
        let CommandName { cmd_id, .. } = serde_json::from_str(text).ok()?;
        check::command_id(&cmd_id).ok()?;
        Some(cmd_id)
    }

    fn check(&self) -> Result<(), BadMessage> {
        match self {
            Self::Create(create) => {
                check_version(create.version)?;
                check_device(&create.device)?;
                check_password(create.password.as_ref())?;
                check_key(Some(&create.device_key))?;
                check_session_key(create.session_key.as_ref())?;
                let queue = create.queue.as_ref();
                check::room_title(queue.and_then(|queue| queue.title.as_ref()))?;
                check_token("device_key", Some(&create.device_key))
            }
            Self::Join(join) => {
                check_version(join.version)?;
                check_device(&join.device)?;
                check_password(join.password.as_ref())?;
                check_token("device_key", join.device_key.as_ref())?;
                check_token("resume", join.resume.as_ref())?;
                check_token("invite", join.invite.as_ref())?;
                if join.follow {
                    check_key(join.device_key.as_ref())?;
                }
                Ok(())
            }
            Self::Command(said) => check::said(said),
            Self::Offer { sdp, .. } | Self::Answer { sdp, .. } => {
                bounded("sdp", sdp.0.len(), SDP_BYTES_MAX)
            }
            Self::Candidate { candidate, mid, .. } => {
                bounded("candidate", candidate.0.len(), CANDIDATE_BYTES_MAX)?;
                bounded("mid", mid.as_ref().map_or(0, String::len), 32)
            }
            _ => Ok(()),
        }
    }
}

/// [`ClientMessage::Candidate`], the most frequent message by far. The enum must hold every field aside until it has
/// seen the kind; this has a place for each.
#[derive(Deserialize)]
struct CandidateOnly {
    #[serde(rename = "kind")]
    _kind: CandidateKind,
    to: MemberId,
    candidate: Sdp,
    #[serde(default)]
    mid: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum CandidateKind {
    Candidate,
}

impl From<CandidateOnly> for ClientMessage {
    fn from(only: CandidateOnly) -> Self {
        let CandidateOnly {
            to, candidate, mid, ..
        } = only;
        Self::Candidate { to, candidate, mid }
    }
}

/// As much of [`ClientMessage::Command`] as an answer needs.
#[derive(Deserialize)]
struct CommandName {
    #[serde(rename = "kind")]
    _kind: CommandKind,
    cmd_id: CommandId,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum CommandKind {
    Command,
}

fn check_version(version: u32) -> Result<(), BadMessage> {
    if version == VERSION {
        Ok(())
    } else {
        Err(BadMessage::Version(version))
    }
}

fn check_device(device: &Device) -> Result<(), BadMessage> {
    let characters = device
        .name
        .as_ref()
        .map_or(0, |name| name.expose().chars().count());
    bounded("name", characters, NAME_CHARS_MAX)
}

fn check_password(password: Option<&Secret<String>>) -> Result<(), BadMessage> {
    let Some(password) = password else {
        return Ok(());
    };
    if password.expose().is_empty() {
        return Err(BadMessage::EmptyPassword);
    }
    bounded("password", password.expose().len(), PASSWORD_BYTES_MAX)
}

/// Whoever shows the key is the person or the host it belongs to, so nobody may guess one.
fn check_key(key: Option<&Secret<String>>) -> Result<(), BadMessage> {
    let length = key.map_or(0, |key| key.expose().len());
    if length < DEVICE_KEY_BYTES_MIN {
        return Err(BadMessage::ShortDeviceKey);
    }
    Ok(())
}

/// It says whose a free session is, so nobody may come upon that of others.
fn check_session_key(key: Option<&Secret<String>>) -> Result<(), BadMessage> {
    let Some(key) = key else {
        return Ok(());
    };
    check_key(Some(key))?;
    check_token("session_key", Some(key))
}

fn check_token(field: &'static str, token: Option<&Secret<String>>) -> Result<(), BadMessage> {
    bounded(
        field,
        token.map_or(0, |token| token.expose().len()),
        TOKEN_BYTES_MAX,
    )
}

pub(crate) fn bounded(field: &'static str, length: usize, max: usize) -> Result<(), BadMessage> {
    if length > max {
        Err(BadMessage::TooLong { field, max })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
