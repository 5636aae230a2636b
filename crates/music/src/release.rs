//! Whether two releases, or two artists, are the same. They have no code of a recording and no duration to go by.

use crate::credit::{Agreement, Credit};
use crate::evidence::{ALIKE, Evidence, Titles, Versions};
use crate::normal::{fold, words};
use crate::reading::{Fields, Reading};
use crate::score::{DOUBTED_CODE, LIKELY, SAME_CODE};
use crate::{Artist, Level, Reason, Release, Verdict};

/// Confidence when name, artists, edition and number of tracks agree.
const ALL_AGREES: f64 = 0.95;

/// Confidence when names agree and the edition or the number of tracks is not known to.
const NAMES_AGREE: f64 = 0.8;

/// Confidence when something speaks against it that catalogues often get wrong.
const DOUBTED: f64 = 0.5;

/// Confidence when names differ.
const NAMES_DIFFER: f64 = 0.05;

/// Words that tell one edition of an album from another. A remaster holds the same songs, so it is none.
const EDITIONS: &[&str] = &[
    "single",
    "ep",
    "deluxe",
    "expanded",
    "anniversary",
    "special",
    "bonus",
    "complete",
    "collectors",
    "super",
];

pub(crate) fn score_releases(a: &Release, b: &Release) -> Verdict {
    let (left, right) = (Reading::of(&Fields::from(a)), Reading::of(&Fields::from(b)));
    let evidence = Evidence::of(&left, &right);
    let title = match evidence.titles {
        Titles::Like(like) => Some(like),
        Titles::Unreadable => None,
    };
    let artist = like_of(evidence.artists);
    let is_same_code = a.upc.is_some() && a.upc == b.upc;
    let is_other_version = evidence.versions == Versions::Other || evidence.is_other_part;
    let is_same_edition = edition(&a.title) == edition(&b.title);
    let tracks = a.tracks.zip(b.tracks).map(|(left, right)| left == right);
    let differs = |like: Option<f64>| like.is_some_and(|like| like < ALIKE);
    let (level, confidence) = if is_same_code {
        match (differs(title) && differs(artist)) || is_other_version {
            true => (Level::Unverified, DOUBTED_CODE),
            false => (Level::Exact, SAME_CODE),
        }
    } else if differs(title) || differs(artist) || is_other_version {
        (Level::Different, NAMES_DIFFER)
    } else if title.is_none() || artist.is_none() || !is_same_edition && tracks != Some(true) {
        (Level::Unverified, DOUBTED)
    } else if title == Some(1.0) && artist >= Some(0.9) && is_same_edition && tracks == Some(true) {
        (Level::High, ALL_AGREES)
    } else {
        (Level::Likely, NAMES_AGREE)
    };
    let code = is_same_code.then_some(Reason::SameBarcode);
    let version = match evidence.versions {
        Versions::Other | Versions::OtherName => Some(Reason::OtherVersion),
        Versions::Same | Versions::Shortened => (!is_same_edition).then_some(Reason::OtherVersion),
    };
    let part = evidence.is_other_part.then_some(Reason::OtherPart);
    let names = [
        title_reason(evidence.titles),
        artist_reason(evidence.artists),
    ];
    let mut reasons: Vec<Reason> = [code, version, part]
        .into_iter()
        .flatten()
        .chain(names)
        .collect();
    reasons.dedup();
    Verdict {
        level,
        confidence,
        reasons,
    }
}

/// Compares names and other spellings. Namesakes exist, so a name alone is never more than likely.
pub(crate) fn score_artists(a: &Artist, b: &Artist) -> Verdict {
    let credit = |name: &String| Credit::read([name.as_str()], &[]);
    let names = |artist: &Artist| -> Vec<Credit> {
        std::iter::once(&artist.name)
            .chain(&artist.aliases)
            .map(credit)
            .collect()
    };
    let others = names(b);
    let mut best = Agreement::Unknown;
    for one in names(a) {
        for other in &others {
            let found = whole_name(&one, other);
            if like_of(found) > like_of(best) || best == Agreement::Unknown {
                best = found;
            }
        }
    }
    let (level, confidence) = match best {
        Agreement::Like(like) if like >= 1.0 => (Level::Likely, NAMES_AGREE),
        Agreement::Like(like) if like >= ALIKE => (Level::Unverified, DOUBTED.min(LIKELY)),
        Agreement::Like(_) => (Level::Different, NAMES_DIFFER),
        Agreement::Unknown | Agreement::Unreadable => (Level::Unverified, DOUBTED.min(LIKELY)),
    };
    Verdict {
        level,
        confidence,
        reasons: vec![artist_reason(best)],
    }
}

