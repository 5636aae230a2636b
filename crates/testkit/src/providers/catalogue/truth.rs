//! The truth about the catalogue: which listing is which recording.

use std::collections::{BTreeMap, BTreeSet};

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
    /// Whether its recordings carry a code.
    pub has_isrc: bool,
    /// On which platforms MusicBrainz knows an id of it.
    pub musicbrainz: BTreeSet<Platform>,
    /// On which platforms ListenBrainz Labs knows an id of it.
    pub labs: BTreeSet<Platform>,
    /// Both directories together: these need no key.
    pub directories: BTreeSet<Platform>,
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
        let [mut musicbrainz, mut labs] = [BTreeSet::new(), BTreeSet::new()];
        for listing in &self.listed[number] {
            let Listing { platform, id, .. } = &self.listings[*listing];
            ids.entry(*platform).or_default().push(id.clone());
            // Both players of YouTube open every id.
            let twin = match platform {
                Platform::YoutubeMusic => Some(Platform::Youtube),
                Platform::Youtube => Some(Platform::YoutubeMusic),
                _ => None,
            };
            if let Some(twin) = twin {
                ids.entry(twin).or_default().push(id.clone());
            }
            if self.is_in_relations(*listing) {
                musicbrainz.insert(*platform);
            }
            if self.is_in_labs(*listing) {
                labs.insert(*platform);
            }
        }
        Truth {
            artist: recording.artists.first().cloned().unwrap_or_default(),
            title: recording.title.with_dash(),
            ids,
            has_isrc: recording.isrc.is_some(),
            directories: musicbrainz.union(&labs).copied().collect(),
            musicbrainz,
            labs,
        }
    }

    /// Which version the listing with this id is, and of which song (its place in [`Self::songs`]).
    #[must_use]
    pub fn version(&self, platform: Platform, id: &str) -> Option<(usize, Version)> {
        let number = self.listings[self.listing(platform, id)?].recording;
        Some((self.song_of[number], self.recordings[number].version))
    }
}
