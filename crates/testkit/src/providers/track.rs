//! One listing with everything that its platform could say of it.

use std::time::Duration;

use music::Platform;

use super::catalogue::ids::Lots;
use super::catalogue::{Catalogue, Edition, Group, GroupKind, Listing, Recording, Spelling};

/// How much later than the album a collection came out.
const COLLECTED_AFTER_YEARS: u16 = 9;

/// A listing and its spelling.
pub(super) struct Track<'c> {
    pub(super) catalogue: &'c Catalogue,
    number: usize,
    pub(super) listing: &'c Listing,
    pub(super) recording: &'c Recording,
    pub(super) spelling: Spelling,
}

impl<'c> Track<'c> {
    pub(super) fn new(catalogue: &'c Catalogue, number: usize) -> Self {
        let listing = &catalogue.listings[number];
        let recording = &catalogue.recordings[listing.recording];
        Self {
            catalogue,
            number,
            listing,
            recording,
            spelling: Spelling::of(recording, listing.platform),
        }
    }

    /// The listing with this id.
    pub(super) fn find(catalogue: &'c Catalogue, platform: Platform, id: &str) -> Option<Self> {
        Some(Self::new(catalogue, catalogue.listing(platform, id)?))
    }

    /// The listings with this code.
    pub(super) fn with_isrc(catalogue: &'c Catalogue, platform: Platform, code: &str) -> Vec<Self> {
        let found = catalogue.with_isrc(platform, code).into_iter();
        found.map(|number| Self::new(catalogue, number)).collect()
    }

    /// The listings that some words find, best first.
    pub(super) fn search(
        catalogue: &'c Catalogue,
        platform: Platform,
        query: &str,
        count: usize,
    ) -> Vec<Self> {
        let found = catalogue.search(platform, query, count).into_iter();
        found.map(|number| Self::new(catalogue, number)).collect()
    }

    /// The tracks of a group on one platform.
    pub(super) fn of_group(
        catalogue: &'c Catalogue,
        platform: Platform,
        group: &Group,
    ) -> Vec<Self> {
        let listings = group
            .recordings
            .iter()
            .filter_map(|recording| catalogue.listings_of(*recording, platform).next());
        listings
            .map(|number| Self::new(catalogue, number))
            .collect()
    }

    /// The tracks of the platform's playlist.
    pub(super) fn of_playlist(catalogue: &'c Catalogue, platform: Platform) -> Vec<Self> {
        let found = catalogue.playlist(platform).into_iter();
        found.map(|number| Self::new(catalogue, number)).collect()
    }

    pub(super) fn id(&self) -> &str {
        &self.listing.id
    }

    /// The id as a number, where ids are decimal.
    pub(super) fn number(&self) -> u64 {
        self.id().parse().unwrap_or(0)
    }

    pub(super) fn isrc(&self) -> Option<String> {
        self.catalogue.isrc_of(self.number)
    }

    pub(super) fn length(&self) -> Duration {
        self.catalogue.length(self.listing)
    }

    pub(super) fn length_ms(&self) -> u64 {
        u64::try_from(self.length().as_millis()).unwrap_or(u64::MAX)
    }

    /// Rounded, as some show it.
    pub(super) fn length_s(&self) -> u64 {
        (self.length_ms() + 500) / 1000
    }

    /// `2005-03-01`.
    pub(super) fn released(&self) -> String {
        let lots = Lots::of(&["released", &self.recording.seed]);
        let year = match self.listing.edition {
            Edition::Compilation => self
                .recording
                .year
                .saturating_add(COLLECTED_AFTER_YEARS)
                .min(2026),
            _ => self.recording.year,
        };
        format!("{year}-{:02}-{:02}", 1 + lots.below(12), 1 + lots.below(28))
    }

    pub(super) fn album_title(&self) -> String {
        match self.listing.edition {
            Edition::Compilation => format!("The Best of {}s", self.recording.year / 10 * 10),
            _ => self.recording.album.clone(),
        }
    }

    /// The album's id on this platform.
    pub(super) fn album_id(&self) -> String {
        self.group_id(GroupKind::Album, &self.recording.album)
    }

    pub(super) fn artist_id(&self) -> String {
        let artist = self.recording.artists.first().map_or("", String::as_str);
        self.group_id(GroupKind::Artist, artist)
    }

    fn group_id(&self, kind: GroupKind, title: &str) -> String {
        let artist = self.recording.artists.first().map_or("", String::as_str);
        let group = self.catalogue.group_named(kind, title, artist);
        group
            .and_then(|group| group.ids.get(&self.listing.platform).cloned())
            .unwrap_or_default()
    }

    /// 0 to 100; the song itself is more popular than what only looks like it.
    pub(super) fn popularity(&self) -> u64 {
        let version = u64::from(self.recording.version == super::Version::Original) * 40;
        version + Lots::of(&["popularity", &self.recording.seed]).below(60)
    }

    /// The name of its picture.
    pub(super) fn picture(&self) -> String {
        format!(
            "{:016x}",
            Lots::of(&["picture", &self.recording.album]).number()
        )
    }

    /// Whether a directory without a key, ListenBrainz Labs, knows it.
    pub(super) fn is_in_labs(&self) -> bool {
        self.catalogue.is_in_labs(self.number)
    }
}

/// `PT3M34S`, ISO 8601.
pub(super) fn iso(seconds: u64) -> String {
    format!("PT{}M{}S", seconds / 60, seconds % 60)
}
