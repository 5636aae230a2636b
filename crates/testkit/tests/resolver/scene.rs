//! A node with stand-ins for the providers, and short words for what tests ask of it.

use std::sync::Arc;

use app::{Conversion, LinkEvent, LinkRefusal, LinkView, Outcome};
use base::{ClientAddress, ClientKey, Secret};
use music::{Context, Kind, Level, Link, Platform};
use store::{KeptPage, Store};
use testkit::TestApp;
use testkit::providers::{Providers, Truth};
use unisono::Settings;

pub(crate) struct Scene {
    pub(crate) app: TestApp,
    pub(crate) providers: Providers,
}

impl Scene {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub(crate) async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        let providers = Providers::start().await;
        let mirrors = providers.mirrors();
        let app = TestApp::start_with(|settings| {
            settings.outbound.mirrors.extend(mirrors);
            change(settings);
        })
        .await;
        Self { app, providers }
    }

    pub(crate) async fn restart(self) -> Self {
        Self {
            app: self.app.restart().await,
            providers: self.providers,
        }
    }

    /// The client at `address`.
    pub(crate) fn client(&self, address: &str) -> ClientKey {
        let address = ClientAddress::new(address.parse().unwrap());
        self.app.app().client_key(address)
    }

    pub(crate) async fn convert(&self, text: &str) -> Result<Conversion, LinkRefusal> {
        let client = self.client("192.0.2.1");
        self.app.app().convert(client, text).await
    }

    /// Everything of a conversion: its steps and the page.
    pub(crate) async fn steps(&self, text: &str) -> (Vec<LinkEvent>, Arc<LinkView>) {
        let mut conversion = self.convert(text).await.unwrap();
        let mut steps = Vec::new();
        while let Some(step) = conversion.next().await {
            steps.push(step);
        }
        (steps, conversion.finish().await)
    }

    pub(crate) async fn page(&self, text: &str) -> Arc<LinkView> {
        self.convert(text).await.unwrap().finish().await
    }

    /// What the store holds of a page.
    pub(crate) async fn kept(&self, id: &str) -> KeptPage {
        let file = self.app.folder().join("data").join("unisono.db");
        let settings = store::Settings {
            url: Secret::new(file.display().to_string()),
            ..store::Settings::default()
        };
        let store = Store::open(&settings).await.unwrap();
        store.page(id.parse().unwrap()).await.unwrap().unwrap()
    }

    /// A song that all the named platforms have, and that can be found there without a key.
    pub(crate) fn song(&self, platforms: &[Platform]) -> Truth {
        self.songs(platforms).remove(0)
    }

    /// All such songs.
    pub(crate) fn songs(&self, platforms: &[Platform]) -> Vec<Truth> {
        let songs = self.providers.catalogue().songs();
        let open = [Platform::Deezer, Platform::AppleMusic];
        let is_found =
            |song: &Truth, platform| open.contains(platform) || song.directories.contains(platform);
        let has = |song: &Truth| {
            let mut platforms = platforms.iter();
            platforms.all(|one| song.ids.contains_key(one) && is_found(song, one))
        };
        songs.into_iter().filter(has).collect()
    }
}

pub(crate) fn track(platform: Platform, id: &str) -> String {
    let link = Link::new(platform, Kind::Track, id, Context::default());
    link.unwrap().canonical()
}

pub(crate) fn outcome(page: &LinkView, platform: Platform) -> &Outcome {
    let found = page.matches.iter().find(|one| one.platform == platform);
    &found.unwrap().outcome
}

/// A link of a song on a platform.
pub(crate) fn link_of(song: &Truth, platform: Platform) -> String {
    track(platform, &song.ids[&platform][0])
}

/// Whether an address is one of a song's on a platform.
pub(crate) fn is_at(song: &Truth, platform: Platform, url: &str) -> bool {
    song.ids[&platform]
        .iter()
        .any(|id| url.contains(id.as_str()))
}

/// The address and level of what is found on a platform.
pub(crate) fn found(page: &LinkView, platform: Platform) -> Option<(String, Level)> {
    match outcome(page, platform) {
        Outcome::Found { url, level, .. } => Some((url.clone(), *level)),
        _ => None,
    }
}
