//! A song as the catalogue is given it: what it is called, and its ids on the platforms that have it.

use std::collections::BTreeMap;

use music::Platform;

use super::ids::{self, Lots};

/// Names with a comma in them that are one artist.
const UNDIVIDED: &[&str] = &[
    "Blood, Sweat & Tears",
    "Crosby, Stills, Nash & Young",
    "Dave Dee, Dozy, Beaky, Mick & Tich",
    "Earth, Wind & Fire",
    "Emerson, Lake & Palmer",
    "Peter, Paul and Mary",
    "Tyler, The Creator",
];

/// Words that make a ` - suffix` of a title a version tag.
const TAG_WORDS: &[&str] = &[
    "acoustic",
    "anthem",
    "bootleg",
    "cut",
    "dub",
    "edit",
    "extended",
    "from",
    "instrumental",
    "live",
    "mix",
    "mono",
    "original",
    "radio",
    "recorded",
    "remaster",
    "remastered",
    "remix",
    "rework",
    "single",
    "soundtrack",
    "stereo",
    "unplugged",
    "version",
    "vip",
];

/// Tags that do not change the recording.
const NEUTRAL_WORDS: &[&str] = &[
    "remaster",
    "remastered",
    "from",
    "original",
    "soundtrack",
    "stereo",
    "album",
];

/// Marks of featured artists in a title.
const FEATURE_MARKS: &[&str] = &["(feat. ", "(ft. ", "(with ", "[feat. ", "(featuring "];

/// One song.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Song {
    /// Artists, the main one first.
    pub(crate) artists: Vec<String>,
    pub(crate) title: Title,
    pub(crate) year: u16,
    pub(crate) isrc: Option<String>,
    /// Several where a platform lists the recording more than once.
    pub(crate) ids: BTreeMap<Platform, Vec<String>>,
}

/// A title in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Title {
    pub(crate) base: String,
    /// What follows `feat.`.
    pub(crate) featured: Option<String>,
    /// `Remastered 2011`, `Radio Edit`.
    pub(crate) tag: Option<String>,
}

impl Song {
    /// A song with invented ids, missing here and there as in a real catalogue.
    pub(crate) fn invented(artists: &[&str], title: &str, year: u16) -> Self {
        let name = format!("{} / {title}", artists.join(", "));
        let mut ids = BTreeMap::new();
        let coverage = [
            (Platform::Spotify, 100),
            (Platform::AppleMusic, 95),
            (Platform::Deezer, 95),
            (Platform::Tidal, 85),
            (Platform::YoutubeMusic, 90),
        ];
        for (platform, percent) in coverage {
            if Lots::of(&["covers", platform.name(), &name]).chance(percent) {
                ids.insert(platform, vec![ids::invented(platform, &name, 0)]);
            }
        }
        Self {
            artists: artists.iter().map(|&one| one.to_owned()).collect(),
            title: Title::parse(title),
            year,
            isrc: Some(ids::isrc(&name)),
            ids,
        }
    }

    /// Reads `artist title year isrc spotify apple_music deezer tidal youtube_music`, tab-separated, with a header.
    pub(crate) fn read_all(text: &str) -> Vec<Self> {
        text.lines().skip(1).filter_map(Self::read).collect()
    }

    fn read(line: &str) -> Option<Self> {
        let cells: Vec<&str> = line.split('\t').collect();
        let [artist, title, year, isrc, links @ ..] = cells.as_slice() else {
            return None;
        };
        let platforms = [
            Platform::Spotify,
            Platform::AppleMusic,
            Platform::Deezer,
            Platform::Tidal,
            Platform::YoutubeMusic,
        ];
        let ids = platforms
            .into_iter()
            .zip(links)
            .filter(|(_, id)| !id.is_empty())
            .map(|(platform, id)| (platform, vec![(*id).to_owned()]))
            .collect();
        Some(Self {
            artists: split_artists(artist),
            title: Title::parse(title),
            year: year.parse().ok()?,
            isrc: Some((*isrc).to_owned()).filter(|code| !code.is_empty()),
            ids,
        })
    }

    /// What two rows of the same recording have in common, whatever the spelling.
    pub(crate) fn key(&self) -> String {
        let main = self.artists.first().map_or("", String::as_str);
        let main = main.split(" & ").next().unwrap_or(main);
        let main = main.split(" ft. ").next().unwrap_or(main);
        let tag = self.title.tag.as_deref().filter(|tag| !is_neutral(tag));
        format!(
            "{}/{}/{}",
            plain(main),
            plain(strip_brackets(&self.title.base)),
            plain(tag.unwrap_or_default())
        )
    }
}

