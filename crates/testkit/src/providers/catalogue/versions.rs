//! The recordings of a song: the one that everybody means, and those that only look like it.

use std::time::Duration;

use super::ids::{self, Lots};
use super::song::{Song, Title};

/// What a recording is, beside the one that everybody means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// The song itself.
    Original,
    /// By the same artists, on a stage.
    Live,
    /// By another hand.
    Remix,
    /// By another artist.
    Cover,
    /// For singing along.
    Karaoke,
    /// By imitators.
    Tribute,
    /// Without the explicit words.
    Clean,
    /// Faster.
    SpedUp,
    /// Without the voice.
    Instrumental,
    /// Another song of the same name.
    Homonym,
}

/// One recording and what is true of it everywhere.
#[derive(Clone, Debug)]
pub(crate) struct Recording {
    pub(crate) version: Version,
    pub(crate) artists: Vec<String>,
    pub(crate) title: Title,
    pub(crate) album: String,
    pub(crate) year: u16,
    pub(crate) length: Duration,
    pub(crate) isrc: Option<String>,
    /// Unset: nothing explicit about it.
    pub(crate) explicit: Option<bool>,
    pub(crate) mbid: String,
    /// Words that invented figures of this recording are drawn from.
    pub(crate) seed: String,
}

const OTHERS: &[Version] = &[
    Version::Live,
    Version::Remix,
    Version::Cover,
    Version::Karaoke,
    Version::Tribute,
    Version::Clean,
    Version::SpedUp,
    Version::Instrumental,
    Version::Homonym,
];

const FIRST_NAMES: &[&str] = &[
    "Ada", "Bo", "Cleo", "Dario", "Edda", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kaya",
    "Lior", "Mira", "Nils", "Odile", "Pavel", "Rosa", "Sami", "Tilda", "Uwe", "Vera", "Yara",
];
const LAST_NAMES: &[&str] = &[
    "Ashdown",
    "Birkholm",
    "Castellan",
    "Dovrin",
    "Ellery",
    "Fairwater",
    "Grimaud",
    "Hollander",
    "Ivarsen",
    "Jessop",
    "Kestrel",
    "Lindqvist",
    "Marlowe",
    "Norwood",
    "Oakes",
    "Penrose",
    "Quill",
    "Ravenel",
    "Sorrel",
    "Thackeray",
    "Underhill",
    "Vasquez",
    "Wexford",
];
const REMIXERS: &[&str] = &[
    "Nordlys",
    "Kitto Kade",
    "Halbmond",
    "Sable Coast",
    "DJ Parallax",
    "Vesper Lane",
    "Oktav",
];
const STAGES: &[&str] = &[
    "Harbour Hall",
    "the Lighthouse",
    "Orchard Park",
    "Teatro Verde",
    "Winter Garden",
];
const ALBUM_WORDS: (&[&str], &[&str]) = (
    &[
        "Paper", "Glass", "Salt", "Northern", "Golden", "Silent", "Second", "Velvet", "Broken",
        "Distant",
    ],
    &[
        "Harbours",
        "Gardens",
        "Letters",
        "Summers",
        "Rooms",
        "Machines",
        "Rivers",
        "Postcards",
        "Signals",
    ],
);

/// Every recording of `song`; the original comes first.
pub(crate) fn recordings(song: &Song) -> Vec<Recording> {
    let original = original(song);
    let others: Vec<Recording> = OTHERS
        .iter()
        .filter(|version| exists(**version, &original))
        .map(|version| other(&original, *version))
        .collect();
    std::iter::once(original).chain(others).collect()
}

fn original(song: &Song) -> Recording {
    let seed = song.key();
    let lots = |what: &str| Lots::of(&[what, &seed]);
    let name = if lots("is single").chance(30) {
        song.title.base.clone()
    } else {
        format!(
            "{} {}",
            lots("album 1").pick(ALBUM_WORDS.0),
            lots("album 2").pick(ALBUM_WORDS.1)
        )
    };
    Recording {
        version: Version::Original,
        artists: song.artists.clone(),
        title: song.title.clone(),
        album: name,
        year: song.year,
        length: Duration::from_millis(150_000 + lots("length").below(180_000)),
        isrc: song.isrc.clone(),
        explicit: lots("explicit").chance(12).then_some(true),
        mbid: ids::uuid(&seed),
        seed,
    }
}

