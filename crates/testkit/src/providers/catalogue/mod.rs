//! What the providers list: real or invented songs, each beside versions of it that only look the same, and the
//! truth about which listing is which recording.

mod built_in;
mod coverage;
pub(super) mod ids;
mod index;
mod merge;
mod song;
mod spelling;
mod truth;
mod versions;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use music::Platform;

use ids::Lots;
use index::Index;
use merge::merged;
use song::Song;
pub(super) use spelling::Spelling;
pub use truth::Truth;
pub(super) use versions::Recording;
pub use versions::Version;

/// The link sets beside a clone, if they are there.
const SHARED: &str = "../shared/data/matching/crossplatform/linksets-dev.tsv";

/// How many tracks the playlist of a platform has.
const PLAYLIST_TRACKS: usize = 30;

/// Everything that the fixture lists.
#[derive(Debug, Default)]
pub struct Catalogue {
    pub(super) recordings: Vec<Recording>,
    /// For each recording the song that it is a version of, as a place in [`Self::songs`].
    song_of: Vec<usize>,
    /// The listings of each recording.
    listed: Vec<Vec<usize>>,
    pub(super) listings: Vec<Listing>,
    by_id: HashMap<(Platform, String), usize>,
    by_isrc: HashMap<String, Vec<usize>>,
    by_mbid: HashMap<String, usize>,
    words: Index,
    /// Albums and artists.
    pub(super) groups: Vec<Group>,
    group_ids: HashMap<(Platform, String), usize>,
    group_names: HashMap<(GroupKind, String), usize>,
    group_words: Index,
}

/// A recording as one platform lists it.
#[derive(Clone, Debug)]
pub(super) struct Listing {
    pub(super) platform: Platform,
    pub(super) id: String,
    pub(super) recording: usize,
    pub(super) edition: Edition,
}

/// Where a platform has the recording from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edition {
    /// The album that it came out on.
    Album,
    /// A later collection, with a later date.
    Compilation,
    /// An official video, with an intro.
    Video,
}

/// Whether a group of recordings is an album or an artist's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum GroupKind {
    Album,
    Artist,
}

/// An album or an artist.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) kind: GroupKind,
    pub(super) title: String,
    /// The same as the title for an artist.
    pub(super) artist: String,
    pub(super) recordings: Vec<usize>,
    pub(super) ids: BTreeMap<Platform, String>,
    pub(super) upc: String,
    pub(super) mbid: String,
}

impl Catalogue {
    /// About forty invented songs.
    #[must_use]
    pub fn built_in() -> Self {
        Self::of(built_in::songs())
    }

