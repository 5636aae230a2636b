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
