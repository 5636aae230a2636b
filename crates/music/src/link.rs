//! A link: which platform, what kind of thing, and its id there.

use serde::{Deserialize, Serialize};

use crate::Platform;

/// What a link points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One recording.
    Track,
    /// An album, a single or an EP.
    Album,
    /// A person or a band.
    Artist,
    /// A list somebody made.
    Playlist,
    /// A short link: only a redirect of the platform's own host can tell. The id is its token.
    Short,
}

/// What a link says beside its id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Context {
    /// The country of an Apple catalogue, ISO 3166 in lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storefront: Option<String>,
    /// The id of the album that a track was shown in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub album: Option<String>,
}

/// A link that was recognised: platform, kind and an id of the right shape.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Link {
    pub(crate) platform: Platform,
    pub(crate) kind: Kind,
    pub(crate) id: String,
    pub(crate) context: Context,
}

impl Link {
    /// The service.
    #[must_use]
    pub fn platform(&self) -> Platform {
        self.platform
    }

    /// What it points at.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The id, in the platform's own shape.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What the address said beside the id.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }
}

/// Why a text is no link that can be converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Reject {
    /// There is no address in the text.
    #[error("there is no link in this text")]
    NoLink,
    /// Longer than 2,048 characters.
    #[error("the text is longer than a link can be")]
    TooLong,
    /// A host that no music service here has; look-alikes included.
    #[error("this is not the address of a music service")]
    UnknownHost,
    /// A podcast, an episode or a show.
    #[error("podcasts are not music that other services have")]
    Podcast,
    /// A radio station, a mix or a chart.
    #[error("stations and mixes change and have no twin elsewhere")]
    Station,
    /// A person's page on the service.
    #[error("this is somebody's page")]
    Profile,
    /// A page of search results, a feed or a front page.
    #[error("this is a page of the service, not a piece of music")]
    OtherPage,
    /// A video that is no recording of its own.
    #[error("this is a video")]
    Video,
    /// The id has not the shape that ids of this service have.
    #[error("the link is incomplete")]
    BadId,
    /// A user name, a port or a number in place of a host.
    #[error("this address is disguised")]
    Disguised,
}
