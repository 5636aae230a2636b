//! Whether two listings are the same piece: codes first, then weighed evidence under vetoes.
//!
//! A verdict has two sides. `confidence` is the best estimate: from [`SAME`] on, a pair is more likely the same than not.
//! `level` is cautious: whatever speaks against a pair, or is missing, lowers it, however sure the estimate.

use crate::credit::Agreement;
use crate::evidence::{ALIKE, Durations, Evidence, Titles, Versions};
use crate::reading::{Fields, Reading, pair};
use crate::record::{Record, pair_records};
use crate::release::{artist_reason, score_artists, score_releases, title_reason};
use crate::{Level, Piece, Reason, Track, Verdict, model};

/// From this confidence on, a pair is taken for the same.
pub const SAME: f64 = 0.5;

/// A likely match needs this confidence: a margin over even odds, since the odds are estimated.
pub(crate) const LIKELY: f64 = 0.6;

/// A high match needs this confidence, and nothing against it or missing.
pub(crate) const HIGH: f64 = 0.9;

/// Confidence of an equal code with nothing against it. Labels reuse codes by mistake, in well below one of a hundred.
pub(crate) const SAME_CODE: f64 = 0.99;

/// Confidence of an equal code when either the title or the artist contradicts it or cannot be compared.
const LIKELY_CODE: f64 = 0.75;

/// Confidence of an equal code when little agrees with it, or the version or the duration contradicts it.
pub(crate) const DOUBTED_CODE: f64 = 0.55;

/// Most confidence for a pair that nothing here can read: different scripts, the rest in agreement.
const UNREADABLE: f64 = 0.45;

/// Most confidence for a pair of different versions: some catalogues leave tags out, so it is not nothing.
const OTHER_VERSION: f64 = 0.3;

/// Says how sure it is that `a` and `b` are the same piece.
#[must_use]
pub fn score(a: &Piece, b: &Piece) -> Verdict {
    match (a, b) {
        (Piece::Track(a), Piece::Track(b)) => score_tracks(a, b),
        (Piece::Album(a), Piece::Album(b)) => score_releases(a, b),
        (Piece::Artist(a), Piece::Artist(b)) => score_artists(a, b),
        _ => Verdict {
            level: Level::Different,
            confidence: 0.0,
            reasons: vec![Reason::NoTwin],
        },
    }
}

fn score_tracks(a: &Track, b: &Track) -> Verdict {
    let (left, right) = pair(Fields::from(a), Fields::from(b));
    judge(&left, &right)
}

/// Says how sure it is that two records of unchecked catalogues are the same recording.
#[must_use]
pub fn score_records(a: &Record, b: &Record) -> Verdict {
    let (left, right) = pair_records(a, b);
    judge(&left, &right)
}

fn judge(left: &Reading, right: &Reading) -> Verdict {
    let evidence = Evidence::of(left, right);
    let codes = left.isrc.zip(right.isrc).map(|(left, right)| left == right);
    let mut confidence = model::confidence(&evidence);
    let is_unreadable =
        matches!(evidence.titles, Titles::Unreadable) || evidence.artists == Agreement::Unreadable;
    if evidence.is_other_part || matches!(evidence.versions, Versions::Other | Versions::OtherName)
    {
        confidence = confidence.min(OTHER_VERSION);
    }
    if is_unreadable {
        confidence = confidence.min(UNREADABLE);
    }
    let veto = is_vetoed(&evidence);
    let mut level = match confidence {
        _ if veto && confidence < SAME => Level::Different,
        _ if veto => Level::Unverified,
        _ if is_unreadable || evidence.artists == Agreement::Unknown => Level::Unverified,
        _ if confidence >= HIGH && is_complete(&evidence) && codes != Some(false) => Level::High,
        _ if confidence >= LIKELY => Level::Likely,
        _ if confidence >= 1.0 - LIKELY => Level::Unverified,
        _ => Level::Different,
    };
    if codes == Some(true) {
        (level, confidence) = trust_in_code(&evidence);
    }
    let reasons = reasons(&evidence, codes);
    Verdict {
        level,
        confidence,
        reasons,
    }
}

