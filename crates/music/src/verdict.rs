//! How sure it is that two listings are the same piece, and why.

use serde::{Deserialize, Serialize};

/// How sure a match is, from nothing in common to certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Another recording.
    Different,
    /// There is too little to judge by.
    Unverified,
    /// Probably the same; the version is worth a look.
    Likely,
    /// The same recording by everything both sides say.
    High,
    /// The same id, or the same code with nothing against it.
    Exact,
}

/// One thing that spoke for or against a match, strongest first in a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The same id on the same platform.
    SameId,
    /// Both carry the same ISRC.
    SameIsrc,
    /// Both releases carry the same bar code.
    SameBarcode,
    /// The titles agree, apart from spelling and remarks such as `Remastered`.
    SameTitle,
    /// The titles are alike, but not the same.
    SimilarTitle,
    /// The main artist is the same.
    SameArtist,
    /// The artists are alike, or only some of them are the same.
    SimilarArtist,
    /// The durations agree within three seconds.
    SameDuration,
    /// They are on the same album.
    SameAlbum,
    /// They carry different ISRCs: weak evidence, one recording can have several.
    OtherIsrc,
    /// The titles differ.
    OtherTitle,
    /// The main artists differ.
    OtherArtist,
    /// One is a live, acoustic, remixed or otherwise different version, the other is not.
    OtherVersion,
    /// Both are remixes or named versions, by different hands.
    OtherRemixer,
    /// They are different parts of one work.
    OtherPart,
    /// One is shortened for the radio or a single.
    Shortened,
    /// One is marked as explicit, the other as clean.
    OtherWording,
    /// The durations differ by more than three seconds, but by no more than fifteen.
    DurationDiffers,
    /// The durations differ by more than fifteen seconds.
    OtherDuration,
    /// One title is in another script, and nothing here can read both.
    OtherScript,
    /// At least one of them has no duration to compare.
    NoDuration,
    /// At least one of them names no artist.
    NoArtist,
    /// Another candidate fits nearly as well.
    CloseRunnerUp,
    /// They are different kinds of thing, or lists that somebody made, which have no twin.
    NoTwin,
    /// A public directory of music names this link for the piece.
    Directory,
}

impl Reason {
    /// Every reason there is.
    pub const ALL: [Self; 25] = [
        Self::SameId,
        Self::SameIsrc,
        Self::SameBarcode,
        Self::SameTitle,
        Self::SimilarTitle,
        Self::SameArtist,
        Self::SimilarArtist,
        Self::SameDuration,
        Self::SameAlbum,
        Self::OtherIsrc,
        Self::OtherTitle,
        Self::OtherArtist,
        Self::OtherVersion,
        Self::OtherRemixer,
        Self::OtherPart,
        Self::Shortened,
        Self::OtherWording,
        Self::DurationDiffers,
        Self::OtherDuration,
        Self::OtherScript,
        Self::NoDuration,
        Self::NoArtist,
        Self::CloseRunnerUp,
        Self::NoTwin,
        Self::Directory,
    ];
}

/// The outcome of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// How sure.
    pub level: Level,
    /// 0 to 1: the share of such pairs that are the same piece.
    pub confidence: f64,
    /// Why, strongest first.
    pub reasons: Vec<Reason>,
}
