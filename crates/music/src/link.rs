//! A link: which platform, what kind of thing, and its id there.

use serde::{Deserialize, Serialize};

use crate::Platform;
use crate::parse::{self, Shape};

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
    /// The start of its address where the id does not tell it: one platform has several hosts for short links.
    #[serde(skip)]
    pub(crate) stem: Option<&'static str>,
}

impl Link {
    /// A link to a piece, if its id has the shape that `platform` gives to ids of this kind.
    ///
    /// Of `context`, what the platform's links do not say is left out. Short links come from [`crate::parse`] alone.
    pub fn new(platform: Platform, kind: Kind, id: &str, context: Context) -> Result<Self, Reject> {
        let shape = Shape::of(platform);
        let context = Context {
            storefront: context.storefront.filter(|_| shape.has_storefronts),
            album: context
                .album
                .filter(|_| shape.names_albums && kind == Kind::Track),
        };
        let is_storefront = context
            .storefront
            .as_deref()
            .is_none_or(parse::is_storefront);
        let is_album = context
            .album
            .as_deref()
            .is_none_or(|album| (shape.fits)(Kind::Album, album));
        if !(shape.fits)(kind, id) || !is_storefront || !is_album {
            return Err(Reject::BadId);
        }
        Ok(Self {
            platform,
            kind,
            id: id.to_owned(),
            context,
            stem: None,
        })
    }

    /// A link whose address says nothing beside its id. Without a kind there is no such link.
    pub(crate) fn plain(platform: Platform, kind: Option<Kind>, id: &str) -> Result<Self, Reject> {
        Self::new(
            platform,
            kind.ok_or(Reject::OtherPage)?,
            id,
            Context::default(),
        )
    }

    /// A track that was shown in an album.
    pub(crate) fn in_album(platform: Platform, track: &str, album: &str) -> Result<Self, Reject> {
        let context = Context {
            storefront: None,
            album: Some(album.to_owned()),
        };
        Self::new(platform, Kind::Track, track, context)
    }

    /// A short link: its token follows `stem`, and nothing else.
    pub(crate) fn short(
        platform: Platform,
        stem: &'static str,
        path: &[&str],
    ) -> Result<Self, Reject> {
        match path {
            [token] if parse::is_token(token) => Ok(Self {
                platform,
                kind: Kind::Short,
                id: (*token).to_owned(),
                context: Context::default(),
                stem: Some(stem),
            }),
            [_] => Err(Reject::BadId),
            _ => Err(Reject::OtherPage),
        }
    }

    /// The one address that is shown, stored and compared. It parses to this link again; Spotify, Tidal and Amazon
    /// leave the album of a track out of it.
    #[must_use]
    pub fn canonical(&self) -> String {
        match self.stem {
            Some(stem) => format!("{stem}{}", self.id),
            None => (Shape::of(self.platform).canonical)(self),
        }
    }

    /// The address that opens the platform's own app, where it has a scheme of its own.
    #[must_use]
    pub fn app_uri(&self) -> Option<String> {
        let is_piece = self.kind != Kind::Short;
        is_piece.then(|| (Shape::of(self.platform).app_uri)(self))?
    }

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
