//! Invented figures and ids: the same for the same words on every run.

use music::Platform;
use sha2::{Digest as _, Sha256};

const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE64_URL: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Lots drawn from some words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lots([u8; 32]);

impl Lots {
    pub(crate) fn of(words: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for word in words {
            hash.update(word.as_bytes());
            hash.update([0]);
        }
        Self(hash.finalize().into())
    }

    /// A number that looks random.
    pub(crate) fn number(&self) -> u64 {
        let (first, _) = self.0.split_at(8);
        u64::from_le_bytes(first.try_into().expect("eight bytes"))
    }

    /// A number below `bound`.
    pub(crate) fn below(&self, bound: u64) -> u64 {
        self.number() % bound
    }

    /// True for this share of all words.
    pub(crate) fn chance(&self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of `list`.
    pub(crate) fn pick<'l, T>(&self, list: &'l [T]) -> &'l T {
        let index = self.below(list.len() as u64);
        &list[usize::try_from(index).expect("an index of a list")]
    }

    fn letters(&self, alphabet: &[u8], count: usize) -> String {
        let letter = |byte: &u8| char::from(alphabet[usize::from(*byte) % alphabet.len()]);
        self.0.iter().take(count).map(letter).collect()
    }

    fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// An id in the shape of `platform`, other for each `attempt`.
pub(crate) fn invented(platform: Platform, what: &str, attempt: u32) -> String {
    let lots = Lots::of(&["id", platform.name(), what, &attempt.to_string()]);
    match platform {
        Platform::Spotify => lots.letters(BASE62, 22),
        Platform::Youtube | Platform::YoutubeMusic => lots.letters(BASE64_URL, 11),
        Platform::Musicbrainz => uuid(what),
        Platform::Soundcloud => format!(
            "artist-{}/{}",
            lots.below(1000),
            lots.hex()[..12].to_owned()
        ),
        // Real ids of these have nine or ten digits today; the first digit keeps invented ones apart.
        _ => (9_000_000_000 + lots.below(999_999_999)).to_string(),
    }
}

/// An id of an artist in the shape of `platform`.
pub(crate) fn artist(platform: Platform, what: &str) -> String {
    let lots = Lots::of(&["artist", platform.name(), what]);
    match platform {
        Platform::Youtube | Platform::YoutubeMusic => format!("UC{}", lots.letters(BASE64_URL, 22)),
        Platform::Soundcloud => format!("artist-{}", lots.below(100_000)),
        _ => invented(platform, what, 0),
    }
}

/// An id of an album in the shape of `platform`.
pub(crate) fn album(platform: Platform, what: &str) -> String {
    let lots = Lots::of(&["album", platform.name(), what]);
    match platform {
        Platform::Youtube | Platform::YoutubeMusic => format!("MPREb_{}", lots.letters(BASE62, 11)),
        _ => invented(platform, what, 0),
    }
}

/// An invented UUID of version 4.
pub(crate) fn uuid(what: &str) -> String {
    let hex = Lots::of(&["uuid", what]).hex();
    format!(
        "{}-{}-4{}-8{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..15],
        &hex[15..18],
        &hex[18..30]
    )
}

/// An invented ISRC. `XX` is no country, so none of these is anybody's.
pub(crate) fn isrc(what: &str) -> String {
    let lots = Lots::of(&["isrc", what]);
    format!(
        "XX{}{:07}",
        &lots.hex().to_uppercase()[..3],
        lots.below(10_000_000)
    )
}

/// An invented bar code.
pub(crate) fn upc(what: &str) -> String {
    format!("09{:010}", Lots::of(&["upc", what]).below(10_000_000_000))
}