/// Two artists are the same only with all their names: `Simon` is not `Simon & Garfunkel`.
fn whole_name(one: &Credit, other: &Credit) -> Agreement {
    match one.agreement(other) {
        Agreement::Like(like)
            if one.names.len() != other.names.len() && one.joined != other.joined =>
        {
            Agreement::Like(like.min(DOUBTED))
        }
        found => found,
    }
}

fn edition(title: &str) -> Vec<&'static str> {
    let words = words(&fold(title));
    let said = |edition: &&&str| words.iter().any(|word| word == **edition);
    EDITIONS.iter().filter(said).copied().collect()
}

fn like_of(agreement: Agreement) -> Option<f64> {
    match agreement {
        Agreement::Like(like) => Some(like),
        Agreement::Unknown | Agreement::Unreadable => None,
    }
}

pub(crate) fn title_reason(titles: Titles) -> Reason {
    match titles {
        Titles::Unreadable => Reason::OtherScript,
        Titles::Like(like) if like >= 1.0 => Reason::SameTitle,
        Titles::Like(like) if like >= ALIKE => Reason::SimilarTitle,
        Titles::Like(_) => Reason::OtherTitle,
    }
}

/// Artists this alike are called the same: a guest more or less, an initial for a name.
const SAME_ARTIST: f64 = 0.95;

pub(crate) fn artist_reason(artists: Agreement) -> Reason {
    match artists {
        Agreement::Unknown => Reason::NoArtist,
        Agreement::Unreadable => Reason::OtherScript,
        Agreement::Like(like) if like >= SAME_ARTIST => Reason::SameArtist,
        Agreement::Like(like) if like >= ALIKE => Reason::SimilarArtist,
        Agreement::Like(_) => Reason::OtherArtist,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(title: &str, artist: &str, tracks: Option<u16>) -> Release {
        Release {
            title: title.into(),
            artists: vec![artist.into()],
            tracks,
            ..Release::default()
        }
    }

    fn artist(name: &str, aliases: &[&str]) -> Artist {
        Artist {
            name: name.into(),
            aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
        }
    }

    #[test]
    fn an_album_is_sure_only_with_the_number_of_its_tracks() {
        let one = release("Blurryface", "twenty one pilots", Some(14));
        let level = |other: &Release| score_releases(&one, other).level;
        assert_eq!(
            level(&release(
                "Blurryface (Remastered)",
                "Twenty One Pilots",
                Some(14)
            )),
            Level::High
        );
        assert_eq!(
            level(&release("Blurryface", "Twenty One Pilots", None)),
            Level::Likely
        );
        assert_eq!(
            level(&release(
                "Blurryface (Deluxe)",
                "Twenty One Pilots",
                Some(18)
            )),
            Level::Unverified
        );
        assert_eq!(
            level(&release(
                "Blurryface - Single",
                "Twenty One Pilots",
                Some(1)
            )),
            Level::Unverified
        );
        assert_eq!(
            level(&release("Blurryface (Live)", "Twenty One Pilots", Some(14))),
            Level::Different
        );
        assert_eq!(
            level(&release("Blurryface", "Somebody Else", Some(14))),
            Level::Different
        );
    }

    #[test]
    fn a_bar_code_decides_unless_every_name_contradicts_it() {
        let coded = |title: &str, artist: &str| Release {
            upc: Some("00602445".into()),
            ..release(title, artist, None)
        };
        let one = coded("1989", "Taylor Swift");
        assert_eq!(
            score_releases(&one, &coded("1989 (Deluxe)", "Taylor Swift")).level,
            Level::Exact
        );
        assert_eq!(
            score_releases(&one, &coded("Trilogy", "The Weeknd")).level,
            Level::Unverified
        );
    }

    #[test]
    fn an_artist_is_found_by_name_or_alias_and_a_duo_is_not_one_of_the_two() {
        let level = |one: &Artist, other: &Artist| score_artists(one, other).level;
        assert_eq!(
            level(&artist("The Beatles", &[]), &artist("Beatles", &[])),
            Level::Likely
        );
        assert_eq!(
            level(
                &artist("Hikaru Utada", &["宇多田ヒカル"]),
                &artist("宇多田ヒカル", &[])
            ),
            Level::Likely
        );
        assert_eq!(
            level(&artist("Кино", &[]), &artist("宇多田ヒカル", &[])),
            Level::Unverified
        );
        assert_eq!(
            level(&artist("Simon", &[]), &artist("Simon & Garfunkel", &[])),
            Level::Different
        );
        assert_eq!(
            level(
                &artist("Queen", &[]),
                &artist("Queens of the Stone Age", &[])
            ),
            Level::Different
        );
    }
}