impl Title {
    pub(crate) fn parse(text: &str) -> Self {
        let (rest, tag) = match text.rsplit_once(" - ") {
            Some((rest, tag)) if has_word(tag, TAG_WORDS) => (rest, Some(tag.to_owned())),
            _ => (text, None),
        };
        let lower = rest.to_lowercase();
        // Lower-casing keeps the length of almost every text; where it does not, the title stays whole.
        let mark = FEATURE_MARKS
            .iter()
            .filter(|_| lower.len() == rest.len())
            .find_map(|mark| lower.find(mark).map(|at| (at, mark.len())));
        let Some((at, length)) = mark else {
            return Self {
                base: rest.to_owned(),
                featured: None,
                tag,
            };
        };
        let (before, after) = (&rest[..at], &rest[at + length..]);
        let end = after.find([')', ']']).unwrap_or(after.len());
        let tail = after.get(end + 1..).unwrap_or_default();
        Self {
            base: format!("{}{tail}", before.trim_end()),
            featured: Some(after[..end].to_owned()),
            tag,
        }
    }

    /// The title as Spotify writes it.
    pub(crate) fn with_dash(&self) -> String {
        let featured = self
            .featured
            .as_ref()
            .map(|names| format!(" (feat. {names})"));
        let tag = self.tag.as_ref().map(|tag| format!(" - {tag}"));
        format!(
            "{}{}{}",
            self.base,
            featured.unwrap_or_default(),
            tag.unwrap_or_default()
        )
    }
}

fn split_artists(text: &str) -> Vec<String> {
    if UNDIVIDED.contains(&text) {
        return vec![text.to_owned()];
    }
    let names = text.split(',').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a tag leaves the recording what it is.
fn is_neutral(tag: &str) -> bool {
    has_word(tag, NEUTRAL_WORDS) && !has_word(tag, &["live", "remix", "mono"])
}

fn has_word(text: &str, words: &[&str]) -> bool {
    tokens(text)
        .iter()
        .any(|word| words.contains(&word.as_str()))
}

fn strip_brackets(title: &str) -> &str {
    match title
        .find([' ', '(', '['])
        .and_then(|_| title.find(['(', '[']))
    {
        Some(at) if at > 0 && has_word(&title[at..], NEUTRAL_WORDS) => &title[..at],
        _ => title,
    }
}

fn plain(text: &str) -> String {
    tokens(text).concat()
}

/// The words of a text in lower case, without accents' and punctuation's influence on where they end.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in text.chars() {
        match letter {
            '\'' | '’' | '`' => {}
            _ if letter.is_alphanumeric() => word.extend(letter.to_lowercase().map(without_accent)),
            _ if !word.is_empty() => words.push(std::mem::take(&mut word)),
            _ => {}
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The accents of the catalogue's languages; a search finds `poupee` for `poupée`.
fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' => 'u',
        'ё' => 'е',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_comes_apart_and_together_again() {
        let title = Title::parse("Cinema (feat. Gary Go) - Radio Edit");
        assert_eq!(title.base, "Cinema");
        assert_eq!(title.featured.as_deref(), Some("Gary Go"));
        assert_eq!(title.tag.as_deref(), Some("Radio Edit"));
        assert_eq!(title.with_dash(), "Cinema (feat. Gary Go) - Radio Edit");
        assert_eq!(Title::parse("Ebb - and Flow").tag, None);
    }

    #[test]
    fn spellings_of_one_recording_have_one_key_and_versions_another() {
        let song = |artist: &str, title: &str| {
            Song::read(&format!("{artist}\t{title}\t2000\t\t\t\t\t\t"))
                .unwrap()
                .key()
        };
        assert_eq!(
            song("Queen", "Somebody To Love - Remastered 2011"),
            song("Queen", "Somebody to Love")
        );
        assert_eq!(
            song("Sia", "Cheap Thrills"),
            song("Sia, Sean Paul", "Cheap Thrills (feat. Sean Paul)")
        );
        assert_ne!(
            song("Kölsch", "All That Matters"),
            song("Kölsch", "All That Matters - ARTBAT Remix")
        );
        assert_ne!(song("Hero", "Hero"), song("Ecstatic", "Hero"));
    }
}
