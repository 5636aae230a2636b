//! What directories know of the catalogue, and how the same recording differs from service to service.

use std::time::Duration;

use music::Platform;

use super::ids::Lots;
use super::{Catalogue, Edition, Listing, Recording, Version};

impl Catalogue {
    /// Whether MusicBrainz knows the recording at all.
    pub(crate) fn is_in_musicbrainz(&self, recording: usize) -> bool {
        let Recording { version, seed, .. } = &self.recordings[recording];
        let percent = if *version == Version::Original {
            85
        } else {
            40
        };
        Lots::of(&["musicbrainz", seed]).chance(percent)
    }

    /// Whether MusicBrainz links the listing.
    pub(crate) fn is_in_relations(&self, listing: usize) -> bool {
        let Listing {
            platform,
            id,
            recording,
            edition,
        } = &self.listings[listing];
        let percent = match platform {
            Platform::Spotify => 70,
            Platform::Deezer | Platform::AppleMusic => 50,
            Platform::Tidal => 40,
            Platform::YoutubeMusic => 25,
            _ => 0,
        };
        *edition == Edition::Album
            && self.is_in_musicbrainz(*recording)
            && Lots::of(&["relation", platform.name(), id]).chance(percent)
    }

    /// Whether ListenBrainz Labs knows the listing.
    pub(crate) fn is_in_labs(&self, listing: usize) -> bool {
        let Listing { platform, id, .. } = &self.listings[listing];
        let percent = match platform {
            Platform::Spotify => 85,
            Platform::AppleMusic => 70,
            Platform::Soundcloud => 30,
            _ => 0,
        };
        Lots::of(&["labs", platform.name(), id]).chance(percent)
    }

    /// How long a listing plays on its platform, before the platform rounds.
    pub(in crate::providers) fn length(&self, listing: &Listing) -> Duration {
        let Recording { length, seed, .. } = &self.recordings[listing.recording];
        let lots = Lots::of(&["length", listing.platform.name(), seed]);
        match listing.edition {
            Edition::Video => *length + Duration::from_millis(lots.below(14_000)),
            Edition::Album | Edition::Compilation => {
                *length + Duration::from_millis(lots.below(900))
            }
        }
    }
}
