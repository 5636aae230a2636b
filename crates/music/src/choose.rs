//! The best of several candidates, and what to search for.

use crate::score::{HIGH, LIKELY};
use crate::title::Title;
use crate::{Level, Piece, Reason, Verdict, score};

/// The best of several candidates.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its place among the candidates.
    pub index: usize,
    /// How sure it is, with the runner-up in mind.
    pub verdict: Verdict,
}

/// Chooses the candidate that is most likely `wanted`; none when all are something else.
///
/// Two different recordings cannot both be the wanted one. So a runner-up that is not the best one again, on another
/// album say, takes from the confidence of the best: nothing when it is far behind, the more the closer it is.
#[must_use]
pub fn choose(wanted: &Piece, candidates: &[Piece]) -> Option<Choice> {
    let verdicts: Vec<Verdict> = candidates
        .iter()
        .map(|candidate| score(wanted, candidate))
        .collect();
    let is_better = |one: usize, other: usize| {
        let (left, right) = (&verdicts[one], &verdicts[other]);
        let by_rank = left
            .level
            .cmp(&right.level)
            .then(left.confidence.total_cmp(&right.confidence));
        // The first of equals stays: providers list the best known one first.
        by_rank
            .then(fit(wanted, &candidates[one]).cmp(&fit(wanted, &candidates[other])))
            .is_gt()
    };
    let index =
        (0..verdicts.len()).reduce(|best, next| if is_better(next, best) { next } else { best })?;
    let mut verdict = verdicts[index].clone();
    if verdict.level == Level::Different {
        return None;
    }
    let is_rival = |other: &usize| {
        *other != index && score(&candidates[index], &candidates[*other]).level < Level::Likely
    };
    // The rivals are looked at from the closest on, so most often only one is compared.
    let mut others: Vec<usize> = (0..verdicts.len())
        .filter(|other| verdicts[*other].level > Level::Different)
        .collect();
    others.sort_by(|one, other| {
        verdicts[*other]
            .confidence
            .total_cmp(&verdicts[*one].confidence)
    });
    if let Some(rival) = others.into_iter().find(is_rival) {
        contest(&mut verdict, &verdicts[rival]);
    }
    Some(Choice { index, verdict })
}

/// What one of two that exclude each other keeps of its confidence.
fn contest(best: &mut Verdict, rival: &Verdict) {
    let (ours, theirs) = (best.confidence, rival.confidence);
    let only_ours = ours * (1.0 - theirs);
    let only_theirs = theirs * (1.0 - ours);
    let left = (only_ours / (only_ours + only_theirs).max(f64::EPSILON)).min(ours);
    let highest = match left {
        _ if left >= HIGH => best.level,
        _ if left >= LIKELY => Level::Likely,
        _ => Level::Unverified,
    };
    if highest < best.level {
        best.level = highest;
        best.reasons.push(Reason::CloseRunnerUp);
    }
    best.confidence = left;
}

/// What decides between listings of one recording: the same wording, the same album, then the earlier release.
fn fit(wanted: &Piece, candidate: &Piece) -> (bool, bool, std::cmp::Reverse<String>) {
    let (Piece::Track(wanted), Piece::Track(candidate)) = (wanted, candidate) else {
        return (false, false, std::cmp::Reverse(String::new()));
    };
    let album = |text: &Option<String>| text.as_deref().map(|text| Title::read(text).base);
    // A date that is not known comes after all that are.
    let released = candidate
        .released
        .clone()
        .unwrap_or_else(|| "9999".to_owned());
    (
        wanted.is_explicit.is_some() && wanted.is_explicit == candidate.is_explicit,
        wanted.album.is_some() && album(&wanted.album) == album(&candidate.album),
        std::cmp::Reverse(released),
    )
}

/// What to search for: the main artist and the name without tags and features.
#[must_use]
pub fn query(piece: &Piece) -> String {
    let (artists, title) = match piece {
        Piece::Track(track) => (&track.artists, track.title.as_str()),
        Piece::Album(release) => (&release.artists, release.title.as_str()),
        Piece::Artist(artist) => return artist.name.clone(),
        Piece::Playlist(playlist) => return playlist.title.clone(),
    };
    let base = Title::read(title).base.join(" ");
    match artists.first() {
        Some(artist) => format!("{artist} {base}"),
        None => base,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::Track;

    fn track(title: &str, artist: &str, seconds: u64) -> Piece {
        Piece::Track(Track {
            title: title.into(),
            artists: vec![artist.into()],
            duration: Some(Duration::from_secs(seconds)),
            ..Track::default()
        })
    }

    #[test]
    fn the_plain_recording_is_chosen_among_its_versions() {
        let wanted = track("Clarity", "Zedd", 271);
        let candidates = [
            track("Clarity (Live)", "Zedd", 272),
            track("Clarity (Karaoke Version)", "Zedd", 271),
            track("Clarity (feat. Foxes)", "Zedd", 271),
            track("Clarity - Tiësto Remix", "Zedd", 270),
        ];
        let choice = choose(&wanted, &candidates).unwrap();
        assert_eq!((choice.index, choice.verdict.level), (2, Level::High));
        assert_eq!(choose(&wanted, &candidates[..2]), None);
        assert_eq!(choose(&wanted, &[]), None);
    }

    #[test]
    fn a_runner_up_that_is_another_recording_lowers_the_certainty() {
        let wanted = Piece::Track(Track {
            title: "Angel".into(),
            artists: vec!["Massive Attack".into()],
            ..Track::default()
        });
        let alone = choose(&wanted, &[track("Angel", "Massive Attack", 380)]).unwrap();
        let contested = choose(
            &wanted,
            &[
                track("Angel", "Massive Attack", 380),
                track("Angel", "Massive Attack", 222),
            ],
        )
        .unwrap();
        assert!(contested.verdict.confidence < alone.verdict.confidence);
        assert!(contested.verdict.reasons.contains(&Reason::CloseRunnerUp));
        assert!(contested.verdict.level < alone.verdict.level);
        let twice = choose(
            &wanted,
            &[
                track("Angel", "Massive Attack", 380),
                track("Angel", "Massive Attack", 380),
            ],
        )
        .unwrap();
        assert_eq!(twice.verdict, alone.verdict);
    }

    #[test]
    fn among_listings_of_one_recording_wording_and_album_decide() {
        let listing = |album: &str, is_explicit| {
            let Piece::Track(track) = track("Gone", "The Weeknd", 487) else {
                unreachable!()
            };
            Piece::Track(Track {
                album: Some(album.into()),
                is_explicit,
                ..track
            })
        };
        let wanted = listing("Trilogy", Some(true));
        let candidates = [
            listing("Trilogy", Some(false)),
            listing("Thursday", Some(true)),
            listing("Trilogy", Some(true)),
        ];
        assert_eq!(choose(&wanted, &candidates).unwrap().index, 2);
    }

    #[test]
    fn a_search_is_for_the_artist_and_the_bare_name() {
        assert_eq!(
            query(&track(
                "Clarity (feat. Foxes) - Tiësto Remix [Explicit]",
                "Zedd",
                1
            )),
            "Zedd clarity"
        );
        assert_eq!(
            query(&track("Группа крови (Live)", "Кино", 1)),
            "Кино группа крови"
        );
    }
}
