//! The best of several candidates, and what to search for.

use crate::title::Title;
use crate::{Level, Piece, Verdict, score};

/// The best of several candidates.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its place among the candidates.
    pub index: usize,
    /// How sure it is, with the runner-up in mind.
    pub verdict: Verdict,
}

/// Chooses the candidate that is most likely `wanted`; none when all are something else.
#[must_use]
pub fn choose(wanted: &Piece, candidates: &[Piece]) -> Option<Choice> {
    let mut best: Option<Choice> = None;
    for (index, candidate) in candidates.iter().enumerate() {
        let verdict = score(wanted, candidate);
        if verdict.level > Level::Different
            && best
                .as_ref()
                .is_none_or(|best| best.verdict.confidence < verdict.confidence)
        {
            best = Some(Choice { index, verdict });
        }
    }
    best
}

/// What to search for: the main artist and the name without tags and features.
#[must_use]
pub fn query(piece: &Piece) -> String {
    let (artists, title) = match piece {
        Piece::Track(track) => (track.artists.first(), track.title.as_str()),
        Piece::Album(release) => (release.artists.first(), release.title.as_str()),
        Piece::Artist(artist) => return artist.name.clone(),
        Piece::Playlist(playlist) => return playlist.title.clone(),
    };
    let base = Title::read(title).base.join(" ");
    match artists {
        Some(artist) => format!("{artist} {base}"),
        None => base,
    }
}