fn exists(version: Version, original: &Recording) -> bool {
    let lots = Lots::of(&["exists", &format!("{version:?}"), &original.seed]);
    match version {
        Version::Original => true,
        Version::Clean => original.explicit == Some(true),
        Version::Homonym => lots.chance(40),
        Version::Live | Version::Remix | Version::Cover | Version::Karaoke => lots.chance(85),
        Version::Tribute | Version::SpedUp | Version::Instrumental => lots.chance(60),
    }
}

fn other(original: &Recording, version: Version) -> Recording {
    let seed = format!("{version:?} of {}", original.seed);
    let lots = |what: &str| Lots::of(&[what, &seed]);
    let (artists, title) = credits(version, original, &seed);
    Recording {
        version,
        artists,
        title,
        album: album(version, original),
        year: original
            .year
            .saturating_add(u16::try_from(lots("later").below(12)).unwrap_or(0))
            .min(2026),
        length: length(version, original.length, &lots("length")),
        isrc: isrc(version, original, &seed),
        explicit: match version {
            Version::Clean => Some(false),
            Version::Live | Version::Remix | Version::SpedUp => original.explicit,
            _ => None,
        },
        mbid: ids::uuid(&seed),
        seed,
    }
}

/// Who plays it, and what they call it.
fn credits(version: Version, original: &Recording, seed: &str) -> (Vec<String>, Title) {
    let lots = |what: &str| Lots::of(&[what, seed]);
    let stranger = format!(
        "{} {}",
        lots("first name").pick(FIRST_NAMES),
        lots("last name").pick(LAST_NAMES)
    );
    let main = original.artists.first().cloned().unwrap_or_default();
    let base = Title {
        tag: None,
        ..original.title.clone()
    };
    let tagged = |tag: String| Title {
        tag: Some(tag),
        ..base.clone()
    };
    let alone = Title {
        featured: None,
        ..base.clone()
    };
    match version {
        Version::Original | Version::Clean => (original.artists.clone(), original.title.clone()),
        Version::Live => (
            original.artists.clone(),
            tagged(format!("Live at {}", lots("stage").pick(STAGES))),
        ),
        Version::Remix => {
            let by = *lots("remixer").pick(REMIXERS);
            let artists = original.artists.iter().cloned().chain([by.to_owned()]);
            (artists.collect(), tagged(format!("{by} Remix")))
        }
        Version::Cover | Version::Homonym => (vec![stranger], alone),
        Version::Karaoke => (
            vec!["Sing-Along Cellar".to_owned()],
            Title {
                tag: Some(format!("Karaoke Version Originally Performed by {main}")),
                ..alone
            },
        ),
        Version::Tribute => (vec![format!("The {main} Tribute Band")], alone),
        Version::SpedUp => (original.artists.clone(), tagged("Sped Up".to_owned())),
        Version::Instrumental => (original.artists.clone(), tagged("Instrumental".to_owned())),
    }
}

fn album(version: Version, original: &Recording) -> String {
    let album = &original.album;
    match version {
        Version::Live => format!("{album} on Stage"),
        Version::Remix => format!("{album} Reworked"),
        Version::Cover | Version::Tribute => "Evergreens Sung Anew".to_owned(),
        Version::Karaoke => "Karaoke Night, Vol. 12".to_owned(),
        Version::Homonym => format!("{} and Others", original.title.base),
        _ => album.clone(),
    }
}

/// How long it is: some differ as much as in life, some (karaoke, clean, instrumental) hardly at all.
fn length(version: Version, original: Duration, lots: &Lots) -> Duration {
    let ms = u64::try_from(original.as_millis()).unwrap_or(u64::MAX);
    let ms = match version {
        Version::Original => ms,
        Version::Clean | Version::Instrumental | Version::Karaoke => ms + lots.below(1_500),
        Version::Live => ms + 20_000 + lots.below(60_000),
        Version::Remix => ms + 25_000 + lots.below(120_000),
        Version::Cover | Version::Tribute => ms - 12_000 + lots.below(24_000),
        Version::SpedUp => ms * 5 / 6,
        Version::Homonym => 140_000 + lots.below(200_000),
    };
    Duration::from_millis(ms)
}

/// Labels reuse codes by mistake: one live recording in 25 carries the code of the original.
fn isrc(version: Version, original: &Recording, seed: &str) -> Option<String> {
    let is_mistaken = version == Version::Live && Lots::of(&["mistaken code", seed]).chance(4);
    match &original.isrc {
        Some(code) if is_mistaken => Some(code.clone()),
        _ => Some(ids::isrc(seed)),
    }
}
