//! Whether two listings are the same piece: a cascade from codes over vetoes to weighed evidence.

use std::time::Duration;

use crate::credit::Credit;
use crate::similar::likeness;
use crate::title::Title;
use crate::version::{Kind, Tag};
use crate::{Level, Piece, Reason, Track, Verdict};

/// Says how sure it is that `a` and `b` are the same piece.
#[must_use]
pub fn score(a: &Piece, b: &Piece) -> Verdict {
    match (a, b) {
        (Piece::Track(a), Piece::Track(b)) => score_tracks(a, b),
        (Piece::Album(a), Piece::Album(b)) => {
            if a.upc.is_some() && a.upc == b.upc {
                return Verdict {
                    level: Level::Exact,
                    confidence: 0.99,
                    reasons: vec![Reason::SameBarcode],
                };
            }
            score_tracks(
                &as_track(&a.title, &a.artists),
                &as_track(&b.title, &b.artists),
            )
        }
        (Piece::Artist(a), Piece::Artist(b)) => score_tracks(
            &as_track(&a.name, std::slice::from_ref(&a.name)),
            &as_track(&b.name, std::slice::from_ref(&b.name)),
        ),
        _ => Verdict {
            level: Level::Different,
            confidence: 0.0,
            reasons: vec![Reason::NoTwin],
        },
    }
}

/// Durations within this are the same: services round, and cut silence differently.
const SAME_DURATION: Duration = Duration::from_secs(3);

/// Durations further apart than this are different recordings, unless a code says otherwise.
const OTHER_DURATION: Duration = Duration::from_secs(15);

/// Likeness of two strings from which on the difference can be a slip of the pen.
const ALIKE: f64 = 0.85;

fn as_track(title: &str, artists: &[String]) -> Track {
    Track {
        title: title.to_owned(),
        artists: artists.to_vec(),
        ..Track::default()
    }
}

fn score_tracks(a: &Track, b: &Track) -> Verdict {
    let (left, right) = (Reading::of(a), Reading::of(b));
    let mut reasons = Vec::new();
    let mut confidence: f64 = 1.0;
    let mut against = |reason, limit: f64| {
        confidence = confidence.min(limit);
        reasons.push(reason);
    };
    let is_same_code = a.isrc.is_some() && a.isrc == b.isrc;
    if !same_tags(&left.title.tags, &right.title.tags) {
        against(Reason::OtherVersion, 0.05);
    }
    let title = left.title_likeness(&right);
    match title {
        _ if title >= 1.0 => against(Reason::SameTitle, 1.0),
        _ if title >= ALIKE => against(Reason::SimilarTitle, 0.8),
        _ => against(Reason::OtherTitle, 0.05),
    }
    if left.credit.is_empty() || right.credit.is_empty() {
        against(Reason::NoArtist, 0.5);
    } else {
        match left.artist_likeness(&right) {
            artist if artist >= 1.0 => against(Reason::SameArtist, 1.0),
            artist if artist >= ALIKE => against(Reason::SimilarArtist, 0.8),
            _ => against(Reason::OtherArtist, 0.05),
        }
    }
    match (a.duration, b.duration) {
        (Some(a), Some(b)) if a.abs_diff(b) <= SAME_DURATION => against(Reason::SameDuration, 0.95),
        (Some(a), Some(b)) if a.abs_diff(b) <= OTHER_DURATION => {
            against(Reason::DurationDiffers, 0.7)
        }
        (Some(_), Some(_)) => against(Reason::OtherDuration, 0.2),
        _ => against(Reason::NoDuration, 0.8),
    }
    if is_same_code {
        confidence = if confidence >= 0.7 {
            0.99
        } else {
            confidence.max(0.4)
        };
        reasons.insert(0, Reason::SameIsrc);
    }
    let level = match confidence {
        _ if is_same_code && confidence > 0.9 => Level::Exact,
        _ if confidence >= 0.9 => Level::High,
        _ if confidence >= 0.6 => Level::Likely,
        _ if confidence >= 0.3 => Level::Unverified,
        _ => Level::Different,
    };
    Verdict {
        level,
        confidence,
        reasons,
    }
}

struct Reading {
    title: Title,
    base: String,
    full: String,
    credit: Credit,
}

impl Reading {
    fn of(track: &Track) -> Self {
        let mut title = Title::read(&track.title);
        if let Some(version) = &track.version {
            title.add_version(version);
        }
        let base = title.base.concat();
        let full = base.clone() + &title.subtitle.concat();
        let credit = Credit::read(track.artists.iter().map(String::as_str), &title.features);
        Self {
            title,
            base,
            full,
            credit,
        }
    }

    fn title_likeness(&self, other: &Self) -> f64 {
        [
            (&self.base, &other.base),
            (&self.full, &other.full),
            (&self.base, &other.full),
            (&self.full, &other.base),
        ]
        .into_iter()
        .map(|(left, right)| likeness(left, right))
        .fold(0.0, f64::max)
    }

    fn artist_likeness(&self, other: &Self) -> f64 {
        let best = |name: &String, credit: &Credit| {
            credit
                .names
                .iter()
                .map(|other| likeness(name, other))
                .fold(0.0, f64::max)
        };
        let joined = likeness(&self.credit.joined, &other.credit.joined);
        joined
            .max(best(&self.credit.names[0], &other.credit))
            .max(best(&other.credit.names[0], &self.credit))
    }
}

fn same_tags(left: &[Tag], right: &[Tag]) -> bool {
    let covers = |left: &[Tag], right: &[Tag]| {
        left.iter()
            .filter(|tag| tag.kind != Kind::Short)
            .all(|tag| {
                right.iter().any(|other| {
                    other.kind == tag.kind
                        && (tag.name.is_empty() || other.name.is_empty() || tag.name == other.name)
                })
            })
    };
    covers(left, right) && covers(right, left)
}

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
