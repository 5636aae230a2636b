//! What speaks for a link: its own listing, or a directory's word and what a check of it said.

use music::{Level, Listing, Piece, Reason, Verdict, score};
use outbound::Failure;

/// What a platform says of a link that a directory named.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Check {
    /// Nobody was asked yet.
    Open,
    /// It is being asked.
    UnderWay,
    /// It describes the link so.
    Says(Piece),
    /// It has no such thing.
    SaysNo,
    /// It did not answer, or nobody can be asked.
    Silent,
}

impl Check {
    pub(super) fn of(answer: Result<Vec<Listing>, Failure>) -> Self {
        match answer {
            Err(_) => Self::Silent,
            Ok(listings) if listings.is_empty() => Self::SaysNo,
            Ok(listings) => listings
                .into_iter()
                .find_map(|listing| listing.piece)
                .map_or(Self::Silent, Self::Says),
        }
    }
}

/// The verdict on a link that a directory names for `recording`, or for the words of a search.
///
/// It is never exact: a person tied the two together. None while the check is open.
pub(super) fn by_directory(
    subject: &Piece,
    recording: Option<&Piece>,
    check: &Check,
) -> Option<Verdict> {
    let word = match recording {
        Some(recording) => named(cap(score(subject, recording), Level::High)),
        None => unchecked(),
    };
    if word.level == Level::Different {
        return None;
    }
    match check {
        Check::Open | Check::UnderWay => None,
        Check::SaysNo => None,
        Check::Silent => Some(cap(word, Level::Likely)),
        Check::Says(piece) => {
            let heard = score(subject, piece);
            match heard.level {
                Level::Different => None,
                // A title alone is no full listing, but with the directory's word it says enough.
                Level::Unverified if heard.reasons.contains(&Reason::SameTitle) => {
                    Some(match recording {
                        Some(_) => word,
                        None => named(Verdict {
                            level: Level::Likely,
                            confidence: ceiling(Level::Likely),
                            ..heard
                        }),
                    })
                }
                Level::Unverified => Some(cap(word, Level::Unverified)),
                _ if heard.level > word.level => Some(named(cap(heard, Level::High))),
                _ => Some(word),
            }
        }
    }
}

fn unchecked() -> Verdict {
    Verdict {
        level: Level::Unverified,
        confidence: ceiling(Level::Unverified),
        reasons: vec![Reason::Directory],
    }
}

fn named(mut verdict: Verdict) -> Verdict {
    if !verdict.reasons.contains(&Reason::Directory) {
        verdict.reasons.insert(0, Reason::Directory);
    }
    verdict
}

/// The verdict, no surer than `level`.
pub(super) fn cap(verdict: Verdict, level: Level) -> Verdict {
    if verdict.level <= level {
        return verdict;
    }
    Verdict {
        level,
        confidence: verdict.confidence.min(ceiling(level)),
        ..verdict
    }
}

/// The most that a verdict is said to be sure when its level was lowered.
const fn ceiling(level: Level) -> f64 {
    match level {
        Level::Exact => 1.0,
        Level::High => 0.97,
        Level::Likely => 0.85,
        Level::Unverified => 0.5,
        Level::Different => 0.0,
    }
}