/// What no weight outvotes: another version, another artist, another duration, another part.
fn is_vetoed(evidence: &Evidence) -> bool {
    matches!(evidence.versions, Versions::Other | Versions::OtherName)
        || matches!(evidence.artists, Agreement::Like(like) if like < ALIKE)
        || matches!(evidence.titles, Titles::Like(like) if like < ALIKE)
        || evidence.durations == Durations::Far
        || evidence.is_other_part
}

/// Whether nothing is missing and nothing differs.
fn is_complete(evidence: &Evidence) -> bool {
    evidence.titles == Titles::Like(1.0)
        && matches!(evidence.artists, Agreement::Like(like) if like >= 0.9)
        && evidence.durations == Durations::Same
        && evidence.versions == Versions::Same
        && !evidence.is_other_wording
}

/// What one name says about an equal code.
#[derive(Clone, Copy, PartialEq)]
enum Witness {
    Agrees,
    /// It is missing on one side, or in letters that cannot be compared.
    Silent,
    Contradicts,
}

impl Witness {
    /// From this likeness on, a name agrees: a code is evidence already, and spellings vary.
    const AGREES: f64 = 0.5;

    fn by_likeness(like: f64) -> Self {
        match like >= Self::AGREES {
            true => Self::Agrees,
            false => Self::Contradicts,
        }
    }
}

/// How far an equal code may be believed: as far as title, artist, version and duration bear it out.
///
/// A name that says nothing is made up for by the other one and the duration together, a contradiction by nothing.
fn trust_in_code(evidence: &Evidence) -> (Level, f64) {
    use Witness::{Agrees, Contradicts, Silent};

    let title = match evidence.titles {
        Titles::Like(like) => Witness::by_likeness(like),
        Titles::Unreadable => Silent,
    };
    let artist = match evidence.artists {
        Agreement::Like(like) => Witness::by_likeness(like),
        Agreement::Unknown | Agreement::Unreadable => Silent,
    };
    let is_other = evidence.durations == Durations::Far
        || matches!(evidence.versions, Versions::Other | Versions::OtherName);
    let lasts_alike = evidence.durations == Durations::Same;
    match (title, artist) {
        _ if is_other => (Level::Unverified, DOUBTED_CODE),
        (Agrees, Agrees) => (Level::Exact, SAME_CODE),
        (Agrees, Silent) | (Silent, Agrees) if lasts_alike => (Level::Exact, SAME_CODE),
        (Agrees, Silent) | (Silent, Agrees) => (Level::Likely, LIKELY_CODE),
        (Agrees, Contradicts) | (Contradicts, Agrees) | (Silent, Silent) if lasts_alike => {
            (Level::Likely, LIKELY_CODE)
        }
        _ => (Level::Unverified, DOUBTED_CODE),
    }
}

fn reasons(evidence: &Evidence, codes: Option<bool>) -> Vec<Reason> {
    let title = title_reason(evidence.titles);
    let artist = artist_reason(evidence.artists);
    let duration = match evidence.durations {
        Durations::Unknown => Reason::NoDuration,
        Durations::Same => Reason::SameDuration,
        Durations::Near => Reason::DurationDiffers,
        Durations::Far => Reason::OtherDuration,
    };
    let version = match evidence.versions {
        Versions::Same => None,
        Versions::Shortened => Some(Reason::Shortened),
        Versions::OtherName => Some(Reason::OtherRemixer),
        Versions::Other => Some(Reason::OtherVersion),
    };
    let code = codes.map(|same| {
        if same {
            Reason::SameIsrc
        } else {
            Reason::OtherIsrc
        }
    });
    let part = evidence.is_other_part.then_some(Reason::OtherPart);
    let wording = evidence.is_other_wording.then_some(Reason::OtherWording);
    let album = evidence
        .albums
        .filter(|like| *like >= 0.95)
        .map(|_| Reason::SameAlbum);
    let mut reasons: Vec<Reason> = [
        code,
        version,
        part,
        Some(title),
        Some(artist),
        Some(duration),
        wording,
        album,
    ]
    .into_iter()
    .flatten()
    .collect();
    reasons.dedup();
    reasons
}
