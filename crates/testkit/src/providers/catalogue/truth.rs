//! The truth about the catalogue: which listing is which recording.

use std::collections::BTreeMap;

use music::Platform;

use super::{Catalogue, Listing, Version};

/// A song and where it truly is: what a test may ask for and what it must get.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Truth {
    /// The main artist.
    pub artist: String,
    /// The title as Spotify writes it.
    pub title: String,
    /// Every id of this recording on each platform.
    pub ids: BTreeMap<Platform, Vec<String>>,
    /// On which platforms a directory without a key knows an id of it.
    pub directories: Vec<Platform>,
}

impl Catalogue {
    /// Every song with all of its links, in the order of the catalogue.
    #[must_use]
    pub fn songs(&self) -> Vec<Truth> {
        let numbers = 0..self.recordings.len();
        let originals =
            numbers.filter(|number| self.recordings[*number].version == Version::Original);
        originals.map(|number| self.truth(number)).collect()
    }

    fn truth(&self, number: usize) -> Truth {
        let recording = &self.recordings[number];
        let mut ids: BTreeMap<Platform, Vec<String>> = BTreeMap::new();
        let mut directories = Vec::new();
        for listing in &self.listed[number] {
            let Listing { platform, id, .. } = &self.listings[*listing];
            ids.entry(*platform).or_default().push(id.clone());
            if *platform == Platform::YoutubeMusic {
                ids.entry(Platform::Youtube).or_default().push(id.clone());
            }
            if self.is_in_relations(*listing) || self.is_in_labs(*listing) {
                directories.push(*platform);
            }
        }
        Truth {
            artist: recording.artists.first().cloned().unwrap_or_default(),
            title: recording.title.with_dash(),
            ids,
            directories,
        }
    }

    /// Which version the listing with this id is, and of which song (its place in [`Self::songs`]).
    #[must_use]
    pub fn version(&self, platform: Platform, id: &str) -> Option<(usize, Version)> {
        let number = self.listings[self.listing(platform, id)?].recording;
        Some((self.song_of[number], self.recordings[number].version))
    }
}