    /// Real songs from a file of link sets.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(file: &Path) -> std::io::Result<Self> {
        Ok(Self::of(Song::read_all(&std::fs::read_to_string(file)?)))
    }

    /// Where the link sets lie beside a clone of this project; nothing where they do not.
    #[must_use]
    pub fn shared_file() -> Option<PathBuf> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        Some(root.join(SHARED)).filter(|file| file.is_file())
    }

    fn of(songs: Vec<Song>) -> Self {
        let mut catalogue = Self::default();
        for (number, song) in merged(songs).into_iter().enumerate() {
            for (place, recording) in versions::recordings(&song).into_iter().enumerate() {
                let ids = if place == 0 {
                    song.ids.clone()
                } else {
                    BTreeMap::new()
                };
                catalogue.song_of.push(number);
                catalogue.add(recording, ids);
            }
        }
        catalogue
    }

    fn add(&mut self, recording: Recording, known: BTreeMap<Platform, Vec<String>>) {
        let number = self.recordings.len();
        let title = recording.title.with_dash();
        self.words
            .add(&format!("{title} {}", recording.artists.join(" ")));
        self.by_mbid.insert(recording.mbid.clone(), number);
        self.listed.push(Vec::new());
        self.recordings.push(recording);
        let is_given = !known.is_empty();
        for (platform, ids) in known {
            for id in ids {
                self.list(number, platform, id, Edition::Album);
            }
        }
        self.list_inventions(number, is_given);
        let recording = self.recordings[number].clone();
        let artist = recording.artists.first().cloned().unwrap_or_default();
        self.join(GroupKind::Artist, &artist, &artist, number);
        self.join(GroupKind::Album, &recording.album, &artist, number);
    }

    /// Lists the recording where the given data says nothing. A clean edition stands beside the explicit one only.
    fn list_inventions(&mut self, number: usize, is_given: bool) {
        let seed = self.recordings[number].seed.clone();
        let is_clean = self.recordings[number].version == Version::Clean;
        let song = self.song_of[number];
        let first = self.song_of.partition_point(|other| *other < song);
        let lots = |what: &str, platform: Platform| Lots::of(&[what, platform.name(), &seed]);
        let everywhere = [
            Platform::Spotify,
            Platform::AppleMusic,
            Platform::Deezer,
            Platform::Tidal,
        ];
        for platform in everywhere {
            let is_alone = is_clean && self.listings_of(first, platform).next().is_none();
            if !is_given && !is_alone && lots("lists", platform).chance(75) {
                self.invent(number, platform, "", Edition::Album);
            }
            let is_there = self.listings_of(number, platform).next().is_some();
            if is_given && is_there && lots("compiles", platform).chance(15) {
                self.invent(number, platform, "compilation", Edition::Compilation);
            }
        }
        let is_alone = is_clean
            && self
                .listings_of(first, Platform::YoutubeMusic)
                .next()
                .is_none();
        if !is_given && !is_alone && lots("lists", Platform::YoutubeMusic).chance(75) {
            self.invent(number, Platform::YoutubeMusic, "", Edition::Album);
        }
        if is_given && lots("films", Platform::Youtube).chance(40) {
            self.invent(number, Platform::Youtube, "video", Edition::Video);
        }
        for (platform, percent) in [(Platform::YandexMusic, 60), (Platform::Soundcloud, 40)] {
            if lots("lists", platform).chance(percent) {
                self.invent(number, platform, "", Edition::Album);
            }
        }
    }

    fn invent(&mut self, number: usize, platform: Platform, what: &str, edition: Edition) {
        let name = format!("{what}{}", self.recordings[number].seed);
        let id = (0..)
            .map(|attempt| ids::invented(platform, &name, attempt))
            .find(|id| !self.by_id.contains_key(&(platform, id.clone())));
        self.list(number, platform, id.expect("ids do not run out"), edition);
    }

    fn list(&mut self, number: usize, platform: Platform, id: String, edition: Edition) {
        let listing = self.listings.len();
        let twin = match platform {
            Platform::YoutubeMusic => Some(Platform::Youtube),
            Platform::Youtube => Some(Platform::YoutubeMusic),
            _ => None,
        };
        if let Some(twin) = twin {
            self.by_id.insert((twin, id.clone()), listing);
        }
        self.by_id.insert((platform, id.clone()), listing);
        self.listed[number].push(listing);
        self.listings.push(Listing {
            platform,
            id,
            recording: number,
            edition,
        });
        if let Some(code) = self.isrc_of(listing) {
            self.by_isrc.entry(code).or_default().push(listing);
        }
    }

    fn join(&mut self, kind: GroupKind, title: &str, artist: &str, number: usize) {
        let name = format!("{title} / {artist}");
        let next = self.groups.len();
        let group = *self.group_names.entry((kind, name.clone())).or_insert(next);
        if group == next {
            let seed = format!("{kind:?} {name}");
            let ids = Platform::ALL.map(|platform| match kind {
                GroupKind::Album => (platform, ids::album(platform, &seed)),
                GroupKind::Artist => (platform, ids::artist(platform, &seed)),
            });
            for (platform, id) in &ids {
                self.group_ids.insert((*platform, id.clone()), group);
            }
            self.group_words.add(&format!("{title} {artist}"));
            self.groups.push(Group {
                kind,
                title: title.to_owned(),
                artist: artist.to_owned(),
                recordings: Vec::new(),
                ids: ids.into(),
                upc: ids::upc(&seed),
                mbid: ids::uuid(&seed),
            });
        }
        self.groups[group].recordings.push(number);
    }

    /// The ISRC that a listing shows: a collection may carry a code of its own for the same recording.
    pub(super) fn isrc_of(&self, listing: usize) -> Option<String> {
        let Listing {
            recording,
            edition,
            platform,
            ..
        } = &self.listings[listing];
        let recording = &self.recordings[*recording];
        let is_reissue = *edition == Edition::Compilation
            && Lots::of(&["reissue", platform.name(), &recording.seed]).chance(30);
        if is_reissue {
            return Some(ids::isrc(&format!("reissue of {}", recording.seed)));
        }
        recording.isrc.clone()
    }

    /// The listing with this id. YouTube shows what YouTube Music lists.
    pub(super) fn listing(&self, platform: Platform, id: &str) -> Option<usize> {
        self.by_id.get(&(platform, id.to_owned())).copied()
    }

    /// Listings on `platform` with this code, a collection's first: that is the "other id" that codes lead to.
    pub(super) fn with_isrc(&self, platform: Platform, code: &str) -> Vec<usize> {
        let mut found: Vec<usize> = self
            .by_isrc
            .get(code)
            .into_iter()
            .flatten()
            .copied()
            .filter(|listing| self.listings[*listing].platform == platform)
            .collect();
        found.sort_by_key(|listing| self.listings[*listing].edition == Edition::Album);
        found
    }

    /// Recordings that somewhere carry this code.
    pub(super) fn recordings_with_isrc(&self, code: &str) -> Vec<usize> {
        let listings = self.by_isrc.get(code).into_iter().flatten();
        let mut found: Vec<usize> = listings
            .map(|listing| self.listings[*listing].recording)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    pub(super) fn with_mbid(&self, mbid: &str) -> Option<usize> {
        self.by_mbid.get(mbid).copied()
    }

    /// A recording's listings on one platform.
    pub(super) fn listings_of(
        &self,
        recording: usize,
        platform: Platform,
    ) -> impl Iterator<Item = usize> {
        let listed = self.listed[recording].iter().copied();
        listed.filter(move |listing| self.listings[*listing].platform == platform)
    }

    /// A platform's listings for some words, best first.
    pub(super) fn search(&self, platform: Platform, query: &str, count: usize) -> Vec<usize> {
        let is_there = |recording: usize| self.listings_of(recording, platform).next().is_some();
        let recordings = self.words.find(query, count, is_there);
        let listings = recordings
            .into_iter()
            .flat_map(|recording| self.listings_of(recording, platform));
        listings.take(count).collect()
    }

    /// Recordings for some words, best first, wherever they are listed.
    pub(super) fn search_recordings(
        &self,
        query: &str,
        count: usize,
        fits: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        self.words.find(query, count, fits)
    }

    pub(super) fn group(&self, kind: GroupKind, platform: Platform, id: &str) -> Option<&Group> {
        let group = &self.groups[*self.group_ids.get(&(platform, id.to_owned()))?];
        Some(group).filter(|group| group.kind == kind && self.has(platform, group))
    }

    pub(super) fn group_named(&self, kind: GroupKind, title: &str, artist: &str) -> Option<&Group> {
        let number = self
            .group_names
            .get(&(kind, format!("{title} / {artist}")))?;
        Some(&self.groups[*number])
    }

    pub(super) fn search_groups(
        &self,
        kind: GroupKind,
        platform: Platform,
        query: &str,
        count: usize,
    ) -> Vec<&Group> {
        let fits = |number: usize| {
            self.groups[number].kind == kind && self.has(platform, &self.groups[number])
        };
        let found = self.group_words.find(query, count, fits);
        found
            .into_iter()
            .map(|number| &self.groups[number])
            .collect()
    }

    /// Whether `platform` has anything of the group.
    fn has(&self, platform: Platform, group: &Group) -> bool {
        let mut recordings = group.recordings.iter();
        platform == Platform::Musicbrainz
            || recordings.any(|recording| self.listings_of(*recording, platform).next().is_some())
    }

    /// The playlist that each platform has: its id, and the listings in order.
    pub(super) fn playlist(&self, platform: Platform) -> Vec<usize> {
        let originals = (0..self.recordings.len())
            .filter(|number| self.recordings[*number].version == Version::Original);
        let listings = originals.filter_map(|number| self.listings_of(number, platform).next());
        listings.take(PLAYLIST_TRACKS).collect()
    }
}
