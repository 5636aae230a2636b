//! From a pasted text to its page: known pages at once, others by a conversion that all who ask share.

use std::sync::Arc;
use std::time::Duration;

use base::{ClientKey, PageId};
use music::{Kind, Link};
use store::StoreError;
use tokio::sync::OwnedSemaphorePermit;

use super::flight::Conversion;
use super::flights::{Boarding, Topic};
use super::memory::Way;
use super::page::Page;
use super::{LinkRefusal, LinkView};
use crate::App;

/// What somebody is told to wait who comes while all conversions are taken.
const BUSY_RETRY: Duration = Duration::from_secs(2);

/// Who pays for a conversion.
#[derive(Clone, Copy)]
pub(crate) enum Payer {
    /// A client, out of its allowance.
    Client(ClientKey),
    /// The server itself, for a job that somebody was allowed to start.
    Job,
}

impl App {
    /// The conversion of what a person pasted, once it is known what that is.
    pub async fn convert(&self, client: ClientKey, text: &str) -> Result<Conversion, LinkRefusal> {
        let link = music::parse(text).map_err(LinkRefusal::Text)?;
        let payer = Payer::Client(client);
        if link.kind() != Kind::Short {
            return self.convert_link(payer, link).await;
        }
        if let Some(page) = self.page_of(&link).await? {
            return Ok(self.complete(payer, &page));
        }
        let target = self.expand(payer, &link).await?;
        let conversion = self.convert_link(payer, target).await?;
        self.lead(&link, &conversion.view()).await?;
        Ok(conversion)
    }

    /// The page called `id` as it is known now. Nothing is counted, and nobody is asked.
    pub async fn link_page(&self, id: &str) -> Result<Arc<LinkView>, LinkRefusal> {
        let page = self.page_by_name(id).await?;
        let flight = self.inner.links.flights.get(&Topic::Page(page.id()));
        Ok(flight
            .and_then(|flight| flight.view_with(&page))
            .unwrap_or_else(|| page.view()))
    }

    /// Asks again for what is missing on a page, or too old.
    pub async fn follow_link(
        &self,
        client: ClientKey,
        id: &str,
    ) -> Result<Conversion, LinkRefusal> {
        let page = self.page_by_name(id).await?;
        match self.is_kept(&page).await? {
            true => Ok(self.complete(Payer::Client(client), &page)),
            false => Err(LinkRefusal::NoPage),
        }
    }

    /// Counts that a page was opened. The number is shown within a minute.
    pub fn count_view(&self, id: &str) {
        if let Ok(id) = id.parse() {
            self.inner.links.memory.count(id);
        }
    }

    /// How many conversions are under way.
    pub fn open_conversions(&self) -> usize {
        self.inner.links.flights.len()
    }

    pub(super) async fn convert_link(
        &self,
        payer: Payer,
        link: Link,
    ) -> Result<Conversion, LinkRefusal> {
        if let Some(page) = self.page_of(&link).await? {
            return Ok(self.complete(payer, &page));
        }
        let way = Way::of(&link);
        if let Some(refusal) = self.inner.links.memory.refusal(&way, self.now()) {
            return Err(refusal);
        }
        let flight = match self.board(Topic::Link(way.clone()), payer)? {
            Boarding::Joined(flight) => flight,
            Boarding::Started(trip, permit) => {
                // Another conversion of it may have ended since the page was looked for.
                if let Some(page) = self.inner.links.memory.page_of(&way) {
                    trip.end_at(page.view());
                    return Ok(self.complete(payer, &page));
                }
                let flight = Arc::clone(trip.flight());
                let driver = self.clone().identify(link, trip, permit);
                self.inner.tasks.spawn(driver);
                flight
            }
        };
        flight.identified().await?;
        Ok(Conversion::live(flight))
    }

    /// Asks for what is missing on `page`; as it is when nothing is, or when nobody may be asked now.
    pub(super) fn complete(&self, payer: Payer, page: &Arc<Page>) -> Conversion {
        let missing = page.missing(self.now());
        if missing.is_empty() {
            return Conversion::known(page.view(), true);
        }
        match self.board(Topic::Page(page.id()), payer) {
            Ok(Boarding::Joined(flight)) if flight.view_with(page).is_some() => {
                Conversion::live(flight)
            }
            Ok(Boarding::Joined(_)) | Err(_) => Conversion::known(page.view(), false),
            Ok(Boarding::Started(trip, permit)) => {
                let flight = Arc::clone(trip.flight());
                flight.show_page(page.view_while_asking(&missing));
                let page = Arc::clone(page);
                let driver = self.clone().complete_page(page, missing, trip, permit);
                self.inner.tasks.spawn(driver);
                Conversion::live(flight)
            }
        }
    }

