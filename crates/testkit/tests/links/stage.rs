//! A node and the providers that it asks.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use app::{LinkEvent, LinkRefusal, LinkView, MatchView, Outcome, SearchReason};
use base::{AddressKeys, ClientAddress, ClientKey, Clock as _, OsEntropy};
use music::{Level, Platform};
use testkit::TestApp;
use testkit::providers::{Behaviour, Catalogue, EVERY_HOST, Providers, Truth};
use unisono::Settings;

/// Time in which a client may convert another link.
const ALLOWANCE_RETURNS: Duration = Duration::from_secs(10);

/// The stage of a test.
pub(crate) struct Stage {
    pub(crate) node: TestApp,
    pub(crate) providers: Providers,
}

impl Stage {
    /// A fresh install without any key, and providers that work well.
    pub(crate) async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// The same with other settings.
    pub(crate) async fn open_with(change: impl FnOnce(&mut Settings)) -> Self {
        let providers = Providers::start_with(Catalogue::built_in()).await;
        providers.behave(
            EVERY_HOST,
            Behaviour {
                limits: false,
                ..Behaviour::default()
            },
        );
        let node = TestApp::start_with(|settings| {
            settings.outbound.mirrors = providers.mirrors();
            settings.outbound.unlimited_mirrors = true;
            change(settings);
        })
        .await;
        Self { node, providers }
    }

    /// The whole page of what `text` links to.
    pub(crate) async fn convert(&self, text: &str) -> Result<Arc<LinkView>, LinkRefusal> {
        self.node.clock.advance(ALLOWANCE_RETURNS);
        let conversion = self.node.app().convert(self.client(1), text).await?;
        Ok(conversion.finish().await)
    }

    /// Every step of the conversion.
    pub(crate) async fn steps(&self, text: &str) -> Vec<LinkEvent> {
        self.node.clock.advance(ALLOWANCE_RETURNS);
        let client = self.client(1);
        let mut conversion = self.node.app().convert(client, text).await.unwrap();
        let mut steps = Vec::new();
        while let Some(step) = conversion.next().await {
            steps.push(step);
        }
        steps
    }

    /// One of many clients.
    pub(crate) fn client(&self, number: u32) -> ClientKey {
        let now = self.node.clock.now();
        let address = IpAddr::V4(Ipv4Addr::from(0x0a00_0000 + number));
        AddressKeys::new(now, &OsEntropy).key(ClientAddress::new(address), now, &OsEntropy)
    }

    /// The song of the catalogue with this title.
    pub(crate) fn song(&self, title: &str) -> Truth {
        let mut songs = self.providers.catalogue().songs().into_iter();
        songs.find(|song| song.title == title).unwrap()
    }
}

/// The address of a song on a platform.
pub(crate) fn address(song: &Truth, platform: Platform) -> String {
    let id = &song.ids[&platform][0];
    match platform {
        Platform::Spotify => format!("https://open.spotify.com/track/{id}"),
        Platform::AppleMusic => format!("https://music.apple.com/us/song/{id}"),
        Platform::Deezer => format!("https://www.deezer.com/track/{id}"),
        Platform::Tidal => format!("https://tidal.com/track/{id}"),
        Platform::YoutubeMusic => format!("https://music.youtube.com/watch?v={id}"),
        other => unreachable!("no test needs an address on {other:?}"),
    }
}

/// The row of a platform.
pub(crate) fn row(view: &LinkView, platform: Platform) -> &MatchView {
    let mut rows = view.matches.iter();
    rows.find(|row| row.platform == platform).unwrap()
}

/// The link that a row shows, and how sure it is.
pub(crate) fn found(row: &MatchView) -> Option<(&str, Level)> {
    match &row.outcome {
        Outcome::Found { url, level, .. } => Some((url, *level)),
        _ => None,
    }
}

/// Why a row has only a search.
pub(crate) fn searched(row: &MatchView) -> Option<SearchReason> {
    match &row.outcome {
        Outcome::Search { url, why } => {
            assert!(url.starts_with("https://"), "{url}");
            Some(*why)
        }
        _ => None,
    }
}

/// Whether the link is one of the song's own on that platform.
pub(crate) fn is_right(song: &Truth, platform: Platform, url: &str) -> bool {
    let id = music::parse(url).unwrap().id().to_owned();
    song.ids.get(&platform).is_some_and(|ids| ids.contains(&id))
}

/// What came of one platform in several conversions.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) right: u32,
    pub(crate) missed: u32,
    /// Wrong links that were shown as sure.
    pub(crate) wrong: Vec<String>,
}

/// Counts a conversion of `song`.
pub(crate) fn tally(song: &Truth, view: &LinkView, counts: &mut BTreeMap<Platform, Tally>) {
    for row in &view.matches {
        let count = counts.entry(row.platform).or_default();
        match found(row) {
            Some((url, _)) if is_right(song, row.platform, url) => count.right += 1,
            Some((url, level)) if level >= Level::High => {
                count.wrong.push(format!("{url} for {song:?}"));
            }
            _ => count.missed += u32::from(song.ids.contains_key(&row.platform)),
        }
    }
}
