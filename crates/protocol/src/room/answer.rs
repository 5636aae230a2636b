//! The answer that each command gets.

use base::Secret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::people::InviteView;

/// A command's name, chosen by its sender: at most 32 bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommandId(pub String);

impl CommandId {
    /// The longest name in bytes.
    pub const BYTES_MAX: usize = 32;
}

/// Why a command was not carried out. Nothing changed, and nobody else heard of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RejectCode {
    /// The room has moved on: what the command is about is not so any more.
    Stale,
    /// This person may not do that.
    Forbidden,
    /// A bound is reached.
    Limit,
    /// The command makes no sense.
    Invalid,
    /// Everything that was to be added is there already, and this room has nothing twice.
    Duplicate,
    /// The room is over.
    Ended,
    /// This person is banned.
    Banned,
    /// The server could not keep it, and nothing happened: the same command may be said again.
    Server,
}

/// The answer to one command, to its sender only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// It was carried out.
    Ok {
        /// The last event it made, or the last there was.
        seq: u64,
        /// For `invite`: the new invite.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        invite: Option<InviteView>,
        /// For `invite`: the secret part of the link, said this once.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            serialize_with = "crate::view::reveal"
        )]
        #[schema(value_type = Option<String>)]
        token: Option<Secret<String>>,
    },
    /// It was not.
    Reject {
        /// Why, for programs.
        code: RejectCode,
        /// Why, in English, for developers; pages have their own words.
        message: String,
        /// The last event there was.
        seq: u64,
        /// When the same command makes sense again, in ms from now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after_ms: Option<u64>,
    },
}