    /// Joins the conversion of `topic`, or starts one if the client and the server can take it.
    fn board(
        &self,
        topic: Topic,
        payer: Payer,
    ) -> Result<Boarding<OwnedSemaphorePermit>, LinkRefusal> {
        self.inner.links.flights.board(topic, || {
            let permit = self.permit()?;
            self.charge(payer)?;
            Ok(permit)
        })
    }

    /// Room for one more question that somebody waits for.
    pub(super) fn permit(&self) -> Result<OwnedSemaphorePermit, LinkRefusal> {
        let permit = Arc::clone(&self.inner.links.conversions).try_acquire_owned();
        permit.map_err(|_| LinkRefusal::TooMany {
            retry_after: BUSY_RETRY,
        })
    }

    pub(super) fn charge(&self, payer: Payer) -> Result<(), LinkRefusal> {
        let Payer::Client(client) = payer else {
            return Ok(());
        };
        let conversions = &self.inner.links.conversions_by_client;
        let taken = conversions.take(client, self.now());
        taken.map_err(|retry_after| LinkRefusal::TooMany { retry_after })
    }

    /// The page that `link` leads to, from memory or the store.
    pub(super) async fn page_of(&self, link: &Link) -> Result<Option<Arc<Page>>, LinkRefusal> {
        let way = Way::of(link);
        let memory = &self.inner.links.memory;
        if let Some(page) = memory.page_of(&way)
            && self.is_kept(&page).await?
        {
            return Ok(Some(page));
        }
        let found = self.inner.store.page_of_link(link).await;
        let Some(id) = found.map_err(|error| self.broken(&error))? else {
            return Ok(None);
        };
        let page = self.page_by_id(id).await?;
        if page.is_some() {
            memory.lead(way, id);
        }
        Ok(page)
    }

    /// Whether a page that more is asked for is in the store still: another node may have deleted it.
    async fn is_kept(&self, page: &Page) -> Result<bool, LinkRefusal> {
        if page.missing(self.now()).is_empty() {
            return Ok(true);
        }
        let kept = self.inner.store.page(page.id()).await;
        let is_kept = kept.map_err(|error| self.broken(&error))?.is_some();
        if !is_kept {
            self.gone(page.id());
        }
        Ok(is_kept)
    }

    pub(super) async fn page_by_name(&self, name: &str) -> Result<Arc<Page>, LinkRefusal> {
        let id: PageId = name.parse().map_err(|_| LinkRefusal::NoPage)?;
        let page = self.page_by_id(id).await?;
        page.ok_or(LinkRefusal::NoPage)
    }

    pub(super) async fn page_by_id(&self, id: PageId) -> Result<Option<Arc<Page>>, LinkRefusal> {
        let links = &self.inner.links;
        if let Some(page) = links.memory.page(id) {
            return Ok(Some(page));
        }
        let kept = self.inner.store.page(id).await;
        let kept = kept.map_err(|error| self.broken(&error))?;
        Ok(kept.map(|kept| {
            let page = Page::from_kept(kept, &links.doors);
            if page.id() != id {
                links.memory.merge(id, page.id());
            }
            links.memory.keep(page)
        }))
    }

    /// A page that another node has deleted: it is forgotten here, so that its link is converted anew.
    pub(super) fn gone(&self, page: PageId) -> LinkRefusal {
        self.inner.links.forget_pages(&[page]);
        LinkRefusal::NoPage
    }

    /// Why `page` could not be written: it is gone, or the store failed.
    pub(super) async fn gone_or_broken(&self, page: PageId, error: &StoreError) -> LinkRefusal {
        match self.inner.store.page(page).await {
            Ok(None) => self.gone(page),
            _ => self.broken(error),
        }
    }

    /// A failure of the store, under a reference that the log also holds.
    pub(super) fn broken(&self, error: &StoreError) -> LinkRefusal {
        let reference = self.reference();
        tracing::error!(%reference, %error, "a link page could not be read or written");
        LinkRefusal::Broken { reference }
    }
}
