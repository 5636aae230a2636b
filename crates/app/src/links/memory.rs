//! What is known of links in memory, in front of the store. All of it is bounded and can be lost.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base::{PageId, Timestamp};
use music::{Kind, Link, Platform};
use quick_cache::sync::Cache;

use super::LinkRefusal;
use super::page::{NOTHING_LIFE, Page};

/// Pages in memory, a few kilobytes each.
const PAGES_MAX: usize = 8_192;
/// Links in memory that lead to pages, about 200 bytes each.
const WAYS_MAX: usize = 32_768;
/// Links in memory that lead nowhere.
const REFUSALS_MAX: usize = 4_096;
/// Short links in memory whose target is known.
const TARGETS_MAX: usize = 4_096;
/// How long a platform is believed that a page has no picture.
const NO_PICTURE_LIFE: Duration = Duration::from_secs(60);
/// How long nobody asks again after a fault that may pass. People are told to try again, so it is short.
const FAULT_LIFE: Duration = Duration::from_secs(5);
/// Pages whose openings are counted between two writes; beyond that openings go uncounted.
const COUNTED_MAX: usize = 16_384;

/// What tells links apart: the album that a track was shown in does not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Way {
    platform: Platform,
    kind: Kind,
    id: String,
    storefront: Option<String>,
}

impl Way {
    pub(crate) fn of(link: &Link) -> Self {
        // As in the store: only Apple's ids differ by country, and short links are told apart by their address.
        let storefront = match link.platform() {
            Platform::AppleMusic => link.context().storefront.as_deref().unwrap_or("us"),
            _ => "",
        };
        let id = match link.kind() {
            Kind::Short => link.canonical(),
            _ => link.id().to_owned(),
        };
        Self {
            platform: link.platform(),
            kind: link.kind(),
            id,
            storefront: (!storefront.is_empty()).then(|| storefront.to_owned()),
        }
    }
}

/// The memory of links.
pub(crate) struct Memory {
    pages: Cache<PageId, Arc<Page>>,
    ways: Cache<Way, PageId>,
    /// Pages that turned out to be another one.
    merged: Cache<PageId, PageId>,
    refusals: Cache<Way, (LinkRefusal, Timestamp)>,
    /// Where short links lead whose page may not be known yet.
    targets: Cache<Way, Link>,
    /// Pages whose picture could not be had, and why.
    artless: Cache<PageId, (LinkRefusal, Timestamp)>,
    /// Openings since they were last written.
    openings: Mutex<HashMap<PageId, u64>>,
    /// Held while a page is changed, so that two changes do not undo each other.
    changing: Mutex<()>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            pages: Cache::new(PAGES_MAX),
            ways: Cache::new(WAYS_MAX),
            merged: Cache::new(PAGES_MAX),
            refusals: Cache::new(REFUSALS_MAX),
            targets: Cache::new(TARGETS_MAX),
            artless: Cache::new(REFUSALS_MAX),
            openings: Mutex::default(),
            changing: Mutex::default(),
        }
    }
}

impl Memory {
    pub(crate) fn page(&self, id: PageId) -> Option<Arc<Page>> {
        let id = self.merged.get(&id).unwrap_or(id);
        self.pages.get(&id)
    }

    pub(crate) fn page_of(&self, way: &Way) -> Option<Arc<Page>> {
        self.page(self.ways.get(way)?)
    }

    /// Remembers that `way` leads to `page`.
    pub(crate) fn lead(&self, way: Way, page: PageId) {
        self.refusals.remove(&way);
        self.ways.insert(way, page);
    }

    /// Forgets that `way` leads to `page`.
    pub(crate) fn forget_way(&self, way: &Way, page: PageId) {
        if self.ways.get(way) == Some(page) {
            self.ways.remove(way);
        }
    }

    /// Remembers a page as it is in the store, unless it is remembered already.
    pub(crate) fn keep(&self, page: Page) -> Arc<Page> {
        let _changing = lock(&self.changing);
        if let Some(known) = self.pages.get(&page.id()) {
            return known;
        }
        let page = Arc::new(page);
        self.pages.insert(page.id(), Arc::clone(&page));
        page
    }

    /// Forgets pages that the store has deleted. Links that led to them find no page here any more.
    pub(crate) fn forget_pages(&self, ids: &[PageId]) {
        let _changing = lock(&self.changing);
        for id in ids {
            self.pages.remove(id);
            self.merged.remove(id);
        }
    }

    /// Changes a page that is in memory.
    pub(crate) fn change<T>(
        &self,
        id: PageId,
        change: impl FnOnce(&mut Page) -> T,
    ) -> Option<(T, Arc<Page>)> {
        let _changing = lock(&self.changing);
        let mut page = Page::clone(&*self.page(id)?);
        let answer = change(&mut page);
        let page = Arc::new(page);
        self.pages.insert(page.id(), Arc::clone(&page));
        Some((answer, page))
    }

    /// `id` turned out to be `into`.
    pub(crate) fn merge(&self, id: PageId, into: PageId) {
        self.merged.insert(id, into);
        self.pages.remove(&id);
    }

    /// Remembers where a short link leads.
    pub(crate) fn remember_target(&self, short: Way, target: Link) {
        self.targets.insert(short, target);
    }

    /// Where a short link leads, if that is known.
    pub(crate) fn target(&self, short: &Way) -> Option<Link> {
        self.targets.get(short)
    }

    /// Remembers for a while that no picture of a page can be had.
    pub(crate) fn refuse_art(&self, page: PageId, refusal: LinkRefusal, now: Timestamp) {
        self.artless.insert(page, (refusal, now));
    }

    /// Why no picture of a page can be had, if that was found out a short while ago.
    pub(crate) fn art_refusal(&self, page: PageId, now: Timestamp) -> Option<LinkRefusal> {
        let (refusal, since) = self.artless.get(&page)?;
        let life = match refusal {
            LinkRefusal::Nothing => NO_PICTURE_LIFE,
            _ => FAULT_LIFE,
        };
        (now.since(since) < life).then_some(refusal)
    }

    /// Remembers for a while that `way` leads nowhere.
    pub(crate) fn refuse(&self, way: Way, refusal: LinkRefusal, now: Timestamp) {
        self.refusals.insert(way, (refusal, now));
    }

    /// Why `way` leads nowhere, if that was found out a short while ago.
    pub(crate) fn refusal(&self, way: &Way, now: Timestamp) -> Option<LinkRefusal> {
        let (refusal, since) = self.refusals.get(way)?;
        let life = match refusal {
            LinkRefusal::Nothing | LinkRefusal::ShortLink => NOTHING_LIFE,
            _ => FAULT_LIFE,
        };
        (now.since(since) < life).then_some(refusal)
    }

    /// Counts that a page was opened.
    pub(crate) fn count(&self, page: PageId) {
        let mut openings = lock(&self.openings);
        if openings.len() < COUNTED_MAX || openings.contains_key(&page) {
            *openings.entry(page).or_default() += 1;
        }
    }

    /// Openings since the last call.
    pub(crate) fn take_openings(&self) -> Vec<(PageId, u64)> {
        lock(&self.openings).drain().collect()
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
