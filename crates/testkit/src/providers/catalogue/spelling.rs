//! The same recording as each platform spells it.

use music::Platform;

use super::ids::Lots;
use super::versions::{Recording, Version};

/// Remasters are common before this year.
const REMASTERED_BEFORE: u16 = 1995;
const REMASTER_TAGS: &[&str] = &["Remastered 2011", "2011 Remaster", "Remastered"];
/// Words that some catalogues write small inside a title.
const SMALL_WORDS: &[&str] = &["A", "And", "Of", "The", "To", "With", "In", "On", "For"];

/// A recording's title and artists on one platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spelling {
    /// Without the tag.
    pub(crate) title: String,
    pub(crate) tag: Option<String>,
    /// The main one first.
    pub(crate) artists: Vec<String>,
}

impl Spelling {
    pub(crate) fn of(recording: &Recording, platform: Platform) -> Self {
        let lots = |what: &str| Lots::of(&[what, platform.name(), &recording.seed]);
        let title = &recording.title;
        let is_remaster = recording.version == Version::Original
            && recording.year < REMASTERED_BEFORE
            && platform != Platform::Spotify
            && lots("is remaster").chance(20);
        let tag = match &title.tag {
            None if is_remaster => Some((*lots("remaster").pick(REMASTER_TAGS)).to_owned()),
            // Without a mark for explicit words, the title is where a clean edition says so.
            None if recording.version == Version::Clean && is_unmarked(platform) => {
                Some("Clean".to_owned())
            }
            Some(tag) if recording.version == Version::Clean && is_unmarked(platform) => {
                Some(format!("{tag}, Clean"))
            }
            tag => tag.clone(),
        };
        let mut artists = recording.artists.clone();
        let mut base = title.base.clone();
        let mut featured = title.featured.clone();
        match platform {
            Platform::AppleMusic | Platform::Musicbrainz => base = with_small_words(&base),
            _ => {}
        }
        let others = artists.get(1..).unwrap_or_default().to_vec();
        let is_remix = recording.version == Version::Remix;
        let moves = !others.is_empty()
            && !is_remix
            && featured.is_none()
            && lots("moves feature").chance(50);
        match platform {
            Platform::Deezer | Platform::AppleMusic if moves => {
                featured = Some(and_list(&others));
                if platform == Platform::AppleMusic {
                    artists.truncate(1);
                }
            }
            Platform::Tidal | Platform::Musicbrainz | Platform::YandexMusic => {
                if let Some(names) = featured.take()
                    && !artists.iter().any(|artist| names.contains(artist.as_str()))
                {
                    artists.push(names);
                }
            }
            _ => {}
        }
        let title = match featured {
            Some(names) => format!("{base} (feat. {names})"),
            None => base,
        };
        Self {
            title,
            tag,
            artists,
        }
    }

    /// `Title (Tag)`, as most write it.
    pub(crate) fn bracketed(&self) -> String {
        match &self.tag {
            Some(tag) => format!("{} ({tag})", self.title),
            None => self.title.clone(),
        }
    }

    /// `Title - Tag`, as Spotify writes it.
    pub(crate) fn dashed(&self) -> String {
        match &self.tag {
            Some(tag) => format!("{} - {tag}", self.title),
            None => self.title.clone(),
        }
    }

    pub(crate) fn main_artist(&self) -> &str {
        self.artists.first().map_or("", String::as_str)
    }

    /// `A, B & C`.
    pub(crate) fn artist_line(&self) -> String {
        and_list(&self.artists)
    }
}

/// Whether the platform has no mark for explicit words.
fn is_unmarked(platform: Platform) -> bool {
    let unmarked = [
        Platform::Youtube,
        Platform::YoutubeMusic,
        Platform::Soundcloud,
        Platform::Musicbrainz,
    ];
    unmarked.contains(&platform)
}

fn and_list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} & {last}", rest.join(", ")),
    }
}

fn with_small_words(title: &str) -> String {
    let words = title.split(' ').enumerate().map(|(place, word)| {
        let is_small = place > 0 && SMALL_WORDS.contains(&word);
        if is_small {
            word.to_lowercase()
        } else {
            word.to_owned()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}
