//! Descriptions asked for anew, as services want it, and what is forgotten in time.

use std::time::Duration;

use base::{PageId, Timestamp};
use outbound::Question;
use store::{BATCH_MAX, StoreError};

use super::drive::REFRESH_WITHIN;
use super::page::{DESCRIPTION_LIFE, day_of};
use crate::App;

/// How long a page is kept that nobody opens.
const PAGE_LIFE: Duration = Duration::from_secs(365 * 24 * 60 * 60);
/// How long a description of Spotify or YouTube is kept when it cannot be asked for anew: their terms say 30 days.
const DESCRIPTION_KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// Descriptions asked for anew in one sweep, which runs once a minute.
const REFRESHES_MAX: u32 = 5;

impl App {
    /// Asks a page's own platform for its description again. A platform that does not answer changes nothing.
    pub(super) async fn refresh(self, id: PageId) {
        let Ok(Some(page)) = self.page_by_id(id).await else {
            return;
        };
        let links = &self.inner.links;
        let question = Question::Lookup(page.row.link.clone());
        for provider in links.doors.describers(&page.row.link) {
            let asked = links.outbound.ask(provider, &question, REFRESH_WITHIN);
            let answer = tokio::select! {
                answer = asked => answer,
                () = self.inner.stopping.cancelled() => return,
            };
            let listings = answer.unwrap_or_default();
            let described = listings
                .into_iter()
                .find_map(|listing| Some((listing.piece?, listing.art)));
            let Some((piece, art)) = described else {
                continue;
            };
            let now = self.now();
            let art = art.or_else(|| page.row.art.clone());
            let store = &self.inner.store;
            let written = async {
                store.refresh_page(id, &piece, art.as_deref(), now).await?;
                match art == page.row.art {
                    true => Ok(()),
                    false => store.delete_art(id).await,
                }
            };
            let written = written.await;
            match written {
                Ok(_) => drop(
                    links
                        .memory
                        .change(id, |page| page.describe(piece, art, now)),
                ),
                Err(error) => drop(self.broken(&error)),
            }
            return;
        }
    }

    /// Writes counted openings, forgets what is old or too much, and refreshes what is due.
    pub(crate) async fn keep_links(&self, now: Timestamp) -> Result<(), StoreError> {
        let (store, links) = (&self.inner.store, &self.inner.links);
        let openings = links.memory.take_openings();
        let day = day_of(now);
        for batch in openings.chunks(BATCH_MAX as usize) {
            store.add_views(batch, day).await?;
            for &(page, count) in batch {
                drop(links.memory.change(page, |page| page.add_views(count, day)));
            }
        }
        let before = |life: Duration| {
            let life_ms = i64::try_from(life.as_millis()).unwrap_or(i64::MAX);
            Timestamp::from_unix_ms(now.unix_ms().saturating_sub(life_ms))
        };
        let unopened = store.delete_unopened_pages(before(PAGE_LIFE), BATCH_MAX);
        links.memory.forget_pages(&unopened.await?);
        let stale = store.delete_unrefreshed_pages(before(DESCRIPTION_KEPT), BATCH_MAX);
        links.memory.forget_pages(&stale.await?);
        let pages = store.page_count().await?;
        let surplus = pages.saturating_sub(links.settings.pages.into());
        if surplus > 0 {
            let surplus = u32::try_from(surplus).unwrap_or(BATCH_MAX);
            let deleted = store.delete_unopened_pages(now, surplus).await?;
            links.memory.forget_pages(&deleted);
        }
        store.bound_art(links.settings.pictures).await?;
        let due = store
            .pages_to_refresh(before(DESCRIPTION_LIFE), REFRESHES_MAX)
            .await?;
        for page in due {
            self.clone().refresh(page).await;
        }
        Ok(())
    }
}
