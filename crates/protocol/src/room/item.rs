//! Items of the queue, and what they are played from.

use base::{ItemId, PageId, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The longest title or artist in characters.
pub const TITLE_CHARS_MAX: usize = 200;
/// The longest address in bytes.
pub const URL_BYTES_MAX: usize = 2048;
/// Services that one recording is linked on at most.
pub const SERVICE_LINKS_MAX: usize = 16;

/// A recording's own page at one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ServiceLink {
    /// The service, by the name that link pages use, such as `youtube`.
    pub platform: String,
    /// Its canonical address there.
    pub url: String,
}

/// What an item is played from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "source", rename_all = "kebab-case")]
pub enum Source {
    /// A recording that each listener plays on a service they have.
    Recording {
        /// Its link page, `/l/{page}`.
        #[schema(value_type = String)]
        page: PageId,
        /// Where it was found. The server fills this in; what a client writes here is ignored.
        #[serde(default)]
        links: Vec<ServiceLink>,
    },
    /// A file on somebody's device, sent from device to device to those who want to hear it.
    File {
        /// SHA-256 of its bytes, 64 lower-case hexadecimal digits: what arrives is checked against it.
        sha256: String,
        /// Its length in bytes, at most 512 MiB.
        bytes: u64,
        /// Its media type without parameters, such as `audio/flac` or `video/mp4`; at most 64 bytes.
        media_type: String,
    },
    /// An audio file at an `https:` address that allows other sites to read it (CORS).
    Address {
        /// The address.
        url: String,
    },
    /// One of the loops that come with the server.
    Demo {
        /// Its name: lower-case letters and hyphens.
        name: String,
    },
}

/// An item as a client adds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewItem {
    /// What it is played from.
    #[serde(flatten)]
    pub source: Source,
    /// What to call it; at most 200 characters. The server knows better for recordings.
    #[serde(default)]
    pub title: Option<String>,
    /// Who made it; at most 200 characters.
    #[serde(default)]
    pub artist: Option<String>,
    /// How long it is, when the client knows, at most 24 h. Without it the item ends when it was measured and over.
    #[serde(default)]
    pub duration_ms: Option<u64>,
}

/// An item of the queue, as members see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemView {
    /// Its name in this room.
    #[schema(value_type = String)]
    pub id: ItemId,
    /// What it is played from.
    #[serde(flatten)]
    pub source: Source,
    /// What to call it.
    pub title: String,
    /// Who made it.
    pub artist: Option<String>,
    /// How long it is, once somebody knows.
    pub duration_ms: Option<u64>,
    /// Who added or suggested it.
    #[schema(value_type = String)]
    pub added_by: PersonId,
    /// How many persons voted for it.
    pub votes: u32,
}
