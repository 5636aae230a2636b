//! Links: what a pasted link points at, and the same piece elsewhere.
//!
//! [`App::convert`](crate::App::convert) looks in [`memory`] and the store, and else starts one conversion that all
//! who ask share: its [`plan`] decides what to ask whom, and [`drive`] carries that out.

mod art;
mod convert;
mod correct;
mod drive;
mod find;
mod flight;
mod flights;
mod memory;
mod page;
mod plan;
mod playlist;
mod refresh;
mod settings;
mod short;
mod sources;
mod view;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{ClientKey, PageId, Rate, SharedThrottle};
use outbound::Outbound;
use tokio::sync::Semaphore;

pub use art::{Art, ArtSize};
pub use find::FoundTrack;
pub use flight::Conversion;
pub use playlist::{PlaylistJob, PlaylistLine, PlaylistLineState, PlaylistProgress};
pub use settings::{Corrections, LinkSettings};
pub(crate) use sources::home_of;
pub use view::{LinkEvent, LinkRefusal, LinkView, MatchView, Outcome, SearchReason};

use flights::Flights;
use memory::{Memory, Way};
use short::Expansion;
use sources::Doors;

/// Conversions that people wait for at once. Each asks about ten questions.
const CONVERSIONS_MAX: usize = 256;
/// Conversions that nobody waits for any more, but whose slow answers are still wanted.
const BACKGROUND_MAX: usize = 64;
/// New links that one client may ask for in one moment, after a pause.
const BURST: u32 = 10;
/// Clients whose recent conversions are remembered.
const CLIENTS_MAX: usize = 100_000;
const MINUTE: Duration = Duration::from_secs(60);

/// Everything that conversions share.
pub(crate) struct Links {
    settings: LinkSettings,
    outbound: Outbound,
    doors: Doors,
    memory: Memory,
    flights: Arc<Flights>,
    /// Short links whose hosts are being asked; each holds one of the conversions' permits.
    expansions: Mutex<HashMap<Way, Expansion>>,
    conversions: Arc<Semaphore>,
    background: Arc<Semaphore>,
    conversions_by_client: SharedThrottle<ClientKey>,
    corrections_by_client: SharedThrottle<ClientKey>,
    undos_by_client: SharedThrottle<ClientKey>,
    /// Held while what people set is written, so that memory and the store see it in the same order.
    correcting: tokio::sync::Mutex<()>,
    playlists: Mutex<playlist::Jobs>,
    decoders: Arc<Semaphore>,
    art_turns: [tokio::sync::Mutex<()>; art::ART_TURNS],
}

impl Links {
    pub(crate) fn new(settings: LinkSettings, outbound: Outbound) -> Self {
        let conversions = Rate {
            burst: BURST,
            ..Rate::per(settings.conversions_per_client_minute.max(1), MINUTE)
        };
        let corrections = Rate::per(settings.corrections_per_client_minute.max(1), MINUTE);
        Self {
            settings,
            doors: Doors::of(&outbound),
            outbound,
            memory: Memory::default(),
            flights: Arc::default(),
            expansions: Mutex::default(),
            conversions: Arc::new(Semaphore::new(CONVERSIONS_MAX)),
            background: Arc::new(Semaphore::new(BACKGROUND_MAX)),
            conversions_by_client: SharedThrottle::new(conversions, CLIENTS_MAX),
            corrections_by_client: SharedThrottle::new(corrections, CLIENTS_MAX),
            undos_by_client: SharedThrottle::new(corrections, CLIENTS_MAX),
            correcting: tokio::sync::Mutex::default(),
            playlists: Mutex::default(),
            decoders: Arc::new(Semaphore::new(art::DECODERS_MAX)),
            art_turns: std::array::from_fn(|_| tokio::sync::Mutex::default()),
        }
    }

    /// Forgets pages that are deleted, and hides conversions of them that go on behind the scenes: nobody is shown them
    /// again.
    fn forget_pages(&self, pages: &[PageId]) {
        self.memory.forget_pages(pages);
        for page in pages {
            self.flights.forget(*page);
        }
    }

    /// The way out, which other use cases take as well.
    pub(crate) const fn outbound(&self) -> &Outbound {
        &self.outbound
    }
}
