//! What a provider says of a piece: a track, a release or an artist.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{Kind, Link};

/// One provider's own listing: where it is, what it says, and its picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Where it is.
    pub link: Link,
    /// What it is. Unknown when a directory names the link only.
    pub piece: Option<Piece>,
    /// Address of its picture at the provider.
    pub art: Option<String>,
    /// Whether it can be played there.
    pub is_playable: bool,
}

/// A piece of music, as one provider describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Piece {
    /// One recording.
    Track(Track),
    /// An album, a single or an EP.
    Album(Release),
    /// A person or a band.
    Artist(Artist),
    /// A list somebody made.
    Playlist(Playlist),
}

impl Piece {
    /// The kind of link that points at it.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Track(_) => Kind::Track,
            Self::Album(_) => Kind::Album,
            Self::Artist(_) => Kind::Artist,
            Self::Playlist(_) => Kind::Playlist,
        }
    }
}

/// A track: one provider's description of a recording. Only the title is always known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Track {
    /// The whole title, version tags included.
    pub title: String,
    /// Artists in the provider's order, the main one first. Empty when it does not say.
    #[serde(default)]
    pub artists: Vec<String>,
    /// A version tag that the provider keeps apart from the title: `Remastered`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The title of an album that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub album: Option<String>,
    /// How long it plays. Some providers round to seconds.
    #[serde(
        rename = "duration_ms",
        with = "whole_milliseconds",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub duration: Option<Duration>,
    /// Its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub isrc: Option<Isrc>,
    /// When it came out: `2005`, `2005-03` or `2005-03-01`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<String>,
    /// Whether its words are marked as explicit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_explicit: Option<bool>,
}

/// A release: an album, a single or an EP.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// The whole title, edition tags included.
    pub title: String,
    /// Artists, the main one first.
    #[serde(default)]
    pub artists: Vec<String>,
    /// Its bar code (UPC or EAN), digits only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upc: Option<String>,
    /// When it came out: `2005`, `2005-03` or `2005-03-01`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<String>,
    /// How many tracks it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracks: Option<u16>,
}

/// A person or a band.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Artist {
    /// The name on the page.
    pub name: String,
    /// Other spellings, such as transliterations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

/// A list that somebody made, or the first part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Playlist {
    /// Its title. Who made it is not kept.
    pub title: String,
    /// Its tracks in order, as far as they were read.
    pub tracks: Vec<PlaylistTrack>,
    /// How many there are in all.
    pub total: u32,
}

/// One line of a playlist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaylistTrack {
    /// The id of the track on the playlist's platform, where it says one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it is.
    pub track: Track,
}

/// A duration in data: whole milliseconds.
mod whole_milliseconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde passes fields by reference")]
    pub(super) fn serialize<S: Serializer>(
        duration: &Option<Duration>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let ms = duration.map(|duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX));
        ms.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Duration>, D::Error> {
        let ms = Option::<u64>::deserialize(deserializer)?;
        Ok(ms.map(Duration::from_millis))
    }
}

/// An International Standard Recording Code (ISO 3901): two letters, three letters or digits, seven digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Isrc([u8; 12]);

/// Text that is not an ISRC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an ISRC: two letters, three letters or digits, then seven digits")]
pub struct BadIsrc;

impl Isrc {
    /// The twelve characters, without hyphens.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only ASCII letters and digits are let in")
    }
}

impl FromStr for Isrc {
    type Err = BadIsrc;

    /// Takes small letters, hyphens and spaces as people write them.
    fn from_str(text: &str) -> Result<Self, BadIsrc> {
        let mut code = [0; 12];
        let mut length = 0;
        for byte in text.bytes().filter(|byte| !matches!(byte, b'-' | b' ')) {
            *code.get_mut(length).ok_or(BadIsrc)? = byte.to_ascii_uppercase();
            length += 1;
        }
        let fits = length == code.len()
            && code[..2].iter().all(u8::is_ascii_uppercase)
            && code[2..5].iter().all(u8::is_ascii_alphanumeric)
            && code[5..].iter().all(u8::is_ascii_digit);
        fits.then_some(Self(code)).ok_or(BadIsrc)
    }
}

impl fmt::Display for Isrc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Isrc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Isrc({self})")
    }
}

impl Serialize for Isrc {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Isrc {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_told_in_milliseconds() {
        let track = Track {
            title: "Night Ferry".to_owned(),
            duration: Some(Duration::from_millis(213_900)),
            ..Track::default()
        };
        let told = serde_json::to_value(&track).unwrap();
        assert_eq!(told["duration_ms"], 213_900);
        assert_eq!(serde_json::from_value::<Track>(told).unwrap(), track);
    }

    #[test]
    fn a_code_is_read_as_people_write_it_and_refused_in_any_other_shape() {
        let code: Isrc = "gb-aaa-05 00123".parse().unwrap();
        assert_eq!(code.as_str(), "GBAAA0500123");
        for wrong in [
            "",
            "GBAAA050012",
            "GBAAA05001234",
            "1BAAA0500123",
            "GBAAA05O0123",
            "GBÄAA050012",
        ] {
            assert_eq!(wrong.parse::<Isrc>(), Err(BadIsrc), "{wrong}");
        }
    }
}
